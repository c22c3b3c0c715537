/** Words that several areas use, in plain English. */
export const messages = {
  loading: 'One moment, please…',
  back: 'Back',
  retry: 'Try again',
  notConnected: 'This page is not connected to the clinic yet.',
  /** A way on and a person to ask, whatever has gone wrong. */
  askUs: (phone: string | undefined) =>
    phone ? `You can also call us at ${phone}.` : 'You can also call the clinic or ask staff.',
  callUs: (phone: string | undefined) =>
    phone ? `Please call us at ${phone}.` : 'Please call the clinic or ask staff.',
  nothingLost: 'Nothing that you entered is lost.',
  /** Browsers have no name for most of the languages that are signed. */
  signLanguages: {
    ase: 'American Sign Language',
    fsl: 'French Sign Language',
    mfs: 'Mexican Sign Language',
    bfi: 'British Sign Language',
  } as Readonly<Record<string, string>>,
  failures: {
    invalid: 'The clinic could not accept what was sent. Please check it and try again.',
    unauthenticated: 'You have been signed out. Please sign in again.',
    forbidden: 'We cannot do this for you here. Please ask staff.',
    'not-found': 'We could not find this any more. Please ask staff.',
    conflict: 'This has changed in the meantime. Please look again.',
    unsupported: 'The clinic does not offer this online.',
    throttled: 'Many people are using this right now. Please wait a little.',
    unavailable: 'We cannot reach the clinic right now.',
    unexpected: 'Something went wrong on our side.',
  },
};
export type Messages = typeof messages;
