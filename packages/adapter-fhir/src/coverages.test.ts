import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type * as fhir from 'fhir/r4.js';
import { CoverageOnFile } from '@clinic-widgets/core/details.js';
import { missingData, sharedData } from '../../../test/fhir-server/shared-data.ts';
import { refused } from '../test/harbor-server.ts';
import { ZONE } from '../test/mappings.ts';
import { recordsServer } from '../test/records-server.ts';
import { toCoverage } from './coverages.ts';

const server = await recordsServer();
const acting = { patientId: 'p-ana' };
const kiosk = { kind: 'kiosk' } as const;
const at = '2026-03-02T07:00:00-05:00';
const key = { idempotencyKey: 'k1' };

const onFile = async () => (await server.adapter().findCoverages({ acting })).items;
const record = async () => (await server.adapter().findConfirmations({})).items;

describe('insurances on file', () => {
  it('are shown in the order in which they are asked', async () => {
    const found = (await onFile()).map(({ version, ...rest }) => rest);
    assert.deepEqual(found, [
      {
        id: 'c-1',
        payer: 'Great Lakes Health Plan',
        plan: 'Harbor PPO',
        memberId: 'GLH 204',
        order: 1,
        relationship: 'self',
        ends: '2026-12-31',
      },
      { id: 'c-2', payer: 'Lake Mutual', order: 2, relationship: 'self' },
    ]);
  });

  it('say who holds them, seen from the patient', async () => {
    const who = { patientId: 'p-kid', representativeId: 'r-ana' };
    const { items } = await server.adapter().findCoverages({ acting: who });
    assert.equal(items[0]?.relationship, 'parent');
    await refused(server.adapter().findCoverages({ acting: { ...acting, representativeId: 'r-ana' } }), 'forbidden');
  });

  it('name a payer that is only referred to, and leave out what is no insurance of the patient’s any more', async () => {
    const own = { resourceType: 'Coverage', beneficiary: { reference: 'Patient/p-ana' } } as const;
    await server.seed([
      { resourceType: 'Organization', id: 'o-1', name: 'Third Payer' },
      { ...own, id: 'c-3', status: 'active', payor: [{ reference: 'Organization/o-1' }] },
      { ...own, id: 'c-4', status: 'cancelled', payor: [{ display: 'Gone' }] },
      {
        ...own,
        id: 'c-5',
        status: 'active',
        payor: [{ reference: 'Patient/p-ana' }],
        type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/coverage-selfpay', code: 'pay' }] },
      },
    ]);
    assert.deepEqual(
      (await onFile()).map(({ payer }) => payer),
      ['Great Lakes Health Plan', 'Lake Mutual', 'Third Payer'],
    );
  });
});

