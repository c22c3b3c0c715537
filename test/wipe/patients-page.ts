// Runs in the page of the kiosk: patients who press and type as fast as the page lets them.
import { messages as consents } from '../../packages/elements/src/check-in/consents/messages.ts';
import { messages as details } from '../../packages/elements/src/check-in/details/messages.ts';
import { messages as insurance } from '../../packages/elements/src/check-in/insurance/messages.ts';
import { messages as spanish } from '../../packages/elements/src/check-in/messages.es.ts';
import { messages } from '../../packages/elements/src/check-in/messages.ts';
import { moreMessages } from '../../packages/elements/src/check-in/more-messages.ts';
import { messages as payment } from '../../packages/elements/src/check-in/payment/messages.ts';
import { messages as formMessages } from '../../packages/elements/src/forms/messages.ts';
import { moreMessages as moreFormMessages } from '../../packages/elements/src/forms/more-messages.ts';
import { messages as idle } from '../../packages/elements/src/ui/idle-messages.ts';

const text = { ...messages, ...moreMessages };
const form = { ...formMessages, ...moreFormMessages };

/** How long a patient looks for something, in milliseconds. */
const PATIENCE = 20_000;

/** How far the clock of the page is ahead: nobody waits for a minute to see what happens then. */
let ahead = 0;
const { now } = Date;
Date.now = () => now() + ahead;

/** What is there and can be seen, in shadow roots too. */
function seen<E extends HTMLElement>(selector: string, root: ParentNode = document): E[] {
  const here = [...root.querySelectorAll<E>(selector)].filter((one) => one.checkVisibility());
  const roots = [...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
  return [...here, ...roots.flatMap((inner) => seen<E>(selector, inner))];
}

const says = (element: Element | null | undefined, words: string | RegExp): boolean => {
  const said = element?.textContent.replace(/\s+/g, ' ').trim() ?? '';
  return typeof words === 'string' ? said === words : words.test(said);
};

/** Looks again and again; what was done before has been rendered by the first time. */
async function find<T>(what: string | RegExp, look: () => T | undefined): Promise<T> {
  const end = performance.now() + PATIENCE;
  while (performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve));
    const found = look();
    if (found !== undefined) return found;
  }
  throw new Error(`There is no “${what}” among: ${seen('h1, h2, button, label').map(({ innerText }) => innerText)}`);
}

function touch(element: HTMLElement): void {
  element.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
  element.click();
}

const press = async (name: string | RegExp): Promise<void> =>
  touch(await find(name, () => seen('button:not([aria-disabled=true])').find((button) => says(button, name))));

const heading = (name: string) => find(name, () => seen('h2').find((one) => says(one, name)));

async function write(label: string, words: string): Promise<void> {
  // Some labels have the field in them.
  const isMeant = ({ labels }: HTMLInputElement) => labels?.[0]?.textContent.trim().startsWith(label);
  const field = await find(label, () => seen<HTMLInputElement>('input, textarea').find(isMeant));
  field.focus();
  field.select();
  // As a keyboard on the screen does it, and not by a script: the browser keeps what can be undone.
  document.execCommand('insertText', false, words);
}

/** Takes an option, of the question that is said. */
async function check(option: string, question: RegExp = /./): Promise<void> {
  const box = await find(option, () =>
    seen('fieldset')
      .filter((group) => says(group.querySelector('legend'), question))
      .flatMap((group) => [...group.querySelectorAll('label')])
      .findLast((label) => says(label, option)),
  );
  touch(box);
}

/** Touches nothing for so long; the page finds out as soon as something moves. */
function wait(seconds: number): void {
  ahead += seconds * 1000;
  dispatchEvent(new PointerEvent('pointermove', { movementX: 1 }));
}

async function claim(familyName: string, month: number, day: number, year: number): Promise<void> {
  await press(text.coming);
  await write(text.familyName, familyName);
  await write(text.month, `${month}`);
  await write(text.day, `${day}`);
  await write(text.year, `${year}`);
  await press(text.next);
}

