import {
  type AdapterImplementation,
  type Call,
  type CallOptions,
  type ClinicAdapter,
  defineAdapter,
  operationNames,
  type OperationName,
  operationsOf,
} from '@clinic-widgets/core/adapter.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import type { ConsentDecision } from '@clinic-widgets/core/consents.js';
import { ClinicError, isClinicError } from '@clinic-widgets/core/errors.js';
import { countersOf, type Limits } from './limits.ts';
import { deviceOf, ownOperations, visitsOf } from './own-operations.ts';
import { isFor, type Pass, passOf, stationOf, type Subject, visitIn } from './passes.ts';
import type { Caller, ReceivedOptions } from './rest-handler.ts';
import { tokensOf } from './tokens.ts';

export type { Limit, Limits } from './limits.ts';

/** What the gateway's policies are made from. */
export interface GatewayOptions {
  /** Signs passes, and checks them and the links of reminders: 32 bytes or more, by chance. Never in a page. */
  readonly key: string | Uint8Array;
  /** The instant it is; the machine's clock where left out. */
  readonly now?: () => string;
  readonly limits?: Partial<Limits>;
}

/** What anybody may ask. Nothing of a patient's is told by it. */
const OPEN: readonly OperationName[] = [
  ...operationsOf.clinic,
  ...operationsOf.scheduling,
  'findUnmetNeeds',
  'findOptions',
  'identify',
  'respondToAppointment',
  'startWalkIn',
  'askForHelp',
  'getHelp',
  'describeDesk',
];
/** What a patient may ask with a pass: what coming to a visit and leaving it takes. The rest of their record is not for a kiosk. */
const VISIT: readonly OperationName[] = [
  'findVisits',
  'prepareVisit',
  'arriveAtVisit',
  'checkIn',
  'chooseCallBy',
  'getVisitProgress',
  'findCharges',
  'choosePayment',
  'getVisitSummary',
  'checkOut',
  'askForHelp',
  'getDetails',
  'confirmDetails',
  'findCoverages',
  'confirmCoverages',
  'findForms',
  'getForm',
  'submitForm',
  'raiseAlert',
  'findConsents',
  'recordConsent',
  // What was agreed to before can be taken back, and counts for a programme.
  'findRecordedConsents',
  'withdrawConsent',
  'findPrograms',
  'enrolInProgram',
  // What is to be booked next is booked when the patient leaves; what they have booked elsewhere is not for a kiosk.
  'findOrders',
  'holdSlot',
  'releaseHold',
  'bookAppointment',
  'joinWaitlist',
];
/** What is for staff. */
const STAFF: readonly OperationName[] = [...operationsOf.desk, 'findConfirmations'];
/** What can be asked here at all. */
const SERVED: readonly string[] = [...OPEN, ...VISIT, ...STAFF];
/** Calls for somebody are counted by themselves: nothing else that is asked, by whomever, keeps them from staff. */
const CALLS: readonly OperationName[] = ['startWalkIn', 'askForHelp', 'raiseAlert'];

/** A call as the gateway has taken it in: who calls, and what goes on to the adapter behind, its own pass left out. */
interface Asking {
  readonly caller: Caller;
  readonly token: string | undefined;
  readonly options: CallOptions;
}

/**
 * Stands between pages and a clinic's own adapter, which may do anything: what is about a patient needs the pass that
 * `identify` gave, and is about that patient and that day's visits only; what is for staff needs staff. Serve it by
 * `restHandler`, whose `caller` says who asks.
 */
