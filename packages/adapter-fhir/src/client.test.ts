import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type * as fhir from 'fhir/r4.js';
import type { ErrorCode } from '@clinic-widgets/core/errors.js';
import { harborServer, refused } from '../test/harbor-server.ts';
import { type ClientOptions, fhirClient, type Page } from './client.ts';
import { create, update } from './writes.ts';

interface Asked {
  readonly url: string;
  readonly init: RequestInit;
  readonly headers: Headers;
}

const BASE = 'https://fhir.test/r4';
const PATIENT = { resourceType: 'Patient', id: 'p1', meta: { versionId: '7' } } as const;

/** A client whose requests are answered one after the other, the last answer for ever. */
function answering(answers: readonly (() => Response | Promise<Response>)[], options: Partial<ClientOptions> = {}) {
  const asked: Asked[] = [];
  const client = fhirClient({
    baseUrl: BASE,
    fetch: async (input, init = {}) => {
      const url = input as string;
      asked.push({ url, init, headers: new Headers(init.headers) });
      return (answers[asked.length - 1] ?? answers.at(-1)!)();
    },
    ...options,
  });
  return { client, asked };
}

const json =
  (body: unknown, init: ResponseInit = {}) =>
  () =>
    new Response(typeof body === 'string' ? body : JSON.stringify(body), {
      headers: { 'content-type': 'application/fhir+json' },
      ...init,
    });

const formOf = (asked: Asked | undefined): string => (asked?.init.body as URLSearchParams).toString();

const issue = (code: string, text = '') => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code, details: { text } }],
});

const read = (answer: () => Response | Promise<Response>, options?: Partial<ClientOptions>) =>
  answering([answer], options).client.read<fhir.Patient>('Patient', 'p1', {});

async function all(pages: AsyncGenerator<Page>): Promise<fhir.FhirResource[]> {
  const found: fhir.FhirResource[] = [];
  for await (const { resources } of pages) found.push(...resources);
  return found;
}

