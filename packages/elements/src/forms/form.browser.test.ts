import { down, memoryAdapter, refusing, slow } from '@clinic-widgets/adapter-memory';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { AlertRequest, ClinicAdapter, Form, FormItem, FormOption, Submission } from '@clinic-widgets/core';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { aTimeout, expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { ByRoleMatcher, ByRoleOptions } from '@testing-library/dom';
import { deepQuerySelector } from 'shadow-dom-testing-library';
import { stands } from '../../test/hostile-themes.ts';
import { screen } from '../../test/screen.ts';
import '../define.ts';
import type { FailureEvent } from '../ui/events.ts';
import type { AlertRaisedEvent, FormSubmittedEvent } from './events.ts';
import type { ClinicForm } from './form.ts';

const now = () => '2026-03-02T08:00:00-05:00';
const harbor = harborClinic({ now: now() });
const clinic = (): ClinicAdapter => memoryAdapter(harbor, { now });

type Words = Omit<Form, 'version' | 'language'>;

/** A clinic with one form of these items. */
function asking(items: readonly FormItem[], more: Partial<Words> = {}): ClinicAdapter {
  const form: Words = { id: 'f', title: 'Some questions', purpose: 'intake', ...more, items: [...items] };
  const optionSets = { 'urn:colors': { en: options('Azure', 'Green', 'Red', 'Rosé') } };
  return memoryAdapter({ ...harbor, forms: [{ id: 'f', words: { en: form } }], optionSets }, { now });
}

const options = (...words: readonly string[]): FormOption[] =>
  words.map((display) => ({ value: { coding: { code: display.toLowerCase(), display } } }));

const noneOfThese: FormOption = { ...options('None of these')[0]!, exclusive: true };

interface Page extends Partial<Pick<ClinicForm, 'formId' | 'patientId' | 'representativeId' | 'paging' | 'onSite'>> {
  readonly lang?: string;
  readonly drafts?: Storage;
  readonly now?: () => string;
}

const show = (
  adapter: ClinicAdapter | undefined,
  {
    lang = 'en-US',
    formId = 'f',
    patientId = 'p-rosa',
    representativeId = '',
    paging,
    onSite,
    drafts,
    ...more
  }: Page = {},
) =>
  fixture<ClinicForm>(
    html` <clinic-form
      .adapter=${adapter}
      .now=${more.now ?? now}
      .drafts=${drafts}
      lang=${lang}
      patient-id=${patientId}
      representative-id=${representativeId}
      form-id=${formId}
      paging=${paging ?? 'group'}
      ?on-site=${onSite}
    ></clinic-form>`,
  );

const find = (role: ByRoleMatcher, name: string | RegExp, options: ByRoleOptions = {}) =>
  screen.findByShadowRole(role, { name, ...options });
const all = (role: ByRoleMatcher, name?: string | RegExp) =>
  screen.findAllByShadowRole(role, name === undefined ? {} : { name });
const press = async (role: ByRoleMatcher, name: string | RegExp) => (await find(role, name)).click();
const says = (text: string | RegExp) => screen.findByShadowText(text);
const silent = (text: string | RegExp) => expect(screen.queryAllByShadowText(text)).to.have.length(0);

/** Types into a field, as after a click on it. */
async function type(field: HTMLElement, words: string): Promise<void> {
  field.focus();
  await sendKeys({ type: words });
}

async function choose(field: HTMLElement, words: string): Promise<void> {
  const select = field as HTMLSelectElement;
  select.value = [...select.options].find(({ label }) => label === words)!.value;
  select.dispatchEvent(new Event('change'));
}

function focused(): HTMLElement {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at as HTMLElement;
}

/** The words that describe a field. */
const described = (field: Element) =>
  (field.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => (field.getRootNode() as ShadowRoot).getElementById(id)?.textContent.trim() ?? '')
    .join(' ');

/** The adapter, and what was handed in to it. */
function heard(adapter: ClinicAdapter) {
  const submissions: Submission[] = [];
  const alerts: AlertRequest[] = [];
  const keys: (string | undefined)[] = [];
  return {
    submissions,
    alerts,
    keys,
    adapter: {
      ...adapter,
      submitForm(input: Submission, options?: { readonly idempotencyKey?: string }) {
        submissions.push(input);
        keys.push(options?.idempotencyKey);
        return adapter.submitForm(input, options);
      },
      raiseAlert(input: AlertRequest, options?: object) {
        alerts.push(input);
        return adapter.raiseAlert(input, options);
      },
    } satisfies ClinicAdapter,
  };
}

/** A storage that lasts as long as a test. */
function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    clear: () => kept.clear(),
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
}

const NAME: FormItem = { linkId: 'name', type: 'string', text: 'Your name', required: true };
const SMOKES: FormItem = { linkId: 'smokes', type: 'boolean', text: 'Do you smoke?' };
const page = (linkId: string, text: string, ...items: FormItem[]): FormItem => ({ linkId, type: 'group', text, items });
const TWO_PAGES = [page('one', 'About you', NAME), page('two', 'Your habits', SMOKES)];

/** Answers the last of the nine questions. */
async function answerNinth(answer: string): Promise<void> {
  for (const none of await all('radio', 'Not at all')) none.click();
  await press('button', 'Next');
  await find('group', /^9\. /);
  (await all('radio', answer)).at(-1)!.click();
}

