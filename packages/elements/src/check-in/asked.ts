import type { Help, HelpReason, HelpRequest } from '@clinic-widgets/core';
import { html, nothing, type TemplateResult } from 'lit';
import { wait, type Work } from '../ui/flow.ts';
import type { Messages as CommonMessages } from '../ui/messages.ts';
import type { AskedMessages } from './asked-messages.ts';
import { callLine, goingTo } from './said.ts';
import type { Session } from './session.ts';
import { isOnSite } from './state.ts';

/** A person who was asked for from within a part. */
export interface Asked {
  /** Made when the patient asked, so that trying again is the same call. */
  readonly key: string;
  readonly reason: HelpReason;
  readonly message: string;
  readonly state: 'sending' | 'failed' | 'reached';
  /** What the clinic answered, once it has. */
  readonly help?: Help;
  /** How often it was looked for somebody who answers. */
  readonly looks: number;
}

/** What becomes of it. */
export type AskedAction =
  | { readonly type: 'asked'; readonly key: string; readonly reason: HelpReason; readonly message: string }
  | { readonly type: 'asked-again' }
  | { readonly type: 'reached'; readonly key: string; readonly help: Help };

const ASK = 'ask ';
const SECONDS_BETWEEN_LOOKS = 3;
/** After half a minute a patient is told that nobody has answered. */
const MOST_LOOKS = 10;

/** Whether an action is one of these. */
export const isOfAsked = (action: { readonly type: string }): action is AskedAction =>
  action.type === 'asked' || action.type === 'asked-again' || action.type === 'reached';

/** A call is made, made again, or answered. One that is under way is not made twice. */
export function ask(asked: Asked | undefined, action: AskedAction): Asked | undefined {
  if (action.type === 'asked') {
    if (asked && asked.state !== 'failed') return asked;
    const { key, reason, message } = action;
    return { key, reason, message, state: 'sending', looks: 0 };
  }
  if (!asked) return asked;
  if (action.type === 'asked-again') return asked.state === 'failed' ? { ...asked, state: 'sending' } : asked;
  if (action.key !== asked.key) return asked;
  return { ...asked, state: 'reached', help: action.help, looks: asked.looks + (asked.state === 'reached' ? 1 : 0) };
}

/** The call did not go through; nothing where it is something else that failed. */
export const askFailed = (asked: Asked | undefined, key: string): Asked | undefined =>
  asked && key === ASK + asked.key ? { ...asked, state: 'failed' } : undefined;

/** Makes the call, and then looks whether somebody has answered. What went to the patient liaison is not waited for. */
export function askedWork(
  asked: Asked | undefined,
  { host, acting, visit }: Pick<Session, 'host' | 'acting' | 'visit'>,
): readonly Work<unknown, AskedAction>[] {
  if (!asked) return [];
  const { key, reason, message, help, looks } = asked;
  if (asked.state === 'sending') {
    const { station, language } = host;
    const request: HelpRequest = { station, reason, acting, appointmentId: visit.appointment.id, language };
    return [
      {
        key: ASK + key,
        write: true,
        async run(adapter, signal) {
          const full = { ...request, ...(message && { message }) };
          return { type: 'reached', key, help: await adapter.askForHelp(full, { signal, idempotencyKey: key }) };
        },
      },
    ];
  }
  if (!help || !isWaitedFor(asked)) return [];
  return [
    {
      key: `look ${looks}`,
      async run(adapter, signal) {
        await wait(SECONDS_BETWEEN_LOOKS * 1000, signal);
        // Not to know is no news: it is looked again.
        const latest = await adapter.getHelp({ helpId: help.id }, { signal }).catch(() => help);
        return { type: 'reached', key, help: latest };
      },
    },
  ];
}

const isWaitedFor = ({ reason, help }: Asked): boolean =>
  reason !== 'bill' && help?.state === 'waiting' && help.deskOpen;

/** What is said of a call is said with this. */
export interface AskedContext {
  readonly text: CommonMessages & { readonly asked: AskedMessages };
  readonly session: Session;
  readonly locale: string;
}

/**
 * What has become of the call. That somebody comes is said only once somebody has said so. It is there before there is
 * anything to say, since what comes with its region is not always read out.
 */
export const askedView = (asked: Asked | undefined, context: AskedContext, again: () => void): TemplateResult => html`
  <div role="status" data-asked tabindex="-1" class=${asked ? 'stack wide' : 'unseen'}>
    ${asked ? outcome(asked, context, again) : nothing}
  </div>`;

/** Brings the focus from a button that goes away to what becomes of the call that it makes. */
export const goToAsked = ({ currentTarget }: Event): void =>
  ((currentTarget as Element).getRootNode() as ParentNode).querySelector<HTMLElement>('[data-asked]')?.focus();

function outcome(asked: Asked, context: AskedContext, again: () => void): TemplateResult {
  const { text, session } = context;
  if (asked.state === 'failed') {
    const retry = (event: Event) => {
      goToAsked(event);
      again();
    };
    return html`
      <div part="alert" role="alert" class="protected stack wide">
        <p><strong>${text.asked.notReached}</strong></p>
        <p>${text.asked.goToDesk}</p>
        ${callLine(text.callUs, session)}
        <button type="button" part="button" @click=${retry}>${text.asked.askAgain}</button>
      </div>`;
  }
  return html`
    <div part="notice" class="protected stack wide">
      ${saidOf(asked, context).map((line) => html`<p>${line}</p>`)}
      ${asked.help && asked.reason !== 'bill' ? callLine(text.askUs, session) : nothing}
    </div>`;
}

function saidOf(
  { state, reason, help, looks }: Asked,
  { text: { asked: text }, session, locale }: AskedContext,
): readonly (TemplateResult | string)[] {
  if (state === 'sending' || !help) return [text.asking];
  const number = text.number(help.number);
  if (reason === 'bill') return [text.billSent, number];
  if (!help.deskOpen) return [text.deskClosed, goingTo(text.goTo, help, locale), number];
  if (help.state === 'done') return [text.closed, number];
  if (help.state === 'acknowledged') return [isOnSite(session) ? text.coming : text.seen, number];
  return looks < MOST_LOOKS ? [text.told, number] : [text.unanswered, goingTo(text.goTo, help, locale), number];
}
