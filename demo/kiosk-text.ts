/** What the kiosk says around the check-in. */
export interface KioskText {
  readonly welcome: string;
  readonly begin: string;
  readonly help: string;
  readonly orDesk: string;
  readonly controls: string;
  readonly larger: string;
  readonly contrast: string;
  readonly low: string;
  readonly up: string;
  readonly down: string;
}

export const texts: Readonly<Record<'en' | 'es', KioskText>> = {
  en: {
    welcome: 'Welcome',
    begin: 'Touch here to begin',
    help: 'Get a person',
    orDesk: 'You can also check in at the front desk.',
    controls: 'Screen',
    larger: 'Larger words',
    contrast: 'Stronger colors',
    low: 'Bring it lower',
    up: 'Up',
    down: 'Down',
  },
  es: {
    welcome: 'Le damos la bienvenida',
    begin: 'Toque aquí para empezar',
    help: 'Pedir ayuda a una persona',
    orDesk: 'También puede registrarse en la recepción.',
    controls: 'Pantalla',
    larger: 'Letra más grande',
    contrast: 'Colores más fuertes',
    low: 'Ponerlo más abajo',
    up: 'Subir',
    down: 'Bajar',
  },
};
