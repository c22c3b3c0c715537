import { messages as common } from '../../ui/messages.es.ts';
import type { Messages } from './messages.ts';

/** What is said about what is due, in Spanish. */
export const messages: Messages = {
  ...common,
  topic: 'Pago',
  title: '¿Cómo quiere pagar?',
  reading: 'Buscando lo que hay que pagar…',
  sending: 'Enviando…',
  failed: 'No funcionó',
  source: (clinic) => `${clinic} dice que hay que pagar esto:`,
  total: 'Total',
  notKept: 'Elija lo que elija, puede continuar.',
  payNow: 'Pagar ahora',
  atDesk: 'Pagar en la recepción',
  cannotPay: 'Hoy no puedo pagar',
  paying: 'Siga los pasos en la máquina de tarjetas',
  payingNote:
    'Usted paga en la máquina de tarjetas, o donde esta página se lo pida. Nunca vemos el número de su tarjeta.',
  stop: 'Dejar de pagar',
  notices: {
    unheard: 'Ahora no se puede pagar aquí. Elija otra forma, por favor.',
    failed: 'El pago no funcionó. Puede intentarlo otra vez o elegir otra forma.',
    stopped: 'Ha dejado de pagar. Puede intentarlo otra vez o elegir otra forma.',
    changed: 'La clínica ha cambiado lo que hay que pagar. Por favor, mire otra vez.',
  },
  paidUnsent: 'Usted ha pagado. Todavía no pudimos decírselo a la clínica. Por favor, no pague otra vez.',
  reference: (reference) => `Número de su pago: ${reference}`,
  keepReference: 'Por favor, apunte este número o muéstrelo al personal.',
  uncertain: 'No pudimos comprobar si llegó. Si lo intenta otra vez, no se enviará dos veces.',
  paidTitle: 'Gracias, ya ha pagado',
  savedTitle: 'Guardado',
  queued: 'No podemos comunicarnos con la clínica en este momento. Lo que dijo está guardado y se enviará.',
  goOn: 'Continuar',
};
