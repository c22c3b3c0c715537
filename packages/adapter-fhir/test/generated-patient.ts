import fc from 'fast-check';
import type { Answer, Coding, Form, FormItem, ItemType, ResponseItem, Value } from '@clinic-widgets/core/forms.js';

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const time = fc
  .tuple(fc.nat(23), fc.nat(59), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const words = fc.stringMatching(/^[A-Za-zÄÖÜñé<>&"'{}0-9.,?!-]{1,20}( [A-Za-z]{1,8}){0,3}$/);
const coding = fc
  .tuple(fc.stringMatching(/^[a-z]{1,6}$/), words)
  .map(([code, display]) => ({ system: 'https://a.test/codes', code, display: `${display} 😀` }));

const usual: Readonly<Partial<Record<ItemType, fc.Arbitrary<Value>>>> = {
  boolean: fc.boolean().map((boolean) => ({ boolean })),
  decimal: fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((decimal) => ({ decimal: decimal || 0 })),
  integer: fc.integer().map((integer) => ({ integer })),
  date: fc.tuple(day, fc.constantFrom(4, 7, 10)).map(([date, length]) => ({ date: date.slice(0, length) })),
  dateTime: fc
    .tuple(day, time, fc.constantFrom('Z', '-05:00', '+05:45'))
    .map(([date, clock, offset]) => ({ dateTime: `${date}T${clock}${offset}` })),
  time: time.map((clock) => ({ time: clock })),
  string: words.map((string) => ({ string })),
  text: fc.array(words, { minLength: 1, maxLength: 3 }).map((lines) => ({ string: lines.join('\n') })),
  url: fc.webUrl().map((uri) => ({ uri })),
  attachment: fc
    .base64String({ minLength: 4, maxLength: 40 })
    .map((data) => ({ attachment: { contentType: 'text/plain', data, title: 'note.txt' } })),
  reference: fc.constant({ reference: { reference: 'Patient/generated', display: 'Generated' } }),
  choice: coding.map((one) => ({ coding: one })),
  'open-choice': fc.oneof(
    coding.map((one) => ({ coding: one })),
    words.map((string) => ({ string })),
  ),
};

/** An amount in one of the units, as whoever asks for it would put it together. */
function amountIn(units: readonly Coding[]): fc.Arbitrary<Value> {
  const value = fc.double({ min: 0, max: 1e4, noNaN: true });
  if (!units.length) return value.map((one) => ({ quantity: { value: one } }));
  return fc.tuple(value, fc.constantFrom(...units)).map(([one, { system, code, display }]) => ({
    quantity: {
      value: one,
      unit: display ?? code!,
      ...(system && { system }),
      ...(code && { code }),
    },
  }));
}

function valueFor({ type, options = [], units = [], maxLength }: FormItem): fc.Arbitrary<Value> {
  const unknown = fc.constant<Value>({ unknown: true });
  const short = (value: Value): Value => ('string' in value ? { string: value.string.slice(0, maxLength) } : value);
  const listed = options.map(({ value }) => value);
  const free = type === 'quantity' ? amountIn(units) : usual[type]!.map(short);
  const own = listed.length && type === 'choice' ? fc.constantFrom(...listed) : free;
  const either = listed.length && type === 'open-choice' ? fc.oneof(fc.constantFrom(...listed), free) : own;
  return fc.oneof({ weight: 6, arbitrary: either }, { weight: 1, arbitrary: unknown });
}

/** Answers to all that a form asks, whatever hangs on what: some questions are left open. */
export const answersTo = ({ items }: Pick<Form, 'items'>): fc.Arbitrary<ResponseItem[]> => listFor(items);

function listFor(items: readonly FormItem[] = []): fc.Arbitrary<ResponseItem[]> {
  const once = [...new Map(items.toReversed().map((item) => [item.linkId, item])).values()].toReversed();
  const asked = once.filter(({ type }) => type !== 'display');
  return fc.tuple(...asked.map(answersFor)).map((lists) => lists.flat());
}

function answersFor(item: FormItem): fc.Arbitrary<ResponseItem[]> {
  const { linkId, type, repeats } = item;
  const most = repeats ? 3 : 1;
  if (type === 'group') {
    const one = listFor(item.items).map((items): ResponseItem => ({ linkId, ...(items.length && { items }) }));
    return fc.array(one, { minLength: 1, maxLength: Math.min(most, 2) });
  }
  const answer = fc
    .tuple(valueFor(item), listFor(item.items))
    .map(([value, items]): Answer => ({ value, ...(items.length && { items }) }));
  return fc
    .array(answer, { minLength: 0, maxLength: most })
    .map((answers) => (answers.length ? [{ linkId, answers }] : []));
}
