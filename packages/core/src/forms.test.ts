import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Form, FormItem, PartialDate, Submission, Value } from './forms.ts';

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, ...values: readonly unknown[]): void => {
  for (const value of values) assert.ok(schema.safeParse(value).success, JSON.stringify(value));
};
const refuses = (schema: { safeParse(value: unknown): { success: boolean } }, ...values: readonly unknown[]): void => {
  for (const value of values) assert.ok(!schema.safeParse(value).success, JSON.stringify(value));
};

describe('a partial date', () => {
  it('is a year, a month or a day of the calendar', () => {
    accepts(PartialDate, '1984', '1984-06', '1984-06-17', '2024-02-29');
    refuses(PartialDate, '84', '1984-13', '1984-6', '2026-02-29', '1984-06-17T10:00', '', ' 1984');
  });
});

describe('a value', () => {
  it('has one kind, by its name', () => {
    accepts(
      Value,
      { boolean: false },
      { decimal: 1.5 },
      { integer: -3 },
      { date: '1984-06' },
      { dateTime: '2026-03-02T09:30:00-05:00' },
      { dateTime: '2026' },
      { time: '09:30:00' },
      { string: '' },
      { uri: 'https://clinic.example/' },
      { coding: { code: 'a' } },
      { quantity: { value: 1, unit: 'mg' } },
      { attachment: { contentType: 'image/png', data: 'AAAA' } },
      { reference: { reference: 'Patient/p1' } },
      { unknown: true },
    );
  });

  it('is none where it is of another kind than it says', () => {
    refuses(
      Value,
      {},
      { boolean: 'no' },
      { integer: 1.5 },
      { integer: 2 ** 31 },
      { decimal: Number.NaN },
      { date: 'soon' },
      { dateTime: '2026-03-02T09:30:00' },
      { time: '9:30' },
      { time: '24:00:00' },
      { unknown: false },
      'yes',
    );
  });
});

describe('a form', () => {
  const form = { id: 'f1', version: '1', title: 'F', purpose: 'intake', language: 'en', items: [] };

  it('is read however deep its items are', () => {
    let item: FormItem = { linkId: 'deepest', type: 'boolean' };
    for (let depth = 0; depth < 50; depth += 1) item = { linkId: `${depth}`, type: 'group', items: [item] };
    accepts(Form, { ...form, items: [item] });
    assert.deepEqual(FormItem.parse(item), item);
  });

  it('is none with something wrong deep in it', () => {
    const item = { linkId: 'g', type: 'group', items: [{ linkId: 'q', type: 'question' }] };
    const { error } = Form.safeParse({ ...form, items: [item] });
    assert.deepEqual(
      error?.issues.map(({ path }) => path),
      [['items', 0, 'items', 0, 'type']],
    );
    refuses(
      Form,
      { ...form, purpose: 'fun' },
      { ...form, language: 'English!' },
      { ...form, items: [{ type: 'text' }] },
    );
  });
});

describe('a submission', () => {
  const submission = {
    acting: { patientId: 'p1' },
    form: { id: 'f1', version: '1' },
    language: 'en',
    authored: '2026-03-02T09:30:00-05:00',
  };
  const nested = (value: unknown) => [
    { linkId: 'a', answers: [{ value: { boolean: true }, items: [{ linkId: 'b', answers: [{ value }] }] }] },
  ];

  it('may have answers under answers', () => {
    const given = { ...submission, items: nested({ string: 'x' }) };
    assert.deepEqual(Submission.parse(given), given);
  });

  it('says where an answer under an answer is wrong', () => {
    const { error } = Submission.safeParse({ ...submission, items: nested({ string: 1 }) });
    assert.deepEqual(
      error?.issues.map(({ path }) => path),
      [['items', 0, 'answers', 0, 'items', 0, 'answers', 0, 'value', 'string']],
    );
  });

  it('is of a moment with its offset', () => {
    refuses(Submission, { ...submission, items: [], authored: '2026-03-02' });
  });
});
