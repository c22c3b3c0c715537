import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type * as fhir from 'fhir/r4.js';
import { Details, type DetailsConfirmation } from '@clinic-widgets/core/details.js';
import { loadTemporal } from '@clinic-widgets/core/time.js';
import { missingData, sharedData } from '../../../test/fhir-server/shared-data.ts';
import { validate } from '../../../test/fhir-server/validation.ts';
import { ensureValid } from '../test/harbor-server.ts';
import { changesOf, toChanged, toDetails } from './demographics.ts';

await loadTemporal();
const TODAY = '2026-03-02';
type Changed = DetailsConfirmation['changed'];

const patient = (changes: Partial<fhir.Patient> = {}): fhir.Patient => ({
  resourceType: 'Patient',
  id: 'p',
  ...changes,
});
const read = (changes: Partial<fhir.Patient>) => toDetails(patient(changes), TODAY);

/** A patient after a change. */
function changed(before: fhir.Patient, to: Changed, removed: DetailsConfirmation['removed'] = []): fhir.Patient {
  const entries = Object.entries({ ...before, ...changesOf(before, { changed: to, removed }, TODAY) });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as unknown as fhir.Patient;
}

describe('names', () => {
  const cases: readonly (readonly [what: string, name: fhir.HumanName[], formal?: string, preferred?: string])[] = [
    ['there is none', []],
    ['it is a text only', [{ text: '张无忌' }], '张无忌'],
    ['it is only usual', [{ use: 'usual', given: ['Kenzi'] }], 'Kenzi'],
    [
      'there is an official and a usual one',
      [
        { use: 'usual', given: ['Jim'] },
        { use: 'official', text: 'James Poe' },
      ],
      'James Poe',
      'Jim',
    ],
    ['there is a nickname', [{ text: 'James Poe' }, { use: 'nickname', text: 'Jim' }], 'James Poe', 'Jim'],
    [
      'one is from before a marriage',
      [
        { use: 'maiden', text: 'Eva Old' },
        { use: 'old', text: 'Eva Older' },
      ],
    ],
    [
      'one is over',
      [
        { use: 'official', text: 'Eva Old', period: { end: '2020' } },
        { use: 'official', text: 'Eva New' },
      ],
      'Eva New',
    ],
    ['one says nothing', [{ use: 'official' }, { text: 'Eva' }], 'Eva'],
  ];
  for (const [what, name, formal, preferred] of cases) {
    it(`are read where ${what}`, () => {
      const details = read({ name });
      assert.deepEqual([details.name?.text, details.preferredName], [formal, preferred]);
    });

    it(`can be added to and taken back where ${what}`, () => {
      const before = patient({ name });
      const after = changed(before, { preferredName: 'Zed' });
      assert.deepEqual(toDetails(after, TODAY).name, toDetails(before, TODAY).name);
      assert.equal(toDetails(after, TODAY).preferredName, 'Zed');
      const without = changed(after, {}, ['preferredName']);
      assert.equal(toDetails(without, TODAY).preferredName, undefined);
      assert.equal(toDetails(without, TODAY).name?.text, formal);
    });
  }
});

describe('phones and e-mail', () => {
  const telecom: fhir.ContactPoint[] = [
    { use: 'home' },
    { system: 'phone', value: '111', use: 'work', rank: 1 },
    { system: 'phone', value: '222', use: 'mobile', rank: 2 },
    { system: 'phone', value: '333', use: 'old' },
    { system: 'phone', value: '444', use: 'mobile', period: { end: '2014' } },
    { system: 'email', value: 'work@x.example', use: 'work' },
    { system: 'email', value: 'home@x.example', use: 'home' },
  ];

  it('go by rank, then by what is the person’s own, and never by what is old or over', () => {
    assert.deepEqual(toChanged(patient({ telecom }), TODAY), { phone: '111', email: 'home@x.example' });
    const unranked = telecom.map(({ rank: _, ...one }) => one);
    assert.equal(read({ telecom: unranked }).phone, '222');
    assert.equal(
      read({
        telecom: [
          { system: 'phone', value: '  ' },
          { system: 'phone', use: 'home' },
        ],
      }).phone,
      undefined,
    );
  });

  it('are changed in place, with what is said of them', () => {
    const point = { system: 'phone', value: '1', rank: 1, _value: { id: 'v' }, extension: [{ url: 'urn:x' }] } as const;
    const before = patient({
      telecom: [
        { system: 'fax', value: '9' },
        { ...point, extension: [...point.extension] },
      ],
    });
    assert.deepEqual(changed(before, { phone: '2' }).telecom, [
      { system: 'fax', value: '9' },
      { system: 'phone', value: '2', rank: 1, extension: [{ url: 'urn:x' }] },
    ]);
  });
});

