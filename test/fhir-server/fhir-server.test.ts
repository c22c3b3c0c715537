import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get } from 'node:http';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { appointment, clinic, slot } from './examples.ts';
import { startFhirServer } from './fhir-server.ts';
import type { FhirRequest, FhirServer, FhirServerOptions } from './fhir-server.ts';
import { ask, found } from './test-client.ts';

let server: FhirServer;

async function start(options: FhirServerOptions = {}): Promise<void> {
  server = await startFhirServer({ seed: clinic, ...options });
}

afterEach(() => server.close());

describe('An answer', () => {
  beforeEach(() => start());

  it('carries the version, the time and the place of what was created', async () => {
    const { headers, body } = await ask(server, 'POST Slot', { body: slot() });

    assert.equal(headers.get('etag'), `W/"${body.meta.versionId}"`);
    assert.equal(headers.get('last-modified'), new Date(body.meta.lastUpdated).toUTCString());
    assert.equal(headers.get('location'), `${server.baseUrl}/Slot/${body.id}/_history/${body.meta.versionId}`);
    assert.equal(headers.get('content-type'), 'application/fhir+json; charset=utf-8');
    assert.ok(headers.get('date'));
  });

  it('carries the version of what was read and of what was updated', async () => {
    const read = await ask(server, 'GET Slot/nine');
    const updated = await ask(server, 'PUT Slot/nine', {
      body: slot({ id: 'nine', status: 'busy' }),
      headers: { 'if-match': read.headers.get('etag') ?? '' },
    });

    assert.equal(updated.status, 200);
    assert.equal(updated.headers.get('etag'), `W/"${updated.body.meta.versionId}"`);
    assert.notEqual(updated.headers.get('etag'), read.headers.get('etag'));
  });
});

describe('Parallel requests', () => {
  beforeEach(() => start());

  it('let exactly one of ten updates of one version through', async () => {
    const { headers } = await ask(server, 'GET Slot/nine');
    const put = { body: slot({ id: 'nine', status: 'busy' }), headers: { 'if-match': headers.get('etag') ?? '' } };

    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(server, 'PUT Slot/nine', put)));

    assert.deepEqual(counts(answers), { 200: 1, 412: 9 });
  });

  it('store one appointment of ten that must not exist yet', async () => {
    const body = appointment({ identifier: [{ system: 'urn:key', value: 'a' }] });
    const headers = { 'if-none-exist': `identifier=${encodeURIComponent('urn:key|a')}` };

    const answers = await Promise.all(
      Array.from({ length: 10 }, () => ask(server, 'POST Appointment', { body, headers })),
    );

    assert.deepEqual(counts(answers), { 200: 9, 201: 1 });
    assert.equal(new Set(answers.map((answer) => answer.body.id)).size, 1);
    assert.equal((await ask(server, 'GET Appointment')).body.total, 1);
  });
});

describe('A search', () => {
  beforeEach(async () => {
    await start();
    await server.seed([
      slot({ id: 'ten', start: '2030-05-03T10:00:00-04:00' }),
      slot({ id: 'busy', start: '2030-05-03T11:00:00-04:00', status: 'busy' }),
      slot({ id: 'next-day', start: '2030-05-04T09:00:00-04:00' }),
    ]);
  });

  it('may repeat a parameter', async () => {
    const day = 'start=ge2030-05-03T00:00:00-04:00&start=lt2030-05-04T00:00:00-04:00&status=free&_sort=start';

    assert.deepEqual(found(await ask(server, `GET Slot?${day}`)), ['nine', 'ten']);
  });

  it('may be a form, with more of it in the address', async () => {
    const answer = await ask(server, 'POST Slot/_search?status=free', {
      body: 'start=ge2030-05-03T10%3A00%3A00-04%3A00&start=lt2030-05-04',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });

    assert.deepEqual(found(answer), ['ten']);
  });

  it('by a form must be a form', async () => {
    assert.equal((await ask(server, 'POST Slot/_search', { body: { status: 'free' } })).status, 400);
  });

  it('is paged by _offset: a full page has no next link', async () => {
    const first = await ask(server, 'GET Slot?_count=3&_sort=start');
    const second = await ask(server, 'GET Slot?_count=3&_sort=start&_offset=3');

    assert.equal(first.body.link, undefined);
    assert.deepEqual([found(first), found(second)], [['nine', 'ten', 'busy'], ['next-day']]);
  });
});

