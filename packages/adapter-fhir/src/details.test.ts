import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type * as fhir from 'fhir/r4.js';
import type { ClinicAdapter } from '@clinic-widgets/core/adapter.js';
import { isDeepStrictEqual } from 'node:util';
import { ensureValid, refused } from '../test/harbor-server.ts';
import { recordsServer } from '../test/records-server.ts';

const server = await recordsServer();
const acting = { patientId: 'p-ana' };
const asMother = { patientId: 'p-kid', representativeId: 'r-ana' };
const ofTeen = { patientId: 'p-teen', representativeId: 'r-ana-teen' };
const asStranger = { patientId: 'p-ana', representativeId: 'r-neighbor' };
const kiosk = { kind: 'kiosk', deviceId: 'lobby-1' } as const;
const desk = { kind: 'desk' } as const;
const at = '2026-03-02T07:00:00-05:00';
const key = { idempotencyKey: 'k1' };

type Given = Parameters<ClinicAdapter['confirmDetails']>[0];

/** A confirmation of what is there now. */
async function given(changes: Partial<Given> = {}): Promise<Given> {
  const who = changes.acting ?? acting;
  const { version } = await server.adapter().getDetails({ acting: who });
  return { acting: who, version, station: kiosk, confirmed: [], changed: {}, at, ...changes };
}

const patient = () => server.stored<fhir.Patient>('Patient', 'p-ana');
const provenances = () => server.storedAll<fhir.Provenance>('Provenance');
const record = async () => (await server.adapter().findConfirmations({})).items;
const acts = async () => (await record()).map(({ field, act, by }) => `${by} ${act} ${field}`).sort();

/** What a Provenance says came of it, and of what that is a revision. */
const versionsIn = ({ target, entity }: fhir.Provenance) => ({
  made: target.map(({ reference }) => reference),
  looked: entity?.find(({ role }) => role === 'revision')?.what.reference,
});

/** The elements of a patient that are not as they were. */
function changedIn(before: fhir.Patient, after: fhir.Patient): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof fhir.Patient)[];
  return names.filter((name) => !isDeepStrictEqual(before[name], after[name])).sort();
}

describe('reading details', () => {
  it('shows all that the clinic knows', async () => {
    const { version, ...details } = await server.adapter().getDetails({ acting });
    assert.equal(version, (await patient()).meta?.versionId);
    assert.deepEqual(details, {
      name: { given: ['Ana'], family: 'Ruiz', text: 'Ana Ruiz' },
      preferredName: 'Anita',
      birthDate: '1980-02-03',
      address: {
        lines: ['1 Pier Road', 'Flat 2'],
        city: 'St. Joseph',
        state: 'MI',
        postalCode: '49085',
        country: 'US',
      },
      phone: '(269) 555-0123',
      email: 'ana@example.com',
      emergencyContact: { name: 'Luis Ruiz', relationship: 'brother', phone: '(269) 555-0124' },
      language: 'es',
      needs: [{ kind: 'spoken-interpreter', language: 'es' }, { kind: 'more-time' }],
    });
  });

  it('withholds how to reach a patient above the privacy age from who acts for them', async () => {
    const details = await server.adapter().getDetails({ acting: ofTeen });
    assert.deepEqual(details.withheld, ['phone', 'email', 'address']);
    assert.equal(details.phone, undefined);
    assert.equal(details.language, 'en');
    assert.equal((await server.adapter().getDetails({ acting: asMother })).phone, '(269) 555-0123');
    assert.equal((await server.adapter().getDetails({ acting: { patientId: 'p-teen' } })).phone, '(269) 555-0777');
    assert.equal((await server.adapter({ privacyAge: 15 }).getDetails({ acting: ofTeen })).phone, '(269) 555-0777');
  });

  it('withholds it always from whose authority nobody has looked into', async () => {
    const details = await server.adapter({}).getDetails({ acting: asStranger });
    assert.deepEqual(details.withheld, ['phone', 'email', 'address']);
    assert.ok(!JSON.stringify(details).includes('555-0123'));
  });

  it('refuses who may not act for the patient', async () => {
    const who = { patientId: 'p-ana', representativeId: 'r-ana' };
    await refused(server.adapter().getDetails({ acting: who }), 'forbidden');
    await refused(server.adapter().getDetails({ acting: { patientId: 'nobody' } }), 'not-found');
  });

  it('withholds an address that is protected, from the patient’s screen too', async () => {
    const security = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }];
    await server.change<fhir.Patient>('Patient', 'p-ana', { meta: { security } });
    const details = await server.adapter().getDetails({ acting });
    assert.deepEqual(details.withheld, ['address']);
    assert.equal(details.address, undefined);
    assert.equal(details.phone, '(269) 555-0123');
  });
});

