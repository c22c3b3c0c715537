import { expect } from '@open-wc/testing';
import { html, LitElement } from 'lit';
import { WIPE, wiped, type Wiped } from './wipe.ts';

/** What a patient uses; it keeps what is said to it until it is reset. */
class WipeFixture extends LitElement {
  said = '';

  reset(): void {
    this.said = '';
  }

  protected override render() {
    return html`<input autocomplete="off" /><input type="checkbox" autocomplete="off" />`;
  }
}
customElements.define('wipe-fixture', WipeFixture);

const WORD = 'Qwerty';

/** What a patient may leave in a page, and whether it is still there. */
const LEAVINGS: Readonly<Record<string, (element: WipeFixture) => Promise<() => unknown> | (() => unknown)>> = {
  'what the element knows': (element) => {
    element.said = WORD;
    return () => element.said;
  },
  'what was typed into a field, even of an element that somebody still holds': (element) => {
    const field = element.renderRoot.querySelector('input')!;
    field.value = WORD;
    return () => field.value;
  },
  'what was ticked': (element) => {
    const box = element.renderRoot.querySelector<HTMLInputElement>('[type=checkbox]')!;
    box.checked = true;
    return () => box.checked;
  },
  'what was put beside the element': (element) => {
    const beside = document.createElement('p');
    element.after(beside);
    return () => beside.isConnected;
  },
  'a dialog that stands open': () => {
    const dialog = document.body.appendChild(document.createElement('dialog'));
    dialog.showModal();
    return () => dialog.open;
  },
  'what lies above the page': () => {
    const above = document.body.appendChild(document.createElement('div'));
    above.popover = 'manual';
    above.showPopover();
    return () => above.matches(':popover-open');
  },
  'the address of a file that is only in the page': async () => {
    const link = document.body.appendChild(document.createElement('a'));
    link.href = URL.createObjectURL(new Blob([WORD]));
    await fetch(link.href);
    return () =>
      fetch(link.href).then(
        () => true,
        () => false,
      );
  },
  'what is being recorded': () => {
    const film = document.body.appendChild(document.createElement('video'));
    const stream = document.createElement('canvas').captureStream();
    film.srcObject = stream;
    return () => film.srcObject || stream.getTracks().some(({ readyState }) => readyState === 'live');
  },
  'what is being read out': () => {
    let speaks = true;
    // Where no voice is installed, none speaks.
    Object.defineProperty(speechSynthesis, 'cancel', { value: () => (speaks = false), configurable: true });
    return () => delete (speechSynthesis as Partial<SpeechSynthesis>).cancel && speaks;
  },
  'what is selected': () => {
    const words = document.body.appendChild(document.createElement('p'));
    words.textContent = WORD;
    getSelection()!.selectAllChildren(words);
    return () => String(getSelection());
  },
  'what is in sessionStorage': () => {
    sessionStorage.setItem('last', WORD);
    return () => sessionStorage.getItem('last');
  },
  'what is in localStorage': () => {
    localStorage.setItem('last', WORD);
    return () => localStorage.getItem('last');
  },
  'a database': async () => {
    const request = indexedDB.open('last');
    await new Promise((resolve) => (request.onsuccess = resolve));
    request.result.close();
    return async () => (await indexedDB.databases()).length;
  },
  'a cache': async () => {
    await caches.open('last');
    return async () => (await caches.keys()).length;
  },
  'an address': () => {
    history.replaceState(null, '', `?${WORD}`);
    return () => location.href.includes(WORD);
  },
  'the state of an address': () => {
    history.replaceState(WORD, '');
    return () => history.state as unknown;
  },
  'a title': () => {
    document.title = WORD;
    return () => document.title.includes(WORD);
  },
  'the name of the window': () => {
    window.name = WORD;
    return () => window.name;
  },
  'a language, and other colors': () => {
    const page = document.documentElement;
    page.lang = 'es';
    page.dataset['theme'] = 'contrast';
    return () => page.lang === 'es' || page.dataset['theme'];
  },
  'what was asked for': async () => {
    const asked = () => performance.getEntriesByType('resource').some(({ name }) => name.includes(WORD));
    await fetch(`/?${WORD}`, { method: 'HEAD' });
    while (!asked()) await new Promise((resolve) => setTimeout(resolve));
    return asked;
  },
  'a mark': () => {
    performance.mark(WORD);
    return () => performance.getEntriesByType('mark').length;
  },
  'what was measured': () => {
    performance.measure(WORD);
    return () => performance.getEntriesByType('measure').length;
  },
  'what somebody keeps until they are told': () => {
    let kept = WORD;
    addEventListener(WIPE, () => (kept = ''), { once: true });
    return () => kept;
  },
  'the string that was matched last': () => {
    /Q\w+/.exec(WORD);
    return () => (RegExp as unknown as { lastMatch: string }).lastMatch;
  },
};

