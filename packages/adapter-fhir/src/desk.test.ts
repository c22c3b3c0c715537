import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type * as fhir from 'fhir/r4.js';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { ClinicAdapter } from '@clinic-widgets/core/adapter.js';
import { Attention } from '@clinic-widgets/core/desk.js';
import { Charge } from '@clinic-widgets/core/check-in.js';
import { ensureValid, harborServer, NOW, refused } from '../test/harbor-server.ts';
import { spoilt } from '../test/spoilt.ts';
import { toAttention } from './attention.ts';
import { fromHelp, fromWalkIn } from './calls.ts';
import { toCharge } from './charges.ts';
import { lenient } from './lenient.ts';
import { wordsIn } from './summaries.ts';
import { spoken, toMarks } from './visit-tasks.ts';

const ZONE = 'America/New_York';
const server = await harborServer();
const { checkIn: onServer } = harborClinic({ now: NOW, weeks: 1 });
const station = { kind: 'kiosk', deviceId: 'lobby-1', locationId: 'st-joseph' } as const;
const there = () => server.adapter({ onServer });
const walkIn = {
  station,
  danger: true,
  givenName: 'Beatriz',
  familyName: 'Ferreira',
  birthDate: '1971-01-09',
  phone: '(269) 555-0173',
  reason: 'A deep cut',
  language: 'pt',
};

const tasks = async (code: string) =>
  (await server.storedAll<fhir.Task>('Task')).filter((one) => one.code?.coding?.[0]?.code === code);