describe('confirming details', () => {
  it('writes down who said so, when, from where and of which version, and no value', async () => {
    const before = await patient();
    const { id } = await server
      .adapter()
      .confirmDetails(await given({ confirmed: ['phone', 'address'], appointmentId: 'a-skin' }), key);
    assert.deepEqual(await patient(), before);
    const [stored, ...others] = await provenances();
    assert.deepEqual(others, []);
    const { meta, ...rest } = stored!;
    assert.deepEqual(meta?.tag, [{ system: 'urn:clinic-widgets:write-key', code: 'k1' }]);
    const confirmation = (field: string) => ({
      url: 'urn:clinic-widgets:confirmation',
      extension: [
        { url: 'field', valueCode: field },
        { url: 'act', valueCode: 'confirmed' },
      ],
    });
    assert.deepEqual(rest, {
      resourceType: 'Provenance',
      id,
      extension: [
        {
          url: 'urn:clinic-widgets:station',
          extension: [
            { url: 'kind', valueCode: 'kiosk' },
            { url: 'device', valueString: 'lobby-1' },
          ],
        },
        { url: 'urn:clinic-widgets:visit', valueReference: { reference: 'Appointment/a-skin' } },
        confirmation('phone'),
        confirmation('address'),
      ],
      target: [{ reference: `Patient/p-ana/_history/${before.meta?.versionId}` }],
      recorded: at,
      activity: { coding: [{ system: 'urn:clinic-widgets:confirmations', code: 'details' }] },
      agent: [{ who: { reference: 'Patient/p-ana' } }],
      entity: [{ role: 'source', what: { reference: 'Patient/p-ana' } }],
    });
    for (const value of ['555', 'Pier', 'Anita']) assert.ok(!JSON.stringify(stored).includes(value));
  });

  it('names what a change has made as its target, and what was looked at as what it is a revision of', async () => {
    const [before, input] = [await patient(), await given({ changed: { phone: '(269) 555-0321' } })];
    await server.adapter().confirmDetails(input, key);
    const [stored = assert.fail('It must be recorded.')] = await provenances();
    assert.deepEqual(versionsIn(stored), {
      made: [`Patient/p-ana/_history/${(await patient()).meta?.versionId}`],
      looked: `Patient/p-ana/_history/${before.meta?.versionId}`,
    });
    assert.equal((await record())[0]?.version, before.meta?.versionId);
    ensureValid(stored);
  });

  it('is read back as the contract has it', async () => {
    const input = await given({ confirmed: ['language'], acting: asMother });
    const { id } = await server.adapter().confirmDetails(input);
    assert.deepEqual(await record(), [
      {
        id: `${id}/1`,
        patientId: 'p-kid',
        field: 'language',
        act: 'confirmed',
        at,
        station: 'kiosk',
        by: 'representative',
        representativeId: 'r-ana',
        version: input.version,
      },
    ]);
  });

  const changes: readonly (readonly [what: string, given: Partial<Given>, elements: readonly string[]])[] = [
    ['the phone', { changed: { phone: '(269) 555-0321' } }, ['telecom']],
    ['the e-mail', { changed: { email: 'new@example.com' } }, ['telecom']],
    ['the e-mail, taken out', { removed: ['email'] }, ['telecom']],
    ['the address', { changed: { address: { lines: ['9 Hill'], city: 'Niles' } } }, ['address']],
    ['the address, taken out', { removed: ['address'] }, ['address']],
    ['the name to use', { changed: { preferredName: 'Annie' } }, ['name']],
    ['the name to use, taken out', { removed: ['preferredName'] }, ['name']],
    ['whom to call', { changed: { emergencyContact: { name: 'Eva Lind', phone: '(269) 555-0444' } } }, ['contact']],
    ['whom to call, taken out', { removed: ['emergencyContact'] }, ['contact']],
    ['the language', { changed: { language: 'en' } }, ['communication']],
    ['the language, taken out', { removed: ['language'] }, ['communication', 'extension']],
    ['the needs', { changed: { needs: [{ kind: 'sign-interpreter', language: 'ase' }] } }, ['extension']],
    ['the needs, to none', { changed: { needs: [] } }, ['extension']],
    ['the needs, taken out', { removed: ['needs'] }, ['extension']],
  ];
  for (const [what, input, elements] of changes) {
    it(`changes ${what}, and no other element`, async () => {
      const before = await patient();
      await server.adapter().confirmDetails(await given(input), key);
      const after = await patient();
      ensureValid(after);
      const allowed = ['meta', ...elements];
      assert.deepEqual(
        changedIn(before, after).filter((name) => !allowed.includes(name)),
        [],
      );
      const { version, ...read } = await server.adapter().getDetails({ acting });
      assert.notEqual(version, before.meta?.versionId);
      for (const [name, value] of Object.entries(input.changed ?? {})) {
        assert.deepEqual(read[name as keyof typeof read], isDeepStrictEqual(value, []) ? undefined : value);
      }
      for (const name of (input.removed ?? []).filter((one) => one !== 'email')) {
        assert.equal(read[name as keyof typeof read], undefined);
      }
      assert.ok(after.extension?.some(({ url }) => url === 'urn:other:extension'));
      assert.ok(JSON.stringify(after.telecom).includes('urn:other:point'));
      assert.equal(after.telecom?.filter(({ system }) => system === 'fax').length, 1);
      assert.deepEqual(after._birthDate, before._birthDate);
      const [{ act, version: looked } = assert.fail('It must be recorded.')] = await record();
      assert.deepEqual([act, looked], ['changed', before.meta?.versionId]);
    });
  }

  it('counts what is typed again as confirmed, and writes nothing', async () => {
    const before = await patient();
    await server.adapter().confirmDetails(await given({ changed: { phone: '(269) 555-0123', email: 'a@b.example' } }));
    assert.deepEqual(await acts(), ['patient changed email', 'patient confirmed phone']);
    const { version } = await server.adapter().getDetails({ acting });
    await server.adapter().confirmDetails(await given({ changed: { email: 'a@b.example' } }));
    assert.notEqual(version, before.meta?.versionId);
    assert.equal((await server.adapter().getDetails({ acting })).version, version);
  });

  it('refuses what cannot be so, by its path, and writes nothing', async () => {
    const input = await given({
      confirmed: ['email', 'language'],
      changed: {
        preferredName: ' ',
        phone: 'none',
        email: 'nowhere',
        address: { lines: [' '], country: 'US', postalCode: '12' },
        emergencyContact: { name: 'Eva', phone: '1' },
      },
      removed: ['name', 'phone', 'needs'],
    });
    const { misfits } = await refused(server.adapter().confirmDetails(input), 'invalid');
    assert.deepEqual(
      misfits.map(({ path, reason }) => `${path.join('.')} ${reason}`),
      [
        'confirmed.0 unknown',
        'changed.preferredName required',
        'changed.address.lines required',
        'changed.address.postalCode wrong-format',
        'changed.phone wrong-format',
        'changed.email wrong-format',
        'changed.emergencyContact.phone too-short',
        'removed.0 unknown',
        'removed.1 unknown',
      ],
    );
    assert.deepEqual(await provenances(), []);
  });

  it('refuses to confirm or change what is withheld', async () => {
    const input = await given({ acting: ofTeen, confirmed: ['phone'], changed: { email: 'a@b.example' } });
    const { paths } = await refused(server.adapter().confirmDetails(input), 'invalid');
    assert.deepEqual(paths, [
      ['confirmed', 0],
      ['changed', 'email'],
    ]);
  });

  it('names the field that the server refuses, and why', async () => {
    const input = await given({ changed: { phone: '(269) 555-0321', preferredName: 'Annie' } });
    server.fail(({ method, path }) =>
      method === 'PUT' && path.startsWith('Patient')
        ? {
            status: 422,
            body: {
              resourceType: 'OperationOutcome',
              issue: [{ severity: 'error', code: 'too-long', expression: ['Patient.telecom[0].value'] }],
            },
          }
        : undefined,
    );
    const { misfits } = await refused(server.adapter().confirmDetails(input), 'invalid');
    assert.deepEqual(misfits, [{ path: ['changed', 'phone'], reason: 'too-long' }]);
  });

  it('is a conflict when the details have changed since they were read', async () => {
    const input = await given({ confirmed: ['phone'] });
    await server.change<fhir.Patient>('Patient', 'p-ana', { gender: 'female' });
    await refused(server.adapter().confirmDetails(input), 'conflict');
    assert.deepEqual(await provenances(), []);
  });

  it('lets one of two who change at once', async () => {
    const inputs = await Promise.all(
      ['(269) 555-0321', '(269) 555-0322'].map((phone) => given({ changed: { phone } })),
    );
    const results = await Promise.allSettled(inputs.map((input) => server.adapter().confirmDetails(input)));
    assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    assert.equal((await provenances()).length, 1);
  });

  it('refuses a visit of somebody else', async () => {
    await refused(
      server.adapter().confirmDetails(await given({ confirmed: ['phone'], appointmentId: 'a-kid' })),
      'not-found',
    );
  });

  for (const [what, method, path] of [
    ['the change', 'PUT', /^Patient/],
    ['the record', 'POST', /^Provenance$/],
  ] as const) {
    it(`is done once when the reply to ${what} is lost, and is tried again`, async () => {
      const input = await given({ changed: { phone: '(269) 555-0321' } });
      const before = await patient();
      server.loseReply(method, path);
      const first = await server
        .adapter()
        .confirmDetails(input, key)
        .catch(() => undefined);
      const again = await server.adapter().confirmDetails(input, key);
      if (first) assert.deepEqual(again, first);
      const [stored, ...others] = await provenances();
      assert.deepEqual(others, []);
      assert.deepEqual(versionsIn(stored!), {
        made: [`Patient/p-ana/_history/${(await patient()).meta?.versionId}`],
        looked: `Patient/p-ana/_history/${before.meta?.versionId}`,
      });
      const [{ version, act } = assert.fail('It must be recorded.')] = await record();
      assert.deepEqual([version, act], [before.meta?.versionId, 'changed']);
    });
  }

  it('is finished by a retry when the record could not be written', async () => {
    const input = await given({ changed: { phone: '(269) 555-0321' } });
    server.fail(({ method, path }) => (method === 'POST' && path === 'Provenance' ? { status: 503 } : undefined));
    await refused(server.adapter().confirmDetails(input, key), 'unavailable');
    assert.equal((await server.adapter().getDetails({ acting })).phone, '(269) 555-0321');
    server.fail(() => undefined);
    await server.adapter().confirmDetails(input, key);
    assert.deepEqual(await acts(), ['patient changed phone']);
  });

  it('refuses a key that was used for somebody else', async () => {
    await server.adapter().confirmDetails(await given({ confirmed: ['phone'] }), key);
    const other = await given({ confirmed: ['phone'], acting: asMother });
    await refused(server.adapter().confirmDetails(other, key), 'invalid');
  });

  it('lets staff correct what the patient said, and change what nobody has spoken about', async () => {
    await server.adapter().confirmDetails(await given({ confirmed: ['phone'] }));
    const changed = { phone: '(269) 555-0321', email: 'b@c.example' };
    await server.adapter({ proposes: true }).confirmDetails(await given({ station: desk, changed }));
    assert.deepEqual(await acts(), ['patient confirmed phone', 'staff changed email', 'staff corrected phone']);
    assert.equal((await server.adapter().getDetails({ acting })).phone, '(269) 555-0321');
  });

  it('does not believe a page that it is the desk', async () => {
    const { version } = await server.adapter().getDetails({ acting: asStranger });
    const input = await given({ station: desk, changed: { language: 'en' }, acting: asStranger, version });
    await server.adapter(null).confirmDetails(input);
    assert.deepEqual(await acts(), ['representative proposed language']);
  });
});