describe('A bad request', () => {
  beforeEach(() => start());

  for (const [name, { line, body, type, status }] of Object.entries<Bad>({
    'half a JSON': { line: 'POST Slot', body: '{"resourceType":"Sl', status: 400 },
    'no body': { line: 'PUT Slot/nine', status: 400 },
    'a body that is no resource': { line: 'POST Slot', body: 'null', status: 400 },
    'a body of another type': { line: 'POST Slot', body: JSON.stringify(appointment()), status: 400 },
    'another id in the body': { line: 'PUT Slot/ten', body: JSON.stringify(slot({ id: 'nine' })), status: 400 },
    XML: { line: 'POST Slot', body: '<Slot/>', type: 'application/fhir+xml', status: 415 },
    'what is too large': { line: 'POST Slot', body: ' '.repeat(20 * 1024 * 1024 + 1), status: 413 },
    'a Bundle that is no batch': { line: 'POST ', body: '{"resourceType":"Bundle"}', status: 400 },
    'a batch of nothing': { line: 'POST ', body: '{"resourceType":"Bundle","type":"batch"}', status: 400 },
    'an unknown resource': { line: 'GET Slot/none', status: 404 },
    'an unknown type': { line: 'GET Sloth', status: 404 },
    'an unknown path': { line: 'GET Slot/nine/a/b', status: 404 },
    'the base': { line: 'GET ', status: 404 },
    'an unknown method': { line: 'PROPFIND Slot', status: 404 },
    'a bad date': { line: 'GET Slot?start=tomorrow', status: 400 },
  })) {
    it(`is answered with ${status} and an OperationOutcome: ${name}`, async () => {
      const headers = type ? { 'content-type': type } : {};
      const answer = await ask(server, line, body === undefined ? {} : { body, headers });

      assert.equal(answer.status, status);
      assert.equal(answer.body.resourceType, 'OperationOutcome');
    });
  }

  it('outside the base is 404 and an OperationOutcome', async () => {
    for (const path of ['/', '/fhir', '/fhir/R4x/Slot', '/%zz']) {
      const response = await fetch(server.url + path);
      assert.equal(response.status, 404);
      assert.equal(JSON.parse(await response.text()).resourceType, 'OperationOutcome');
    }
  });

  it('with an address that cannot be parsed is 404', async () => {
    const { port } = new URL(server.url);
    const [response] = await once(get({ host: '127.0.0.1', port, path: '//' }), 'response');
    response.resume();

    assert.equal(response.statusCode, 404);
  });
});

interface Bad {
  readonly line: string;
  readonly body?: string;
  readonly type?: string;
  readonly status: number;
}

describe('A page of another origin', () => {
  const preflight = () =>
    fetch(`${server.baseUrl}/Slot/nine`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://portal.test',
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'authorization,content-type,if-match,if-none-exist,prefer',
      },
    });

  it('may send what FHIR needs, and nothing else', async () => {
    await start();
    const { status, headers } = await preflight();

    const allowed = headers.get('access-control-allow-headers')?.toLowerCase().split(', ') ?? [];
    assert.equal(status, 204);
    assert.equal(headers.get('access-control-allow-origin'), '*');
    assert.match(headers.get('access-control-allow-methods') ?? '', /\bPUT\b/);
    for (const name of ['authorization', 'content-type', 'if-match', 'if-none-exist', 'prefer']) {
      assert.ok(allowed.includes(name), name);
    }
    assert.ok(!allowed.includes('*') && !allowed.includes('x-request-id'));
  });

  it('may read what FHIR answers with, also beside an error', async () => {
    await start();
    for (const line of ['GET Slot/nine', 'GET Slot/none']) {
      const exposed = (await ask(server, line)).headers.get('access-control-expose-headers') ?? '';
      for (const name of ['ETag', 'Location', 'Last-Modified', 'Retry-After', 'Content-Location']) {
        assert.ok(exposed.split(', ').includes(name), name);
      }
    }
  });

  it('may not read ETag where the server hides it', async () => {
    await start({ hideEtag: true });

    assert.doesNotMatch((await preflight()).headers.get('access-control-expose-headers') ?? '', /etag/i);
  });
});