describe('confirming insurances', () => {
  const given = async (answer: 'confirmed' | 'changed' | 'none', changes: object = {}) => ({
    acting,
    appointmentId: 'a-skin',
    station: kiosk,
    coverages: answer === 'none' ? [] : (await onFile()).map(({ id, version }) => ({ id, version })),
    answer,
    at,
    ...changes,
  });

  it('names each as it was looked at, and tells nobody', async () => {
    const coverages = await onFile();
    const { id } = await server.adapter().confirmCoverages(await given('confirmed'), key);
    const [stored, ...others] = await server.storedAll<fhir.Provenance>('Provenance');
    assert.deepEqual(others, []);
    assert.deepEqual(
      stored?.target.map(({ reference }) => reference),
      coverages.map((one) => `Coverage/${one.id}/_history/${one.version}`),
    );
    assert.deepEqual(
      await record(),
      coverages.map(({ version }, index) => ({
        id: `${id}/${index + 1}`,
        patientId: 'p-ana',
        field: 'coverage',
        act: 'confirmed',
        at,
        station: 'kiosk',
        by: 'patient',
        version,
      })),
    );
    assert.deepEqual(await server.storedAll('Task'), []);
  });

  for (const answer of ['changed', 'none'] as const) {
    it(`tells the desk where the answer is "${answer}", once`, async () => {
      const input = await given(answer);
      server.loseReply('POST', /^Provenance$/);
      await server
        .adapter()
        .confirmCoverages(input, key)
        .catch(() => undefined);
      await server.adapter().confirmCoverages(input, key);
      const [task, ...others] = await server.storedAll<fhir.Task>('Task');
      assert.deepEqual(others, []);
      const { id, meta, ...rest } = task!;
      assert.deepEqual(rest, {
        resourceType: 'Task',
        extension: [{ url: 'urn:clinic-widgets:station', extension: [{ url: 'kind', valueCode: 'kiosk' }] }],
        identifier: [{ system: 'urn:clinic-widgets:write-key', value: 'k1/unfinished' }],
        basedOn: [{ reference: 'Appointment/a-skin' }],
        status: 'requested',
        intent: 'order',
        priority: 'routine',
        code: { coding: [{ system: 'urn:clinic-widgets:attention', code: 'unfinished' }] },
        description: 'Finish something of the patient’s visit.',
        for: { reference: 'Patient/p-ana' },
        authoredOn: '2026-03-02T12:00:00.000Z',
        requester: { reference: 'Patient/p-ana' },
        input: [
          {
            type: { coding: [{ system: 'urn:clinic-widgets:attention-inputs', code: 'unfinished' }] },
            valueCode: 'insurance',
          },
        ],
      });
      assert.deepEqual(
        (await record()).map(({ field, act }) => `${act} ${field}`),
        answer === 'none' ? ['proposed coverage'] : ['proposed coverage', 'proposed coverage'],
      );
    });
  }

  it('is a conflict when one has changed, and does not know those of others', async () => {
    const input = await given('confirmed');
    await server.change<fhir.Coverage>('Coverage', 'c-2', { dependent: '1' });
    await refused(server.adapter().confirmCoverages(input), 'conflict');
    const coverages = [{ id: 'c-kid', version: '' }];
    await refused(server.adapter().confirmCoverages(await given('confirmed', { coverages })), 'not-found');
    await refused(server.adapter().confirmCoverages(await given('confirmed', { appointmentId: 'a-kid' })), 'not-found');
    assert.deepEqual(await record(), []);
  });
});

describe('real Coverages', { skip: missingData() ?? false }, () => {
  const all = missingData() ? [] : [...sharedData()];
  const coverages = all.filter(({ resource }) => resource.resourceType === 'Coverage');
  const payers = new Map(
    all
      .filter(({ resource }) => resource.resourceType === 'Organization')
      .map(({ resource }) => [resource.id, (resource as fhir.Organization).name]),
  );
  const shown = (resource: object) =>
    toCoverage({ id: 'c', ...resource } as fhir.Coverage, (id) => payers.get(id), ZONE);

  it('are all shown, with a payer where one is named', () => {
    assert.ok(coverages.length >= 19);
    for (const { file, resource } of coverages) {
      const made = shown(resource);
      assert.ok(CoverageOnFile.safeParse(made).success, file);
      const { subscriberId, period } = resource as fhir.Coverage;
      if (subscriberId) assert.ok(made.memberId, file);
      if (period?.end) assert.ok(made.ends, file);
    }
  });

  const named = (file: string) =>
    coverages.filter((one) => one.file.endsWith(file)).map(({ resource }) => shown(resource));

  it('show the member’s own number, the plan and who holds it', () => {
    assert.deepEqual(named('us-core/coverage-example.json'), [
      {
        id: 'coverage-example',
        version: '',
        payer: 'Acme Health Plan',
        plan: 'Acme Gold Plan',
        memberId: '88800933501',
        relationship: 'self',
      },
    ]);
    const [spouse] = named('carin-insurance-card/Example-Coverage1.json');
    assert.deepEqual([spouse?.memberId, spouse?.relationship], ['102345672-02', 'spouse']);
    const [second] = named('fhir-core/Coverage-7546D.json');
    assert.deepEqual([second?.memberId, second?.order, second?.ends], ['AB9876', 2, '2012-03-17']);
    assert.ok(named('insurance/medplum/example-data.json').some(({ relationship }) => relationship === 'parent'));
    const [payer] = named('davinci-hrex/Coverage-full.json');
    assert.ok(payer?.payer);
    assert.equal(payer.relationship, 'self');
  });

  for (const [end, ends] of [
    ['2026', '2026-12-31'],
    ['2024-02', '2024-02-29'],
    ['2026-03-04', '2026-03-04'],
    ['2026-03-05T01:00:00Z', '2026-03-04'],
    ['soon', undefined],
  ] as const) {
    it(`end on ${ends} where they say ${end}`, () => {
      assert.equal(shown({ resourceType: 'Coverage', status: 'active', period: { end } }).ends, ends);
    });
  }
});