export function gateway(clinic: ClinicAdapter, options: GatewayOptions): ClinicAdapter {
  const { key, now = () => new Date().toISOString() } = options;
  const time = () => Date.parse(now());
  const adapter = withCredential(clinic);
  const tokens = tokensOf(key, time);
  const counters = countersOf(options.limits ?? {}, time);
  const own = { ...ownOperations({ adapter, tokens, counters, now: time }), describeClinic };

  /** What is asked with a pass: the options for the adapter behind, where the pass is good for it. */
  async function withPass(name: OperationName, input: Subject, { caller, token, options }: Asking) {
    const pass = await passOf(tokens, token, caller);
    if (!CALLS.includes(name)) counters.patient.take(pass.sub);
    const may = isFor(pass, input) && !(name === 'recordConsent' && isUnproven(pass, input as ConsentDecision));
    if (!may) throw new ClinicError('forbidden', 'The pass is for something else.');
    const behind: CallOptions = { ...options, pass: pass.behind };
    const visit = visitIn(input);
    if (visit !== undefined) {
      const visits = pass.visits ?? (await visitsOf(adapter, actingOf(pass), behind));
      if (!visits?.includes(visit)) throw new ClinicError('forbidden', 'The pass is for another visit.');
    }
    return behind;
  }

  /** The options for the adapter behind, where the caller may ask at all. */
  async function admit(name: OperationName, input: Subject, asking: Asking): Promise<CallOptions> {
    const { caller, token, options } = asking;
    const isOpen = OPEN.includes(name) && !namesPatient(input);
    // They are known: whoever floods the clinic's network shuts nobody out of the desk.
    if (caller.staff && (isOpen || STAFF.includes(name))) return options;
    if (!isOpen && VISIT.includes(name)) return withPass(name, input, asking);
    if (!CALLS.includes(name)) counters.open.take(deviceOf(caller));
    if (isOpen) return options;
    throw new ClinicError(token === undefined ? 'unauthenticated' : 'forbidden', 'This is not for patients.');
  }

  /** Of what the clinic can be asked, what can be asked here. */
  async function describeClinic(input: Record<string, never>, asked: CallOptions) {
    const described = await adapter.describeClinic(input, asked);
    return {
      ...described,
      supports: described.supports.filter((name) => SERVED.includes(name)),
    };
  }

  async function guarded(name: OperationName, input: Subject, asking: Asking): Promise<unknown> {
    const { caller } = asking;
    const admitted = await admit(name, input, asking);
    const request = input.station ? { ...input, station: stationOf(input.station, caller) } : input;
    return (own[name] ?? adapter[name])(request as never, admitted, caller);
  }

  const entries = operationNames.map((name) => [
    name,
    (input: Subject, { caller = {}, pass: token, ...options }: ReceivedOptions) =>
      guarded(name, input, { caller, token, options }),
  ]);
  return { ...clinic, ...defineAdapter(Object.fromEntries(entries) as AdapterImplementation) };
}

/** Whom the clinic behind does not know is the gateway itself: patients whose pass is good can only wait for that. */
function withCredential(clinic: ClinicAdapter): ClinicAdapter {
  const entries = operationNames.map((name): [OperationName, Call] => [
    name,
    (input, options) =>
      (clinic[name] as Call)(input, options).catch((cause: unknown) => {
        if (!isClinicError(cause) || cause.code !== 'unauthenticated') throw cause;
        throw new ClinicError('unavailable', 'The clinic does not know the gateway.', { cause });
      }),
  ]);
  return { ...clinic, ...Object.fromEntries(entries) };
}

/** A link that a reminder carries is made of this: it is good until the instant, for one answer. */
export async function reminderToken(
  about: { readonly appointmentId: string; readonly patientId: string; readonly expires: string },
  { key }: Pick<GatewayOptions, 'key'>,
): Promise<string> {
  const { appointmentId, patientId, expires } = about;
  const exp = Math.floor(Date.parse(expires) / 1000);
  return tokensOf(key, Date.now).sign('reminder', { sub: patientId, appointmentId, jti: crypto.randomUUID(), exp });
}

const namesPatient = (input: Subject): boolean =>
  input.acting !== undefined || input.patientId !== undefined || visitIn(input) !== undefined;

const actingOf = ({ sub, representativeId }: Pass): Acting => ({
  patientId: sub,
  ...(representativeId !== undefined && { representativeId }),
});

/** A signature of somebody whose right to give it is unknown. */
const isUnproven = ({ authority }: Pass, { decision }: ConsentDecision): boolean =>
  authority === 'unknown' && decision === 'accepted';
