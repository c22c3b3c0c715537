import type * as fhir from 'fhir/r4.js';

/**
 * A stand-in for servers with scheduling operations, of which none can be run here. In front of a real server, it
 * answers `$find`, `$hold`, `$book` and their like as the documentation says that Medplum's or IHE's servers do:
 * packages/docs/docs/scheduling in github.com/medplum/medplum, and ITI-115 to ITI-117 with the operation definitions in
 * github.com/IHE/ITI.Scheduling. It shows that requests have the documented shape and that answers are understood, not
 * that any such server behaves so. What it does not do: alignment grids, buffers, and Medplum's rule that a schedule
 * has a single actor.
 */
export function operationsDouble(baseUrl: string, ofIhe: boolean): typeof globalThis.fetch {
  const server = storeAt(baseUrl);
  const operations = ofIhe ? iheOperations(server) : medplumOperations(server);
  let line: Promise<unknown> = Promise.resolve();

  return async (input, init = {}) => {
    const url = new URL(input as string);
    const [type, ...rest] = url.pathname.slice(new URL(baseUrl).pathname.length + 1).split('/');
    const name = rest.at(-1) ?? '';
    if (type !== 'Appointment' || !name.startsWith('$')) return fetch(input, init);
    init.signal?.throwIfAborted();
    const parameters = init.body ? (JSON.parse(init.body as string) as fhir.Parameters) : undefined;
    const run = operations[name];
    // One after the other, as in serialisable transactions; and to the end, whether or not anyone still listens.
    const answer = (line = line.then(async () => {
      if (!run) return reply(404, outcome('not-found', 'Unknown operation'));
      return run({ url, parameters, id: rest.length > 1 ? rest[0]! : '' }).catch((error: unknown) =>
        error instanceof Refusal ? reply(error.status, error.body) : reply(500, outcome('exception', String(error))),
      );
    }));
    return heard(answer as Promise<Response>, init.signal);
  };
}

function heard(answer: Promise<Response>, signal: AbortSignal | null | undefined): Promise<Response> {
  return new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error));
    answer.then(resolve, reject);
  });
}

interface Called {
  readonly url: URL;
  readonly parameters: fhir.Parameters | undefined;
  /** Of an operation of one appointment. */
  readonly id: string;
}

type Operations = Readonly<Record<string, (called: Called) => Promise<Response>>>;

class Refusal extends Error {
  readonly status: number;
  readonly body: fhir.FhirResource;

  constructor(status: number, body: fhir.FhirResource) {
    super('Refused.');
    this.status = status;
    this.body = body;
  }
}

const reply = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/fhir+json' } });

const outcome = (
  code: fhir.OperationOutcomeIssue['code'],
  text: string,
  severity: fhir.OperationOutcomeIssue['severity'] = 'error',
): fhir.OperationOutcome => ({ resourceType: 'OperationOutcome', issue: [{ severity, code, details: { text } }] });

const bundle = (type: fhir.Bundle['type'], resources: readonly fhir.FhirResource[]): fhir.Bundle => ({
  resourceType: 'Bundle',
  type,
  entry: resources.map((resource) => ({ resource })),
});

const returned = (resource: fhir.FhirResource): fhir.Parameters => ({
  resourceType: 'Parameters',
  parameter: [{ name: 'return', resource }],
});

type Store = ReturnType<typeof storeAt>;

/** The server behind: where everything is kept. */
function storeAt(baseUrl: string) {
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const sent =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/fhir+json' } };
    const response = await fetch(`${baseUrl}/${path}`, { method, ...sent });
    const text = await response.text();
    if (!response.ok) throw new Refusal(response.status, JSON.parse(text) as fhir.OperationOutcome);
    return (text ? JSON.parse(text) : undefined) as T;
  };
  const search = async <T extends fhir.FhirResource>(path: string): Promise<T[]> =>
    ((await ask<fhir.Bundle>('GET', `${path}&_count=1000`)).entry ?? []).map(({ resource }) => resource as T);

  return {
    read: <T>(reference: string) => ask<T>('GET', reference),
    write: <T extends fhir.FhirResource>(resource: T) =>
      ask<T>(resource.id ? 'PUT' : 'POST', [resource.resourceType, resource.id].filter(Boolean).join('/'), resource),
    remove: (reference: string) => ask<unknown>('DELETE', reference),
    schedules: () => search<fhir.Schedule>('Schedule?active=true'),

    /** What is free of a schedule: its free slots, where nothing busy overlaps them. */
    async freeAt(schedule: string, from: string, to: string): Promise<fhir.Slot[]> {
      const slots = await search<fhir.Slot>(
        `Slot?schedule=${schedule}&start=ge${iso(from)}&start=lt${iso(to)}&_sort=start`,
      );
      const busy = slots.filter(({ status }) => status !== 'free');
      return slots.filter((slot) => slot.status === 'free' && !busy.some((one) => overlap(one, slot)));
    },
  };
}

