/** How a scanner is told from a person who types. */
export interface ScanOptions {
  /** The longest time between two characters of a scan, in milliseconds. */
  readonly gap?: number;
  /** The fewest characters that make a scan. */
  readonly least?: number;
}

/** Whatever types on without end is no scanner. */
const MOST = 8192;

/** A field that a scan would have gone into, as it was before. */
interface Before {
  readonly field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
  readonly value: string;
}

/**
 * Takes what a scanner types, as most do, before it gets into a field or presses a button: a scan is told by how fast it
 * comes. What a person types goes where it was meant to. Answers with what ends it.
 */
export function captureScans(
  target: EventTarget,
  onScan: (text: string) => void,
  { gap = 35, least = 6 }: ScanOptions = {},
): () => void {
  let text = '';
  let taken = '';
  let last = -Infinity;
  let before: Before | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const forget = () => {
    clearTimeout(timer);
    text = taken = '';
    last = -Infinity;
    before = undefined;
  };

  const finish = () => {
    const [scanned, typed, was] = [text, taken, before];
    forget();
    const words = scanned.trimEnd();
    // Without an end it may be a device that types whole words for somebody who cannot.
    if (words.length < least || (was && words === scanned)) return insert(typed);
    if (was && was.field.value !== was.value) putBack(was);
    onScan(words);
  };

  const heard = (event: Event) => {
    const key = event as KeyboardEvent;
    const character = characterOf(key);
    // A key that is held down repeats as fast as a scanner, and is none.
    if (key.repeat || key.isComposing || character === undefined) return;
    const isNext = key.timeStamp - last <= gap && text !== '' && text.length < MOST;
    if (!isNext && text !== '') finish();
    if (isNext) {
      key.preventDefault();
      key.stopPropagation();
      taken += character;
    } else if (isPrintable(key)) {
      before = fieldOf(key);
    } else {
      return;
    }
    text += character;
    last = key.timeStamp;
    clearTimeout(timer);
    // On a busy machine the keys come late, each with the time at which it was pressed.
    const late = Math.max(0, performance.now() - key.timeStamp);
    if (isNext) timer = setTimeout(finish, gap * 3 + late * 2);
  };

  target.addEventListener('keydown', heard, true);
  return () => {
    target.removeEventListener('keydown', heard, true);
    forget();
  };
}

const isPrintable = ({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean =>
  key.length === 1 && key !== ' ' && !ctrlKey && !altKey && !metaKey;

/** What a key stands for in a scan. Control characters come as keys of their own or together with Control. */
function characterOf({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): string | undefined {
  if (altKey || metaKey) return undefined;
  if (key === 'Enter') return '\n';
  if (key === 'Tab') return '\t';
  if (key?.length !== 1) return undefined;
  if (!ctrlKey) return key;
  const code = key.toUpperCase().charCodeAt(0) - 64;
  return code >= 0 && code < 32 ? String.fromCharCode(code) : undefined;
}

/** The field that has the focus: its first character is there before the second one shows that it is a scan. */
function fieldOf(event: Event): Before | undefined {
  const [field] = event.composedPath();
  const hasValue = /^(input|textarea|select)$/.test((field as Partial<Element>)?.localName ?? '');
  return hasValue ? { field: field as Before['field'], value: (field as Before['field']).value } : undefined;
}

function putBack({ field, value }: Before): void {
  field.value = value;
  for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
}

/** What a person typed that fast after all goes into the field; the command is the one way that a person can undo. */
function insert(typed: string): void {
  const words = typed.replace(/[^\P{Cc}]/gu, '');
  if (words) document.execCommand('insertText', false, words);
}
