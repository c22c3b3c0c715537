// What the lists of a full front desk take: how long the memory adapter and the FHIR adapter are at it, and how often the
// latter asks its server. The FHIR server is the one of the tests, in the same process: its own time is in the adapter's,
// and no network is. Everybody who has arrived has something unfinished and calls for a person.
import type * as fhir from 'fhir/r4.js';
import { fhirAdapter } from '@clinic-widgets/adapter-fhir';
import { memoryAdapter } from '@clinic-widgets/adapter-memory';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { ClinicAdapter } from '@clinic-widgets/core/adapter.js';
import { loadTemporal } from '@clinic-widgets/core/time.js';
import { fullDesk } from '../../packages/adapter-fhir/test/full-desk.ts';
import { startFhirServer } from '../fhir-server/fhir-server.ts';
import { harborResources } from '../fhir-server/harbor.ts';
import type { Bench } from './bench.ts';
import { both, summary, type Summary, table, whole } from './tables.ts';

const NOW = '2026-03-02T07:00:00-05:00';
const COUNTS = [3, 30, 300] as const;
/** Fewer than of a press: one list of a full desk takes as long as many presses. */
const MOST_SAMPLES = 10;

const LISTS: Readonly<Record<string, (adapter: ClinicAdapter) => Promise<{ readonly items: readonly unknown[] }>>> = {
  findArrivals: (adapter) => adapter.findArrivals({ day: NOW.slice(0, 10), limit: 1000 }),
  findAttention: (adapter) => adapter.findAttention({ limit: 1000 }),
};

/** A clinic that so many have come to, and what it has been asked so far. */
interface FullClinic {
  readonly adapter: ClinicAdapter;
  readonly requests: () => number;
  close(): Promise<void>;
}

/** Measures the lists of a desk with more and more before it. */
export async function benchDesk({ samples, made, say }: Bench): Promise<string> {
  await loadTemporal();
  const wanted = Math.min(samples, MOST_SAMPLES);
  const rows: string[][] = [];
  for (const count of COUNTS) {
    say(`desk: ${count} arrivals`);
    const clinics = [await inMemory(count), await onFhir(count)] as const;
    for (const [name, list] of Object.entries(LISTS)) {
      const [memory, onServer] = [await timesOf(clinics[0], list, wanted), await timesOf(clinics[1], list, wanted)];
      const times = [both(memory.times, wanted), both(onServer.times, wanted)];
      rows.push([whole(count), `\`${name}\``, whole(memory.length), ...times, whole(onServer.requests)]);
    }
    for (const clinic of clinics) await clinic.close();
  }
  const head = ['arrivals', 'list', 'items', 'memory adapter, ms', 'FHIR adapter, ms', 'requests to the FHIR server'];
  const sections = [
    '# The lists of a full front desk',
    `Made by \`npm run bench -- desk --write\` on ${made()}.`,
    `Times are median / 95th percentile of ${wanted}, in Node. What is measured stands at the top of \`test/bench/desk-bench.ts\`.`,
    table(head, rows),
  ];
  return `${sections.join('\n\n')}\n`;
}

async function timesOf({ adapter, requests }: FullClinic, list: (typeof LISTS)[string], wanted: number) {
  const times: number[] = [];
  let length = 0;
  let asked = 0;
  // The first is a warm-up.
  for (let index = 0; index <= wanted; index += 1) {
    const [start, before] = [performance.now(), requests()];
    ({ length } = (await list(adapter)).items);
    if (index > 0) times.push(performance.now() - start);
    asked = requests() - before;
  }
  return { times: summary(times) as Summary, length, requests: asked };
}

async function inMemory(count: number): Promise<FullClinic> {
  const harbor = harborClinic({ now: NOW, weeks: 1 });
  const rosa = harbor.patients.find(({ id }) => id === 'p-rosa')!;
  const visit = harbor.appointments.find(({ id }) => id === 'a-rosa-today')!;
  const numbers = Array.from({ length: count }, (_, index) => index);
  const patients = [...harbor.patients, ...numbers.map((number) => ({ ...rosa, id: `many-${number}` }))];
  const visits = numbers.map((number) => ({ ...visit, id: `many-${number}`, patientId: `many-${number}` }));
  const appointments = [...harbor.appointments, ...visits];
  const adapter = memoryAdapter({ ...harbor, patients, appointments }, { now: () => NOW });
  const station = { kind: 'kiosk' } as const;
  for (const { id } of visits) {
    const acting = { patientId: id };
    await adapter.arriveAtVisit({ acting, appointment: { id, version: '1' }, station });
    await adapter.askForHelp({ acting, appointmentId: id, station, reason: 'person' });
  }
  return { adapter, requests: () => 0, close: async () => {} };
}

async function onFhir(count: number): Promise<FullClinic> {
  const harbor = harborClinic({ now: NOW, weeks: 1 });
  const resources = harborResources(harbor) as fhir.FhirResource[];
  const found = <R extends fhir.FhirResource>(type: R['resourceType'], id: string) =>
    resources.find((one): one is R => one.resourceType === type && one.id === id)!;
  const visit = found<fhir.Appointment>('Appointment', 'a-rosa-today');
  const many = fullDesk(count, visit, found<fhir.Patient>('Patient', 'p-rosa'));
  let asked = 0;
  const server = await startFhirServer({ seed: [...resources, ...many], faults: () => void (asked += 1) });
  const { name, timeZone } = harbor.clinic;
  const { baseUrl } = server;
  const adapter = fhirAdapter({ baseUrl, name, timeZone, now: () => NOW, onServer: harbor.checkIn });
  return { adapter, requests: () => asked, close: () => server.close() };
}
