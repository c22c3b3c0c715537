import { messages as common } from '../../ui/messages.es.ts';
import type { Messages } from './messages.ts';

const visits = (count: number) => `${count} ${count === 1 ? 'visita' : 'visitas'}`;

const withTime = (booked: number, all: number) =>
  `${booked} de ${all} visitas ${booked === 1 ? 'tiene' : 'tienen'} hora.`;

/** What is said to a patient who leaves, in Spanish. */
export const messages: Messages = {
  ...common,
  reading: 'Buscando lo que necesita saber…',
  failed: 'No funcionó',
  without: 'Seguir sin esto',
  instructions: 'Qué hacer ahora',
  noInstructions:
    'Aquí no tenemos nada por escrito para usted. Si no sabe qué hacer ahora, pregunte al personal antes de irse.',
  source: (who) => `De ${who}`,
  foreign: (language, wanted) =>
    `Este texto está en ${language}. No lo tenemos en ${wanted}. Puede pedir que una persona lo lea con usted.`,
  warning: 'Si algo no va bien',
  goOn: 'Seguir',
  next: 'Qué citas pedir ahora',
  nextNoteDone: 'Lo pidió su equipo de salud.',
  nextNote: 'Lo pidió su equipo de salud. Puede pedir la cita ahora o más tarde.',
  orderedBy: (name) => `Pedido por ${name}`,
  urgent: 'Pida esta cita pronto, por favor.',
  book: 'Pedir cita ahora',
  bookOf: (name) => `Pedir cita ahora: ${name}`,
  toList: 'Volver a la lista',
  bookedFor: (when) => `Cita reservada: ${when}`,
  requestedFor: (when) => `Cita solicitada: ${when}`,
  requestedNote: 'La clínica le dirá si la hora es suya.',
  gone: 'Esta cita ya está pedida.',
  waitsUntil: (day) =>
    `Está en la lista de espera hasta el ${day}. Le avisaremos si queda libre una hora. Todavía puede pedir una cita ahora.`,
  willWaitUntil: (day) =>
    `No podemos comunicarnos con la clínica ahora. Su deseo de estar en la lista de espera hasta el ${day} queda guardado aquí y se enviará en cuanto podamos. Todavía puede pedir una cita ahora.`,
  rest: (booked, all) =>
    `${withTime(booked, all)} En la recepción pueden darle cita para ${all - booked === 1 ? 'la otra' : 'las otras'}.`,
  unfitted: (count) =>
    `No encontramos una hora libre a esta hora para ${visits(count)}. Puede reservar ahora las otras visitas.`,
  missing: (count, phone) =>
    `Todavía no hay hora para ${visits(count)}. En la recepción se ${count === 1 ? 'la' : 'las'} dan${phone ? `, o llámenos al ${phone}` : ''}.`,
  deskBooks: 'Esta cita no se puede pedir aquí. Se la dan en la recepción: pregunte allí, por favor.',
  later: 'Lo haré más tarde',
  due: 'Lo que hay que pagar',
  askBill: 'Preguntar por una factura',
  last: 'Antes de irse',
  lastNote: 'Eso es todo. ¿Lo tiene todo?',
  leave: 'Terminar e irme',
  leaving: 'Un momento, estamos terminando su visita…',
  desk: 'Pase por la recepción, por favor',
  deskNote: 'No pudimos terminar su visita aquí. Usted no hizo nada mal. En la recepción lo harán por usted.',
  toDesk: 'Iré a la recepción',
  closed: {
    rest: (booked, all) =>
      `${withTime(booked, all)} Para ${all - booked === 1 ? 'la otra' : 'las otras'} no se puede pedir cita aquí en este momento.`,
    missing: (count, phone) =>
      `Todavía no hay hora para ${visits(count)}. Por favor, ${phone ? `llámenos al ${phone}` : 'llame a la clínica'}.`,
    deskBooks: 'Esta cita no se puede pedir aquí en este momento.',
    desk: 'No pudimos terminar su visita aquí',
    deskNote: 'Usted no hizo nada mal.',
    toDesk: 'Seguir',
  },
  uncertain: 'No pudimos comprobar que llegó. Si lo intenta otra vez, no se hará dos veces.',
};
