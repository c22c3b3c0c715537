// A patient who fills in any form by keyboard alone, the same way each time.
import { expect, type Page } from '@playwright/test';
import type { Form, FormItem, Value } from '@clinic-widgets/core/forms.js';
import { languages } from './forms.ts';

const text = languages.en;

/** What was answered, by place: `3.0.1 0` is the first answer of the item at `3.0.1`. */
export type Answered = ReadonlyMap<string, Value>;

/** What has the focus, as it is told to whoever does not see it, and the place of the form that it belongs to. */
interface Focused {
  readonly role: string;
  readonly name: string;
  readonly value: string;
  /** What a list says that is chosen in it. */
  readonly said: string;
  readonly checked: boolean;
  /** The place of its item: the number of the item, then by turns of an occurrence and an item in it. */
  readonly place: string;
  /** Which of several answers or options of one question it is: a number. */
  readonly part: string;
  /** What part of an answer it is: its `year`, its `unit`. */
  readonly word: string;
  /** Whether something is still being worked out, or a list fetched. */
  readonly busy: boolean;
}

/** Has the page count what it asks of its workers, so that a patient can wait for what is worked out. Before it is loaded. */
export async function countWork(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const work = { asked: 0, answered: 0 };
    Object.assign(window, { work });
    const known = new WeakSet<Worker>();
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, ...message: [unknown, never]) {
      work.asked += 1;
      if (!known.has(this)) {
        known.add(this);
        // What a worker begins with it says as well.
        this.addEventListener(
          'message',
          ({ data }: MessageEvent<object>) => void ('evaluation' in data && (work.answered += 1)),
        );
      }
      post.apply(this, message);
    };
  });
}

/** Fills in the form that is shown, page by page, looks it through and sends it. */
export async function fillIn(page: Page, form: Form, onPage: () => Promise<void>): Promise<Answered> {
  const patient = new Patient(page, form);
  page.on('filechooser', (chooser) => void chooser.setFiles(patient.file));
  await page.getByRole('button', { name: new RegExp(`^(${text.next}|${text.send})$`) }).waitFor();
  if (/"(\w*[eE]xpression|pattern)":/.test(JSON.stringify(form))) {
    await page.waitForFunction(() => (window as unknown as { work: { asked: number } }).work.asked > 0);
  }
  for (let turns = 0; turns < 300; turns += 1) {
    await onPage();
    await patient.answerPage();
    if (await patient.goOn()) return patient.answered;
  }
  throw new Error('The form does not end.');
}

class Patient {
  readonly answered = new Map<string, Value>();
  /** The file that is chosen when the browser asks for one. */
  file = { name: '', mimeType: '', buffer: Buffer.of() };
  readonly #page: Page;
  readonly #form: Form;
  /** The fields that were looked at, so that none is answered twice. */
  readonly #seen = new Set<string>();
  readonly #rows = new Map<string, number>();
  /** The places of which the form says that they need an answer. */
  readonly #wanted = new Set<string>();
  #troubles = 0;
  #isIn = false;

  constructor(page: Page, form: Form) {
    this.#page = page;
    this.#form = form;
  }

  async focused(): Promise<Focused> {
    for (;;) {
      const focused = await this.#page.evaluate(describeFocused, text.loading);
      if (!focused.busy) return focused;
    }
  }

  /** Goes through the fields of the page up to the way on, and answers each. */
  async answerPage(): Promise<void> {
    let last = '';
    for (let presses = 0; presses < 600; presses += 1) {
      const focused = await this.#tab();
      // At first the focus is at the top of the page.
      if (focused.role === 'outside' && !this.#isIn) continue;
      if (focused.role === 'outside') throw new Error(`Tab has left the form after ${last}.`);
      this.#isIn = true;
      last = `the ${focused.role} “${focused.name}”`;
      if (focused.role === 'primary') return;
      await this.#answer(focused);
    }
    throw new Error('Tab does not come to the way on.');
  }

  /** Presses the way on. Says whether the form was handed in; what is wrong is mended first. */
  async goOn(): Promise<boolean> {
    const { name } = await this.focused();
    await this.#page.keyboard.press('Enter');
    const isLast = name === text.send;
    const endings: readonly string[] = [text.sent, text.failed];
    await expect
      .poll(async () => {
        const { role, name } = await this.focused();
        return role === 'troubles' || (role === 'heading' && (!isLast || endings.includes(name)));
      })
      .toBe(true);
    const after = await this.focused();
    if (after.role === 'troubles') {
      await this.#mend();
      await this.answerPage();
      return this.goOn();
    }
    expect(after.name).not.toBe(text.failed);
    return after.name === text.sent;
  }

  /** Follows the list of what is wrong to its first place, and answers there. */
  async #mend(): Promise<void> {
    this.#troubles += 1;
    const list = this.#page.getByRole('group', { name: text.problem });
    if (this.#troubles > 8) throw new Error(`It stays wrong: ${await list.innerText()}`);
    const link = await this.#tab();
    expect(link.role).toBe('link');
    await this.#page.keyboard.press('Enter');
    const focused = await this.focused();
    expect(focused.place, `The way to “${link.name}” leads to its field.`).not.toBe('');
    this.#wanted.add(focused.place);
    await this.#answer(focused);
  }

  async #tab(): Promise<Focused> {
    await this.#page.keyboard.press('Tab');
    return this.focused();
  }

