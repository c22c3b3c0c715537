import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { fhirAdapter } from '@clinic-widgets/adapter-fhir';
import { type Caller, restHandler } from '@clinic-widgets/adapter-rest';
import { gateway } from '@clinic-widgets/adapter-rest/gateway.js';
import { observed } from '@clinic-widgets/core/observed.js';
import { listen } from '../demo/server/listen.ts';
import { networkOf } from './addresses.ts';
import type { GatewaySettings } from './gateway-settings.ts';

/** Starts it, on this machine only: a proxy before it brings TLS. Each call is told in a line, without anything of what was said. */
export async function startGateway(settings: GatewaySettings, log: (line: string) => void) {
  const { fhir, reception, key, port, origins } = settings;
  const getAccessToken = tokenBy(settings);
  const clinic = fhirAdapter({
    ...fhir,
    seesEveryone: true,
    onServer: reception,
    ...(getAccessToken && { getAccessToken }),
  });
  const guarded = gateway(clinic, { key });
  const told = observed(guarded, ({ operation, duration, outcome }) =>
    log(`${new Date().toISOString()} ${operation} ${outcome} ${Math.round(duration)} ms`),
  );
  const serve = restHandler(told, { caller: callerBy(settings) });

  const server = await listen(port, async (request) => {
    const headers = allowed(request.headers.get('origin'), origins);
    const isPreflight = request.method === 'OPTIONS' && headers.has('access-control-allow-origin');
    const response = isPreflight ? new Response(null, { status: 204 }) : await serve(request);
    for (const [name, value] of headers) response.headers.set(name, value);
    return response;
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The credential for the FHIR server. One that lasts an hour is written to a file anew by whatever fetches it, so the file is read at each call. */
function tokenBy({ fhirToken, fhirTokenFile }: GatewaySettings) {
  if (fhirTokenFile !== undefined) return async () => (await readFile(fhirTokenFile, 'utf8')).trim();
  return fhirToken === undefined ? undefined : () => fhirToken;
}

/** What a page of one of the origins may send and read; nothing to any other. */
function allowed(origin: string | null, origins: readonly string[]): Headers {
  const headers = new Headers({ vary: 'origin' });
  if (origin === null || !origins.includes(origin)) return headers;
  headers.set('access-control-allow-origin', origin);
  headers.set('access-control-allow-methods', 'POST');
  headers.set(
    'access-control-allow-headers',
    'authorization, clinic-device, clinic-pass, content-type, idempotency-key',
  );
  headers.set('access-control-expose-headers', 'retry-after');
  headers.set('access-control-max-age', '600');
  return headers;
}

/** Kiosks and the desk are known by a secret, phones by their address as the proxy has it. */
function callerBy({ kiosks, staffToken, addressHeader }: GatewaySettings) {
  return ({ headers }: Request): Caller => {
    const device = headers.get('clinic-device') ?? '';
    const kiosk = kiosks.find(({ token }) => isSame(token, device));
    const bearer = /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? '';
    const staff = staffToken !== undefined && isSame(staffToken, bearer);
    // The last one is what the proxy itself has seen; those before it are what the caller says.
    const address = addressHeader && headers.get(addressHeader)?.split(',').at(-1)?.trim();
    if (kiosk) return { device: kiosk.name, kiosk: true, staff };
    return { ...(address && { device: `address ${networkOf(address)}` }), staff };
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Takes as long whatever is wrong about it. */
const isSame = (secret: string, said: string): boolean => timingSafeEqual(digest(secret), digest(said));
