import { ClinicError } from '@clinic-widgets/core/errors.js';

/** How often something may be done, within any so many seconds. */
export interface Limit {
  readonly most: number;
  readonly seconds: number;
}

/** How often what may be done; the wrong claims of a device and of an identity are counted apart. */
export interface Limits {
  /** Wrong claims and wrong links, by device. */
  readonly device: Limit;
  /** Wrong claims, and wrong codes of the lobby, by whom they are about, from whichever device. */
  readonly identity: Limit;
  /** Wrong codes of reminders, whoever tries them: each is an identity of its own, and devices are as many as one likes. */
  readonly code: Limit;
  /** Calls for a person, walk-ins and alerts, by patient, or by device. What cannot wait is counted apart. */
  readonly help: Limit;
  /** What else nobody need be known for, by device. Staff are known, and not counted. */
  readonly open: Limit;
  /** What else is asked with a pass, by patient. */
  readonly patient: Limit;
}

const USUAL: Limits = {
  device: { most: 10, seconds: 600 },
  identity: { most: 5, seconds: 900 },
  code: { most: 100, seconds: 900 },
  help: { most: 60, seconds: 600 },
  open: { most: 600, seconds: 60 },
  patient: { most: 600, seconds: 60 },
};

/** Counts what is done, by whatever names who does it. */
export interface Counter {
  /** Counts once more, or refuses with `throttled`. What it returns takes that back. */
  readonly take: (key: string) => () => void;
}

/** A counter for each limit. */
export type Counters = Readonly<Record<keyof Limits, Counter>>;

/** Counts by the limits given, and by the usual ones where none is. */
export function countersOf(limits: Partial<Limits>, now: () => number): Counters {
  const all = Object.entries({ ...USUAL, ...limits }) as [keyof Limits, Limit][];
  return Object.fromEntries(all.map(([name, limit]) => [name, counter(limit, now)])) as Counters;
}

/** Counts by each of them, or by none where one is full: who is refused has tried nothing. What it returns takes all back. */
export function takeEach(counts: readonly (readonly [counter: Counter, key: string])[]): () => void {
  const taken: (() => void)[] = [];
  const giveBack = () => taken.forEach((one) => one());
  try {
    for (const [{ take }, key] of counts) taken.push(take(key));
  } catch (error) {
    giveBack();
    throw error;
  }
  return giveBack;
}

/**
 * Counts over a window that slides, in memory: a restart forgets, and gateways beside each other count apart. What is
 * under way counts as done, so that many calls at once have no more tries than one after the other.
 */
export function counter({ most, seconds }: Limit, now: () => number): Counter {
  const span = seconds * 1000;
  const taken = new Map<string, number[]>();
  let swept = now();

  /** Else every address that ever called would be kept. */
  function sweep(time: number): void {
    if (time - swept < span) return;
    swept = time;
    for (const [key, times] of taken) if (times.every((at) => at <= time - span)) taken.delete(key);
  }

  return {
    take(key) {
      const time = now();
      sweep(time);
      const recent = (taken.get(key) ?? []).filter((at) => at > time - span);
      taken.set(key, recent);
      if (recent.length >= most) {
        const retryAfter = Math.max(1, Math.ceil((recent[0]! + span - time) / 1000));
        throw new ClinicError('throttled', 'Too often.', { retryAfter });
      }
      recent.push(time);
      return () => {
        const times = taken.get(key);
        const index = times?.indexOf(time) ?? -1;
        if (index >= 0) times!.splice(index, 1);
      };
    },
  };
}
