import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ClinicAdapter, defineAdapter } from '@clinic-widgets/core/adapter.js';
import { css, html } from 'lit';
import { sessionWith } from '../../test/test-session.ts';
import type { Work } from '../ui/flow.ts';
import type { Part } from './part.ts';
import type { In, State } from './state.ts';
import { within } from './within.ts';
import { workOf } from './work.ts';

interface Inner {
  readonly held: string;
}

const never = AbortSignal.timeout(5000);
const nobody: ClinicAdapter = defineAdapter({});

describe('work within other work', () => {
  it('is taken back as its own flow would, and nothing is where it has nothing to take back', async () => {
    const undone: unknown[] = [];
    const hold: Work<Inner, string> = {
      key: 'hold',
      run: async () => 'h1',
      undo: async (_, action, state) => void undone.push([action, state?.held]),
    };
    const look: Work<Inner, string> = { key: 'look', run: async () => 'seen' };
    const [holding, looking] = within(
      [hold, look],
      (of) => ({ of }),
      (whole: { inner?: Inner }) => whole.inner,
    );
    assert.equal('undo' in looking!, false);
    assert.deepEqual(await holding!.run(nobody, never), { of: 'h1' });
    for (const whole of [{ inner: { held: 'yes' } }, {}, undefined]) await holding!.undo!(nobody, { of: 'h1' }, whole);
    assert.deepEqual(undone, [
      ['h1', 'yes'],
      ['h1', undefined],
      ['h1', undefined],
    ]);
  });

  it('of a part carries the pass also where it is taken back, and knows how the part goes on', async () => {
    const seen: unknown[] = [];
    const acting = { patientId: 'p-rosa' };
    const slot = { id: 's1', version: '1' };
    const adapter = defineAdapter({
      holdSlot: async (_, { pass }) => (seen.push(['hold', pass]), { id: 'h1', slotId: 's1' }),
      releaseHold: async (_, { pass }) => (seen.push(['release', pass]), {}),
    });
    const hold: Work<Inner, string> = {
      key: 'hold',
      write: true,
      run: async (clinic) => (await clinic.holdSlot({ acting, visitTypeId: 'v1', slot })).id,
      undo: (clinic, holdId, state) => (state ? undefined : clinic.releaseHold({ acting, holdId })),
    };
    const part: Part<Inner, string> = {
      name: 'leaving',
      styles: css``,
      begin: () => ({ held: '' }),
      transition: (state) => state,
      work: () => [hold],
      page: () => '',
      end: () => undefined,
      holds: () => false,
      heading: () => '',
      status: () => '',
      view: () => html``,
    };
    const { host, clinic, visit, pass, authority } = sessionWith();
    const base = { host, clinic, visit, who: { pass, acting, authority }, ended: {}, kept: {} };
    const state = { ...base, step: 'part', part, inner: { held: '' } } as unknown as In<'part'>;
    const outside = { load: () => Promise.reject(new Error('Nothing is fetched here.')), clock: () => 0 };
    const work = workOf(state, outside).find(({ key }) => key === 'part hold')!;
    const action = await work.run(adapter, never);
    await work.undo!(adapter, action, state);
    assert.deepEqual(seen, [['hold', pass]]);
    await work.undo!(adapter, action, { step: 'goodbye' } as State);
    assert.deepEqual(seen, [
      ['hold', pass],
      ['release', pass],
    ]);
  });
});
