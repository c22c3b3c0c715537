/** Where to press an element, in the middle of what is seen of it. */
export function placeOf(element: Element): { x: number; y: number } {
  element.scrollIntoView({ block: 'nearest' });
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

const pulse = document.querySelector<HTMLElement>('#pulse')!;

/** The first frame after one before which the DOM was as it should be: what it shows has been painted. */
export function painted(test: () => boolean): Promise<number> {
  return new Promise((resolve) => {
    const check = () => {
      // A browser that has nothing new to show falls back to a screen's rate, and every time would be a multiple of it.
      pulse.hidden = !pulse.hidden;
      requestAnimationFrame(test() ? () => resolve(performance.now()) : check);
    };
    requestAnimationFrame(check);
  });
}

let given = NaN;
let shownAt: Promise<number>;

for (const type of ['pointerup', 'keydown']) {
  addEventListener(type, () => (given = performance.now()), { capture: true });
}

/** Gets ready to see the next press of the mouse or of a key through, to what it is for. */
export function watch(test: () => boolean): void {
  given = NaN;
  shownAt = painted(() => !Number.isNaN(given) && test());
}

/** From the press until the frame after the DOM shows what it was for. */
export const seen = async (): Promise<number> => (await shownAt) - given;

/** How many DOM nodes there are, in shadow roots too. */
export function nodesIn(root: Node): number {
  let count = 0;
  const walker = document.createTreeWalker(root);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    count += 1;
    if (node instanceof Element && node.shadowRoot) count += nodesIn(node.shadowRoot);
  }
  return count;
}
