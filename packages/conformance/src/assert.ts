import { type ClinicError, type ErrorCode, isClinicError } from '@clinic-widgets/core/errors.js';

/** Says that this clinic lacks what a promise could be checked with. Neither kept nor broken: unknown. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}

/** Throws the message unless the condition holds. */
export function ensure(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Throws unless both would read the same as JSON, whatever the order of their keys. */
export function ensureSame(actual: unknown, expected: unknown, message: string): void {
  const [is, ought] = [canonical(actual), canonical(expected)];
  if (is === ought) return;
  const first = [...ought].findIndex((character, index) => character !== is[index]);
  const from = Math.max(0, (first === -1 ? ought.length : first) - CONTEXT);
  throw new Error(`${message} Expected ${excerpt(ought, from)}, found ${excerpt(is, from)}.`);
}

/** How many characters of both are shown before the first difference; after it, three times as many. */
const CONTEXT = 60;

const excerpt = (text: string, from: number): string => {
  const to = from + CONTEXT * 4;
  return (from > 0 ? '…' : '') + text.slice(from, to) + (to < text.length ? '…' : '');
};

/** Throws unless no two are the same. */
export function ensureDistinct(values: readonly string[], message: string): void {
  const again = values.find((value, index) => values.indexOf(value) !== index);
  ensure(again === undefined, `${message} ${again} comes twice.`);
}

/** Throws unless the call is refused with one of the codes; gives the error it was refused with. */
export async function ensureRefused(
  call: Promise<unknown>,
  codes: ErrorCode | readonly ErrorCode[],
  what: string,
): Promise<ClinicError> {
  const wanted = [codes].flat().join(' or ');
  const error = await call.then(
    () => ensure(false, `${what} must be refused with ${wanted}, and was answered.`),
    (reason: unknown) => reason,
  );
  ensure(isClinicError(error), `${what} must be refused with ${wanted}, and failed with ${String(error)}`);
  ensure([codes].flat().includes(error.code), `${what} must be refused with ${wanted}, and was with ${error.code}.`);
  return error;
}

/** As JSON, with the keys in order and without what is undefined. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? 'nothing';