describe('the access token', () => {
  it('is asked for before every request', async () => {
    let count = 0;
    const { client, asked } = answering([json(PATIENT)], { getAccessToken: async () => `t${(count += 1)}` });
    await client.read('Patient', 'p1', {});
    await client.read('Patient', 'p1', {});
    assert.deepEqual(
      asked.map(({ headers }) => headers.get('authorization')),
      ['Bearer t1', 'Bearer t2'],
    );
  });

  it('is asked for once more after 401, and not a third time', async () => {
    let count = 0;
    const getAccessToken = () => `t${(count += 1)}`;
    const stale = answering([json(issue('login'), { status: 401 }), json(PATIENT)], { getAccessToken });
    await stale.client.read('Patient', 'p1', {});
    assert.deepEqual(
      stale.asked.map(({ headers }) => headers.get('authorization')),
      ['Bearer t1', 'Bearer t2'],
    );

    const refusing = answering([json(issue('login'), { status: 401 })], { getAccessToken });
    await refused(refusing.client.read('Patient', 'p1', {}), 'unauthenticated');
    assert.equal(refusing.asked.length, 2);
  });

  it('is unauthenticated where the host has none to give', async () => {
    await refused(
      read(json(PATIENT), { getAccessToken: () => Promise.reject(new Error('signed out')) }),
      'unauthenticated',
    );
    await refused(read(json(issue('login'), { status: 401 })), 'unauthenticated');
  });

  it('goes to the server of the base URL only, wherever the next link points', async () => {
    for (const url of [
      'https://evil.test/r4/Slot?_page=2',
      'http://10.0.0.7:8103/fhir/R4/Slot?_page=2',
      '//evil.test/Slot?_page=2',
      'https://fhir.test.evil.test/r4/Slot?_page=2',
      'Slot?_page=2',
      '?_page=2',
    ]) {
      const bundle = { resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Slot', id: 's1' } }] };
      const { client, asked } = answering(
        [json({ ...bundle, link: [{ relation: 'next', url }] }), json({ resourceType: 'Bundle' })],
        { getAccessToken: () => 'secret' },
      );
      await all(client.pages('Slot', [], {}));
      assert.equal(asked.length, 2);
      assert.ok(asked[1]!.url.startsWith(`${BASE}/`), asked[1]!.url);
      assert.match(asked[1]!.url, /_page=2$/);
    }
  });

  it('does not follow a redirect', async () => {
    const { client, asked } = answering([json('', { status: 302, headers: { location: 'https://evil.test/' } })], {
      getAccessToken: () => 'secret',
    });
    await refused(client.read('Patient', 'p1', {}), 'unexpected');
    assert.equal(asked[0]?.init.redirect, 'manual');
    assert.equal(asked.length, 1);
  });

  it('goes without cookies and caches unless the host says so', async () => {
    const usual = answering([json(PATIENT)]);
    await usual.client.read('Patient', 'p1', {});
    assert.deepEqual([usual.asked[0]?.init.credentials, usual.asked[0]?.init.cache], ['omit', 'no-store']);
    const other = answering([json(PATIENT)], { credentials: 'same-origin' });
    await other.client.read('Patient', 'p1', {});
    assert.equal(other.asked[0]?.init.credentials, 'same-origin');
  });
});

describe('what servers refuse with', () => {
  const taken = 'Requested time slot is not available';
  const table: readonly [status: number, body: unknown, code: ErrorCode][] = [
    [400, issue('invalid', 'No timezone specified'), 'invalid'],
    [400, issue('invalid', taken), 'conflict'],
    [400, issue('invalid', 'Requested time slot is no longer available'), 'conflict'],
    [400, issue('conflict', 'Somebody was faster'), 'conflict'],
    [422, issue('duplicate'), 'conflict'],
    [400, { resourceType: 'OperationOutcome', issue: { code: 'conflict' } }, 'invalid'],
    [400, '<html>', 'invalid'],
    [401, '', 'unauthenticated'],
    [403, issue('forbidden'), 'forbidden'],
    [404, issue('not-found'), 'not-found'],
    [405, '', 'unsupported'],
    [408, '', 'unavailable'],
    [409, issue('conflict'), 'conflict'],
    [410, issue('deleted'), 'not-found'],
    [412, issue('processing'), 'conflict'],
    [413, '', 'invalid'],
    [422, issue('structure'), 'invalid'],
    [423, issue('lock-error'), 'conflict'],
    [429, issue('throttled'), 'throttled'],
    [500, issue('exception', taken), 'unexpected'],
    [501, '', 'unsupported'],
    [502, '<html>', 'unavailable'],
    [503, issue('transient'), 'unavailable'],
    [504, '', 'unavailable'],
    [507, '', 'unexpected'],
  ];
  for (const [status, body, code] of table) {
    it(`is ${code} for ${status} with ${JSON.stringify(body).slice(0, 90)}`, async () => {
      await refused(read(json(body, { status })), code);
    });
  }

  it('says how long to wait, in seconds or until a date', async () => {
    const wait = async (status: number, headers: Record<string, string>) =>
      (await refused(read(json('', { status, headers })), status === 429 ? 'throttled' : 'unavailable')).retryAfter;
    assert.equal(await wait(429, { 'retry-after': '7' }), 7);
    assert.equal(await wait(503, { 'retry-after': '120' }), 120);
    assert.equal(await wait(429, {}), undefined);
    assert.equal(await wait(429, { 'retry-after': 'soon' }), undefined);
    const date = 'Mon, 02 Mar 2026 12:00:00 GMT';
    assert.equal(await wait(503, { date, 'retry-after': 'Mon, 02 Mar 2026 12:00:30 GMT' }), 30);
    const ahead = new Date(Date.now() + 60_000).toUTCString();
    const seconds = (await wait(429, { 'retry-after': ahead })) ?? 0;
    assert.ok(seconds > 50 && seconds <= 61, String(seconds));
  });

  it('keeps what the server says, which may be about the patient, out of the message', async () => {
    const error = await refused(
      read(json(issue('invalid', 'Rosa Delgado is not old enough'), { status: 422 })),
      'invalid',
    );
    assert.equal(error.message, 'GET Patient: HTTP 422.');
    assert.doesNotMatch(error.message, /p1|Rosa/);
    assert.match(JSON.stringify(error.cause), /Rosa/);
  });
});

describe('what is no answer', () => {
  const table: readonly [what: string, answer: () => Response | Promise<Response>, code: ErrorCode][] = [
    ['HTML', json('<!doctype html><title>Sign in</title>', { headers: { 'content-type': 'text/html' } }), 'unexpected'],
    ['nothing', json(''), 'unexpected'],
    ['half a JSON', json('{"resourceType":"Patient","id":"p'), 'unexpected'],
    ['null', json('null'), 'unexpected'],
    ['a list', json([PATIENT]), 'unexpected'],
    ['another type', json({ ...PATIENT, resourceType: 'Practitioner' }), 'unexpected'],
    ['an id that is no text', json({ ...PATIENT, id: 7 }), 'unexpected'],
    ['a network failure', () => Promise.reject(new TypeError('Failed to fetch')), 'unavailable'],
  ];
  for (const [what, answer, code] of table) {
    it(`is ${code}: ${what}`, async () => void (await refused(read(answer), code)));
  }

  it('is unexpected: 10 MB, of which no more is read than need be', async () => {
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(1_000_000).fill(32));
        if (sent === 10) controller.close();
      },
    });
    await refused(
      read(() => new Response(body)),
      'unexpected',
    );
    assert.ok(sent < 8, `${sent} MB were taken.`);
  });

  it('is unavailable: an answer that does not come in time', async () => {
    const never: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) =>
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error)),
      );
    await refused(fhirClient({ baseUrl: BASE, fetch: never, timeout: 20 }).read('Patient', 'p1', {}), 'unavailable');
  });

  it('is unavailable: an answer that stops half-way', async () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.error(new TypeError('terminated'));
      },
    });
    await refused(
      read(() => new Response(body)),
      'unavailable',
    );
  });
});

