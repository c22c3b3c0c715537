import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Details, DetailsConfirmation } from '@clinic-widgets/core';
import { type AdapterImplementation, defineAdapter } from '@clinic-widgets/core/adapter.js';
import { ClinicError, type ErrorCode, type Misfit } from '@clinic-widgets/core/errors.js';
import { runFlow } from '../../../test/test-host.ts';
import { flowOf, sessionWith } from '../../../test/test-session.ts';
import { begin, transition, workOf } from './flow.ts';
import type { Action, In, State } from './state.ts';

const ROSA: Details = {
  version: '1',
  name: { given: ['Rosa'], family: 'Delgado', text: 'Rosa Delgado' },
  birthDate: '1984-06-17',
  address: { lines: ['318 Pleasant Street', 'Apartment 4'], city: 'St. Joseph', state: 'MI', postalCode: '49085' },
  phone: '(269) 555-0123',
  email: 'rosa.delgado@example.com',
  emergencyContact: { name: 'Luis Delgado', phone: '(269) 555-0124' },
  language: 'es',
  needs: [{ kind: 'spoken-interpreter', language: 'es' }],
};

const EVERYTHING = [
  'name',
  'birthDate',
  'address',
  'phone',
  'email',
  'emergencyContact',
  'language',
  'needs',
] as const satisfies DetailsConfirmation['confirmed'];

const at = '2026-03-02T09:00:00-05:00';
const confirmed = (key = 'k1'): Action => ({ type: 'confirmed', key, at });

/** A clinic that knows Rosa, and notes what it is told. */
function clinicWith(changes: AdapterImplementation = {}, ...versions: readonly Details[]) {
  const told: { readonly confirmation: DetailsConfirmation; readonly key: string }[] = [];
  const reads = [ROSA, ...versions];
  const adapter = defineAdapter({
    getDetails: async () => (reads.length > 1 ? reads.shift()! : reads[0]!),
    ...changes,
    async confirmDetails(confirmation, options) {
      told.push({ confirmation, key: options.idempotencyKey });
      return changes.confirmDetails?.(confirmation, options) ?? { id: 'r1', status: 'accepted' };
    },
  });
  return { adapter, told };
}

/** Fails the first time, then answers. */
function once(code: ErrorCode, paths: PropertyKey[][] = []): AdapterImplementation {
  let failed = false;
  return {
    async confirmDetails() {
      if (failed) return { id: 'r1', status: 'accepted' };
      failed = true;
      throw new ClinicError(code, 'No.', { paths });
    },
  };
}

const run = ({ adapter }: Pick<ReturnType<typeof clinicWith>, 'adapter'>, session = sessionWith()) =>
  runFlow(flowOf({ begin, transition, work: workOf }, session), adapter);

type Run = ReturnType<typeof run>;

const isOfSecondVersion = (state: State): state is In<'looking'> =>
  state.step === 'looking' && state.known.version === '2';

function change(
  flow: Run,
  name: 'phone' | 'email' | 'address' | 'emergencyContact',
  words: Readonly<Record<string, string>>,
): void {
  flow.send({ type: 'opened', name });
  flow.send({ type: 'typed', words });
  flow.send({ type: 'saved' });
}