describe('wiped', () => {
  const { href } = location;
  let place: HTMLElement;
  let shell: Wiped<WipeFixture>;
  let made: number;

  beforeEach(async () => {
    place = document.body.appendChild(document.createElement('div'));
    made = 0;
    shell = wiped({
      place,
      create() {
        made += 1;
        return document.createElement('wipe-fixture') as WipeFixture;
      },
      keep: ['kept'],
    });
    await shell.element.updateComplete;
  });

  afterEach(() => {
    document.body.replaceChildren();
    history.replaceState(null, '', href);
    localStorage.clear();
  });

  for (const [what, leave] of Object.entries(LEAVINGS)) {
    it(`leaves nothing of ${what}`, async () => {
      const left = await leave(shell.element);
      await shell.wipe();
      expect(Boolean(await left())).to.equal(false);
    });
  }

  it('makes another element for the next patient', async () => {
    const before = shell.element;
    const after = await shell.wipe();
    expect(after).not.to.equal(before);
    expect(place.firstElementChild).to.equal(after);
    expect(made).to.equal(2);
  });

  it('has taken the element away at once, for a page that is being left', () => {
    shell.forget();
    expect(place.childElementCount).to.equal(0);
  });

  it('keeps in localStorage what is the clinic’s', async () => {
    localStorage.setItem('kept', 'The clinic');
    await shell.wipe();
    expect(localStorage.getItem('kept')).to.equal('The clinic');
  });

  /** Lets something fail, until it is told to stop. */
  function breaks<O extends object>(of: O, name: keyof O & string, descriptor: PropertyDescriptor): () => void {
    Object.defineProperty(of, name, { configurable: true, ...descriptor });
    return () => delete of[name];
  }
  const fails = () => {
    throw new DOMException('No', 'SecurityError');
  };

  const FAILURES: Readonly<Record<string, () => () => void>> = {
    'the element cannot be reset': () => breaks(shell.element, 'reset', { value: fails }),
    'a storage cannot be emptied': () => breaks(sessionStorage, 'clear', { value: fails }),
    'an address cannot be replaced': () => breaks(history, 'replaceState', { value: fails }),
    'a database cannot be deleted': () => breaks(indexedDB, 'databases', { value: fails }),
    'a cache cannot be deleted': () => {
      const mends = [
        breaks(caches, 'keys', { value: () => Promise.resolve(['last']) }),
        breaks(caches, 'delete', { value: () => Promise.reject(new DOMException('No', 'UnknownError')) }),
      ];
      return () => mends.forEach((mend) => mend());
    },
  };
  for (const [what, fail] of Object.entries(FAILURES)) {
    it(`says so when ${what}, after all else is wiped and the next element is there`, async () => {
      localStorage.setItem('last', WORD);
      performance.mark(WORD);
      const mend = fail();
      let failure: unknown;
      await shell.wipe().catch((error: unknown) => (failure = error));
      mend();
      expect(failure).to.be.instanceOf(AggregateError);
      expect(localStorage.getItem('last')).to.equal(null);
      expect(performance.getEntriesByType('mark')).to.have.length(0);
      expect(made).to.equal(2);
      expect(place.firstElementChild).to.equal(shell.element);
    });
  }

  it('has nothing to empty where the browser keeps storages from the page', async () => {
    const mends = (['sessionStorage', 'localStorage'] as const).map((name) => {
      const usual = Object.getOwnPropertyDescriptor(globalThis, name)!;
      Object.defineProperty(globalThis, name, { ...usual, get: fails });
      return () => Object.defineProperty(globalThis, name, usual);
    });
    const next = await shell.wipe();
    for (const mend of mends) mend();
    expect(place.firstElementChild).to.equal(next);
  });
});
