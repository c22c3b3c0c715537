/** A calendar under measurement, driven by what a person would press and see. */
export interface Calendar {
  /** Where its DOM is. */
  readonly root: Node;
  /** Whether the month is on screen with its data: the middle of it shows what is free. */
  monthShown(month: string): boolean;
  /** Whether the times of the day are on screen. */
  dayShown(day: string): boolean;
  /** What to press for the next month, or the one before. */
  turn(forward: boolean): Element;
  /** What to press for the times of a day. */
  day(day: string): Element;
  /** Leaves a day for its month, where it was shown instead of the month. */
  backToMonth(day: string): void;
}

/** Puts a calendar into the page, at March 2026. */
export type Mount<Source> = (target: HTMLElement, source: Source) => Calendar;
