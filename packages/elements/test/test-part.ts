import type { ClinicAdapter, HelpReason } from '@clinic-widgets/core';
import { fixture, html } from '@open-wc/testing';
import { LitElement, type PropertyValues } from 'lit';
import type { ByRoleMatcher, ByRoleOptions } from '@testing-library/dom';
import type { Part, PartEnd, PartModule } from '../src/check-in/part.ts';
import { pieceStyles } from '../src/check-in/piece-styles.ts';
import type { Session } from '../src/check-in/session.ts';
import { controls } from '../src/ui/controls.ts';
import { fields } from '../src/ui/fields.ts';
import { FlowController } from '../src/ui/flow-controller.ts';
import { protectedBlock } from '../src/ui/protected-block.ts';
import { protectedStyles } from '../src/ui/protected.ts';
import { tokens } from '../src/ui/tokens.ts';
import { screen } from './screen.ts';
import { flowOf, sessionWith } from './test-session.ts';

export { until } from './screen.ts';

/** When it is in these tests. */
export const now = () => '2026-03-02T09:00:00-05:00';

/** Shows one part as the check-in does: its heading, what is going on, its view. */
class TestPart extends LitElement {
  static override readonly styles = [tokens, controls, fields, pieceStyles, protectedBlock, protectedStyles];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Each part knows its own state and actions.
  readonly #flow: FlowController<any, any>;
  readonly #part: Part<unknown, unknown>;
  readonly session: Session;
  /** What a person was asked for. */
  readonly asked: HelpReason[] = [];

  constructor(part: Part<unknown, unknown>, session: Session, adapter: ClinicAdapter) {
    super();
    this.#part = part;
    this.session = session;
    this.#flow = new FlowController(
      this,
      flowOf(part, session),
      () => adapter,
      (from, to) => this.#changed(from, to),
    );
  }

  #focus = '';
  #more: readonly CSSStyleSheet[] = [];

  #changed(from: unknown, to: unknown): void {
    this.#focus = this.#part.focus?.(from, to) || this.#focus;
    for (const event of this.#part.events?.(from, to) ?? []) this.dispatchEvent(event);
    const root = this.renderRoot as ShadowRoot;
    const others = root.adoptedStyleSheets.filter((one) => !this.#more.includes(one));
    this.#more = (this.#part.moreStyles?.(to) ?? []).map(({ styleSheet }) => styleSheet!);
    root.adoptedStyleSheets = [...others.slice(0, -1), ...this.#more, ...others.slice(-1)];
  }

  /** How the part ended. */
  get end(): PartEnd | undefined {
    return this.#part.end(this.#flow.state);
  }

  #page = '';

  protected override firstUpdated(): void {
    (this.renderRoot as ShadowRoot).adoptedStyleSheets.splice(-1, 0, this.#part.styles.styleSheet!);
  }

  protected override updated(_: PropertyValues<this>): void {
    const page = this.#part.page(this.#flow.state);
    if (page !== this.#page) this.#focus = '[data-focus=step]';
    this.#page = page;
    const target = this.#focus ? this.renderRoot.querySelector<HTMLElement>(this.#focus) : null;
    if (!target) return;
    target.focus();
    this.#focus = '';
  }

  protected override render() {
    const { state } = this.#flow;
    const context = {
      session: this.session,
      send: this.#flow.send,
      locale: this.session.host.language,
      now,
      tell: (event: Event) => void this.dispatchEvent(event),
      ask: (reason: HelpReason) => void this.asked.push(reason),
    };
    return html`<div class="stack">
      <h2 part="heading" data-focus="step" tabindex="-1">${this.#part.heading(state, context)}</h2>
      <p part="status" role="status">${this.#part.status(state, context)}</p>
      ${this.#part.view(state, context)}
    </div>`;
  }
}
customElements.define('test-part', TestPart);

/** Puts a part on the page. */
export async function showPart<S, A>(
  { load }: PartModule<S, A>,
  adapter: ClinicAdapter,
  changes: Partial<Session> = {},
): Promise<TestPart> {
  const session = sessionWith(changes);
  const part = (await load(session.host.language)) as Part<unknown, unknown>;
  const element = new TestPart(part, session, adapter);
  element.lang = session.host.language;
  return fixture<TestPart>(html`${element}`);
}

/** In Spanish, at a kiosk. */
export const inSpanish: Partial<Session> = {
  host: { station: { kind: 'kiosk', deviceId: 'lobby-1' }, language: 'es' },
};

/** What a patient can find by its role and its name. */
export const find = (role: ByRoleMatcher, name: string | RegExp, options: ByRoleOptions = {}) =>
  screen.findByShadowRole(role, { name, ...options });
export const press = async (role: ByRoleMatcher, name: string | RegExp) => (await find(role, name)).click();
export const says = (text: string | RegExp) => screen.findByShadowText(text);
/** Whether a text is nowhere to be seen or read out. */
export const isSilent = (text: string | RegExp) => screen.queryAllByShadowText(text).length === 0;

/** The element that has the focus, through shadow roots. */
export function focused(): HTMLElement {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at as HTMLElement;
}

/** Writes into a field in place of what is there. */
export function write(field: HTMLElement, words: string): void {
  (field as HTMLInputElement).value = words;
  field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
}