describe('abort', () => {
  it('reaches fetch, and the signal’s own reason comes back', async () => {
    const abortion = new AbortController();
    let heard: unknown;
    const never: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) =>
        init?.signal?.addEventListener('abort', () => reject((heard = init.signal?.reason) as Error)),
      );
    const call = fhirClient({ baseUrl: BASE, fetch: never }).read('Patient', 'p1', { signal: abortion.signal });
    const reason = new Error('No longer wanted.');
    setTimeout(() => abortion.abort(reason));
    await assert.rejects(call, reason);
    assert.equal(heard, reason);
  });
});

describe('searches', () => {
  const bundle = (ids: readonly string[], link?: string) => ({
    resourceType: 'Bundle',
    entry: ids.map((id) => ({ resource: { resourceType: 'Slot', id } })),
    ...(link && { link: [{ relation: 'next', url: link }] }),
  });

  it('about a patient go by POST, with nothing in the URL', async () => {
    const { client, asked } = answering([json(bundle([]))]);
    await all(client.pages('Appointment', [['patient', 'Patient/p1']], { secret: true }));
    assert.equal(asked[0]?.url, `${BASE}/Appointment/_search`);
    assert.equal(asked[0]?.init.method, 'POST');
    assert.equal(formOf(asked[0]), 'patient=Patient%2Fp1');
  });

  for (const status of [404, 405, 501]) {
    it(`go by GET where the server answers POST with ${status}, and from then on`, async () => {
      const { client, asked } = answering([json('', { status }), json(bundle([]))]);
      const search = () => all(client.pages('Appointment', [['patient', 'Patient/p1']], { secret: true }));
      await search();
      await search();
      assert.deepEqual(
        asked.map(({ init, url }) => `${init.method} ${url.slice(BASE.length)}`),
        ['POST /Appointment/_search', 'GET /Appointment?patient=Patient%2Fp1', 'GET /Appointment?patient=Patient%2Fp1'],
      );
    });
  }

  it('follow next links to the end, also those of a secret search by POST', async () => {
    const { client, asked } = answering([
      json(bundle(['a'], `${BASE}/Slot/_search?patient=p1&_page=2`)),
      json(bundle(['b'])),
    ]);
    const found = await all(client.pages('Slot', [], { secret: true }));
    assert.deepEqual(
      found.map(({ id }) => id),
      ['a', 'b'],
    );
    assert.equal(asked[1]?.url, `${BASE}/Slot/_search`);
    assert.equal(formOf(asked[1]), 'patient=p1&_page=2');
  });

  it('follow a link to a page of the whole server, such as HAPI’s', async () => {
    const { client, asked } = answering([
      json(bundle(['a'], 'https://fhir.test/r4?_getpages=x&_bundletype=searchset')),
      json(bundle([])),
    ]);
    await all(client.pages('Slot', [], {}));
    assert.equal(asked[1]?.url, `${BASE}/?_getpages=x&_bundletype=searchset`);
  });

  it('go on by _offset where a page is full and there is no link', async () => {
    const { client, asked } = answering([json(bundle(['a', 'b'])), json(bundle(['c', 'd'])), json(bundle(['e']))]);
    const found = await all(client.pages('Slot', [['_count', '2']], {}));
    assert.deepEqual(
      found.map(({ id }) => id),
      ['a', 'b', 'c', 'd', 'e'],
    );
    assert.deepEqual(
      asked.map(({ url }) => new URL(url).searchParams.get('_offset')),
      [null, '2', '4'],
    );
  });

  it('end where the server does not know _offset, or refuses it', async () => {
    const same = answering([json(bundle(['a', 'b']))]);
    await all(same.client.pages('Slot', [['_count', '2']], {}));
    assert.equal(same.asked.length, 2);
    const refusing = answering([json(bundle(['a', 'b'])), json(issue('invalid'), { status: 400 })]);
    assert.equal((await all(refusing.client.pages('Slot', [['_count', '2']], {}))).length, 2);
  });

  it('end where links go round in a circle', async () => {
    const { client, asked } = answering([json(bundle(['a'], `${BASE}/Slot?_page=1`))]);
    await all(client.pages('Slot', [], {}));
    assert.equal(asked.length, 2);
  });

  it('bring what is there where entries are missing or malformed', async () => {
    const entry = [
      null,
      {},
      { resource: null },
      { resource: 'Slot' },
      7,
      { resource: { resourceType: 'Slot', id: 'a' } },
    ];
    const { client } = answering([json({ resourceType: 'Bundle', entry, link: {} })]);
    const found = await all(client.pages('Slot', [], {}));
    assert.ok(found.some(({ id }) => id === 'a'));
    const none = answering([json({ resourceType: 'Bundle', entry: 'none' })]);
    assert.deepEqual(await all(none.client.pages('Slot', [], {})), []);
  });

  it('are unexpected where the answer is no Bundle', async () => {
    await refused(all(answering([json(PATIENT)]).client.pages('Patient', [], {})), 'unexpected');
  });
});