  async #answer(focused: Focused): Promise<void> {
    const { role, name, place } = focused;
    const isFile = name.endsWith(text.chooseFile);
    if (role === 'button' && !isFile) return name.startsWith(text.add('')) ? this.#add(place) : undefined;
    const item = itemAt(this.#form.items, place);
    if (!item || name === text.amNotSure) return;
    const id = [place, role, focused.part, focused.word].join(' ');
    const isWanted = this.#wanted.has(place);
    if (this.#seen.has(id) && !isWanted) return;
    this.#seen.add(id);
    this.#wanted.delete(place);
    // One in eight questions is left open, if it may be.
    const seed = hash(item.linkId + place);
    if (!item.required && !isWanted && seed % 8 === 0) return;
    await this.#give(focused, item, seed);
  }

  async #give(focused: Focused, item: FormItem, seed: number): Promise<void> {
    switch (focused.role) {
      case 'radio':
        return this.#choose(focused, item, seed);
      case 'checkbox':
        return this.#check(focused, item, seed);
      case 'select':
        return this.#select(focused, item, seed);
      case 'search':
        return this.#search(focused, item);
      case 'button':
        return this.#attach(focused, item);
      case 'range':
        return this.#slide(focused, item, seed);
      default:
        return this.#type(focused, item, seed);
    }
  }

