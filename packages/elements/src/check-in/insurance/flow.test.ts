import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CoverageConfirmation, CoverageOnFile } from '@clinic-widgets/core';
import { type AdapterImplementation, defineAdapter } from '@clinic-widgets/core/adapter.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { runFlow } from '../../../test/test-host.ts';
import { flowOf } from '../../../test/test-session.ts';
import { begin, transition, workOf } from './flow.ts';
import type { Action, Answer, In } from './state.ts';

const COVERAGES: readonly CoverageOnFile[] = [
  { id: 'c1', version: '3', payer: 'Great Lakes Health Plan', memberId: 'GLH 204 118 377' },
  { id: 'c2', version: '1', payer: 'Orchard Growers Fund' },
];
const at = '2026-03-02T09:00:00-05:00';
const answered = (answer: Answer, key = 'k1'): Action => ({ type: 'answered', answer, key, at });

function clinicWith(coverages: readonly CoverageOnFile[] = COVERAGES, changes: AdapterImplementation = {}) {
  const told: { readonly confirmation: CoverageConfirmation; readonly key: string }[] = [];
  const adapter = defineAdapter({
    findCoverages: async ({ cursor }) => {
      const index = Number(cursor ?? 0);
      const items = coverages.slice(index, index + 1);
      return { items, ...(index + 1 < coverages.length && { next: String(index + 1) }) };
    },
    ...changes,
    async confirmCoverages(confirmation, options) {
      told.push({ confirmation, key: options.idempotencyKey });
      return changes.confirmCoverages?.(confirmation, options) ?? { id: 'r1', status: 'accepted' };
    },
  });
  return { adapter, told };
}

const run = ({ adapter }: Pick<ReturnType<typeof clinicWith>, 'adapter'>) =>
  runFlow(flowOf({ begin, transition, work: workOf }), adapter);

describe('the insurance', () => {
  it('is confirmed as it was looked at, all of it', async () => {
    const clinic = clinicWith();
    const flow = run(clinic);
    const { coverages } = await flow.at('looking');
    assert.deepEqual(coverages, COVERAGES);
    flow.send(answered('confirmed'));
    assert.equal((await flow.at('ended')).end, 'done');
    assert.deepEqual(clinic.told, [
      {
        key: 'k1',
        confirmation: {
          acting: { patientId: 'p-rosa' },
          appointmentId: 'a-rosa-today',
          station: { kind: 'kiosk', deviceId: 'lobby-1' },
          coverages: [
            { id: 'c1', version: '3' },
            { id: 'c2', version: '1' },
          ],
          answer: 'confirmed',
          at,
        },
      },
    ]);
  });

  for (const answer of ['changed', 'none'] as const) {
    it(`is left to the desk when the answer is "${answer}", and the patient goes on`, async () => {
      const clinic = clinicWith();
      const flow = run(clinic);
      await flow.at('looking');
      flow.send(answered(answer));
      assert.equal((await flow.at('told')).answer, answer);
      assert.equal(clinic.told[0]!.confirmation.answer, answer);
      flow.send({ type: 'went-on' });
      assert.equal((await flow.at('ended')).end, 'at-desk');
    });
  }

  it('is asked about where none is on file', async () => {
    const clinic = clinicWith([]);
    const flow = run(clinic);
    assert.deepEqual((await flow.at('looking')).coverages, []);
    flow.send(answered('none'));
    await flow.at('told');
    assert.deepEqual(clinic.told[0]!.confirmation.coverages, []);
  });

  it('is confirmed again by the same write', async () => {
    let tries = 0;
    const clinic = clinicWith(COVERAGES, {
      async confirmCoverages() {
        tries += 1;
        if (tries === 1) throw new ClinicError('unavailable', 'No.');
        return { id: 'r1', status: 'accepted' };
      },
    });
    const flow = run(clinic);
    await flow.at('looking');
    flow.send(answered('confirmed'));
    await flow.at('failed');
    flow.send({ type: 'retried' });
    await flow.at('ended');
    assert.deepEqual(clinic.told[0], clinic.told[1]);
  });

  it('is read again after a conflict, and answered anew', async () => {
    let tries = 0;
    const clinic = clinicWith(COVERAGES, {
      async confirmCoverages() {
        tries += 1;
        if (tries === 1) throw new ClinicError('conflict', 'No.');
        return { id: 'r1', status: 'accepted' };
      },
    });
    const flow = run(clinic);
    await flow.at('looking');
    flow.send(answered('confirmed'));
    await flow.until((state): state is In<'looking'> => state.step === 'looking' && state.changed);
    flow.send(answered('changed', 'k2'));
    await flow.at('told');
    assert.deepEqual(
      clinic.told.map(({ key }) => key),
      ['k1', 'k2'],
    );
  });

  it('says that what was queued waits to be sent', async () => {
    const flow = run(clinicWith(COVERAGES, { confirmCoverages: async () => ({ id: 'q1', status: 'queued' }) }));
    await flow.at('looking');
    flow.send(answered('confirmed'));
    assert.equal((await flow.at('told')).queued, true);
    flow.send({ type: 'went-on' });
    assert.equal((await flow.at('ended')).end, 'done');
  });
});
