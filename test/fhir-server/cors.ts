import type { ServerResponse } from 'node:http';

// Only what FHIR itself needs is allowed, as on a real server: a header of a client's own fails the preflight.
const allowed = 'Accept, Authorization, Content-Type, If-Match, If-None-Exist, If-None-Match, Prefer';
const exposed = 'Content-Location, Last-Modified, Location, Retry-After';

/** Lets pages of every origin use the server; those that cannot read `ETag` find the version in the resource. */
export function allowOrigins(response: ServerResponse, hideEtag: boolean): void {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, PUT, PATCH, DELETE');
  response.setHeader('Access-Control-Allow-Headers', allowed);
  response.setHeader('Access-Control-Expose-Headers', hideEtag ? exposed : `${exposed}, ETag`);
}