describe('a call for a person', () => {
  it('is a Task that staff see, and whose status is what is told of it', async () => {
    const adapter = there();
    const acting = { patientId: 'p-rosa' };
    const request = { station, reason: 'stuck' as const, acting, appointmentId: 'a-rosa-today', language: 'es' };
    const help = await adapter.askForHelp(request, { idempotencyKey: 'k1' });
    const { goTo, language, translations } = onServer;
    const known = { number: 'A10', state: 'waiting', deskOpen: true, goTo, language, translations };
    assert.deepEqual(help, { id: help.id, ...known });
    const [task] = await tasks('help');
    ensureValid(task!);
    assert.deepEqual((await adapter.findAttention({})).items, [
      {
        id: help.id,
        kind: 'help',
        priority: 'urgent',
        state: 'waiting',
        at: NOW,
        patientId: 'p-rosa',
        appointmentId: 'a-rosa-today',
        number: 'A10',
        station,
        language: 'es',
        reason: 'stuck',
      },
    ]);
    await adapter.acknowledge({ attentionId: help.id, state: 'acknowledged' });
    assert.equal((await adapter.getHelp({ helpId: help.id })).state, 'acknowledged');
    assert.equal((await server.stored<fhir.Task>('Task', help.id)).status, 'accepted');
    await adapter.acknowledge({ attentionId: help.id, state: 'done' });
    assert.equal((await adapter.getHelp({ helpId: help.id })).state, 'done');
    await refused(adapter.acknowledge({ attentionId: help.id, state: 'acknowledged' }), 'conflict');
    assert.deepEqual((await adapter.findAttention({})).items, []);
  });

  it('stands before staff although no number could be drawn, and is one call after the retry', async () => {
    const adapter = there();
    let first = true;
    server.fail(({ method, path, body }) => {
      const isNumber = method === 'POST' && path === 'Task' && JSON.stringify(body).includes('drawn-number');
      if (!isNumber || !first) return undefined;
      first = false;
      return { status: 503 };
    });
    const request = { station, reason: 'danger' as const };
    await refused(adapter.askForHelp(request, { idempotencyKey: 'k1' }), 'unavailable');
    assert.equal((await adapter.findAttention({})).items[0]?.priority, 'stat');
    await adapter.askForHelp(request, { idempotencyKey: 'k1' });
    assert.equal((await tasks('help')).length, 1);
  });

  it('names no visit that is not the caller’s, and nothing else that waits can be asked after', async () => {
    const adapter = there();
    const acting = { patientId: 'p-rosa' };
    await adapter.askForHelp({ station, reason: 'person', acting, appointmentId: 'a-kate-today' });
    assert.equal((await tasks('help'))[0]?.basedOn, undefined);
    await adapter.raiseAlert({
      acting,
      reason: 'answer',
      form: { id: 'phq-9', version: '' },
      linkId: '44260-8',
      values: [{ integer: 1 }],
    });
    const [alert] = await tasks('alert');
    await refused(adapter.getHelp({ helpId: alert!.id! }), 'not-found');
  });

  it('is passed on without who calls where they may act no more, and without a visit then', async () => {
    await server.change<fhir.RelatedPerson>('RelatedPerson', 'r-rosa', { period: { end: '2026-03-01' } });
    const acting = { patientId: 'p-mateo', representativeId: 'r-rosa' };
    await there().askForHelp({ station, reason: 'danger', acting, appointmentId: 'a-mateo-today' });
    const [task] = await tasks('help');
    assert.deepEqual([task!.for, task!.requester, task!.basedOn], [undefined, undefined, undefined]);
    assert.equal(task!.priority, 'stat');
    ensureValid(task!);
  });

  it('reaches staff from a kiosk that says that it stands where there is no place, and so does a walk-in', async () => {
    const adapter = there();
    // What a server does that looks whether there is what is referred to.
    server.fail(({ method, path, body }) =>
      method === 'POST' && path === 'Task' && JSON.stringify(body).includes('Location/nowhere')
        ? { status: 422 }
        : undefined,
    );
    const astray = { ...station, locationId: 'nowhere' };
    const help = await adapter.askForHelp({ station: astray, reason: 'danger' }, { idempotencyKey: 'k1' });
    const again = await adapter.askForHelp({ station: astray, reason: 'danger' }, { idempotencyKey: 'k1' });
    assert.equal(again.id, help.id);
    await adapter.startWalkIn({ ...walkIn, station: astray });
    const { items } = await adapter.findAttention({});
    // Both come in at one moment: neither is the first.
    assert.deepEqual(
      items.toSorted((a, b) => (a.kind < b.kind ? -1 : 1)).map(({ kind, station: from }) => [kind, from]),
      ['help', 'walk-in'].map((kind) => [kind, { kind: 'kiosk', deviceId: 'lobby-1' }]),
    );
  });

  it('promises nobody while the desk is closed', async () => {
    const adapter = there();
    const { id } = await adapter.askForHelp({ station, reason: 'person' });
    const { open, goTo } = await adapter.describeDesk({});
    assert.deepEqual([open, goTo], [true, onServer.goTo]);
    await adapter.openDesk({ open: false });
    assert.equal((await adapter.describeDesk({})).open, false);
    assert.equal((await adapter.getHelp({ helpId: id })).deskOpen, false);
    await Promise.all([adapter.openDesk({ open: true }), adapter.openDesk({ open: true })]);
    assert.equal((await adapter.getHelp({ helpId: id })).deskOpen, true);
    const desks = (await server.storedAll<fhir.Location>('Location')).filter(
      ({ identifier }) => identifier?.[0]?.system === 'urn:clinic-widgets:desk',
    );
    assert.equal(desks.length, 1);
    ensureValid(...desks);
  });
});