  #note({ place }: Focused, value: Value, row: number | string = 0): void {
    this.answered.set(`${place} ${row}`, value);
  }

  async #choose(focused: Focused, item: FormItem, seed: number): Promise<void> {
    if (focused.checked) return;
    const options = optionsOf(item, this.#form);
    const index = seed % Math.min(options.length || 1, 6);
    const { keyboard } = this.#page;
    if (index === 0) await keyboard.press('Space');
    for (let step = 0; step < index; step += 1) await keyboard.press('ArrowDown');
    expect((await this.focused()).checked).toBe(true);
    this.#note(focused, options[index] ?? { coding: { display: focused.name } });
  }

  async #check(focused: Focused, item: FormItem, seed: number): Promise<void> {
    const index = Number(focused.part || 0);
    const options = item.options ?? [];
    const isExclusive = options[index]?.exclusive ?? false;
    const most = Math.min(item.maxOccurs ?? 5, options.length);
    const first = seed % Math.max(1, options.length - most + 1);
    const count = Math.max(item.minOccurs ?? 1, 1 + (seed % most));
    const isMeant = index >= first && index < first + Math.min(count, most) && !isExclusive;
    if (!isMeant || focused.checked) return;
    await this.#page.keyboard.press('Space');
    this.#note(focused, options[index]!.value, index);
  }

  async #select(focused: Focused, item: FormItem, seed: number): Promise<void> {
    if (item.type === 'date' || item.type === 'dateTime') return this.#typeDate(focused, item, seed);
    if (focused.word === 'unit' || focused.value !== '') return;
    const options = optionsOf(item, this.#form);
    const index = seed % Math.min(options.length || 8, 8);
    for (let step = 0; step <= index; step += 1) await this.#page.keyboard.press('ArrowDown');
    this.#note(focused, options[index] ?? { coding: { display: (await this.focused()).said } });
  }

  /** Looks for something in a list that is too long to show, and takes the first that is found. */
  async #search(focused: Focused, item: FormItem): Promise<void> {
    await this.#page.keyboard.type('an');
    await expect(this.#page.getByText(text.searching)).toHaveCount(0);
    // Where the list cannot be had, the answer is written: what was typed is the beginning of it.
    if (await this.#page.getByText(text.noList).first().isVisible()) {
      await this.#page.keyboard.type('dorra');
      return this.#note(focused, item.type === 'choice' ? { coding: { display: 'andorra' } } : { string: 'andorra' });
    }
    const found = await this.#tab();
    expect(found.role).toBe('found');
    await this.#page.keyboard.press('Enter');
    this.#note(focused, { coding: { display: found.name } });
  }

  async #attach(focused: Focused, { mediaTypes }: FormItem): Promise<void> {
    const contentType = mediaTypes?.[0] ?? 'image/png';
    this.file = { name: 'letter.png', mimeType: contentType, buffer: Buffer.from('A letter') };
    await this.#page.keyboard.press('Enter');
    await expect(this.#page.getByText(text.chosen(this.file.name)).first()).toBeVisible();
    const data = this.file.buffer.toString('base64');
    this.#note(focused, { attachment: { contentType, data, title: this.file.name } });
  }

  async #slide(focused: Focused, item: FormItem, seed: number): Promise<void> {
    const { keyboard } = this.#page;
    await keyboard.press('Home');
    const [least] = boundsOf(item);
    const steps = seed % 5;
    for (let step = 0; step < steps; step += 1) await keyboard.press('ArrowRight');
    this.#seen.add(`${focused.place} text  `);
    this.#note(focused, { integer: least + steps });
  }

  async #type(focused: Focused, item: FormItem, seed: number): Promise<void> {
    const { keyboard } = this.#page;
    const { part, place, word } = focused;
    if (word === 'unit') return keyboard.type('mg');
    if (item.type === 'date' || item.type === 'dateTime') return this.#typeDate(focused, item, seed);
    // What is there already is kept, as long as nothing is wrong with it.
    if (focused.value !== '' && !this.#wanted.has(place)) return;
    if (word === 'words') return;
    const row = Number(part || 0);
    if (item.type === 'time') {
      await keyboard.type('0930AM');
      return this.#note(focused, { time: '09:30:00' }, row);
    }
    const [words, value] = writtenFor(item, hash(item.linkId + place + part));
    await keyboard.type(words);
    this.#note(focused, value, row);
  }

  /** One part of a date; what is noted is the date as far as it has been written. */
  async #typeDate(focused: Focused, item: FormItem, seed: number): Promise<void> {
    const { keyboard } = this.#page;
    const { word, part, place } = focused;
    if (focused.value !== '' && !this.#wanted.has(place)) return;
    const row = Number(part || 0);
    const isPartial = seed % 5 === 1 && item.type === 'date';
    const [year, month, day] = [1950 + (seed % 60), 1 + (seed % 12), 1 + (seed % 28)];
    const written = [`${year}`, ...(isPartial ? [] : [month, day].map((number) => `${number}`.padStart(2, '0')))];
    const date = written.join('-');
    if (word === 'time') await keyboard.type('0930AM');
    else if (isPartial && word !== 'year') return;
    else await keyboard.type(`${{ year, month, day }[word as 'year' | 'month' | 'day']}`);
    this.#note(focused, item.type === 'date' ? { date } : { dateTime: `${date}T09:30` }, row);
  }

  /** Adds another answer or occurrence, at most one that is not asked for, and goes back to where it begins. */
  async #add(place: string): Promise<void> {
    const item = itemAt(this.#form.items, place);
    if (!item) throw new Error(`There is nothing to add at ${place}.`);
    const { minOccurs = 0, maxOccurs = 3 } = item;
    const rows = this.#rows.get(place) ?? (item.type === 'group' ? Math.max(1, minOccurs) : 1);
    const isMeant = hash(`${item.linkId} more`) % 2 === 0;
    if (rows >= maxOccurs || rows >= Math.max(minOccurs, isMeant ? 2 : 1)) return;
    await this.#page.keyboard.press('Enter');
    this.#rows.set(place, rows + 1);
    const isNew = ({ role, name, place: at, part }: Focused) =>
      (role !== 'outside' &&
        (item.type === 'group' ? `${at}.`.startsWith(`${place}.${rows}.`) : at === place && part === `${rows}`)) ||
      (role === 'button' && name.startsWith(text.remove('')));
    for (let focused = await this.focused(), back = 0; back < 60; back += 1) {
      if (back > 0 && !isNew(focused)) return;
      await this.#page.keyboard.press('Shift+Tab');
      focused = await this.focused();
    }
    throw new Error('What was added has no end.');
  }
}

/** A number that is always the same for the same words (FNV-1a). */
function hash(words: string): number {
  let value = 0x811c9dc5;
  for (const character of words) value = Math.imul(value ^ character.codePointAt(0)!, 0x01000193) >>> 0;
  return value >>> 3;
}

/** The item at a place. */
export function itemAt(items: readonly FormItem[], place: string): FormItem | undefined {
  const [index, ...rest] = place.split('.');
  const item = index ? items[Number(index)] : undefined;
  return item && rest.length > 1 ? itemAt(item.items ?? [], rest.slice(1).join('.')) : item;
}

