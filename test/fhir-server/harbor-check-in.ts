import { SUMMARY_PARTS, VISIT } from '@clinic-widgets/adapter-fhir/vocabulary.js';
import type { HarborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { ClinicAdapter } from '@clinic-widgets/core/adapter.js';
import type * as fhir from 'fhir/r4.js';
import { said, versionsOf, within } from './harbor-forms.ts';

type CheckInSeed = Pick<HarborClinic, 'appointments' | 'charges' | 'summaries' | 'reminders'>;

/** What is due, and what to do after a visit, as FHIR R4 resources. */
export function checkInResources({ appointments, charges, summaries }: CheckInSeed): fhir.FhirResource[] {
  const patientOf = (appointmentId: string) => appointments.find(({ id }) => id === appointmentId)!.patientId;
  return [
    ...charges.map((charge) => invoice(charge, patientOf(charge.appointmentId))),
    ...summaries.map((summary) => summaryDocument(summary)),
  ];
}

function invoice(
  { id, appointmentId, words, amount }: CheckInSeed['charges'][number],
  patientId: string,
): fhir.Invoice {
  const versions = versionsOf(words);
  const [[language, { label }]] = versions as [(typeof versions)[number]];
  const money: fhir.Money = {
    value: Number(amount.value),
    currency: amount.currency as fhir.Money['currency'] & string,
  };
  return {
    resourceType: 'Invoice',
    id,
    language,
    extension: [{ url: VISIT, valueReference: { reference: `Appointment/${appointmentId}` } }],
    status: 'issued',
    subject: { reference: `Patient/${patientId}` },
    lineItem: [{ chargeItemCodeableConcept: { text: label }, priceComponent: [{ type: 'base', amount: money }] }],
    totalNet: money,
    note: [
      said(
        'text',
        within(versions, (one) => one.label),
      ) as fhir.Annotation,
    ],
  };
}

const summaryDocument = ({ visitTypeId, words }: CheckInSeed['summaries'][number]): fhir.DocumentReference => ({
  resourceType: 'DocumentReference',
  id: `summary-${visitTypeId}`,
  status: 'current',
  type: { coding: [{ system: 'http://loinc.org', code: '69730-0', display: 'Instructions' }] },
  content: Object.entries(words).flatMap(([language, parts]) =>
    Object.entries(parts).map(([code, text]) => ({
      attachment: {
        contentType: 'text/plain; charset=utf-8',
        language,
        data: new TextEncoder().encode(String(text)).toBase64(),
      },
      format: { system: SUMMARY_PARTS, code },
    })),
  ),
  context: { related: [{ reference: `HealthcareService/${visitTypeId}` }] },
});

/** Stands in for a gateway, which checks who signed a reminder's link and hands on what it says. */
export function withReminders(adapter: ClinicAdapter, { reminders, appointments }: CheckInSeed): ClinicAdapter {
  return {
    ...adapter,
    async respondToAppointment(input, options) {
      const reminder = reminders.find(({ token }) => token === input.token);
      if (!reminder) return adapter.respondToAppointment(input, options);
      const { appointmentId, expires } = reminder;
      const { patientId } = appointments.find(({ id }) => id === appointmentId)!;
      const said = { appointmentId, patientId, jti: reminder.token, exp: Date.parse(expires) / 1000 };
      return adapter.respondToAppointment({ ...input, token: JSON.stringify(said) }, options);
    },
  };
}
