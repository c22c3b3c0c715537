// The gateway as it is started: what it needs, whom it lets in, and what it writes down.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { restAdapter } from '@clinic-widgets/adapter-rest';
import { isClinicError } from '@clinic-widgets/core/errors.js';
import { networkOf } from '../tools/addresses.ts';
import { gatewaySettings } from '../tools/gateway-settings.ts';
import { type FhirServer, startFhirServer } from './fhir-server/fhir-server.ts';

const root = join(import.meta.dirname, '..');
const key = 'k'.repeat(32);
const kioskToken = 'a-kiosk-secret-of-thirty-two-chars';
const staffToken = 'a-staff-secret-of-thirty-two-chars';
const ORIGIN = 'https://kiosk.example';

/** Starts it as `npm run gateway` does, once all is installed, with nothing of this process's own environment. */
function start(env: Readonly<Record<string, string>>) {
  const args = ['--conditions=@clinic-widgets/source', 'tools/gateway.ts'];
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  return { child, said };
}

/** Where one that was started is reached. */
async function urlOf({ child, said }: ReturnType<typeof start>): Promise<string> {
  while (!said.out.includes('http://')) await once(child.stdout, 'data');
  return /http:\/\/127\.0\.0\.1:\d+/.exec(said.out)![0];
}

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'answered',
    (error: unknown) => (isClinicError(error) ? error.code : String(error)),
  );

describe('settings of the gateway', () => {
  const enough = { GATEWAY_FHIR_URL: 'https://fhir.example/r4', GATEWAY_KEY: key };
  const wrongOf = (env: Record<string, string>): readonly string[] => {
    const settings = gatewaySettings(env);
    return 'wrong' in settings ? settings.wrong.map((line) => line.split(':')[0]!) : [];
  };

  it('are a server and a key at least', () => {
    assert.deepEqual(wrongOf({}), ['GATEWAY_FHIR_URL', 'GATEWAY_KEY']);
    assert.deepEqual(wrongOf(enough), []);
  });

  it('are refused where they are wrong, each by its name', () => {
    const wrong = {
      GATEWAY_FHIR_URL: 'file:///etc',
      GATEWAY_KEY: 'x'.repeat(31),
      GATEWAY_PORT: '80x',
      GATEWAY_ORIGIN: 'https://kiosk.example/page',
      GATEWAY_STAFF_TOKEN: 'short',
      GATEWAY_KIOSKS: 'lobby-1=short',
      GATEWAY_RECEPTION: '/nowhere.json',
      GATEWAY_FHIR_TOKEN_FILE: '/nowhere.token',
    };
    for (const [name, value] of Object.entries(wrong)) assert.deepEqual(wrongOf({ ...enough, [name]: value }), [name]);
  });

  it('take the credential from the one place or from the other', () => {
    const file = { GATEWAY_FHIR_TOKEN_FILE: import.meta.filename };
    assert.deepEqual(wrongOf({ ...enough, ...file }), []);
    assert.deepEqual(wrongOf({ ...enough, ...file, GATEWAY_FHIR_TOKEN: 'x' }), ['GATEWAY_FHIR_TOKEN_FILE']);
  });

  it('are not quoted where they are secret', () => {
    const settings = gatewaySettings({
      GATEWAY_KEY: 's3cr3t',
      GATEWAY_STAFF_TOKEN: 's3cr3t',
      GATEWAY_KIOSKS: 'a=s3cr3t',
    });
    assert.doesNotMatch(JSON.stringify(settings), /s3cr3t/);
  });

  it('name each kiosk with its secret, which may have an equals sign in it', () => {
    const settings = gatewaySettings({ ...enough, GATEWAY_KIOSKS: `lobby-1=${key}==, lobby-2=${kioskToken}` });
    assert.ok(!('wrong' in settings));
    assert.deepEqual(settings.kiosks, [
      { name: 'lobby-1', token: `${key}==` },
      { name: 'lobby-2', token: kioskToken },
    ]);
  });
});

