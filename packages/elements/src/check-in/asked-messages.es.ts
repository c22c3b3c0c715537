import type { AskedMessages } from './asked-messages.ts';

/** What is said of a call for a person that was made from within a part, in Spanish. */
export const askedMessages: AskedMessages = {
  asking: 'Estamos avisando al personal…',
  notReached: 'Esto NO ha llegado al personal.',
  goToDesk: 'Vaya a la recepción o inténtelo otra vez.',
  askAgain: 'Intentar otra vez avisar al personal',
  told: 'El personal ya está avisado. Espere aquí un momento, por favor.',
  coming: 'Una persona viene a ayudarle.',
  seen: 'El personal ya lo vio.',
  closed: 'El personal ya cerró este aviso. Si todavía necesita a alguien, pregunte en la recepción, por favor.',
  unanswered: 'Todavía no ha contestado nadie.',
  deskClosed: 'Ahora no hay nadie en la recepción.',
  goTo: (place) => `Vaya aquí, por favor: ${place}`,
  number: (number) => `Su número es ${number}.`,
  billSent: 'Recibimos su pregunta. Diga su número cuando quiera saber de ella.',
};
