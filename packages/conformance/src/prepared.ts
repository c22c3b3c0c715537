import type { OperationName } from '@clinic-widgets/core/adapter.js';
import type { Query } from './world.ts';

/** A request that this clinic can answer. */
export interface Prepared<K extends OperationName = OperationName> {
  readonly input: Query<K>;
  /** All that can be seen of what the request changes. Two writes leave another trace than one. */
  readonly trace: () => Promise<unknown>;
}

/** A request that changes nothing, so that there is nothing to be seen of it. */
export const reading = <I>(input: I) => ({ input, trace: () => Promise.resolve(undefined) });
