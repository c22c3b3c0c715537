import {
  type Call,
  type CallOptions,
  type ClinicAdapter,
  isRead,
  operationNames,
  type OperationName,
} from '@clinic-widgets/core/adapter.js';
import { ClinicError, type ErrorCode } from '@clinic-widgets/core/errors.js';

/** The adapter, with something done before each of the operations named. */
function before(
  adapter: ClinicAdapter,
  operations: readonly OperationName[],
  act: (signal: AbortSignal | undefined) => Promise<void>,
): ClinicAdapter {
  const entries = operations.map((name) => {
    const call: Call = async (input, options?: CallOptions) => {
      options?.signal?.throwIfAborted();
      await act(options?.signal);
      return (adapter[name] as Call)(input, options);
    };
    return [name, call];
  });
  return { ...adapter, ...(Object.fromEntries(entries) as Partial<ClinicAdapter>) };
}

/** Makes every answer, or those of the operations named, take so many milliseconds longer. */
export const slow = (
  adapter: ClinicAdapter,
  milliseconds: number,
  operations: readonly OperationName[] = operationNames,
): ClinicAdapter => before(adapter, operations, (signal) => passed(milliseconds, signal));

/** Makes the clinic, or the operations named, impossible to reach. */
export const down = (adapter: ClinicAdapter, operations: readonly OperationName[] = operationNames): ClinicAdapter =>
  refusing(adapter, 'unavailable', operations);

/** Makes every write, or the operations named, fail with the code. Nothing reaches the adapter. */
export const refusing = (
  adapter: ClinicAdapter,
  code: ErrorCode,
  operations: readonly OperationName[] = operationNames.filter((name) => !isRead(name)),
): ClinicAdapter =>
  before(adapter, operations, () => Promise.reject(new ClinicError(code, 'The clinic was told to refuse.')));

function passed(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
