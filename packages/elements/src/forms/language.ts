import type { Form } from '@clinic-widgets/core/forms.js';
import type { Response, ResponseElement, Result } from './fhir-answers.ts';

/** What expressions may refer to by a name. */
export type Scope = Readonly<Record<string, unknown>>;

/** What an expression is about: the response, or the item of it that has to do with a question. */
export type Context = Response['resource'] | ResponseElement;

/** Where an expression stands. */
export interface Place {
  /** The item that it is of; none where it is of the form. */
  readonly linkId: string | undefined;
  readonly context: Context;
  readonly scope: Scope;
}

/** How the expressions of a form are worked out for one response. */
export interface Language {
  /** What all expressions may refer to. */
  readonly scope: Scope;
  /** What an expression comes to, as other expressions need it to go on from there. */
  run(text: string, at: Place): readonly unknown[];
  /** What an expression comes to, as plain values. */
  results(text: string, at: Place): readonly Result[];
}

/** The language of a form's expressions, about a response to it. */
export type LanguageOf = (form: Form, response: Response) => Language;
