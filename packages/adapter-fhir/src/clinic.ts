import type * as fhir from 'fhir/r4.js';
import { type OperationName, operationNames } from '@clinic-widgets/core/adapter.js';
import type { Clinic } from '@clinic-widgets/core/clinic.js';
import { isClinicError } from '@clinic-widgets/core/errors.js';
import { type Asking, type Client, listOf } from './client.ts';

/**
 * How a booking is kept from being made twice: the server's own scheduling `operations`, the version of the Slot
 * as a `lock`, or not at all, so that it is a `request` that the clinic confirms.
 */
export type BookingWay = 'operations' | 'lock' | 'request';

/** What the host knows of the clinic, or knows better than its server. */
export interface ClinicOptions {
  /** The clinic's name, as patients know it. */
  readonly name?: string;
  /** The zone of the clinic's days and hours, for places that name none. FHIR does not tell it: left out, this machine's. */
  readonly timeZone?: string;
  /** The number that patients may call. */
  readonly phone?: string;
  /** Left out, what the CapabilityStatement allows. Nothing is ever written to find out. */
  readonly booking?: BookingWay;
  /** Operations that the server can carry out although it does not say so, or cannot although it does. */
  readonly supports?: Readonly<Partial<Record<OperationName, boolean>>>;
}

/** What can be done at a server, and how. */
export interface Ability {
  readonly clinic: Clinic;
  readonly way: BookingWay;
  /** Whether the server's operations are those of IHE, not Medplum's: they differ. */
  readonly ihe: boolean;
  /** Names of the scheduling operations that the server has: `hold`, `reschedule`. */
  readonly operations: readonly string[];
  /** Whether the server says that it can; of one that says nothing at all it is hoped. */
  can(type: string, interaction: string): boolean;
  /** Whether a search can bring what its results refer to. */
  includes(type: string, parameter: string): boolean;
}

/**
 * Servers that enforce If-Match although their CapabilityStatement says only `versioned`, by the name of their
 * software. Ten updates at once with one version made exactly one 200.
 */
const ENFORCES_IF_MATCH = /^medplum\b/i;

/** Learns once what the server can do. */
export function discovery(client: Client, options: ClinicOptions): (asking: Asking) => Promise<Ability> {
  let known: Ability | undefined;

  return async (asking) => {
    if (known) return known;
    try {
      const statement = (await client.send('metadata', asking)).content as fhir.CapabilityStatement | undefined;
      return (known = abilityOf(statement?.resourceType === 'CapabilityStatement' ? statement : undefined, options));
    } catch (error) {
      // A server that says nothing of itself can still be used with care. One that cannot be reached cannot.
      if (!isClinicError(error) || error.retryable || error.code === 'unauthenticated') throw error;
      const ability = abilityOf(undefined, options);
      // A failure may pass, and is not remembered.
      if (error.code !== 'unexpected') known = ability;
      return ability;
    }
  };
}

/** What a CapabilityStatement amounts to; of none, or a malformed one, the careful way. */
export function abilityOf(statement: fhir.CapabilityStatement | undefined, options: ClinicOptions): Ability {
  const rest = listOf(statement?.rest).find((one) => one?.mode === 'server');
  const resource = (type: string) => listOf(rest?.resource).find((one) => one?.type === type);
  const can = (type: string, interaction: string) =>
    !rest || listOf(resource(type)?.interaction).some((one) => one?.code === interaction);

  const appointment = resource('Appointment');
  const operations = listOf(appointment?.operation).map((one) => `${one?.name}`.replace('$', ''));
  const versioned =
    resource('Slot')?.versioning === 'versioned-update' || ENFORCES_IF_MATCH.test(`${statement?.software?.name}`);
  const locks = rest && versioned && can('Slot', 'update');
  const known = operations.includes('find') && operations.includes('book') ? 'operations' : locks ? 'lock' : 'request';

  const ability = {
    way: options.booking ?? known,
    operations,
    ihe: /ihe\.net/.test(JSON.stringify([appointment?.operation, statement?.instantiates])),
    can,
    includes: (type: string, parameter: string) =>
      listOf(resource(type)?.searchInclude).some((one) => one === '*' || one === `${type}:${parameter}`),
  };
  const { phone, name = `${statement?.implementation?.description ?? statement?.title ?? ''}` } = options;
  const timeZone = options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const requestOnly = ability.way === 'request' || undefined;
  return { ...ability, clinic: { name, phone, timeZone, requestOnly, supports: supportsOf(ability, options) } };
}

/** What operations need of a server that has none for them itself. */
const NEEDS: readonly (readonly [operations: RegExp, type: string, interaction: string])[] = [
  [/Practitioners|Locations|Days|Slots/, 'Schedule', 'search-type'],
  [/Days|Slots/, 'Slot', 'search-type'],
  [/Orders/, 'ServiceRequest', 'search-type'],
  [/Orders|Appointments/, 'Appointment', 'search-type'],
  [/getA/, 'Appointment', 'read'],
  [/old|resch/, 'Slot', 'update'],
  [/book|join/, 'Appointment', 'create'],
  [/resch|cancel/, 'Appointment', 'update'],
  [/Form|Options/, 'Questionnaire', 'read'],
  [/Options/, 'ValueSet', 'search-type'],
  [/submit/, 'QuestionnaireResponse', 'create'],
  [/Response/, 'QuestionnaireResponse', 'read'],
  [/submit|Alert/, 'Task', 'create'],
  [/Attention/, 'Task', 'search-type'],
];

/** What they are called at a server that has them itself. */
const OPERATIONS: readonly (readonly [operations: RegExp, names: string])[] = [
  [/Days|Slots/, 'find'],
  [/old/, 'hold'],
  [/book|cancel/, 'book'],
  [/resch/, 'reschedule'],
];

/** The names of what can be carried out. */
function supportsOf({ way, operations, ihe, can }: Omit<Ability, 'clinic'>, { supports }: ClinicOptions): string[] {
  const able = (name: string) => {
    const own = way === 'operations' && OPERATIONS.find(([names]) => names.test(name));
    // IHE's servers book, move and cancel by one operation.
    if (own) return !operations.length || operations.includes(own[1]) || (ihe && name.startsWith('resch'));
    if (way === 'request' && /old|resch/.test(name)) return false;
    return NEEDS.every(([names, type, interaction]) => !names.test(name) || can(type, interaction));
  };
  return operationNames.filter((name) => supports?.[name] ?? able(name));
}
