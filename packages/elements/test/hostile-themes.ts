import { expect } from '@open-wc/testing';

const PARTS = [
  'source',
  'decline',
  'emergency',
  'help',
  'button',
  'text',
  'notice',
  'answers',
  'group',
  'heading',
  'alert',
  'status',
];
const everyPart = (declarations: string, after = ''): string =>
  PARTS.map((part) => `HOST::part(${part})${after} { ${declarations} }`).join('\n');

/** What a theme may try. */
const THEMES: Readonly<Record<string, string>> = {
  'takes it off the screen': everyPart('display: none !important'),
  'makes it invisible': everyPart('visibility: hidden !important'),
  'makes it transparent': everyPart('opacity: 0 !important'),
  'makes the element transparent': 'HOST { opacity: 0.01 !important; visibility: hidden !important }',
  'makes it tiny': everyPart(
    'font-size: 1px !important; padding: 0 !important; min-block-size: 0 !important; block-size: 1px !important; overflow: hidden !important',
  ),
  'makes it narrow': everyPart(
    'inline-size: 1px !important; max-inline-size: 1px !important; min-inline-size: 0 !important; overflow: hidden',
  ),
  'makes the element tiny':
    'HOST { font-size: 0 !important; --clinic-font: 1px/1 serif; --clinic-target-size: 1px; --clinic-space: 0px }',
  'shrinks it': everyPart('transform: scale(0.01) !important; scale: 0.1 !important; zoom: 0.1 !important'),
  'shrinks the element': 'HOST { transform: scale(0.01) !important; scale: 0.1 !important; zoom: 0.1 !important }',
  'moves it away': everyPart('position: absolute !important; inset-inline-start: -9999px !important'),
  'moves it by a margin': everyPart('margin: -9999px !important'),
  'moves its words away': everyPart(
    'text-indent: -9999px !important; overflow: hidden !important; white-space: nowrap !important',
  ),
  'moves it along a path': everyPart(
    'offset-path: path("M 9000 9000 L 9001 9001") !important; translate: -9999px !important',
  ),
  'clips it': everyPart(
    'clip-path: inset(50%) !important; clip: rect(0 0 0 0) !important; position: absolute !important',
  ),
  'masks it': everyPart('mask: linear-gradient(transparent, transparent) !important; filter: opacity(0) !important'),
  'paints it in its own color': everyPart(
    'color: #fff !important; background: #fff !important; border-color: #fff !important; -webkit-text-fill-color: #fff !important',
  ),
  'paints the element in its own color':
    'HOST { --clinic-color-text: #fff; --clinic-color-surface: #fff; --clinic-color-accent: #fff; --clinic-color-muted: transparent; color: #fff !important }',
  'gives colors that are none':
    'HOST { --clinic-color-text: banana; --clinic-color-surface: banana; --clinic-radius: banana; --clinic-space: banana; --clinic-target-size: banana }',
  'paints over it from inside': everyPart(
    'box-shadow: inset 0 0 0 999px #16202c !important; text-shadow: 0 0 9px !important',
  ),
  'lets no finger through': everyPart('pointer-events: none !important') + 'HOST { pointer-events: none !important }',
  'lays something over it': everyPart(
    'content: ""; position: fixed !important; inset: 0 !important; z-index: 2147483647 !important; background: #fff !important',
    '::after',
  ),
  'lays a heading over it':
    'HOST::part(heading) { position: fixed !important; inset: 0 !important; z-index: 2147483647 !important; background: #fff !important }',
  'lays the element over it':
    'HOST::after { content: ""; position: fixed !important; inset: 0; z-index: 2147483647 !important; background: #fff }',
  'fades it away': `@keyframes gone { to { opacity: 0; visibility: hidden } } ${everyPart('animation: gone 1ms forwards !important')}`,
  'hides its letters': everyPart(
    '-webkit-text-security: disc !important; letter-spacing: -1em !important; font-stretch: 1% !important',
  ),
  'does not lay it out': everyPart(
    'content-visibility: hidden !important; contain: strict !important; max-block-size: 0 !important',
  ),
};

