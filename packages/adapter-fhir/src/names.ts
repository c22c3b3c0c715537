import type * as fhir from 'fhir/r4.js';
import type { Details } from '@clinic-widgets/core/details.js';
import { writtenName } from './datatypes.ts';
import { objectsIn, textOf } from './elements.ts';
import { isOver } from './periods.ts';

/** What a clinic calls somebody by in its papers, the first first (https://hl7.org/fhir/R4/valueset-name-use.html). */
const FORMAL: readonly unknown[] = ['official', undefined, 'usual', 'temp', 'anonymous'];

/** What somebody is called besides that. */
const SPOKEN: readonly unknown[] = ['usual', 'nickname'];

const isUsed = (name: fhir.HumanName, today: string): boolean => !isOver(name.period, today) && !!writtenName(name);

/** The name in the clinic's papers: never an old one, nor one from before a marriage. */
function formalName(names: readonly fhir.HumanName[], today: string): fhir.HumanName | undefined {
  const used = names.filter((name) => isUsed(name, today));
  return FORMAL.map((wanted) => used.find(({ use }) => use === wanted)).find(Boolean);
}

/** The name to use, where it is another than the one in the papers. */
function spokenName(names: readonly fhir.HumanName[], today: string): fhir.HumanName | undefined {
  const formal = formalName(names, today);
  const used = names.filter((name) => name !== formal && isUsed(name, today));
  return SPOKEN.map((wanted) => used.find(({ use }) => use === wanted)).find(Boolean);
}

/** A patient's names, as the contract has them. */
export function toNames({ name }: fhir.Patient, today: string): Pick<Details, 'name' | 'preferredName'> {
  const names = objectsIn<fhir.HumanName>(name);
  const formal = formalName(names, today);
  const spoken = spokenName(names, today);
  const family = textOf(formal?.family);
  return {
    ...(formal && {
      name: {
        given: textsIn(formal.given),
        ...(family && { family }),
        text: writtenName(formal),
      },
    }),
    ...(spoken && { preferredName: writtenName(spoken) }),
  };
}

const textsIn = (given: unknown): string[] =>
  Array.isArray(given) ? given.filter((one): one is string => !!textOf(one)) : [];

/** The names with another one to use; with none, where it is taken out. */
export function withSpokenName(patient: fhir.Patient, text: string | undefined, today: string): fhir.HumanName[] {
  const names = [...(patient.name ?? [])];
  const known = objectsIn<fhir.HumanName>(names);
  const spoken = spokenName(known, today);
  if (!spoken) {
    if (text === undefined) return names;
    // A name that is merely usual would be taken for the one in the papers where there is none in them.
    const formal = formalName(known, today);
    const use = formal && formal.use !== 'usual' ? 'usual' : 'nickname';
    return [...names, { use, text }];
  }
  if (text === undefined) return names.filter((name) => name !== spoken);
  if (text === writtenName(spoken)) return names;
  const { id, extension, use, period } = spoken;
  const next: fhir.HumanName = {
    ...(id && { id }),
    ...(extension && { extension }),
    ...(use && { use }),
    text,
    ...(period && { period }),
  };
  return names.map((name) => (name === spoken ? next : name));
}
