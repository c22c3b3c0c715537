import { ClinicError } from '@clinic-widgets/core/errors.js';

/**
 * Lets each write happen once under its key: a repeat gives the first answer. A failure is not kept, so
 * that the same write may succeed later. Another input under the same key is a mistake of the caller and
 * `invalid`: neither the first answer nor a second write would be what was asked for.
 */
export function once<I, O>(
  run: (input: I) => O | Promise<O>,
): (input: I, options: { readonly idempotencyKey: string }) => Promise<O> {
  const done = new Map<string, { readonly asked: string; readonly answer: O | Promise<O> }>();

  return async (input, { idempotencyKey }) => {
    const asked = JSON.stringify(input);
    const earlier = done.get(idempotencyKey);
    if (earlier && earlier.asked !== asked) {
      throw new ClinicError('invalid', 'The idempotency key was used for another request.');
    }
    if (earlier) return earlier.answer;
    const answer = run(input);
    done.set(idempotencyKey, { asked, answer });
    if (answer instanceof Promise) answer.catch(() => done.delete(idempotencyKey));
    return answer;
  };
}
