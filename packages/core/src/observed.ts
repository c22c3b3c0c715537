import { type Call, type ClinicAdapter, operationNames, type OperationName } from './adapter.ts';
import { isClinicError, type ErrorCode } from './errors.ts';

/** One call, without what was said in it. */
export interface Observation {
  readonly operation: OperationName;
  /** How long it took, in milliseconds. */
  readonly duration: number;
  readonly outcome: 'succeeded' | 'aborted' | ErrorCode;
}

/** Tells the listener of every call: its name, duration and outcome, never its input or output. */
export function observed(adapter: ClinicAdapter, listener: (observation: Observation) => void): ClinicAdapter {
  const entries = operationNames.map((operation) => {
    const call: Call = async (input, options) => {
      const start = performance.now();
      const tell = (outcome: Observation['outcome']) =>
        listener({ operation, duration: performance.now() - start, outcome });
      try {
        const result = await (adapter[operation] as Call)(input, options);
        tell('succeeded');
        return result;
      } catch (error) {
        const aborted = options?.signal?.aborted && error === options.signal.reason;
        tell(aborted ? 'aborted' : isClinicError(error) ? error.code : 'unexpected');
        throw error;
      }
    };
    return [operation, call];
  });
  return { ...adapter, ...(Object.fromEntries(entries) as unknown as ClinicAdapter) };
}