describe('addresses', () => {
  const line = ['1 Pier Road'];

  it('are where the patient lives now', () => {
    const address: fhir.Address[] = [
      { use: 'billing', line: ['A bank'] },
      { use: 'old', line: ['Before'] },
      { type: 'postal', line: ['A box'] },
      { use: 'home', line: ['Moved'], period: { end: '2026-03-01' } },
      { line, city: 'Niles', period: { start: '2026-03-01' } },
    ];
    assert.deepEqual(read({ address }).address, { lines: line, city: 'Niles' });
  });

  it('are read line by line where they are one text', () => {
    assert.deepEqual(read({ address: [{ text: '1 Pier Road\nNiles' }] }).address, { lines: ['1 Pier Road', 'Niles'] });
    assert.equal(read({ address: [{ use: 'home' }] }).address, undefined);
  });

  it('keep what is known of the parts that stay, and lose what is not true any more', () => {
    const known = { extension: [{ url: 'urn:part', valueString: 'x' }] };
    const before = patient({
      address: [
        {
          use: 'home',
          text: '1 Pier Road, Niles',
          line,
          city: 'Niles',
          district: 'Berrien',
          postalCode: '49120',
          _city: known,
          _postalCode: known,
          extension: [
            { url: 'urn:kept', valueString: 'x' },
            {
              url: 'http://hl7.org/fhir/StructureDefinition/geolocation',
              extension: [
                { url: 'latitude', valueDecimal: 1 },
                { url: 'longitude', valueDecimal: 1 },
              ],
            },
          ],
        },
      ],
    });
    const { address } = changed(before, { address: { lines: line, city: 'Niles', postalCode: '49121' } });
    assert.deepEqual(address, [
      {
        use: 'home',
        line,
        city: 'Niles',
        postalCode: '49121',
        _city: known,
        extension: [{ url: 'urn:kept', valueString: 'x' }],
      },
    ]);
    const same = changed(before, { address: { lines: line, city: 'Niles', postalCode: '49120' } });
    assert.deepEqual(same, before);
  });

  for (const [what, label] of [
    [
      'a national register marks',
      { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'V' }] } },
    ],
    [
      'has a label of its own',
      {
        address: [
          {
            line,
            extension: [
              {
                url: 'http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label',
                valueCoding: { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' },
              },
            ],
          },
        ],
      },
    ],
  ] as const) {
    it(`are withheld where a patient ${what}`, () => {
      const details = read({ address: [{ line }], ...(label as unknown as Partial<fhir.Patient>) });
      assert.deepEqual([details.address, details.withheld], [undefined, ['address']]);
    });
  }

  it('are shown with other labels', () => {
    const security = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'N' }];
    assert.ok(read({ address: [{ line }], meta: { security } }).address);
  });
});

describe('emergency contacts', () => {
  const roles = 'http://terminology.hl7.org/CodeSystem/v2-0131';
  const as = (code: string, text?: string): fhir.CodeableConcept => ({
    coding: [{ system: roles, code }],
    ...(text && { text }),
  });

  it('are the one that is there for emergencies, not just the next of kin', () => {
    const contact: fhir.PatientContact[] = [
      { relationship: [as('N')], name: { text: 'Kin' } },
      { relationship: [as('C')], name: { text: 'Gone' }, period: { end: '2020' } },
      {
        relationship: [as('EP'), { text: 'sister' }],
        name: { given: ['Ada'], family: 'Poe' },
        telecom: [{ system: 'phone', value: '555' }],
      },
    ];
    assert.deepEqual(read({ contact }).emergencyContact, { name: 'Ada Poe', relationship: 'sister', phone: '555' });
    assert.equal(read({ contact: contact.slice(0, 2) }).emergencyContact, undefined);
  });

  it('stay what else they are when they are not to be called any more', () => {
    const kin = { relationship: [{ coding: [...as('C').coding!, ...as('N').coding!] }], name: { text: 'Kin' } };
    const other = { relationship: [as('E')], name: { text: 'Boss' } };
    const after = changed(patient({ contact: [kin, other] }), {}, ['emergencyContact']);
    assert.deepEqual(after.contact, [{ relationship: [as('N')], name: { text: 'Kin' } }, other]);
    const gone = changed(patient({ contact: [{ relationship: [as('C')], name: { text: 'Ada' } }] }), {}, [
      'emergencyContact',
    ]);
    assert.equal(gone.contact, undefined);
  });

  it('keep an address and the rest of their name where only the phone changes', () => {
    const contact: fhir.PatientContact = {
      relationship: [as('C'), { text: 'sister' }],
      name: { given: ['Ada'], family: 'Poe', prefix: ['Dr.'] },
      telecom: [
        { system: 'phone', value: '555', use: 'home' },
        { system: 'email', value: 'a@x.example' },
      ],
      address: { city: 'Niles' },
      gender: 'female',
    };
    const before = patient({ contact: [contact] });
    const { emergencyContact } = toDetails(before, TODAY);
    const after = changed(before, { emergencyContact: { ...emergencyContact!, phone: '666' } });
    assert.deepEqual(after.contact, [
      { ...contact, telecom: [{ system: 'phone', value: '666', use: 'home' }, contact.telecom![1]] },
    ]);
  });
});

