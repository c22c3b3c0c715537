import { restAdapter } from '@clinic-widgets/adapter-rest';
import type { ClinicAdapter } from '@clinic-widgets/core';

/** Who asks: a kiosk by its name, the desk, or nobody in particular. */
export interface Asking {
  readonly device?: string;
  readonly desk?: boolean;
}

/**
 * The clinic that the kiosk, the desk and the waiting room share; `?clinic=NAME` in the address names another one, and
 * `?adapter=fhir` is the one on the FHIR server, behind a gateway.
 */
export function sharedClinic(
  query = new URLSearchParams(location.search),
  { device, desk = false }: Asking = {},
): ClinicAdapter {
  if (query.get('adapter') === 'fhir') {
    const headers = { ...(device && { 'clinic-device': device }), ...(desk && { authorization: 'Bearer desk' }) };
    return restAdapter({ baseUrl: './gateway', headers: () => headers });
  }
  const name = query.get('clinic') ?? 'harbor';
  return restAdapter({ baseUrl: `./shared/${encodeURIComponent(name)}` });
}
