import { appointments } from './appointments.ts';
import { checkIn } from './check-in.ts';
import { clinic } from './clinic.ts';
import { consents } from './consents.ts';
import { desk } from './desk.ts';
import { details } from './details.ts';
import { forms } from './forms.ts';
import { scheduling } from './scheduling.ts';

/** The parts of the contract, each fetched by itself when one of its operations is first called. */
export const parts = { clinic, scheduling, appointments, forms, checkIn, details, consents, desk };

/** Every operation, by name. The port, the wire format and the conformance traits all derive from it. */
export const contract = {
  ...clinic,
  ...scheduling,
  ...appointments,
  ...forms,
  ...checkIn,
  ...details,
  ...consents,
  ...desk,
};
