import { appointments } from './appointments.ts';
import { clinic } from './clinic.ts';
import { forms } from './forms.ts';
import { scheduling } from './scheduling.ts';

/** The parts of the contract, each fetched by itself when one of its operations is first called. */
export const parts = { clinic, scheduling, appointments, forms };

/** Every operation, by name. The port, the wire format and the conformance traits all derive from it. */
export const contract = { ...clinic, ...scheduling, ...appointments, ...forms };
