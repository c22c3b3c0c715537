import type { Work } from '../ui/flow.ts';

/** The work of a flow that goes on within another one: what comes of it is told as the outer flow's action. */
export const within = <State, Inner, Outer>(
  works: readonly Pick<Work<State, Inner>, 'key' | 'write' | 'run'>[],
  wrap: (action: Inner) => Outer,
): readonly Work<unknown, Outer>[] =>
  works.map(({ key, write = false, run }) => ({
    key,
    write,
    run: async (adapter, signal) => wrap(await run(adapter, signal)),
  }));
