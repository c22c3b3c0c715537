import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type AdapterImplementation, type CallOptions, defineAdapter } from '@clinic-widgets/core/adapter.js';
import { ClinicError, type ErrorCode } from '@clinic-widgets/core/errors.js';
import { type ReceivedOptions, restHandler } from './rest-handler.ts';

const harbor = { name: 'Harbor Clinic', timeZone: 'America/New_York', supports: [] };
const booking = { acting: { patientId: 'p1' }, visitTypeId: 'v1', slot: { id: 's1', version: '1' } };

/** Asks a handler over the operations given, as a client would that may get some of it wrong. */
function ask(implementation: AdapterImplementation, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'k1', ...init.headers };
  const request = new Request(`https://clinic.test/api/${path}`, { method: 'POST', body: '{}', ...init, headers });
  return restHandler(defineAdapter(implementation))(request);
}

const described = { describeClinic: () => Promise.resolve(harbor) };
const failing = (error: Error) => ask({ describeClinic: () => Promise.reject(error) }, 'describeClinic');

describe('restHandler', () => {
  it('answers an operation in JSON that no cache keeps', async () => {
    const response = await ask(described, 'describeClinic');
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
    assert.deepEqual(await response.json(), harbor);
  });

  it('knows no operation that is not in the contract', async () => {
    for (const path of ['', 'describe', 'toString', '__proto__', 'describeClinic/', 'constructor']) {
      const response = await ask(described, path);
      assert.deepEqual([response.status, await response.json()], [404, { code: 'unsupported' }], path);
    }
  });

  it('takes POST only, and says so', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
      const response = await ask(described, 'describeClinic', { method, body: method === 'PUT' ? '{}' : null });
      assert.deepEqual([response.status, response.headers.get('allow')], [405, 'POST'], method);
    }
  });

  it('takes JSON only: what a form of another site can send is refused', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/json',
      '',
    ]) {
      const response = await ask(described, 'describeClinic', { headers: { 'content-type': type } });
      assert.equal(response.status, 415, type);
    }
    for (const type of ['application/json', 'application/JSON; charset=utf-8', 'application/fhir+json']) {
      const response = await ask(described, 'describeClinic', { headers: { 'content-type': type } });
      assert.equal(response.status, 200, type);
    }
  });

  it('refuses a body that is no JSON', async () => {
    for (const body of ['', '{"a":', '<html>', new Uint8Array([0x22, 0xe9, 0x22])]) {
      const response = await ask(described, 'describeClinic', { body });
      assert.deepEqual([response.status, await response.json()], [400, { code: 'invalid' }]);
    }
  });

  it('refuses a body that is too long', async () => {
    const response = await ask(described, 'describeClinic', { body: `"${'x'.repeat(6_000_000)}"` });
    assert.deepEqual([response.status, await response.json()], [413, { code: 'invalid' }]);
  });

  it('names the fields that do not match the contract', async () => {
    const response = await ask({ findSlots: () => Promise.resolve({ items: [] }) }, 'findSlots', {
      body: '{"visitTypeId":"","from":"2026-03-01","to":"2026-03-31"}',
    });
    const misfits = [{ path: ['visitTypeId'], reason: 'unknown' }];
    assert.deepEqual([response.status, await response.json()], [422, { code: 'invalid', misfits }]);
  });

  it('says why a field is refused where the clinic does', async () => {
    const misfits = [{ path: ['reason'], reason: 'too-long' } as const];
    const bookAppointment = () => Promise.reject(new ClinicError('invalid', 'Ada Byron', { misfits }));
    const response = await ask({ bookAppointment }, 'bookAppointment', { body: JSON.stringify(booking) });
    assert.deepEqual([response.status, await response.json()], [422, { code: 'invalid', misfits }]);
  });

  it('hands on the key of a write', async () => {
    let given: CallOptions | undefined;
    const book: AdapterImplementation = {
      bookAppointment({ acting, slot }, options) {
        given = options;
        const { patientId } = acting;
        return Promise.resolve({ id: slot.id, version: '1', status: 'booked', patientId, timeZone: 'UTC' });
      },
    };
    assert.equal((await ask(book, 'bookAppointment', { body: JSON.stringify(booking) })).status, 200);
    assert.equal(given?.idempotencyKey, 'k1');
  });

  it('hands on the pass, of a read as of a write, and knows nobody by one that is no pass', async () => {
    const given: (string | undefined)[] = [];
    const orders: AdapterImplementation = {
      async findOrders(_, { pass }) {
        given.push(pass);
        return { items: [] };
      },
    };
    const askWith = (headers: Record<string, string>) =>
      ask(orders, 'findOrders', { body: '{"acting":{"patientId":"p1"}}', headers });
    assert.equal((await askWith({ 'clinic-pass': 'p4ss' })).status, 200);
    assert.equal((await askWith({})).status, 200);
    for (const pass of ['', 'two words', 'x'.repeat(4097)]) {
      const response = await askWith({ 'clinic-pass': pass });
      assert.deepEqual([response.status, await response.json()], [401, { code: 'unauthenticated' }]);
    }
    assert.deepEqual(given, ['p4ss', undefined]);
  });

  it('tells the adapter who calls, as the host knows it', async () => {
    const given: unknown[] = [];
    const adapter = defineAdapter({
      async describeClinic(_, options) {
        given.push((options as ReceivedOptions).caller);
        return harbor;
      },
    });
    const serve = restHandler(adapter, {
      caller: async ({ headers }) => ({ device: headers.get('from') ?? 'unknown' }),
    });
    const headers = { 'content-type': 'application/json', from: 'lobby-1' };
    await serve(new Request('https://clinic.test/api/describeClinic', { method: 'POST', body: '{}', headers }));
    assert.deepEqual(given, [{ device: 'lobby-1' }]);
  });

  it('refuses a write without a key, or with one that is no key', async () => {
    for (const key of ['', 'two words', 'é', 'x'.repeat(257)]) {
      const response = await ask({}, 'bookAppointment', {
        body: JSON.stringify(booking),
        headers: { 'idempotency-key': key },
      });
      assert.deepEqual([response.status, await response.json()], [400, { code: 'invalid' }], key);
    }
  });

  const statuses: Record<ErrorCode, number> = {
    invalid: 422,
    unauthenticated: 401,
    forbidden: 403,
    'not-found': 404,
    conflict: 409,
    unsupported: 501,
    throttled: 429,
    unavailable: 503,
    unexpected: 500,
  };
  for (const [code, status] of Object.entries(statuses)) {
    it(`answers ${code} with HTTP ${status} and the code, never the message or the cause`, async () => {
      const cause = new Error('Ada Byron, born 1815');
      const response = await failing(new ClinicError(code as ErrorCode, 'Ada Byron', { cause }));
      const body = await response.text();
      assert.equal(response.status, status);
      assert.equal((JSON.parse(body) as { code: string }).code, code);
      assert.doesNotMatch(body + JSON.stringify([...response.headers]), /Ada|1815|stack/);
    });
  }

  it('says how long to wait, in the body and in the header', async () => {
    const response = await failing(new ClinicError('throttled', 'slow down', { retryAfter: 1.5 }));
    assert.equal(response.headers.get('retry-after'), '2');
    assert.deepEqual(await response.json(), { code: 'throttled', retryAfter: 1.5 });
  });

  it('tells nothing of a fault of its own', async () => {
    for (const fault of [new TypeError('secret'), new DOMException('secret')]) {
      const response = await failing(fault);
      assert.deepEqual([response.status, await response.json()], [500, { code: 'unexpected' }]);
    }
  });

  it('does not tell what an answer against the contract looked like', async () => {
    const response = await ask(
      { describeClinic: () => Promise.resolve({ ...harbor, timeZone: 'Harbor' }) },
      'describeClinic',
    );
    assert.deepEqual([response.status, await response.json()], [500, { code: 'unexpected' }]);
  });

  it('stops the work when the client hangs up', async () => {
    const stop = new AbortController();
    let heard: AbortSignal | undefined;
    const response = ask(
      {
        describeClinic: (_, { signal }) => {
          heard = signal;
          stop.abort();
          return new Promise<never>(() => undefined);
        },
      },
      'describeClinic',
      { signal: stop.signal },
    );
    assert.equal((await response).status, 499);
    assert.equal(heard?.aborted, true);
  });
});
