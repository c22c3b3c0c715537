import type { Text } from './text.ts';

/** Lo que dice el portal. */
export const text: Text = {
  clinic: 'Harbor Clinic',
  portal: 'Portal del paciente',
  skip: 'Ir al contenido',
  sections: 'Portal',
  home: 'Inicio',
  book: 'Reservar una cita',
  appointments: 'Mis citas',
  signedIn: (name) => `Sesión de ${name}`,
  language: 'Idioma',
  dark: 'Colores oscuros',

  welcome: (name) => (name ? `Le damos la bienvenida, ${name}` : 'Le damos la bienvenida'),
  lead: '¿En qué podemos ayudarle hoy?',
  bookLead: 'Vea qué horas tienen libres nuestros médicos, enfermeros y terapeutas, y elija la que le convenga.',
  talk: 'Hable con nosotros',
  talkLead: 'En recepción le ayudan con todo lo que no está en este portal, en español y en inglés.',
  urgent: 'Si no puede esperar',
  urgentLead:
    'Dificultad para respirar, dolor en el pecho o debilidad repentina de un lado: llame ya al 911. No reserve una cita.',
  places: 'Dónde estamos',

  reading: 'Buscando lo que hay de nuevo para usted…',
  unread: 'Ahora no podemos comunicarnos con la clínica, así que aquí no se ve lo que tiene pendiente. Llámenos.',
  next: 'Su próxima cita',
  noNext: 'No tiene ninguna cita pendiente.',
  orders: 'Su médico pidió',
  orderedBy: (name) => `Lo pidió ${name}`,
  forWhom: (name) => `Para ${name}`,
  soon: 'Pida la cita pronto, por favor',
  callToBook: 'Para organizarlo, llame al',

  bookTitle: 'Reservar una cita',
  bookIntro: 'Elija el motivo de la cita, un día y una hora. Podrá revisarlo todo antes de decidir.',
  appointmentsIntro: 'Vea lo que tiene reservado, cámbielo a otra hora o cancélelo.',
  unconnected: 'Ahora no es posible reservar. Llámenos y buscaremos una hora con usted.',
  noted: {
    booked: 'Guardado en su portal.',
    rescheduled: 'La hora nueva está guardada en su portal.',
    cancelled: 'Su portal ha anotado que está cancelada.',
  },
  references: (count) => (count === 1 ? 'Referencia:' : 'Referencias:'),
  toHome: 'Volver al inicio',
  close: 'Cerrar',

  person: 'Siempre hay alguien a quien preguntar',
  call: 'Llame al',
  hours: 'De lunes a viernes, de 7:30 a 17:00',
  made: 'Este portal es una demostración. La clínica y sus pacientes son inventados.',
  sources: {
    memory:
      'Lo que ve viene de una clínica dentro de esta página: nada sale de ella, y al recargarla se empieza de nuevo.',
    rest: 'Lo que ve viene por REST de un servidor en esta computadora.',
    fhir: 'Lo que ve viene de un servidor FHIR R4 en esta computadora.',
  },
  switch: 'La misma página con la clínica',
  adapters: { memory: 'dentro de ella', rest: 'por REST', fhir: 'en FHIR' },
  check: 'Comprobar un adaptador con su propio servidor',
};
