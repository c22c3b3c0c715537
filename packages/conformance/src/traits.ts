import { isRead, operationNames, type OperationName } from '@clinic-widgets/core/adapter.js';
import { contract } from '@clinic-widgets/core/contract.js';
import { isClinicError } from '@clinic-widgets/core/errors.js';
import { newKey } from '@clinic-widgets/core/key.js';
import type { Operation } from '@clinic-widgets/core/operation.js';
import { canonical, ensure, ensureDistinct, ensureRefused, ensureSame, NotApplicable } from './assert.ts';
import { type Case, promise } from './case.ts';
import { within } from './patience.ts';
import { bookOne, callOf, readsOfWrites, requests } from './requests.ts';
import {
  again,
  bookingOf,
  does,
  findTimes,
  isFree,
  pagesOf,
  refOf,
  takesRequests,
  type Times,
  type World,
} from './world.ts';

type PagedName = Parameters<typeof pagesOf>[1];
type SlotTaking = 'holdSlot' | 'bookAppointment' | 'rescheduleAppointment';
/** What a patient can change about an appointment. How a visit is brought on is held to its own cases. */
const CHANGING = ['rescheduleAppointment', 'cancelAppointment'] as const;
type Changing = (typeof CHANGING)[number];

/** A call for a person is passed on, whoever calls. */
const FOR_ALL: readonly OperationName[] = ['askForHelp'];

/** The names of what an operation may be given. */
function fieldsOf({ input }: Operation): readonly string[] {
  return 'shape' in input ? Object.keys(input.shape as object) : [];
}

/** A case for which a request is prepared, which may take a write even for a read. */
const prepared: typeof promise = (operations, name, run) =>
  promise(operations, name, run, {
    writes: operations.some((one) => !isRead(one) || readsOfWrites.includes(one)),
  });

const answersInShape = (name: OperationName) =>
  prepared([name], 'Answers in the shape that the contract says.', async (world) => {
    const { input } = await requests[name](world);
    const answer: unknown = await callOf(world.adapter, name)(input);
    const { success, error } = contract[name].output.safeParse(answer);
    ensure(success, `The answer is wrong at ${error?.issues.map(({ path }) => path.join('.')).join(', ')}.`);
  });

const abortedBefore = (name: OperationName) =>
  promise([name], 'Rejects with the signal’s reason when it was aborted before the call.', async ({ adapter }) => {
    const reason = new Error('No longer wanted.');
    const signal = AbortSignal.abort(reason);
    const error = await failureOf(callOf(adapter, name)(contract[name].sample, { signal }));
    ensure(error === reason, `It must reject with the signal’s own reason, and did with ${String(error)}.`);
  });

/** A call that took no notice of its signal would take as long as the clinic does. */
const PROMPT_SECONDS = 1;

/** When to abort a call that was made: in the same turn, or when its request is on the way. */
const MOMENTS = ['same turn', 'next turn'] as const;

const abortedDuring = (name: OperationName) =>
  prepared(
    [name],
    'Rejects with the signal’s reason, and at once, when it is aborted during the call.',
    async (world) => {
      for (const moment of MOMENTS) {
        const { input } = await requests[name](world);
        await abortAt(world, name, input, newKey(), moment);
      }
    },
  );

async function abortAt(
  { adapter }: World,
  name: OperationName,
  input: unknown,
  idempotencyKey: string,
  moment: (typeof MOMENTS)[number],
): Promise<void> {
  const reason = new Error('No longer wanted.');
  const abortion = new AbortController();
  let answered = false;
  const call = callOf(adapter, name)(input, { signal: abortion.signal, idempotencyKey }).finally(
    () => (answered = true),
  );
  const failure = failureOf(call);
  if (moment === 'next turn') await new Promise((resolve) => setTimeout(resolve));
  if (answered) return;
  abortion.abort(reason);
  const error = await within(
    PROMPT_SECONDS * 1000,
    failure,
    `It must end within ${PROMPT_SECONDS} second of its abortion.`,
  );
  ensure(error === reason, `It must reject with the signal’s own reason, and did with ${String(error)}.`);
}

const refusesInvalid = (name: OperationName) =>
  promise([name], 'Refuses what does not match the contract, and says where.', async ({ adapter }) => {
    for (const { input, paths } of corruptionsOf(contract[name])) {
      const what = `A request with ${JSON.stringify(input)}`;
      const error = await ensureRefused(callOf(adapter, name)(input), 'invalid', what);
      ensureSame(places(error.paths), places(paths), `${what} is wrong at other paths.`);
    }
  });

const places = (paths: readonly (readonly PropertyKey[])[]) => paths.map((path) => path.map(String).join('.')).sort();