describe('A server that wants a token', () => {
  beforeEach(() => start({ bearerToken: 'secret' }));

  it('refuses to answer without it, and says how to come in', async () => {
    for (const headers of [{}, { authorization: 'Bearer stale' }]) {
      const answer = await ask(server, 'GET Slot/nine', { headers });
      assert.equal(answer.status, 401);
      assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer/);
    }
  });

  it('answers with it, and tells everyone what it can do', async () => {
    assert.equal((await ask(server, 'GET Slot/nine', { headers: { authorization: 'Bearer secret' } })).status, 200);
    assert.equal((await ask(server, 'GET metadata')).status, 200);
  });
});

describe('A fault', () => {
  it('sees the request as it was sent', async () => {
    const seen: FhirRequest[] = [];
    await start({ faults: (request) => void seen.push(request) });
    await ask(server, 'PUT Slot/nine?a=1&a=2', { body: slot({ id: 'nine' }), headers: { 'if-match': 'W/"x"' } });

    const [request] = seen;
    assert.equal(request?.method, 'PUT');
    assert.equal(request?.path, 'Slot/nine');
    assert.deepEqual(request?.query.getAll('a'), ['1', '2']);
    assert.equal(request?.headers['if-match'], 'W/"x"');
    assert.deepEqual(request?.body, slot({ id: 'nine' }));
  });

  it('can be another status, with its headers', async () => {
    await start({ faults: () => ({ status: 429, headers: { 'retry-after': '2' } }) });
    const { status, headers, body } = await ask(server, 'GET Slot');

    assert.deepEqual([status, headers.get('retry-after'), body], [429, '2', undefined]);
  });

  it('can be text of any kind and length', async () => {
    const bodies = ['{"resourceType":"Bu', '<html>Sorry</html>', '', 'x'.repeat(10_000_000)];
    for (const body of bodies) {
      await start({ faults: () => ({ status: 200, headers: { 'content-type': 'text/html' }, body }) });
      assert.equal(await (await fetch(`${server.baseUrl}/Slot`)).text(), body);
      await server.close();
    }
  });

  it('can be a delay before the request is carried out', async () => {
    await start({ faults: () => ({ delay: 50 }) });
    const begin = performance.now();
    const { status } = await ask(server, 'GET Slot/nine');

    assert.equal(status, 200);
    assert.ok(performance.now() - begin >= 49);
  });

  it('can be an answer that never comes', async () => {
    await start({ faults: () => ({ delay: Infinity }) });

    await assert.rejects(fetch(`${server.baseUrl}/Slot`, { signal: AbortSignal.timeout(50) }), {
      name: 'TimeoutError',
    });
  });

  it('can lose the answer to what was carried out', async () => {
    await start({ faults: ({ method }) => ({ dropReply: method === 'POST' }) });

    await assert.rejects(ask(server, 'POST Appointment', { body: appointment() }));
    assert.equal((await ask(server, 'GET Appointment')).body.total, 1);
  });

  it('can change an answer as a proxy would', async () => {
    await start({
      faults: () => ({ rewrite: (reply) => ({ ...reply, headers: { ...reply.headers, location: 'Slot/1' } }) }),
    });
    const { status, headers } = await ask(server, 'POST Slot', { body: slot() });

    assert.deepEqual([status, headers.get('location')], [201, 'Slot/1']);
  });

  it('that fails itself is 500 and an OperationOutcome', async () => {
    const broken: FhirServerOptions['faults'][] = [
      () => {
        throw new Error('Oops');
      },
      () => ({ status: 200, headers: { 'x-broken': 'a\nb' } }),
      () => ({ status: 200, body: { size: 1n } }),
    ];
    for (const faults of broken) {
      await start(faults && { faults });
      const { status, body } = await ask(server, 'GET Slot');
      assert.deepEqual([status, body.resourceType], [500, 'OperationOutcome']);
      await server.close();
    }
  });
});

