import type * as fhir from 'fhir/r4.js';
import { objectsIn, textOf, without } from './elements.ts';
import { isOver } from './periods.ts';

/** A way to reach somebody that the contract has. */
export type Reach = 'phone' | 'email';

/** Which is asked for first where nothing is ranked: what is the person's own and always with them. */
const USES: Readonly<Record<Reach, readonly unknown[]>> = {
  phone: ['mobile', 'home', undefined, 'temp', 'work'],
  email: ['home', undefined, 'mobile', 'temp', 'work'],
};

/** The number or address to reach somebody at: by rank, 1 first (https://hl7.org/fhir/R4/datatypes.html#ContactPoint). */
export function pointOf(points: unknown, system: Reach, today: string): fhir.ContactPoint | undefined {
  const uses = USES[system];
  const placeOf = ({ use, rank }: fhir.ContactPoint) =>
    (typeof rank === 'number' ? rank : 1e6) * uses.length + uses.indexOf(use);
  const used = objectsIn<fhir.ContactPoint>(points).filter(
    (one) =>
      one.system === system && !!textOf(one.value)?.trim() && uses.includes(one.use) && !isOver(one.period, today),
  );
  return used.sort((a, b) => placeOf(a) - placeOf(b))[0];
}

/** The ways to reach somebody with this one changed, or taken out; all others are as they were. */
export function withPoint(
  points: readonly fhir.ContactPoint[] | undefined,
  system: Reach,
  value: string | undefined,
  today: string,
): fhir.ContactPoint[] {
  const all = [...(points ?? [])];
  const found = pointOf(all, system, today);
  if (!found) return value === undefined ? all : [...all, { system, value }];
  if (value === undefined) return all.filter((one) => one !== found);
  if (value === found.value) return all;
  return all.map((one) => (one === found ? { ...without(one, 'value'), value } : one));
}
