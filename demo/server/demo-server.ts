import type { AddressInfo } from 'node:net';
import { fhirAdapter } from '@clinic-widgets/adapter-fhir';
import { memoryAdapter } from '@clinic-widgets/adapter-memory';
import { type Caller, restHandler } from '@clinic-widgets/adapter-rest';
import { gateway, reminderToken } from '@clinic-widgets/adapter-rest/gateway.js';
import { openApi } from '@clinic-widgets/adapter-rest/openapi.js';
import { type HarborClinic, harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import { startFhirServer } from '../../test/fhir-server/fhir-server.ts';
import { harborResources } from '../../test/fhir-server/harbor.ts';
import type { Config } from '../config.ts';
import { serveFile } from './files.ts';
import { freePort, type Handle, listen } from './listen.ts';
import { sharedClinics } from './shared-clinics.ts';

/** Where the demo is served, and from what. */
export interface DemoOptions {
  /** The built pages. */
  readonly folder: string;
  readonly port: number;
  readonly fhirPort: number;
  /** Whether `POST /test/reset` makes all clinics as they were at first, or with `?clinic=NAME` the shared one of that name; with `&hour=12:00` it is that hour there. */
  readonly resettable: boolean;
}

/** The demo as it runs. */
export interface Demo {
  readonly url: string;
  readonly fhirBaseUrl: string;
  close(): Promise<void>;
}

/** Serves the portal, a clinic over REST, and the same clinic on a FHIR server. */
export async function startDemo({ folder, port, fhirPort, resettable }: DemoOptions): Promise<Demo> {
  const clinic = harborClinic({ now: new Date().toISOString() });
  const fhir = await startFhirServer({ port: await freePort(fhirPort), seed: harborResources(clinic) });
  const openRest = () => restHandler(memoryAdapter(clinic));
  let rest = openRest();
  const openGateway = () => gatewayTo(fhir.baseUrl, clinic);
  let guarded = openGateway();
  const shared = sharedClinics();
  const patients = clinic.patients.map(({ id, name }) => ({ id, name: name.text }));

  const routes: Readonly<Record<string, Handle>> = {
    '/config.json': async () => {
      const reminders = await guarded.reminders();
      return Response.json({ restBaseUrl: '/rest', fhirBaseUrl: fhir.baseUrl, reminders, patients });
    },
    '/openapi.json': async () => Response.json(openApi({ title: clinic.clinic.name, version: '1', baseUrl: '/rest' })),
    ...(resettable && {
      '/test/reset': async ({ method, url }) => {
        if (method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
        const { searchParams } = new URL(url);
        const name = searchParams.get('clinic');
        shared.reset(name, searchParams.get('hour'));
        if (name === null) {
          rest = openRest();
          guarded = openGateway();
          await fhir.reset();
        }
        return new Response(null, { status: 204 });
      },
    }),
  };

  const server = await listen(await freePort(port), async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/rest/')) return rest(request);
    if (pathname.startsWith('/gateway/')) return guarded.answer(request);
    if (pathname.startsWith('/shared/')) return shared.answer(request);
    const response = await (routes[pathname] ?? ((page) => serveFile(folder, page)))(request);
    for (const [name, value] of Object.entries(policies(pathname, fhir.url))) response.headers.set(name, value);
    return response;
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fhirBaseUrl: fhir.baseUrl,
    async close() {
      server.close();
      server.closeAllConnections();
      await fhir.close();
    },
  };
}

/** The gateway, and samples of the links that are sent out for it. */
interface Guarded {
  readonly answer: Handle;
  readonly reminders: () => Promise<Config['reminders']>;
}

/** The clinic on the FHIR server as a kiosk, a phone and a desk reach it: whoever is asked for is found out here. */
function gatewayTo(baseUrl: string, { clinic, checkIn, reminders, appointments }: HarborClinic): Guarded {
  const { phone, ...known } = clinic;
  const onFhir = fhirAdapter({ baseUrl, ...known, ...(phone && { phone }), seesEveryone: true, onServer: checkIn });
  // What is signed is good until the demo ends.
  const key = crypto.getRandomValues(new Uint8Array(32));
  // The one that is good for longest: it is still good when the demo has run for days.
  const { token, appointmentId, expires } = [...reminders].sort(
    (a, b) => Date.parse(b.expires) - Date.parse(a.expires),
  )[0]!;
  const { patientId } = appointments.find(({ id }) => id === appointmentId)!;
  return {
    answer: restHandler(gateway(onFhir, { key }), { caller }),
    reminders: async () => ({
      memory: token,
      rest: token,
      fhir: await reminderToken({ appointmentId, patientId, expires }, { key }),
    }),
  };
}

/** Whoever is at this machine may be a kiosk or the desk; a clinic's own gateway asks for their secrets. */
function caller({ headers }: Request): Caller {
  const device = headers.get('clinic-device');
  const staff = headers.get('authorization') === 'Bearer desk';
  return device === null ? { device: 'phone', staff } : { device, kiosk: true, staff };
}

/** As strict as a hospital's portal would be: nothing but the portal's own scripts, styles and data. */
function policies(pathname: string, fhirOrigin: string): Readonly<Record<string, string>> {
  // The check is there to reach whatever server it is pointed at.
  const reachable = pathname === '/adapter-check.html' ? 'http: https:' : `'self' ${fhirOrigin}`;
  return {
    'content-security-policy': [
      "default-src 'self'",
      "script-src 'self'",
      "worker-src 'self'",
      "style-src 'self'",
      // The pictures of the way to go stand in what the clinic answers.
      "img-src 'self' data:",
      `connect-src ${reachable}`,
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types lit-html clinic-widgets',
    ].join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}
