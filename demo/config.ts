import type { AdapterName } from './settings.ts';

/** What the server of the demo knows and a page does not. */
export interface Config {
  readonly restBaseUrl: string;
  readonly fhirBaseUrl: string;
  /** What the link of a sample reminder ends in, by where the clinic is. */
  readonly reminders: Readonly<Record<AdapterName, string>>;
  readonly patients: readonly { readonly id: string; readonly name: string }[];
}

/** Asks the server of the demo; `undefined` where the pages are served by something else. */
export async function loadConfig(): Promise<Config | undefined> {
  try {
    const response = await fetch('./config.json', { cache: 'no-store' });
    return response.ok ? ((await response.json()) as Config) : undefined;
  } catch {
    return undefined;
  }
}