const optionsOf = ({ type, options = [] }: FormItem, { purpose }: Form): Value[] => {
  const values = type === 'boolean' ? [{ boolean: true }, { boolean: false }] : options.map(({ value }) => value);
  return purpose === 'safety' ? [...values, { unknown: true }] : values;
};

const amountOf = (value: Value | undefined): number | undefined =>
  value && Object.values(value).find((one): one is number => typeof one === 'number');

const boundsOf = ({ min, max }: FormItem): [least: number, most: number] => {
  const least = amountOf(min) ?? Math.min(1, amountOf(max) ?? 1);
  return [least, amountOf(max) ?? least + 80];
};

/** What some forms ask to be written in a way of their own. */
const PATTERNED = ['K1A 0B1', '(269) 555-0142', '12345', 'A1', 'ann@example.org'];

const WORDS = [
  'Since last spring',
  'Dr. O’Brien, “knee”',
  '<b>not</b> sure & <script>alert(1)</script>',
  'Calle Ocho 12, 2.º piso — Ñuñoa',
  '膝が痛い',
  'Two tablets, 5 mg',
];

/** What is typed in a field, and the answer that it is. */
function writtenFor(item: FormItem, seed: number): [words: string, value: Value] {
  const { type, maxLength = 200, minLength = 0, pattern, decimals = 1 } = item;
  const [least, most] = boundsOf(item);
  const whole = least + (seed % Math.max(1, Math.min(80, most - least)));
  switch (type) {
    case 'integer':
      return [`${whole}`, { integer: whole }];
    case 'decimal':
    case 'quantity': {
      const amount = decimals > 0 && whole + 0.5 <= most ? whole + 0.5 : whole;
      return [`${amount}`, type === 'decimal' ? { decimal: amount } : { quantity: { value: amount } }];
    }
    case 'url':
      return ['www.example.org/a?b=1', { uri: 'https://www.example.org/a?b=1' }];
    default: {
      const matching = pattern && PATTERNED.find((one) => new RegExp(`^(?:${pattern})$`).test(one));
      const words = (matching || WORDS[seed % WORDS.length]!).slice(0, maxLength).padEnd(minLength, '.');
      if (type === 'choice') return [words, { coding: { display: words } }];
      return [words, type === 'reference' ? { reference: { display: words } } : { string: words }];
    }
  }
}

/** Runs in the page. */
function describeFocused(loading: string): Focused {
  let at = document.activeElement;
  const widget = at?.closest('clinic-form');
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const { asked, answered } = (window as unknown as { work: { asked: number; answered: number } }).work;
  const hints = widget?.shadowRoot?.querySelectorAll('.hint') ?? [];
  const isLoading = [...hints].some(({ textContent }) => textContent === loading);
  const nothing = {
    name: '',
    value: '',
    said: '',
    checked: false,
    place: '',
    part: '',
    word: '',
    busy: asked > answered || isLoading,
  };
  if (!at || !widget || at === widget) return { ...nothing, role: 'outside' };
  const field = at as HTMLInputElement;
  const said = at.getAttribute('aria-label') ?? field.labels?.[0]?.textContent ?? at.textContent;
  const name = said.replace(/\s+/g, ' ').trim();
  const goal = at.getAttribute('data-focus');
  if (goal) return { ...nothing, role: goal === 'troubles' ? 'troubles' : 'heading', name };
  if (at.matches('[part~=primary]')) return { ...nothing, role: 'primary', name };

  // The ids of fields are their places: q3-0-1 is at 3.0.1, and one number or word more is a part of the field.
  const id = (at.id || (at.closest('[id]')?.id ?? '')).replace(/-all$/, '');
  const [, numbers = '', word = ''] = /^q([\d-]*\d)(?:-(\w+))?$/.exec(id) ?? [];
  const steps = numbers.split('-');
  const part = steps.length % 2 === 0 ? steps.pop()! : '';
  const rest = { ...nothing, name, value: field.value, checked: field.checked, place: steps.join('.'), part, word };
  if (at.matches('button')) return { ...rest, role: at.hasAttribute('aria-pressed') ? 'found' : 'button' };
  if (at.matches('a')) return { ...rest, role: 'link' };
  if (at instanceof HTMLSelectElement) return { ...rest, role: 'select', said: at.selectedOptions[0]?.text ?? '' };
  const { type } = field;
  return { ...rest, role: ['radio', 'checkbox', 'search', 'range'].includes(type) ? type : 'text' };
}