describe('A seed', () => {
  it('need not be valid, and keeps its ids', async () => {
    await start({ seed: [{ resourceType: 'Slot', id: 'odd', status: 'bookd', colour: 'red' }] });

    assert.equal((await ask(server, 'GET Slot/odd')).body.status, 'bookd');
  });

  it('replaces what has the same type and id', async () => {
    await start();
    await server.seed([slot({ id: 'nine', comment: 'first' }), slot({ id: 'nine', comment: 'last' })]);

    const { body } = await ask(server, 'GET Slot');
    assert.equal(body.total, 1);
    assert.equal(body.entry[0].resource.comment, 'last');
  });

  it('reports what cannot be stored, and stores the rest', async () => {
    const circular: Record<string, unknown> = { resourceType: 'Patient' };
    circular['self'] = circular;
    const odd = [undefined, 'Slot', { id: 'a' }, { resourceType: 'Sloth' }, { resourceType: 'Slot', id: 7 }, circular];
    await start({ seed: [...odd, slot({ id: 'good' })] });

    assert.deepEqual(
      server.refused.map(({ resource }) => resource),
      odd,
    );
    assert.deepEqual(found(await ask(server, 'GET Slot')), ['good']);
    assert.deepEqual(
      (await server.seed(odd)).map(({ resource }) => resource),
      odd,
    );
  });
});

describe('A reset', () => {
  it('brings back the seed, with its versions, and forgets everything else', async () => {
    await start();
    const before = await ask(server, 'GET Slot/nine');
    await ask(server, 'PUT Slot/nine', { body: slot({ id: 'nine', status: 'busy' }) });
    await ask(server, 'POST Appointment', { body: appointment() });
    await ask(server, 'DELETE Patient/ana');

    await server.reset();

    assert.deepEqual((await ask(server, 'GET Slot/nine')).body, before.body);
    assert.equal((await ask(server, 'GET Appointment')).body.total, 0);
    assert.equal((await ask(server, 'GET Patient/ana')).status, 200);
  });

  it('can bring another seed', async () => {
    await start();
    await server.reset([slot({ id: 'other' })]);

    assert.deepEqual(found(await ask(server, 'GET Slot')), ['other']);
  });

  it('is not disturbed by a request that was still under way', async () => {
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const late = (request: FhirRequest) => {
      if (request.method !== 'POST') return undefined;
      arrive();
      return { delay: 20 };
    };
    await start({ faults: late });
    const booking = ask(server, 'POST Appointment', { body: appointment() });
    await arrived;
    await server.reset();
    await booking;

    assert.equal((await ask(server, 'GET Appointment')).body.total, 0);
  });

  it('takes under a millisecond with a thousand slots', async (context) => {
    await start({ seed: Array.from({ length: 1000 }, (_, index) => slot({ id: `slot-${index}` })) });
    const times: number[] = [];
    for (let run = 0; run < 101; run++) {
      const begin = performance.now();
      await server.reset();
      times.push(performance.now() - begin);
    }

    // The time is told, not asserted: a busy machine is no mistake.
    context.diagnostic(`reset: ${times.sort((a, b) => a - b)[50]?.toFixed(3)} ms (median of 101)`);
    assert.equal((await ask(server, 'GET Slot?_summary=count')).body.total, 1000);
  });
});

describe('A server that goes away', () => {
  it('refuses connections and comes back with what it held', async () => {
    await start();
    await ask(server, 'PUT Slot/nine', { body: slot({ id: 'nine', status: 'busy' }) });

    await server.close();
    await assert.rejects(ask(server, 'GET Slot/nine'));

    await server.reopen();
    assert.equal((await ask(server, 'GET Slot/nine')).body.status, 'busy');
  });

  it('may be told so twice', async () => {
    await start();

    await server.close();
    await server.close();
  });

  it('leaves a taken port to its owner', async () => {
    await start();

    await assert.rejects(startFhirServer({ port: Number(new URL(server.url).port) }), { code: 'EADDRINUSE' });
  });
});

function counts(answers: readonly { status: number }[]): Record<number, number> {
  const result: Record<number, number> = {};
  for (const { status } of answers) result[status] = (result[status] ?? 0) + 1;
  return result;
}