describe('addresses', () => {
  it('of one IPv6 network are one, however they are written, and those of another are not', () => {
    const network = '2001:db8:0:1::/64';
    const written = [
      '2001:db8:0:1::1',
      '2001:0DB8:0000:0001:ffff:1:2:3',
      '[2001:db8:0:1::7]:4711',
      '2001:db8::1:0:0:0:9',
    ];
    for (const address of written) assert.equal(networkOf(address), network, address);
    for (const address of ['2001:db8:0:2::1', '2001:db8::1', '::1'])
      assert.notEqual(networkOf(address), network, address);
    assert.equal(networkOf('fe80::1%eth0'), networkOf('fe80::2'));
  });

  it('of IPv4 are each one, without a port, and as IPv6 writes them too', () => {
    for (const address of ['203.0.113.7', '203.0.113.7:4711', '::ffff:203.0.113.7', '[::ffff:cb00:7107]:4711']) {
      assert.equal(networkOf(address), '203.0.113.7', address);
    }
  });

  it('that are none are counted as what they say', () => {
    for (const said of ['unknown', '_hidden', '1 2', '::g']) assert.equal(networkOf(said), said);
  });
});

describe('npm run gateway', () => {
  let fhir: FhirServer;
  let url: string;
  let gateway: ReturnType<typeof start>;
  const folder = mkdtempSync(join(tmpdir(), 'gateway-'));

  before(async () => {
    fhir = await startFhirServer({ port: 0, seed: [] });
    const reception = join(folder, 'reception.json');
    writeFileSync(reception, JSON.stringify({ tries: { device: 3, identity: 3, minutes: 10 }, deskOpen: true }));
    gateway = start({
      GATEWAY_FHIR_URL: fhir.baseUrl,
      GATEWAY_KEY: key,
      GATEWAY_PORT: '0',
      GATEWAY_ORIGIN: ORIGIN,
      GATEWAY_KIOSKS: `lobby-1=${kioskToken}`,
      GATEWAY_STAFF_TOKEN: staffToken,
      GATEWAY_RECEPTION: reception,
      GATEWAY_TIME_ZONE: 'America/New_York',
      GATEWAY_ADDRESS_HEADER: 'x-forwarded-for',
    });
    url = await urlOf(gateway);
  });
  after(async () => {
    gateway.child.kill();
    await fhir.close();
    rmSync(folder, { recursive: true });
  });

  const callerWith = (headers: Record<string, string>) => restAdapter({ baseUrl: url, headers: () => headers });
  const station = { kind: 'kiosk', deviceId: 'lobby-1' } as const;
  const claim = { familyName: 'Zzyzx', birthDate: '1901-02-03' };

  it('does not start without what it needs, and says what that is', async () => {
    const { child, said } = start({});
    assert.deepEqual((await once(child, 'exit'))[0], 1);
    assert.match(said.err, /GATEWAY_FHIR_URL.*\n.*GATEWAY_KEY/);
  });

  it('says who the clinic is, and that somebody can be identified there', async () => {
    const { supports } = await callerWith({}).describeClinic({});
    assert.ok(supports.includes('identify'));
  });

  it('takes a kiosk for one by its secret only', async () => {
    assert.equal(await codeOf(callerWith({}).identify({ claim, station })), 'forbidden');
    assert.equal(await codeOf(callerWith({ 'clinic-device': 'lobby-1' }).identify({ claim, station })), 'forbidden');
    const kiosk = callerWith({ 'clinic-device': kioskToken });
    assert.deepEqual(await kiosk.identify({ claim, station }), { outcome: 'unrecognized' });
  });

  it('takes staff for such by their secret only', async () => {
    assert.equal(await codeOf(callerWith({}).findAttention({})), 'unauthenticated');
    assert.equal(await codeOf(callerWith({ authorization: `Bearer ${key}` }).findAttention({})), 'unauthenticated');
    const staff = callerWith({ authorization: `Bearer ${staffToken}` });
    assert.equal(await codeOf(staff.findAttention({})), 'answered');
  });

  it('shows nothing of a patient without a pass', async () => {
    const kiosk = callerWith({ 'clinic-device': kioskToken });
    const call = kiosk.getVisitProgress({ acting: { patientId: 'p1' }, appointmentId: 'a1' });
    assert.equal(await codeOf(call), 'unauthenticated');
  });

  it('counts phones by the address that the proxy has seen, not by the one that they say', async () => {
    const phone = (said: string, seen: string) =>
      callerWith({ 'x-forwarded-for': `${said}, ${seen}` }).respondToAppointment({ token: 'x', answer: 'coming' });
    const codes: string[] = [];
    for (let i = 0; i < 11; i += 1) codes.push(await codeOf(phone(`198.51.100.${i}`, '203.0.113.7')));
    assert.deepEqual(codes.slice(-2), ['not-found', 'throttled']);
    assert.equal(await codeOf(phone('198.51.100.1', '203.0.113.8')), 'not-found');
    codes.length = 0;
    for (let i = 0; i < 11; i += 1) codes.push(await codeOf(phone('198.51.100.1', `2001:db8::${i}`)));
    assert.deepEqual(codes.slice(-2), ['not-found', 'throttled']);
  });

  it('lets pages of the origins named call it, and no others', async () => {
    const preflight = (origin: string) =>
      fetch(`${url}/identify`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'clinic-pass' },
      });
    const ours = await preflight(ORIGIN);
    assert.deepEqual([ours.status, ours.headers.get('access-control-allow-origin')], [204, ORIGIN]);
    assert.match(ours.headers.get('access-control-allow-headers') ?? '', /clinic-pass/);
    for (const origin of ['https://kiosk.example.evil.example', 'null', 'http://kiosk.example']) {
      const others = await preflight(origin);
      assert.deepEqual([others.status, others.headers.get('access-control-allow-origin')], [405, null], origin);
    }
  });

  it('writes down which operation, how it ended and how long it took, and nothing of what was said', async () => {
    const lines = gateway.said.out.split('\n').filter((line) => /^\d{4}-/.test(line));
    assert.ok(lines.length > 10);
    for (const line of lines) assert.match(line, /^\S+Z [a-zA-Z]+ [a-z-]+ \d+ ms$/);
    assert.doesNotMatch(gateway.said.out + gateway.said.err, /Zzyzx|1901|secret|p1|a1\b|203\.0/);
  });
});

