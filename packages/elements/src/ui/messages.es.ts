import type { Messages } from './messages.ts';

/** Words that several areas use, in Spanish. */
export const messages: Messages = {
  loading: 'Un momento, por favor…',
  back: 'Atrás',
  retry: 'Intentar de nuevo',
  notConnected: 'Esta página todavía no está conectada con la clínica.',
  askUs: (phone) =>
    phone ? `También puede llamarnos al ${phone}.` : 'También puede llamar a la clínica o preguntar al personal.',
  callUs: (phone) => (phone ? `Llámenos al ${phone}.` : 'Llame a la clínica o pregunte al personal.'),
  nothingLost: 'No se ha perdido nada de lo que escribió.',
  signLanguages: {
    ase: 'lengua de señas americana',
    fsl: 'lengua de señas francesa',
    mfs: 'lengua de señas mexicana',
    bfi: 'lengua de señas británica',
  },
  failures: {
    invalid: 'La clínica no pudo aceptar lo que se envió. Revíselo e inténtelo de nuevo.',
    unauthenticated: 'Su sesión se ha cerrado. Por favor, inicie sesión otra vez.',
    forbidden: 'No podemos hacer esto por usted aquí. Pregunte al personal, por favor.',
    'not-found': 'Ya no lo encontramos. Pregunte al personal, por favor.',
    conflict: 'Esto ha cambiado mientras tanto. Por favor, mire otra vez.',
    unsupported: 'La clínica no ofrece esto en línea.',
    throttled: 'Hay muchas personas usando esto ahora. Espere un poco, por favor.',
    unavailable: 'No podemos comunicarnos con la clínica en este momento.',
    unexpected: 'Hubo un problema de nuestra parte.',
  },
};
