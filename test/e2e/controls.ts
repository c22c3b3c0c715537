import { expect, type Page } from '@playwright/test';

/** What can be pressed or written into, as it is shown. */
interface Control {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** How many stand side by side in a row that cannot be broken, as the days of a week do. */
  readonly beside: number;
  /** Where its middle is, of the height of the screen; nothing where it is covered, or scrolled away. */
  readonly at?: number;
  /** Why the browser may keep, bring back or send away what is said in it. */
  readonly keeps: readonly string[];
}

/** Whoever sits reaches so far up, of the height of a screen that stands as high as a person. */
const REACH = 0.4;

/** What is left free beside a row, at least. */
const EDGES = 64;
/** What nothing may be narrower than, where a row has no room for more (WCAG 2.2, 2.5.8). */
const NARROWEST = 24;

/** Nothing to press is smaller than a finger needs it, and nothing that is said in a field is the browser's. */
export async function seeControls(
  page: Page,
  step: string,
  { least, isLow = false }: { least: number; isLow?: boolean },
): Promise<void> {
  const controls = await page.evaluate(controlsOf);
  const hasRoom = (beside: number) => beside * least <= page.viewportSize()!.width - EDGES;
  const small = controls.filter(
    ({ width, height, beside }) => width < (hasRoom(beside) ? least : NARROWEST) - 0.5 || height < least - 0.5,
  );
  const kept = controls.filter(({ keeps }) => keeps.length > 0);
  const high = controls.filter(({ at }) => isLow && at !== undefined && at < REACH);
  expect.soft({ small, kept, high }, step).toEqual({ small: [], kept: [], high: [] });
}

/** Runs in the page. */
function controlsOf(): readonly Control[] {
  const found: Control[] = [];
  look(document);
  return found;

  function look(root: Document | ShadowRoot): void {
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element.matches('button, summary, a[part~=button], input, select, textarea')) add(root, element);
      if (element.shadowRoot) look(element.shadowRoot);
    }
  }

  function add(root: Document | ShadowRoot, element: HTMLElement): void {
    const field = element as HTMLInputElement;
    // What is ticked is pressed by its words as well.
    const target = /^(radio|checkbox)$/.test(field.type) ? (element.closest('label') ?? element) : element;
    if (!target.checkVisibility({ visibilityProperty: true })) return;
    const { left, top, width, height } = target.getBoundingClientRect();
    const [across, down] = [left + width / 2, top + height / 2];
    const isSeen = target.contains(root.elementFromPoint(across, down));
    const name = (target.innerText || element.id || element.localName).trim().slice(0, 40);
    const beside = element.closest('tr')?.cells.length ?? 1;
    found.push({ name, width, height, beside, ...(isSeen && { at: down / innerHeight }), keeps: keepsOf(field) });
  }

  function keepsOf(field: HTMLInputElement): readonly string[] {
    if (!field.matches('input:not([type=file]), select, textarea')) return [];
    const completes = field.getAttribute('autocomplete') ?? field.form?.getAttribute('autocomplete');
    const isWritten = field.matches('textarea, input:not([type=radio], [type=checkbox], [type=range], [type=time])');
    return [
      ...(completes === 'off' ? [] : [`autocomplete: ${completes ?? 'on'}`]),
      ...(isWritten && field.getAttribute('spellcheck') !== 'false' ? ['spellcheck'] : []),
    ];
  }
}
