import { memoryAdapter } from '@clinic-widgets/adapter-memory';
import { restHandler } from '@clinic-widgets/adapter-rest';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import { dayOf, instantOf } from '@clinic-widgets/core/time.js';
import type { Handle } from './listen.ts';

/** How many clinics are open at a time: the one asked longest ago makes room. */
const MOST = 50;
/** `/shared/NAME/operation`. */
const ADDRESS = /^\/shared\/([a-z0-9][a-z0-9-]{0,39})\/\w+$/;

/** Clinics that pages share, each under a name of its own: a kiosk and a desk that name the same one meet there. */
export interface SharedClinics {
  readonly answer: Handle;
  /** Makes one clinic as it was at first, or all of them; from then on it is the hour there that is said. */
  reset(name: string | null, hour: string | null): void;
}

/** Opens a clinic when it is first asked for, at the time that it is then. */
export function sharedClinics(): SharedClinics {
  const open = new Map<string, Handle>();
  /** How far the clinics' clocks are from the machine's, in milliseconds. */
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead).toISOString();

  return {
    async answer(request) {
      const name = ADDRESS.exec(new URL(request.url).pathname)?.[1];
      if (name === undefined) return new Response('There is no such clinic.', { status: 404 });
      const clinic = open.get(name) ?? restHandler(memoryAdapter(harborClinic({ now: now() }), { now }));
      open.delete(name);
      open.set(name, clinic);
      if (open.size > MOST) open.delete(open.keys().next().value!);
      return clinic(request);
    },
    reset(name, hour) {
      ahead = hour === null ? 0 : untilHour(hour);
      if (name === null) open.clear();
      else open.delete(name);
    },
  };
}

/** From now to that hour of today in the clinic, in milliseconds. */
function untilHour(hour: string): number {
  const now = new Date().toISOString();
  const { timeZone } = harborClinic({ now }).clinic;
  return Date.parse(instantOf(dayOf(now, timeZone), hour, timeZone)!) - Date.parse(now);
}
