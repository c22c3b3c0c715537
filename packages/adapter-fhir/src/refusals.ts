import { ClinicError, type Misfit, type MisfitReason } from '@clinic-widgets/core/errors.js';
import { issuesOf } from './outcomes.ts';

/**
 * What codes of issues say of a field (https://hl7.org/fhir/R4/valueset-issue-type.html). `value`, `structure`, `invariant`
 * and the others say no more than that it is refused.
 */
const REASONS: Readonly<Record<string, MisfitReason>> = {
  required: 'required',
  'too-long': 'too-long',
  'code-invalid': 'not-a-choice',
};

/** The server's refusal of what was written, by the paths that its places have in what was handed in. */
export function refusedAt(
  { message, cause }: ClinicError,
  pathsOf: (place: string) => readonly Misfit['path'][],
): ClinicError {
  const misfits = new Map<string, Misfit>();
  for (const { code, expression, location } of issuesOf(cause)) {
    const reason = REASONS[code] ?? 'unknown';
    for (const path of [expression ?? location ?? []].flat().flatMap((place) => pathsOf(`${place}`))) {
      const name = path.join('.');
      if ((misfits.get(name)?.reason ?? 'unknown') === 'unknown') misfits.set(name, { path, reason });
    }
  }
  return new ClinicError('invalid', message, { cause, misfits: [...misfits.values()] });
}
