import { setTimeout as pause } from 'node:timers/promises';
import type { Reply } from './message.ts';

/** What goes wrong with one request: where `status` is left out, the request is carried out all the same. */
export interface Fault {
  /** Answered in the server's place, with `headers` and `body`. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is, with the content type of FHIR JSON unless `headers` names another. */
  readonly body?: object | string;
  /** Milliseconds before anything is done; `Infinity` never answers. */
  readonly delay?: number;
  /** Changes the answer on its way, as a proxy would. */
  readonly rewrite?: (reply: Reply) => Reply;
  /** The connection breaks where the answer should come. */
  readonly dropReply?: boolean;
}

/** Answers a request with a fault in the way; nothing is answered where the connection is to break. */
export async function answerWith(fault: Fault, carryOut: () => Promise<Reply>): Promise<Reply | undefined> {
  const { status, headers = {}, body = '', delay = 0, rewrite, dropReply } = fault;
  if (delay) await wait(delay);
  const reply = status === undefined ? await carryOut() : { status, headers, body };
  if (dropReply) return undefined;
  return rewrite ? rewrite(reply) : reply;
}

/** A timer cannot wait for ever, and one that still runs must not keep a closed server's process alive. */
async function wait(milliseconds: number): Promise<unknown> {
  return milliseconds === Infinity ? new Promise(() => {}) : pause(milliseconds, undefined, { ref: false });
}