describe('writes', () => {
  it('send the ETag that was read, and else the version', async () => {
    const { client, asked } = answering([json(PATIENT, { headers: { etag: '"strong-7"' } }), json(PATIENT)]);
    const found = await client.read<fhir.Patient>('Patient', 'p1', {});
    await update(client, found, { active: false }, {});
    await update<fhir.Patient>(client, { ...PATIENT }, { active: false }, {});
    assert.deepEqual(
      asked.slice(1).map(({ headers }) => headers.get('if-match')),
      ['"strong-7"', 'W/"7"'],
    );
    assert.deepEqual(JSON.parse(asked[1]?.init.body as string), { ...PATIENT, active: false });
  });

  it('take the version from the ETag where the resource has none', async () => {
    const { client } = answering([json({ resourceType: 'Patient', id: 'p1' }, { headers: { etag: 'W/"9"' } })]);
    assert.equal((await client.read<fhir.Patient>('Patient', 'p1', {})).meta?.versionId, '9');
  });

  it('are never unconditional: without a version the server refuses', async () => {
    const { client, asked } = answering([json('', { status: 412 })]);
    await refused(update<fhir.Patient>(client, { resourceType: 'Patient', id: 'p1' }, {}, {}), 'conflict');
    assert.ok(asked[0]?.headers.get('if-match'));
  });

  for (const location of [
    'Patient/p9/_history/1',
    'http://10.0.0.7:8103/fhir/R4/Patient/p9',
    '/r4/Patient/p9/_history/1',
    '../Patient/p9',
  ]) {
    it(`read what was made where the answer does not show it, by the location ${location}`, async () => {
      const { client, asked } = answering([
        json('', { status: 201, headers: { location } }),
        json({ ...PATIENT, id: 'p9' }),
      ]);
      assert.equal((await create<fhir.Patient>(client, { resourceType: 'Patient' }, {})).id, 'p9');
      assert.equal(asked[1]?.url, `${BASE}/Patient/p9`);
      assert.equal(asked[0]?.headers.get('prefer'), 'return=representation');
    });
  }

  it('read what was changed where the answer is an OperationOutcome', async () => {
    const { client, asked } = answering([json(issue('informational')), json(PATIENT)]);
    assert.equal((await update<fhir.Patient>(client, { ...PATIENT }, {}, {})).id, 'p1');
    assert.equal(asked[1]?.url, `${BASE}/Patient/p1`);
  });
});

describe('references', () => {
  it('to this server are the same whether they are relative or not', async () => {
    const actor = [{ reference: `${BASE}/Practitioner/a` }, { reference: 'https://other.test/r4/Practitioner/b' }];
    const { client } = answering([
      json({ resourceType: 'Schedule', id: 's', actor, comment: `${BASE}/Practitioner/c` }),
    ]);
    const schedule = await client.read<fhir.Schedule>('Schedule', 's', {});
    assert.deepEqual(
      schedule.actor.map(({ reference }) => reference),
      ['Practitioner/a', 'https://other.test/r4/Practitioner/b'],
    );
    assert.equal(schedule.comment, `${BASE}/Practitioner/c`);
  });
});

describe('at the real server', async () => {
  const server = await harborServer({ hideEtag: true });

  it('reads, searches, creates and changes', async () => {
    const client = fhirClient(server);
    const patient = await client.read<fhir.Patient>('Patient', 'p-rosa', {});
    const changed = await update(client, patient, { active: false }, {});
    assert.notEqual(changed.meta?.versionId, patient.meta?.versionId);
    await refused(update(client, patient, { active: true }, {}), 'conflict');
    const made = await create<fhir.Patient>(client, { resourceType: 'Patient' }, {});
    assert.ok((await all(client.pages('Patient', [], {}))).some(({ id }) => id === made.id));
    const slots = await all(client.pages('Slot', [['_count', '100']], {}));
    assert.equal(new Set(slots.map(({ id }) => id)).size, (await server.storedAll('Slot')).length);
  });
});
