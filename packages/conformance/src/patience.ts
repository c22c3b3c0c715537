/** Settles with the work, or fails with the message when it takes longer than so many milliseconds. */
export function within<T>(milliseconds: number, work: Promise<T>, message: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, milliseconds, new Error(message));
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