describe('somebody without an appointment', () => {
  it('is taken in as they typed it, and no patient is made of them', async () => {
    const adapter = there();
    const before = (await server.storedAll<fhir.Patient>('Patient')).length;
    await adapter.startWalkIn(walkIn);
    const [task] = await tasks('walk-in');
    ensureValid(task!);
    assert.equal(task!.priority, 'stat');
    assert.equal(task!.for, undefined);
    const [one] = (await adapter.findAttention({})).items;
    assert.deepEqual(one!.claimed, { name: 'Beatriz Ferreira', birthDate: '1971-01-09', phone: '(269) 555-0173' });
    assert.equal(one!.message, 'A deep cut');
    assert.equal((await server.storedAll<fhir.Patient>('Patient')).length, before);
  });

  it('is matched by one of two who do it at once', async () => {
    const adapter = there();
    await adapter.startWalkIn(walkIn);
    const [one] = (await adapter.findAttention({})).items;
    const answers = await Promise.allSettled(
      ['p-rosa', 'p-kate'].map((patientId) => adapter.matchWalkIn({ attentionId: one!.id, patientId })),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    await refused(adapter.matchWalkIn({ attentionId: one!.id, patientId: 'none' }), 'not-found');
  });
});

describe('arrivals', () => {
  async function arriveAs(adapter: ClinicAdapter, patientId: string) {
    const acting = { patientId };
    const [visit] = (await adapter.findVisits({ acting, station })).items;
    const { id, version } = visit!.appointment;
    return adapter.arriveAtVisit({ acting, appointment: { id, version }, station });
  }

  it('are listed in the order of arrival, and with whom staff received in their own system', async () => {
    const adapter = there();
    await arriveAs(adapter, 'p-samuel');
    server.advance(2);
    await arriveAs(adapter, 'p-rosa');
    // The server's own clock is long past that day.
    await server.change<fhir.Appointment>('Appointment', 'a-kate-today', { status: 'arrived' });
    const { items } = await adapter.findArrivals({ day: '2026-03-02' });
    assert.deepEqual(
      items.map(({ name, ticket }) => [name, ticket]),
      [
        ['Samuel Whitfield', 'A10'],
        ['Rosa Delgado', 'A11'],
        ['Katherine Ann Marlowe', undefined],
      ],
    );
  });

  it('are called, moved on, and told so without a name', async () => {
    const adapter = there();
    const { appointment } = await arriveAs(adapter, 'p-rosa');
    const about = { acting: { patientId: 'p-rosa' }, appointmentId: appointment.id };
    assert.equal((await adapter.getVisitProgress(about)).state, 'waiting');
    for (const [to, kind] of [
      ['Room 4', 'called'],
      ['Laboratory', 'moved'],
    ] as const) {
      assert.deepEqual(await adapter.callPatient({ appointmentId: appointment.id, to, kind }), { ticket: 'A10' });
      assert.deepEqual(await adapter.getVisitProgress(about), { state: kind, ticket: 'A10', to });
    }
    const [task] = await tasks('visit');
    ensureValid(task!);
    assert.deepEqual(
      task!.output?.map(({ type, valueString, valueInstant }) => [type.coding?.[0]?.code, valueString ?? valueInstant]),
      [
        ['called-to', 'Laboratory'],
        ['called-at', '2026-03-02T12:00:00.000Z'],
      ],
    );
    await refused(adapter.callPatient({ appointmentId: 'a-kate-today', to: 'Room 4', kind: 'called' }), 'conflict');
  });

  it('keep how they want to be called, whoever writes at the same time', async () => {
    const adapter = there();
    const { appointment } = await arriveAs(adapter, 'p-rosa');
    const about = { acting: { patientId: 'p-rosa' }, appointmentId: appointment.id };
    await Promise.all([
      adapter.chooseCallBy({ ...about, callBy: 'person' }),
      adapter.callPatient({ appointmentId: appointment.id, to: 'Room 4', kind: 'called' }),
    ]);
    const [arrival] = (await adapter.findArrivals({ day: '2026-03-02' })).items;
    assert.deepEqual([arrival!.callBy, arrival!.calledTo], ['person', 'Room 4']);
  });
});

describe('the mapping', () => {
  it('calls every number of a day by another name', () => {
    const names = Array.from({ length: 5000 }, (_, index) => spoken(index + 1));
    assert.equal(new Set(names).size, names.length);
    assert.deepEqual(
      [1, 90, 91, 990, 991].map((number) => spoken(number)),
      ['A10', 'A99', 'F10', 'Y99', 'A110'],
    );
  });

  it('calls what is due as the invoice does in the language asked for, and says which it is', () => {
    const _text = {
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/translation',
          extension: [
            { url: 'lang', valueCode: 'es' },
            { url: 'content', valueString: 'Copago' },
          ],
        },
      ],
    };
    const said = (extra: Partial<fhir.Invoice>, asked?: string) => {
      const totalNet = { value: 25, currency: 'USD' as const };
      const { label, language } = toCharge(
        { resourceType: 'Invoice', id: 'i', status: 'issued', totalNet, ...extra },
        asked,
      );
      return [label, language];
    };
    const note = [{ text: 'Copay', _text }] as fhir.Annotation[];
    assert.deepEqual(said({ language: 'en', note }, 'es-US'), ['Copago', 'es']);
    assert.deepEqual(said({ language: 'en', note }, 'fr'), ['Copay', 'en']);
    assert.deepEqual(said({ note: [{ text: 'Copay' }] }, 'en'), ['Copay', undefined]);
    assert.deepEqual(said({ language: 'en', type: { text: 'Visit' } }, 'en'), ['Visit', undefined]);
  });

  it('writes and reads an amount in its currency’s own decimals', () => {
    const invoice = (totalNet: fhir.Money): fhir.Invoice => ({
      resourceType: 'Invoice',
      id: 'i',
      status: 'issued',
      totalNet,
      note: [{ text: 'Copay' }],
    });
    const amount = (value: number, currency: string) => toCharge(invoice({ value, currency: currency })).amount.value;
    assert.equal(amount(25, 'USD'), '25.00');
    assert.equal(amount(18.4, 'USD'), '18.40');
    assert.equal(amount(1200, 'JPY'), '1200');
    assert.equal(amount(1.5, 'KWD'), '1.500');
  });

  const visitTask = (extra: Partial<fhir.Task>): fhir.Task => ({
    resourceType: 'Task',
    id: 't',
    status: 'in-progress',
    intent: 'order',
    ...extra,
  });

  it('is never thrown at', () => {
    const check = (good: fhir.FhirResource, map: (one: never) => unknown, fits: (value: unknown) => boolean) =>
      fc.assert(
        fc.property(spoilt(good), (resource) => {
          const value = lenient(
            resource as fhir.FhirResource,
            (one) => map(one as never),
            () => undefined,
          );
          return value === undefined || fits(value);
        }),
        { numRuns: 300 },
      );
    const now = Date.parse(NOW);
    const help = fromHelp({ station, reason: 'person', message: 'Please', language: 'en' }, 'k', now);
    check(
      { ...help, id: 'h' },
      (one) => toAttention(one, ZONE),
      (value) => Attention.safeParse(value).success,
    );
    const walker = { ...fromWalkIn(walkIn, 'k', now), id: 'w' };
    check(
      walker,
      (one) => toAttention(one, ZONE),
      (value) => Attention.safeParse(value).success,
    );
    const invoice: fhir.Invoice = {
      resourceType: 'Invoice',
      id: 'i',
      status: 'issued',
      totalNet: { value: 1, currency: 'USD' },
      note: [{ text: 'n' }],
    };
    check(
      invoice,
      (one) => toCharge(one, 'es'),
      (value) => Charge.safeParse(value).success,
    );
    const marks = visitTask({
      identifier: [{ system: 'urn:clinic-widgets:number', value: '2026-03-02/12' }],
      executionPeriod: { start: '2026-03-02T12:00:00Z' },
      input: [
        { type: { coding: [{ system: 'urn:clinic-widgets:visit-inputs', code: 'call-by' }] }, valueCode: 'text' },
      ],
    });
    assert.deepEqual(toMarks(marks), {
      isReady: false,
      arrivedAt: '2026-03-02T12:00:00Z',
      ticket: 'A21',
      callBy: 'text',
    });
    check(marks, toMarks, (value) => typeof (value as { isReady: unknown }).isReady === 'boolean');
    const document: fhir.DocumentReference = {
      resourceType: 'DocumentReference',
      id: 'd',
      status: 'current',
      content: [{ attachment: { contentType: 'text/plain', language: 'es', data: 'SG9sYQ==' } }],
    };
    assert.deepEqual([...wordsIn(document)], [['es', { instructions: 'Hola' }]]);
    check(document, wordsIn, (value) => value instanceof Map);
  });
});
