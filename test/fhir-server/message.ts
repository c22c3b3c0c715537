import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { badRequest, contentTooLarge, getStatus, OperationOutcomeError, unsupportedMediaType } from '@medplum/core';
import type { HttpMethod } from '@medplum/fhir-router';
import type { OperationOutcome } from '@medplum/fhirtypes';

/** A request as the router and the faults see it. */
export interface FhirRequest {
  readonly method: HttpMethod;
  /** Below the base, without a slash in front: `Slot/1`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The parsed resource or patch, the fields of a search form, or nothing. */
  readonly body: unknown;
}

/** An answer before it is written: a body that is not text is sent as FHIR JSON. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | string;
}

const maxBytes = 20 * 1024 * 1024;

/** Reads a whole request, or rejects with the OperationOutcome to answer with. */
export async function readRequest(
  message: IncomingMessage,
  path: string,
  query: URLSearchParams,
): Promise<FhirRequest> {
  const text = await readText(message);
  const body = text ? parse(text, message.headers['content-type'] ?? '') : undefined;
  return { method: message.method as HttpMethod, path, query, headers: message.headers, body };
}

async function readText(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // What is too large is read to its end and dropped: most clients look for an answer only when they have sent all.
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
  }
  if (size > maxBytes) throw new OperationOutcomeError(contentTooLarge(`At most ${maxBytes} bytes are accepted.`));
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string, contentType: string): unknown {
  if (contentType.includes('x-www-form-urlencoded')) return new URLSearchParams(text);
  if (!contentType.includes('json')) throw new OperationOutcomeError(unsupportedMediaType);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new OperationOutcomeError(badRequest('The body could not be parsed as JSON.'), { cause });
  }
}

/** Writes an answer; FHIR JSON unless its headers say otherwise. */
export function send(response: ServerResponse, { status, headers, body = '' }: Reply): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = text ? { 'content-type': 'application/fhir+json; charset=utf-8' } : {};
  response.writeHead(status, { ...type, ...headers }).end(text);
}

/** The answer to what was thrown: its own OperationOutcome, or 500. */
export function failed(error: unknown): Reply {
  if (!(error instanceof OperationOutcomeError)) return { status: 500, body: exception(String(error)) };
  return { status: getStatus(error.outcome), body: error.outcome };
}

function exception(text: string): OperationOutcome {
  return { resourceType: 'OperationOutcome', issue: [{ severity: 'fatal', code: 'exception', details: { text } }] };
}
