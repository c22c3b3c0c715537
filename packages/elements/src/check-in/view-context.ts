import type { TemplateResult } from 'lit';
import type { Action } from './action.ts';
import type { Messages } from './messages.ts';

/** The views of what comes after the first screens, fetched while the patient is at those. */
export type MoreViews = typeof import('./more-views.ts');

/** What the views are given besides the state. */
export interface ViewContext {
  readonly send: (action: Action) => void;
  readonly text: Messages;
  readonly locale: string;
  /** The languages to choose from, each by its BCP 47 tag. */
  readonly languages: readonly string[];
  readonly language: string;
  readonly choose: (language: string) => void;
  readonly now: () => string;
  readonly tell: (event: Event) => void;
  readonly more: MoreViews | undefined;
  /** Ends the visit at this screen. */
  readonly finish: () => void;
}

/** What a view may show. */
export type Shown = TemplateResult | symbol;
