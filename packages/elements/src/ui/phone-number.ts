import { html, type TemplateResult } from 'lit';

/**
 * A sentence with the clinic's number in it, which does not break across lines. On the patient's own device a touch calls
 * it; at the clinic, where the screen may be a kiosk's, it is only to be read.
 */
export function withNumber(
  sentence: string,
  number: string | undefined,
  { onSite }: { readonly onSite: boolean },
): TemplateResult | string {
  const at = number ? sentence.indexOf(number) : -1;
  if (!number || at < 0) return sentence;
  // A number with words in it, such as an extension, cannot be dialled as it stands.
  const canCall = !onSite && /^[\d\s()+./-]+$/.test(number);
  return html`${sentence.slice(0, at)}${
    canCall
      ? html`<a class="number" dir="ltr" href="tel:${number.replace(/[^\d+]/g, '')}">${number}</a>`
      : html`<bdi class="number" dir="ltr">${number}</bdi>`
  }${sentence.slice(at + number.length)}`;
}
