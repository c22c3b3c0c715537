import type { HelpReason, Preparation } from '@clinic-widgets/core';
import type { CSSResult, TemplateResult } from 'lit';
import type { FlowAction, Work } from '../ui/flow.ts';
import type { Session } from './session.ts';

/** What the views of a part are given besides its state. */
export interface PartContext<Action> {
  readonly session: Session;
  readonly send: (action: Action) => void;
  readonly locale: string;
  /** Tells the time, as an instant. */
  readonly now: () => string;
  /** Tells the page of a fact. */
  readonly tell: (event: Event) => void;
  /** Calls a person, or lets the patient write to the clinic, beside the part; left out while that is under way. */
  readonly ask?: ((reason: HelpReason) => void) | undefined;
}

/** How a part ended. `at-desk` leaves something to staff; nobody is kept from going on by it. */
export type PartEnd = 'done' | 'at-desk';

/**
 * One thing that a visit needs, as a flow of its own inside the check-in, with its words, views and styles. It is
 * fetched when a visit needs it. The check-in gives its work an adapter that carries the pass, counts what fails, shows the
 * heading, moves the focus there when `page` changes, and adds the ways to a person and back to the list.
 */
export interface Part<State, Action> {
  readonly name: Preparation | 'program' | 'leaving';
  /** How it looks, while it is shown. */
  readonly styles: CSSResult;
  /** How that looks which it has fetched since, while that is shown; left out, there is nothing of the kind. */
  moreStyles?(state: State): readonly CSSResult[];
  begin(session: Session): State;
  transition(state: State, action: Action | FlowAction, session: Session): State;
  work(state: State, session: Session): readonly Work<State, Action>[];
  /** Names what is on screen: a change moves the focus to the heading. */
  page(state: State): string;
  /** What else the focus moves to, as a selector; left out, it stays where it is on a page. */
  focus?(from: State, to: State): string;
  /** What the page is told of a step from one state to the next; left out, there is nothing to tell. */
  events?(from: State, to: State): readonly Event[];
  /** How it ended; nothing while it goes on. */
  end(state: State): PartEnd | undefined;
  /**
   * Whether the patient cannot leave it by the ways beside it: something is being sent, or was, and what is on screen has
   * its own way on. What is paid or sent is not left to the desk any more.
   */
  holds(state: State): boolean;
  /** Whether staff have not heard of something that they must hear of; left out, there is never any. */
  isUnheard?(state: State): boolean;
  /** Whether what is shown sends the patient to the desk: where nobody is there, the check-in says where to go instead. */
  namesDesk?(state: State, session: Session): boolean;
  /** The state in the language that the patient has chosen meanwhile, with all that was entered; left out, it needs no change. */
  resume?(state: State, session: Session): State;
  heading(state: State, context: PartContext<Action>): string;
  /** The language of the heading, where it may be the clinic's own words; left out, it is the page's. */
  headingLanguage?(state: State, context: PartContext<Action>): string;
  /** What is going on, said once by the live region. */
  status(state: State, context: PartContext<Action>): string;
  view(state: State, context: PartContext<Action>): TemplateResult;
}

/** What a file of a part exports. */
export interface PartModule<State, Action> {
  /** The part with its words in a language; English where it has none of that language. */
  readonly load: (language: string) => Promise<Part<State, Action>>;
}
