import '@clinic-widgets/elements/scheduling/define.js';
import '@clinic-widgets/elements/ui/define.js';
import type { ClinicAdapter } from '@clinic-widgets/core';
import type { Mount } from './calendar.ts';
import { MONTHS, NOW, PATIENT, VISIT_TYPE } from './slots.ts';

const NAMES = new Map(MONTHS.map((month, index) => [month as string, `${['March', 'April', 'May'][index]} 2026`]));

/** The appointment picker inside a provider, as a portal has it. */
export const mount: Mount<ClinicAdapter> = (target, adapter) => {
  const provider = document.createElement('clinic-provider');
  const picker = document.createElement('clinic-appointment-picker');
  provider.adapter = adapter;
  picker.patientId = PATIENT;
  picker.visitTypeId = VISIT_TYPE;
  picker.now = () => NOW;
  provider.append(picker);
  target.append(provider);
  const root = picker.shadowRoot!;

  return {
    root,
    monthShown: (month) =>
      root.querySelector('[role=grid][aria-busy=false]') !== null &&
      root.querySelector('#month')?.textContent === NAMES.get(month) &&
      root.querySelector(`[data-day="${month}-15"][data-free]`) !== null,
    dayShown: (day) =>
      root.querySelector(`[aria-selected=true] [data-day="${day}"]`) !== null &&
      root.querySelector('[part~=slot]') !== null,
    turn: (forward) => root.querySelector(`[aria-label="${forward ? 'Next' : 'Previous'} month"]`)!,
    day: (day) => root.querySelector(`[data-day="${day}"]`)!,
    backToMonth: () => undefined,
  };
};
