/** Registers a class under a tag. A tag that is taken keeps what it has: defining twice is harmless. */
export function defineElement(tag: string, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element);
}