describe('npm run gateway with a credential that changes', () => {
  it('reads it at each call, and takes one that is over for no fault of whoever asks', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
    const file = join(folder, 'token');
    writeFileSync(file, 'stale\n');
    const fhir = await startFhirServer({ port: 0, seed: [], bearerToken: 'fresh' });
    const gateway = start({
      GATEWAY_FHIR_URL: fhir.baseUrl,
      GATEWAY_FHIR_TOKEN_FILE: file,
      GATEWAY_KEY: key,
      GATEWAY_PORT: '0',
      GATEWAY_STAFF_TOKEN: staffToken,
    });
    try {
      const baseUrl = await urlOf(gateway);
      const staff = restAdapter({ baseUrl, headers: () => ({ authorization: `Bearer ${staffToken}` }) });
      assert.equal(await codeOf(staff.findAttention({})), 'unavailable');
      writeFileSync(file, 'fresh\n');
      assert.equal(await codeOf(staff.findAttention({})), 'answered');
      rmSync(file);
      assert.equal(await codeOf(staff.findAttention({})), 'unavailable');
      assert.doesNotMatch(gateway.said.out + gateway.said.err, /stale|fresh/);
    } finally {
      gateway.child.kill();
      await fhir.close();
      rmSync(folder, { recursive: true });
    }
  });
});
