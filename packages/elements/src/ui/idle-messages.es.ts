import type { IdleMessages } from './idle-messages.ts';

/** What the warning before a wipe says, in Spanish. */
export const messages: IdleMessages = {
  title: '¿Sigue usted aquí?',
  lead: (seconds) =>
    `Si nadie responde, esta pantalla se borra en ${seconds} segundos, para que nadie más vea lo que usted escribió. Lo que ya envió está guardado.`,
  anyKey: 'Toque la pantalla o pulse cualquier tecla para seguir.',
  nearEnd: (seconds) => `Esta pantalla se borra en ${seconds} segundos.`,
  stillHere: 'Sigo aquí',
  moreTime: 'Necesito más tiempo',
  finished: 'He terminado',
};
