import { restAdapter } from '@clinic-widgets/adapter-rest';
import type { ClinicAdapter } from '@clinic-widgets/core';

/** The clinic that the kiosk, the desk and the waiting room share; `?clinic=NAME` in the address names another one. */
export function sharedClinic(query = new URLSearchParams(location.search)): ClinicAdapter {
  const name = query.get('clinic') ?? 'harbor';
  return restAdapter({ baseUrl: `./shared/${encodeURIComponent(name)}` });
}
