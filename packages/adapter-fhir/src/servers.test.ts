// How real servers differ, a test for each way: what was measured on five of them is met here by a real server, made
// worse where a way is another server's.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type * as fhir from 'fhir/r4.js';
import { isClinicError } from '@clinic-widgets/core/errors.js';
import type { FhirRequest, Reply } from '../../../test/fhir-server/fhir-server.ts';
import { aBooking, harborServer, type HarborServer, NOW, refused, takenBy } from '../test/harbor-server.ts';

const server = await harborServer();
const weak = await harborServer({ ignoreIfMatch: true, noIfNoneExist: true });
const hiding = await harborServer({ hideEtag: true });
const guarded = await harborServer({ bearerToken: 'good' });
const silent = await harborServer({ statement: () => ({ resourceType: 'Bundle', type: 'searchset' }) as never });

const JUNE = { visitTypeId: 'check-up', from: '2026-03-02', to: '2026-03-15' };
const rosa = { patientId: 'p-rosa' };

/** All that a widget does at a clinic, from the first look to a cancelled appointment. */
async function visit(at: HarborServer, adapter = at.adapter()) {
  const { items: visitTypes } = await adapter.findVisitTypes({});
  await adapter.findPractitioners({ visitTypeId: 'check-up' });
  await adapter.findLocations({});
  const { items: days } = await adapter.findFreeDays(JUNE);
  const { slot, request } = await aBooking(at);
  await adapter.findUnmetNeeds({ visitTypeId: 'check-up', slotId: slot.id, needs: [{ kind: 'more-time' }] });
  await adapter.findOrders({ acting: rosa });
  const booked = await adapter.bookAppointment({
    ...request,
    acting: { patientId: 'p-mateo', representativeId: 'r-rosa' },
  });
  const { items: appointments } = await adapter.findAppointments({ patientId: 'p-mateo' });
  const acting = { patientId: 'p-mateo' };
  const cancelled = await adapter.cancelAppointment({
    acting,
    appointment: { id: booked.id, version: booked.version },
    reason: 'other',
  });
  await adapter.joinWaitlist({ acting, visitTypeId: 'check-up', from: '2026-03-02', to: '2026-03-15' });
  return { visitTypes, days, slot, booked, appointments, cancelled };
}

const bodyOf = ({ body }: FhirRequest) =>
  body instanceof URLSearchParams ? body.toString() : JSON.stringify(body ?? '');
const everythingAsked = ({ requests }: HarborServer) =>
  requests.map((one) => `${one.method} ${one.path}?${one.query} ${bodyOf(one)}`);

describe('a taken slot', () => {
  it('is a conflict whether the server says 409, 412 or 400', async () => {
    const text = 'Requested time slot is not available';
    const issue = [{ severity: 'error', code: 'invalid', details: { text } }];
    for (const [status, body] of [
      [409, ''],
      [412, ''],
      [400, { resourceType: 'OperationOutcome', issue }],
    ] as const) {
      const { request } = await aBooking(server);
      server.fail(({ method, path }) => (method === 'PUT' && path.startsWith('Slot/') ? { status, body } : undefined));
      await refused(server.adapter().bookAppointment(request), 'conflict');
      server.fail(() => undefined);
    }
  });
});

describe('transactions', () => {
  it('are not relied on: none is sent', async () => {
    await visit(server);
    assert.ok(!server.requests.some(({ method, path }) => method === 'POST' && path === ''));
  });
});

describe('the lock', () => {
  it('is PUT with If-Match: of ten at once one gets the time', async () => {
    const { request, slot } = await aBooking(server);
    const adapter = server.adapter();
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => adapter.bookAppointment(request)));
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal((await takenBy(server, slot)).length, 1);
  });

  it('is not used at a server that ignores If-Match: there a booking is a request', async () => {
    const adapter = weak.adapter();
    assert.equal((await adapter.describeClinic({})).requestOnly, true);
    const { request } = await aBooking(weak);
    assert.equal((await adapter.bookAppointment(request)).status, 'proposed');
    assert.ok(!weak.requests.some(({ method, path }) => method === 'PUT' && path.startsWith('Slot/')));
  });

  it('is known to hold at Medplum, although its statement says only that it keeps versions', async () => {
    const said = { ...(await statementOf(weak)), software: { name: 'medplum', version: '5.1.13' } };
    weak.fail(({ path }) => (path === 'metadata' ? { status: 200, body: said } : undefined));
    assert.equal((await weak.adapter().describeClinic({})).requestOnly, undefined);
  });

  it('is chosen by the host’s option before anything the server says', async () => {
    const { supports, requestOnly } = await weak.adapter({ booking: 'lock' }).describeClinic({});
    assert.equal(requestOnly, undefined);
    assert.ok(supports.includes('holdSlot'));
    assert.equal((await server.adapter({ booking: 'request' }).describeClinic({})).requestOnly, true);
  });

  it('is never found out by writing', async () => {
    await server.adapter().describeClinic({});
    assert.deepEqual(
      server.requests.map(({ method, path }) => `${method} ${path}`),
      ['GET metadata'],
    );
  });
});

