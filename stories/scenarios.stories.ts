import { fhirAdapter, type FhirOptions, type Warning } from '@clinic-widgets/adapter-fhir';
import type { Meta } from '@storybook/web-components-vite';
import type * as fhir from 'fhir/r4.js';
import { delay, http, HttpResponse, type HttpHandler } from 'msw';
import { action } from 'storybook/actions';
import { expect, fn } from 'storybook/test';
import { harborResources } from '../test/fhir-server/harbor.ts';
import { harbor, now } from './clinics.ts';
import { baseUrl, capable, fhirHandlers, refusal } from './fhir-handlers.ts';
import { press, see } from './patient.ts';
import { type Args, args, pickerAt, type Story } from './picker.ts';

const { phone, timeZone } = harbor.clinic;
const resources = harborResources(harbor);
const known = { baseUrl, timeZone, now, onWarning: action('onWarning'), ...(phone && { phone }) };
const atFhirServer = (options: Partial<FhirOptions> = {}) => pickerAt(() => fhirAdapter({ ...known, ...options }));

export default {
  title: 'Scenarios',
  component: 'clinic-appointment-picker',
  args: { ...args, visitTypeId: 'check-up' },
  parameters: {
    docs: {
      description: {
        component:
          'The picker on a FHIR R4 server that behaves, and on one that does not. The adapter is the real one, and so ' +
          'are its requests; only the answers are made up, in `fhir-handlers.ts`.',
      },
      // On a page of its own a story has the network to itself.
      story: { inline: false, height: '40rem' },
    },
  },
  beforeEach({ msw }) {
    msw.use(...fhirHandlers(resources));
  },
  render: atFhirServer(),
} satisfies Meta<Args>;

/** Puts handlers before those of the server. Each story has its own, as some answer only once. */
const before = (handlers: () => readonly HttpHandler[]): Pick<Story, 'beforeEach'> => ({
  beforeEach({ msw }) {
    msw.use(...handlers());
  },
});

const anything = `${baseUrl}/*`;

/** Everything goes well: the slot is locked, the appointment is made, and the slot is busy. */
export const Calm: Story = {
  async play({ canvasElement }) {
    await press(canvasElement, 'free', 'slot');
    await see(canvasElement, ({ held }) => held);
    await press(canvasElement, 'primary');
    await see(canvasElement, ({ booked }) => booked);
  },
};

/** Every answer takes a while. */
export const Slow: Story = {
  ...before(() => [http.all(anything, () => delay(200))]),
  play: ({ canvasElement }) => see(canvasElement, ({ pickDay }) => pickDay),
};

/** No answer comes at all, and the wait ends. */
export const Silent: Story = {
  ...before(() => [http.all(anything, () => delay('infinite'))]),
  render: atFhirServer({ timeout: 1000 }),
  play: ({ canvasElement }) => see(canvasElement, ({ failures }) => failures.unavailable),
};

/** 429: the server asks for half a minute; then the picker goes on by itself. */
export const Throttled: Story = {
  parameters: { consoleErrors: ['429'] },
  ...before(() => [
    http.get(`${baseUrl}/Slot`, () => refusal(429, 'throttled', { 'retry-after': '30' }), { once: true }),
  ]),
  play: ({ canvasElement }) => see(canvasElement, ({ failures }) => failures.throttled),
};

/** 412: the slot is not the version any more that the patient saw, for someone else has just taken it. */
export const Taken: Story = {
  parameters: { consoleErrors: ['412'] },
  ...before(() => [someoneFaster()]),
  async play({ canvasElement }) {
    await press(canvasElement, 'free', 'slot');
    await see(canvasElement, ({ taken }) => taken);
  },
};

/** 503: the server is being maintained. */
export const Maintenance: Story = {
  parameters: { consoleErrors: ['503'] },
  ...before(() => [http.all(anything, () => refusal(503, 'transient'))]),
  play: ({ canvasElement }) => see(canvasElement, ({ failures }) => failures.unavailable),
};

/** 401: the token has expired, and the page could not get another. */
export const TokenExpired: Story = {
  parameters: { consoleErrors: ['401'] },
  ...before(() => [http.all(anything, () => refusal(401, 'login'))]),
  play: ({ canvasElement }) => see(canvasElement, ({ failures }) => failures.unauthenticated),
};

const warned = fn<(warning: Warning) => void>();

/** Some resources make no sense: they are left out and counted, and the others are offered. */
export const Malformed: Story = {
  render: atFhirServer({ onWarning: warned }),
  ...before(() => {
    warned.mockClear();
    return fhirHandlers([...resources, ...malformed]);
  }),
  async play({ canvasElement }) {
    await press(canvasElement, 'free');
    await see(canvasElement, ({ parts }) => parts.morning);
    const leftOut = new Set(warned.mock.calls.map(([{ id }]) => id));
    for (const { id } of malformed) await expect(leftOut, id).toContain(id);
  },
};

/** The server, or something before it, answers with a web page. */
export const WebPage: Story = {
  ...before(() => [
    http.all(anything, () => HttpResponse.html('<!doctype html><title>Welcome to our network</title>')),
  ]),
  play: ({ canvasElement }) => see(canvasElement, ({ failures }) => failures.unexpected),
};

/** The answer breaks off in the middle. */
export const HalfAnswer: Story = {
  ...before(() => [http.get(`${baseUrl}/Slot`, () => HttpResponse.text('{"resourceType":"Bundle","entry":[{"reso'))]),
  play: ({ canvasElement }) => see(canvasElement, ({ failures }) => failures.unexpected),
};

/** The server does not say that it refuses old versions, so nothing there keeps a time from being booked twice. */
export const NoLock: Story = {
  ...before(() => [capable('versioned')]),
  async play({ canvasElement }) {
    await press(canvasElement, 'free', 'slot', 'primary');
    await see(canvasElement, ({ requestedNote }) => requestedNote);
  },
};

/** 403: patients may not write to slots at this server, so that what was to be booked is only asked for. */
export const SlotsForbidden: Story = {
  parameters: { consoleErrors: ['403'] },
  ...before(() => [http.put(`${baseUrl}/Slot/:id`, () => refusal(403, 'forbidden'))]),
  async play({ canvasElement }) {
    await press(canvasElement, 'free', 'slot', 'primary');
    await see(canvasElement, ({ requestedNote }) => requestedNote);
  },
};

/** Another patient's update of the slot arrives just before this one's. */
function someoneFaster(): HttpHandler {
  let taken = false;
  return http.put(`${baseUrl}/Slot/:id`, async ({ request: { url } }) => {
    if (taken) return;
    taken = true;
    const slot = (await (await fetch(url)).json()) as fhir.Slot;
    const headers = { 'if-match': `W/"${slot.meta?.versionId}"` };
    await fetch(url, { method: 'PUT', headers, body: JSON.stringify({ ...slot, status: 'busy' }) });
  });
}

const [good] = resources.filter((one): one is fhir.Slot => one.resourceType === 'Slot' && one.status === 'free');

/** What servers hold in spite of the standard. */
const malformed = [
  { ...good, id: 'ends-before-it-starts', end: good!.start },
  { ...good, id: 'ends-never', end: undefined },
  { ...good, id: 'no-list', serviceType: [null] },
] as fhir.FhirResource[];
