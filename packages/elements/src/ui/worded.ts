import { html, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';

/** What a clinic has words for, and the language that they are in, where it says so. */
export interface Worded {
  readonly language?: string | undefined;
}

/** Words of the clinic's own, in their own direction and, where it is known, in their own language. */
export const worded = (words: string | undefined, by: Worded | undefined): TemplateResult =>
  html`<bdi lang=${ifDefined(by?.language)}>${words}</bdi>`;