const statementOf = async (at: HarborServer): Promise<fhir.CapabilityStatement> =>
  (await fetch(`${at.baseUrl}/metadata`)).json() as Promise<fhir.CapabilityStatement>;

describe('PATCH', () => {
  it('is not used, since its If-Match may be ignored', async () => {
    await visit(server);
    assert.ok(!server.requests.some(({ method }) => method === 'PATCH'));
  });
});

describe('If-None-Exist', () => {
  it('makes a retry safe: the same key gives the same appointment', async () => {
    const { request, slot } = await aBooking(server);
    const calls = Array.from({ length: 5 }, () =>
      server.adapter().bookAppointment(request, { idempotencyKey: 'same' }),
    );
    const ids = (await Promise.allSettled(calls)).flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []));
    assert.equal(new Set(ids).size, 1);
    assert.deepEqual(
      (await takenBy(server, slot)).map(({ id }) => id),
      [ids[0]],
    );
  });

  it('is not needed for a retry, where a server ignores it', async () => {
    const { request, slot } = await aBooking(weak);
    const book = () => weak.adapter().bookAppointment(request, { idempotencyKey: 'same' });
    assert.equal((await book()).id, (await book()).id);
    assert.equal((await takenBy(weak, slot)).length, 1);
  });
});

describe('dates', () => {
  it('are asked for as moments from and to, never as days', async () => {
    const adapter = server.adapter();
    await adapter.findFreeDays(JUNE);
    await adapter.findSlots(JUNE);
    await adapter.findAppointments({ ...rosa, from: '2026-03-02', to: '2026-03-09' });
    const starts = server.requests.flatMap(({ query }) => query.getAll('start'));
    assert.ok(starts.length > 0);
    for (const start of starts) assert.match(start, /^(ge|lt)\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/);
    assert.ok(!everythingAsked(server).some((one) => /[?&\s](date|start)=\d/.test(one)));
  });
});

describe('search sets', () => {
  const withoutTotal = (reply: Reply): Reply => {
    const { total: _, ...bundle } = reply.body as fhir.Bundle;
    return { ...reply, body: bundle };
  };
  const isSearch = ({ method, path }: FhirRequest) =>
    (method === 'GET' && !path.includes('/')) || path.endsWith('_search');

  it('are read to their end without a total and without next links', async () => {
    const whole = (await server.adapter().findFreeDays(JUNE)).items;
    server.fail((one) => (isSearch(one) && one.path !== 'metadata' ? { rewrite: withoutTotal } : undefined));
    assert.deepEqual((await server.adapter().findFreeDays(JUNE)).items, whole);
    const schedules = await server.storedAll<fhir.Schedule>('Schedule');
    await server.seed(Array.from({ length: 450 }, (_, index) => ({ ...schedules[0], id: `more-${index}` })));
    await server.adapter().findPractitioners({});
    const offsets = server.requests.filter(({ path }) => path === 'Schedule').map(({ query }) => query.get('_offset'));
    assert.deepEqual(offsets.slice(-3), [null, '200', '400']);
  });

  it('are sorted again, whatever order they come in', async () => {
    const { items } = await server.adapter().findSlots(JUNE);
    const { items: days } = await server.adapter().findFreeDays(JUNE);
    const shuffled = (reply: Reply): Reply => {
      const bundle = reply.body as fhir.Bundle;
      return { ...reply, body: { ...bundle, entry: bundle.entry?.toReversed() } };
    };
    server.fail(({ path }) => (path === 'Slot' ? { rewrite: shuffled } : undefined));
    assert.deepEqual((await server.adapter().findSlots(JUNE)).items, items);
    assert.deepEqual((await server.adapter().findFreeDays(JUNE)).items, days);
  });

  it('are asked for by one sort key at most', async () => {
    await visit(server);
    for (const { query } of server.requests) assert.doesNotMatch(query.get('_sort') ?? '', /,/);
  });
});

