import type { Need, PartOfDay, Slot, UnmetNeed } from '@clinic-widgets/core';
import { dayOf } from '@clinic-widgets/core/time.js';
import { html, nothing, type TemplateResult } from 'lit';
import { foreignZone, fullDay, languageName } from '../ui/format.ts';
import { summary } from './pieces.ts';
import { slotButton } from './time-view.ts';
import type { ViewContext } from './view-context.ts';
import type { In, Known, Person } from './state.ts';

const PARTS = ['morning', 'afternoon', 'evening'] as const;

/** Who, where and at which time of day; asked for only by those who care. */
export function filters({ filter, practitioners, locations }: In<'time'>, { send, text }: ViewContext): TemplateResult {
  const { practitionerId = '', locationId = '', partOfDay: part = '' } = filter;
  return html`
    <div class="fields">
      ${select(text.practitioner, practitionerId, practitioners, (id) => ({ practitionerId: id }))}
      ${select(text.location, locationId, locations, (id) => ({ locationId: id }))}
      ${select(
        text.partOfDay,
        part,
        PARTS.map((id) => ({ id, name: text.parts[id] })),
        (id) => ({
          partOfDay: id as PartOfDay | undefined,
        }),
      )}
    </div>`;

  function select(
    label: string,
    value: string,
    options: readonly { readonly id: string; readonly name: string }[] = [],
    filterOf: (id: string | undefined) => In<'time'>['filter'],
  ): TemplateResult {
    const change = (event: Event) => {
      send({ type: 'changed-filter', filter: filterOf((event.target as HTMLSelectElement).value || undefined) });
    };
    return html`
      <label>${label}
        <select autocomplete="off" @change=${change}>
          <option value="" .selected=${!value}>${text.any}</option>
          ${options.map(({ id, name }) => html`<option value=${id} .selected=${id === value}>${name}</option>`)}
        </select>
      </label>`;
  }
}

/** Which needs cannot be met, or not for certain, and whom to ask. */
export function unmetNotice(
  unmet: readonly UnmetNeed[],
  phone: string | undefined,
  { text, locale }: ViewContext,
): TemplateResult | typeof nothing {
  if (unmet.length === 0) return nothing;
  const name = (need: Need) =>
    'language' in need
      ? text.interpreter(languageName(need.language, locale, text.signLanguages))
      : text.needs[need.kind];
  return html`
    <div part="notice" class="stack wide" role="alert">
      ${unmet.map(
        ({ need, answer }) => html`
        <p>${answer === 'cannot' ? text.cannotMeet(name(need)) : text.maybeMeet(name(need))}</p>`,
      )}
      <p>${text.askUs(phone)}</p>
    </div>`;
}

/** What to know before a time is chosen: what the questions came to, and that someone else was faster. */
export const notices = (state: In<'time'>, context: ViewContext): TemplateResult => html`
  ${state.advice?.words.map((words) => html`<p part="notice" class="prose">${words}</p>`)}
  ${state.lost ? html`<p part="notice" role="alert">${context.text.taken}</p>${nearestTimes(state, context)}` : nothing}`;

/** The free times nearest to the one that someone else took. */
function nearestTimes({ nearest = [] }: In<'time'>, context: ViewContext): TemplateResult | typeof nothing {
  const { text, locale } = context;
  const facts = (slot: Slot) => [
    fullDay(dayOf(slot.start, slot.timeZone), locale),
    foreignZone(slot, locale),
    slot.practitioner?.name,
    slot.location?.name,
  ];
  if (nearest.length === 0) return nothing;
  return html`
    <ul part="slots" class="slots wide" aria-label=${text.nearest}>
      ${nearest.map((slot) => html`<li>${slotButton(slot, facts(slot), context)}</li>`)}
    </ul>`;
}

/** What cannot be met at a time, said before it is held: the patient goes on with it, or chooses another. */
export function unmetHere(state: In<'details' | 'booking'>, context: ViewContext): TemplateResult {
  const { send, text } = context;
  const { slot, filter, visitType, clinic, unmetHere: unmet } = state;
  return html`
    ${summary({ ...slot, mode: filter.mode, visitType }, state, context)}
    ${unmetNotice(unmet ?? [], clinic.phone, context)}
    <div class="row">
      ${
        unmet
          ? html`
        <button part="button primary" @click=${() => send({ type: 'accepted' })}>${text.goOn}</button>`
          : nothing
      }
      <button part="button" @click=${() => send({ type: 'went-back' })}>${text.otherTime}</button>
    </div>`;
}

/** For whom, where the reader acts for more than one. */
export function people({ host, person }: Known, { send, text }: ViewContext): TemplateResult | typeof nothing {
  if (host.people.length < 2) return nothing;
  const choose = (each: Person) => () => send({ type: 'chose-person', person: each });
  return html`
    <fieldset>
      <legend>${text.whoFor}</legend>
      ${host.people.map(
        (each) => html`
        <label class="choice">
          <input type="radio" name="person" autocomplete="off" .checked=${each === person} @change=${choose(each)} /> ${each.name}
        </label>`,
      )}
    </fieldset>`;
}

/** Languages that interpreters are asked for most, spoken (ISO 639-1) and signed (ISO 639-3). */
const SPOKEN = ['es', 'zh', 'vi', 'ar', 'tl', 'ko', 'ru', 'fr', 'ht', 'pt', 'hi', 'fa', 'uk', 'pl', 'so', 'am'];
const SIGNED = ['ase', 'fsl', 'mfs', 'bfi'];

/** What the visit needs: asked once, kept, and answered before a time is held. */
export function needs({ needs: wanted }: In<'time'>, { send, text, locale }: ViewContext): TemplateResult {
  const find = (kind: Need['kind']) => wanted.find((need) => need.kind === kind);
  const change = (kind: Need['kind'], need: Need | undefined) =>
    send({ type: 'changed-needs', needs: [...wanted.filter((each) => each.kind !== kind), ...(need ? [need] : [])] });
  return html`
    <div class="fields">
      ${language('spoken-interpreter', SPOKEN)} ${language('sign-interpreter', SIGNED)}
      ${check('transfer-equipment')} ${check('more-time')}
    </div>`;

  function check(kind: 'transfer-equipment' | 'more-time'): TemplateResult {
    const toggle = (event: Event) => change(kind, (event.target as HTMLInputElement).checked ? { kind } : undefined);
    return html`
      <label class="choice"><input type="checkbox" autocomplete="off" .checked=${Boolean(find(kind))} @change=${toggle} /> ${text.needs[kind]}</label>`;
  }

  function language(kind: 'spoken-interpreter' | 'sign-interpreter', tags: readonly string[]): TemplateResult {
    const need = find(kind);
    const value = need && 'language' in need ? need.language : '';
    const choose = (event: Event) => {
      const tag = (event.target as HTMLSelectElement).value;
      change(kind, tag ? { kind, language: tag } : undefined);
    };
    return html`
      <label>${text.needs[kind]}
        <select autocomplete="off" @change=${choose}>
          <option value="" .selected=${!value}>${text.no}</option>
          ${tags.map((tag) => html`<option value=${tag} .selected=${tag === value}>${languageName(tag, locale, text.signLanguages)}</option>`)}
        </select>
      </label>`;
  }
}
