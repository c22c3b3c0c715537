import { type Base, isDeskClosed } from './state.ts';

/** Words laid over others, also over some of a group. */
export const laidOver = <M extends object>(text: M, words: object): M =>
  Object.fromEntries(
    Object.entries(text).map(([name, said]: [string, unknown]) => {
      const over = (words as Record<string, unknown>)[name];
      return [name, typeof over === 'object' ? { ...(said as object), ...over } : (over ?? said)];
    }),
  ) as M;

/** The words; while nobody is at the desk, with what is said then: nothing is promised there. */
export const withDesk = <M extends { readonly closed?: object }>(text: M, of: Partial<Pick<Base, 'reception'>>): M =>
  isDeskClosed(of) && text.closed ? laidOver(text, text.closed) : text;
