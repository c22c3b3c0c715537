import type { AppointmentPickerMessages, CheckInMessages, FormMessages } from '@clinic-widgets/elements';
import { deepQuerySelectorAll, within } from 'shadow-dom-testing-library';
import { expect, userEvent, waitFor } from 'storybook/test';
import type { Messages as ConsentMessages } from '../packages/elements/src/check-in/consents/messages.ts';
import type { Messages as DetailMessages } from '../packages/elements/src/check-in/details/messages.ts';
import type { Messages as InsuranceMessages } from '../packages/elements/src/check-in/insurance/messages.ts';
import type { Messages as LeavingMessages } from '../packages/elements/src/check-in/leaving/messages.ts';
import type { Messages as PaymentMessages } from '../packages/elements/src/check-in/payment/messages.ts';
import type { Messages as ProgramMessages } from '../packages/elements/src/check-in/program/messages.ts';

const dictionaries = import.meta.glob<Readonly<Record<string, object>>>(
  ['../packages/elements/src/*/*messages*.ts', '../packages/elements/src/check-in/*/messages*.ts', '!../**/*.test.ts'],
  { eager: true },
);

const TIMEOUT = { timeout: 10_000 };

/** What is pressed on the way. Parts are called the same in every language. */
type Part = 'choice' | 'free' | 'slot' | 'primary';

/** What the patient of a story does, and sees, in the words of a widget. */
function patientOf<M>(area: string) {
  /** What the widget says, of which a part is chosen. */
  type Said = (text: M) => string;

  /** Presses one button after the other, as soon as it is there: the first with the part, or with the words. */
  async function press(canvas: HTMLElement, ...buttons: readonly (Part | Said)[]): Promise<void> {
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

  /** Waits until the widget says so, in the language that it speaks. */
  async function see(canvas: HTMLElement, said: Said): Promise<void> {
    await within(canvas).findAllByShadowText(said(wordsAt(canvas)), { exact: false }, TIMEOUT);
  }

  function wordsAt(canvas: HTMLElement): M {
    const language = canvas.querySelector('[lang]')?.getAttribute('lang') ?? document.documentElement.lang;
    const part = (file: string) => dictionaries[`../packages/elements/src/${area}/${file}.ts`];
    // English may have its words in two parts; every other language has all of them in one.
    const words =
      language === 'en'
        ? { ...part('messages')?.['messages'], ...part('more-messages')?.['moreMessages'] }
        : part(`messages.${language}`)?.['messages'];
    return words as M;
  }

  return { press, see };
}

export const { press, see } = patientOf<AppointmentPickerMessages>('scheduling');

const forms = patientOf<FormMessages>('forms');

const fieldOf = (canvas: HTMLElement, selector: string) =>
  waitFor(() => {
    const [field] = deepQuerySelectorAll<HTMLInputElement>(canvas, selector);
    expect(field, selector).toBeDefined();
    return field!;
  }, TIMEOUT);

/** The same for a form, whose own words are in one language: a question is found by what it asks. */
export const filling = {
  ...forms,

  /** Types the words into the field with the label. */
  async write(canvas: HTMLElement, label: string, words: string): Promise<void> {
    const [field] = await within(canvas).findAllByShadowLabelText(label, { exact: false }, TIMEOUT);
    await userEvent.type(field!, words);
  },

  /** Chooses the answer with the label. */
  async choose(canvas: HTMLElement, label: string): Promise<void> {
    await userEvent.click(await within(canvas).findByShadowLabelText(label, {}, TIMEOUT));
  },

  /** Hands in a file where the page first asks for one, also one of a kind that it does not ask for. */
  hand: async (canvas: HTMLElement, file: File): Promise<void> =>
    userEvent.setup({ applyAccept: false }).upload(await fieldOf(canvas, '[type=file]'), file),

  /** Answers each question of the page that is answered by choosing: with its first answer, or the one at the place. */
  async chooseEach(canvas: HTMLElement, place = 0): Promise<void> {
    await fieldOf(canvas, 'fieldset input');
    for (const question of deepQuerySelectorAll<HTMLElement>(canvas, 'fieldset')) {
      await userEvent.click([...question.querySelectorAll('input')].at(place)!);
    }
  },

  /** How many pages the form has. */
  pages: async (canvas: HTMLElement): Promise<number> =>
    Number((await fieldOf(canvas, 'progress')).getAttribute('max')),

  /** Searches a list of the clinic's. */
  search: async (canvas: HTMLElement, words: string): Promise<void> =>
    userEvent.type(await fieldOf(canvas, '[type=search]'), words),

  /** Chooses to answer in words of their own. */
  chooseOther: async (canvas: HTMLElement): Promise<void> =>
    userEvent.click(await fieldOf(canvas, '[type=radio][id$=other]')),

  /** Answers in words of their own. */
  writeOther: async (canvas: HTMLElement, words: string): Promise<void> =>
    userEvent.type(await fieldOf(canvas, '[type=text][id$=words]'), words),

  /** Writes the first date of the page. */
  async writeDate(
    canvas: HTMLElement,
    { day, month, year }: { readonly day: string; readonly month: string; readonly year: string },
  ): Promise<void> {
    await userEvent.type(await fieldOf(canvas, 'input.day'), day);
    await userEvent.type(await fieldOf(canvas, 'input.month'), month);
    await userEvent.type(await fieldOf(canvas, 'input.year'), year);
  },
};

/** The same for the check-in, and for each thing that a visit needs. */
export const checkingIn = {
  ...patientOf<CheckInMessages>('check-in'),
  details: patientOf<DetailMessages>('check-in/details'),
  insurance: patientOf<InsuranceMessages>('check-in/insurance'),
  consents: patientOf<ConsentMessages>('check-in/consents'),
  payment: patientOf<PaymentMessages>('check-in/payment'),
  leaving: patientOf<LeavingMessages>('check-in/leaving'),
  program: patientOf<ProgramMessages>('check-in/program'),

  /** Types the words into the field, in place of what it says. */
  async write(canvas: HTMLElement, id: string, words: string): Promise<void> {
    const field = await fieldOf(canvas, `#${id}`);
    const all = { initialSelectionStart: 0, initialSelectionEnd: field.value.length };
    await userEvent.type(field, words, all);
  },

  /** Ticks a box, or chooses the answer at the place. */
  async tick(canvas: HTMLElement, selector: string, place = 0): Promise<void> {
    await fieldOf(canvas, selector);
    await userEvent.click(deepQuerySelectorAll<HTMLElement>(canvas, selector).at(place)!);
  },

  /** Draws a line on the sheet, as with a finger. */
  async draw(canvas: HTMLElement): Promise<void> {
    const sheet: HTMLElement = await fieldOf(canvas, 'canvas');
    const { left, top } = sheet.getBoundingClientRect();
    const at = (type: string, x: number, y: number, buttons: number) =>
      sheet.dispatchEvent(
        new PointerEvent(type, {
          bubbles: true,
          composed: true,
          cancelable: true,
          pointerId: 1,
          isPrimary: true,
          pressure: 0.5,
          clientX: left + x,
          clientY: top + y,
          buttons,
        }),
      );
    at('pointerdown', 40, 110, 1);
    for (let x = 40; x <= 240; x += 10) {
      at('pointermove', x, 100 + 35 * Math.sin(x / 18), 1);
      // A pen takes no more points than it can draw.
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    at('pointerup', 240, 110, 0);
  },
};
