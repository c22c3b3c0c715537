import { isRead, type OperationName } from '@clinic-widgets/core/adapter.js';
import type { World } from './world.ts';

/** One promise of the contract, and how to find out whether it is kept. */
export interface Case {
  /** The promise, as a sentence. */
  readonly name: string;
  /** What the promise is about: the operation that makes it first. */
  readonly operations: readonly [OperationName, ...OperationName[]];
  /** Whether the check changes something at the clinic. */
  readonly writes: boolean;
  /** Resolves where the promise is kept; else rejects with what was found, or with `NotApplicable`. */
  run(world: World): Promise<void>;
}

/** Makes a case. Whatever names a write, or calls one to have something to look at, writes. */
export const promise = (
  operations: Case['operations'],
  name: string,
  run: Case['run'],
  { writes = !operations.every(isRead) } = {},
): Case => ({ name, operations, writes, run });
