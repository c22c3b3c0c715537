/** What the portal itself says; the widgets bring their own words. */
export const text = {
  clinic: 'Harbor Clinic',
  portal: 'Patient portal',
  skip: 'Go to the content',
  sections: 'Portal',
  home: 'Home',
  book: 'Book a visit',
  signedIn: (name: string) => `Signed in as ${name}`,
  language: 'Language',
  dark: 'Dark colors',

  welcome: (name: string | undefined) => (name ? `Welcome, ${name}` : 'Welcome'),
  lead: 'What can we do for you today?',
  bookLead: 'See what is free with our doctors, nurses and therapists, and take the time that suits you.',
  talk: 'Talk with us',
  talkLead: 'Our front desk helps with everything that this portal does not, in English and Spanish.',
  urgent: 'If it cannot wait',
  urgentLead: 'Trouble breathing, chest pain, or a sudden weakness on one side: call 911 now. Do not book a visit.',
  places: 'Where we are',

  bookTitle: 'Book a visit',
  bookIntro: 'Choose what the visit is for, a day and a time. You can look at everything before you decide.',
  unconnected: 'Booking is not possible right now. Please call us, and we will find a time with you.',
  noted: 'Saved in your portal. Reference:',
  toHome: 'Back to Home',
  close: 'Close',

  person: 'There is always a person to ask',
  call: 'Call',
  hours: 'Monday to Friday, 7:30 am to 5 pm',
  made: 'This portal is a demonstration. The clinic and its patients are made up.',
  sources: {
    memory: 'What you see comes from a clinic inside this page: nothing leaves it, and loading it again starts over.',
    rest: 'What you see comes over REST from a server on this computer.',
    fhir: 'What you see comes from a FHIR R4 server on this computer.',
  },
  switch: 'The same page with the clinic',
  adapters: { memory: 'inside it', rest: 'over REST', fhir: 'on FHIR' },
  check: 'Check an adapter to your own server',
};
export type Text = typeof text;
