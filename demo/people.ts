import type { Person } from '@clinic-widgets/elements';
import type { Config } from './config.ts';
import type { Settings } from './settings.ts';

/** A mother and the son she books for. */
const FAMILY: readonly Person[] = [
  { patientId: 'p-rosa', name: 'Rosa Delgado' },
  { patientId: 'p-mateo', name: 'Mateo Delgado', representativeId: 'r-rosa' },
];

/** Everyone the reader may book for; the first is the reader. */
export function peopleOf({ patientId, representativeId }: Settings, config: Config | undefined): readonly Person[] {
  if (!patientId) return FAMILY;
  const name = config?.patients.find(({ id }) => id === patientId)?.name ?? '';
  return [{ patientId, name, ...(representativeId && { representativeId }) }];
}

/** The same people, the one that a page is about before the others. */
export const startingWith = (forId: string, people: readonly Person[]): readonly Person[] =>
  people.toSorted((a, b) => Number(b.patientId === forId) - Number(a.patientId === forId));
