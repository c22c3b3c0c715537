import { messages as common } from '../../ui/messages.es.ts';
import type { Messages } from './messages.ts';

/** What is said of programmes for a medicine or a device, in Spanish. */
export const messages: Messages = {
  ...common,
  title: 'Programas que ayudan con su medicina o dispositivo',
  finding: 'Buscando programas…',
  none: 'Ahora no hay ningún programa para usted aquí.',
  choose: 'Pedir inscribirme',
  chooseOf: (name) => `Pedir inscribirme: ${name}`,
  source: (clinic) => `De ${clinic}`,
  states: {
    submitted: (day) => `Pidió inscribirse el ${day}. El programa todavía no ha contestado.`,
    active: (day) => `Está en este programa desde el ${day}.`,
    declined: (day) => `El programa dijo que no el ${day}. Puede pedirlo otra vez.`,
    ended: (day) => `Estuvo en este programa hasta el ${day}.`,
  },
  notes: {
    sent: 'Su solicitud se ha enviado.',
    queued: 'Su solicitud está guardada en este dispositivo. Se enviará en cuanto podamos comunicarnos con la clínica.',
    changed: 'Esto ha cambiado mientras tanto. Así está ahora.',
    'at-desk': 'Pregunte al personal por este programa. No les hemos avisado.',
  },
  takes: 'Lo que hace falta',
  takesNote: 'Lo vemos paso a paso. Lo que ya hizo queda hecho.',
  takesNothing: 'No hace falta nada más de su parte.',
  stages: {
    insurance: 'Decir si su seguro sigue siendo correcto',
    forms: 'Contestar preguntas sobre su salud',
    documents: 'Leer lo que aceptaría, y decidir',
  },
  through: 'Hecho',
  open: 'Falta',
  lacks: { insurance: 'El personal tiene que verlo', forms: 'Falta', documents: 'Usted dijo que no' },
  start: 'Empezar',
  goOn: 'Seguir',
  ready: 'Ya pasó por todo. Ahora puede enviar su solicitud.',
  send: 'Enviar mi solicitud',
  sending: 'Enviando su solicitud…',
  others: 'Ver todos los programas',
  stop: 'Volver a lo que falta',
  incomplete: 'Todavía no está en el programa',
  missing: {
    insurance: 'El programa necesita su seguro actual. El personal tiene que corregirlo con usted.',
    forms: 'Faltan respuestas sobre su salud.',
    documents: 'El programa necesita su acuerdo y no lo tiene.',
  },
  saidNo: (title) =>
    `Usted dijo que no a «${title}». Está bien. Sin eso, el programa no puede aceptarle. Su visita sigue como estaba prevista.`,
  again: 'Verlo otra vez',
  toDesk: 'Dejarlo para el personal',
  failed: 'No funcionó',
  uncertain: 'No pudimos comprobar que llegó. Si lo intenta otra vez, no se enviará dos veces.',
  close: 'Aquí he terminado',
};
