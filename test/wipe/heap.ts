// What the JavaScript of a page still holds, and what the browser holds for it.
import type { CDPSession } from '@playwright/test';

/** Snapshots cut strings off after 1024 characters unless told otherwise: a longer one may hold a word further on. */
export const WHOLE_STRINGS = '--js-flags=--heap-snapshot-string-limit=16777216';

/** Collects what nothing holds. More than once: what the page and the browser hold of each other takes turns. */
export async function collect(session: CDPSession): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await session.send('HeapProfiler.collectGarbage');
}

/** What drives the browser in a test reads the page in worlds of its own: what they matched last is not the page's. */
async function forgetMatches(session: CDPSession): Promise<void> {
  const worlds: number[] = [];
  const keep = ({ context }: { context: { id: number; auxData?: object } }) => {
    if ((context.auxData as { isDefault?: boolean } | undefined)?.isDefault === false) worlds.push(context.id);
  };
  session.on('Runtime.executionContextCreated', keep);
  await session.send('Runtime.enable');
  session.off('Runtime.executionContextCreated', keep);
  for (const contextId of worlds) await session.send('Runtime.evaluate', { contextId, expression: '/(?:)/.exec("")' });
  await session.send('Runtime.disable');
}

/** All strings of the heap as one text. */
export async function heapText(session: CDPSession): Promise<string> {
  await forgetMatches(session);
  await collect(session);
  const chunks: string[] = [];
  const keep = ({ chunk }: { chunk: string }) => void chunks.push(chunk);
  session.on('HeapProfiler.addHeapSnapshotChunk', keep);
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false, captureNumericValue: true });
  session.off('HeapProfiler.addHeapSnapshotChunk', keep);
  return chunks.join('');
}

/** Runs in the page: visits every node that its JavaScript holds, and all of the trees that these are of. */
const WALK = `
  const seen = new Set();
  const walk = (node) => {
    if (seen.has(node)) return;
    seen.add(node);
    for (const part of [node.shadowRoot, node.content]) if (part instanceof Node) walk(part);
    for (const child of node.childNodes) walk(child);
  };
  const isNode = (object) => {
    try {
      return object.nodeType > 0;
    } catch {
      // A prototype is found as well, and is no node itself.
      return false;
    }
  };
  for (const node of this.filter(isNode)) {
    let root = node;
    while (root.parentNode || root.host) root = root.parentNode ?? root.host;
    walk(root);
  }`;

/** What the function answers that is given all nodes that the JavaScript of a page leads to, as `seen`. */
async function ofHeld<T>(session: CDPSession, answer: string): Promise<T> {
  const objectGroup = 'held';
  const { result: prototype } = await session.send('Runtime.evaluate', { expression: 'Node.prototype', objectGroup });
  const prototypeObjectId = prototype.objectId!;
  const { objects } = await session.send('Runtime.queryObjects', { prototypeObjectId, objectGroup });
  const { result, exceptionDetails } = await session.send('Runtime.callFunctionOn', {
    objectId: objects.objectId!,
    returnByValue: true,
    functionDeclaration: `function () { ${WALK}; ${answer} }`,
  });
  await session.send('Runtime.releaseObjectGroup', { objectGroup });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as T;
}

/**
 * What is written in every node that the page's JavaScript holds: no snapshot shows it, since it is none of its strings.
 * Attributes are read by their names: whoever reads them as nodes makes these nodes, for good.
 */
export const heldTexts = (session: CDPSession): Promise<readonly string[]> =>
  ofHeld(
    session,
    `return [...seen].flatMap((node) =>
      [node.nodeValue, node.value, node.defaultValue]
        .concat(node.getAttributeNames?.().map((name) => node.getAttribute(name)) ?? [])
        .filter((text) => typeof text === 'string' && text));`,
  );

/**
 * What the browser keeps for a while of the field that a keyboard on the screen has written into, whatever the page does:
 * two nodes were measured. A field that leaks brings more than these.
 */
export const KEPT_BY_BROWSER = 2;

/**
 * How many nodes the browser has that neither the document nor any JavaScript leads to: what was typed may live on in
 * them, as in what can be undone, and nothing else shows it. Fields have such nodes within them, those in the templates
 * that a page keeps too: a copy of each template tells how many these are.
 */
export async function strayNodes(session: CDPSession): Promise<number> {
  const stray = await steadyNodes(session);
  const copy = `globalThis.copies = [...seen].flatMap(({ content }) =>
    content instanceof DocumentFragment ? [content.cloneNode(true)] : []); return 0;`;
  await ofHeld(session, copy);
  const withCopies = await steadyNodes(session);
  await session.send('Runtime.evaluate', { expression: 'delete globalThis.copies' });
  await collect(session);
  return stray - (withCopies - stray);
}

/** A page that is still at work makes nodes while they are counted. */
async function steadyNodes(session: CDPSession, before = NaN): Promise<number> {
  const now = await nodesNotHeld(session);
  return now === before ? now : steadyNodes(session, now);
}

async function nodesNotHeld(session: CDPSession): Promise<number> {
  await collect(session);
  const held = await ofHeld<number>(session, 'return seen.size;');
  await collect(session);
  const { nodes } = await session.send('Memory.getDOMCounters');
  return nodes - held;
}

interface Snapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly edge_fields: readonly string[];
      readonly edge_types: readonly [readonly string[]];
    };
  };
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  readonly strings: readonly string[];
}

/** By what a word is held: the shortest way to it from the root of the heap. */
export function wayTo(word: string, heap: string): string {
  const { snapshot, nodes, edges, strings } = JSON.parse(heap) as Snapshot;
  const { node_fields, edge_fields, edge_types } = snapshot.meta;
  const size = node_fields.length;
  const [NAME, COUNT] = [node_fields.indexOf('name'), node_fields.indexOf('edge_count')];
  const starts: number[] = [];
  for (let node = 0, at = 0; node < nodes.length; node += size) {
    starts.push(at);
    at += nodes[node + COUNT]! * edge_fields.length;
  }
  const from = new Map<number, readonly [node: number, edge: string]>([[0, [-1, '']]]);
  const queue = [0];
  for (const node of queue) {
    if (strings[nodes[node + NAME]!]!.toLowerCase().includes(word.toLowerCase())) return described(node);
    const start = starts[node / size]!;
    for (let edge = 0; edge < nodes[node + COUNT]!; edge += 1) {
      const at = start + edge * edge_fields.length;
      const [type, name, to] = [edges[at]!, edges[at + 1]!, edges[at + 2]!];
      const kind = edge_types[0][type]!;
      if (kind === 'weak' || from.has(to)) continue;
      from.set(to, [node, kind === 'element' || kind === 'hidden' ? `[${name}]` : strings[name]!]);
      queue.push(to);
    }
  }
  return 'held by nothing that is known';

  function described(node: number): string {
    const way: string[] = [];
    for (let at = node; at > 0; at = from.get(at)![0]) {
      way.unshift(`${from.get(at)![1]} → ${strings[nodes[at + NAME]!]!.slice(0, 80)}`);
    }
    return way.join('\n  ');
  }
}