describe('what is written', () => {
  it('has no empty lists, objects or texts, which strict servers refuse', async () => {
    const { request, slots } = await aBooking(server, { needs: [], reason: '' });
    const adapter = server.adapter();
    const hold = await adapter.holdSlot(request);
    await adapter.releaseHold({ acting: request.acting, holdId: hold.id });
    const { id, version } = await adapter.bookAppointment({ ...request, slot: { ...request.slot, version: '' } });
    const next = { id: slots[1]!.id, version: slots[1]!.version };
    const moved = await adapter.rescheduleAppointment({
      acting: request.acting,
      appointment: { id, version },
      slot: next,
    });
    const appointment = { id, version: moved.version };
    await adapter.cancelAppointment({ acting: request.acting, appointment, reason: 'other', comment: '' });
    const sent = server.requests.filter(({ method, body }) => method !== 'GET' && !(body instanceof URLSearchParams));
    assert.ok(sent.length > 8);
    for (const { body } of sent) assert.doesNotMatch(JSON.stringify(body), /:(\[\]|\{\}|"")/);
  });
});

describe('ids', () => {
  it('are the server’s: nothing is put where there was nothing', async () => {
    const known = new Set((await server.storedAll('Slot')).map(({ id }) => `Slot/${id}`));
    await visit(server);
    for (const { method, path } of server.requests) {
      if (method === 'PUT' && path.startsWith('Slot/')) assert.ok(known.has(path), path);
      assert.ok(method !== 'POST' || !/^\w+\/(?!_search)/.test(path), path);
    }
  });
});

describe('what was deleted', () => {
  it('is not found, whether the server says 410 or 404', async () => {
    for (const status of [404, 410]) {
      const { request } = await aBooking(server);
      server.fail(({ path }) =>
        path.startsWith('Slot/') || path.startsWith('Appointment/a') ? { status } : undefined,
      );
      await refused(server.adapter().bookAppointment(request), 'not-found');
      await refused(server.adapter().getAppointment({ ...rosa, appointmentId: 'a-rosa-past' }), 'not-found');
      server.fail(() => undefined);
    }
  });
});

describe('search parameters', () => {
  it('are only those that R4 has, so that the strictest server understands them', async () => {
    const statement = await statementOf(server);
    const common = ['_count', '_offset', '_sort', '_id', '_include'];
    const known = (type: string) => [
      ...common,
      ...(statement.rest?.[0]?.resource?.find((one) => one.type === type)?.searchParam ?? []).map(({ name }) => name),
    ];
    server.fail(({ path, query, body }) => {
      const [type = '', id] = path.split('/');
      if (id !== undefined && id !== '_search') return undefined;
      const names = [...query.keys(), ...(body instanceof URLSearchParams ? body.keys() : [])];
      const unknown = names.filter((name) => !known(type).includes(name));
      return unknown.length ? { status: 400, body: { resourceType: 'OperationOutcome', issue: [] } } : undefined;
    });
    const { cancelled } = await visit(server);
    assert.equal(cancelled.status, 'cancelled');
  });

  it('may be ignored: what was not asked for is left out by the adapter itself', async () => {
    const { items } = await server.adapter().findSlots({ ...JUNE, limit: 20 });
    const all = await server.storedAll<fhir.Slot>('Slot');
    const entry = all.map((resource) => ({ resource }));
    server.fail(({ path }) =>
      path === 'Slot' ? { status: 200, body: { resourceType: 'Bundle', type: 'searchset', entry } } : undefined,
    );
    assert.deepEqual((await server.adapter().findSlots({ ...JUNE, limit: 20 })).items, items);
  });
});