/** What a theme may try against an element, by what it does. */
export const hostileTo = (tag: string): readonly (readonly [what: string, theme: string])[] =>
  Object.entries(THEMES).map(([what, theme]) => [what, theme.replaceAll('HOST', tag)]);

/** Puts a theme on the page, until it is told to take it off. */
export async function wear(theme: string): Promise<() => void> {
  const style = document.createElement('style');
  style.textContent = theme;
  document.head.append(style);
  // An animation has its time.
  await new Promise((resolve) => setTimeout(resolve, 30));
  return () => style.remove();
}

/** The contrast of two colors, as WCAG 2.2 works it out. */
function contrast(one: string, other: string): number {
  const [light, dark] = [one, other].map(luminance).sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red, green, blue] = color.match(/[\d.]+/g)!.map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The color that an element stands on: its own, or of the nearest around it that has one. */
function ground(element: Element): string {
  const { backgroundColor } = getComputedStyle(element);
  return /, 0\)$/.test(backgroundColor) && element.parentElement ? ground(element.parentElement) : backgroundColor;
}

/** What a patient who looks for it, and wants to press it, could complain about. */
export function complaints(element: HTMLElement): readonly string[] {
  const said: string[] = [];
  const look = (isWrong: boolean, complaint: string) =>
    isWrong && said.push(`${element.textContent.trim().slice(0, 12)}: ${complaint}`);
  element.scrollIntoView({ block: 'center' });
  const { left, top, width, height } = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const isControl = element.matches('button, a');

  look(
    !element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }),
    'not visible',
  );
  look(isControl && (height < 48 || width < 48), `${width} × ${height}`);
  look(height < 16 || width < 48, `${width} × ${height}`);
  look(parseFloat(style.fontSize) < 16, `letters of ${style.fontSize}`);
  look(contrast(style.color, ground(element)) < 7, `${style.color} on ${ground(element)}`);
  look(style.boxShadow !== 'none', style.boxShadow);
  look(style.getPropertyValue('-webkit-text-security') !== 'none', 'masked');
  look(style.webkitTextFillColor !== style.color, style.webkitTextFillColor);
  const range = document.createRange();
  range.selectNodeContents(element);
  const words = range.getBoundingClientRect();
  look(
    words.left < 0 || words.right > innerWidth + 1 || words.width < 20,
    `words from ${words.left} to ${words.right}`,
  );
  look(element.scrollWidth > element.clientWidth + 4 && style.overflow !== 'visible', 'cut off');

  const hit = (element.getRootNode() as ShadowRoot).elementFromPoint(left + width / 2, top + height / 2);
  look(!hit || !(element.contains(hit) || hit.contains(element)), `covered by ${hit?.outerHTML ?? 'the page'}`);
  // Something that swallows no touch may still lie above.
  look(hit !== null && hit !== element && !element.contains(hit) && isControl, 'not to be pressed');
  for (let at: Element | null = element; at; at = at.parentElement ?? hostOf(at)) {
    const { opacity, filter, clipPath, maskImage } = getComputedStyle(at);
    look(
      opacity !== '1' || filter !== 'none' || clipPath !== 'none' || (maskImage ?? 'none') !== 'none',
      `faded by ${at.localName}`,
    );
  }
  return said;
}

const hostOf = (element: Element): Element | null => {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
};

/** What protects the patient stands against every theme: so many things of an element on the page, by a selector. */
export async function stands(element: Element, tag: string, selector: string, count: number): Promise<void> {
  const protectors = () => [...element.shadowRoot!.querySelectorAll<HTMLElement>(selector)];
  expect(protectors().map(({ outerHTML }) => outerHTML)).to.have.length(count);
  for (const [what, theme] of [['does nothing', ''] as const, ...hostileTo(tag)]) {
    const undress = await wear(theme);
    const found = protectors().flatMap(complaints);
    undress();
    expect(found, `a theme ${what}`).to.deep.equal([]);
  }
}
