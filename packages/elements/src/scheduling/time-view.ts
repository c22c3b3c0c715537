import type { Mode, Slot } from '@clinic-widgets/core';
import { newKey } from '@clinic-widgets/core/key.js';
import { partOfDay, timeOf } from '@clinic-widgets/core/time.js';
import { html, nothing, type TemplateResult } from 'lit';
import { foreignZone, fullDay, timeOfDay } from '../ui/format.ts';
import { worded } from '../ui/worded.ts';
import { calendar } from './calendar.ts';
import type { In } from './state.ts';
import type { MoreViews, ViewContext } from './view-context.ts';

const wall = ({ start, timeZone }: Slot) => timeOf(start, timeZone);

const PARTS = ['morning', 'afternoon', 'evening'] as const;

/** The month, the times of a day, and what narrows them. */
export function times(state: In<'time'>, context: ViewContext): TemplateResult {
  const { send, text, locale, more } = context;
  const { visitType, order, nextFree, day, visitTypes, moving, clinic, active } = state;
  const asksNeeds = clinic.supports.includes('findUnmetNeeds') && !moving;
  const offersWaitlist = clinic.supports.includes('joinWaitlist') && !moving;
  return html`
    <p class="wide"><strong>${worded((order ?? visitType).name, order ?? visitType)}</strong></p>
    ${more?.notices(state, context) ?? nothing}
    ${modes()}
    ${asksNeeds ? panel(text.needsTitle, state.needs.length > 0, more?.needs) : nothing}
    ${more?.unmetNotice(state.unmet ?? [], clinic.phone, context) ?? nothing}
    ${panel(text.narrow, false, state.practitioners && more?.filters)}
    <div class="sides wide">
      ${calendar(state, context)}
      <div class="stack">
        ${nextFree === '' ? html`<p>${text.callUs(clinic.phone)}</p>` : nothing}
        ${
          // One button, which comes to name the day in an empty month: nothing may move from under the finger.
          nextFree || (nextFree === undefined && !day)
            ? html`
          <button part="button" @click=${() => send({ type: 'asked-first' })}>
            ${nextFree ? text.nextFree(fullDay(nextFree, locale, active.slice(0, 4))) : text.first}
          </button>`
            : nothing
        }
        ${day ? timesOf(day) : nothing}
      </div>
    </div>
    <div class="row">
      ${
        visitTypes.length > 1 || moving
          ? html`
        <button part="button" @click=${() => send({ type: 'went-back' })}>
          ${moving ? text.keepTime : text.changeVisit}
        </button>`
          : nothing
      }
      ${
        offersWaitlist
          ? html`
        <button part="button" @click=${() => send({ type: 'asked-waitlist' })}>${text.noneSuits}</button>`
          : nothing
      }
    </div>`;

  function panel(title: string, open: boolean, fields: MoreViews['needs'] | undefined): TemplateResult {
    const toggle = (event: Event) => (event.target as HTMLDetailsElement).open && send({ type: 'narrowed' });
    return html`
      <details class="wide" ?open=${open} @toggle=${toggle}>
        <summary>${title}</summary>
        ${fields ? fields(state, context) : html`<p>${text.loading}</p>`}
      </details>`;
  }

  function modes(): TemplateResult | typeof nothing {
    if (visitType.modes.length < 2 || moving) return nothing;
    const choose = (mode: Mode) => () => send({ type: 'changed-filter', filter: { mode } });
    return html`
      <fieldset>
        <legend>${text.how}</legend>
        ${visitType.modes.map(
          (mode) => html`
          <label class="choice">
            <input type="radio" name="mode" autocomplete="off" .checked=${mode === state.filter.mode} @change=${choose(mode)} />
            ${text.modes[mode]}
          </label>`,
        )}
      </fieldset>`;
  }

  function timesOf(day: string): TemplateResult {
    const { slots: found, cursor, more: asked } = state;
    // Where places have clocks of their own, the day is read by the clock on the wall.
    const slots = (found ?? []).slice().sort((a, b) => wall(a).localeCompare(wall(b)));
    const several = new Set(slots.map(({ practitioner, location }) => `${practitioner?.id} ${location?.id}`)).size > 1;
    const groups = PARTS.map((part) => ({ part, of: slots.filter((s) => partOfDay(s.start, s.timeZone) === part) }));
    // The clinic's zone is named where the reader's clock shows another time: once, or at each time where places differ.
    const zones = new Set(slots.map((slot) => foreignZone(slot, locale)));
    const [zone] = zones.size === 1 ? zones : [''];
    const facts = (slot: Slot) => [
      !zone && foreignZone(slot, locale),
      several && slot.practitioner?.name,
      several && slot.location?.name,
    ];
    return html`
      <h3 part="heading" data-focus="times" tabindex="-1">${text.timesOn(fullDay(day, locale, day.slice(0, 4)))}</h3>
      ${slots.length === 0 ? html`<p>${found ? text.noneLeft : text.looking}</p>` : nothing}
      ${zone ? html`<p part="zone" class="hint">${text.zone(zone)}</p>` : nothing}
      ${groups.map(({ part, of }) =>
        of.length === 0
          ? nothing
          : html`
        <h4 id=${part}>${text.parts[part]}</h4>
        <ul part="slots" class="slots wide" aria-labelledby=${part}>
          ${of.map((slot) => html`<li>${slotButton(slot, facts(slot), context)}</li>`)}
        </ul>`,
      )}
      ${
        cursor
          ? html`
        <button part="button" aria-disabled=${asked ? 'true' : 'false'} @click=${() => send({ type: 'asked-more' })}>
          ${text.more}
        </button>`
          : nothing
      }`;
  }
}

/** One free time, with what tells it from its neighbours. */
export function slotButton(
  slot: Slot,
  facts: readonly (string | false | undefined)[],
  { send, locale }: ViewContext,
): TemplateResult {
  const hint = facts.filter(Boolean).join(' · ');
  return html`
    <button part="slot" class="slot" @click=${() => send({ type: 'chose-slot', slot, key: newKey() })}>
      ${timeOfDay(slot.start, locale, slot.timeZone)} ${hint ? html`<bdi class="hint">${hint}</bdi>` : nothing}
    </button>`;
}
