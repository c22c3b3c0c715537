import { expect } from '@open-wc/testing';
import { captureScans } from './scanner.ts';

/** Keys as a device sends them, with the time between them. */
function send(keys: readonly string[], gap: number, to: Element = document.activeElement!): void {
  keys.forEach((key, index) => {
    const ctrlKey = key.startsWith('^');
    const event = new KeyboardEvent('keydown', {
      key: ctrlKey ? key.slice(1) : key,
      ctrlKey,
      bubbles: true,
      cancelable: true,
      composed: true,
    });
    Object.defineProperty(event, 'timeStamp', { value: start + index * gap });
    // What a browser does with a key that nobody has taken.
    if (!to.dispatchEvent(event)) return;
    if (key === 'Enter') (to as HTMLElement).click();
    else if (key.length === 1) document.execCommand('insertText', false, key);
  });
  start += keys.length * gap;
}
let start: number;

const settled = () => new Promise((resolve) => setTimeout(resolve, 250));
const scan = (code: string) => [...code, 'Enter'];

describe('captureScans', () => {
  let scanned: string[];
  let pressed: number;
  let typed: string[];
  let button: HTMLButtonElement;
  let field: HTMLInputElement;
  let end: () => void;

  beforeEach(() => {
    [scanned, pressed, typed] = [[], 0, []];
    start = performance.now();
    const place = document.createElement('div');
    place.innerHTML = '<button>Go</button><input value="Before" />';
    document.body.append(place);
    button = place.querySelector('button')!;
    field = place.querySelector('input')!;
    button.addEventListener('click', () => (pressed += 1));
    field.addEventListener('input', () => typed.push(field.value));
    const stop = captureScans(window, (text) => scanned.push(text));
    end = () => {
      stop();
      place.remove();
    };
  });
  afterEach(() => end());

  it('hands over what is scanned, and lets it press nothing', async () => {
    button.focus();
    send(scan('HC-7F3K-29QX'), 5);
    await settled();
    expect(scanned).to.deep.equal(['HC-7F3K-29QX']);
    expect(pressed).to.equal(0);
  });

  it('lets none of it stay in a field, and tells whoever listens to the field', async () => {
    field.focus();
    send(scan('HC-7F3K-29QX'), 5);
    await settled();
    expect(scanned).to.deep.equal(['HC-7F3K-29QX']);
    expect(field.value).to.equal('Before');
    expect(typed.at(-1)).to.equal('Before');
  });

  it('knows a scan that begins with an end of line, and its control characters', async () => {
    button.focus();
    send(['@', 'Enter', '^^', 'Enter', ...'ANSI 636000', 'Enter', ...'DCSDIAZ', 'Enter'], 5);
    await settled();
    expect(scanned).to.deep.equal(['@\n\u001e\nANSI 636000\nDCSDIAZ']);
    expect(pressed).to.equal(0);
  });

  it('leaves alone what a person types, however it ends', async () => {
    field.focus();
    send([...'Rosalind', 'Enter'], 80);
    await settled();
    expect(scanned).to.deep.equal([]);
    expect(field.value).to.contain('Rosalind');
  });

  it('leaves alone two letters that came fast', async () => {
    field.focus();
    field.setSelectionRange(6, 6);
    send([...'xy'], 10);
    await settled();
    expect(field.value).to.equal('Beforexy');
    expect(scanned).to.deep.equal([]);
  });

  it('leaves words in a field that a device types at once for somebody who cannot', async () => {
    field.focus();
    field.setSelectionRange(6, 6);
    send([...'Rosalind Diaz'], 5);
    await settled();
    expect(field.value).to.equal('BeforeRosalind Diaz');
    expect(scanned).to.deep.equal([]);
  });

  it('lets a single Enter press the button', async () => {
    button.focus();
    send(['Enter'], 5);
    await settled();
    expect(pressed).to.equal(1);
  });

  it('takes as one what a busy machine hands over late', async () => {
    button.focus();
    const code = scan('HC-7F3K-29QX');
    send(code.slice(0, 1), 5);
    await settled();
    send(code.slice(1, 4), 5);
    await settled();
    send(code.slice(4), 5);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(scanned).to.deep.equal(['HC-7F3K-29QX']);
  });

  it('tells two scans apart', async () => {
    button.focus();
    send(scan('FIRST-CODE'), 5);
    await settled();
    start = performance.now();
    send(scan('SECOND-CODE'), 5);
    await settled();
    expect(scanned).to.deep.equal(['FIRST-CODE', 'SECOND-CODE']);
  });
});
