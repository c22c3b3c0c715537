import {
  type AdapterImplementation,
  type ClinicAdapter,
  defineAdapter,
  operationNames,
  operationsOf,
} from '@clinic-widgets/core/adapter.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { type ClientOptions, fhirClient } from './client.ts';
import { type ClinicOptions, discovery } from './clinic.ts';
import type { Warn } from './lenient.ts';
import type { CheckInOptions, SchedulingOptions, Setting } from './setting.ts';

/** Where the server is, how it is reached, and what it does not say of itself. */
export interface FhirOptions extends ClientOptions, ClinicOptions, SchedulingOptions, CheckInOptions {
  /** Told what of the server's data could not be used, without any of it. */
  readonly onWarning?: Warn;
  /** The instant it is; the machine's clock where left out. */
  readonly now?: () => string;
}

/** A clinic behind a FHIR R4 server. */
export function fhirAdapter(options: FhirOptions): ClinicAdapter {
  const { now = () => new Date().toISOString(), fetch, getAccessToken, credentials = 'omit' } = options;
  const client = fhirClient(options);
  const discover = discovery(client, options);
  // Who asks as nobody in particular is shown the same as everyone. A fetch of the host's may well sign in somebody.
  const seesEveryone = options.seesEveryone ?? !(fetch || getAccessToken || credentials !== 'omit');

  /** What the host does with a warning is no reason to fail. */
  const warn: Warn = (warning) => {
    try {
      options.onWarning?.(warning);
    } catch {
      // Its own to look into.
    }
  };

  type Run = (input: unknown, asking: { readonly signal?: AbortSignal }) => Promise<unknown>;
  const entries = operationNames.map((name): [string, Run] => [
    name,
    async (input, asking) => {
      const ability = await discover(asking);
      if (!ability.clinic.supports.includes(name)) throw new ClinicError('unsupported', `${name}: not at this server.`);
      const setting: Setting = {
        client,
        ability,
        options: { ...options, seesEveryone },
        warn,
        now: Date.parse(now()),
      };
      // A page that only looks for a time needs no more than this.
      const isTime = (operationsOf.scheduling as readonly string[]).includes(name);
      const part = isTime
        ? (await import('./scheduling.ts')).scheduling(setting)
        : await (await import('./parts.ts')).partWith(name, setting);
      return (part[name] as Run)(input, asking);
    },
  ]);
  return defineAdapter({
    ...(Object.fromEntries(entries) as AdapterImplementation),
    async describeClinic(_, asking) {
      return (await discover(asking)).clinic;
    },
  });
}