/** The sample with one thing wrong each: each field of the wrong type, each left out, days in the wrong order. */
function corruptionsOf(operation: Operation) {
  const sample = operation.sample as Record<string, unknown>;
  const inputs: unknown[] = [
    'no object',
    ...fieldsOf(operation).map((field) => ({ ...sample, [field]: { '': [] } })),
    ...Object.keys(sample).map((field) => ({ ...sample, [field]: undefined })),
    ...('from' in sample ? [{ ...sample, from: sample['to'], to: sample['from'] }] : []),
  ];
  return inputs.flatMap((input) => {
    const { error } = operation.input.safeParse(input);
    return error ? [{ input, paths: error.issues.map(({ path }) => path) }] : [];
  });
}

const pages = (name: PagedName) =>
  prepared(
    [name],
    'Gives the same in small pages as in large ones: nothing twice, nothing left out.',
    async (world) => {
      const { input } = await requests[name](world);
      const whole = (await pagesOf(world, name, input)).flat();
      if (whole.length < 2) throw new NotApplicable(`${name} finds ${whole.length} here: too few for two pages.`);
      for (const limit of whole.length > 20 ? [7] : [1, 2]) {
        const small = await pagesOf(world, name, { ...input, limit });
        ensure(
          small.every(({ length }) => length <= limit),
          `A page must have at most ${limit} items.`,
        );
        ensureDistinct(small.flat().map(canonical), 'No item may come twice.');
        ensureSame(small.flat(), whole, `Pages of ${limit} must give together what larger pages give.`);
      }
    },
  );

const repeats = (name: OperationName) =>
  promise([name], 'Does nothing twice: a repeat under the same key gives the first answer.', async (world) => {
    const { input, trace } = await requests[name](world);
    const call = callOf(world.adapter, name);
    const options = { idempotencyKey: newKey() };
    const first: unknown = await call(input, options);
    const before = await trace();
    ensureSame(await call(input, options), first, 'The repeat must give the first answer.');
    ensureSame(await trace(), before, 'The repeat must change nothing.');
  });

const twiceAtOnce = (name: OperationName) =>
  promise([name], 'Is done once when it is sent twice at once under the same key.', async (world) => {
    const { input, trace } = await requests[name](world);
    const call = callOf(world.adapter, name);
    const options = { idempotencyKey: newKey() };
    const both = await Promise.allSettled([call(input, options), call(input, options)]);
    const answers = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value as unknown] : []));
    ensure(answers.length > 0, 'One of the two calls at least must be answered.');
    const before = await trace();
    for (const answer of [...answers, await call(input, options)]) {
      ensureSame(answer, answers[0], 'Every call must give the same answer.');
    }
    ensureSame(await trace(), before, 'Nothing may be done a second time.');
  });

/** For how often an aborted write is tried again: what was under way at the clinic may take a moment to end. */
const TRIES = 20;

const repeatsAfterAbort = (name: OperationName) =>
  promise([name], 'Can be repeated under its key after it was aborted, and is done once.', async (world) => {
    for (const moment of MOMENTS) {
      const { input, trace } = await requests[name](world);
      const options = { idempotencyKey: newKey() };
      await abortAt(world, name, input, options.idempotencyKey, moment);
      const first: unknown = await eventually(() => callOf(world.adapter, name)(input, options));
      const before = await trace();
      ensureSame(await callOf(world.adapter, name)(input, options), first, 'A repeat must give the first answer.');
      ensureSame(await trace(), before, 'A repeat must change nothing.');
    }
  });

async function eventually<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

const admits = (name: OperationName) =>
  prepared([name], 'Refuses someone who may not act for the patient, and changes nothing.', async (world) => {
    const { representative } = world;
    if (!representative) throw new NotApplicable('No representative was named.');
    const { input, trace } = await requests[name](world);
    const before = await trace();
    const acting = { patientId: world.patientId, representativeId: representative.id };
    const call = callOf(world.adapter, name)({ ...input, acting });
    await ensureRefused(call, 'forbidden', `${name} by someone who may not act for the patient`);
    ensureSame(await trace(), before, 'What is refused must change nothing.');
  });

const RIVALS = 5;

const lostRace = (name: SlotTaking) =>
  promise([name], 'Gives a time that several ask for at once to exactly one of them.', async (world) => {
    const { times, rivals } = await race[name](world);
    const slot = times.slots[0]!;
    const outcomes = await Promise.allSettled(rivals.map((rival) => rival(refOf(slot))));
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue;
      const reason: unknown = outcome.reason;
      ensure(
        isClinicError(reason) && reason.code === 'conflict',
        `Who comes late gets conflict, not ${String(reason)}.`,
      );
    }
    const winners = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    if (await takesRequests(world)) {
      ensure(
        winners.every((winner) => 'status' in winner && winner.status === 'proposed'),
        'Where staff decide, every booking is proposed.',
      );
      return;
    }
    ensure(winners.length === 1, `Exactly one of ${rivals.length} must get the time; ${winners.length} did.`);
    ensure(!(await isFree(world, times, slot)), 'The time must not be free any more.');
  });

type Rival = (slot: { id: string; version: string }) => Promise<object>;

