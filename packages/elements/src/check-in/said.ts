import { html, nothing, type TemplateResult } from 'lit';
import { withNumber } from '../ui/phone-number.ts';
import { type Base, isOnSite } from './state.ts';

/** Words of the clinic's own, with the languages that it has them in. */
interface Said {
  readonly language?: string | undefined;
  readonly translations?: readonly { readonly language: string }[] | undefined;
}

const primary = (tag = ''): string => tag.split('-')[0]!.toLowerCase();

/** What a clinic says, in the reader's language where the clinic has it in that. */
export function saidIn<S extends Said>(locale: string, said: S): S {
  const inLocale = said.translations?.find(({ language }) => primary(language) === primary(locale));
  return primary(said.language) === primary(locale) || !inLocale ? said : { ...said, ...inLocale };
}

/** The language that words are in; where the clinic does not say, the reader's. */
export const langOf = ({ language }: Said, locale: string): string => language ?? locale;

/** A sentence of ours with the clinic's words about where to go in it, each in its own language. */
export function goingTo(
  say: (place: string) => string,
  help: Said & { readonly goTo: string },
  locale: string,
): TemplateResult {
  const said = saidIn(locale, help);
  // A sign that no sentence has stands for the place until the sentence is there.
  const [before, after] = say('\0').split('\0');
  return html`${before}<bdi lang=${langOf(said, locale)}>${said.goTo}</bdi>${after}`;
}

/** Where somebody is, and whom they may call. */
export interface Caller extends Pick<Base, 'host'> {
  readonly clinic: { readonly phone?: string | undefined } | undefined;
}

/** A sentence of ours with the clinic's number in it. A phone can call it, also from the lobby. */
export const withPhone = (
  say: (phone: string | undefined) => string,
  { host, clinic }: Caller,
): TemplateResult | string => withNumber(say(clinic?.phone), clinic?.phone, { onSite: host.station.kind !== 'phone' });

/** The same as a line of its own, for somebody who need not be at the clinic: the desk may be far away. */
export const callLine = (
  say: (phone: string | undefined) => string,
  caller: Caller,
): TemplateResult | typeof nothing => (isOnSite(caller) ? nothing : html`<p>${withPhone(say, caller)}</p>`);
