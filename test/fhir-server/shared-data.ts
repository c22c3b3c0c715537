import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A FHIR resource of the shared data, and the file it is from. */
export interface SharedResource {
  /** Below the folder. */
  readonly file: string;
  readonly resource: { readonly resourceType: string; readonly id?: string };
}

/** The folder that `CLINIC_DATA` names, by default `../shared/data` as seen from the repository. */
export function dataFolder(): string {
  return resolve(process.env['CLINIC_DATA'] ?? join(import.meta.dirname, '../../../shared/data'));
}

/** The sentence to show where the folder is missing; nothing where it is there. */
export function missingData(folder = dataFolder()): string | undefined {
  return existsSync(folder)
    ? undefined
    : `Missing test data: there is no folder ${folder} (set CLINIC_DATA to name another).`;
}

/** Yields every FHIR resource in the folder's `.json` and `.ndjson` files, those inside Bundles and Parameters too. */
export function* sharedData(folder = dataFolder()): Generator<SharedResource> {
  const missing = missingData(folder);
  if (missing) throw new Error(missing);
  for (const file of globSync('**/*.{json,ndjson}', { cwd: folder }).sort()) {
    for (const document of documentsOf(join(folder, file))) {
      for (const resource of resourcesIn(document)) yield { file, resource };
    }
  }
}

function documentsOf(file: string): unknown[] {
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  const documents = file.endsWith('.ndjson') ? text.split('\n').filter((line) => line.trim()) : [text];
  try {
    return documents.map((document) => JSON.parse(document) as unknown);
  } catch (cause) {
    throw new Error(`${file} is not JSON.`, { cause });
  }
}

const containers: ReadonlySet<string> = new Set(['Bundle', 'Parameters']);

/** Looks into everything that is no resource itself: so also into the requests of CDS Hooks. */
function* resourcesIn(value: unknown): Generator<SharedResource['resource']> {
  if (typeof value !== 'object' || value === null) return;
  if (isResource(value) && !containers.has(value.resourceType)) yield value;
  else for (const inner of Object.values(value)) yield* resourcesIn(inner);
}

function isResource(value: object): value is SharedResource['resource'] {
  return 'resourceType' in value && typeof value.resourceType === 'string';
}