describe('a detail that is called wrong', () => {
  const station = kiosk;
  const visit = 'a-skin';
  const stateOf = async () => {
    const { items } = await server.adapter().findVisits({ acting, station });
    const { preparations } = items.find(({ appointment }) => appointment.id === visit)!;
    return preparations.find(({ name }) => name === 'details')?.state;
  };

  it('leaves the details of the visit to the desk, until the patient or staff say otherwise', async () => {
    const say = async (changes: Partial<Given>, when: string) =>
      server.adapter().confirmDetails(await given({ ...changes, appointmentId: visit, at: when }));
    assert.equal(await stateOf(), 'open');
    await say({ doubted: ['name'] }, '2026-03-02T07:00:00-05:00');
    assert.equal(await stateOf(), 'at-desk');
    await say({ confirmed: ['phone'] }, '2026-03-02T07:01:00-05:00');
    assert.equal(await stateOf(), 'at-desk');
    await say({ confirmed: ['name'] }, '2026-03-02T07:02:00-05:00');
    assert.equal(await stateOf(), 'done');
  });
});

describe('the record of confirmations', () => {
  it('is found by day, by the clinic’s clock, and by patient, page by page, earliest first', async () => {
    const say = async (changes: Partial<Given>) => server.adapter().confirmDetails(await given(changes));
    await say({ confirmed: ['phone', 'email'], at: '2026-03-03T00:30:00Z' });
    await say({ confirmed: ['name'], at: '2026-03-03T12:00:00-05:00' });
    await say({ confirmed: ['name'], acting: asMother, at: '2026-03-03T13:00:00-05:00' });
    const adapter = server.adapter();
    const ofDay = await adapter.findConfirmations({ from: '2026-03-02', to: '2026-03-02' });
    assert.deepEqual(
      ofDay.items.map(({ field }) => field),
      ['phone', 'email'],
    );
    const next = await adapter.findConfirmations({ from: '2026-03-03', patientId: 'p-ana' });
    assert.equal(next.items.length, 1);

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await adapter.findConfirmations({ limit: 1, ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ patientId, field }) => `${patientId} ${field}`));
      cursor = page.next;
    } while (cursor);
    assert.deepEqual(seen, ['p-ana phone', 'p-ana email', 'p-ana name', 'p-kid name']);
  });

  it('leaves out what others have recorded', async () => {
    await server.seed([
      {
        resourceType: 'Provenance',
        id: 'other',
        target: [{ reference: 'Patient/p-ana' }],
        recorded: at,
        agent: [{ who: { display: 'A laboratory' } }],
      },
    ]);
    assert.deepEqual(await record(), []);
  });
});

