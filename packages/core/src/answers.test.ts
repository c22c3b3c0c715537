import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hasFlag, isFlagged, misfits, OUTCOMES, sameValue } from './answers.ts';
import { type Form, type FormItem, type ItemType, Outcome, type ResponseItem, type Value } from './forms.ts';

const yes: Value = { boolean: true };
const no: Value = { boolean: false };
const unknown: Value = { unknown: true };
const coded = (code: string, system?: string): Value => ({ coding: { code, ...(system && { system }) } });

const answer = (linkId: string, ...values: readonly Value[]): ResponseItem => ({
  linkId,
  answers: values.map((value) => ({ value })),
});

describe('the outcomes of a triage', () => {
  it('are those of the contract, the most urgent first', () => {
    assert.deepEqual(OUTCOMES, Outcome.options);
    assert.deepEqual([OUTCOMES[0], OUTCOMES.at(-1)], ['emergency', 'booking']);
  });
});

describe('sameValue', () => {
  it('compares concepts by code, and by system where both have one', () => {
    assert.ok(sameValue(coded('a', 'urn:x'), coded('a', 'urn:x')));
    assert.ok(sameValue(coded('a', 'urn:x'), coded('a')));
    assert.ok(sameValue({ coding: { code: 'a', display: 'Ja' } }, { coding: { code: 'a', display: 'Yes' } }));
    assert.ok(!sameValue(coded('a', 'urn:x'), coded('a', 'urn:y')));
    assert.ok(!sameValue(coded('a'), coded('b')));
  });

  it('compares concepts without a code by their words', () => {
    assert.ok(sameValue({ coding: { display: 'Rest' } }, { coding: { display: 'Rest' } }));
    assert.ok(!sameValue({ coding: { display: 'Rest' } }, { coding: { display: 'Heat' } }));
    assert.ok(!sameValue({ coding: { display: 'Rest' } }, { coding: { code: 'rest', display: 'Rest' } }));
  });

  it('compares amounts by number and unit', () => {
    assert.ok(
      sameValue({ quantity: { value: 1, unit: 'pounds', code: 'lb' } }, { quantity: { value: 1, code: 'lb' } }),
    );
    assert.ok(!sameValue({ quantity: { value: 1, code: 'lb' } }, { quantity: { value: 1, code: 'kg' } }));
    assert.ok(!sameValue({ quantity: { value: 1, code: 'kg' } }, { quantity: { value: 2, code: 'kg' } }));
  });

  it('tells kinds apart', () => {
    assert.ok(sameValue({ string: '1' }, { string: '1' }));
    assert.ok(!sameValue({ string: '1' }, { integer: 1 }));
    assert.ok(!sameValue(no, unknown));
    assert.ok(!sameValue(coded('a'), { string: 'a' }));
  });
});

describe('isFlagged', () => {
  const item: FormItem = { linkId: 'q', type: 'boolean', flag: { unless: [no] } };

  it('is so of every answer but the harmless ones', () => {
    assert.deepEqual(
      [yes, no, unknown].map((value) => isFlagged(item, [value])),
      [true, false, true],
    );
    assert.ok(isFlagged(item, [no, yes]));
  });

  it('is not so without an answer, or without a flag', () => {
    assert.ok(!isFlagged(item, []));
    assert.ok(!isFlagged({ linkId: 'q', type: 'boolean' }, [yes]));
  });
});

describe('hasFlag', () => {
  const flagged: FormItem = { linkId: 'q', type: 'boolean', flag: { unless: [no] } };
  const items: FormItem[] = [
    { linkId: 'g', type: 'group', items: [{ linkId: 'p', type: 'boolean', items: [flagged] }] },
  ];
  const form = { items, purpose: 'intake' } as const;
  const response = (value: Value): ResponseItem[] => [
    { linkId: 'g', items: [{ linkId: 'p', answers: [{ value: yes, items: [answer('q', value)] }] }] },
  ];

  it('finds a flag in groups and under answers', () => {
    assert.ok(hasFlag(form, response(yes)));
    assert.ok(!hasFlag(form, response(no)));
  });

  it('finds one wherever a person is not sure, in a form about safety', () => {
    const plain: Pick<Form, 'items' | 'purpose'> = { items: [{ linkId: 'd', type: 'date' }], purpose: 'safety' };
    assert.ok(hasFlag(plain, [answer('d', unknown)]));
    assert.ok(!hasFlag(plain, [answer('d', { date: '2026' })]));
    assert.ok(!hasFlag({ ...plain, purpose: 'intake' }, [answer('d', unknown)]));
  });

  it('finds none in an empty response, or in what is not asked', () => {
    assert.ok(!hasFlag(form, []));
    assert.ok(!hasFlag(form, [answer('other', yes)]));
  });
});

