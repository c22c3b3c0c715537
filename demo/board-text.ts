/** The same in the two languages of the waiting room: whoever reads the screen has chosen none. */
export interface Both {
  readonly en: string;
  readonly es: string;
}

const both = (en: string, es: string): Both => ({ en, es });

/** What the screen says. */
export const text = {
  come: both('Please come', 'Pase, por favor'),
  noneCalled: both('No number is called right now.', 'Ahora no se llama a ningún número.'),
  waiting: both('Waiting', 'En espera'),
  noneWaiting: both('Nobody is waiting.', 'No hay nadie esperando.'),
  goTo: both('please go to', 'vaya a'),
  movedTo: both('has moved to', 'ahora va a'),
  isNew: both('New', 'Nuevo'),
  unread: both(
    'This screen is not up to date. Please ask at the front desk.',
    'Esta pantalla no está al día. Pregunte en la recepción.',
  ),
};

const DESK = both('the front desk', 'la recepción');

/** Where to: a room is called the same in both languages; the desk knows where nobody has said. */
export const placeOf = (to: string | undefined): Both => (to === undefined ? DESK : both(to, to));

/** A call in a sentence, to be heard. */
export function spoken({ ticket, to }: { readonly ticket: string; readonly to?: string }): Both {
  const { en, es } = placeOf(to);
  return both(`${ticket}: ${text.goTo.en} ${en}.`, `${ticket}: ${text.goTo.es} ${es}.`);
}
