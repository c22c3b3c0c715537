import type * as z from 'zod/mini';
import { orAborted } from './abort.ts';
import { clinic } from './clinic.ts';
import type { contract, parts } from './contract.ts';
import { ClinicError, isClinicError, type ErrorCode } from './errors.ts';
import { newKey } from './key.ts';
import type { Operation } from './operation.ts';
import { hasTemporal, loadTemporal } from './time.ts';

/** The name of an operation. */
export type OperationName = keyof typeof contract;

/** A part of the contract. */
export type Part = keyof typeof parts;

type Names<P extends Part> = readonly (keyof (typeof parts)[P])[];

/** The names of the operations of each part: all that is known of one before it is called. */
export const operationsOf: { readonly [P in Part]: Names<P> } = {
  clinic: ['describeClinic'],
  scheduling: ['findVisitTypes', 'findPractitioners', 'findLocations', 'findFreeDays', 'findSlots'],
  appointments: [
    'findUnmetNeeds',
    'findOrders',
    'findAppointments',
    'getAppointment',
    'holdSlot',
    'releaseHold',
    'bookAppointment',
    'rescheduleAppointment',
    'cancelAppointment',
    'joinWaitlist',
  ],
  forms: ['findForms', 'getForm', 'findOptions', 'submitForm', 'getResponse', 'raiseAlert'],
  checkIn: [
    'identify',
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
    'respondToAppointment',
    'startWalkIn',
    'askForHelp',
    'getHelp',
    'describeDesk',
  ],
  details: ['getDetails', 'confirmDetails', 'findCoverages', 'confirmCoverages', 'findConfirmations'],
  consents: [
    'findConsents',
    'recordConsent',
    'findRecordedConsents',
    'withdrawConsent',
    'findPrograms',
    'enrolInProgram',
  ],
  desk: [
    'findAttention',
    'acknowledge',
    'matchWalkIn',
    'findArrivals',
    'callPatient',
    'findProposals',
    'decideProposal',
    'openDesk',
  ],
};

type Module = { readonly [P in Part]?: Record<string, Operation> };

/** Fetches the file of a part, which a page that calls none of its operations need not load. */
const load: Readonly<Record<Part, () => Promise<Module>>> = {
  clinic: async () => ({ clinic }),
  scheduling: () => import('./scheduling.ts'),
  appointments: () => import('./appointments.ts'),
  forms: () => import('./forms.ts'),
  checkIn: () => import('./check-in.ts'),
  details: () => import('./details.ts'),
  consents: () => import('./consents.ts'),
  desk: () => import('./desk.ts'),
};

/** What was fetched before is there at once: a page that is being left does not come to what has to wait for it. */
const there: { [P in Part]?: Module } = {};

/** The names of every operation, in the contract's order. */
export const operationNames = Object.values(operationsOf).flat() as readonly OperationName[];

/** Whether an operation changes nothing at the clinic: what it asks for is in its name. */
export const isRead = (name: OperationName): boolean => /^(find|get|describe)/.test(name);

/** What may go with any call. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Same key, same write: a repeat returns the first result. Made where left out. */
  readonly idempotencyKey?: string;
  /** What {@link ClinicAdapter.identify} gave: shows to a gateway about whom and which visit the call may be. */
  readonly pass?: string;
}

type Port<C extends Record<string, Operation>> = {
  [K in keyof C]: (input: z.input<C[K]['input']>, options?: CallOptions) => Promise<z.output<C[K]['output']>>;
};

/** What a widget needs from a clinic. Implement it with {@link defineAdapter}. */
export interface ClinicAdapter extends Port<typeof contract> {}

/** Any operation of an adapter, for code that treats all of them alike. */
export type Call = (input: unknown, options?: CallOptions) => Promise<unknown>;

type Implementation<C extends Record<string, Operation>> = {
  [K in keyof C]?: (
    input: z.output<C[K]['input']>,
    options: C[K]['kind'] extends 'write' ? CallOptions & { readonly idempotencyKey: string } : CallOptions,
  ) => Promise<z.input<C[K]['output']>>;
};

/** The operations an adapter carries out; every write is handed an idempotency key. */
export type AdapterImplementation = Implementation<typeof contract>;

/**
 * Makes an adapter of the operations given. The ones left out reject with `unsupported`; what goes in
 * and what comes out is held to the contract; an aborted call rejects at once with the signal's reason.
 */
export function defineAdapter(implementation: AdapterImplementation): ClinicAdapter {
  const entries = (Object.keys(operationsOf) as Part[]).flatMap((part) =>
    operationsOf[part].map((name) => [name, gate(name, part, implementation)]),
  );
  return Object.fromEntries(entries) as ClinicAdapter;
}

function gate(name: OperationName, part: Part, implementation: AdapterImplementation): Call {
  const run = implementation[name] as ((input: unknown, options: CallOptions) => Promise<unknown>) | undefined;

  return async (input, options = {}) => {
    options.signal?.throwIfAborted();
    if (!run) throw new ClinicError('unsupported', `${name} is not supported here.`);
    const module = (there[part] ??= await orAborted(load[part]().catch(notFetched), options.signal));
    const operation = module[part]![name]!;
    const request = parse(operation.input, input, 'invalid', name);
    if (!hasTemporal()) await loadTemporal();
    const keyed =
      operation.kind === 'write' ? { ...options, idempotencyKey: options.idempotencyKey ?? newKey() } : options;
    const result = await settle(() => run(request, keyed), options.signal, name);
    return parse(operation.output, result, 'unexpected', name);
  };
}

function notFetched(cause: unknown): never {
  throw new ClinicError('unavailable', 'A part of the contract cannot be fetched.', { cause });
}

async function settle(work: () => Promise<unknown>, signal: AbortSignal | undefined, name: string): Promise<unknown> {
  try {
    signal?.throwIfAborted();
    return await orAborted(work(), signal);
  } catch (cause) {
    signal?.throwIfAborted();
    throw isClinicError(cause) ? cause : new ClinicError('unexpected', `${name} failed.`, { cause });
  }
}

function parse(schema: z.ZodMiniType, value: unknown, code: ErrorCode, name: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const paths = result.error.issues.map((issue) => issue.path);
  throw new ClinicError(code, `${name} does not match the contract.`, { paths, cause: result.error });
}
