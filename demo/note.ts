import { html, nothing, render } from 'lit';
import { linkTo } from './settings.ts';
import type { Text } from './text.ts';

type Kind = keyof Text['noted'];

/** What a widget tells: which appointment it was about, or which answers. */
type Noted = Event & { readonly appointmentId?: string; readonly responseId?: string };

/**
 * The portal's own record of what a widget has done, by reference: the event names the appointment and says nothing
 * of it. What is done several times in a row, as with the visits of a series, is noted together.
 */
export function noteOn(text: Text): (event: Noted) => void {
  return ({ type, currentTarget, appointmentId, responseId }) => {
    const kind = type.split('-').at(-1) as Kind;
    const place = (currentTarget as Element).querySelector<HTMLElement>('.note')!;
    const before = place.dataset['kind'] === kind ? [...place.querySelectorAll('.reference')] : [];
    const references = [...before.map(({ textContent }) => textContent), appointmentId ?? responseId ?? ''];
    place.dataset['kind'] = kind;
    show(place, text, kind, [...new Set(references)]);
  };
}

function show(place: HTMLElement, text: Text, kind: Kind, references: readonly (string | null)[]): void {
  const close = () => render(nothing, place);
  render(
    html`
      <p>
        ${text.noted[kind]} ${text.references(references.length)}
        ${references.map((reference) => html`<code class="reference">${reference}</code> `)}
      </p>
      <p class="ways">
        <a href=${linkTo('index.html')}>${text.toHome}</a>
        <button type="button" class="quiet" @click=${close}>${text.close}</button>
      </p>
    `,
    place,
  );
}
