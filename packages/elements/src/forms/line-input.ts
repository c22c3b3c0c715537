import type { FormItem } from '@clinic-widgets/core/forms.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { Filling } from './filling.ts';
import type { Node } from './tree.ts';

/** A question to be answered, and how its parts are called. */
export interface Field {
  readonly node: Node;
  readonly filling: Filling;
  readonly id: string;
  /** What describes it, by id. */
  readonly described: string;
  readonly invalid: boolean;
}

/** Whether a question that is answered by writing is answered in one field. */
export const isOneField = ({ type, repeats, units = [] }: FormItem): boolean =>
  !repeats && !['date', 'dateTime', 'attachment'].includes(type) && (type !== 'quantity' || units.length === 1);

/** A field for words, and what becomes of them. */
export interface Line {
  readonly id: string;
  readonly value: string;
  readonly write: (words: string) => void;
  readonly type?: 'text' | 'url' | 'search';
  /** How it looks. */
  readonly look?: string;
  readonly mode?: string;
  /** What it asks for, where it has no label. */
  readonly label?: string | undefined;
  /** What describes it, by id. */
  readonly described?: string;
  readonly invalid?: boolean | undefined;
  readonly disabled?: boolean | undefined;
}

/** One line to write in. */
export const lineInput = ({
  id,
  value,
  write,
  type,
  look,
  mode,
  label,
  described,
  invalid,
  disabled,
}: Line): TemplateResult => html`
  <input id=${id} type=${type ?? 'text'} class=${look ?? ''} inputmode=${mode ?? nothing} autocomplete="off"
    spellcheck="false" aria-label=${label ?? nothing} aria-describedby=${described?.trim() || nothing}
    aria-invalid=${invalid ? 'true' : 'false'} ?disabled=${disabled} .value=${value}
    @input=${(event: Event) => write((event.target as HTMLInputElement).value)} />`;
