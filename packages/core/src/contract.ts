import { clinic } from './clinic.ts';
import { forms } from './forms.ts';
import { scheduling } from './scheduling.ts';

/** The operations of each area. */
export const contractByArea = { clinic, scheduling, forms };

/** Every operation, by name. The port, the wire format and the conformance traits all derive from it. */
export const contract = { ...clinic, ...scheduling, ...forms };