describe('misfits', () => {
  const options = [{ value: coded('a', 'urn:x') }, { value: coded('b', 'urn:x') }];
  const items: FormItem[] = [
    { linkId: 'yes', type: 'boolean', items: [{ linkId: 'why', type: 'string', maxLength: 5 }] },
    { linkId: 'many', type: 'choice', repeats: true, options },
    { linkId: 'open', type: 'open-choice', options },
    { linkId: 'set', type: 'choice', valueSet: 'urn:set', options },
    { linkId: 'words', type: 'display' },
    { linkId: 'group', type: 'group', repeats: true, items: [{ linkId: 'inner', type: 'integer' }] },
    { linkId: 'once', type: 'group', items: [{ linkId: 'day', type: 'date' }] },
  ];
  const of = (...response: ResponseItem[]) => misfits({ items }, response).map(({ path }) => path.join('.'));
  const reasons = (...response: ResponseItem[]) => misfits({ items }, response).map(({ reason }) => reason);

  it('finds nothing wrong with what fits', () => {
    assert.deepEqual(of(), []);
    assert.deepEqual(
      of(
        { linkId: 'yes', answers: [{ value: yes, items: [answer('why', { string: 'Tired' })] }] },
        answer('many', coded('a', 'urn:x'), coded('b')),
        answer('open', { string: 'Something else' }),
        answer('set', coded('whatever')),
        { linkId: 'group', items: [answer('inner', { integer: 1 })] },
        { linkId: 'group', items: [answer('inner', { integer: 2 })] },
        { linkId: 'once', items: [answer('day', { date: '1984-06' })] },
      ),
      [],
    );
  });

  it('lets a person be not sure of any question, but of no words', () => {
    assert.deepEqual(of(answer('yes', unknown), answer('many', unknown)), []);
    assert.deepEqual(of(answer('words', unknown)), ['items.0.answers.0.value']);
  });

  it('names what is not asked, also where it is asked elsewhere', () => {
    assert.deepEqual(of(answer('nothing', yes)), ['items.0.linkId']);
    assert.deepEqual(of(answer('inner', { integer: 1 })), ['items.0.linkId']);
    assert.deepEqual(of({ linkId: 'yes', items: [answer('why', { string: 'x' })] }), ['items.0.items.0.linkId']);
    assert.deepEqual(of({ linkId: 'once', items: [answer('inner', { integer: 1 })] }), ['items.0.items.0.linkId']);
  });

  it('names an answer of another kind, for every type of item', () => {
    const wrong: Readonly<Record<ItemType, Value>> = {
      group: yes,
      display: yes,
      boolean: { string: 'yes' },
      decimal: { integer: 1 },
      integer: { decimal: 1 },
      date: { string: '2026-03-02' },
      dateTime: { date: '2026-03-02' },
      time: { string: '09:30' },
      string: { uri: 'urn:x' },
      text: { integer: 1 },
      url: { string: 'urn:x' },
      choice: yes,
      'open-choice': { quantity: { value: 1 } },
      attachment: { uri: 'urn:x' },
      reference: { string: 'Patient/p1' },
      quantity: { decimal: 1 },
    };
    for (const [type, value] of Object.entries(wrong)) {
      const form = { items: [{ linkId: 'q', type: type as ItemType }] };
      const path = ['items', 0, 'answers', 0, 'value'];
      assert.deepEqual(misfits(form, [answer('q', value)]), [{ path, reason: 'wrong-format' }], type);
    }
  });

  it('says why where there is something to say', () => {
    assert.deepEqual(reasons(answer('many', coded('c'))), ['not-a-choice']);
    const why = answer('why', { string: 'Exhausted' });
    assert.deepEqual(reasons({ linkId: 'yes', answers: [{ value: yes, items: [why] }] }), ['too-long']);
    assert.deepEqual(reasons(answer('nothing', yes), answer('yes', yes, yes)), ['unknown', 'unknown']);
  });

  it('names an answer that is not among the options', () => {
    assert.deepEqual(of(answer('many', coded('a'), coded('c', 'urn:x'))), ['items.0.answers.1.value']);
    assert.deepEqual(of(answer('many', coded('a', 'urn:y'))), ['items.0.answers.0.value']);
  });

  it('names an answer that is too long, under another', () => {
    const deep: ResponseItem = {
      linkId: 'yes',
      answers: [{ value: yes, items: [answer('why', { string: 'Worried' })] }],
    };
    assert.deepEqual(of(deep), ['items.0.answers.0.items.0.answers.0.value']);
  });

  it('names a second answer where there is room for one, in one place or in two', () => {
    assert.deepEqual(of(answer('yes', yes, no)), ['items.0.answers.1']);
    assert.deepEqual(of(answer('yes', yes), answer('yes', no)), ['items.1.linkId']);
    assert.deepEqual(of({ linkId: 'once' }, { linkId: 'once' }), ['items.1.linkId']);
  });
});
