// A page as small as can be with the kiosk's shell around it, which leaves behind what its address says: `?leak=console`,
// or several kinds, apart by commas. With `&visit` all of it is left before the wipe.
import { css, html, LitElement } from 'lit';
import { IdleController } from '../../packages/elements/src/ui/idle-controller.ts';
import { captureScans } from '../../packages/elements/src/ui/scanner.ts';
import { wiped } from '../../packages/elements/src/ui/wipe.ts';

/** What is held on purpose. */
const held: unknown[] = [];

class FixtureVisit extends LitElement {
  static override readonly styles = css`
    :host {
      display: block;
    }
  `;
  static override readonly properties = { typed: { state: true } };
  declare typed: Readonly<Record<string, string>>;

  constructor() {
    super();
    this.typed = {};
  }

  reset(): void {
    this.typed = {};
  }

  scanned(code: string): void {
    this.typed = { ...this.typed, code };
  }

  protected override render() {
    const type = (name: string) => (event: InputEvent) => {
      const { value, innerText } = event.target as HTMLInputElement;
      this.typed = { ...this.typed, [name]: value ?? innerText };
    };
    const end = (reason: string) => () => this.dispatchEvent(new CustomEvent('ended', { detail: reason }));
    const { name = '', code = '', more = '' } = this.typed;
    if (name && !isLeft) {
      isLeft = true;
      for (const { run } of during) run(name, this.renderRoot as ShadowRoot);
    }
    return html`
      <h1>Hello ${name}</h1>
      <input id="name" autocomplete="off" @input=${type('name')} />
      <textarea id="more" autocomplete="off" @input=${type('more')}></textarea>
      <p>You said: ${more}</p>
      <output data-length=${code.length}>${code}</output>
      <button id="finish" @click=${end('finished')}>Finish</button>
      <button id="cancel" @click=${end('cancelled')}>Cancel</button>
    `;
  }
}
customElements.define('fixture-visit', FixtureVisit);

type When = 'visit' | 'after';

/** One leak of each kind: what a patient typed, kept while they are there or once more after all was wiped. */
const leaks: Readonly<Record<string, { when: When; run(word: string, root: ShadowRoot): unknown }>> = {
  DOM: { when: 'after', run: (word) => (document.querySelector('#region')!.textContent = word) },
  attribute: { when: 'after', run: (word) => document.body.setAttribute('data-last', word) },
  shadow: {
    when: 'after',
    run: (word) => (document.querySelector('#other')!.attachShadow({ mode: 'open' }).innerHTML = `<p>${word}</p>`),
  },
  field: { when: 'after', run: (word) => (document.querySelector<HTMLInputElement>('#kept')!.value = word) },
  localStorage: { when: 'after', run: (word) => localStorage.setItem('last', word) },
  sessionStorage: { when: 'after', run: (word) => sessionStorage.setItem('last', word) },
  kept: { when: 'visit', run: (word) => localStorage.setItem('queue', word) },
  IndexedDB: { when: 'after', run: database },
  caches: { when: 'after', run: async (word) => (await caches.open('c')).put('/x', new Response(word)) },
  cookie: { when: 'visit', run: (word) => (document.cookie = `last=${word}; max-age=9999`) },
  address: { when: 'after', run: (word) => history.replaceState(null, '', `?name=${word}`) },
  state: { when: 'after', run: (word) => history.replaceState({ word }, '') },
  earlier: { when: 'visit', run: turnPages },
  name: { when: 'after', run: (word) => (window.name = word) },
  title: { when: 'after', run: (word) => (document.title = word) },
  performance: { when: 'after', run: (word) => performance.mark('typed', { detail: word }) },
  console: { when: 'visit', run: (word) => console.log(`typed ${word}`) },
  request: { when: 'visit', run: (word) => fetch(`/log?name=${word}`, { method: 'POST' }) },
  heap: { when: 'visit', run: (word) => held.push({ word }) },
  'long string': { when: 'visit', run: (word) => held.push(JSON.stringify({ filler: 'x'.repeat(5000), word })) },
  closure: {
    when: 'visit',
    run(word) {
      const speak = () => word.length;
      addEventListener('resize', speak);
    },
  },
  'detached text': {
    when: 'visit',
    run(word) {
      const text = document.createElement('p');
      text.textContent = word;
      held.push(text);
    },
  },
  'detached field': { when: 'visit', run: (_, root) => held.push(detachedField(root)) },
  frame: { when: 'visit', run: nodesOfFrame },
  'matched string': { when: 'after', run: (word) => /Q\w+/.exec(word) },
  worker: {
    when: 'visit',
    run(word) {
      const worker = new Worker('/worker.js');
      worker.postMessage(word);
    },
  },
  global: { when: 'visit', run: (word) => Object.assign(globalThis, { [word]: 1 }) },
  session: { when: 'visit', run: fieldToComplete },
  answer: { when: 'visit', run: (word) => fetch('/answer', { headers: { word } }).then((answer) => answer.text()) },
};

/** A copy of a field, with what was typed in no string of the page's. */
function detachedField(root: ShadowRoot): Element {
  const field = document.createElement('input');
  field.value = root.querySelector('input')!.value;
  return field;
}

/** A field without `autocomplete="off"`: the browser writes down what stands in it, to bring it back. */
function fieldToComplete(word: string): void {
  const field = document.createElement('input');
  field.value = word;
  document.querySelector('#place')!.append(field);
}

/** Nodes of another world than the page's own, which says the word in pieces. */
function nodesOfFrame(word: string): void {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const list = frame.contentDocument!.createElement('ul');
  for (const letter of word) list.append(frame.contentDocument!.createElement('li'), letter);
  held.push(list);
  frame.remove();
}

function turnPages(word: string): void {
  for (const address of [`#${word}`, '#']) history.pushState(null, '', address);
}

function database(word: string): Promise<void> {
  const request = indexedDB.open('last');
  request.onupgradeneeded = () => request.result.createObjectStore('words').put(word, 1);
  return new Promise((resolve) => {
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
  });
}

const query = new URLSearchParams(location.search);
const kinds = query.get('leak')?.split(',') ?? [];
const start = document.querySelector<HTMLButtonElement>('#start')!;
const show = (step: 'start' | 'visit') => (document.body.dataset['step'] = step);
const leftAt = (now: When) =>
  kinds.map((kind) => leaks[kind]!).filter(({ when }) => (query.has('visit') ? 'visit' : when) === now);
const [during, after] = [leftAt('visit'), leftAt('after')];
let isLeft = false;
let name = '';

const shell = wiped<FixtureVisit>({
  place: document.querySelector<HTMLElement>('#place')!,
  keep: kinds.includes('kept') ? ['queue'] : [],
  focus: () => start,
  create() {
    const visit = document.createElement('fixture-visit') as FixtureVisit;
    visit.addEventListener('ended', () => void end());
    return visit;
  },
});

const idle = new IdleController(window, {
  idle: Number(query.get('idle') ?? 60_000),
  onWipe: () => void end(),
});
captureScans(window, (text) => shell.element.scanned(text));

async function end(): Promise<void> {
  idle.stop();
  name = after.length > 0 ? (shell.element.typed['name'] ?? '') : '';
  await shell.wipe();
  if (name) await Promise.all(after.map(({ run }) => run(name, shell.element.renderRoot as ShadowRoot)));
  name = '';
  show('start');
}

start.addEventListener('click', () => {
  show('visit');
  idle.start();
});
addEventListener('pagehide', () => shell.forget());
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
// What a crash may have left goes first.
void shell.wipe().then(() => show('start'));