describe('languages and needs', () => {
  const speaks = (code: string, preferred?: boolean): fhir.PatientCommunication => ({
    language: { coding: [{ system: 'urn:ietf:bcp:47', code }] },
    ...(preferred !== undefined && { preferred }),
  });
  const required = { url: 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired', valueBoolean: true };
  const inTheUs = {
    url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-interpreter-needed',
    valueCoding: { system: 'http://snomed.info/sct', code: '373066001', display: 'Yes' },
  };

  it('are the one preferred, or the only one', () => {
    assert.equal(read({ communication: [speaks('en'), speaks('fr', true)] }).language, 'fr');
    assert.equal(read({ communication: [speaks('yue')] }).language, 'yue');
    assert.equal(read({ communication: [speaks('en'), speaks('fr')] }).language, undefined);
    assert.equal(read({ communication: [{ language: { text: 'Dutch' } }] }).language, undefined);
  });

  it('keep every language that the patient has', () => {
    const before = patient({ communication: [speaks('en', true), speaks('fr')] });
    assert.deepEqual(changed(before, { language: 'fr' }).communication, [speaks('en'), speaks('fr', true)]);
    assert.deepEqual(changed(before, { language: 'so' }).communication, [
      speaks('en'),
      speaks('fr'),
      speaks('so', true),
    ]);
    assert.deepEqual(changed(before, { language: 'EN' }), before);
  });

  for (const extension of [required, inTheUs]) {
    it(`say that an interpreter is needed, by ${extension.url.split('/').at(-1)}`, () => {
      const of = (code: string) => read({ extension: [extension], communication: [speaks(code, true)] }).needs;
      assert.deepEqual(of('so'), [{ kind: 'spoken-interpreter', language: 'so' }]);
      assert.deepEqual(of('ase'), [{ kind: 'sign-interpreter', language: 'ase' }]);
      assert.equal(read({ extension: [extension] }).needs, undefined);
      const before = patient({ extension: [extension], communication: [speaks('so', true)] });
      const after = changed(before, { needs: [{ kind: 'more-time' }] });
      assert.deepEqual(toDetails(after, TODAY).needs, [{ kind: 'more-time' }]);
      ensureValid(after);
      const again = changed(after, { needs: [{ kind: 'spoken-interpreter', language: 'so' }] });
      assert.deepEqual(toDetails(again, TODAY).needs, [{ kind: 'spoken-interpreter', language: 'so' }]);
      assert.ok(again.extension?.some((one) => one.url === extension.url));
    });
  }
});

it('leaves out by itself what is longer than anybody’s', () => {
  const details = read({
    name: [{ text: 'Eva' }],
    telecom: [
      { system: 'phone', value: '1'.repeat(60) },
      { system: 'email', value: 'eva@x.example' },
    ],
    address: [{ line: ['x'.repeat(300)] }],
  });
  assert.deepEqual(details, { version: '', name: { given: [], text: 'Eva' }, email: 'eva@x.example' });
});

it('reads what is of the wrong shape as far as it makes sense', () => {
  const odd = { name: 'Eva', telecom: [null, 7], address: {}, contact: [null], communication: 'en', extension: null };
  assert.deepEqual(toDetails({ resourceType: 'Patient', id: 'p', ...odd } as unknown as fhir.Patient, TODAY), {
    version: '',
  });
});

describe('real Patients', { skip: missingData() ?? false }, () => {
  const all = missingData() ? [] : [...sharedData()];
  const patients = all.flatMap(({ file, resource }) =>
    resource.resourceType === 'Patient' ? [{ file, resource: resource as fhir.Patient }] : [],
  );
  const named = (file: string) => {
    const found = patients.find((one) => one.file.endsWith(file)) ?? assert.fail(file);
    const { version: _, ...details } = toDetails(found.resource, TODAY);
    return details;
  };

  it('are all shown', () => {
    const folders = ['patients/', 'synthea/', 'us-core/'];
    assert.ok(folders.every((folder) => patients.some(({ file }) => file.startsWith(folder))));
    assert.ok(patients.length >= 70);
    for (const { file, resource } of patients) {
      const details = toDetails(resource, TODAY);
      assert.ok(Details.safeParse(details).success, file);
      const isNamed = resource.name?.some(
        ({ use, text, given, family }) => use !== 'maiden' && use !== 'old' && (text || given || family),
      );
      assert.equal(details.name !== undefined, isNamed ?? false, file);
    }
  });

  it('are called by the name that they use, and reached where they can be', () => {
    assert.deepEqual(named('fhir-core/Patient-example.json'), {
      name: { given: ['Peter', 'James'], family: 'Chalmers', text: 'Peter James Chalmers' },
      preferredName: 'Jim',
      birthDate: '1974-12-25',
      address: { lines: ['534 Erewhon St'], city: 'PleasantVille', state: 'Vic', postalCode: '3999' },
      phone: '(03) 5555 6473',
    });
    const { name, address, language } = named('us-core/patient-example.json');
    assert.deepEqual([name?.text, address?.lines, language], ['Amy V. Baxter PharmD', ['183 MOUNTAIN VIEW ST'], 'es']);
    assert.equal(named('au-core/patient-banks-mia-leanne.json').phone, '0491574632');
    assert.equal(named('fhir-core/Patient-ch-example.json').name?.text, '张无忌');
    assert.equal(named('fhir-core/Patient-newborn.json').name, undefined);
    assert.equal(named('au-core/patient-wang-li.json').language, 'yue');
    assert.equal(named('uk-core/UKCore-Patient-Sn-MultipleLanguages-Example.json').language, undefined);
  });

  it('have someone to call in an emergency', () => {
    const { emergencyContact } = named('fhir-core/Patient-f001.json');
    assert.deepEqual(emergencyContact, { name: 'Sarah Abels', phone: '0690383372' });
    assert.equal(named('fhir-core/Patient-animal.json').emergencyContact?.name, 'Peter James Chalmers');
    assert.equal(named('fhir-core/Patient-infant-twin-1.json').emergencyContact, undefined);
  });

  it('are not told where somebody lives who must not be found', () => {
    assert.deepEqual(named('finnish-base/Patient-patient-with-turvakielto.json').withheld, ['address']);
  });

  const wanted: Changed = {
    preferredName: 'Zed',
    address: { lines: ['9 Hill'], city: 'Niles', state: 'MI', postalCode: '49120', country: 'US' },
    phone: '(269) 555-0100',
    email: 'zed@x.example',
    emergencyContact: { name: 'Ada Poe', relationship: 'aunt', phone: '(269) 555-0101' },
    language: 'so',
    needs: [{ kind: 'spoken-interpreter', language: 'so' }, { kind: 'transfer-equipment' }],
  };

  it('are changed in every detail, and stay as valid as they were, with every other element', () => {
    const touched = ['name', 'address', 'telecom', 'contact', 'communication', 'extension'];
    for (const { file, resource } of patients) {
      const after = changed(resource, wanted);
      const { withheld } = toDetails(resource, TODAY);
      const { address: _, ...others } = wanted;
      assert.deepEqual(toChanged(after, TODAY), withheld ? others : wanted, file);
      const wrong = (one: fhir.Patient) => validate(one).map(({ details }) => details?.text);
      assert.ok(
        wrong(after).every((text) => wrong(resource).includes(text)),
        `${file}: ${wrong(after).join()}`,
      );
      for (const name of Object.keys(resource).filter((one) => !touched.includes(one))) {
        assert.deepEqual(after[name as keyof fhir.Patient], resource[name as keyof fhir.Patient], file);
      }
      for (const name of touched as ('name' | 'telecom' | 'contact' | 'extension')[]) {
        const before: readonly unknown[] = resource[name] ?? [];
        const lost = before.filter(
          (one) => !(after[name] as unknown[]).some((other) => JSON.stringify(other) === JSON.stringify(one)),
        );
        // The one that is changed; of the telecoms the phone and the e-mail.
        assert.ok(lost.length <= (name === 'telecom' ? 2 : 1), `${file} ${name}`);
      }
    }
  });

  it('are as they were where nothing is another', () => {
    for (const { file, resource } of patients) {
      const known = toChanged(resource, TODAY);
      assert.deepEqual(changed(resource, known), resource, file);
    }
  });

  it('have everything taken out that can be', () => {
    const names = Object.keys(wanted) as (keyof Changed)[];
    for (const { file, resource } of patients) {
      const known = toChanged(resource, TODAY);
      for (const name of names) {
        const after = toChanged(changed(resource, {}, [name]), TODAY);
        if (known[name] !== undefined) assert.notDeepEqual(after[name], known[name], `${file} ${name}`);
      }
    }
  });
});