describe('changes that wait for staff', () => {
  const adapter = () => server.adapter({ proposes: true, privacyAge: 13 });
  const propose = async (changes: Partial<Given>) => adapter().confirmDetails(await given(changes), key);
  const proposals = async () => (await adapter().findProposals({})).items;

  it('are each a Task with what is and what is to be, and change nothing', async () => {
    const before = await patient();
    await propose({ confirmed: ['language'], changed: { phone: '(269) 555-0321' }, removed: ['preferredName'] });
    assert.deepEqual(await patient(), before);
    assert.deepEqual(await acts(), [
      'patient confirmed language',
      'patient proposed phone',
      'patient proposed preferredName',
    ]);
    const shown = (await proposals()).map(({ id, version, ...rest }) => rest);
    assert.deepEqual(
      shown.sort((a, b) => (a.field < b.field ? -1 : 1)),
      [
        { patientId: 'p-ana', field: 'phone', from: '(269) 555-0123', to: '(269) 555-0321', at, station: 'kiosk' },
        { patientId: 'p-ana', field: 'preferredName', from: 'Anita', at, station: 'kiosk' },
      ],
    );
    assert.equal((await server.storedAll('Task')).length, 2);
    assert.deepEqual((await adapter().findProposals({ patientId: 'p-kid' })).items, []);
  });

  const all: readonly (readonly [Given['changed'], string])[] = [
    [{ preferredName: 'Annie' }, 'Annie'],
    [{ address: { lines: ['9 Hill'], city: 'Niles', state: 'MI', postalCode: '49120' } }, '9 Hill, Niles, MI 49120'],
    [{ email: 'b@c.example' }, 'b@c.example'],
    [
      { emergencyContact: { name: 'Eva', relationship: 'aunt', phone: '(269) 555-0444' } },
      'Eva (aunt), (269) 555-0444',
    ],
    [{ language: 'en' }, 'en'],
    [
      { needs: [{ kind: 'sign-interpreter', language: 'ase' }, { kind: 'more-time' }] },
      'sign-interpreter (ase), more-time',
    ],
  ];
  for (const [changed, line] of all) {
    const [field] = Object.keys(changed) as (keyof typeof changed)[];
    it(`are taken over: ${field}`, async () => {
      await propose({ changed });
      const [proposal = assert.fail('There must be one.')] = await proposals();
      assert.equal(proposal.to, line);
      assert.deepEqual(await adapter().decideProposal({ proposal, decision: 'accepted' }), {});
      const details = await adapter().getDetails({ acting });
      assert.deepEqual(details[field!], changed[field!]);
      assert.deepEqual(await proposals(), []);
      assert.deepEqual(await acts(), [`patient proposed ${field}`, `staff accepted ${field}`]);
      const [task] = await server.storedAll<fhir.Task>('Task');
      assert.equal(task?.status, 'completed');
    });
  }

  it('are refused', async () => {
    await propose({ changed: { phone: '(269) 555-0321' } });
    const [proposal = assert.fail('There must be one.')] = await proposals();
    await adapter().decideProposal({ proposal, decision: 'refused' });
    assert.equal((await adapter().getDetails({ acting })).phone, '(269) 555-0123');
    assert.deepEqual(await acts(), ['patient proposed phone', 'staff refused phone']);
    assert.equal((await server.storedAll<fhir.Task>('Task'))[0]?.status, 'rejected');
    await refused(adapter().decideProposal({ proposal, decision: 'accepted' }), 'conflict');
  });

  it('are both taken over where two were proposed together', async () => {
    await propose({ changed: { phone: '(269) 555-0321', email: 'b@c.example' } });
    for (const proposal of await proposals()) await adapter().decideProposal({ proposal, decision: 'accepted' });
    const { phone, email } = await adapter().getDetails({ acting });
    assert.deepEqual([phone, email], ['(269) 555-0321', 'b@c.example']);
  });

  it('are also what was called wrong, which staff put right where they keep it', async () => {
    const input = await given({ confirmed: ['phone'], doubted: ['name', 'birthDate'], appointmentId: 'a-skin' });
    await server.adapter().confirmDetails(input, key);
    await server.adapter().confirmDetails(input, key);
    const shown = (await proposals()).map(({ field, from, to }) => [field, from, to]);
    assert.deepEqual(shown.sort(), [
      ['birthDate', '1980-02-03', undefined],
      ['name', 'Ana Ruiz', undefined],
    ]);
    assert.deepEqual(await acts(), ['patient confirmed phone', 'patient doubted birthDate', 'patient doubted name']);
    for (const task of await server.storedAll<fhir.Task>('Task')) ensureValid(task);

    // Staff put it right in their own system, and take it off their list here.
    await server.change<fhir.Patient>('Patient', 'p-ana', { birthDate: '1981-02-03' });
    const before = await patient();
    for (const proposal of await proposals()) await adapter().decideProposal({ proposal, decision: 'accepted' });
    assert.deepEqual(await patient(), before);
    assert.deepEqual(await proposals(), []);
    assert.deepEqual((await acts()).slice(3), ['staff accepted birthDate', 'staff accepted name']);
  });

  it('are a conflict when the detail has changed since', async () => {
    await propose({ changed: { phone: '(269) 555-0321' } });
    const [proposal = assert.fail('There must be one.')] = await proposals();
    await server.adapter().confirmDetails(await given({ changed: { phone: '(269) 555-0888' } }));
    await refused(adapter().decideProposal({ proposal, decision: 'accepted' }), 'conflict');
    assert.equal((await proposals()).length, 1);
    await adapter().decideProposal({ proposal, decision: 'refused' });
  });

  it('are decided by one of two at once', async () => {
    await propose({ changed: { phone: '(269) 555-0321' } });
    const [proposal = assert.fail('There must be one.')] = await proposals();
    const results = await Promise.allSettled(
      (['accepted', 'refused'] as const).map((decision) => adapter().decideProposal({ proposal, decision })),
    );
    assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    const { phone } = await adapter().getDetails({ acting });
    const isAccepted = results[0]!.status === 'fulfilled';
    assert.equal(phone, isAccepted ? '(269) 555-0321' : '(269) 555-0123');
    assert.equal((await provenances()).length, 2);
  });

  for (const [method, path] of [
    ['PUT', /^Task/],
    ['PUT', /^Patient/],
    ['POST', /^Provenance$/],
  ] as const) {
    it(`are decided once when the reply to ${method} ${path.source} is lost`, async () => {
      await propose({ changed: { phone: '(269) 555-0321' } });
      const [proposal = assert.fail('There must be one.')] = await proposals();
      server.loseReply(method, path);
      const before = await patient();
      const decide = () => adapter().decideProposal({ proposal, decision: 'accepted' }, { idempotencyKey: 'k2' });
      await decide().catch(() => undefined);
      await decide();
      const decided = (await provenances()).find(({ activity }) => activity?.coding?.[0]?.code === 'decision');
      assert.deepEqual(versionsIn(decided!), {
        made: [`Patient/p-ana/_history/${(await patient()).meta?.versionId}`],
        looked: `Patient/p-ana/_history/${before.meta?.versionId}`,
      });
      assert.equal((await adapter().getDetails({ acting })).phone, '(269) 555-0321');
      assert.deepEqual(await acts(), ['patient proposed phone', 'staff accepted phone']);
      assert.deepEqual(await proposals(), []);
    });
  }

  it('are what somebody whose authority is unknown can do at most', async () => {
    const { version } = await server.adapter().getDetails({ acting: asStranger });
    const input = await given({ acting: asStranger, version, changed: { language: 'en' } });
    await server.adapter().confirmDetails(input);
    const [proposal] = (await server.adapter().findProposals({})).items;
    assert.equal(proposal?.representativeId, 'r-neighbor');
    assert.equal((await server.adapter().getDetails({ acting })).language, 'es');
  });

  it('are not among what else waits for staff, and nothing else among them', async () => {
    await propose({ changed: { phone: '(269) 555-0321' } });
    const [task] = await server.storedAll<fhir.Task>('Task');
    await refused(
      adapter().decideProposal({ proposal: { id: 'none', version: '1' }, decision: 'accepted' }),
      'not-found',
    );
    await server.change<fhir.Task>('Task', task!.id!, { code: { coding: [{ system: 'urn:other', code: 'x' }] } });
    assert.deepEqual(await proposals(), []);
    await refused(
      adapter().decideProposal({ proposal: { id: task!.id!, version: '' }, decision: 'accepted' }),
      'not-found',
    );
  });
});