/** Those who want the first of the times found. */
const race: Readonly<Record<SlotTaking, (world: World) => Promise<{ times: Times; rivals: readonly Rival[] }>>> = {
  async holdSlot(world) {
    const times = await findTimes(world);
    const hold = (patientId: string): Rival => {
      return (slot) => world.adapter.holdSlot({ acting: { patientId }, visitTypeId: times.visitType.id, slot });
    };
    return { times, rivals: rivalsOf(world).map(hold) };
  },

  async bookAppointment(world) {
    const times = await findTimes(world);
    const book = (patientId: string): Rival => {
      return (slot) => world.adapter.bookAppointment({ acting: { patientId }, visitTypeId: times.visitType.id, slot });
    };
    return { times, rivals: rivalsOf(world).map(book) };
  },

  async rescheduleAppointment(world) {
    const times = await findTimes(world, 4);
    const rivals: Rival[] = [];
    for (const own of times.slots.slice(1, 4)) {
      const request = bookingOf(world, times, own);
      const appointment = refOf(await world.adapter.bookAppointment(request));
      rivals.push((slot) => world.adapter.rescheduleAppointment({ acting: request.acting, appointment, slot }));
    }
    return { times, rivals };
  },
};

/** The two patients in turn; the same one over and over where there is no other. */
const rivalsOf = ({ patientId, otherPatientId = patientId }: World): readonly string[] =>
  Array.from({ length: RIVALS }, (_, index) => (index % 2 === 0 ? patientId : otherPatientId));

const staleSlot = (name: SlotTaking) =>
  promise([name], 'Refuses a time that has changed since it was read.', async (world) => {
    const times = await findTimes(world, 2);
    const slot = times.slots[0]!;
    if (slot.version === '') throw new NotApplicable('This clinic gives its times no versions.');
    const request = bookingOf(world, times, slot);
    if (await takesRequests(world)) {
      const { status } = await world.adapter.bookAppointment(request);
      ensure(status === 'proposed', `Where staff decide, a booking is proposed, not ${status}.`);
      return;
    }
    await disturb(world, request);
    const { version } = await again(world, times, slot);
    if (version === slot.version) throw new NotApplicable('A time that is free again is the same as before here.');

    if (name === 'rescheduleAppointment') {
      const appointment = await world.adapter.bookAppointment(bookingOf(world, times, times.slots[1]!));
      const move = { acting: request.acting, appointment: refOf(appointment), slot: refOf(slot) };
      await ensureRefused(world.adapter.rescheduleAppointment(move), 'conflict', 'A move to a time that has changed');
    } else {
      await ensureRefused(world.adapter[name](request), 'conflict', 'A time that has changed');
    }
  });

/** Takes a time and gives it back. */
async function disturb(world: World, request: ReturnType<typeof bookingOf>): Promise<void> {
  const { adapter } = world;
  const { acting } = request;
  if (await does(world, 'holdSlot')) {
    const { id } = await adapter.holdSlot(request);
    await adapter.releaseHold({ acting, holdId: id });
  } else {
    const appointment = refOf(await adapter.bookAppointment(request));
    await adapter.cancelAppointment({ acting, appointment, reason: 'other' });
  }
}

const staleAppointment = (name: Changing) =>
  promise([name], 'Refuses an appointment that has changed since it was read.', async (world) => {
    const { adapter } = world;
    const { times, acting, appointment: first } = await bookOne(world, 3);
    if (first.version === '') throw new NotApplicable('This clinic gives its appointments no versions.');
    const [, second, third] = times.slots.map(refOf);
    let appointment = refOf(first);
    if (await does(world, 'rescheduleAppointment')) {
      const moved = await adapter.rescheduleAppointment({ acting, appointment, slot: second! });
      appointment = { id: moved.id, version: first.version };
      ensure(moved.version !== first.version, 'An appointment that has changed must have another version.');
    } else {
      appointment = { ...appointment, version: `${first.version}0` };
    }
    const change =
      name === 'cancelAppointment'
        ? adapter.cancelAppointment({ acting, appointment, reason: 'other' })
        : adapter.rescheduleAppointment({ acting, appointment, slot: third! });
    await ensureRefused(change, 'conflict', `${name} of an appointment that has changed`);
  });

/** What the call fails with; a call that is answered fails with nothing. */
const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'nothing: it was answered',
    (error: unknown) => error,
  );

/** What every operation promises, each as far as it is of the kind. */
export const traits: readonly Case[] = operationNames.flatMap((name) => {
  const operation: Operation = contract[name];
  const fields = fieldsOf(operation);
  return [
    answersInShape(name),
    abortedBefore(name),
    abortedDuring(name),
    refusesInvalid(name),
    ...(fields.includes('cursor') ? [pages(name as PagedName)] : []),
    ...(operation.kind === 'write' ? [repeats(name), twiceAtOnce(name), repeatsAfterAbort(name)] : []),
    ...(fields.includes('acting') && !FOR_ALL.includes(name) ? [admits(name)] : []),
    ...(fields.includes('slot') ? [lostRace(name as SlotTaking), staleSlot(name as SlotTaking)] : []),
    ...CHANGING.filter((one) => one === name).map(staleAppointment),
  ];
});