describe('the details', () => {
  it('are all confirmed by one press, of the version that was looked at', async () => {
    const clinic = clinicWith();
    const flow = run(clinic);
    await flow.at('looking');
    flow.send(confirmed());

    assert.deepEqual(await flow.at('ended'), { step: 'ended', end: 'done' });
    assert.deepEqual(clinic.told, [
      {
        key: 'k1',
        confirmation: {
          acting: { patientId: 'p-rosa' },
          appointmentId: 'a-rosa-today',
          version: '1',
          station: { kind: 'kiosk', deviceId: 'lobby-1' },
          confirmed: [...EVERYTHING],
          changed: {},
          at,
        },
      },
    ]);
  });

  it('open filled in, and a change to one leaves the others confirmed', async () => {
    const clinic = clinicWith();
    const flow = run(clinic);
    await flow.at('looking');
    flow.send({ type: 'opened', name: 'address' });
    const { draft } = await flow.at('editing');
    assert.deepEqual(draft.words, {
      'line-0': '318 Pleasant Street',
      'line-1': 'Apartment 4',
      city: 'St. Joseph',
      state: 'MI',
      postalCode: '49085',
      country: '',
    });

    flow.send({ type: 'typed', words: { 'line-1': '' } });
    flow.send({ type: 'saved' });
    flow.send(confirmed());
    const { notes } = await flow.at('told');
    assert.deepEqual(notes, ['changes']);
    assert.deepEqual(clinic.told[0]!.confirmation.changed, {
      address: { lines: ['318 Pleasant Street'], city: 'St. Joseph', state: 'MI', postalCode: '49085' },
    });
    assert.deepEqual(
      clinic.told[0]!.confirmation.confirmed,
      EVERYTHING.filter((name) => name !== 'address'),
    );
    flow.send({ type: 'went-on' });
    assert.equal((await flow.at('ended')).end, 'done');
  });

  it('are not changed by an editor that leaves all as it was', async () => {
    const clinic = clinicWith();
    const flow = run(clinic);
    await flow.at('looking');
    for (const name of ['address', 'phone', 'emergencyContact', 'language', 'needs'] as const) {
      flow.send({ type: 'opened', name });
      flow.send({ type: 'saved' });
    }
    const { said } = await flow.at('looking');
    assert.deepEqual(said, { changed: {}, removed: [], doubted: [] });
  });

  it('can be taken out, and put back', async () => {
    const clinic = clinicWith();
    const flow = run(clinic);
    await flow.at('looking');
    for (const name of ['email', 'phone'] as const) {
      flow.send({ type: 'opened', name });
      flow.send({ type: 'removed' });
    }
    flow.send({ type: 'restored', name: 'phone' });
    flow.send(confirmed());
    await flow.at('told');
    assert.deepEqual(clinic.told[0]!.confirmation.removed, ['email']);
    assert.ok(!clinic.told[0]!.confirmation.confirmed.includes('email'));
    assert.ok(clinic.told[0]!.confirmation.confirmed.includes('phone'));
  });

  it('say no more needs by taking them out', async () => {
    const clinic = clinicWith();
    const flow = run(clinic);
    await flow.at('looking');
    flow.send({ type: 'opened', name: 'needs' });
    flow.send({ type: 'typed', words: { 'spoken-interpreter': '' } });
    flow.send({ type: 'saved' });
    flow.send(confirmed());
    await flow.at('told');
    assert.deepEqual(clinic.told[0]!.confirmation.removed, ['needs']);
  });

  for (const [words, kind] of [
    ['', 'missing'],
    ['12', 'phone'],
  ] as const) {
    it(`keep the field open when "${words}" is no phone number`, async () => {
      const flow = run(clinicWith());
      await flow.at('looking');
      change(flow, 'phone', { phone: words });
      const { troubles, draft } = await flow.at('editing');
      assert.deepEqual(troubles, [{ field: 'phone', kind }]);
      assert.equal(draft.words['phone'], words);
    });
  }

  it('leave a wrong name to the desk, unconfirmed', async () => {
    const clinic = clinicWith();
    const flow = run(clinic);
    await flow.at('looking');
    flow.send({ type: 'doubted', name: 'name', wrong: true });
    flow.send({ type: 'doubted', name: 'birthDate', wrong: true });
    flow.send({ type: 'doubted', name: 'birthDate', wrong: false });
    flow.send(confirmed());
    const { notes, end } = await flow.at('told');
    assert.deepEqual([notes, end], [['desk'], 'at-desk']);
    assert.deepEqual(clinic.told[0]!.confirmation.doubted, ['name']);
    assert.deepEqual(
      clinic.told[0]!.confirmation.confirmed,
      EVERYTHING.filter((name) => name !== 'name'),
    );
  });

  it('neither confirm nor change what is withheld', async () => {
    const { phone: _phone, email: _email, ...seen } = ROSA;
    const clinic = clinicWith({ getDetails: async () => ({ ...seen, withheld: ['phone', 'email'] }) });
    const flow = run(clinic);
    await flow.at('looking');
    flow.send(confirmed());
    await flow.at('ended');
    assert.deepEqual(
      clinic.told[0]!.confirmation.confirmed,
      EVERYTHING.filter((name) => name !== 'phone' && name !== 'email'),
    );
  });

  it('are sent again by the same write', async () => {
    const clinic = clinicWith(once('unavailable'));
    const flow = run(clinic);
    await flow.at('looking');
    change(flow, 'phone', { phone: '(269) 555-0199' });
    flow.send(confirmed());
    await flow.at('failed');
    flow.send({ type: 'retried' });
    await flow.at('told');
    assert.deepEqual(clinic.told[0], clinic.told[1]);
    assert.equal(clinic.told[1]!.confirmation.changed.phone, '(269) 555-0199');
  });

  it('keep every change through a failure that the patient goes back from', async () => {
    const flow = run(clinicWith(once('unavailable')));
    await flow.at('looking');
    change(flow, 'phone', { phone: '(269) 555-0199' });
    flow.send({ type: 'doubted', name: 'name', wrong: true });
    flow.send(confirmed());
    await flow.at('failed');
    flow.send({ type: 'went-back' });
    const { said } = await flow.at('looking');
    assert.deepEqual(said, { changed: { phone: '(269) 555-0199' }, removed: [], doubted: ['name'] });
  });

  it('are read again after a conflict, with what the patient said and a word on what is new', async () => {
    const moved = { ...ROSA, version: '2', email: 'rosa@example.com' };
    const clinic = clinicWith(once('conflict'), moved);
    const flow = run(clinic);
    await flow.at('looking');
    change(flow, 'phone', { phone: '(269) 555-0199' });
    flow.send(confirmed('k1'));
    const looking = await flow.until(isOfSecondVersion);
    assert.deepEqual(looking.moved, ['email']);
    assert.deepEqual(looking.said.changed, { phone: '(269) 555-0199' });
    flow.send(confirmed('k2'));
    await flow.at('told');
    assert.deepEqual(
      clinic.told.map(({ key, confirmation }) => [key, confirmation.version]),
      [
        ['k1', '1'],
        ['k2', '2'],
      ],
    );
  });

  it('drop a change that somebody at the clinic has made meanwhile', async () => {
    const moved = { ...ROSA, version: '2', phone: '(269) 555-0199' };
    const flow = run(clinicWith(once('conflict'), moved));
    await flow.at('looking');
    change(flow, 'phone', { phone: '(269) 555-0199' });
    flow.send(confirmed());
    const looking = await flow.until(isOfSecondVersion);
    assert.deepEqual(looking.said.changed, {});
    assert.deepEqual(looking.moved, ['phone']);
  });

  it('open at what the clinic refuses, as it was typed', async () => {
    const flow = run(clinicWith(once('invalid', [['changed', 'email']])));
    await flow.at('looking');
    change(flow, 'email', { email: 'rosa@example.invalid' });
    flow.send(confirmed());
    const editing = await flow.at('editing');
    assert.equal(editing.draft.words['email'], 'rosa@example.invalid');
    assert.deepEqual(editing.refused, [{ name: 'email', field: 'email', kind: 'refused' }]);
    assert.deepEqual(editing.troubles, [{ field: 'email', kind: 'refused' }]);
    flow.send({ type: 'typed', words: { email: 'rosa@example.com' } });
    flow.send({ type: 'saved' });
    assert.deepEqual((await flow.at('looking')).refused, []);
  });

  it('open at the field that the clinic refuses, and keep what else it refuses for when that is opened', async () => {
    const paths = [
      ['changed', 'emergencyContact', 'phone'],
      ['changed', 'address', 'lines', 1],
      ['changed', 'address', 'postalCode'],
    ];
    const flow = run(clinicWith(once('invalid', paths)));
    await flow.at('looking');
    change(flow, 'address', { city: 'Benton Harbor', 'line-1': 'Floor 99' });
    change(flow, 'emergencyContact', { phone: '00000' });
    flow.send(confirmed());
    assert.deepEqual((await flow.at('editing')).troubles, [
      { field: 'line-1', kind: 'refused' },
      { field: 'postalCode', kind: 'refused' },
    ]);
    flow.send({ type: 'went-back' });
    await flow.at('looking');
    flow.send({ type: 'opened', name: 'emergencyContact' });
    assert.deepEqual((await flow.at('editing')).troubles, [{ field: 'phone', kind: 'refused' }]);
  });

  it('say why the clinic refuses a field, as they say it themselves where they have the same to say', async () => {
    const misfits: Misfit[] = [
      { path: ['changed', 'emergencyContact', 'phone'], reason: 'too-short' },
      { path: ['changed', 'address', 'lines'], reason: 'required' },
      { path: ['changed', 'address', 'city'], reason: 'too-long' },
      { path: ['changed', 'address', 'postalCode'], reason: 'wrong-format' },
      { path: ['changed', 'address', 'country'], reason: 'not-a-choice' },
      { path: ['changed', 'email'], reason: 'wrong-format' },
      { path: ['changed', 'preferredName'], reason: 'too-short' },
    ];
    const confirmDetails = () => Promise.reject(new ClinicError('invalid', 'No.', { misfits }));
    const flow = run(clinicWith({ confirmDetails }));
    await flow.at('looking');
    change(flow, 'phone', { phone: '00000' });
    flow.send(confirmed());
    const { refused } = await flow.at('editing');
    assert.deepEqual(
      refused.map(({ field, kind }) => `${field} ${kind}`),
      [
        'preferredName short',
        'line-0 missing',
        'city long',
        'postalCode format',
        'country refused',
        'email email',
        'phone phone',
      ],
    );
  });

  it('say so when the clinic refuses something that is no field', async () => {
    const flow = run(clinicWith(once('invalid', [['at']])));
    await flow.at('looking');
    flow.send(confirmed());
    assert.equal((await flow.at('failed')).error.code, 'invalid');
  });

  it('say that a change waits for staff where the authority is not known, and that a queued one waits to be sent', async () => {
    const queued: AdapterImplementation = { confirmDetails: async () => ({ id: 'q1', status: 'queued' }) };
    const flow = run(clinicWith(queued), sessionWith({ authority: 'unknown' }));
    await flow.at('looking');
    change(flow, 'phone', { phone: '(269) 555-0199' });
    flow.send(confirmed());
    assert.deepEqual((await flow.at('told')).notes, ['queued', 'proposals']);
  });

  it('are read again when they could not be read', async () => {
    let tries = 0;
    const flow = run(
      clinicWith({
        async getDetails() {
          tries += 1;
          if (tries === 1) throw new ClinicError('unavailable', 'No.');
          return ROSA;
        },
      }),
    );
    await flow.at('failed');
    flow.send({ type: 'retried' });
    await flow.at('looking');
    assert.equal(tries, 2);
  });
});
