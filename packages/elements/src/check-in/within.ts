import type { Work } from '../ui/flow.ts';

/** The work of a flow that goes on within another one: what comes of it is told as the outer flow's action. */
export const within = <State, Inner, Whole, Outer>(
  works: readonly Work<State, Inner>[],
  wrap: (action: Inner) => Outer,
  /** How far the inner flow is; nothing where it is over. Left out, nothing of it is ever taken back. */
  innerOf: (state: Whole) => State | undefined = () => undefined,
): readonly Work<Whole, Outer>[] => works.map((work) => outer(work, wrap, innerOf));

function outer<State, Inner, Whole, Outer>(
  work: Work<State, Inner>,
  wrap: (action: Inner) => Outer,
  innerOf: (state: Whole) => State | undefined,
): Work<Whole, Outer> {
  let done: Inner;
  return {
    key: work.key,
    write: work.write ?? false,
    run: async (adapter, signal) => wrap((done = await work.run(adapter, signal))),
    ...(work.undo && { undo: (adapter, _, state) => work.undo!(adapter, done, state && innerOf(state)) }),
  };
}
