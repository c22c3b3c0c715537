import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import { memoryAdapter } from './memory-adapter.ts';
import type { Seed, SeedAppointment } from './seed.ts';

const harbor = harborClinic({ now: '2026-03-02T07:00:00-05:00', weeks: 2 });
const acting = { patientId: 'p-rosa' };

/** A visit in Michigan City, an hour behind the clinic's own zone. */
const visit: SeedAppointment = {
  id: 'a-safety',
  patientId: 'p-rosa',
  status: 'booked',
  start: '2026-03-05T08:30:00-06:00',
  end: '2026-03-05T09:00:00-06:00',
  visitTypeId: 'nurse-visit',
  practitionerId: 'yazzie',
  locationId: 'michigan-city',
  mode: 'in-person',
};

/** A clinic that asks a safety form for the visit, with a clock that can be set. */
function clinicWith(change: Partial<Seed> = {}) {
  let now = '2026-03-02T07:00:00-05:00';
  const seed: Seed = {
    ...harbor,
    appointments: [visit],
    formRequests: [],
    visitForms: [{ visitTypeId: 'nurse-visit', formIds: ['mri-safety'] }],
    ...change,
  };
  const adapter = memoryAdapter(seed, { now: () => now });
  return {
    adapter,
    at: (instant: string) => void (now = instant),
    waiting: async () => (await adapter.findForms({ acting })).items.map(({ id }) => id),
    handIn: () =>
      adapter.submitForm({
        acting,
        form: { id: 'mri-safety', version: '1' },
        appointmentId: visit.id,
        language: 'en',
        authored: now,
        items: [],
      }),
  };
}

describe('the forms of the memory adapter', () => {
  it('goes by the day where the visit is when it asks a safety form again', async () => {
    const { at, waiting, handIn } = clinicWith();
    at('2026-03-04T23:30:00-06:00');
    await handIn();
    assert.deepEqual(await waiting(), []);
    at('2026-03-05T00:10:00-06:00');
    assert.deepEqual(await waiting(), ['mri-safety']);
    await handIn();
    assert.deepEqual(await waiting(), []);
  });

  it('wants a form of a visit by its day', async () => {
    const { items } = await clinicWith().adapter.findForms({ acting });
    assert.deepEqual(
      items.map(({ id, appointmentId, due }) => [id, appointmentId, due]),
      [['mri-safety', visit.id, '2026-03-05']],
    );
  });

  it('asks who comes late as well, until the day of the visit is over', async () => {
    const { at, waiting } = clinicWith();
    at('2026-03-05T23:59:00-06:00');
    assert.deepEqual(await waiting(), ['mri-safety']);
    at('2026-03-06T00:00:00-06:00');
    assert.deepEqual(await waiting(), []);
  });

  it('asks nothing for a visit that was called off, or is not certain', async () => {
    for (const status of ['cancelled', 'proposed', 'noshow'] as const) {
      const formRequests = [{ id: 'f1', patientId: 'p-rosa', formId: 'intake', appointmentId: visit.id }];
      const { waiting } = clinicWith({ appointments: [{ ...visit, status }], formRequests });
      assert.deepEqual(await waiting(), [], status);
    }
  });

  it('asks once for a form that is both asked for and needed for the same visit, by the day that it was asked for', async () => {
    const formRequests = [
      { id: 'f1', patientId: 'p-rosa', formId: 'mri-safety', appointmentId: visit.id, due: '2026-03-03' },
    ];
    const { items } = await clinicWith({ formRequests }).adapter.findForms({ acting });
    assert.deepEqual(
      items.map(({ due }) => due),
      ['2026-03-03'],
    );
  });

  it('answers in the first language there is where neither the one asked for nor English is', async () => {
    const [form] = harbor.forms;
    const forms = [{ id: 'mri-safety', words: { es: form!.words['es']! } }];
    const { language, title } = await clinicWith({ forms }).adapter.getForm({
      acting,
      formId: 'mri-safety',
      language: 'vi',
    });
    assert.equal(language, 'es');
    assert.equal(title, form!.words['es']!.title);
  });
});
