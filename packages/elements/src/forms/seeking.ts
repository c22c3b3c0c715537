import { sameValue } from '@clinic-widgets/core/answers.js';
import type { FormOption } from '@clinic-widgets/core/forms.js';
import { fill, type Filling, searchOf } from './filling.ts';
import { type Node, nodeAt, valuesOf } from './tree.ts';

/** A list that could not be had is asked for once more. */
export const seekAgain =
  (key: string) =>
  (filling: Filling): Filling => {
    const node = nodeAt(filling.nodes, key);
    const search = node && searchOf(filling, node)?.search;
    return search ? { ...filling, found: new Map(filling.found).set(search, 'again') } : filling;
  };

/** The same of a list that is searched: the words that were typed instead of an answer are a search again. */
export const searchAgain =
  (key: string, filter: string) =>
  (filling: Filling): Filling => {
    const node = nodeAt(filling.nodes, key);
    const values = node
      ? valuesOf(node).filter((value) => 'unknown' in value || ('coding' in value && value.coding.code !== undefined))
      : [];
    const cleared = fill(withoutFailed(filling), { type: 'chose', key, values });
    return fill(cleared, { type: 'searched', key, filter });
  };

const withoutFailed = (filling: Filling): Filling => ({
  ...filling,
  found: new Map([...filling.found].filter(([, found]) => found !== 'failed')),
});

/** What was typed before the list could be had stays the answer until another is chosen; an open choice has a place for it. */
export const typedBefore = (node: Node, options: readonly FormOption[]): readonly FormOption[] =>
  node.item.type === 'open-choice'
    ? []
    : valuesOf(node)
        .filter((value) => !options.some((option) => sameValue(option.value, value)) && !('unknown' in value))
        .map((value) => ({ value }));
