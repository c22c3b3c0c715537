import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { ClinicError, type ErrorCode } from '@clinic-widgets/core/errors.js';
import { restAdapter, type RestOptions } from './rest-adapter.ts';

const harbor = { name: 'Harbor Clinic', timeZone: 'America/New_York', supports: [] };
const booking = { acting: { patientId: 'p1' }, visitTypeId: 'v1', slot: { id: 's1', version: '1' } };

type Fetch = (url: string, init: RequestInit) => Response | Promise<Response>;

/** A client to a server that answers everything the same way. */
const answering = (fetch: Fetch, options: Partial<RestOptions> = {}) =>
  restAdapter({
    baseUrl: 'https://clinic.test/api/',
    fetch: async (input, init = {}) => await fetch(input as string, init),
    ...options,
  });

const failing = (response: () => Response) => refusal(answering(response).describeClinic({}));

async function refusal(call: Promise<unknown>): Promise<ClinicError> {
  const error = await call.then(
    () => assert.fail('The call should have been refused.'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ClinicError, String(error));
  return error;
}

/** A real server on a free port, for what only a real connection shows. */
async function served(listener: RequestListener, test: (baseUrl: string) => Promise<void>): Promise<void> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    await test(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('restAdapter', () => {
  it('asks by one POST that no cache keeps, with nothing of the patient in the URL', async () => {
    let asked: { url: string; init: RequestInit } | undefined;
    const adapter = answering((url, init) => {
      asked = { url, init };
      return Response.json({ items: [] });
    });
    await adapter.findAppointments({ patientId: 'p1' });
    assert.equal(asked?.url, 'https://clinic.test/api/findAppointments');
    assert.equal(asked.init.method, 'POST');
    assert.equal(asked.init.cache, 'no-store');
    assert.equal(asked.init.body, '{"patientId":"p1"}');
    assert.equal(new Headers(asked.init.headers).get('content-type'), 'application/json');
  });

  it('lets an alert go on when the page is left, and nothing else', async () => {
    const kept: boolean[] = [];
    const adapter = answering((_, { keepalive = false }) => {
      kept.push(keepalive);
      return Response.json({ id: 'al1' });
    });
    await adapter.raiseAlert({ acting: { patientId: 'p1' }, reason: 'answer', form: { id: 'f1', version: '1' } });
    await adapter.getResponse({ acting: { patientId: 'p1' }, responseId: 'r1' }).catch(() => undefined);
    assert.deepEqual(kept, [true, false]);
  });

  it('sends the pass in a header, and none where there is none', async () => {
    const sent: (string | null)[] = [];
    const adapter = answering((url, init) => {
      sent.push(new Headers(init.headers).get('clinic-pass'));
      assert.doesNotMatch(url + (init.body as string), /p4ss/);
      return Response.json({ items: [] });
    });
    await adapter.findOrders({ acting: { patientId: 'p1' } }, { pass: 'p4ss' });
    await adapter.findOrders({ acting: { patientId: 'p1' } });
    assert.deepEqual(sent, ['p4ss', null]);
  });

  it('sends the key of a write, the same for the same key, and none with a read', async () => {
    const keys: (string | null)[] = [];
    const adapter = answering((_, init) => {
      keys.push(new Headers(init.headers).get('idempotency-key'));
      return Response.json(harbor);
    });
    await adapter.describeClinic({});
    await adapter.bookAppointment(booking, { idempotencyKey: 'k1' }).catch(() => undefined);
    await adapter.bookAppointment(booking).catch(() => undefined);
    assert.deepEqual(keys.slice(0, 2), [null, 'k1']);
    assert.match(keys[2] ?? '', /^[0-9a-f-]{36}$/);
  });

  it('asks for its headers anew with every call, and never lets them change what is sent', async () => {
    const sent: Headers[] = [];
    let token = 0;
    const adapter = answering(
      (_, init) => {
        sent.push(new Headers(init.headers));
        return Response.json(harbor);
      },
      { headers: () => Promise.resolve({ authorization: `Bearer ${++token}`, 'content-type': 'text/plain' }) },
    );
    await adapter.describeClinic({});
    await adapter.describeClinic({});
    assert.deepEqual(
      sent.map((headers) => headers.get('authorization')),
      ['Bearer 1', 'Bearer 2'],
    );
    assert.equal(sent[0]?.get('content-type'), 'application/json');
  });

  it('passes on what a token that cannot be had means', async () => {
    const headers = () => Promise.reject(new ClinicError('unauthenticated', 'signed out'));
    const adapter = answering(() => Response.json(harbor), { headers });
    assert.equal((await refusal(adapter.describeClinic({}))).code, 'unauthenticated');
  });

  const statuses: Record<number, ErrorCode> = {
    302: 'unexpected',
    400: 'invalid',
    401: 'unauthenticated',
    403: 'forbidden',
    404: 'not-found',
    405: 'unsupported',
    408: 'unavailable',
    409: 'conflict',
    410: 'not-found',
    412: 'conflict',
    418: 'unexpected',
    422: 'invalid',
    429: 'throttled',
    500: 'unexpected',
    501: 'unsupported',
    502: 'unavailable',
    503: 'unavailable',
    504: 'unavailable',
    507: 'unexpected',
  };
  const bodies: Record<string, string | null> = {
    nothing: null,
    HTML: '<!doctype html><title>Sorry</title>',
    'half a JSON': '{"code":"conf',
    'a code that is none': '{"code":"teapot","misfits":"all","retryAfter":"soon"}',
    'a JSON that is no object': 'null',
  };
  for (const [status, code] of Object.entries(statuses)) {
    it(`takes HTTP ${status} for ${code}, whatever else is in the body`, async () => {
      for (const body of Object.values(bodies)) {
        const error = await failing(() => new Response(body, { status: Number(status) }));
        assert.equal(error.code, code);
        assert.deepEqual([error.misfits, error.retryAfter], [[], undefined]);
      }
    });
  }

  it('believes the code in the body before the status', async () => {
    const problem = {
      code: 'invalid',
      misfits: [
        { path: ['slot', 'id'], reason: 'required' },
        { path: ['needs', 0], reason: 'unknown' },
      ],
      retryAfter: 4,
    };
    const error = await failing(() => Response.json(problem, { status: 500, headers: { 'retry-after': '9' } }));
    assert.deepEqual([error.code, error.misfits, error.retryAfter], [problem.code, problem.misfits, 4]);
  });

  it('takes no part of a body that is not as promised', async () => {
    for (const misfit of [{ path: [{}] }, { path: 'ok' }, {}, null, ['ok']]) {
      const problem = { code: 'throttled', misfits: [{ path: ['ok'], reason: 'required' }, misfit], retryAfter: -1 };
      const error = await failing(() => Response.json(problem, { status: 500 }));
      assert.deepEqual([error.code, error.misfits, error.retryAfter], ['throttled', [], undefined]);
    }
  });

  it('takes a reason that it does not know for none, and hands on no words that stand for one', async () => {
    const misfits = [{ path: ['a'], reason: 'Ada Byron is pregnant' }, { path: ['b'] }, { path: ['c'], reason: 7 }];
    const error = await failing(() => Response.json({ code: 'invalid', misfits }, { status: 422 }));
    assert.deepEqual(
      error.misfits.map(({ path, reason }) => [...path, reason]),
      [
        ['a', 'unknown'],
        ['b', 'unknown'],
        ['c', 'unknown'],
      ],
    );
  });

  it('shows nothing of the body in the message', async () => {
    const error = await failing(() => Response.json({ code: 'conflict', message: 'Ada Byron' }, { status: 409 }));
    assert.doesNotMatch(error.message, /Ada/);
  });

  const date = 'Mon, 02 Mar 2026 09:00:00 GMT';
  const waits: [header: Record<string, string>, seconds: number | undefined][] = [
    [{ 'retry-after': '120' }, 120],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': 'Mon, 02 Mar 2026 09:01:30 GMT', date }, 90],
    [{ 'retry-after': 'Mon, 02 Mar 2026 08:00:00 GMT', date }, 0],
    [{ 'retry-after': 'Fri, 31 Dec 1999 23:59:59 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '-5' }, undefined],
    [{}, undefined],
  ];
  for (const [headers, seconds] of waits) {
    it(`reads ${headers['retry-after'] ?? 'no Retry-After'} as ${seconds ?? 'no'} seconds to wait`, async () => {
      const error = await failing(() => new Response(null, { status: 429, headers }));
      assert.equal(error.retryAfter, seconds);
    });
  }

  const answers: Record<string, () => Response> = {
    HTML: () => new Response('<!doctype html><title>Sign in</title>', { headers: { 'content-type': 'text/html' } }),
    nothing: () => new Response(null, { status: 204 }),
    'an empty body': () => new Response(''),
    'half a JSON': () => new Response('{"name":"Harbor Cl'),
    'what is no UTF-8': () => new Response(new Uint8Array([0x22, 0xe9, 0x22])),
    'too much': () => new Response(' '.repeat(10_000_000)),
    'too much, by its own word': () => new Response('{}', { headers: { 'content-length': '10000000' } }),
    'what the contract does not know': () => Response.json({ clinic: 'Harbor' }),
  };
  for (const [name, answer] of Object.entries(answers)) {
    it(`takes an answer of ${name} for unexpected`, async () => {
      assert.equal((await failing(answer)).code, 'unexpected');
    });
  }

  it('reads no further than it will keep', async () => {
    let given = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        given += 1;
        controller.enqueue(new Uint8Array(1_000_000));
      },
    });
    assert.equal((await failing(() => new Response(endless))).code, 'unexpected');
    assert.ok(given < 12, `${given} MB were read.`);
  });

  it('takes a network that fails for unavailable, and keeps the cause', async () => {
    const cause = new TypeError('Failed to fetch');
    const error = await refusal(answering(() => Promise.reject(cause)).describeClinic({}));
    assert.deepEqual([error.code, error.cause], ['unavailable', cause]);
  });

  it('gives up on a clinic that never answers, even through a fetch that takes no notice', async () => {
    const never = () => new Promise<never>(() => undefined);
    const error = await refusal(answering(never, { timeout: 20 }).describeClinic({}));
    assert.equal(error.code, 'unavailable');
  });

  it('gives up on an answer that never ends', async () => {
    const never = () =>
      new Response(new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(9)) }));
    const error = await refusal(answering(never, { timeout: 20 }).describeClinic({}));
    assert.equal(error.code, 'unavailable');
  });

  it('aborts the request itself, and rejects with the reason of the caller', async () => {
    const reason = new Error('The patient went back.');
    const stop = new AbortController();
    let reached: AbortSignal | null | undefined;
    const adapter = answering((_, init) => {
      reached = init.signal;
      queueMicrotask(() => stop.abort(reason));
      return new Promise<never>(() => undefined);
    });
    await assert.rejects(adapter.describeClinic({}, { signal: stop.signal }), reason);
    assert.equal(reached?.aborted, true);
  });

  it('waits for no abort any more once there is an answer: in a page that stays open, signals would pile up', async () => {
    const signals: AbortSignal[] = [];
    const adapter = answering((_, init) => {
      signals.push(init.signal!);
      return Response.json(harbor);
    });
    const { signal } = new AbortController();
    await adapter.describeClinic({}, { signal });
    await adapter.describeClinic({});
    assert.deepEqual(
      [...signals, signal].map((one) => getEventListeners(one, 'abort').length),
      [0, 0, 0],
    );
  });
});

