import type * as fhir from 'fhir/r4.js';
import { type OperationName, operationNames, operationsOf } from '@clinic-widgets/core/adapter.js';
import { listOf } from './client.ts';
import type { Ability, Known } from './clinic.ts';

/**
 * Servers that enforce If-Match although their CapabilityStatement says only `versioned`, by the name of their
 * software. Ten updates at once with one version made exactly one 200.
 */
const ENFORCES_IF_MATCH = /^medplum\b/i;

/** What a CapabilityStatement amounts to; of none, or a malformed one, the careful way. */
export function abilityOf(statement: fhir.CapabilityStatement | undefined, options: Known): Ability {
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
    matches: (type: string, parameter: string) => {
      const own = resource(type);
      const parameters = listOf(own?.searchParam);
      return !!own && (!parameters.length || parameters.some((one) => one?.name === parameter));
    },
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
  [/getAppointment/, 'Appointment', 'read'],
  [/hold|Hold|resch/, 'Slot', 'update'],
  [/book|join/, 'Appointment', 'create'],
  [/resch|cancel/, 'Appointment', 'update'],
  [/Form|Options/, 'Questionnaire', 'read'],
  [/Options/, 'ValueSet', 'search-type'],
  [/submit/, 'QuestionnaireResponse', 'create'],
  [/Response/, 'QuestionnaireResponse', 'read'],
  [/submit|Alert/, 'Task', 'create'],
  [/Attention/, 'Task', 'search-type'],
  [/identify/, 'Patient', 'search-type'],
  [/identify|Visits|Arrivals/, 'Appointment', 'search-type'],
  [/AtVisit|check(In|Out)$|respond/, 'Appointment', 'update'],
  [/Visit$|VisitPro|VisitSum|check(In|Out)$|CallBy|Charges|Payment|respond|callPatient/, 'Appointment', 'read'],
  [/getHelp|ackn|match/, 'Task', 'read'],
  [/Visit$|CallBy|Payment|respond|startWalk|askFor|callPatient/, 'Task', 'create'],
  [/Visit$|CallBy|callPatient|ackn|match/, 'Task', 'update'],
  [/Charges|Payment/, 'Invoice', 'search-type'],
  [/Summary/, 'DocumentReference', 'search-type'],
  [/openDesk/, 'Location', 'update'],
  [/etails|match|Arrivals|Visits/, 'Patient', 'read'],
  [/confirm|decide/, 'Provenance', 'create'],
  [/Confirmations/, 'Provenance', 'search-type'],
  [/Coverages/, 'Coverage', 'search-type'],
  [/Proposal/, 'Task', 'search-type'],
  [/confirm/, 'Task', 'create'],
  [/decide/, 'Task', 'update'],
  [/decide/, 'Patient', 'update'],
  [/findConsents/, 'DocumentReference', 'search-type'],
  [/Consents/, 'Consent', 'search-type'],
  [/recordConsent/, 'Consent', 'create'],
  [/withdraw/, 'Consent', 'update'],
  [/Program/, 'PlanDefinition', 'search-type'],
  [/Program/, 'Task', 'search-type'],
  [/enrol/, 'Task', 'create'],
];

/** What they are called at a server that has them itself. */
const OPERATIONS: readonly (readonly [operations: RegExp, names: string])[] = [
  [/Days|Slots/, 'find'],
  [/hold|Hold/, 'hold'],
  [/book|cancel/, 'book'],
  [/resch/, 'reschedule'],
];

/** Where who somebody is would have to be decided: never in a page. */
const ON_SERVER: readonly string[] = [
  'identify',
  'respondToAppointment',
  'startWalkIn',
  'askForHelp',
  'getHelp',
  'describeDesk',
  ...operationsOf.desk.filter((name) => name !== 'findAttention'),
] satisfies OperationName[];

/** The names of what can be carried out. */
function supportsOf({ way, operations, ihe, can }: Omit<Ability, 'clinic'>, { supports, onServer }: Known): string[] {
  const able = (name: string) => {
    const own = way === 'operations' && OPERATIONS.find(([names]) => names.test(name));
    // IHE's servers book, move and cancel by one operation.
    if (own) return !operations.length || operations.includes(own[1]) || (ihe && name.startsWith('resch'));
    if (way === 'request' && /hold|Hold|resch/.test(name)) return false;
    return NEEDS.every(([names, type, interaction]) => !names.test(name) || can(type, interaction));
  };
  return operationNames.filter((name) => (onServer || !ON_SERVER.includes(name)) && (supports?.[name] ?? able(name)));
}
