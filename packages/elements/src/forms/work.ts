import type { Acting, ClinicAdapter } from '@clinic-widgets/core';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { newKey } from '@clinic-widgets/core/key.js';
import { allPages } from '../ui/all-pages.ts';
import { waiting } from '../ui/waiting.ts';
import { wait, type Work as WorkOf } from '../ui/flow.ts';
import type { Action } from './action.ts';
import type { Drafts } from './drafts.ts';
import type { Evaluate } from './evaluation.ts';
import { type Filling, type FillingAction, needsWorkingOut, searchOf, shownNodes } from './filling.ts';
import { fillingOf, type In, type Open, type State, type Step } from './state.ts';
import { asAsked } from './tree.ts';

type Work = WorkOf<State, Action>;

/** What a flow is given from outside. */
export interface Outside {
  /** Tells the time, as an instant. */
  readonly now: () => string;
  /** Where answers are kept that were not handed in yet. */
  readonly drafts?: () => Promise<Drafts> | undefined;
  /** Works out expressions; left out, in a worker that is fetched when a form has one. */
  readonly evaluate?: Evaluate;
}

/** In milliseconds. */
const ONE_FRAME = 17;
/** As long as a slow device takes to show a form for the first time. */
const FIRST_PAGE = 100;
/** How long an answer must stay that may only be passed on the way to another one. */
const STAYS = 3000;
const MOST_OPTIONS = 200;
const MOST_FOUND = 20;
/** What the state calls for. */
export function workOf(state: State, outside: Outside): readonly Work[] {
  switch (state.step) {
    case 'starting':
      return state.host.acting.patientId ? [describe] : [];
    case 'forms':
      return state.forms ? [] : [findForms(state)];
    case 'opening':
      return [...tellWork(state), open(state, outside)];
    case 'filling':
    case 'review':
      return [...fillingWork(state, outside), ...save(state, outside)];
    case 'emergency':
      return [...fillingWork(state, outside), ...(state.recorded ? [] : [record(state, outside)])];
    case 'sending':
      return [...fillingWork(state, outside), send(state, outside)];
    case 'sent':
      return tellWork(state);
    case 'failed':
      return [
        ...('filling' in state.from ? fillingWork(state.from, outside) : tellWork(state.from)),
        ...waiting(state.error),
      ];
  }
}

/** What is still to be told to staff once nothing more is filled in, or not yet again. */
function tellWork(step: Step): readonly Work[] {
  const filling = fillingOf(step);
  return filling ? alertWork(filling, step.host.acting) : [];
}

const describe: Work = {
  key: 'describe',
  async run(adapter, signal) {
    return { type: 'started', clinic: await adapter.describeClinic({}, { signal }) };
  },
};

const findForms = ({ host }: In<'forms'>): Work => ({
  key: 'forms',
  async run(adapter, signal) {
    const { acting, appointmentId, language } = host;
    const query = { acting, language, ...(appointmentId && { appointmentId }) };
    return {
      type: 'found-forms',
      forms: await allPages((page) => adapter.findForms({ ...query, ...page }, { signal })),
    };
  },
});

const open = ({ host, clinic, formId, appointmentId, answers, was }: In<'opening'>, { drafts }: Outside): Work => ({
  key: `open ${formId} ${host.language}`,
  async run(adapter, signal) {
    const { acting } = host;
    const about = { acting, formId, ...(appointmentId && { appointmentId }) };
    const formIn = (language: string) => adapter.getForm({ ...about, language }, { signal });
    const form = asAsked(await formIn(host.language));
    // What somebody's safety hangs on is asked anew each day.
    const zone = form.purpose === 'safety' ? clinic.timeZone : undefined;
    const kept = answers || was ? undefined : (await drafts?.())?.read({ acting, formId, appointmentId }, zone);
    const opened = { type: 'opened', form, key: newKey() } as const;
    if (!answers && !kept && !was) return opened;
    const { filledIn, retold, written } = await import('./response.ts').catch(notFetched);
    const given = answers ?? kept?.items ?? written(was!.nodes).items;
    const asked = kept && kept.language !== host.language ? await formIn(kept.language) : was?.form;
    return { ...opened, nodes: filledIn(form, asked && !answers ? retold(given, asked, form) : given) };
  },
});

/** What filling in a form calls for, whichever widget it is part of. */
export function fillingWork(
  {
    filling,
    host,
  }: { readonly filling: Filling; readonly host: { readonly acting: Acting; readonly language: string } },
  { evaluate }: Pick<Outside, 'evaluate'>,
): readonly WorkOf<unknown, FillingAction>[] & readonly Work[] {
  const works: (WorkOf<unknown, FillingAction> & Work)[] = [...alertWork(filling, host.acting)];
  if (filling.passing !== undefined) works.push(stay(filling));
  if (needsWorkingOut(filling)) works.push(workOut(filling, evaluate));
  for (const [place, file] of Object.entries(filling.files)) works.push(readFile(place, file));
  for (const node of shownNodes(filling)) {
    const search = searchOf(filling, node);
    const found = search && filling.found.get(search.search);
    if (search && (!found || found === 'again')) works.push(findOptions(filling, search, host.language));
  }
  return works;
}

