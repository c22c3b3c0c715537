import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSocketServer, type AddressInfo } from 'node:net';

/** What answers requests, as on any server that speaks `fetch`. */
export type Handle = (request: Request) => Promise<Response>;

const HOST = '127.0.0.1';

/** The port wanted, or the next one that is free. A port of 0 is any. */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + 100; port += 1) {
    const probe = createSocketServer().listen(port, HOST);
    try {
      await once(probe, 'listening');
      return (probe.address() as AddressInfo).port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    } finally {
      probe.close();
    }
  }
  throw new Error(`All ports from ${wanted} to ${wanted + 99} are taken.`);
}

/** Answers requests on a port of this machine, reachable from this machine only. */
export async function listen(port: number, handle: Handle): Promise<Server> {
  const server = createServer((message, response) => {
    answer(message, response, handle).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  server.listen(port, HOST);
  await once(server, 'listening');
  return server;
}

async function answer(message: IncomingMessage, response: ServerResponse, handle: Handle): Promise<void> {
  const request = requestOf(message, response);
  const { status, headers, body } = request ? await handle(request) : new Response(null, { status: 400 });
  response.writeHead(status, Object.fromEntries(headers));
  for await (const chunk of body ?? []) response.write(chunk);
  response.end();
  // What was not read of the body is let run out, so that the other side comes to read the answer.
  message.resume();
}

function requestOf(message: IncomingMessage, response: ServerResponse): Request | undefined {
  const { method = 'GET', url = '', headers } = message;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const sent = Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]);
    const body = method === 'GET' || method === 'HEAD' ? null : bodyOf(message);
    const init = { method, headers: sent, body, signal: gone.signal, duplex: 'half' };
    return new Request(new URL(url, `http://${HOST}`), init);
  } catch {
    return undefined;
  }
}

/** Unlike Node's own, a stream that can be given up without breaking the connection that the answer needs. */
function bodyOf(message: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks = message.iterator({ destroyOnReturn: false });
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = (await chunks.next()) as IteratorResult<Uint8Array>;
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}