describe('/metadata', () => {
  it('may be an empty search set: then bookings are requests, unless the host knows better', async () => {
    const { booked } = await visit(silent);
    assert.equal(booked.status, 'proposed');
    const knowing = await silent.adapter({ booking: 'lock' }).describeClinic({});
    assert.equal(knowing.requestOnly, undefined);
    assert.ok(knowing.supports.includes('rescheduleAppointment'));
  });

  it('may be missing or broken: then bookings are requests, and what was a failure is asked again', async () => {
    for (const [status, body, again] of [
      [404, '', 1],
      [403, '', 1],
      [200, '<html>', 2],
      [500, '', 2],
    ] as const) {
      server.requests.length = 0;
      server.fail(({ path }) => (path === 'metadata' ? { status, body } : undefined));
      const adapter = server.adapter();
      assert.equal((await adapter.describeClinic({})).requestOnly, true);
      await adapter.describeClinic({});
      assert.equal(server.requests.length, again, `asked again after ${status}`);
    }
  });

  it('that cannot be reached makes the clinic unavailable, and not one that takes requests', async () => {
    server.fail(() => ({ status: 503, headers: { 'retry-after': '9' } }));
    assert.equal((await refused(server.adapter().describeClinic({}), 'unavailable')).retryAfter, 9);
    server.fail(() => ({ dropReply: true }));
    await refused(server.adapter().describeClinic({}), 'unavailable');
  });

  it('is asked for once, not before every call', async () => {
    const adapter = server.adapter();
    await adapter.describeClinic({});
    await adapter.findVisitTypes({});
    await adapter.findSlots(JUNE);
    assert.equal(server.requests.filter(({ path }) => path === 'metadata').length, 1);
  });

  it('decides what is supported', async () => {
    const truth = await statementOf(server);
    const without = (type: string, ...codes: string[]) => {
      const statement = structuredClone(truth);
      const resource = statement.rest![0]!.resource!.find((one) => one.type === type)!;
      resource.interaction = resource.interaction!.filter(({ code }) => codes.length && !codes.includes(code));
      return statement;
    };
    const missing = async (statement: fhir.CapabilityStatement) => {
      server.fail(({ path }) => (path === 'metadata' ? { status: 200, body: statement } : undefined));
      const { supports } = await server.adapter({ onServer: {} }).describeClinic({});
      const all = Object.keys(server.adapter()).sort();
      return all.filter((name) => !supports.includes(name));
    };
    assert.deepEqual(await missing(truth), []);
    assert.deepEqual(await missing(without('ServiceRequest')), ['findOrders']);
    assert.deepEqual(await missing(without('Appointment', 'create')), ['bookAppointment', 'joinWaitlist']);
    assert.deepEqual(await missing(without('Appointment', 'update')), [
      'arriveAtVisit',
      'cancelAppointment',
      'checkIn',
      'checkOut',
      'rescheduleAppointment',
      'respondToAppointment',
    ]);
    assert.deepEqual(await missing(without('Slot', 'update')), ['holdSlot', 'releaseHold', 'rescheduleAppointment']);
    assert.deepEqual(await missing(without('Slot', 'search-type')), ['findFreeDays', 'findSlots']);
    assert.deepEqual(await missing(without('Invoice')), ['choosePayment', 'findCharges']);
    assert.deepEqual(await missing(without('Consent', 'search-type')), ['findConsents', 'findRecordedConsents']);
    assert.deepEqual(await missing(without('Patient', 'search-type')), ['identify']);
    assert.deepEqual(await missing(without('Location', 'update')), ['openDesk']);
    assert.deepEqual(await missing(without('Task', 'read')), ['acknowledge', 'getHelp', 'matchWalkIn']);
    const adapter = server.adapter({ supports: { findOrders: false, findSlots: true } });
    const { supports } = await adapter.describeClinic({});
    assert.ok(!supports.includes('findOrders') && supports.includes('findSlots'));
    await refused(adapter.findOrders({ acting: rosa }), 'unsupported');
  });

  it('may be nonsense', async () => {
    for (const body of [
      { resourceType: 'CapabilityStatement', rest: {} },
      { resourceType: 'CapabilityStatement', rest: [null, { mode: 'server', resource: 'all' }] },
      {
        resourceType: 'CapabilityStatement',
        rest: [{ mode: 'server', resource: [null, { type: 'Slot', interaction: {}, versioning: 7 }] }],
      },
    ]) {
      server.fail(({ path }) => (path === 'metadata' ? { status: 200, body } : undefined));
      assert.equal((await server.adapter().describeClinic({})).requestOnly, true);
    }
  });
});

