/** A sentence with its full stop: one that ends in a time has that of "p.m." already. */
export const ended = (sentence: string): string => (sentence.endsWith('.') ? sentence : `${sentence}.`);
