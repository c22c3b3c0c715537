import type { State } from './state.ts';

/** Where the focus goes: to a new step's heading, to the day the keys moved to, to the times of a day. */
export function focusAfter(from: State, to: State): string {
  if (from.step === 'starting' || to.step === 'starting') return '';
  if (from.step === 'details' && to.step === 'booking') return '';
  if (from.step !== to.step) return 'refused' in to && to.refused ? '#reason' : '[data-focus=step]';
  if (to.step === 'triage') return to.triage ? to.triage.part.triageFocus(from, to) : '';
  if (from.step !== 'time' || to.step !== 'time') return '';
  const choseDay = to.day && !to.slots && (from.day !== to.day || (from.look === to.look && from.slots));
  if (choseDay) return '[data-focus=times]';
  return to.keyed && from.active !== to.active ? `[data-day="${to.active}"]` : '';
}