const alertWork = ({ form, alerts }: Pick<Filling, 'form' | 'alerts'>, acting: Acting) =>
  alerts
    .filter(({ state }) => state === 'sending')
    .map(({ key, reason, linkId, values }) => ({
      key: `alert ${key}`,
      write: true,
      async run(adapter: ClinicAdapter, signal: AbortSignal): Promise<FillingAction> {
        const { id, version } = form;
        const about = { acting, reason, form: { id, version }, linkId, values: [...values] };
        await adapter.raiseAlert(about, { signal, idempotencyKey: key });
        return { type: 'alerted', key };
      },
    }));

const stay = ({ passing, changes }: Filling) => ({
  key: `stay ${passing} ${changes}`,
  async run(_: ClinicAdapter, signal: AbortSignal): Promise<FillingAction> {
    await Promise.race([wait(STAYS, signal), pageLeft(signal)]);
    return { type: 'stayed' };
  },
});

/** Resolves when the whole page is left, and as soon as it is about to be: its clocks stop then. */
const pageLeft = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => {
    if (!('addEventListener' in globalThis)) return;
    for (const leaving of ['beforeunload', 'pagehide']) addEventListener(leaving, resolve, { signal });
  });

const workOut = (filling: Filling, evaluate: Evaluate | undefined) => ({
  key: `work out ${filling.changes}`,
  async run(_: ClinicAdapter, signal: AbortSignal): Promise<FillingAction> {
    // The page is shown before a worker is begun and handed a copy of it, and once for several answers given in one go.
    await wait(filling.changes > 0 ? ONE_FRAME : FIRST_PAGE, signal);
    const working = await import('./working-out.ts').catch(notFetched);
    return { type: 'worked-out', apply: await working.workOut(filling, evaluate, signal) };
  },
});

/** What hands a form in is fetched by then. */
const loadSubmitting = () => import('./submitting.ts').catch(notFetched);

function notFetched(cause: unknown): never {
  throw new ClinicError('unavailable', 'Part of the page cannot be fetched.', { cause });
}

const readFile = (place: string, file: File) => ({
  key: `file ${place} ${file.name} ${file.lastModified}`,
  async run(_: ClinicAdapter, signal: AbortSignal): Promise<FillingAction> {
    const [key = '', row] = place.split(' ');
    const { attachmentOf } = await import('./file-reading.ts').catch(notFetched);
    const value = await attachmentOf(file);
    signal.throwIfAborted();
    return { type: 'read-file', key, row: Number(row), value };
  },
});

const findOptions = (
  { form }: Filling,
  { search, valueSet, filter }: NonNullable<ReturnType<typeof searchOf>>,
  language: string,
) => ({
  key: `options ${search}`,
  async run(adapter: ClinicAdapter, signal: AbortSignal): Promise<FillingAction> {
    // What is still being typed is not asked for yet.
    if (filter) await wait(250, signal);
    const query = { formId: form.id, valueSet, language, limit: filter ? MOST_FOUND : MOST_OPTIONS };
    try {
      const { items, next } = await adapter.findOptions({ ...query, ...(filter && { filter }) }, { signal });
      return { type: 'found-options', search, found: { options: items, more: next !== undefined } };
    } catch (error) {
      signal.throwIfAborted();
      void error;
      return { type: 'found-options', search, found: 'failed' };
    }
  },
});

/** The answers are kept where the page has given a place for them. */
function save({ filling, host, formId, appointmentId, language }: Open, { drafts }: Outside): readonly Work[] {
  const opening = filling.changes > 0 ? drafts?.() : undefined;
  if (!opening) return [];
  return [
    {
      key: `save ${filling.changes}`,
      async run(_, signal) {
        await wait(0, signal);
        const [{ written }, place] = await Promise.all([import('./response.ts'), opening]);
        signal.throwIfAborted();
        place.write({ acting: host.acting, formId, appointmentId }, { items: written(filling.nodes).items, language });
        return { type: 'saved' };
      },
    },
  ];
}

const send = (state: In<'sending'>, { drafts }: Outside): Work => ({
  key: `send ${state.key}`,
  write: true,
  async run(adapter, signal) {
    const { handIn } = await loadSubmitting();
    const action = await handIn(state, adapter, signal);
    if (action.type === 'sent') (await drafts?.())?.remove({ ...state, acting: state.host.acting });
    return action;
  },
});

/** An emergency is put on record as well; the patient does not wait for that. */
const record = (state: In<'emergency'>, { now }: Outside): Work => ({
  key: 'record',
  write: true,
  async run(adapter, signal) {
    const { filling } = state;
    const { submissionOf } = await loadSubmitting();
    await adapter
      .submitForm(submissionOf(state, now()), { signal, idempotencyKey: `${filling.key}-e` })
      .catch(() => undefined);
    return { type: 'recorded' };
  },
});
