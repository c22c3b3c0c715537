import type * as z from 'zod/mini';
import { Receipt } from './common.ts';

/** A `read` may be repeated freely. A `write` carries an idempotency key. */
export type Kind = 'read' | 'write';

/** One thing a widget may ask of a clinic's systems. */
export interface Operation<
  I extends z.ZodMiniType = z.ZodMiniType,
  O extends z.ZodMiniType = z.ZodMiniType,
  K extends Kind = Kind,
> {
  readonly kind: K;
  readonly input: I;
  readonly output: O;
  /** Whether the write may wait on the device until the clinic can be reached. */
  readonly queueable: boolean;
  /** Whether input or output is health information: kept out of logs, URLs and stores. True unless said. */
  readonly phi: boolean;
  /** A valid input, for the conformance traits and the documents made from the contract. */
  readonly sample: z.input<I>;
}

/** What an operation is made of besides its schemas. */
interface About<I extends z.ZodMiniType> {
  readonly sample: z.input<I>;
  readonly phi?: boolean;
}

/** An operation that changes nothing at the clinic. */
export const read = <I extends z.ZodMiniType, O extends z.ZodMiniType>(
  input: I,
  output: O,
  { sample, phi = true }: About<I>,
): Operation<I, O, 'read'> => ({ kind: 'read', input, output, queueable: false, phi, sample });

/** An operation that the clinic must answer now. */
export const write = <I extends z.ZodMiniType, O extends z.ZodMiniType>(
  input: I,
  output: O,
  { sample, phi = true }: About<I>,
): Operation<I, O, 'write'> => ({ kind: 'write', input, output, queueable: false, phi, sample });

/** A write that answers with a receipt, so that "queued" is an answer too. */
export const queueableWrite = <I extends z.ZodMiniType>(
  input: I,
  { sample, phi = true }: About<I>,
): Operation<I, typeof Receipt, 'write'> => ({ kind: 'write', input, output: Receipt, queueable: true, phi, sample });