async function showCode(code: string): Promise<void> {
  await press(text.coming);
  await press(text.byCode);
  await write(text.code, code);
  await press(text.next);
  await heading(text.list);
}

/** Turns the page of a form. */
async function turn(): Promise<void> {
  const [before] = seen('h2').map(({ innerText }) => innerText);
  await press(form.next);
  await find('next page', () => seen('h2').find(({ innerText }) => innerText !== before));
}

async function fillIn(): Promise<void> {
  await turn();
  await write('What brings you to us', 'My left knee hurts.');
  await turn();
  await check(form.no, /^Do you take any medicines/);
  await turn();
  await check(form.no, /^Has a medicine, a food/);
  while (!seen('h2').some((one) => says(one, form.review))) await turn();
  await press(form.send);
  await heading(form.sent);
  await press(form.next);
}

async function decide(): Promise<void> {
  await heading(consents.document(1, 3));
  await press(consents.agree.treatment);
  await check(consents.typing);
  await write(consents.name, 'Rosa Delgado');
  await check(consents.copies.paper);
  await press(consents.sign);
  for (const number of [2, 3]) {
    await heading(consents.document(number, 3));
    await press(new RegExp(`^(${Object.values(consents.decline).join('|')})$`));
  }
  await press(consents.goOn);
}

/** How patients come and go; each begins and ends at the start. */
const KINDS: Readonly<Record<string, () => Promise<void>>> = {
  async 'goes through all of it'() {
    await showCode('RDE-4172');
    await press(text.start);
    await press(details.confirm);
    await press(insurance.confirm);
    await fillIn();
    await decide();
    await press(payment.cannotPay);
    await heading(text.done);
    await press(text.finish);
  },

  async 'is recognized by name, and stops'() {
    await claim('Whitfield', 2, 28, 1951);
    await write(text.factors['phone-last-four'], '0126');
    await press(text.next);
    await heading(text.list);
    await press(text.start);
    await press(details.show);
    await press(text.leave);
  },

  async 'is not recognized, says so in Spanish, and stops'() {
    await press('Español');
    await press(spanish.contrast);
    await press(spanish.coming);
    await press(spanish.byCode);
    await write(spanish.code, 'XXX-0000');
    await press(spanish.next);
    await find(spanish.unrecognized, () => seen('strong').find((one) => says(one, spanish.unrecognized)));
    await press(spanish.help);
    await press(spanish.tellUs);
    await write(spanish.message, 'Nadie me ayuda.');
    await press(spanish.close);
    await press(spanish.leave);
  },

  async 'has no appointment, and sits down'() {
    await press(text.walkIn);
    await press(text.no);
    await write(text.reason, 'A cough');
    await write(text.familyName, 'Quinn');
    await press(text.send);
    await heading(text.takenIn);
    await press(text.finish);
  },

  async 'walks away while signing'() {
    await showCode('SWH-3905');
    await press(text.preparations.consents);
    await press(consents.agree.treatment);
    await check(consents.typing);
    await write(consents.name, 'Samuel Whitfield');
    wait(61);
    await heading(idle.title);
    wait(31);
  },

  async 'is asked whether they are there, and at last has finished'() {
    await claim('Hartley', 5, 2, 1947);
    await heading(text.challenge);
    for (let times = 0; times < 2; times += 1) {
      wait(61);
      await press(idle.stillHere);
      await press(text.close);
    }
    wait(61);
    await press(idle.finished);
  },
};

/** The way in, once the page is ready for the next patient. */
function startButton(): HTMLElement | undefined {
  const isReady = document.querySelector('clinic-check-in')?.shadowRoot?.querySelector('h2');
  return isReady ? seen('[data-step=start] #start .begin')[0] : undefined;
}

/** What the page does when it is told to. */
export interface PatientsPage {
  readonly kinds: readonly string[];
  /** Lets one patient come and go. */
  send(kind: string): Promise<void>;
}

const page: PatientsPage = {
  kinds: Object.keys(KINDS),
  async send(kind) {
    ahead = 0;
    touch(await find('start', startButton));
    await KINDS[kind]!();
    await find('start', startButton);
  },
};
Object.assign(globalThis, { patients: page });
