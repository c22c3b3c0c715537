const FIELDS = 'input:not([hidden]), select, textarea, button';

/** What is to be filled in of an element: it, or the first within it, or all of it; of radio buttons the one that is chosen. */
export function fieldOf(element: HTMLElement): HTMLElement {
  const field = element.matches(FIELDS) ? element : (element.querySelector<HTMLElement>(FIELDS) ?? element);
  return field.closest('.options')?.querySelector<HTMLElement>('[type=radio]:checked') ?? field;
}
