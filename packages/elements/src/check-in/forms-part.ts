import type { WaitingForm } from '@clinic-widgets/core';
import type { ClinicError } from '@clinic-widgets/core/errors.js';
import { css, html } from 'lit';
import { styles as formStyles } from '../forms/styles.ts';
import type { Action as FormAction } from '../forms/action.ts';
import { isTelling } from '../forms/filling.ts';
import { formFlow, isUnheard, spokenIn } from '../forms/flow.ts';
import { type Messages as FormMessages, messages as english } from '../forms/messages.ts';
import type { State as FormState } from '../forms/state.ts';
import type { ViewContext } from '../forms/view-context.ts';
import { announcement, heading, headingLanguage, view } from '../forms/views.ts';
import { allPages } from '../ui/all-pages.ts';
import type { FlowAction, Work } from '../ui/flow.ts';
import { waiting } from '../ui/waiting.ts';
import type { Part, PartContext } from './part.ts';
import { failedView } from './pieces.ts';
import type { Session } from './session.ts';
import { within } from './within.ts';

/** The forms of a visit, one after the other. */
export interface State {
  /** Those that are still to come, the present one first; not known at first. */
  readonly forms: readonly WaitingForm[] | undefined;
  readonly form: FormState | undefined;
  readonly error?: ClinicError;
}

export type Action =
  | { readonly type: 'found-forms'; readonly forms: readonly WaitingForm[] }
  | { readonly type: 'of-form'; readonly action: FormAction | FlowAction }
  | { readonly type: 'went-on' }
  | { readonly type: 'retried' };

const languages: Readonly<Record<string, () => Promise<FormMessages>>> = {
  es: async () => (await import('../forms/messages.es.ts')).messages,
};

const isSafety = ({ purpose }: WaitingForm): boolean => purpose === 'safety' || purpose === 'triage';

/** Opens the first of the forms. */
function next(forms: readonly WaitingForm[], { host, acting, clinic, visit }: Session): State {
  const [first] = forms;
  if (!first) return { forms, form: undefined };
  const appointmentId = visit.appointment.id;
  return {
    forms,
    form: {
      step: 'opening',
      host: {
        acting,
        formId: first.id,
        appointmentId,
        language: host.language,
        paging: 'group',
        onSite: host.station.kind === 'kiosk',
      },
      clinic,
      formId: first.id,
      appointmentId,
    },
  };
}

/** Makes the part that asks the forms of a visit: those about safety by themselves, before all else, or the others. */
export async function load(language: string, name: 'screening' | 'forms' = 'forms'): Promise<Part<State, Action>> {
  const [more, words] = await Promise.all([
    import('../forms/more-views.ts'),
    languages[language.split('-')[0]!.toLowerCase()]?.(),
  ]);
  const text = { ...english, ...more.moreMessages, ...words } as FormMessages;
  const flow = formFlow({ now: () => new Date().toISOString() });

  const contextOf = ({ send, session, locale, now }: PartContext<Action>): ViewContext => ({
    send: (action) => send({ type: 'of-form', action }),
    text,
    locale,
    timeZone: session.clinic.timeZone,
    phone: session.clinic.phone,
    now,
    more: more,
  });

  return {
    name,
    styles: css`${formStyles}${more.moreStyles}`,
    begin: () => ({ forms: undefined, form: undefined }),

    transition(state, action, session) {
      switch (action.type) {
        case 'found-forms':
          return next(
            action.forms.filter((form) => isSafety(form) === (name === 'screening') || name === 'forms'),
            session,
          );
        case 'of-form':
          return state.form ? { ...state, form: flow.transition(state.form, action.action) } : state;
        case 'went-on':
          return next(state.forms?.slice(1) ?? [], session);
        case 'retried':
          return { forms: undefined, form: undefined };
        case 'failed':
          if (!state.form) return { ...state, error: action.error };
          return { ...state, form: flow.transition(state.form, action) };
        case 'left':
          return state.form ? { ...state, form: flow.transition(state.form, action) } : state;
      }
    },

    work(state, session) {
      if (state.form) return within(flow.work(state.form), (action) => ({ type: 'of-form', action }));
      if (state.error) return waiting(state.error);
      return state.forms ? [] : [findForms(session)];
    },

    page({ forms, form, error }) {
      if (!form || !forms) return error ? 'failed' : '';
      return [forms[0]?.id, form.step, 'filling' in form ? form.filling.page : ''].join(' ');
    },
    end: ({ forms }) => (forms?.length === 0 ? 'done' : undefined),
    // No button takes an emergency back, and whether staff were told of an answer is shown where it was given.
    holds: ({ form }) =>
      form !== undefined &&
      (['sending', 'sent', 'emergency'].includes(form.step) || ('filling' in form && isTelling(form.filling))),
    isUnheard: ({ form }) => form !== undefined && isUnheard(form),
    resume: (state, { host }) => (state.form ? { ...state, form: spokenIn(host.language, state.form) } : state),

    heading({ form, error }, context) {
      if (error) return text.failed;
      return form ? heading(form, contextOf(context)) : '';
    },
    headingLanguage: ({ form }, context) => (form ? headingLanguage(form, context) : context.locale),
    status: ({ form, error }, context) => {
      if (error) return '';
      return form ? announcement(form, contextOf(context)) : text.opening;
    },

    view({ form, error }, context) {
      if (error) {
        const { session, send } = context;
        return failedView(error, { text, session, retry: () => send({ type: 'retried' }) });
      }
      if (!form) return html``;
      return html`
        ${view(form, contextOf(context))}
        ${
          form.step === 'sent'
            ? html`<button part="button primary" @click=${() => context.send({ type: 'went-on' })}>${text.next}</button>`
            : ''
        }`;
    },
  };
}

const findForms = ({ host, acting, visit }: Session): Work<State, Action> => ({
  key: 'find forms',
  async run(adapter, signal) {
    const query = { acting, appointmentId: visit.appointment.id, language: host.language };
    return {
      type: 'found-forms',
      forms: await allPages((page) => adapter.findForms({ ...query, ...page }, { signal })),
    };
  },
});
