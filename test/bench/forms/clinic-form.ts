import { defineAdapter } from '@clinic-widgets/core/adapter.js';
import '@clinic-widgets/elements/forms/define.js';
import '@clinic-widgets/elements/ui/define.js';
import type { Questionnaire } from 'fhir/r4.js';
import { toForm } from '../../../packages/adapter-fhir/src/questionnaires.ts';
import type { Mount } from './form.ts';

/** The form inside a provider, as a portal has it, from a clinic that has this one form: mapped as the FHIR adapter does. */
export const mount: Mount = (target, questionnaire) => {
  const provider = document.createElement('clinic-provider');
  const form = document.createElement('clinic-form');
  provider.adapter = defineAdapter({
    describeClinic: async () => ({ name: 'Harbor Clinic', timeZone: 'America/New_York', supports: ['getForm'] }),
    getForm: async ({ language }) => toForm(JSON.parse(await questionnaire()) as Questionnaire, language),
  });
  form.patientId = 'p1';
  form.formId = 'measured';
  provider.append(form);
  target.append(provider);
  const root = form.shadowRoot!;
  // A field is named after its place: the first item of the first group, its second option.
  const at = (place: string) => root.querySelector<HTMLInputElement>(`#q${place}`);

  return {
    root: provider,
    shown: () => root.querySelector('[part~=question]') !== null,
    option: (which) => at(which === 'plain' ? '0-0-0' : '0-0-0-1')!,
    furtherShown: () => at('0-0-1') !== null,
    field: () => at('0-0-2')!,
  };
};
