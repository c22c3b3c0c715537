import type { Program } from '@clinic-widgets/core';
import { allPages } from '../../ui/all-pages.ts';
import type { Work as WorkOf } from '../../ui/flow.ts';
import { waiting } from '../../ui/waiting.ts';
import { decidingWork } from '../consents/deciding-work.ts';
import { workOf as insuranceWork } from '../insurance/flow.ts';
import type { Session } from '../session.ts';
import { within } from '../within.ts';
import { forms } from './flow.ts';
import { gatheredFor } from './gathering.ts';
import type { Action, Gathered, In, State } from './state.ts';

type Work = WorkOf<State, Action>;

/** What a state calls for. */
export function work(state: State, session: Session): readonly Work[] {
  switch (state.step) {
    case 'finding':
      return [findPrograms(session, '')];
    case 'choosing':
      // A patient may choose another language in between.
      return state.language === session.host.language ? [] : [findPrograms(session, 'again ')];
    case 'insurance':
      return within(insuranceWork(state.inner, session), (action) => ({ type: 'of-insurance', action }));
    case 'form':
      return within(forms.work(state.form), (action) => ({ type: 'of-form', action }));
    case 'documents':
      return within(decidingWork(state.deciding, session), (action) => ({ type: 'of-documents', action }));
    case 'enrolling':
      return [enrol(state, session)];
    case 'failed':
      return waiting(state.error);
    default:
      return [];
  }
}

const findPrograms = ({ acting, host: { language } }: Session, again: string): Work => ({
  key: `programs ${again}${language}`,
  async run(adapter, signal) {
    const query = { acting, language };
    const programs = await allPages((page) => adapter.findPrograms({ ...query, ...page }, { signal }));
    return { type: 'found-programs', programs, language };
  },
});

const enrol = (state: In<'enrolling'>, { acting }: Session): Work => ({
  key: `enrol ${state.key}`,
  write: true,
  async run(adapter, signal) {
    const { program, key } = state;
    const gathered = gatheredFor(state, program);
    // What was agreed to on another day is not asked again, and counts as well.
    const recorded = await allPages((page) => adapter.findRecordedConsents({ acting, ...page }, { signal }));
    const earlier = recorded
      .filter(({ decision, document }) => decision === 'accepted' && program.documentIds.includes(document.id))
      .map(({ id }) => id);
    const request = { acting, programId: program.id, ...idsOf(program, gathered, earlier) };
    const { status } = await adapter.enrolInProgram(request, { signal, idempotencyKey: key });
    return { type: 'enrolled', key, queued: status === 'queued' };
  },
});

function idsOf({ formIds }: Program, { insurance, responseIds, documents = [] }: Gathered, earlier: readonly string[]) {
  const agreed = documents.flatMap(({ decision, consentId }) =>
    decision === 'accepted' && consentId ? [consentId] : [],
  );
  return {
    responseIds: formIds.flatMap((id) => responseIds[id] ?? []),
    consentIds: [...new Set([...earlier, ...agreed])],
    coverageIds: insurance?.answer === 'confirmed' ? [...insurance.coverageIds] : [],
  };
}
