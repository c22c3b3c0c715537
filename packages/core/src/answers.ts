// Apart from the schemas, so that a widget that needs no schema loads none.
import type { Misfit, MisfitReason } from './errors.ts';
import type { Coding, Form, FormItem, ItemType, ResponseItem, Value } from './forms.ts';

/** What a triage may come to, from the most to the least urgent. */
export const OUTCOMES = ['emergency', 'same-day', 'nurse-call', 'video', 'booking'] as const;

/** Whether an item's answers are such that staff must look soon. */
export const isFlagged = ({ flag }: FormItem, values: readonly Value[]): boolean =>
  flag !== undefined && values.some((value) => !flag.unless.some((harmless) => sameValue(value, harmless)));

/** Whether something in a response is such. In a form about safety nobody can tell what it hides that a person is not sure. */
export function hasFlag(
  { items, purpose }: Pick<Form, 'items' | 'purpose'>,
  response: readonly ResponseItem[],
): boolean {
  const known = new Map<string, FormItem>();
  const note = (list: readonly FormItem[] = []): void =>
    list.forEach((item) => {
      known.set(item.linkId, item);
      note(item.items);
    });
  note(items);
  const flagged = (list: readonly ResponseItem[] = []): boolean =>
    list.some(({ linkId, answers = [], items: inner }) => {
      const item = known.get(linkId);
      const values = answers.map(({ value }) => value);
      const isUnsure = purpose === 'safety' && values.some((value) => 'unknown' in value);
      return (
        isUnsure ||
        (item && isFlagged(item, values)) ||
        flagged(inner) ||
        answers.some((answer) => flagged(answer.items))
      );
    });
  return flagged(response);
}

/** Whether two answers are the same; of a concept or a unit the code counts, not its words, and so with what is referred to. */
export function sameValue(a: Value, b: Value): boolean {
  if ('coding' in a && 'coding' in b) return sameCoding(a.coding, b.coding);
  if ('quantity' in a && 'quantity' in b) {
    const [one, other] = [a.quantity, b.quantity];
    return one.value === other.value && (one.code ?? one.unit) === (other.code ?? other.unit);
  }
  if ('reference' in a && 'reference' in b) {
    const [one, other] = [a.reference, b.reference];
    return one.reference === other.reference && (one.reference !== undefined || one.display === other.display);
  }
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A condition may leave the system out. */
const sameCoding = (a: Coding, b: Coding): boolean =>
  a.code === undefined || b.code === undefined
    ? a.code === b.code && a.display === b.display
    : a.code === b.code && (!a.system || !b.system || a.system === b.system);

/** The kinds of value that answer a question of each type; a choice may have any that its options have. */
const KINDS: { readonly [T in ItemType]: readonly string[] } = {
  group: [],
  display: [],
  boolean: ['boolean'],
  decimal: ['decimal'],
  integer: ['integer'],
  date: ['date'],
  dateTime: ['dateTime'],
  time: ['time'],
  string: ['string'],
  text: ['string'],
  url: ['uri'],
  choice: ['coding', 'integer', 'date', 'time', 'string', 'reference'],
  'open-choice': ['coding', 'integer', 'date', 'time', 'string', 'reference'],
  attachment: ['attachment'],
  reference: ['reference'],
  quantity: ['quantity'],
};

type Path = readonly (string | number)[];

/**
 * Where a response does not fit its form, by paths from the submission: what the form does not ask, an answer of the
 * wrong kind, one that is not among the options, one too many or too long.
 */
export function misfits(form: Pick<Form, 'items'>, items: readonly ResponseItem[]): readonly Misfit[] {
  return misfitsOf(form.items, items, ['items']);
}

function misfitsOf(asked: readonly FormItem[] = [], given: readonly ResponseItem[] = [], at: Path): readonly Misfit[] {
  return given.flatMap(({ linkId, answers = [], items }, index) => {
    const path = [...at, index];
    const item = asked.find((one) => one.linkId === linkId);
    const isRepeated = given.findIndex((one) => one.linkId === linkId) < index;
    // Only a group is there again; a question has all of its answers in one place.
    if (!item || (isRepeated && !(item.repeats && item.type === 'group')))
      return [{ path: [...path, 'linkId'], reason: 'unknown' }];
    return [
      ...(item.repeats || answers.length < 2 ? [] : [{ path: [...path, 'answers', 1], reason: 'unknown' } as const]),
      ...answers.flatMap((answer, place) => {
        const reason = misfitOf(item, answer.value);
        return [
          ...(reason ? [{ path: [...path, 'answers', place, 'value'], reason }] : []),
          ...misfitsOf(item.items, answer.items, [...path, 'answers', place, 'items']),
        ];
      }),
      ...misfitsOf(item.type === 'group' ? item.items : [], items, [...path, 'items']),
    ];
  });
}

function misfitOf({ type, options, valueSet, maxLength }: FormItem, value: Value): MisfitReason | undefined {
  const [kind] = Object.keys(value);
  if (kind === 'unknown') return type === 'group' || type === 'display' ? 'wrong-format' : undefined;
  if (!KINDS[type].includes(kind!)) return 'wrong-format';
  const isList = type === 'choice' && options && !valueSet;
  if (isList) return options.some((option) => sameValue(option.value, value)) ? undefined : 'not-a-choice';
  return 'string' in value && maxLength && value.string.length > maxLength ? 'too-long' : undefined;
}
