import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { defineAdapter } from '@clinic-widgets/core/adapter.js';
import { TestHost } from '../../test/test-host.ts';
import type { Flow, FlowAction, Work } from './flow.ts';
import { FlowController } from './flow-controller.ts';

interface State {
  readonly step: string;
  readonly works: readonly string[];
  readonly seen: readonly string[];
}
type Action =
  { readonly type: 'want'; readonly works: readonly string[] } | { readonly type: 'done'; readonly of: string };

/** A flow whose work is whatever it is told to want; each piece ends when the test says so. */
function setUp(write = false) {
  const started: string[] = [];
  const aborted: string[] = [];
  const undone: string[] = [];
  const gaveWayTo: State[] = [];
  const ends = new Map<string, { resolve: (action: Action) => void; reject: (error: unknown) => void }>();
  const initial: State = { step: 'waiting', works: [], seen: [] };

  const flow: Flow<State, Action> = {
    initial,
    transition(state, action: Action | FlowAction) {
      if (action.type === 'want') return { ...state, works: action.works };
      if (action.type === 'done') return { ...state, seen: [...state.seen, action.of] };
      if (action.type === 'failed') return { ...state, seen: [...state.seen, `${action.key}: ${action.error.code}`] };
      return { ...state, works: [], seen: [...state.seen, action.type] };
    },
    work: (state) => state.works.map(work),
  };

  function work(key: string): Work<State, Action> {
    return {
      key,
      write,
      run: (_, signal) =>
        new Promise((resolve, reject) => {
          started.push(key);
          ends.set(key, { resolve, reject });
          signal.addEventListener('abort', () => aborted.push(key));
        }),
      ...(key.startsWith('hold') && {
        undo: (_: unknown, __: Action, state: State) => {
          undone.push(key);
          gaveWayTo.push(state);
          return Promise.resolve();
        },
      }),
    };
  }

  const host = new TestHost();
  let adapter = defineAdapter({});
  const controller = new FlowController<State, Action>(
    host,
    flow,
    () => adapter,
    () => undefined,
  );
  host.connect();
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return {
    host,
    controller,
    started,
    aborted,
    undone,
    gaveWayTo,
    ends,
    settle,
    initial,
    want: async (...works: string[]) => {
      controller.send({ type: 'want', works });
      await settle();
    },
    end: async (key: string) => {
      ends.get(key)!.resolve({ type: 'done', of: key });
      await settle();
    },
    changeAdapter: () => {
      adapter = defineAdapter({});
      host.requestUpdate();
      return settle();
    },
  };
}

describe('FlowController', () => {
  it('runs each piece of work once while its key is present', async () => {
    const { want, started, end, controller } = setUp();
    await want('a', 'b');
    await want('a', 'b');
    await end('a');
    await want('a', 'b');
    assert.deepEqual(started, ['a', 'b']);
    assert.deepEqual(controller.state.seen, ['a']);
  });

  it('aborts a read whose key has gone, and ignores what comes of it', async () => {
    const { want, aborted, end, controller } = setUp();
    await want('a');
    await want('b');
    await end('a');
    assert.deepEqual(aborted, ['a']);
    assert.deepEqual(controller.state.seen, []);
  });

  it('lets a write finish whose key has gone, and tells the flow', async () => {
    const { want, aborted, end, controller } = setUp(true);
    await want('a');
    await want();
    await end('a');
    assert.deepEqual(aborted, []);
    assert.deepEqual(controller.state.seen, ['a']);
  });

  it('takes back what was done once its key has gone', async () => {
    const { want, undone, end } = setUp(true);
    await want('hold 1');
    await end('hold 1');
    assert.deepEqual(undone, []);
    await want();
    assert.deepEqual(undone, ['hold 1']);
  });

  it('takes back what is done only after its key has gone', async () => {
    const { want, undone, end, controller } = setUp(true);
    await want('hold 1');
    await want();
    await end('hold 1');
    assert.deepEqual(undone, ['hold 1']);
    assert.deepEqual(controller.state.seen, []);
  });

  it('tells the flow what failed, with a code', async () => {
    const { want, ends, settle, controller } = setUp();
    await want('a', 'b');
    ends.get('a')!.reject(new ClinicError('conflict', 'taken'));
    ends.get('b')!.reject(new TypeError('odd'));
    await settle();
    assert.deepEqual(controller.state.seen, ['a: conflict', 'b: unexpected']);
  });

  it('survives a move in the page', async () => {
    const { want, host, aborted, settle, controller } = setUp();
    await want('a');
    host.disconnect();
    host.connect();
    await settle();
    assert.deepEqual(aborted, []);
    assert.deepEqual(controller.state.seen, []);
  });

  it('aborts reads and takes back holds when taken out of the page', async () => {
    const { want, host, aborted, undone, end, settle, controller } = setUp(true);
    await want('hold 1', 'a');
    await end('hold 1');
    host.disconnect();
    await settle();
    assert.deepEqual(undone, ['hold 1']);
    assert.deepEqual(aborted, []);
    assert.deepEqual(controller.state.seen, ['hold 1', 'left']);
  });

  it('starts over when the adapter changes', async () => {
    const { want, started, aborted, changeAdapter } = setUp();
    await want('a');
    await changeAdapter();
    assert.deepEqual(started, ['a', 'a']);
    assert.deepEqual(aborted, ['a']);
  });

  it('forgets everything on reset', async () => {
    const { want, controller, aborted, initial } = setUp();
    await want('a');
    controller.reset();
    assert.equal(controller.state, initial);
    assert.deepEqual(aborted, ['a']);
  });

  it('lets a write of whoever is forgotten finish, and tells nothing of it to whoever comes next', async () => {
    const { want, controller, aborted, end, ends, settle, initial } = setUp(true);
    await want('a', 'b');
    controller.reset();
    await end('a');
    ends.get('b')!.reject(new ClinicError('conflict', 'taken'));
    await settle();
    assert.deepEqual(aborted, []);
    assert.equal(controller.state, initial);
  });

  it('tells whoever comes next nothing of a write that was under way before the one who was forgotten had gone on', async () => {
    const { want, controller, end, initial } = setUp(true);
    await want('a');
    await want();
    controller.reset();
    await end('a');
    assert.equal(controller.state, initial);
  });

  it('takes back what comes late for whoever is forgotten, whatever the next one is at', async () => {
    const { want, controller, undone, gaveWayTo, end } = setUp(true);
    await want('hold 1');
    controller.reset();
    await want('a');
    await end('hold 1');
    assert.deepEqual(undone, ['hold 1']);
    // The next one's state is nothing that is told to what was the last one's.
    assert.deepEqual(gaveWayTo, [undefined]);
    assert.deepEqual(controller.state.seen, []);
  });
});
