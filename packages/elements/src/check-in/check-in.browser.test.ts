import { down, memoryAdapter } from '@clinic-widgets/adapter-memory';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { ClinicAdapter, Station, Visit } from '@clinic-widgets/core';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { ByRoleMatcher } from '@testing-library/dom';
import { sendKeys } from '@web/test-runner-commands';
import { stands } from '../../test/hostile-themes.ts';
import { screen, until } from '../../test/screen.ts';
import './define.ts';
import type { ClinicCheckIn } from './check-in.ts';
import type { HelpAskedEvent, SettingsEvent, VisitEndedEvent } from './events.ts';

const START = '2026-03-02T07:00:00-05:00';
/** Rosa's visit is at 7:20. */
const now = () => '2026-03-02T07:05:00-05:00';
const seed = harborClinic({ now: START });
const rosa = seed.patients.find(({ id }) => id === 'p-rosa')!;
const rosasCode = seed.appointments.find(
  ({ patientId, checkInCode }) => patientId === 'p-rosa' && checkInCode,
)!.checkInCode!;
const kiosk: Station = { kind: 'kiosk', deviceId: 'lobby-1', locationId: 'st-joseph' };
const phone: Station = { kind: 'phone' };
const number = seed.clinic.phone!;
const dials = `tel:${number.replace(/\D/g, '')}`;

const clinic = (over: Partial<ClinicAdapter> = {}): ClinicAdapter => ({ ...memoryAdapter(seed, { now }), ...over });

const show = (adapter: ClinicAdapter | undefined = clinic(), station = kiosk) =>
  fixture<ClinicCheckIn>(
    html`<clinic-check-in lang="en" .adapter=${adapter} .station=${station} .now=${now}></clinic-check-in>`,
  );

const find = (role: ByRoleMatcher, name: string | RegExp) => screen.findByShadowRole(role, { name });
const press = async (name: string | RegExp) => (await find('button', name)).click();

async function write(label: string, words: string): Promise<void> {
  const field = await screen.findByShadowLabelText<HTMLInputElement>(label);
  field.value = words;
  field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  field.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
}

async function identify(): Promise<void> {
  await press('Check in for my visit');
  await write('Last name', 'delgado');
  await write('Month', '6');
  await write('Day', '17');
  await write('Year', '1984');
  await press('Next');
}

async function answer(): Promise<void> {
  await identify();
  await write('The last 4 digits of the phone number that we have', rosa.phone!.slice(-4));
  await press('Next');
}

async function recognized(): Promise<void> {
  await answer();
  await find('heading', 'What we need from you');
}

/** The clinic with another answer to what visit it is. */
const withVisit = (change: (visit: Visit) => Visit): ClinicAdapter => {
  const inner = clinic();
  return {
    ...inner,
    findVisits: async (...request) => {
      const { items, ...page } = await inner.findVisits(...request);
      return { items: items.map(change), ...page };
    },
  };
};

const textOf = (element: Element) => element.shadowRoot!.textContent;

