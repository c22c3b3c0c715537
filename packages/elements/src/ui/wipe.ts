/** Told to the window when a patient's visit is wiped: whoever keeps something of the patient lets go of it. */
export const WIPE = 'clinic-wipe';

/** What of the browser's storages is the clinic's and not the patient's, such as the queue of what waits to be sent. */
export interface Kept {
  readonly localStorage?: readonly string[];
  readonly databases?: readonly string[];
  readonly caches?: readonly string[];
}

/** What a kiosk is like before a patient begins, and after. */
export interface WipeOptions<E extends HTMLElement = HTMLElement> {
  /** Where the element is put. All else in it goes. */
  readonly place: HTMLElement;
  /** Makes the element for the next patient, with an adapter of its own: a token goes with the old one. */
  readonly create: () => E;
  readonly keep?: Kept;
  /** What gets the focus then: the way to begin. */
  focus?(): HTMLElement | null | undefined;
}

/** What a kiosk shows to one patient after the other. */
export interface Wiped<E extends HTMLElement> {
  /** The element that the patient uses now. */
  readonly element: E;
  /** Aborts when the patient leaves: for what the page itself fetches for them. */
  readonly signal: AbortSignal;
  /** What can go at once goes at once: for a page that is being left. */
  readonly forget: () => void;
  /** Leaves nothing of the patient in the page, and makes an element for the next one. */
  readonly wipe: () => Promise<E>;
}

type Resettable = HTMLElement & { reset?(): void };

/** Remembers how the page was before anybody used it, and brings it back to that. */
export function wiped<E extends HTMLElement>(options: WipeOptions<E>): Wiped<E> {
  const { place, create, keep = {} } = options;
  const before = { address: location.href, title: document.title, looks: looksOf() };
  let leaving = new AbortController();
  let element = create();
  place.replaceChildren(element);

  const forget = () => {
    leaving.abort();
    leaving = new AbortController();
    (element as Resettable).reset?.();
    for (const root of rootsIn(document)) quiet(root);
    for (const root of rootsIn(element)) empty(root);
    place.replaceChildren();
    globalThis.dispatchEvent(new Event(WIPE));
    getSelection()?.removeAllRanges();
    globalThis.speechSynthesis?.cancel();
    sessionStorage.clear();
    for (const name of Object.keys(localStorage)) if (!keep.localStorage?.includes(name)) localStorage.removeItem(name);
    history.replaceState(null, '', before.address);
    window.name = '';
    performance.clearResourceTimings();
    performance.clearMarks();
    performance.clearMeasures();
  };

  return {
    get element() {
      return element;
    },
    get signal() {
      return leaving.signal;
    },
    forget,
    async wipe() {
      forget();
      document.title = before.title;
      restoreLooks(before.looks);
      element = create();
      place.replaceChildren(element);
      scrollTo(0, 0);
      options.focus?.()?.focus();
      await Promise.all([...(await databasesBut(keep.databases)), ...(await cachesBut(keep.caches))]);
      // The engine keeps the string that was matched last, for `RegExp.lastMatch`: this one is empty.
      /(?:)/.exec('');
      return element;
    },
  };
}

/** What a patient may have changed of the whole page: language, direction, contrast, size. */
const looksOf = (): ReadonlyMap<string, string> =>
  new Map([...document.documentElement.attributes].map(({ name, value }) => [name, value]));

function restoreLooks(looks: ReadonlyMap<string, string>): void {
  const page = document.documentElement;
  for (const { name } of [...page.attributes]) if (!looks.has(name)) page.removeAttribute(name);
  for (const [name, value] of looks) if (page.getAttribute(name) !== value) page.setAttribute(name, value);
}

/** A tree and all shadow trees in it. */
function* rootsIn(node: Document | Element | ShadowRoot): Generator<Document | Element | ShadowRoot> {
  yield node;
  if (node instanceof Element && node.shadowRoot) yield* rootsIn(node.shadowRoot);
  for (const { shadowRoot } of node.querySelectorAll('*')) if (shadowRoot) yield* rootsIn(shadowRoot);
}

/** Ends what plays, records or stands open, and takes back the addresses of what is only in this page. */
function quiet(root: ParentNode): void {
  for (const media of root.querySelectorAll<HTMLMediaElement>('audio, video')) {
    media.pause();
    if (media.srcObject instanceof MediaStream) media.srcObject.getTracks().forEach((track) => track.stop());
    media.srcObject = null;
  }
  for (const dialog of root.querySelectorAll('dialog')) if (dialog.open) dialog.close();
  for (const popover of root.querySelectorAll<HTMLElement>(':popover-open')) popover.hidePopover();
  for (const { src, href } of root.querySelectorAll<HTMLImageElement & HTMLAnchorElement>('[src], [href]')) {
    for (const address of [src, href]) if (String(address).startsWith('blob:')) URL.revokeObjectURL(address);
  }
}

/** What was typed does not only live in the element's state: the browser keeps it with the field. */
function empty(root: ParentNode): void {
  for (const field of root.querySelectorAll<HTMLInputElement>('input, textarea')) {
    field.value = field.defaultValue = '';
    if (field.type === 'radio' || field.type === 'checkbox') field.checked = false;
  }
}

async function databasesBut(kept: readonly string[] = []): Promise<Promise<unknown>[]> {
  // Not every browser tells what there is; those that kiosks run do (https://developer.mozilla.org/docs/Web/API/IDBFactory/databases).
  const names = (await globalThis.indexedDB?.databases?.().catch(() => [])) ?? [];
  return names.flatMap(({ name }) => (name && !kept.includes(name) ? deleted(name) : []));
}

const deleted = (name: string): Promise<void> =>
  new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    // One that is still open is deleted as soon as it is closed.
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });

async function cachesBut(kept: readonly string[] = []): Promise<Promise<unknown>[]> {
  const { caches } = globalThis as { caches?: CacheStorage };
  const names = (await caches?.keys().catch(() => [])) ?? [];
  return names.filter((name) => !kept.includes(name)).map((name) => caches!.delete(name));
}
