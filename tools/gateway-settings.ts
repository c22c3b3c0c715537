import { accessSync, constants, readFileSync } from 'node:fs';
import type { FhirOptions } from '@clinic-widgets/adapter-fhir';

/** What a gateway is started with. */
export interface GatewaySettings {
  readonly fhir: Pick<FhirOptions, 'baseUrl' | 'name' | 'timeZone' | 'phone'>;
  readonly fhirToken: string | undefined;
  /** The file that holds the credential for the FHIR server, where that changes. */
  readonly fhirTokenFile: string | undefined;
  /** How the clinic takes patients in. */
  readonly reception: NonNullable<FhirOptions['onServer']>;
  readonly key: string;
  readonly port: number;
  /** The origins of the pages that may call. */
  readonly origins: readonly string[];
  readonly staffToken: string | undefined;
  /** The kiosks, each with the secret that it shows. */
  readonly kiosks: readonly { readonly name: string; readonly token: string }[];
  /** The header in which the proxy before the gateway says who calls. */
  readonly addressHeader: string | undefined;
  /** What whoever starts it should know. */
  readonly notices: readonly string[];
}

/** What is said above the settings that are wrong. */
export const MISSING =
  'The gateway does not start. It is set up by environment variables, and these are missing or wrong:';

const SHORTEST = 32;

/** Reads the settings, or says in a line each what is missing or wrong; a secret is never quoted. */
export function gatewaySettings(
  env: Readonly<Record<string, string | undefined>>,
): GatewaySettings | { readonly wrong: readonly string[] } {
  const wrong: string[] = [];
  const said = (name: string) => env[name]?.trim() || undefined;
  const check = (isRight: boolean, line: string) => isRight || wrong.push(line);

  const baseUrl = said('GATEWAY_FHIR_URL') ?? '';
  check(isHttp(baseUrl), 'GATEWAY_FHIR_URL: the base URL of the FHIR R4 server, https://…');
  const key = said('GATEWAY_KEY') ?? '';
  check(
    key.length >= SHORTEST,
    `GATEWAY_KEY: signs the passes; ${SHORTEST} characters or more, by chance (openssl rand -base64 48)`,
  );
  const [fhirToken, fhirTokenFile] = [said('GATEWAY_FHIR_TOKEN'), said('GATEWAY_FHIR_TOKEN_FILE')];
  check(
    fhirTokenFile === undefined || (fhirToken === undefined && isReadable(fhirTokenFile)),
    'GATEWAY_FHIR_TOKEN_FILE: a file that holds the token and is read at each call, in place of GATEWAY_FHIR_TOKEN',
  );
  const port = Number(said('GATEWAY_PORT') ?? 8788);
  check(Number.isInteger(port) && port >= 0 && port <= 65535, 'GATEWAY_PORT: a port, 8788 unless said');
  const origins = listOf(said('GATEWAY_ORIGIN'));
  check(
    origins.every(isOrigin),
    'GATEWAY_ORIGIN: the origins of the pages that may call, apart by commas: https://kiosk.example',
  );
  const staffToken = said('GATEWAY_STAFF_TOKEN');
  check((staffToken?.length ?? SHORTEST) >= SHORTEST, `GATEWAY_STAFF_TOKEN: ${SHORTEST} characters or more`);
  const kiosks = listOf(said('GATEWAY_KIOSKS')).map((pair) => {
    const [name = '', ...token] = pair.split('=');
    return { name, token: token.join('=') };
  });
  const isKiosk = ({ name, token }: { name: string; token: string }) =>
    /^[\w-]{1,64}$/.test(name) && token.length >= SHORTEST;
  check(
    kiosks.every(isKiosk),
    `GATEWAY_KIOSKS: name=token, apart by commas, each token of ${SHORTEST} characters or more`,
  );
  const file = said('GATEWAY_RECEPTION');
  const reception = file === undefined ? {} : jsonIn(file);
  check(reception !== undefined, 'GATEWAY_RECEPTION: a file of JSON that says how the clinic takes patients in');
  if (wrong.length > 0) return { wrong };

  const [name, timeZone, phone] = [said('GATEWAY_CLINIC_NAME'), said('GATEWAY_TIME_ZONE'), said('GATEWAY_PHONE')];
  const addressHeader = said('GATEWAY_ADDRESS_HEADER');
  return {
    fhir: { baseUrl, ...(name && { name }), ...(timeZone && { timeZone }), ...(phone && { phone }) },
    reception: reception!,
    ...{ fhirToken, fhirTokenFile, key, port, origins, staffToken, kiosks, addressHeader },
    notices: [
      ...((fhirToken ?? fhirTokenFile)
        ? []
        : [
            'Neither GATEWAY_FHIR_TOKEN nor GATEWAY_FHIR_TOKEN_FILE is set: the FHIR server is asked without a credential.',
          ]),
      ...(staffToken ? [] : ['GATEWAY_STAFF_TOKEN is not set: no desk can be connected.']),
      ...(kiosks.length > 0 ? [] : ['GATEWAY_KIOSKS is not set: no kiosk can be connected.']),
      ...(addressHeader ? [] : ['GATEWAY_ADDRESS_HEADER is not set: all phones together count as one device.']),
    ],
  };
}

const listOf = (text = ''): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);

const isHttp = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
const isOrigin = (origin: string): boolean => isHttp(origin) && new URL(origin).origin === origin;

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function jsonIn(file: string): GatewaySettings['reception'] | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
