import type { AdapterImplementation } from '@clinic-widgets/core/adapter.js';
import { hasFlag, misfits } from '@clinic-widgets/core/answers.js';
import type { Acting } from '@clinic-widgets/core/common.js';
import type { Attention } from '@clinic-widgets/core/desk.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import type {
  AlertRequest,
  Form,
  FormItem,
  FormOption,
  FormQuery,
  FormResponse,
  OptionQuery,
  Submission,
  WaitingForm,
} from '@clinic-widgets/core/forms.js';
import { tell } from './attention.ts';
import { admit, appointmentOf, type Books, type OpenBooks, type StoredResponse } from './books.ts';
import { OTHERWISE, primary, wordsIn } from './languages.ts';
import { once } from './once.ts';
import { pageOfList } from './paging.ts';
import type { SeedForm } from './seed.ts';
import { isHidden, isKept, type Wanted, wantedOf } from './wanted-forms.ts';

/** The area of forms, answered from the books. */
export const forms = (open: OpenBooks) =>
  ({
    findForms: async (query) => waiting(open(), query),

    async getForm({ acting, formId, language }) {
      const books = open();
      admit(books, acting);
      return inLanguage(formFor(books, acting, formId), language);
    },

    findOptions: async (query) => options(open(), query),
    submitForm: once((submission: Submission) => submit(open(), submission)),
    getResponse: async ({ acting, responseId }) => responseOf(open(), acting, responseId),
    raiseAlert: once((request: AlertRequest) => alert(open(), request)),
  }) satisfies AdapterImplementation;

/** A form of the seed never changes. */
const VERSION = '1';

function waiting(books: Books, { acting, appointmentId, language, ...query }: FormQuery) {
  admit(books, acting);
  const wanted = wantedOf(books, acting.patientId).filter(
    (one) => (appointmentId === undefined || one.visit?.id === appointmentId) && !isKept(books, one, acting),
  );
  const key = ({ form, visit, due = '9999-12-31' }: Wanted) => [due, visit?.id ?? '', form.id];
  return pageOfList(wanted, query, key, ({ form, visit, due }): WaitingForm => {
    const { id, version, title, purpose, patientOnly } = inLanguage(form, language);
    return { id, version, title, purpose, patientOnly, appointmentId: visit?.id, due };
  });
}

function inLanguage({ words }: SeedForm, wanted?: string): Form {
  const found = wordsIn(words, wanted);
  return { ...found.words, version: VERSION, language: found.language };
}

function formOf({ seed }: Books, formId: string): SeedForm {
  const form = seed.forms.find(({ id }) => id === formId);
  if (!form) throw new ClinicError('not-found', 'There is no such form.');
  return form;
}

function formFor(books: Books, acting: Acting, formId: string): SeedForm {
  const form = formOf(books, formId);
  if (isHidden(form, acting)) throw new ClinicError('forbidden', 'The form is the patient’s alone.');
  return form;
}

function options(books: Books, { formId, valueSet, filter = '', language = OTHERWISE, ...query }: OptionQuery) {
  const { items } = inLanguage(formOf(books, formId));
  const byLanguage = books.seed.optionSets[valueSet];
  if (!byLanguage || !names(items, valueSet)) throw new ClinicError('not-found', 'The form has no such value set.');

  const all = byLanguage[primary(language)] ?? byLanguage[OTHERWISE] ?? [];
  const wanted = plain(filter.trim());
  const found = all
    .map((option, index) => ({ option, index }))
    .filter(({ option }) => plain(labelOf(option)).includes(wanted));
  return pageOfList(
    found,
    query,
    ({ index }) => [index],
    ({ option }) => option,
  );
}

const names = (items: readonly FormItem[], valueSet: string): boolean =>
  items.some((item) => item.valueSet === valueSet || names(item.items ?? [], valueSet));

/** As someone types who leaves capitals and accents out. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function labelOf({ value }: FormOption): string {
  if ('coding' in value) return value.coding.display ?? value.coding.code ?? '';
  return String(Object.values(value)[0]);
}

function submit(books: Books, { acting, ...given }: Submission): { id: string; status: 'accepted' } {
  const { patientId } = acting;
  admit(books, acting);
  const form = inLanguage(formFor(books, acting, given.form.id));
  if (given.form.version !== form.version) throw new ClinicError('conflict', 'The form has changed.');
  if (given.appointmentId !== undefined) appointmentOf(books, patientId, given.appointmentId);
  const wrong = misfits(form, given.items);
  if (wrong.length > 0) throw new ClinicError('invalid', 'The answers do not fit the form.', { misfits: wrong });

  const id = `response-${books.responses.size + 1}`;
  books.responses.set(id, { patientId, response: { id, ...given } });
  tell(books, {
    kind: 'review',
    priority: priorityOf(form, given),
    patientId,
    formId: form.id,
    responseId: id,
    appointmentId: given.appointmentId,
  });
  return { id, status: 'accepted' };
}

function priorityOf(form: Form, { items, outcome }: Pick<Submission, 'items' | 'outcome'>): Attention['priority'] {
  if (outcome === 'emergency') return 'stat';
  const presses = outcome !== undefined && outcome !== 'booking';
  return presses || hasFlag(form, items) ? 'urgent' : 'routine';
}

/** Whatever else may be wrong with an alert, it is passed on: someone may be in danger. */
function alert(books: Books, { acting, form, appointmentId, linkId }: AlertRequest): { id: string } {
  const { patientId } = acting;
  admit(books, acting);
  return tell(books, { kind: 'alert', priority: 'stat', patientId, formId: form.id, appointmentId, linkId });
}

function responseOf(books: Books, acting: Acting, responseId: string): FormResponse {
  admit(books, acting);
  const stored: StoredResponse | undefined = books.responses.get(responseId);
  if (stored?.patientId !== acting.patientId) throw new ClinicError('not-found', 'There is no such response.');
  formFor(books, acting, stored.response.form.id);
  return stored.response;
}
