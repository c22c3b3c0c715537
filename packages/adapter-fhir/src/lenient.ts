/** Why a resource, or a part of one, was left out. */
export type Reason =
  | 'malformed'
  | 'entered-in-error'
  | 'no-name'
  | 'no-patient'
  | 'no-start'
  | 'zero-length'
  | 'no-capacity'
  | 'unknown-status'
  | 'repeated-id'
  | 'too-many'
  | 'not-found'
  | 'other-edition'
  | 'not-settled'
  | 'not-undone'
  | 'not-freed'
  | 'not-recorded';

/** Something the server said that could not be used. It names the resource and never says what is in it. */
export interface Warning {
  readonly resourceType: string;
  readonly id?: string;
  readonly reason: Reason;
}

/** Takes note of a warning. */
export type Warn = (warning: Warning) => void;

/** Thrown by a mapping that knows why it leaves a resource out. */
export class LeftOut extends Error {
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reason);
    this.reason = reason;
  }
}

/** What a server calls a resource: anything at all may be wrong with it. */
interface Claimed {
  readonly resourceType: string;
  readonly id?: string | undefined;
}

/** What a mapping makes of a resource; nothing, and a warning, where it is not fit for use. Never throws. */
export function lenient<R extends Claimed, T>(resource: R, map: (resource: R) => T, warn: Warn): T | undefined {
  try {
    return map(resource);
  } catch (error) {
    // A TypeError comes from a value of the wrong shape, such as a list where one was meant.
    warn(warningOf(resource, error instanceof LeftOut ? error.reason : 'malformed'));
    return undefined;
  }
}

/** A warning about a resource. */
export function warningOf({ resourceType, id }: Claimed, reason: Reason): Warning {
  return { resourceType, ...(typeof id === 'string' && { id: id.slice(0, 64) }), reason };
}

/** A part of the contract. */
interface Schema<I, O> {
  safeParse(value: unknown): { readonly success: true; readonly data: O } | { readonly success: false };
  readonly _zod?: { readonly input: I };
}

/** The value, if it is what the contract says: the whole of a page is not refused for one item. */
export function held<I, O>(schema: Schema<I, O>, value: I): O {
  const result = schema.safeParse(value);
  if (!result.success) throw new LeftOut('malformed');
  return result.data;
}