describe('restAdapter on a real connection', () => {
  it('takes a port where nobody listens for unavailable', async () => {
    let gone = '';
    const remember = (baseUrl: string) => Promise.resolve(void (gone = baseUrl));
    await served(() => undefined, remember);
    assert.equal((await refusal(restAdapter({ baseUrl: gone }).describeClinic({}))).code, 'unavailable');
  });

  it('takes an answer that is cut off for unavailable', async () => {
    const cut: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 500 });
      response.write('{"name":"Harb', () => response.destroy());
    };
    await served(cut, async (baseUrl) => {
      assert.equal((await refusal(restAdapter({ baseUrl }).describeClinic({}))).code, 'unavailable');
    });
  });

  it('closes the connection of a clinic that never answers', async () => {
    let closed: Promise<unknown> | undefined;
    const never: RequestListener = (_, response) => {
      closed = new Promise((resolve) => response.once('close', resolve));
    };
    await served(never, async (baseUrl) => {
      const error = await refusal(restAdapter({ baseUrl, timeout: 50 }).describeClinic({}));
      assert.equal(error.code, 'unavailable');
      await closed;
    });
  });

  it('follows no redirect: neither body nor token reach another address', async () => {
    const asked: (string | undefined)[] = [];
    const moved: RequestListener = ({ url }, response) => {
      asked.push(url);
      response.writeHead(307, { location: '/elsewhere' }).end();
    };
    await served(moved, async (baseUrl) => {
      assert.equal((await refusal(restAdapter({ baseUrl }).describeClinic({}))).code, 'unexpected');
    });
    assert.deepEqual(asked, ['/describeClinic']);
  });
});
