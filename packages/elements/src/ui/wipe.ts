/** Told to the window when a patient's visit is wiped: whoever keeps something of the patient lets go of it. */
export const WIPE = 'clinic-wipe';

/** What a kiosk is like before a patient begins, and after. */
export interface WipeOptions<E extends HTMLElement = HTMLElement> {
  /** Where the element is put. All else in it goes. */
  readonly place: HTMLElement;
  /** Makes the element for the next patient, with an adapter of its own: a token goes with the old one. */
  readonly create: () => E;
  /** What in `localStorage` is the clinic's and no patient's: all else in it goes. */
  readonly keep?: readonly string[];
  /** What gets the focus then: the way to begin. */
  focus?(): HTMLElement | null | undefined;
}

/** What a kiosk shows to one patient after the other. */
export interface Wiped<E extends HTMLElement> {
  /** The element that the patient uses now. */
  readonly element: E;
  /** What can go at once goes at once: for a page that is being left. */
  readonly forget: () => void;
  /**
   * Leaves nothing of the patient in the page, and makes an element for the next one. Where something does not go, it
   * rejects once all else is done: that goes with the page, when it is loaded anew.
   */
  readonly wipe: () => Promise<E>;
}

type Resettable = HTMLElement & { reset?(): void };

/** Remembers how the page was before anybody used it, and brings it back to that. */
export function wiped<E extends HTMLElement>(options: WipeOptions<E>): Wiped<E> {
  const { place, create, keep = [] } = options;
  const before = { address: location.href, title: document.title, looks: looksOf() };
  let element = create();
  place.replaceChildren(element);

  const forget = () =>
    failuresOf([
      () => (element as Resettable).reset?.(),
      () => [...rootsIn(document)].forEach(quiet),
      () => [...rootsIn(element)].forEach(empty),
      () => place.replaceChildren(),
      () => globalThis.dispatchEvent(new Event(WIPE)),
      () => getSelection()?.removeAllRanges(),
      () => globalThis.speechSynthesis?.cancel(),
      () => storage('sessionStorage')?.clear(),
      () => emptyBut(keep, storage('localStorage')),
      () => history.replaceState(null, '', before.address),
      () => (window.name = ''),
      () => performance.clearResourceTimings(),
      () => performance.clearMarks(),
      () => performance.clearMeasures(),
    ]);

  return {
    get element() {
      return element;
    },
    forget,
    async wipe() {
      const failures = forget();
      document.title = before.title;
      restoreLooks(before.looks);
      element = create();
      place.replaceChildren(element);
      scrollTo(0, 0);
      options.focus?.()?.focus();
      for (const emptied of await Promise.allSettled([deleteDatabases(), deleteCaches()])) {
        if (emptied.status === 'rejected') failures.push(emptied.reason);
      }
      // The engine keeps the string that was matched last, for `RegExp.lastMatch`: this one is empty.
      /(?:)/.exec('');
      if (failures.length > 0) throw new AggregateError(failures, 'Something could not be wiped.');
      return element;
    },
  };
}

/** Takes every step, those after one that fails as well, and answers with what failed. */
function failuresOf(steps: readonly (() => unknown)[]): unknown[] {
  const failures: unknown[] = [];
  for (const step of steps) {
    try {
      step();
    } catch (error) {
      failures.push(error);
    }
  }
  return failures;
}

/** A storage that the browser keeps from the page has nothing in it. */
function storage(name: 'localStorage' | 'sessionStorage'): Storage | undefined {
  try {
    return globalThis[name];
  } catch {
    return undefined;
  }
}

function emptyBut(kept: readonly string[], stored: Storage | undefined): void {
  for (const name of Object.keys(stored ?? {})) if (!kept.includes(name)) stored!.removeItem(name);
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

async function deleteDatabases(): Promise<unknown> {
  // Not every browser tells what there is; those that kiosks run do (https://developer.mozilla.org/docs/Web/API/IDBFactory/databases).
  const databases = (await globalThis.indexedDB?.databases?.().catch(() => [])) ?? [];
  return Promise.all(databases.flatMap(({ name }) => (name ? deleteDatabase(name) : [])));
}

const deleteDatabase = (name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    // One that is still open is deleted as soon as it is closed.
    request.onsuccess = request.onblocked = () => resolve();
    request.onerror = () => reject(request.error!);
  });

async function deleteCaches(): Promise<unknown> {
  const { caches } = globalThis as { caches?: CacheStorage };
  const names = (await caches?.keys().catch(() => [])) ?? [];
  return Promise.all(names.map((name) => caches!.delete(name)));
}