describe('versions', () => {
  it('are taken from meta where a page cannot read the ETag', async () => {
    // Node reads every header, so the one that a browser hides is taken away here.
    const blind: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      const headers = new Headers(response.headers);
      headers.delete('etag');
      return new Response(response.body, { status: response.status, headers });
    };
    const { cancelled } = await visit(hiding, hiding.adapter({ fetch: blind }));
    assert.equal(cancelled.status, 'cancelled');
  });
});

describe('Location', () => {
  for (const rewrite of [
    (location: string) => location,
    (location: string) => location.replace(/^https?:\/\/[^/]+\/fhir\/R4\//, ''),
    (location: string) => location.replace(/^https?:\/\/[^/]+/, 'http://10.0.0.7:8103'),
  ]) {
    it(`may be ${rewrite('http://127.0.0.1/fhir/R4/Appointment/1')}, and the answer empty`, async () => {
      const { request, slot } = await aBooking(server);
      const bare = (reply: Reply): Reply => ({
        status: reply.status,
        headers: { ...reply.headers, location: rewrite(reply.headers?.['location'] ?? '') },
      });
      server.fail(({ method, path }) => (method === 'POST' && path === 'Appointment' ? { rewrite: bare } : undefined));
      const { id } = await server.adapter().bookAppointment(request);
      assert.deepEqual(
        (await takenBy(server, slot)).map((one) => one.id),
        [id],
      );
    });
  }
});

describe('rate limits', () => {
  it('are throttled, with the time to wait', async () => {
    server.fail(({ path }) => (path === 'Slot' ? { status: 429, headers: { 'retry-after': '3' } } : undefined));
    assert.equal((await refused(server.adapter().findSlots(JUNE), 'throttled')).retryAfter, 3);
  });
});

describe('tokens', () => {
  it('that are missing or wrong are unauthenticated', async () => {
    await refused(guarded.adapter().findVisitTypes({}), 'unauthenticated');
    await refused(guarded.adapter({ getAccessToken: () => 'bad' }).findVisitTypes({}), 'unauthenticated');
    assert.equal((await guarded.adapter({ getAccessToken: () => 'good' }).findVisitTypes({})).items.length, 8);
  });

  it('that run out in the middle are renewed', async () => {
    let token = 'bad';
    const renew = () => {
      const now = token;
      token = 'good';
      return now;
    };
    assert.equal((await guarded.adapter({ getAccessToken: renew }).findVisitTypes({})).items.length, 8);
  });

  it('of a patient see only what is theirs: who and where is then what the references say', async () => {
    const schedules = await server.storedAll<fhir.Schedule>('Schedule');
    for (const { id, actor } of schedules) {
      const named = actor.map((one) => ({ ...one, display: `Shown ${one.reference}` }));
      await server.change<fhir.Schedule>('Schedule', id!, { actor: named });
    }
    server.fail(({ path, query }) =>
      path.startsWith('Practitioner') || path.startsWith('Location') || query.has('_include')
        ? { status: 403 }
        : undefined,
    );
    const truth = await statementOf(server);
    for (const resource of truth.rest![0]!.resource!) delete resource.searchInclude;
    server.fail(({ path }) => {
      if (path === 'metadata') return { status: 200, body: truth };
      return path.startsWith('Practitioner') || path.startsWith('Location') ? { status: 403 } : undefined;
    });
    const { items } = await server.adapter().findSlots({ ...JUNE, limit: 1 });
    assert.match(items[0]?.practitioner?.name ?? '', /^Shown Practitioner/);
    assert.match(items[0]?.location?.name ?? '', /^Shown Location/);
  });
});

describe('a host that answers nonsense', () => {
  for (const [what, fault, code] of [
    [
      'HTML',
      { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><p>Sign in' },
      'unexpected',
    ],
    ['nothing', { status: 200, body: '' }, 'unexpected'],
    ['half a JSON', { status: 200, body: '{"resourceType":"Bundle","entry":[{"resou' }, 'unexpected'],
    ['10 MB', { status: 200, body: `{"resourceType":"Bundle","x":"${'x'.repeat(10_000_000)}"}` }, 'unexpected'],
    ['never', { delay: Infinity }, 'unavailable'],
  ] as const) {
    it(`ends in ${code}: ${what}`, async () => {
      const adapter = server.adapter('delay' in fault ? { timeout: 300 } : {});
      await adapter.describeClinic({});
      server.fail(() => fault);
      const calls = [
        () => adapter.findVisitTypes({}),
        () => adapter.findSlots(JUNE),
        () => adapter.findAppointments(rosa),
      ];
      for (const call of calls) {
        const error = await call().then(
          () => undefined,
          (reason: unknown) => reason,
        );
        assert.ok(isClinicError(error) && error.code === code, String(error));
      }
    });
  }
});

describe('limits on the span of a search', () => {
  it('are kept by asking in parts', async () => {
    const whole = (await server.adapter().findFreeDays(JUNE)).items;
    server.requests.length = 0;
    assert.deepEqual((await server.adapter({ windowDays: 5 }).findFreeDays(JUNE)).items, whole);
    const spans = server.requests
      .filter(({ path }) => path === 'Slot')
      .map(({ query }) => query.getAll('start').map((one) => Date.parse(one.slice(2))))
      .map(([from, to]) => (to! - from!) / 86_400_000);
    assert.ok(spans.length >= 3 && spans.every((days) => days <= 5), spans.join());
    assert.deepEqual(
      await server.adapter({ windowDays: 5 }).findSlots({ ...JUNE, limit: 1000 }),
      await server.adapter().findSlots({ ...JUNE, limit: 1000 }),
    );
  });
});

describe('10,000 slots', () => {
  const START = Date.parse(NOW);
  /** So many free slots, spread over so many days. */
  const many = (count: number, days: number): fhir.Slot[] =>
    Array.from({ length: count }, (_, index) => {
      const start = START + 3_600_000 + Math.floor((index * days * 86_400_000) / count);
      return {
        resourceType: 'Slot',
        id: `many-${index}`,
        status: 'free',
        schedule: { reference: 'Schedule/okafor-st-joseph-check-up' },
        start: new Date(start).toISOString(),
        end: new Date(start + 60_000).toISOString(),
      };
    });
  const month = { visitTypeId: 'check-up', practitionerIds: ['okafor'], from: '2026-03-02', to: '2026-04-01' };

  for (const days of [90, 3, 1]) {
    it(`over ${days} days make a month of at most two requests a day`, async () => {
      await server.reset();
      const kept = (await server.storedAll<fhir.FhirResource>('Schedule')).concat(
        await server.storedAll('HealthcareService'),
        await server.storedAll('Practitioner'),
        await server.storedAll('Location'),
      );
      await server.reset([...kept, ...many(10_000, days)]);
      server.requests.length = 0;
      const { items, next } = await server.adapter().findFreeDays(month);
      const asked = server.requests.filter(({ path }) => path === 'Slot').length;
      assert.equal(next, undefined);
      assert.ok(asked <= Math.min(2 * Math.min(days + 1, 31) + 1, 40), `${asked} requests`);
      assert.equal(items.length, Math.min(days + 1, 31));
      const perDay = 10_000 / days;
      const [second] = items.slice(1);
      if (perDay < 1000) assert.ok(!second?.atLeast && Math.abs((second?.free ?? 0) - perDay) < perDay * 0.1 + 2);
      else assert.deepEqual([items[0]?.atLeast, items[0]?.free], [true, 1000]);
      await server.reset();
    });
  }

  it('give their first page by a few requests for slots', async () => {
    await server.seed(many(10_000, 30));
    server.requests.length = 0;
    const { items, next } = await server.adapter().findSlots({ ...month, limit: 50 });
    assert.equal(items.length, 50);
    assert.ok(next);
    const asked = server.requests.filter(({ path }) => path === 'Slot').length;
    assert.ok(asked <= 4, `${asked} requests`);
  });

  it('that all start at once come page by page, each once', async () => {
    const at = { start: '2026-03-20T15:00:00Z', end: '2026-03-20T15:30:00Z' };
    await server.seed(many(600, 1).map((one) => ({ ...one, ...at })));
    const query = { visitTypeId: 'check-up', practitionerIds: ['okafor'], from: '2026-03-20', to: '2026-03-20' };
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await server.adapter().findSlots({ ...query, limit: 70, ...(cursor && { cursor }) });
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor);
    assert.equal(ids.length, 600);
    assert.equal(new Set(ids).size, 600);
  });
});
