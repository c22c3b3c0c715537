import { html, nothing, type TemplateResult } from 'lit';
import { focusRefused } from '../focus-refused.ts';
import { fieldRow, type FieldRow, focusWrong, selectRow } from '../pieces.ts';
import { lineField, linesOf } from './draft.ts';
import { LANGUAGES, SIGNED, SPOKEN } from './languages.ts';
import type { In } from './state.ts';
import { actsForOther, type ViewContext } from './views.ts';
import { bothNames } from './words.ts';

type Editing = In<'editing'>;

/** One detail, to be put right. It is filled in with what is known. */
export function editorView(state: Editing, context: ViewContext): TemplateResult {
  const { text, send } = context;
  const { known, draft, refused } = state;
  const save = (event: Event) => {
    event.preventDefault();
    send({ type: 'saved' });
    focusWrong(event.currentTarget as Element);
  };
  return html`
    ${actsForOther(context) ? html`<p>${text.forOther}</p>` : nothing}
    <form class="stack wide" novalidate autocomplete="off" @submit=${save}
      ${focusRefused(refused.some(({ name }) => name === draft.name))}>
      ${fieldsOf(state, context)}
      <div class="row">
        <button part="button primary">${text.save}</button>
        <button type="button" part="button" @click=${() => send({ type: 'went-back' })}>${text.cancel}</button>
        ${
          known[draft.name] === undefined || draft.name === 'needs' || draft.name === 'language'
            ? nothing
            : html`<button type="button" part="button" @click=${() => send({ type: 'removed' })}>${text.remove}</button>`
        }
      </div>
    </form>`;
}

function fieldsOf(state: Editing, context: ViewContext): TemplateResult {
  const { text } = context;
  switch (state.draft.name) {
    case 'address':
      return addressFields(state, context);
    case 'emergencyContact':
      return html`
        ${line('person', { label: text.fields.person, capitalize: 'words', most: 200 }, state, context)}
        ${line('relationship', { label: text.fields.relationship, hint: text.fields.relationshipHint, most: 100 }, state, context)}
        ${line('phone', { label: text.fields.contactPhone, mode: 'tel', most: 50 }, state, context)}`;
    case 'needs':
      return needFields(state, context);
    case 'language':
      return languageField('language', text.names.language, LANGUAGES, text.chooseLanguage, state, context);
    case 'phone':
      return line('phone', { label: text.names.phone, mode: 'tel', most: 50 }, state, context);
    case 'email':
      return line('email', { label: text.names.email, mode: 'email', most: 254 }, state, context);
    case 'preferredName':
      return line('preferredName', { label: text.names.preferredName, capitalize: 'words', most: 200 }, state, context);
  }
}

function line(
  field: string,
  look: Pick<FieldRow, 'label' | 'hint' | 'mode' | 'capitalize' | 'most'>,
  { draft, troubles }: Editing,
  { text, send }: ViewContext,
): TemplateResult {
  const trouble = troubles.find((one) => one.field === field);
  return fieldRow({
    ...look,
    id: `field-${field}`,
    value: draft.words[field] ?? '',
    write: (words) => send({ type: 'typed', words: { [field]: words } }),
    error: trouble && text.troubles[trouble.kind],
  });
}

function addressFields(state: Editing, context: ViewContext): TemplateResult {
  const { fields } = context.text;
  const row = (field: string, look: Parameters<typeof line>[1]) =>
    line(field, { capitalize: 'words', most: 100, ...look }, state, context);
  const more = Array.from({ length: linesOf(state.draft) - 1 }, (_, index) => lineField(index + 1));
  return html`
    ${row(lineField(0), { label: fields.street, most: 200 })}
    ${more.map((field) => row(field, { label: fields.line, hint: fields.lineHint, most: 200 }))}
    ${row('city', { label: fields.city })} ${row('state', { label: fields.state })}
    ${row('postalCode', { label: fields.postalCode, capitalize: 'characters', most: 20 })}
    ${row('country', { label: fields.country, hint: fields.countryHint })}`;
}

const needFields = (state: Editing, context: ViewContext): TemplateResult => html`
  ${interpreterField('spoken-interpreter', SPOKEN, state, context)}
  ${interpreterField('sign-interpreter', SIGNED, state, context)}
  ${checkField('transfer-equipment', state, context)} ${checkField('more-time', state, context)}`;

const interpreterField = (
  kind: 'spoken-interpreter' | 'sign-interpreter',
  tags: readonly string[],
  state: Editing,
  context: ViewContext,
) => languageField(kind, context.text.fields[kind], tags, context.text.noInterpreter, state, context);

/** A language that the clinic knows of a patient is in the list, however rare. */
function languageField(
  field: string,
  label: string,
  tags: readonly string[],
  none: string,
  { draft, known, troubles }: Editing,
  { text, send, locale }: ViewContext,
): TemplateResult {
  const value = draft.words[field] ?? '';
  const before = field === 'language' ? known.language : undefined;
  const all = [...new Set([...tags, ...[value, before ?? ''].filter(Boolean)])];
  const trouble = troubles.find((one) => one.field === field);
  return selectRow({
    id: `field-${field}`,
    label,
    value,
    none: field === 'language' && value ? undefined : none,
    options: all.map((tag) => ({ value: tag, label: bothNames(tag, { text, locale }) })),
    choose: (tag) => send({ type: 'typed', words: { [field]: tag } }),
    error: trouble && text.troubles[trouble.kind],
  });
}

function checkField(
  kind: 'transfer-equipment' | 'more-time',
  { draft }: Editing,
  { text, send }: ViewContext,
): TemplateResult {
  const toggle = (event: Event) =>
    send({ type: 'typed', words: { [kind]: (event.target as HTMLInputElement).checked ? 'yes' : '' } });
  return html`
    <label class="choice">
      <input type="checkbox" autocomplete="off" .checked=${Boolean(draft.words[kind])} @change=${toggle} />
      ${text.fields[kind]}
    </label>`;
}
