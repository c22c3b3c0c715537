import type { Filling } from './filling.ts';
import type { FormContext } from './view-context.ts';

/** Tells whether an arrow key made a choice: it chooses every option on its way. */
export function passingBy() {
  let passing = false;
  const note = ({ key }: KeyboardEvent): void => void (passing = key.startsWith('Arrow'));
  return { note, by: () => ({ passing }) };
}

/** An answer stays when the patient goes on from its question: within a group of radio buttons the focus only moves on. */
export const stays =
  ({ passing }: Filling, send: FormContext['send']) =>
  ({ target, relatedTarget }: FocusEvent): void => {
    const questionOf = (at: EventTarget | null) => (at instanceof Element ? at.closest('[part=question]') : null);
    if (passing !== undefined && questionOf(target) !== questionOf(relatedTarget)) send({ type: 'stayed' });
  };
