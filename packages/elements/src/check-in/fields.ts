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

/** A date of birth: a month, a day and a year. No calendar to page back eighty years in, no list to scroll. */
export function birthDate(
  entry: DateEntry,
  change: (entry: Partial<DateEntry>) => void,
  { text, error, hint = '' }: { text: Messages; error?: string | undefined; hint?: string },
): TemplateResult {
  const described = error ? 'birth-hint birth-error' : 'birth-hint';
  const part = (name: keyof DateEntry, size: number) => html`
    <label class=${name}>${text[name]}
      <input type="text" inputmode="numeric" autocomplete="off" spellcheck="false" maxlength=${size} id="birth-${name}"
        aria-describedby=${described} aria-invalid=${error ? 'true' : 'false'} .value=${entry[name]}
        @input=${(event: Event) => change({ [name]: (event.target as HTMLInputElement).value })} />
    </label>`;
  return html`
    <fieldset class="field wide" aria-describedby=${described}>
      <legend>${text.birthDate}</legend>
      <p class="hint" id="birth-hint">${text.birthExample} ${hint}</p>
      ${error ? html`<p class="error" id="birth-error">${error}</p>` : nothing}
      <div class="birth">${part('month', 20)} ${part('day', 2)} ${part('year', 4)}</div>
    </fieldset>`;
}
