import { type ClinicAdapter, type ErrorCode, isClinicError } from '@clinic-widgets/core';

/** Asks again and again until the page is left: every so many milliseconds after the last answer. */
export function poll(every: number, ask: (signal: AbortSignal) => Promise<void>): { now(): Promise<void> } {
  const left = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  addEventListener('pagehide', () => left.abort());

  async function run(): Promise<void> {
    clearTimeout(timer);
    // What was asked before a change does not show it.
    await running;
    running = ask(left.signal);
    await running;
    clearTimeout(timer);
    if (!left.signal.aborted) timer = setTimeout(() => void run(), every);
  }
  void run();
  return { now: run };
}

/** As much at once as the contract lets be asked for: what a list takes to be put together is not taken for each page. */
const LIMIT = 1000;

type Find<T> = (
  input: { readonly cursor?: string; readonly limit: number },
  options: { readonly signal: AbortSignal },
) => Promise<{ readonly items: readonly T[]; readonly next?: string | undefined }>;

/** Every item of all pages; an empty list where the clinic has no such thing. */
export async function allOf<T>(find: Find<T>, signal: AbortSignal): Promise<readonly T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await find({ limit: LIMIT, ...(cursor !== undefined && { cursor }) }, { signal });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
}

/** Waits for a clinic that cannot be reached yet: who it is decides what day it is there. */
export async function clinicThere(adapter: ClinicAdapter, failed: (code: ErrorCode) => void) {
  for (;;) {
    try {
      return await adapter.describeClinic({});
    } catch (error) {
      failed(isClinicError(error) ? error.code : 'unexpected');
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}