describe('clinic-check-in', () => {
  it('recognizes a patient and says what the visit needs', async () => {
    const element = await show();
    await recognized();
    expect(textOf(element)).to.contain('Your details');
    await expect(element).to.be.accessible();
  });

  it('tells no more than initials and the time before the second answer', async () => {
    const element = await show();
    await identify();
    await find('heading', /One more question/);
    expect(textOf(element)).to.contain('R. D.').and.not.to.contain('Rosa');
  });

  it('gives the same words to a wrong name and to an unknown one, and offers a number for the desk', async () => {
    const element = await show();
    await press('Check in for my visit');
    await write('Last name', 'Nobody');
    await write('Month', '6');
    await write('Day', '17');
    await write('Year', '1984');
    await press('Next');
    await screen.findByShadowText('We could not find your visit with this.');
    await find('button', 'Get a number for the desk');
    await expect(element).to.be.accessible();
  });

  it('moves the focus to each step, and to a field that is missing', async () => {
    const element = await show();
    await press('Check in for my visit');
    const heading = await find('heading', 'Who is the visit for?');
    expect(element.shadowRoot!.activeElement).to.equal(heading);
    await press('Next');
    await screen.findByShadowText('Please write the last name.');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(element.shadowRoot!.activeElement!.id).to.equal('family-name');
  });

  it('goes on by keyboard alone', async () => {
    await show();
    (await find('button', 'Check in for my visit')).focus();
    await sendKeys({ press: 'Enter' });
    await find('heading', 'Who is the visit for?');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Space' });
    await screen.findByShadowLabelText('Code from your reminder');
  });

  it('speaks the language that the patient chooses, and forgets it with the patient', async () => {
    const element = await show();
    await press('Español');
    await find('button', 'Registrar mi llegada a la cita');
    expect(await find('button', 'Español')).to.have.attribute('aria-pressed', 'true');
    await expect(element).to.be.accessible();
    element.reset();
    await find('button', 'Check in for my visit');
    expect(element.lang).to.equal('en');
    element.removeAttribute('lang');
    await press('Español');
    await find('button', 'Registrar mi llegada a la cita');
    element.reset();
    expect(element.hasAttribute('lang'), 'it goes by the page again').to.equal(false);
  });

  it('makes the words larger and the colours stronger until the patient leaves', async () => {
    const element = await show();
    await press('Largest');
    await press('Stronger colors');
    expect(element.shadowRoot!.querySelector('.largest.contrast')).to.not.equal(null);
    await expect(element).to.be.accessible();
    element.reset();
    await find('button', 'Check in for my visit');
    expect(element.shadowRoot!.querySelector('.largest, .contrast')).to.equal(null);
  });

  it('takes a code that a scanner has read', async () => {
    const element = await show();
    await find('button', 'Check in for my visit');
    element.scanned(rosasCode);
    await find('heading', 'What we need from you');
  });

  it('says that a call has not reached staff, and calls again', async () => {
    let fails = true;
    const inner = clinic();
    const askForHelp: ClinicAdapter['askForHelp'] = async (...request) => {
      if (fails) throw new ClinicError('unavailable', 'down');
      return inner.askForHelp(...request);
    };
    const element = await show({ ...inner, askForHelp });
    await press('Get a person');
    await screen.findByShadowText('Nobody has been told yet.');
    await press('Call someone to me now');
    await screen.findByShadowText('This has NOT reached staff.');
    await expect(element).to.be.accessible();
    fails = false;
    const asked = oneEvent<HelpAskedEvent>(element, 'clinic-help-asked');
    await press('Try again');
    expect((await asked).helpId).to.be.a('string');
    await screen.findByShadowText('Staff have been told. We do not know yet who can come.', {
      selector: ':not([role=status])',
    });
  });

  it('says what becomes of a call that is made from within a part, where it is said of any other', async () => {
    const inner = clinic();
    let fails = true;
    const element = await show({
      ...inner,
      findConsents: (query, options) => inner.findConsents({ ...query, language: 'en' }, options),
      askForHelp: async (...request) => {
        if (fails) throw new ClinicError('unavailable', 'down');
        return inner.askForHelp(...request);
      },
    });
    await press('Español');
    await find('button', 'Registrar mi llegada a la cita');
    element.scanned(rosasCode);
    await find('heading', 'Lo que necesitamos de usted');
    await press('Documentos para leer y firmar');
    // What a part takes is fetched file by file here.
    await screen.findByShadowRole('button', { name: 'Pedir un intérprete' }, { timeout: 4000 });
    await press('Pedir un intérprete');
    await screen.findByShadowText('Esto NO ha llegado al personal.');
    expect(await find('region', 'Estamos aquí para ayudarle')).to.equal(element.shadowRoot!.activeElement);
    expect(screen.queryByShadowRole('button', { name: 'Pedir un intérprete' })).to.equal(null);
    await expect(element).to.be.accessible();
    fails = false;
    await press('Intentar de nuevo');
    await screen.findByShadowText(/Todavía no sabemos quién puede venir/, { selector: ':not([role=status])' });
    const { items } = await inner.findAttention({});
    expect(items.some(({ reason, patientId }) => reason === 'signature' && patientId === 'p-rosa')).to.equal(true);
    expect(await find('heading', 'Consent to treatment')).to.have.attribute('lang', 'en');
  });

  const closed = (over: Partial<ClinicAdapter> = {}, station = kiosk) => {
    const shut = { ...seed, checkIn: { ...seed.checkIn, deskOpen: false } };
    return show({ ...memoryAdapter(shut, { now }), ...over }, station);
  };
  /** Where nobody is at the desk: it says so, where to go instead, and nothing of what the desk will do. */
  async function saysClosed(element: ClinicCheckIn, ...promises: RegExp[]): Promise<void> {
    const said = await screen.findByShadowText(/^The front desk is closed right now. Please go to/);
    expect(said.closest('[role=status]')).to.not.equal(null);
    expect(said.textContent).to.contain(seed.checkIn.goTo);
    for (const promise of promises) expect(textOf(element)).to.not.match(promise);
    await expect(element).to.be.accessible();
  }

  it('promises nothing of the desk to somebody who is not found while nobody is there', async () => {
    const element = await closed({ identify: async () => ({ outcome: 'unrecognized' }) });
    await identify();
    await screen.findByShadowText('We could not find your visit with this.');
    await saysClosed(element, /can help you/, /for the (front )?desk/);
    await find('button', 'Get a number');
  });

  it('sends nobody to a desk where nobody is', async () => {
    const findVisits: ClinicAdapter['findVisits'] = async () => ({ items: [] });
    const element = await closed({ findVisits });
    await answer();
    await find('heading', 'We are sorry: nobody is at the front desk');
    await screen.findByShadowText('We have no visit for you here today.');
    await saysClosed(element, /can help you/, /go to the front desk/);
  });

  it('says in Spanish where to go while nobody is at the desk', async () => {
    const element = await closed();
    await press('Español');
    await press('No tengo cita');
    await press('No');
    await screen.findByShadowText('Solo lo pasamos al personal, con su número.');
    await screen.findByShadowText(/^La recepción está cerrada ahora. Vaya a/);
    expect(textOf(element)).to.not.contain('Le llamarán');
    await expect(element).to.be.accessible();
  });

  it('leaves nobody at home with a promise of the desk while nobody is there', async () => {
    const findVisits: ClinicAdapter['findVisits'] = async () => ({ items: [] });
    const element = await closed({ findVisits }, phone);
    await answer();
    await find('heading', 'We are sorry: nobody is at the front desk');
    await find('link', number);
    await saysClosed(element, /ask the front desk/, /can help you/);
  });

  it('gives the focus back to the way to a person when that is closed', async () => {
    const element = await show();
    await press('Get a person');
    await press('Close this');
    const help = await find('button', 'Get a person');
    await until(() => element.shadowRoot!.activeElement === help);
  });

  it('says it when a person is offered unasked', async () => {
    const element = await show(clinic({ identify: async () => ({ outcome: 'unrecognized' }) }));
    await identify();
    await screen.findByShadowText('We could not find your visit with this.');
    await press('Next');
    await screen.findByShadowText('Would you like someone to help you?', { selector: '[role=status]' });
    await expect(element).to.be.accessible();
  });

  it('calls a person before anything is there, and where nothing can be had', async () => {
    const silent = clinic({ describeClinic: () => new Promise(() => undefined) });
    const lost = clinic({ describeClinic: async () => Promise.reject(new ClinicError('unavailable', 'down')) });
    for (const adapter of [silent, lost]) {
      const element = await show(adapter);
      if (adapter === lost) await screen.findByShadowText('We cannot reach the clinic right now.');
      await press('Get a person');
      await press('Call someone to me now');
      await screen.findByShadowText(/^Your number for this/);
      const { items } = await adapter.findAttention({});
      expect(items.some(({ reason }) => reason === 'person')).to.equal(true);
      await expect(element).to.be.accessible();
      element.remove();
    }
  });

  it('takes nobody out of what they are writing by an offer, and says it', async () => {
    const element = await show();
    await press('Check in for my visit');
    const field = await screen.findByShadowLabelText('Last name');
    field.focus();
    element.offerHelp();
    await screen.findByShadowText('Would you like someone to help you?', { selector: '[role=status]' });
    expect(element.shadowRoot!.activeElement).to.equal(field);
    await expect(element).to.be.accessible();
    await press('Close this');
    await find('button', 'Get a person');
    element.offerHelp();
    const offer = await find('region', 'We are here to help');
    await until(() => element.shadowRoot!.activeElement === offer);
  });

  for (const [reason, said] of [
    ['required', 'Please write the last name.'],
    ['too-long', 'This is too long. Please write less.'],
    ['unknown', 'The clinic could not accept this. Please check it.'],
  ] as const) {
    it(`goes to the field that the clinic refuses, and says there why: ${reason}`, async () => {
      const misfits = [{ path: ['claim', 'familyName'], reason }];
      const refuse = async () => Promise.reject(new ClinicError('invalid', 'No.', { misfits }));
      const element = await show(clinic({ identify: refuse }));
      await identify();
      await screen.findByShadowText(said);
      const field = await screen.findByShadowLabelText<HTMLInputElement>('Last name');
      await until(() => element.shadowRoot!.activeElement === field);
      expect([field.value, field.getAttribute('aria-invalid')]).to.deep.equal(['delgado', 'true']);
      await expect(element).to.be.accessible();
    });
  }

  it('moves the focus to the field when something else is asked', async () => {
    const twins = clinic({
      identify: async () => ({
        outcome: 'challenge',
        challengeId: 'c1',
        initials: 'R. D.',
        timeZone: 'America/New_York',
        factors: ['phone-last-four', 'postal-code', 'given-name'],
      }),
    });
    const element = await show(twins);
    await identify();
    await press('The ZIP code that we have');
    await screen.findByShadowLabelText('The ZIP code that we have');
    expect(element.shadowRoot!.activeElement!.id).to.equal('factor');
  });

  it('asks at its field for the words of what is told', async () => {
    const element = await show();
    await press('Get a person');
    await press('Tell us something');
    await press('Send');
    await screen.findByShadowText('Please write an answer.');
    await until(() => element.shadowRoot!.activeElement?.id === 'message');
    await expect(element).to.be.accessible();
  });

  it('keeps the words that the clinic refuses, and says at them why', async () => {
    const askForHelp: ClinicAdapter['askForHelp'] = async () => {
      throw new ClinicError('invalid', 'No.', { misfits: [{ path: ['message'], reason: 'too-long' }] });
    };
    const element = await show(clinic({ askForHelp }));
    await press('Get a person');
    await press('Tell us something');
    await write('In your own words', 'The door is heavy.');
    await press('Send');
    await screen.findByShadowText('This is too long. Please write less.');
    const field = await screen.findByShadowLabelText<HTMLTextAreaElement>('In your own words');
    await until(() => element.shadowRoot!.activeElement === field);
    expect(field.value).to.equal('The door is heavy.');
    expect(textOf(element)).to.not.contain('This has NOT reached staff.');
    await expect(element).to.be.accessible();
  });

  it('gives a number for the desk while a person is only offered', async () => {
    const findVisits: ClinicAdapter['findVisits'] = async () => ({ items: [] });
    const element = await show(clinic({ findVisits }));
    await answer();
    await find('heading', 'Please go to the front desk');
    element.offerHelp();
    await screen.findByShadowText('Would you like someone to help you?', { selector: 'h3' });
    await press('Get a number for the desk');
    await screen.findByShadowText(/^Your number for this/);
    expect(screen.queryByShadowText('Get a number for the desk')).to.equal(null);
  });

  it('keeps a way to a person in sight, and what has the focus above it', async () => {
    const element = await show();
    const place = document.createElement('div');
    place.style.cssText = 'block-size: 300px; overflow: auto';
    element.replaceWith(place);
    place.append(element);
    await press('I have no appointment');
    await press('No');
    await screen.findByShadowText(/We only pass this on/);
    place.scrollTo(0, 0);
    const within = place.getBoundingClientRect();
    const help = (await find('button', 'Get a person')).getBoundingClientRect();
    expect(help.bottom).to.be.at.most(within.bottom);
    expect(help.top).to.be.at.least(within.top);
    for (const label of ['Last name', 'Phone number']) {
      const field = await screen.findByShadowLabelText<HTMLInputElement>(label);
      field.focus();
      const { bottom } = field.getBoundingClientRect();
      expect(bottom, label).to.be.at.most((await find('button', 'Get a person')).getBoundingClientRect().top);
    }
  });

  it('offers a person, whatever a theme does', async () => {
    const element = await show();
    await press('I have no appointment');
    await find('heading', /in danger right now/);
    await stands(element, 'clinic-check-in', '.protected', 3);
  });

  it('says what to do in danger, whatever a theme does', async () => {
    const element = await show(clinic(), phone);
    await press('I have no appointment');
    await press('Yes');
    await find('link', 'Call 911');
    await stands(element, 'clinic-check-in', '.protected, .protected a', 3);
  });

  it('tells who is in danger to call 911 where they have a phone, and at a kiosk whom to turn to', async () => {
    const atHome = await show(clinic(), phone);
    await press('I have no appointment');
    await press('Yes');
    await find('heading', 'Call 911 now');
    expect((await find('link', 'Call 911')).getAttribute('href')).to.equal('tel:911');
    expect((await find('link', '988')).getAttribute('href')).to.equal('tel:988');
    expect(textOf(atHome))
      .to.contain('If you are at the clinic, tell a member of staff now.')
      .and.not.contain('Call out');
    await expect(atHome).to.be.accessible();
    atHome.remove();

    const element = await show();
    await press('I have no appointment');
    await press('Yes');
    await find('heading', 'Tell a member of staff now');
    expect(textOf(element)).to.contain('call or text 988');
    expect(screen.queryByShadowRole('link')).to.equal(null);
    await expect(element).to.be.accessible();
  });

  it('promises nobody to somebody who may be at home, and says whom to call', async () => {
    const inner = clinic();
    let answers = () => inner.askForHelp;
    const askForHelp: ClinicAdapter['askForHelp'] = (...request) => answers()(...request);
    const element = await show({ ...inner, askForHelp }, phone);
    const call = async () => {
      await press('Get a person');
      await press('Tell staff now');
    };
    answers = () => async () => Promise.reject(new ClinicError('unavailable', 'down'));
    await call();
    await screen.findByShadowText('This has NOT reached staff.');
    expect(textOf(element)).to.contain('Please call us at').and.not.contain('call out to someone');
    expect((await find('link', number)).getAttribute('href')).to.equal(dials);
    await press('Close this');
    answers = () => async (request, options) => ({
      ...(await inner.askForHelp(request, options)),
      state: 'acknowledged',
    });
    await call();
    await screen.findByShadowText('Staff have seen this.', { selector: ':not([role=status])' });
    expect(textOf(element)).to.not.contain('Someone is coming');
    expect((await find('link', number)).getAttribute('href')).to.equal(dials);
    await expect(element).to.be.accessible();
  });

  it('asks nobody at home to take a seat, and gives them a number to call', async () => {
    const element = await show(clinic(), phone);
    await press('I have no appointment');
    await press('No');
    await write('Why have you come today?', 'A cough');
    await write('Last name', 'Ito');
    await press('Send');
    await find('heading', 'Please come to the front desk');
    await screen.findByShadowText('When you come, say this number.');
    await find('link', number);
    await expect(element).to.be.accessible();
  });

  it('says of the heading of a form in which language it is', async () => {
    const there = clinic();
    const getForm: ClinicAdapter['getForm'] = (query, options) => there.getForm({ ...query, language: 'en' }, options);
    const element = await show(clinic({ getForm }));
    await recognized();
    expect(await find('heading', 'What we need from you')).to.have.attribute('lang', 'en');
    element.lang = 'es';
    expect(await find('heading', 'Lo que necesitamos de usted')).to.have.attribute('lang', 'es');
    await press('Formularios para completar');
    await find('button', 'Siguiente');
    expect(element.shadowRoot!.querySelector('h2')).to.have.attribute('lang', 'en');
  });

  it('gives somebody at home who is not found a number to call', async () => {
    await show(clinic({ identify: async () => ({ outcome: 'unrecognized' }) }), phone);
    await identify();
    await screen.findByShadowText('We could not find your visit with this.');
    await find('link', number);
  });

  it('says at home that almost everything is ready where something is left to the desk', async () => {
    const wanting = withVisit((visit) => ({
      ...visit,
      preparations: [{ name: 'details', state: 'open', mandatory: true }],
    }));
    const element = await show(wanting, phone);
    await answer();
    await press('I am not there yet: get everything ready');
    await press('Start');
    await press('Do this at the desk');
    await find('heading', 'Almost everything is ready');
    expect(textOf(element)).to.contain('When you come, please go to the front desk.').and.not.contain('at the kiosk');
    await expect(element).to.be.accessible();
  });

  it('can be stopped while help is open', async () => {
    const element = await show();
    await recognized();
    await press('Get a person');
    await find('button', 'Close this');
    const ended = oneEvent<VisitEndedEvent>(element, 'clinic-visit-ended');
    await press('Stop and clear the screen');
    await ended;
    await find('button', 'Check in for my visit');
  });

  it('says where to go in the patient’s language, or marks which one it is', async () => {
    const inner = clinic();
    await inner.openDesk({ open: false });
    let known = true;
    const askForHelp: ClinicAdapter['askForHelp'] = async (...request) => {
      const { translations, ...help } = await inner.askForHelp(...request);
      return { ...help, ...(known && { translations }) };
    };
    const element = await show({ ...inner, askForHelp });
    await press('Español');
    const call = async () => {
      await press('Pedir ayuda a una persona');
      await press('Llamar ahora a alguien');
    };
    const place = () => element.shadowRoot!.querySelector('section bdi');
    await call();
    await screen.findByShadowText(/La recepción está cerrada ahora/, { selector: 'section p' });
    expect(place()!.textContent).to.equal('El puesto de enfermería, a la derecha de la entrada principal.');
    expect(place()!.getAttribute('lang')).to.equal('es');
    await expect(element).to.be.accessible();
    await press('Cerrar esto');
    known = false;
    await call();
    await screen.findByShadowText(/La recepción está cerrada ahora/, { selector: 'section p' });
    expect(place()!.textContent).to.equal('The nurses’ station, to the right of the main entrance.');
    expect(place()!.getAttribute('lang')).to.equal('en');
  });

  it('says at the field what is the matter with the code of the lobby, and moves the focus there', async () => {
    const element = await show(clinic(), phone);
    await answer();
    await press('I am at the clinic');
    await screen.findByShadowText('Please write the code from the sign in the lobby, or go to the front desk.');
    await until(() => element.shadowRoot!.activeElement?.id === 'lobby-code');
    await expect(element).to.be.accessible();
    await write('Code on the sign in the lobby', 'NONE-1');
    await press('I am at the clinic');
    const wrong = await screen.findByShadowText('This code is not the one for your visit. Please check the sign.');
    await until(() => element.shadowRoot!.activeElement?.id === 'lobby-code');
    expect(element.shadowRoot!.activeElement!.getAttribute('aria-describedby')).to.equal(wrong.id);
    await expect(element).to.be.accessible();
  });

  it('sends to the desk whoever waits and is no longer known', async () => {
    const there = withVisit(({ appointment, ...visit }) => ({
      ...visit,
      appointment: { ...appointment, status: 'checked-in' },
    }));
    const getVisitProgress: ClinicAdapter['getVisitProgress'] = async () => {
      throw new ClinicError('unauthenticated', 'The pass is over.');
    };
    const element = await show({ ...there, getVisitProgress });
    await answer();
    await screen.findByShadowText('We cannot show your turn here any more. Please ask at the front desk.', {
      selector: '[role=status]',
    });
    await expect(element).to.be.accessible();
  });

  it('says whether the clinic knows how to call somebody', async () => {
    const there = withVisit(({ appointment, ...visit }) => ({
      ...visit,
      ticket: 'A12',
      appointment: { ...appointment, status: 'checked-in' },
    }));
    let fails = true;
    const chooseCallBy: ClinicAdapter['chooseCallBy'] = async () => {
      if (fails) throw new ClinicError('unavailable', 'down');
      return { id: 'r1', status: 'accepted' };
    };
    const element = await show({ ...there, chooseCallBy });
    await answer();
    const radio = () => find('radio', 'Come and get me') as Promise<HTMLInputElement>;
    (await radio()).click();
    await screen.findByShadowText(/This has NOT reached staff/, { selector: '[role=status] *' });
    expect((await radio()).checked).to.equal(false);
    await expect(element).to.be.accessible();
    fails = false;
    (await radio()).click();
    await screen.findByShadowText('We will call you this way.', { selector: '[role=status] *' });
    expect((await radio()).checked).to.equal(true);
  });

  it('tells who has still to see the desk that they are called, and asks how', async () => {
    const inner = clinic();
    const element = await show({
      ...inner,
      getVisitProgress: async () => ({ state: 'called', ticket: 'A12', to: 'Room 4' }),
    });
    await recognized();
    await press('Start');
    while (!textOf(element).includes('The front desk will help you with:')) {
      await press('Do this at the desk');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await screen.findByShadowText('It is your turn. Please go to: Room 4', { selector: '[role=status]' });
    await find('radio', 'Come and get me');
    await expect(element).to.be.accessible();
  });

  it('looks as the page says, and tells it', async () => {
    const element = await show();
    await find('button', 'Check in for my visit');
    const told = oneEvent<SettingsEvent>(element, 'clinic-settings');
    element.adjust({ contrast: true });
    expect((await told).settings.contrast).to.equal(true);
    expect((await find('button', 'Stronger colors')).getAttribute('aria-pressed')).to.equal('true');
  });

  it('keeps what was typed when the clinic cannot be reached', async () => {
    const inner = clinic();
    let fails = true;
    const identifying: ClinicAdapter['identify'] = async (...request) => {
      if (fails) throw new ClinicError('unavailable', 'down');
      return inner.identify(...request);
    };
    await show({ ...inner, identify: identifying });
    await identify();
    await screen.findByShadowText('Nothing that you entered is lost.');
    fails = false;
    await press('Try again');
    await find('heading', /One more question/);
  });

  it('leaves nothing of the patient when it is told to forget', async () => {
    const element = await show();
    await recognized();
    const ended = oneEvent<VisitEndedEvent>(element, 'clinic-visit-ended');
    await press('Stop and clear the screen');
    expect(await ended).to.have.property('bubbles', true);
    await find('button', 'Check in for my visit');
    expect(textOf(element)).to.not.contain('Check-up');
  });

  it('asks by a reminder only whether the patient comes', async () => {
    const [reminder] = seed.reminders;
    const element = await show();
    element.reminder = reminder!.token;
    await press('Yes, I am coming');
    await find('heading', 'Thank you');
    await expect(element).to.be.accessible();
    await press('Get everything ready now');
    await find('heading', 'Who is the visit for?');
  });

  it('forgets a reminder with the patient who has answered it', async () => {
    const [reminder] = seed.reminders;
    const element = await show(clinic(), phone);
    element.setAttribute('reminder', reminder!.token);
    await press('No, I cannot come');
    await find('heading', 'Thank you');
    expect(screen.queryByShadowRole('button', { name: 'Get everything ready now' })).to.equal(null);
    await press('I am finished');
    await find('button', 'Check in for my visit');
    expect(element.outerHTML).to.not.contain(reminder!.token);
  });

  it('says of a link that is over whom to call, and lets the patient start without it', async () => {
    const element = await show(clinic(), phone);
    element.reminder = 'used-up';
    await press('Yes, I am coming');
    await screen.findByShadowText(/This link does not work any more/);
    await find('link', number);
    await expect(element).to.be.accessible();
    await press('Start again');
    await find('button', 'Check in for my visit');
  });

  it('takes in somebody without an appointment, after the question about danger', async () => {
    const element = await show();
    await press('I have no appointment');
    await find('heading', /in danger right now/);
    await expect(element).to.be.accessible();
    await press('No');
    await write('Why have you come today?', 'A cough');
    await write('Last name', 'Ito');
    await press('Send');
    await find('heading', 'Please take a seat');
    await expect(element).to.be.accessible();
  });

  it('says it plainly when it has no clinic, or the clinic is down', async () => {
    const element = await show(down(clinic()));
    await screen.findByShadowText(/We cannot reach the clinic right now/);
    await find('button', 'Get a person');
    await expect(element).to.be.accessible();
  });
});
