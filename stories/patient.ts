import type { AppointmentPickerMessages } from '@clinic-widgets/elements';
import { deepQuerySelectorAll, within } from 'shadow-dom-testing-library';
import { expect, userEvent, waitFor } from 'storybook/test';

const folder = '../packages/elements/src/scheduling';
const dictionaries = import.meta.glob<Readonly<Record<string, object>>>(
  '../packages/elements/src/scheduling/*messages*.ts',
  { eager: true },
);

const TIMEOUT = { timeout: 10_000 };

/** What the picker says, of which a part is chosen. */
type Said = (text: AppointmentPickerMessages) => string;

/** What is pressed on the way to a booking. Parts are called the same in every language. */
type Part = 'choice' | 'free' | 'slot' | 'primary';

/** Presses one button after the other, as soon as it is there: the first with the part, or with the words. */
export async function press(canvas: HTMLElement, ...buttons: readonly (Part | Said)[]): Promise<void> {
  for (const wanted of buttons) {
    const isWanted = (button: HTMLElement) =>
      typeof wanted === 'string'
        ? button.part.contains(wanted)
        : button.textContent.trim() === wanted(wordsAt(canvas)) && button.ariaDisabled !== 'true';
    const found = await waitFor(() => {
      const button = deepQuerySelectorAll<HTMLElement>(canvas, 'button, summary').find(isWanted);
      expect(button, String(wanted)).toBeDefined();
      return button!;
    }, TIMEOUT);
    await userEvent.click(found);
  }
}

/** Waits until the picker says so, in the language that it speaks. */
export async function see(canvas: HTMLElement, said: Said): Promise<void> {
  await within(canvas).findAllByShadowText(said(wordsAt(canvas)), { exact: false }, TIMEOUT);
}

function wordsAt(canvas: HTMLElement): AppointmentPickerMessages {
  const language = canvas.querySelector('[lang]')?.getAttribute('lang') ?? document.documentElement.lang;
  const part = (file: string) => dictionaries[`${folder}/${file}.ts`];
  // English has its words in two parts; every other language has all of them in one.
  const words =
    language === 'en'
      ? { ...part('messages')?.['messages'], ...part('more-messages')?.['moreMessages'] }
      : part(`messages.${language}`)?.['messages'];
  return words as AppointmentPickerMessages;
}