const iso = (instant: string) => encodeURIComponent(new Date(instant).toISOString());
const overlap = (a: fhir.Slot, b: fhir.Slot) =>
  Date.parse(a.start) < Date.parse(b.end) && Date.parse(b.start) < Date.parse(a.end);
const nextMoment = (instant: string) => new Date(Date.parse(instant) + 1).toISOString();
const valueOf = (parameters: fhir.Parameters | undefined, name: string) =>
  parameters?.parameter?.find((one) => one.name === name);

/** The slot that would be made. */
const virtual = ({ start, end, schedule }: fhir.Slot): fhir.Slot => ({
  resourceType: 'Slot',
  status: 'busy',
  start,
  end,
  schedule,
});

const MEDPLUM_SERVICE = 'https://medplum.com/fhir/service-type-reference';

function medplumOperations(server: Store): Operations {
  const invalid = (text: string) => new Refusal(400, outcome('invalid', text));

  async function ensureFree(slot: fhir.Slot): Promise<void> {
    const free = await server.freeAt(slot.schedule.reference!, slot.start, nextMoment(slot.start));
    const fits = free.some(
      (one) => Date.parse(one.start) === Date.parse(slot.start) && Date.parse(one.end) === Date.parse(slot.end),
    );
    if (!fits) throw invalid('Requested time slot is not available');
  }

  const take =
    (status: fhir.Appointment['status'], slotStatus: fhir.Slot['status']) =>
    async ({ parameters }: Called) => {
      const appointment = valueOf(parameters, 'appointment')?.resource as fhir.Appointment | undefined;
      if (!appointment) throw invalid("Expected at least 1 value(s) for required input parameter 'appointment'");
      const { contained = [], ...proposed } = appointment;
      const slots = (contained as fhir.FhirResource[]).filter((one): one is fhir.Slot => one.resourceType === 'Slot');
      if (!slots.length || !proposed.start || !proposed.end) throw invalid('Missing slots');
      if (proposed.slot) throw invalid('Proposed appointment may not have Slot references');
      const linked = proposed.serviceType?.[0]?.extension?.some(({ url }) => url === MEDPLUM_SERVICE);
      if (!linked) throw invalid('Appointment has no service reference');
      for (const slot of slots) await ensureFree(slot);
      const made: fhir.Slot[] = [];
      for (const one of slots) made.push(await server.write<fhir.Slot>({ ...one, status: slotStatus }));
      const slot = made.map(({ id }) => ({ reference: `Slot/${id}` }));
      const booked = await server.write<fhir.Appointment>({ ...proposed, status, slot });
      return reply(201, bundle('transaction-response', [booked, ...made]));
    };

  return {
    async $find({ url }) {
      const [start, end] = [url.searchParams.get('start') ?? '', url.searchParams.get('end') ?? ''];
      const schedules = url.searchParams.getAll('schedule');
      const service = url.searchParams.get('service-type-reference');
      if (!service || schedules.length !== 1) throw invalid('Missing required parameters');
      if (Date.parse(end) - Date.parse(start) > 31 * 86_400_000) throw invalid('Search range cannot exceed 31 days');
      const { actor, serviceType } = await server.read<fhir.Schedule>(schedules[0]!);
      const free = await server.freeAt(schedules[0]!, start, nextMoment(end));
      const proposed = free.slice(0, Number(url.searchParams.get('_count') ?? 20)).map((slot): fhir.Appointment => ({
        resourceType: 'Appointment',
        status: 'proposed',
        start: new Date(slot.start).toISOString(),
        end: new Date(slot.end).toISOString(),
        ...(serviceType && { serviceType }),
        participant: actor.map((one) => ({ actor: one, required: 'required', status: 'needs-action' })),
        contained: [virtual(slot)],
      }));
      return reply(200, returned(bundle('searchset', proposed)));
    },

    $hold: take('pending', 'busy-tentative'),
    $book: take('booked', 'busy'),

    async $confirm({ id }) {
      const appointment = await server.read<fhir.Appointment>(`Appointment/${id}`);
      if (!['pending', 'proposed'].includes(appointment.status)) {
        throw new Refusal(
          409,
          outcome('conflict', `Appointment cannot be confirmed in '${appointment.status}' status`),
        );
      }
      const slots: fhir.Slot[] = [];
      for (const { reference } of appointment.slot ?? []) {
        slots.push(await server.write<fhir.Slot>({ ...(await server.read<fhir.Slot>(reference!)), status: 'busy' }));
      }
      const booked = await server.write<fhir.Appointment>({ ...appointment, status: 'booked' });
      return reply(200, bundle('transaction-response', [booked, ...slots]));
    },

    async $cancel({ id }) {
      const appointment = await server.read<fhir.Appointment>(`Appointment/${id}`);
      if (!['pending', 'booked'].includes(appointment.status)) {
        throw invalid(`Appointment cannot be canceled in '${appointment.status}' status`);
      }
      for (const { reference } of appointment.slot ?? [])
        await server.read(reference!).catch(() => Promise.reject(invalid('Loading slots failed')));
      const cancelled = await server.write<fhir.Appointment>({ ...appointment, status: 'cancelled' });
      for (const { reference } of appointment.slot ?? []) await server.remove(reference!);
      return reply(200, cancelled);
    },

    async $reschedule({ id, parameters }) {
      const appointment = await server.read<fhir.Appointment>(`Appointment/${id}`);
      if (!['pending', 'booked'].includes(appointment.status)) {
        throw invalid(`Appointment cannot be rescheduled in '${appointment.status}' status`);
      }
      const start = valueOf(parameters, 'start')?.valueDateTime ?? '';
      const reference = valueOf(parameters, 'schedule')?.valueReference?.reference ?? '';
      const { actor } = await server.read<fhir.Schedule>(reference);
      const [free] = await server.freeAt(reference, start, nextMoment(start));
      if (!free || Date.parse(free.start) !== Date.parse(start)) throw invalid('Requested time slot is not available');
      const slot = await server.write<fhir.Slot>({
        resourceType: 'Slot',
        status: 'busy',
        schedule: { reference },
        start: free.start,
        end: free.end,
      });
      for (const old of appointment.slot ?? []) await server.remove(old.reference!);
      const planned = /^(Practitioner|Location)\//;
      const others = appointment.participant.filter((one) => !planned.test(one.actor?.reference ?? ''));
      const moved = await server.write<fhir.Appointment>({
        ...appointment,
        start: free.start,
        end: free.end,
        slot: [{ reference: `Slot/${slot.id}` }],
        participant: [...others, ...actor.map((one) => ({ actor: one, status: 'needs-action' as const }))],
      });
      return reply(200, bundle('transaction-response', [moved, slot]));
    },
  };
}

