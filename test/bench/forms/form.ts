/** A form under measurement, driven by what a person would press and see. */
export interface Form {
  /** Where its DOM is. */
  readonly root: Element;
  /** Whether the first question is on screen. */
  shown(): boolean;
  /** What to press for an option of the first question. */
  option(which: 'plain' | 'further'): Element;
  /** Whether the question is on screen that is asked because of the further option. */
  furtherShown(): boolean;
  /** A field for words on the first page. */
  field(): HTMLInputElement;
}

/** Puts a form into the page; the Questionnaire is asked for as a clinic is asked: it comes as JSON. */
export type Mount = (target: HTMLElement, questionnaire: () => Promise<string>) => Form;

/** The questions that are answered, by their `linkId`, and the codes of the options. */
export const ASKED = { choice: '1.1', further: '1.2', words: '1.3' };
export const CODES = { plain: 'a', further: 'b' };
