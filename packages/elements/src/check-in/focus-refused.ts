import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';
import { focusWrong } from './pieces.ts';

class FocusRefused extends Directive {
  #wasRefused = false;

  override render(_isRefused: boolean): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, [isRefused]: [boolean]): unknown {
    if (isRefused && !this.#wasRefused) focusWrong(element);
    this.#wasRefused = isRefused;
    return noChange;
  }
}

/** Brings the focus to the field that the clinic refuses as soon as it says so: the patient pressed long before. */
export const focusRefused = directive(FocusRefused);