function iheOperations(server: Store): Operations {
  const proposals = new Map<string, fhir.Appointment>();
  // ITI-117: "an unsuccessful $book operation SHALL return only an OperationOutcome within the Bundle".
  const refused = () =>
    reply(200, bundle('searchset', [outcome('not-found', 'The appointment is not available.', 'fatal')]));
  const done = (appointment: fhir.Appointment) => reply(200, bundle('searchset', [appointment]));
  const actorsOf = ({ participant }: fhir.Appointment) => participant.map(({ actor }) => actor?.reference ?? '');

  /** The slot at the time of an appointment, of a schedule with the same people and places. */
  async function slotOf(
    appointment: fhir.Appointment,
    isUsable: (slot: fhir.Slot) => boolean,
  ): Promise<fhir.Slot | undefined> {
    const there = actorsOf(appointment);
    for (const { id, actor } of await server.schedules()) {
      if (!actor.every(({ reference }) => there.includes(reference!))) continue;
      const slots = await server.freeAt(`Schedule/${id}`, appointment.start!, nextMoment(appointment.start!));
      const slot = slots.find(isUsable);
      if (slot) return slot;
    }
    return undefined;
  }

  async function occupy(
    appointment: fhir.Appointment,
    status: fhir.Slot['status'],
  ): Promise<{ slot: fhir.Reference[] } | undefined> {
    const slot = await slotOf(appointment, ({ end }) => Date.parse(end) === Date.parse(appointment.end!));
    if (!slot) return undefined;
    await server.write<fhir.Slot>({ ...slot, status });
    return { slot: [{ reference: `Slot/${slot.id}` }] };
  }

  async function vacate({ slot = [] }: fhir.Appointment): Promise<void> {
    for (const { reference } of slot)
      await server.write<fhir.Slot>({ ...(await server.read<fhir.Slot>(reference!)), status: 'free' });
  }

  return {
    async $find({ parameters }) {
      const all = (name: string) => (parameters?.parameter ?? []).filter((one) => one.name === name);
      const [start, end] = [all('start')[0]?.valueDateTime, all('end')[0]?.valueDateTime];
      if (!start || !end) throw new Refusal(400, outcome('invalid', 'start and end are required', 'fatal'));
      const types = all('visit-type').map(({ valueString }) => valueString);
      const wanted = (name: string, actor: fhir.Reference[]) =>
        !all(name).length ||
        all(name).some(({ valueReference }) => actor.some(({ reference }) => reference === valueReference?.reference));
      const patients = all('patient-reference').map(({ valueReference }) => valueReference!);
      const found: fhir.Appointment[] = [];
      for (const { id, actor, serviceType = [] } of await server.schedules()) {
        const tokens = serviceType.flatMap(({ coding = [] }) => coding.map(({ system, code }) => `${system}|${code}`));
        if (types.length && !types.some((type) => tokens.includes(type!))) continue;
        if (!wanted('practitioner', actor) || !wanted('location-reference', actor)) continue;
        for (const slot of await server.freeAt(`Schedule/${id}`, start, end)) {
          found.push({
            resourceType: 'Appointment',
            id: crypto.randomUUID(),
            status: 'proposed',
            serviceType,
            start: slot.start,
            end: slot.end,
            participant: [...actor, ...patients].map((one) => ({
              actor: one,
              required: 'required',
              status: 'needs-action',
            })),
          });
        }
      }
      for (const one of found) proposals.set(one.id!, one);
      const first = found.slice(0, all('_count')[0]?.valueInteger ?? found.length);
      return reply(200, { ...bundle('searchset', first), total: found.length });
    },

    async $hold({ parameters }) {
      const reference = valueOf(parameters, 'appointment-reference')?.valueReference?.reference;
      if (!reference) throw new Refusal(400, outcome('required', 'appointment-reference is required', 'fatal'));
      const proposed = proposals.get(reference.split('/')[1]!);
      const slots = proposed && (await occupy(proposed, 'busy-tentative'));
      if (!proposed || !slots) return refused();
      const { id: _, ...appointment } = proposed;
      return done(await server.write<fhir.Appointment>({ ...appointment, ...slots, status: 'pending' }));
    },

    async $book({ parameters }) {
      const given = valueOf(parameters, 'appointment-resource')?.resource as fhir.Appointment | undefined;
      if (!given) throw new Refusal(400, outcome('required', 'appointment-resource is required', 'fatal'));
      const stored = given.id
        ? await server.read<fhir.Appointment>(`Appointment/${given.id}`).catch(() => undefined)
        : undefined;
      if (given.status === 'cancelled') {
        if (!stored) return refused();
        await vacate(stored);
        return done(await server.write<fhir.Appointment>(given));
      }
      if (given.status === 'booked') {
        const slots = stored && (await occupy(given, 'busy'));
        if (!stored || !slots) return refused();
        await vacate(stored);
        return done(await server.write<fhir.Appointment>({ ...given, ...slots }));
      }
      if (given.status !== 'pending') throw new Refusal(400, outcome('invalid', 'The status must be pending', 'fatal'));
      if (stored) {
        for (const { reference } of stored.slot ?? []) {
          await server.write<fhir.Slot>({ ...(await server.read<fhir.Slot>(reference!)), status: 'busy' });
        }
        return done(await server.write<fhir.Appointment>({ ...given, slot: stored.slot ?? [], status: 'booked' }));
      }
      const slots = await occupy(given, 'busy');
      if (!slots) return refused();
      const { id: _, ...appointment } = given;
      return done(await server.write<fhir.Appointment>({ ...appointment, ...slots, status: 'booked' }));
    },
  };
}