describe('clinic-form', () => {
  describe('the way through a form', () => {
    it('lists what waits, and opens what is chosen', async () => {
      const element = await show(clinic(), { formId: '' });
      await find('heading', 'Forms to fill in');
      await expect(element).to.be.accessible();
      const [first] = await all('button', /^About you and your visit/);
      first!.click();
      await find('heading', 'How we reach you');
    });

    it('says so when nothing waits', async () => {
      await show(clinic(), { formId: '', patientId: 'p-mateo' });
      await says('There is nothing to fill in right now.');
    });

    it('goes page by page to the answers, and sends them', async () => {
      const { adapter, submissions } = heard(asking(TWO_PAGES));
      const element = await show(adapter);
      await type(await find('textbox', /^Your name/), 'Rosa');
      await press('button', 'Next');
      await press('radio', 'No');
      await press('button', 'Next');
      await find('heading', 'Look through your answers');
      await expect(element).to.be.accessible();
      await press('button', 'Send');
      await find('heading', 'Thank you. Your answers have been sent.');
      expect(submissions[0]!.items).to.deep.equal([
        { linkId: 'one', items: [{ linkId: 'name', answers: [{ value: { string: 'Rosa' } }] }] },
        { linkId: 'two', items: [{ linkId: 'smokes', answers: [{ value: { boolean: false } }] }] },
      ]);
    });

    it('leads from each answer back to its page', async () => {
      await show(asking(TWO_PAGES));
      await type(await find('textbox', /^Your name/), 'Rosa');
      await press('button', 'Next');
      await press('button', 'Next');
      await press('button', 'Change: About you');
      expect(await find('textbox', /^Your name/)).to.have.value('Rosa');
    });

    it('says how far the patient has come', async () => {
      await show(asking(TWO_PAGES));
      await says(/Page 1 of 2$/);
    });

    it('moves the focus to the heading of a new page, and does not take it when it opens', async () => {
      await show(asking(TWO_PAGES));
      await find('heading', 'About you');
      expect(document.activeElement === document.body).to.equal(true);
      await type(await find('textbox', /^Your name/), 'Rosa');
      await press('button', 'Next');
      expect((await find('heading', 'Your habits')) === focused()).to.equal(true);
      await press('button', 'Back');
      expect((await find('heading', 'About you')) === focused()).to.equal(true);
    });

    it('shows one question at a time where the page wants that', async () => {
      await show(asking([page('one', 'About you', NAME, SMOKES)]), { paging: 'question' });
      await find('textbox', /^Your name/);
      expect(screen.queryAllByShadowRole('radio')).to.have.length(0);
    });

    it('says that a form is a sample, and who stands behind it', async () => {
      await show(clinic(), { formId: 'mri-safety' });
      await says('This is a sample. It is not for clinical use.');
      await says(/^Approved by: Harbor Clinic, a made-up clinic/);
    });

    it('says what “required” means, where something is', async () => {
      await show(asking([NAME, SMOKES]));
      await says('Questions that say “required” need an answer. You can leave out the others.');
      await find('textbox', 'Your name (required)');
    });

    it('promises nothing to leave out where all that is asked at first is required', async () => {
      const why: FormItem = { linkId: 'why', type: 'text', text: 'Why?' };
      const enableWhen = [{ question: 'name', operator: 'exists', value: { boolean: true } } as const];
      await show(asking([page('one', 'About you', NAME, { ...why, enableWhen }), page('two', 'More', NAME)]));
      await says('Please answer every question that says “required”.');
      silent(/leave out the others/);
    });

    it('never says that a check-list clears anyone', async () => {
      await show(asking([SMOKES], { purpose: 'safety' }));
      await press('radio', 'Not sure');
      await press('button', 'Send');
      await says(/^A technologist will go through your answers with you/);
    });
  });

  describe('the fields', () => {
    const described2 = { help: 'As on your card.', entryFormat: 'H-12345' };
    const cases: readonly (readonly [FormItem['type'], ByRoleMatcher, Partial<FormItem>?])[] = [
      ['string', 'textbox'],
      ['text', 'textbox'],
      ['url', 'textbox'],
      ['integer', 'textbox'],
      ['decimal', 'textbox'],
      ['reference', 'textbox'],
      ['quantity', 'textbox', { units: [{ display: 'pounds' }] }],
      ['choice', 'combobox', { control: 'drop-down', options: options('A', 'B') }],
      ['open-choice', 'combobox', { control: 'drop-down', options: options('A', 'B') }],
      ['choice', 'searchbox', { control: 'autocomplete', valueSet: 'urn:colors' }],
      ['boolean', 'group'],
      ['choice', 'group', { options: options('A', 'B') }],
      ['choice', 'group', { options: options('A', 'B'), repeats: true }],
      ['open-choice', 'group', { options: options('A', 'B') }],
      ['date', 'group'],
      ['dateTime', 'group'],
      ['attachment', 'group'],
      ['quantity', 'group', { units: [{ display: 'pounds' }, { display: 'kilograms' }] }],
      ['quantity', 'group'],
      ['string', 'group', { repeats: true }],
    ];
    for (const [kind, role, more = {}] of cases) {
      it(`names a ${kind} by its question, as a ${String(role)}, and describes it by its help`, async () => {
        const element = await show(
          asking([{ linkId: 'x', type: kind, prefix: '1.', text: 'Your number?', ...described2, ...more }]),
        );
        const field = await find(role, '1. Your number?');
        expect(described(field)).to.include('As on your card.').and.to.include('H-12345');
        await expect(element).to.be.accessible();
      });
    }

    it('names a time and a file by their question', async () => {
      const element = await show(
        asking([
          { linkId: 'time', type: 'time', text: 'When?' },
          { linkId: 'file', type: 'attachment', text: 'A letter?' },
        ]),
      );
      expect(await screen.findByShadowLabelText('When?')).to.have.attribute('type', 'time');
      expect(
        (await find('group', 'A letter?')).contains(await find('button', 'Choose a file or take a photo')),
      ).to.equal(true);
      await expect(element).to.be.accessible();
    });

    it('reads a unit out with its field', async () => {
      await show(
        asking([{ linkId: 'p', type: 'integer', text: 'Your pulse', units: [{ display: 'beats a minute' }] }]),
      );
      expect(described(await find('textbox', 'Your pulse'))).to.equal('beats a minute');
    });

    it('says of a slider that was not moved that nothing is answered', async () => {
      await show(
        asking([
          { linkId: 's', type: 'integer', control: 'slider', text: 'Pain', min: { integer: 0 }, max: { integer: 10 } },
        ]),
      );
      const slider = await find('slider', 'Pain');
      expect(slider).to.have.attribute('aria-valuetext', 'Not answered yet');
      slider.focus();
      await sendKeys({ press: 'ArrowRight' });
      expect(await find('textbox', 'Pain')).to.have.value('6');
      expect(slider).not.to.have.attribute('aria-valuetext');
    });

    const STEPS: readonly (readonly [string, Partial<FormItem> & Pick<FormItem, 'type'>, string])[] = [
      ['in the digits that are asked for', { type: 'decimal', decimals: 1 }, '38.6'],
      ['by a hundredth of the way', { type: 'decimal' }, '38.57'],
      ['as far as the form says', { type: 'integer', sliderStep: 5, max: { integer: 65 } }, '55'],
    ];
    for (const [how, item, moved] of STEPS) {
      it(`moves a slider ${how}`, async () => {
        const { adapter, submissions } = heard(
          asking([
            {
              linkId: 's',
              text: 'Temperature',
              control: 'slider',
              min: item.type === 'decimal' ? { decimal: 35 } : { integer: 35 },
              max: item.type === 'decimal' ? { decimal: 42 } : { integer: 42 },
              ...item,
            },
          ]),
        );
        await show(adapter);
        (await find('slider', 'Temperature')).focus();
        await sendKeys({ press: 'ArrowRight' });
        expect(await find('textbox', 'Temperature')).to.have.value(moved);
        await press('button', 'Send');
        await find('heading', /^Thank you/);
        expect(submissions).to.have.length(1);
      });
    }

    it('names groups by their heading', async () => {
      await show(asking([SMOKES, page('home', 'Your home', page('in', 'Your house', NAME)), NAME]));
      await press('button', 'Next');
      await find('group', 'Your house');
    });

    it('shows what cannot be changed, and no field for it', async () => {
      await show(asking([{ ...NAME, readOnly: true, initial: [{ string: 'Rosa' }] }]));
      expect(await screen.findByShadowLabelText(/^Your name/)).to.have.text('Rosa');
      expect(screen.queryAllByShadowRole('textbox')).to.have.length(0);
    });

    it('shows words between questions, and nothing that is hidden', async () => {
      await show(
        asking([{ linkId: 'd', type: 'display', text: 'Take your time.' }, { ...SMOKES, hidden: true }, NAME]),
      );
      await says('Take your time.');
      silent('Do you smoke?');
    });

    it('shows on every page what the form wants at its top and at its foot', async () => {
      const items: FormItem[] = [
        { linkId: 'foot', type: 'display', control: 'footer', text: 'Call us with any question.' },
        page('one', 'First', SMOKES),
        page('two', 'Second', NAME),
        { ...page('top', '', { linkId: 'top-words', type: 'display', text: 'Harbor Clinic' }), control: 'header' },
      ];
      const element = await show(asking(items));
      const inOrder = async (question: string) => {
        const [top, asked, foot] = [await says('Harbor Clinic'), await says(question), await says(/^Call us with/)];
        const follows = (a: Node, b: Node) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING;
        expect(Boolean(follows(top, asked) && follows(asked, foot)), 'they stand in another order').to.equal(true);
      };
      await inOrder('Do you smoke?');
      await expect(element).to.be.accessible();
      await press('button', 'Next');
      await inOrder('Your name');
      await says(/Page 2 of 2$/);
    });

    it('marks the words of a form in another language as such', async () => {
      await show(asking([NAME]), { lang: 'es' });
      expect((await says('Your name')).closest('[lang]')).to.have.attribute('lang', 'en');
      expect((await says('(obligatorio)')).closest('[lang]')).to.have.attribute('lang', 'es');
    });

    it('says of the words of a form in no language that it says no language, not the page’s', async () => {
      const adapter = asking([NAME]);
      const getForm: ClinicAdapter['getForm'] = async (...query) => ({
        ...(await adapter.getForm(...query)),
        language: 'und',
      });
      const element = await show({ ...adapter, getForm });
      expect((await says('Your name')).closest('[lang]')).to.have.attribute('lang', '');
      expect(await find('heading', 'Some questions')).to.have.attribute('lang', '');
      await expect(element).to.be.accessible();
    });

    it('keeps the punctuation of its words with them, whichever way the page is read', async () => {
      const element = await show(
        asking([
          { linkId: 'd', type: 'display', text: 'Take your time!' },
          { linkId: 'c', type: 'choice', text: 'Color?', options: options('Red (dark)') },
        ]),
      );
      element.dir = 'rtl';
      for (const words of ['Take your time!', 'Color?', 'Red (dark)']) {
        expect(getComputedStyle(await says(words)).direction, words).to.equal('ltr');
      }
    });

    it('shows the clinic’s number in one piece, to be called by a touch, but at the clinic', async () => {
      const element = await show(clinic(), { formId: 'mri-safety' });
      const link = await find('link', '(269) 555-0142');
      expect(link).to.have.attribute('href', 'tel:2695550142');
      expect(getComputedStyle(link)).to.have.property('whiteSpace', 'nowrap');
      await expect(element).to.be.accessible();
      element.onSite = true;
      await element.updateComplete;
      const number = await says('(269) 555-0142');
      expect(screen.queryAllByShadowRole('link')).to.have.length(0);
      expect(getComputedStyle(number)).to.have.property('whiteSpace', 'nowrap');
    });
  });

  describe('choices', () => {
    const FRUIT: FormItem = { linkId: 'fruit', type: 'choice', text: 'Fruit', options: options('Apple', 'Pear') };

    it('takes an answer back, and leaves the focus at the question', async () => {
      const { adapter, submissions } = heard(asking([FRUIT]));
      await show(adapter);
      await press('radio', 'Pear');
      await press('button', 'Take my answer back: Fruit');
      expect((await find('radio', 'Apple')) === focused()).to.equal(true);
      expect(await find('radio', 'Pear')).to.have.property('checked', false);
      await press('button', 'Send');
      await find('heading', /^Thank you/);
      expect(submissions[0]!.items).to.deep.equal([]);
    });

    it('offers no way back from a required answer but another one', async () => {
      await show(asking([{ ...FRUIT, required: true }]));
      await press('radio', 'Pear');
      expect(screen.queryAllByShadowRole('button', { name: /^Take my answer back/ })).to.have.length(0);
    });

    it('lets “none of these” stand alone', async () => {
      await show(asking([{ ...FRUIT, repeats: true, options: [...options('Apple', 'Pear'), noneOfThese] }]));
      await press('checkbox', 'Apple');
      await press('checkbox', 'Pear');
      await press('checkbox', 'None of these');
      expect(await find('checkbox', 'Pear')).to.have.property('checked', false);
      await press('checkbox', 'Apple');
      expect(await find('checkbox', 'None of these')).to.have.property('checked', false);
    });

    it('takes the patient’s own words by radio button', async () => {
      const { adapter, submissions } = heard(asking([{ ...FRUIT, type: 'open-choice' }]));
      await show(adapter);
      await press('radio', 'Something else');
      await type(await find('textbox', 'Please say what'), 'Quince');
      await press('button', 'Send');
      await find('heading', /^Thank you/);
      expect(submissions[0]!.items).to.deep.equal([{ linkId: 'fruit', answers: [{ value: { string: 'Quince' } }] }]);
    });

    it('takes the patient’s own words besides what is ticked', async () => {
      const { adapter, submissions } = heard(asking([{ ...FRUIT, type: 'open-choice', repeats: true }]));
      await show(adapter);
      await press('checkbox', 'Pear');
      await type(await find('textbox', 'Something else'), 'Quince');
      await press('button', 'Send');
      await find('heading', /^Thank you/);
      expect(submissions[0]!.items[0]!.answers!.map(({ value }) => value)).to.deep.equal([
        options('Pear')[0]!.value,
        { string: 'Quince' },
      ]);
    });

    it('takes the patient’s own words from a list that opens on demand', async () => {
      await show(asking([{ ...FRUIT, type: 'open-choice', control: 'drop-down' }]));
      await choose(await find('combobox', 'Fruit'), 'Something else');
      await type(await find('textbox', 'Please say what'), 'Quince');
      expect(await find('combobox', 'Fruit')).to.have.value('other');
    });

    it('offers “not sure” to every question of a safety form', async () => {
      const items: FormItem[] = [
        SMOKES,
        FRUIT,
        { ...FRUIT, linkId: 'm', repeats: true },
        { linkId: 'w', type: 'integer', text: 'Weight', required: true },
      ];
      await show(asking(items, { purpose: 'safety' }));
      expect(await all('radio', 'Not sure')).to.have.length(2);
      await press('checkbox', 'Apple');
      await press('checkbox', 'Not sure');
      expect(await find('checkbox', 'Apple')).to.have.property('checked', false);
      await press('checkbox', 'I am not sure');
      expect(await find('textbox', /^Weight/)).to.have.property('disabled', true);
    });

    const WRITTEN: readonly (readonly [string, Omit<FormItem, 'linkId'>])[] = [
      ['may be left out', { type: 'string' }],
      ['may have several answers', { type: 'string', repeats: true, minOccurs: 2 }],
      ['is a date', { type: 'date' }],
      ['asks for an amount', { type: 'quantity', units: [{ code: 'kg' }, { code: '[lb_av]' }] }],
      ['asks for a file', { type: 'attachment' }],
      ['is searched', { type: 'choice', control: 'autocomplete', valueSet: 'urn:colors' }],
      ['has a list that cannot be had', { type: 'choice', valueSet: 'urn:none' }],
      ['has no list', { type: 'choice' }],
    ];
    for (const [what, item] of WRITTEN) {
      it(`offers “not sure” to a question of a safety form that ${what}, as its only answer`, async () => {
        const question = { linkId: 'w', text: 'Which one?', ...item };
        const { adapter, submissions } = heard(asking([question], { purpose: 'safety' }));
        const element = await show(adapter);
        if (item.valueSet === 'urn:none') await says(/^The list cannot be shown right now/);
        const notSure = await find('checkbox', 'I am not sure');
        expect(described(notSure)).to.equal('Which one?');
        notSure.click();
        await element.updateComplete;
        expect(screen.queryAllByShadowRole('button', { name: /^Add another/ })).to.have.length(0);
        for (const field of [...screen.queryAllByShadowRole('textbox'), ...screen.queryAllByShadowRole('combobox')]) {
          expect(field).to.have.property('disabled', true);
        }
        silent('Chosen: Not sure');
        await expect(element).to.be.accessible();
        await press('button', 'Send');
        await find('heading', /^Thank you/);
        expect(submissions[0]!.items).to.deep.equal([{ linkId: 'w', answers: [{ value: { unknown: true } }] }]);
      });
    }

    it('answers nothing beforehand in a safety form, whatever the clinic sends', async () => {
      const items: FormItem[] = [
        { ...SMOKES, initial: [{ boolean: false }] },
        page('more', 'More', { linkId: 'w', type: 'string', text: 'Which one?', initial: [{ string: 'None' }] }),
      ];
      await show(asking(items, { purpose: 'safety' }));
      expect(await find('radio', 'No')).to.have.property('checked', false);
      await press('button', 'Next');
      expect(await find('textbox', 'Which one?')).to.have.value('');
    });

    it('offers “not sure” in no other form', async () => {
      await show(asking([{ linkId: 'w', type: 'string', text: 'Name?', required: true, flag: { unless: [] } }]));
      await find('textbox', /^Name/);
      expect(screen.queryAllByShadowRole('checkbox')).to.have.length(0);
    });

    it('searches a list of the clinic’s, says how many it found, and stays in the form on Enter', async () => {
      const { adapter, submissions } = heard(
        asking([{ linkId: 'c', type: 'choice', control: 'autocomplete', text: 'Color', valueSet: 'urn:colors' }]),
      );
      const element = await show(adapter);
      const field = await find('searchbox', 'Color');
      await type(field, 're');
      await says('3 found');
      await sendKeys({ press: 'Enter' });
      await press('button', 'Red');
      await says('Chosen: Red');
      await find('button', 'Red', { pressed: true });
      await expect(element).to.be.accessible();
      await press('button', 'Send');
      await find('heading', /^Thank you/);
      expect(submissions).to.have.length(1);
      expect(submissions[0]!.items).to.deep.equal([{ linkId: 'c', answers: [{ value: options('Red')[0]!.value }] }]);
    });

    it('takes the patient’s own words besides what a search finds', async () => {
      const { adapter, submissions } = heard(
        asking([{ linkId: 'c', type: 'open-choice', control: 'autocomplete', text: 'Color', valueSet: 'urn:colors' }]),
      );
      const element = await show(adapter);
      await type(await find('searchbox', 'Color'), 'Reddish');
      await says('Nothing found. Try fewer letters.');
      await press('button', 'Answer in your own words: “Reddish”');
      await says('Chosen: Reddish');
      await expect(element).to.be.accessible();
      await press('button', 'Send');
      await find('heading', /^Thank you/);
      expect(submissions[0]!.items).to.deep.equal([{ linkId: 'c', answers: [{ value: { string: 'Reddish' } }] }]);
    });

    it('takes no words of the patient’s own for a choice that is not open', async () => {
      await show(
        asking([{ linkId: 'c', type: 'choice', control: 'autocomplete', text: 'Color', valueSet: 'urn:colors' }]),
      );
      await type(await find('searchbox', 'Color'), 'Reddish');
      await says('Nothing found. Try fewer letters.');
      expect(screen.queryAllByShadowRole('button', { name: /^Answer in your own words/ })).to.have.length(0);
    });

    it('has a list searched that is too long to show, and leaves nothing of it out', async () => {
      const form: Words = { id: 'f', title: 'Some questions', purpose: 'intake', items: [COLOR] };
      const shades = options(...Array.from({ length: 250 }, (_, index) => `Shade ${index + 1}`));
      const world = {
        ...harbor,
        forms: [{ id: 'f', words: { en: form } }],
        optionSets: { 'urn:colors': { en: shades } },
      };
      const element = await show(memoryAdapter(world, { now }));
      await type(await find('searchbox', 'Color'), 'Shade 250');
      await press('button', 'Shade 250');
      await says('Chosen: Shade 250');
      expect(screen.queryAllByShadowRole('combobox')).to.have.length(0);
      await expect(element).to.be.accessible();
    });

    it('lets the patient write where the clinic’s list cannot be had', async () => {
      const adapter = asking([{ linkId: 'c', type: 'open-choice', text: 'Color', valueSet: 'urn:colors' }]);
      await show(refusing(adapter, 'unexpected', ['findOptions']));
      await says(/^The list cannot be shown right now/);
      await type(await find('textbox', 'Color'), 'Teal');
      await press('button', 'Send');
      await find('heading', /^Thank you/);
    });

    const COLOR: FormItem = { linkId: 'c', type: 'choice', text: 'Color', valueSet: 'urn:colors' };

    /** A clinic whose lists cannot be had until it is told so. */
    const withoutLists = (items: readonly FormItem[]) => {
      const { adapter, submissions } = heard(asking(items));
      const world = { isDown: true, asked: 0, submissions };
      const findOptions: ClinicAdapter['findOptions'] = (...query) => {
        world.asked += 1;
        return (world.isDown ? down(adapter) : adapter).findOptions(...query);
      };
      return { ...world, world, adapter: { ...adapter, findOptions } };
    };

    it('asks again for a list that could not be had, and the focus goes to it', async () => {
      const { adapter, world } = withoutLists([COLOR]);
      const element = await show(adapter);
      await press('button', 'Try the list again');
      await says('One moment, please…');
      await says(/^The list cannot be shown right now/);
      expect(world.asked).to.equal(2);
      await expect(element).to.be.accessible();
      world.isDown = false;
      const again = await find('button', 'Try the list again');
      again.focus();
      again.click();
      const [first] = await all('radio');
      await aTimeout(0);
      expect(focused() === first, 'the focus is lost').to.equal(true);
      expect(screen.queryAllByShadowRole('textbox')).to.have.length(0);
    });

    it('keeps what was typed when the list comes after all, until another answer is chosen', async () => {
      const { adapter, world, submissions } = withoutLists([COLOR]);
      await show(adapter);
      await type(await find('textbox', 'Color'), 'Teal');
      world.isDown = false;
      await press('button', 'Try the list again');
      expect(await find('radio', 'Teal')).to.have.property('checked', true);
      await press('radio', 'Red');
      await press('button', 'Send');
      await find('heading', /^Thank you/);
      expect(submissions[0]!.items).to.deep.equal([{ linkId: 'c', answers: [{ value: options('Red')[0]!.value }] }]);
    });

    it('asks again for a list when its page is opened again', async () => {
      const { adapter, world } = withoutLists([page('one', 'First', COLOR), page('two', 'Second', SMOKES)]);
      await show(adapter);
      await says(/^The list cannot be shown right now/);
      await press('button', 'Next');
      world.isDown = false;
      await press('button', 'Back');
      await find('radio', 'Red');
    });

    it('searches again in a list that could not be had, for what was typed since', async () => {
      const { adapter, world } = withoutLists([{ ...COLOR, control: 'autocomplete' }]);
      await show(adapter);
      await type(await find('searchbox', 'Color'), 're');
      await says(/^The list cannot be shown right now/);
      await type(await find('searchbox', 'Color'), 'd');
      world.isDown = false;
      await press('button', 'Try the list again');
      await press('button', 'Red');
      await says('Chosen: Red');
      expect(focused() === (await find('searchbox', 'Color')), 'the focus is lost').to.equal(true);
    });
  });

  describe('what is written', () => {
    const send = async () => {
      await press('button', /^(Send|Enviar)$/);
      await find('heading', /^(Thank you|Gracias)/);
    };
    const answerOf = ({ items }: Submission) => items[0]?.answers?.[0]?.value;

    for (const [lang, typed, decimal] of [
      ['en', '1,234.5', 1234.5],
      ['en', '0,5', 0.5],
      ['es-ES', '1.234,5', 1234.5],
      ['es-US', '12.5', 12.5],
      ['es', '1,234.5', 1234.5],
    ] as const) {
      it(`takes ${typed} for ${decimal} where the page is in ${lang}`, async () => {
        const { adapter, submissions } = heard(asking([{ linkId: 'n', type: 'decimal', text: 'A number' }]));
        await show(adapter, { lang });
        await type(await find('textbox', 'A number'), typed);
        await send();
        expect(answerOf(submissions[0]!)).to.deep.equal({ decimal });
      });
    }

    for (const [lang, names] of [
      ['en-US', ['Month', 'Day', 'Year']],
      ['es-US', ['Día', 'Mes', 'Año']],
    ] as const) {
      it(`asks for a date in the order of ${lang}`, async () => {
        await show(asking([{ linkId: 'd', type: 'date', text: 'When?' }]), { lang });
        const group = await find('group', 'When?');
        const labels = [...group.querySelectorAll('label')].map(({ childNodes }) =>
          [...childNodes].map((node) => (node instanceof Text ? node.data.trim() : '')).join(''),
        );
        expect(labels).to.deep.equal(names);
      });
    }

    for (const [given, date] of [
      [{ Year: '1984' }, '1984'],
      [{ Month: 'June', Year: '1984' }, '1984-06'],
      [{ Month: '6', Year: '1984' }, '1984-06'],
      [{ Month: 'OCT.', Day: '7', Year: '1984' }, '1984-10-07'],
      [{ Month: '06', Day: '-7', Year: '1984' }, '1984-06-07'],
    ] as const) {
      it(`takes what is known of a date: ${date}`, async () => {
        const { adapter, submissions } = heard(asking([{ linkId: 'd', type: 'date', text: 'When?' }]));
        await show(adapter);
        for (const [part, words] of Object.entries(given)) {
          await type(await find('textbox', part), words);
        }
        await send();
        expect(answerOf(submissions[0]!)).to.deep.equal({ date });
      });
    }

    for (const [kind, item, label] of [
      ['time', { linkId: 't', type: 'time', text: 'When?' }, 'When?'],
      ['moment', { linkId: 't', type: 'dateTime', text: 'When?' }, 'Time'],
    ] as const) {
      it(`takes half a ${kind} for no answer to leave open, and says what is missing`, async () => {
        const { adapter, submissions } = heard(asking([item]));
        await show(adapter);
        if (kind === 'moment') await type(await screen.findByShadowLabelText('Year'), '2026');
        const field = await screen.findByShadowLabelText<HTMLInputElement>(label);
        field.focus();
        await sendKeys({ type: '10' });
        expect(field.validity.badInput).to.equal(true);
        await sendKeys({ press: 'Enter' });
        await says(/^Please give the whole time: the hour, the minutes/);
        expect(field.validity.badInput, 'what was typed is lost').to.equal(true);
        expect(submissions).to.have.length(0);
        field.focus();
        await sendKeys({ type: '1030a' });
        if (kind === 'moment') {
          await type(await screen.findByShadowLabelText('Month'), 'March');
          await type(await screen.findByShadowLabelText('Day'), '2');
        }
        silent(/^Please give the whole time/);
        await send();
        const value = answerOf(submissions[0]!)!;
        expect(value).to.deep.equal(kind === 'time' ? { time: '10:30:00' } : { dateTime: '2026-03-02T10:30:00-05:00' });
      });
    }

    it('takes a moment in the clinic’s zone', async () => {
      const { adapter, submissions } = heard(asking([{ linkId: 'd', type: 'dateTime', text: 'When?' }]));
      await show(adapter);
      await type(await find('textbox', 'Month'), '7');
      await type(await find('textbox', 'Day'), '4');
      await type(await find('textbox', 'Year'), '2025');
      await type(await screen.findByShadowLabelText('Time'), '0930PM');
      await send();
      expect(answerOf(submissions[0]!)).to.deep.equal({ dateTime: '2025-07-04T21:30:00-04:00' });
    });

    it('keeps an amount when its unit changes', async () => {
      const units = [
        { code: '[lb_av]', display: 'pounds' },
        { code: 'kg', display: 'kilograms' },
      ];
      const { adapter, submissions } = heard(asking([{ linkId: 'w', type: 'quantity', text: 'Weight', units }]));
      await show(adapter);
      await type(await find('textbox', 'Weight'), '70');
      await choose(await find('combobox', 'Unit'), 'kilograms');
      await send();
      expect(answerOf(submissions[0]!)).to.deep.equal({ quantity: { value: 70, unit: 'kilograms', code: 'kg' } });
    });

    const hand = (file: File) => {
      const input = deepQuerySelector<HTMLInputElement>(document.body, '[type=file]')!;
      const files = new DataTransfer();
      files.items.add(file);
      input.files = files.files;
      input.dispatchEvent(new Event('change'));
    };

    it('takes no larger file than can be sent, however much the form allows', async () => {
      await show(asking([{ linkId: 'a', type: 'attachment', text: 'A letter', maxBytes: 1_000_000_000_000 }]));
      await find('group', 'A letter');
      hand(new File([new Uint8Array(3_000_001)], 'letter.txt', { type: 'text/plain' }));
      await says('The file is too large. It may have up to 3 MB.');
    });

    it('takes no kind of file that the form does not ask for', async () => {
      const mediaTypes = ['image/*', 'application/pdf'];
      await show(asking([{ linkId: 'a', type: 'attachment', text: 'A letter', mediaTypes }]));
      await find('group', 'A letter');
      hand(new File(['hello'], 'letter.txt', { type: 'text/plain' }));
      await says('The clinic cannot take this kind of file. Please choose another one.');
      hand(new File(['hello'], 'photo.jpg', { type: 'image/jpeg' }));
      await says('Chosen: photo.jpg');
      hand(new File(['hello'], 'letter.pdf', { type: 'application/pdf' }));
      await says('Chosen: letter.pdf');
    });

    it('hands in a file, which can be taken out and chosen again', async () => {
      const { adapter, submissions } = heard(asking([{ linkId: 'a', type: 'attachment', text: 'A letter' }]));
      await show(adapter);
      await find('group', 'A letter');
      const letter = new File(['hello'], 'letter.txt', { type: 'text/plain' });
      hand(letter);
      await says('Chosen: letter.txt');
      await press('button', 'Remove: letter.txt');
      expect(focused().textContent).to.equal('Choose a file or take a photo');
      hand(letter);
      await says('Chosen: letter.txt');
      await send();
      expect(answerOf(submissions[0]!)).to.deep.equal({
        attachment: { contentType: 'text/plain', data: btoa('hello'), title: 'letter.txt' },
      });
    });

    it('can be done by keyboard alone', async () => {
      const { adapter, submissions } = heard(
        asking([
          page(
            '1',
            'One',
            SMOKES,
            NAME,
            { linkId: 'reason', type: 'text', text: 'Why?' },
            {
              linkId: 'born',
              type: 'date',
              text: 'Born',
            },
          ),
          page(
            '2',
            'Two',
            { linkId: 'fruit', type: 'choice', text: 'Fruit', options: options('Apple', 'Pear') },
            { linkId: 'drinks', type: 'choice', repeats: true, text: 'Drinks', options: options('Tea', 'Milk') },
            { linkId: 'list', type: 'choice', control: 'drop-down', text: 'List', options: options('One', 'Two') },
            { linkId: 'own', type: 'open-choice', text: 'Help', options: options('Son') },
            { linkId: 'color', type: 'choice', control: 'autocomplete', text: 'Color', valueSet: 'urn:colors' },
          ),
          page(
            '3',
            'Three',
            { linkId: 'kilos', type: 'quantity', text: 'Kilos', units: [{ display: 'kg' }, { display: 'lb' }] },
            {
              linkId: 'pain',
              type: 'integer',
              control: 'slider',
              text: 'Pain',
              min: { integer: 0 },
              max: { integer: 9 },
            },
            { linkId: 'bed', type: 'time', text: 'Bed' },
            { linkId: 'site', type: 'url', text: 'Site' },
            { linkId: 'temperature', type: 'decimal', text: 'Temperature' },
          ),
        ]),
      );
      await show(adapter);
      await find('heading', 'One');
      const KEYS = ['Tab', 'Space', 'Enter', 'ArrowDown', 'ArrowRight'];
      const keys = async (...all: readonly string[]) => {
        for (const key of all) await sendKeys(KEYS.includes(key) ? { press: key } : { type: key });
      };
      await keys('Tab', 'Space', 'Tab', 'Tab', 'rosa', 'Tab', 'my knee', 'Tab', 'jun', 'Tab', '7', 'Tab', '1984');
      await keys('Tab', 'Enter');
      await find('heading', 'Two');
      await keys('Tab', 'Space', 'ArrowDown', 'Tab', 'Tab', 'Space', 'Tab', 'Space', 'Tab', 'two', 'Tab', 'Space');
      await keys('ArrowDown', 'Tab', 'neighbor', 'Tab', 'Tab', 're');
      await says('3 found');
      await keys('Tab', 'Tab', 'Tab', 'Space', 'Tab', 'Enter');
      await find('heading', 'Three');
      await keys(
        'Tab',
        '70',
        'Tab',
        'lb',
        'Tab',
        'ArrowRight',
        'Tab',
        'Tab',
        '1030PM',
        'Tab',
        'Tab',
        'example.org',
        'Tab',
        '36.6',
      );
      await keys('Enter');
      await find('heading', 'Look through your answers');
      (await find('button', 'Send')).focus();
      await keys('Enter');
      await find('heading', /^Thank you/);
      const given = submissions[0]!.items.flatMap(({ items = [] }) =>
        items.map(({ linkId, answers = [] }) => [
          linkId,
          ...answers.map(({ value }) => Object.values(value)[0] as unknown),
        ]),
      );
      const coding = (word: string) => (options(word)[0]!.value as { readonly coding: object }).coding;
      expect(given).to.deep.equal([
        ['smokes', true],
        ['name', 'rosa'],
        ['reason', 'my knee'],
        ['born', '1984-06-07'],
        ['fruit', coding('Pear')],
        ['drinks', coding('Tea'), coding('Milk')],
        ['list', coding('Two')],
        ['own', 'neighbor'],
        ['color', coding('Red')],
        ['kilos', { value: 70, unit: 'lb' }],
        ['pain', 6],
        ['bed', '22:30:00'],
        ['site', 'https://example.org'],
        ['temperature', 36.6],
      ]);
    });
  });

  describe('what is wrong', () => {
    it('is said at the top, which has the focus, and at the question', async () => {
      const element = await show(asking([NAME, SMOKES]));
      await press('button', 'Send');
      const summary = await find('group', 'Please look at this again');
      expect(summary === focused()).to.equal(true);
      const field = await find('textbox', /^Your name/);
      expect(described(field)).to.equal('Please give an answer.');
      expect(field).to.have.attribute('aria-invalid', 'true');
      await expect(element).to.be.accessible();
    });

    const wrong: readonly (readonly [string, FormItem, string])[] = [
      ['text', NAME, 'Your name'],
      ['choice', { ...SMOKES, required: true }, 'Yes'],
      ['date', { linkId: 'd', type: 'date', text: 'When?', required: true }, 'Month'],
      ['file', { linkId: 'a', type: 'attachment', text: 'A letter', required: true }, 'Choose a file or take a photo'],
      ['amount', { linkId: 'q', type: 'quantity', text: 'Weight', required: true }, 'Weight'],
      [
        'list',
        { linkId: 'l', type: 'choice', control: 'drop-down', text: 'List', required: true, options: options('A') },
        'List',
      ],
      [
        'search',
        { linkId: 'c', type: 'choice', control: 'autocomplete', text: 'Color', valueSet: 'urn:colors', required: true },
        'Color',
      ],
      ['repeated answer', { ...NAME, repeats: true }, 'Your name, Number 1'],
    ];
    for (const [what, item, name] of wrong) {
      it(`leads to a ${what}`, async () => {
        await show(asking([item]));
        await press('button', 'Send');
        await press('link', / – Please give an answer\.$/);
        const at = focused();
        const isNamed = await screen.findAllByShadowLabelText(new RegExp(`^${name}`)).catch(() => [] as HTMLElement[]);
        expect(isNamed.includes(at) || at.textContent.trim() === name, at.outerHTML).to.equal(true);
      });
    }

    it('leads to the radio button that is chosen', async () => {
      const adapter = asking([{ ...SMOKES, required: true }, NAME]);
      const paths = [['items', 0, 'answers', 0, 'value']];
      await show({
        ...adapter,
        submitForm: () => Promise.reject(new ClinicError('invalid', 'It does not fit.', { paths })),
      });
      await press('radio', 'No');
      await type(await find('textbox', /^Your name/), 'Rosa');
      await press('button', 'Send');
      await press('link', /^Do you smoke/);
      expect(focused() === (await find('radio', 'No')), focused().outerHTML).to.equal(true);
    });

    it('goes away as soon as it is mended', async () => {
      await show(asking([NAME, SMOKES]));
      await press('button', 'Send');
      await type(await find('textbox', /^Your name/), 'R');
      silent('Please give an answer.');
    });

    it('never takes away what was typed', async () => {
      await show(asking([{ linkId: 'n', type: 'integer', text: 'Pills' }, NAME]));
      await type(await find('textbox', 'Pills'), 'two and a half');
      await press('button', 'Send');
      await find('link', 'Pills – Please write a whole number, such as 12.');
      expect(await find('textbox', 'Pills')).to.have.value('two and a half');
    });

    it('speaks of dates as earlier and later', async () => {
      const born: FormItem = { linkId: 'd', type: 'date', text: 'Born', min: { date: '1900-01-01' } };
      await show(asking([{ ...born, initial: [{ date: '1825' }] }, NAME]));
      await press('button', 'Send');
      await find('link', 'Born – This must be January 1, 1900 or later.');
    });

    it('is said of a group as well that takes a page of its own', async () => {
      await show(
        asking([{ ...page('one', 'One of these', SMOKES), required: true }, page('two', 'Your habits', NAME)]),
      );
      await press('button', 'Next');
      await type(await find('textbox', /^Your name/), 'Rosa');
      await press('button', 'Next');
      await press('button', 'Send');
      await press('link', 'One of these – Please give an answer.');
      expect((await find('radio', 'Yes')) === focused()).to.equal(true);
    });

    it('goes away with what is taken out', async () => {
      const medicine: FormItem = { ...page('medicine', 'A medicine', NAME, SMOKES), repeats: true };
      const element = await show(asking([medicine, NAME]));
      await find('heading', 'Some questions');
      await press('button', /^Add another/);
      (await all('radio', 'No')).at(-1)!.click();
      await press('button', 'Next');
      await find('link', /^Your name/);
      await press('button', 'Remove: A medicine, Number 2');
      await element.updateComplete;
      expect(screen.queryAllByShadowRole('link', { name: /^Your name/ })).to.have.length(0);
    });

    for (const [reason, words] of [
      ['unknown', /^The clinic could not accept this answer/],
      ['too-long', /^This is too long\. Please write less\./],
    ] as const) {
      it(`is shown at the question where the clinic does not accept an answer, with the reason: ${reason}`, async () => {
        const adapter = asking(TWO_PAGES);
        const misfits = [{ path: ['items', 0, 'items', 0, 'answers', 0, 'value'], reason }];
        await show({
          ...adapter,
          submitForm: () => Promise.reject(new ClinicError('invalid', 'It does not fit.', { misfits })),
        });
        await type(await find('textbox', /^Your name/), 'Rosa');
        await press('button', 'Next');
        await press('button', 'Next');
        await press('button', 'Send');
        const field = await find('textbox', /^Your name/);
        expect(described(field)).to.match(words);
        expect(field).to.have.value('Rosa');
      });
    }
  });

  describe('what can be given more than once', () => {
    const MEDICINE: FormItem = {
      linkId: 'medicine',
      type: 'group',
      text: 'A medicine',
      repeats: true,
      maxOccurs: 3,
      items: [{ linkId: 'm', type: 'string', text: 'Its name' }],
    };

    it('is added, and the focus goes to it', async () => {
      await show(asking([MEDICINE]));
      await type(await find('textbox', 'Its name'), 'Aspirin');
      await press('button', 'Add another: A medicine');
      await find('group', 'A medicine, Number 2');
      const fields = await all('textbox', 'Its name');
      expect(fields[1] === focused()).to.equal(true);
      expect(fields[0]).to.have.value('Aspirin');
    });

    it('is taken out, and the others stay as they are', async () => {
      const element = await show(asking([MEDICINE]));
      for (const name of ['Aspirin', 'Ibuprofen', 'Insulin']) {
        await type((await all('textbox', 'Its name')).at(-1)!, name);
        if (name !== 'Insulin') await press('button', 'Add another: A medicine');
        await element.updateComplete;
      }
      expect(screen.queryAllByShadowRole('button', { name: 'Add another: A medicine' })).to.have.length(0);
      await press('button', 'Remove: A medicine, Number 2');
      const fields = await all('textbox', 'Its name');
      expect(fields.map((field) => (field as HTMLInputElement).value)).to.deep.equal(['Aspirin', 'Insulin']);
      expect(element.shadowRoot!.activeElement === null, 'the focus is lost').to.equal(false);
      await expect(element).to.be.accessible();
    });

    it('may be one answer as well', async () => {
      const { adapter, submissions } = heard(
        asking([{ linkId: 'a', type: 'string', text: 'Allergies', repeats: true }]),
      );
      await show(adapter);
      await type(await find('textbox', 'Allergies, Number 1'), 'Nuts');
      await press('button', 'Add another: Allergies');
      await type(await find('textbox', 'Allergies, Number 2'), 'Milk');
      await press('button', 'Remove: Number 1');
      expect(await find('textbox', 'Allergies, Number 1')).to.have.value('Milk');
      await press('button', 'Send');
      await find('heading', /^Thank you/);
      expect(submissions[0]!.items).to.deep.equal([{ linkId: 'a', answers: [{ value: { string: 'Milk' } }] }]);
    });

    it('shows under each answer what is asked because of it', async () => {
      const ill: FormItem = {
        linkId: 'ill',
        type: 'choice',
        repeats: true,
        text: 'What have you had?',
        options: options('Asthma', 'A stroke'),
        items: [{ linkId: 'when', type: 'integer', text: 'In which year?' }],
      };
      await show(asking([ill]));
      await press('checkbox', 'A stroke');
      const group = await find('group', 'A stroke');
      expect(group.contains(await find('textbox', 'In which year?'))).to.equal(true);
      await press('checkbox', 'A stroke');
      expect(screen.queryAllByShadowRole('textbox')).to.have.length(0);
    });
  });

  describe('an answer that cannot wait', () => {
    it('is told to staff at once, and a person and the crisis line are offered', async () => {
      const { adapter, alerts } = heard(clinic());
      const element = await show(adapter, { formId: 'phq-9' });
      const told = oneEvent<AlertRaisedEvent>(element, 'clinic-alert-raised');
      await answerNinth('Several days');
      expect(await find('link', 'Call 988')).to.have.attribute('href', 'tel:988');
      await says('The care team has been told about your answer.');
      await says(/^You can also talk to someone at the clinic/);
      expect((await told).formId).to.equal('phq-9');
      expect(alerts).to.have.length(1);
      expect(alerts[0]).to.include({ reason: 'answer', linkId: '44260-8' });
      await expect(element).to.be.accessible();
    });

    it('keeps the crisis line, whatever a theme does', async () => {
      const element = await show(clinic(), { formId: 'phq-9' });
      await answerNinth('Several days');
      await find('link', 'Call 988');
      await stands(element, 'clinic-form', '.protected, .protected a', 3);
    });

    it('is read out from the question that it was given to', async () => {
      await show(clinic(), { formId: 'phq-9' });
      await answerNinth('Several days');
      const notice = await says('The care team has been told about your answer.');
      expect(notice.closest('[role=status]') === null).to.equal(false);
      expect((await find('group', /^9\. /)).contains(notice)).to.equal(true);
    });

    it('is not told when the answer is “not at all”', async () => {
      const { adapter, alerts } = heard(clinic());
      await show(adapter, { formId: 'phq-9' });
      await answerNinth('Not at all');
      await aTimeout(20);
      expect(alerts).to.have.length(0);
      expect(screen.queryAllByShadowRole('link', { name: 'Call 988' })).to.have.length(0);
    });

    it('still offers the crisis line while staff are being told', async () => {
      await show(slow(clinic(), 60_000, ['raiseAlert']), { formId: 'phq-9' });
      await answerNinth('Several days');
      await says('We are telling the care team about your answer…');
      await find('link', 'Call 988');
    });

    it('says that it has NOT reached staff, and tries again', async () => {
      const adapter = clinic();
      let isDown = true;
      const element = await show(
        {
          ...adapter,
          raiseAlert: (input, options) => (isDown ? down(adapter) : adapter).raiseAlert(input, options),
        },
        { formId: 'phq-9' },
      );
      await answerNinth('Several days');
      expect(await find('alert', '')).to.contain.text('This has NOT reached staff.');
      await expect(element).to.be.accessible();
      isDown = false;
      await press('button', 'Try again');
      await says('The care team has been told about your answer.');
      expect(element.shadowRoot!.activeElement === null, 'the focus is lost').to.equal(false);
    });

    it('is told by arrow keys of the answer that the patient goes on from, and of none on the way', async () => {
      const { adapter, alerts } = heard(clinic());
      const element = await show(adapter, { formId: 'phq-9' });
      await answerNinth('Not at all');
      (await all('radio', 'Not at all')).at(-1)!.focus();
      for (let presses = 0; presses < 3; presses += 1) {
        await sendKeys({ press: 'ArrowDown' });
        await aTimeout(20);
      }
      expect(alerts).to.have.length(0);
      expect((await all('radio', 'Nearly every day')).at(-1)).to.have.property('checked', true);
      await sendKeys({ press: 'Tab' });
      await says('The care team has been told about your answer.');
      await find('link', 'Call 988');
      await press('button', 'Next');
      element.remove();
      await aTimeout(20);
      expect(alerts).to.have.length(1);
      expect(alerts[0]!.values![0]).to.have.nested.property('coding.display', 'Nearly every day');
    });

    it('is told when the whole page is left, right after an arrow key', async () => {
      const { adapter, alerts } = heard(clinic());
      await show(adapter, { formId: 'phq-9' });
      await answerNinth('Not at all');
      (await all('radio', 'Not at all')).at(-1)!.focus();
      await sendKeys({ press: 'ArrowDown' });
      await aTimeout(0);
      dispatchEvent(new Event('pagehide'));
      await aTimeout(20);
      expect(alerts).to.have.length(1);
    });

    it('is also told when the form is then abandoned', async () => {
      const adapter = clinic();
      const element = await show(slow(adapter, 30, ['raiseAlert']), { formId: 'phq-9' });
      await answerNinth('Several days');
      await says('We are telling the care team about your answer…');
      element.remove();
      await aTimeout(60);
      expect((await adapter.findAttention({ patientId: 'p-rosa' })).items.map(({ kind }) => kind)).to.include('alert');
    });

    it('is asked of the patient alone', async () => {
      const page = { patientId: 'p-samuel', representativeId: 'r-grace' };
      const element = await show(clinic(), { ...page, formId: '' });
      await find('button', /^About you and your visit/);
      silent(/PHQ-9/);
      element.formId = 'phq-9';
      await says('We cannot do this for you here. Please ask staff.');
    });

    it('shows no score', async () => {
      const element = await show(clinic(), { formId: 'phq-9' });
      await answerNinth('Not at all');
      for (const none of await all('radio', 'Not at all')) none.click();
      await press('button', 'Next');
      await press('button', 'Next');
      await find('heading', 'Look through your answers');
      silent(/score/i);
      await expect(element).to.be.accessible();
    });
  });

  describe('an emergency', () => {
    const danger = async () => {
      await press('checkbox', /^Pain, pressure or tightness in the chest/);
      await press('radio', 'No');
      await press('button', 'Next');
      await find('heading', 'Please get help now');
    };

    it('says to call 911, and nothing leads on from it', async () => {
      const element = await show(clinic(), { formId: 'triage-new-problem' });
      await danger();
      expect(await find('link', 'Call 911 now')).to.have.attribute('href', 'tel:911');
      expect(screen.queryAllByShadowRole('button')).to.have.length(0);
      await expect(element).to.be.accessible();
    });

    it('says in which language the form says it', async () => {
      const there = clinic();
      const getForm: ClinicAdapter['getForm'] = (query, options) =>
        there.getForm({ ...query, language: 'en' }, options);
      await show({ ...there, getForm }, { formId: 'triage-new-problem', lang: 'es' });
      await press('checkbox', /^Pain, pressure or tightness in the chest/);
      await press('radio', 'No');
      await press('button', 'Siguiente');
      expect(await says(/^Call 911 now. Do not wait/)).to.have.attribute('lang', 'en');
    });

    it('is kept in sight by no theme less, nor that it has not reached staff', async () => {
      const element = await show(down(clinic(), ['raiseAlert']), { formId: 'triage-new-problem', onSite: true });
      await danger();
      await find('alert', '');
      await stands(element, 'clinic-form', '.protected, .protected button', 3);
    });

    it('at the clinic says to tell staff, who are told as well', async () => {
      const { adapter, alerts } = heard(clinic());
      await show(adapter, { formId: 'triage-new-problem', onSite: true });
      await danger();
      await says('Tell a member of staff now.');
      await says('The care team has been told about your answer.');
      expect(alerts.map(({ reason }) => reason)).to.deep.equal(['emergency']);
    });
  });

  describe('when something fails', () => {
    it('sends the same answers under the same key again', async () => {
      const adapter = asking([NAME]);
      let isDown = true;
      const { keys, adapter: listening } = heard({
        ...adapter,
        submitForm: (input, options) => (isDown ? down(adapter) : adapter).submitForm(input, options),
      });
      const element = await show(listening);
      await type(await find('textbox', /^Your name/), 'Rosa');
      const failed = oneEvent<FailureEvent>(element, 'clinic-error');
      await press('button', 'Send');
      expect((await failed).code).to.equal('unavailable');
      await says('We could not make sure that it arrived. Trying again will not send it twice.');
      await says('Nothing that you entered is lost.');
      await expect(element).to.be.accessible();
      isDown = false;
      await press('button', 'Try again');
      await find('heading', /^Thank you/);
      expect(new Set(keys).size).to.equal(1);
    });

    it('never says that what waits on the device has been sent', async () => {
      const queue = async () => ({ id: 'r', status: 'queued' as const });
      await show({ ...asking([SMOKES]), submitForm: queue });
      await press('radio', 'No');
      await press('button', 'Send');
      await find('heading', 'Your answers are saved on this device');
      silent(/have been sent/);
    });

    it('shows the answers again where the form has changed meanwhile', async () => {
      const adapter = asking([NAME]);
      await show(refusing(adapter, 'conflict', ['submitForm']));
      await type(await find('textbox', /^Your name/), 'Rosa');
      await press('button', 'Send');
      await says(/^The clinic has changed this form in the meantime/);
      expect(await find('textbox', /^Your name/)).to.have.value('Rosa');
    });

    it('tells whom to call when nothing can be reached', async () => {
      await show(down(clinic()));
      await find('heading', 'That did not work');
      await says(/^You can also call the clinic/);
    });

    it('says so where there is no such form', async () => {
      await show(clinic(), { formId: 'gone' });
      await says('We could not find this any more. Please ask staff.');
    });

    it('says so where there is no adapter, and where nobody is signed in', async () => {
      const element = await show(undefined);
      await says('This page is not connected to the clinic yet.');
      element.adapter = clinic();
      element.patientId = '';
      await says('Please sign in to fill in a form.');
    });
  });

  describe('answers that were not sent', () => {
    it('are there after a reload, where the page has a place for them, until they are sent', async () => {
      const drafts = storage();
      const first = await show(asking([NAME]), { drafts });
      await type(await find('textbox', /^Your name/), 'Rosa');
      await aTimeout(20);
      first.remove();
      await show(asking([NAME]), { drafts });
      await says('We kept the answers that you gave before.');
      expect(await find('textbox', /^Your name/)).to.have.value('Rosa');
      await press('button', 'Send');
      await find('heading', /^Thank you/);
      expect(drafts).to.have.length(0);
    });

    it('are asked again on another day where safety hangs on them', async () => {
      const drafts = storage();
      const form = () => asking([NAME], { purpose: 'safety' });
      const first = await show(form(), { drafts });
      await type(await find('textbox', /^Your name/), 'Rosa');
      await aTimeout(20);
      first.remove();
      await show(form(), { drafts, now: () => '2026-03-03T00:30:00-05:00' });
      expect(await find('textbox', /^Your name/)).to.have.value('');
      expect(drafts).to.have.length(0);
    });

    it('are gone from the device on reset, also those of other forms, but no other patient’s', async () => {
      const drafts = storage();
      const other = `clinic-form ${encodeURIComponent('p-samuel')}  f `;
      drafts.setItem(other, '{}');
      drafts.setItem(`clinic-form ${encodeURIComponent('p-rosa')}  intake a1`, '{}');
      const element = await show(asking([NAME]), { drafts });
      await type(await find('textbox', /^Your name/), 'Rosa');
      await aTimeout(20);
      expect(drafts).to.have.length(3);
      await type(await find('textbox', /^Your name/), '!');
      element.reset();
      await aTimeout(50);
      expect([drafts.key(0), drafts.length]).to.deep.equal([other, 1]);
      expect(await find('textbox', /^Your name/)).to.have.value('');
      silent('We kept the answers that you gave before.');
    });

    it('can be thrown away, and the focus is not lost', async () => {
      const drafts = storage();
      const first = await show(asking([NAME]), { drafts });
      await type(await find('textbox', /^Your name/), 'Rosa');
      await aTimeout(20);
      first.remove();
      const element = await show(asking([NAME]), { drafts });
      await press('button', 'Start again with no answers');
      await element.updateComplete;
      expect(await find('textbox', /^Your name/)).to.have.value('');
      expect(element.shadowRoot!.activeElement === null, 'the focus is lost').to.equal(false);
    });

    it('are gone after a reload where it has none, as on a kiosk', async () => {
      const first = await show(asking([NAME]));
      await type(await find('textbox', /^Your name/), 'Rosa');
      await aTimeout(20);
      first.remove();
      await show(asking([NAME]));
      expect(await find('textbox', /^Your name/)).to.have.value('');
    });

    it('are forgotten on reset', async () => {
      const element = await show(asking(TWO_PAGES));
      await type(await find('textbox', /^Your name/), 'Rosa');
      await press('button', 'Next');
      await find('heading', 'Your habits');
      element.reset();
      expect(await find('textbox', /^Your name/)).to.have.value('');
    });

    it('are forgotten when another patient is there', async () => {
      const element = await show(asking([NAME]));
      await type(await find('textbox', /^Your name/), 'Rosa');
      element.patientId = 'p-samuel';
      await aTimeout(20);
      expect(await find('textbox', /^Your name/)).to.have.value('');
    });
  });

  describe('what the page is told', () => {
    const ownOf = (event: Event) => Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'isTrusted'));

    it('is identifiers, and facts about the clinic reach every element around it', async () => {
      const told: Event[] = [];
      const tell = (event: Event) => told.push(event);
      document.addEventListener('clinic-form-submitted', tell);
      await show(asking([NAME]));
      await type(await find('textbox', /^Your name/), 'Rosa');
      await press('button', 'Send');
      await find('heading', /^Thank you/);
      document.removeEventListener('clinic-form-submitted', tell);
      expect(told.map((event) => ownOf(event as FormSubmittedEvent))).to.deep.equal([
        { formId: 'f', responseId: 'response-1' },
      ]);
    });

    it('is every step, and what of the form cannot be used', async () => {
      const steps: string[] = [];
      const problems: object[] = [];
      const loop: FormItem[] = ['a', 'b'].map((linkId) => ({
        linkId,
        type: 'string',
        text: linkId,
        enableWhen: [{ question: linkId === 'a' ? 'b' : 'a', operator: 'exists', value: { boolean: true } }],
      }));
      const element = await show(undefined);
      element.addEventListener('clinic-step', (event) => steps.push(event.step));
      element.addEventListener('clinic-form-problem', (event) => problems.push(ownOf(event)));
      element.adapter = asking([...loop, SMOKES]);
      await press('button', 'Send');
      await find('heading', /^Thank you/);
      expect(steps).to.deep.equal(['opening', 'filling', 'sending', 'sent']);
      expect(problems).to.deep.equal([{ formId: 'f', reason: 'condition-loop', linkId: 'a' }]);
    });

    it('is each question whose list cannot be had, once', async () => {
      const problems: object[] = [];
      const list = (linkId: string, valueSet: string): FormItem => ({ linkId, type: 'choice', text: linkId, valueSet });
      const adapter = asking([list('a', 'urn:none'), list('b', 'urn:none'), list('c', 'urn:colors')]);
      const element = await show(undefined);
      element.addEventListener('clinic-form-problem', (event) => problems.push(ownOf(event)));
      element.adapter = adapter;
      for (const again of await all('button', 'Try the list again')) again.click();
      await aTimeout(50);
      expect(problems).to.deep.equal(['a', 'b'].map((linkId) => ({ formId: 'f', reason: 'value-set', linkId })));
    });
  });

  describe('languages', () => {
    it('are followed while the page is open', async () => {
      const element = await show(clinic(), { formId: 'intake' });
      await find('heading', 'How we reach you');
      element.lang = 'es';
      await find('heading', 'Cómo comunicarnos con usted');
      await find('button', 'Siguiente');
    });

    it('that it does not have are answered in English throughout, and marked so', async () => {
      await show(clinic(), { formId: '', lang: 'fr' });
      const heading = await find('heading', 'Forms to fill in');
      await screen.findAllByShadowText(/by March \d+, 2026$/);
      expect(heading.closest('[lang]')).to.have.attribute('lang', 'en');
    });
  });

  it('shows markup from the clinic as text, wherever it stands', async () => {
    const script = '<img src=x onerror=alert(1)>';
    const element = await show(
      asking(
        [
          { linkId: script, type: 'display', text: script },
          { linkId: 'a', type: 'string', prefix: script, text: script, help: script, entryFormat: script },
          { linkId: 'b', type: 'choice', text: script, options: options(script) },
        ],
        { title: script, description: script, approvedBy: script, copyright: script },
      ),
    );
    await find('heading', script);
    expect(element.shadowRoot!.querySelectorAll('img')).to.have.length(0);
  });

  it('finds a provider around it', async () => {
    await fixture(
      html` <clinic-provider .adapter=${clinic()}>
        <clinic-form .now=${now} patient-id="p-rosa" lang="en"></clinic-form>
      </clinic-provider>`,
    );
    await find('heading', 'Forms to fill in');
  });
});
