import type { PointGroup } from 'signature_pad';
import type SignaturePad from 'signature_pad';
import { noChange } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import type { ElementPart } from 'lit/directive.js';

/** What drawing takes, fetched when a patient chooses to draw. */
export type Pen = new (canvas: HTMLCanvasElement, options: { readonly penColor: string }) => SignaturePad;

/** A drawing, as it can be drawn again on a sheet of another size. */
export type Strokes = readonly PointGroup[];

type Drawn = (svg: string, strokes: Strokes) => void;

/**
 * Makes a canvas a sheet to draw on. What is on it is told after each stroke, as SVG, and is there again when the canvas
 * is. Another number stands for an empty sheet: `keyed` would give a new canvas without taking the old one's pen away.
 */
class Sheet extends AsyncDirective {
  #pad: SignaturePad | undefined;
  #canvas: HTMLCanvasElement | undefined;
  #drawn: Drawn | undefined;
  #number = 0;
  // A canvas that changes its size loses what is on it.
  readonly #watch = new ResizeObserver(() => this.#fit());

  override render(_pen: Pen, _number: number, _strokes: Strokes, _drawn: Drawn): unknown {
    return noChange;
  }

  override update(
    { element }: ElementPart,
    [SignaturePen, number, strokes, drawn]: Parameters<this['render']>,
  ): unknown {
    this.#drawn = drawn;
    if (this.#pad && number !== this.#number) this.#pad.clear();
    this.#number = number;
    if (this.#pad) return noChange;
    this.#canvas = element as HTMLCanvasElement;
    // Black on white whatever the theme: it is read on paper as well.
    this.#pad = new SignaturePen(this.#canvas, { penColor: '#000' });
    if (strokes.length > 0) this.#pad.fromData([...strokes]);
    this.#pad.addEventListener('endStroke', this.#tell);
    this.#watch.observe(this.#canvas);
    return noChange;
  }

  protected override disconnected(): void {
    this.#watch.disconnect();
    this.#pad?.off();
  }

  protected override reconnected(): void {
    this.#pad?.on();
    if (this.#canvas) this.#watch.observe(this.#canvas);
  }

  readonly #tell = (): void => {
    const pad = this.#pad!;
    this.#drawn?.(pad.toSVG(), [...pad.toData()]);
  };

  #fit(): void {
    const canvas = this.#canvas!;
    const ratio = Math.max(window.devicePixelRatio || 1, 1);
    const strokes = [...this.#pad!.toData()];
    canvas.width = Math.round(canvas.offsetWidth * ratio);
    canvas.height = Math.round(canvas.offsetHeight * ratio);
    canvas.getContext('2d')?.scale(ratio, ratio);
    this.#pad!.fromData(strokes);
  }
}

/** Lets a canvas be drawn on. */
export const sheet = directive(Sheet);
