import { type JWTPayload, jwtVerify, SignJWT } from 'jose';

/**
 * One gateway signs and the same checks, so a secret that both know will do, and no key of it need be given to anyone:
 * HMAC with SHA-256. No other algorithm is taken, whatever a token says of itself (RFC 8725, section 3.1).
 */
const ALGORITHM = 'HS256';
/** A key as long as the hash, at least (RFC 7518, section 3.2). */
const KEY_BYTES = 32;
/** By how many seconds the clocks of gateways beside each other may differ. */
const SKEW = 30;

/** What a token is for: one that is for something else is no token (RFC 8725, section 3.9). */
export type Audience = 'visit' | 'reminder' | 'help';

/** What each must say. The id of a call for help is good for as long as the call is kept. */
const REQUIRED: Readonly<Record<Audience, string[]>> = {
  visit: ['sub', 'exp'],
  reminder: ['sub', 'exp', 'jti', 'appointmentId'],
  help: ['sub'],
};

/** Signs tokens and checks them. */
export interface Tokens {
  sign(audience: Audience, claims: JWTPayload): Promise<string>;
  /** What the token says, or nothing where it is forged, over, or for something else. */
  verify(audience: Audience, token: string): Promise<JWTPayload | undefined>;
}

/** Signs and checks with a key, of which a text counts as its bytes in UTF-8. */
export function tokensOf(key: string | Uint8Array, now: () => number): Tokens {
  const secret = typeof key === 'string' ? new TextEncoder().encode(key) : key;
  if (secret.byteLength < KEY_BYTES) throw new Error(`The key must have ${KEY_BYTES} bytes or more.`);

  return {
    sign: (audience, claims) =>
      new SignJWT({ ...claims, aud: audience }).setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' }).sign(secret),

    async verify(audience, token) {
      try {
        const { payload } = await jwtVerify(token, secret, {
          algorithms: [ALGORITHM],
          audience,
          typ: 'JWT',
          currentDate: new Date(now()),
          clockTolerance: SKEW,
          requiredClaims: REQUIRED[audience],
        });
        return payload;
      } catch {
        // The library's error carries what the token says.
        return undefined;
      }
    },
  };
}
