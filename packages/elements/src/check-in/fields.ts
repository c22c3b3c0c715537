import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from './messages.ts';
import type { Entry, Field, Wrong } from './state.ts';

type Words = Readonly<Partial<Record<string, string>>>;
type DateEntry = Pick<Entry, 'year' | 'month' | 'day'>;

/** What is said at a field of what is wrong with it, if anything is. */
export const errorsOf =
  ({ missing, refused }: Wrong, text: Messages) =>
  (name: Field): string | undefined => {
    const reason = missing.some((one) => one === name) ? 'required' : refused?.[name];
    if (!reason) return undefined;
    const of: Words = text.missing;
    const why: Words = text.misfits;
    return (reason === 'required' ? of[name] : why[reason]) ?? text.refused;
  };

/** While the clinic looks, nothing is. */
export const NOTHING_WRONG: Wrong = { missing: [] };

/** The names of the months in a locale, January first. */
const monthsIn = (locale: string): readonly string[] =>
  Array.from({ length: 12 }, (_, index) =>
    new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, index, 15)),
  );

/** A date of birth: a month by name, a day and a year. No calendar to page back eighty years in. */
export function birthDate(
  entry: DateEntry,
  change: (entry: Partial<DateEntry>) => void,
  { text, locale, error, hint }: { text: Messages; locale: string; error?: string | undefined; hint?: string },
): TemplateResult {
  const described = [hint && 'birth-hint', error && 'birth-error'].filter(Boolean).join(' ') || nothing;
  const invalid = error ? 'true' : 'false';
  const part = (name: 'day' | 'year', size: number) => html`
    <label class=${name}>${text[name]}
      <input type="text" inputmode="numeric" autocomplete="off" spellcheck="false" maxlength=${size} id="birth-${name}"
        aria-describedby=${described} aria-invalid=${invalid} .value=${entry[name]}
        @input=${(event: Event) => change({ [name]: (event.target as HTMLInputElement).value })} />
    </label>`;
  return html`
    <fieldset class="field wide" aria-describedby=${described}>
      <legend>${text.birthDate}</legend>
      ${hint ? html`<p class="hint" id="birth-hint">${hint}</p>` : nothing}
      ${error ? html`<p class="error" id="birth-error">${error}</p>` : nothing}
      <div class="birth">
        <label class="month">${text.month}
          <select id="birth-month" autocomplete="off" aria-describedby=${described} aria-invalid=${invalid}
            @change=${(event: Event) => change({ month: (event.target as HTMLSelectElement).value })}>
            <option value="" .selected=${entry.month === ''}></option>
            ${monthsIn(locale).map(
              (name, index) =>
                html`<option value="${index + 1}" .selected=${entry.month === `${index + 1}`}>${name}</option>`,
            )}
          </select>
        </label>
        ${part('day', 2)} ${part('year', 4)}
      </div>
    </fieldset>`;
}
