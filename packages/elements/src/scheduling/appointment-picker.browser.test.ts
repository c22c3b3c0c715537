import { down, memoryAdapter, refusing } from '@clinic-widgets/adapter-memory';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { ClinicAdapter } from '@clinic-widgets/core';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { aTimeout, expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { ByRoleMatcher, ByRoleOptions } from '@testing-library/dom';
import { screen } from '../../test/screen.ts';
import '../define.ts';
import type { FailureEvent } from '../ui/events.ts';
import type { AppointmentPicker } from './appointment-picker.ts';
import type { AppointmentBookedEvent } from './events.ts';

const now = () => '2026-03-02T08:00:00-05:00';
const harbor = harborClinic({ now: now() });
const clinic = (): ClinicAdapter => memoryAdapter(harbor, { now });

const picker = (adapter: ClinicAdapter | undefined, { lang = 'en-US', visitTypeId = 'check-up' } = {}) =>
  fixture<AppointmentPicker>(
    html` <clinic-appointment-picker
      .adapter=${adapter}
      .now=${now}
      lang=${lang}
      patient-id="p-rosa"
      visit-type-id=${visitTypeId}
    ></clinic-appointment-picker>`,
  );

const find = (role: ByRoleMatcher, name: string | RegExp, options: ByRoleOptions = {}) =>
  screen.findByShadowRole(role, { name, ...options });
const press = async (role: ByRoleMatcher, name: string | RegExp) => (await find(role, name)).click();
/** The appointments are in order: the one of today comes first. */
const pressLast = async (name: RegExp) => (await screen.findAllByShadowRole('button', { name })).at(-1)!.click();
const focused = () => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at as HTMLElement;
};

/** Goes on to the details of the first free time of the first free day. */
async function toDetails(): Promise<void> {
  const day = (await screen.findAllByShadowRole('button', { name: /\d times? free$/ }))[0]!;
  day.click();
  const time = (await screen.findAllByShadowRole('button', { name: /\d:\d\d/ }))[0]!;
  time.click();
  await find('heading', 'Is this right?');
}

describe('clinic-appointment-picker', () => {
  it('books the chosen visit on the chosen day at the chosen time', async () => {
    const adapter = clinic();
    const element = await picker(adapter, { visitTypeId: '' });
    const booked = oneEvent<AppointmentBookedEvent>(element, 'clinic-appointment-booked');

    await press('button', /^Skin check/);
    await toDetails();
    await press('button', 'Book this time');
    await find('heading', 'You are booked');

    const { appointmentId } = await booked;
    const { items } = await adapter.findAppointments({ patientId: 'p-rosa', from: '2026-03-02' });
    const made = items.find(({ id }) => id === appointmentId);
    expect(made?.status).to.equal('booked');
    expect(made?.visitType?.name).to.equal('Skin check');
    expect(element.appointment?.id).to.equal(appointmentId);
    await expect(element).to.be.accessible();
  });

  it('is accessible at each step', async () => {
    const element = await picker(clinic(), { visitTypeId: '' });
    await find('heading', 'What is the visit for?');
    await expect(element).to.be.accessible();
    await press('button', /^Check-up/);
    await find('heading', 'March 2026');
    await screen.findAllByShadowRole('button', { name: /\d times? free$/ });
    await expect(element).to.be.accessible();
    await toDetails();
    await expect(element).to.be.accessible();
  });

  it('names each day with its date and how many times are free', async () => {
    await picker(clinic());
    const days = await screen.findAllByShadowRole('button', { name: /\d times? free$/ });
    expect(days[0]!.getAttribute('aria-label')).to.match(/^Monday, March 2, \d+ times? free$/);
    expect(await find('button', 'Sunday, March 8, no times free')).to.have.attribute('aria-disabled', 'true');
  });

  it('moves through the calendar by keys, over months too', async () => {
    await picker(clinic());
    (await screen.findAllByShadowRole('button', { name: /\d times? free$/ }))[0]!.focus();
    const day = () => focused().dataset.day;
    const visited = [day()];
    for (const press of ['ArrowRight', 'ArrowDown', 'Home', 'End', 'ArrowLeft', 'PageDown', 'ArrowUp', 'PageUp']) {
      await sendKeys({ press });
      await aTimeout(0);
      visited.push(day());
    }
    expect(visited).to.deep.equal([
      '2026-03-02',
      '2026-03-03',
      '2026-03-10',
      '2026-03-08',
      '2026-03-14',
      '2026-03-13',
      '2026-04-13',
      '2026-04-06',
      '2026-03-06',
    ]);
  });

  it('goes no further back than today', async () => {
    await picker(clinic());
    (await screen.findAllByShadowRole('button', { name: /\d times? free$/ }))[0]!.focus();
    await sendKeys({ press: 'PageUp' });
    expect(focused().dataset.day).to.equal('2026-03-02');
    expect(await find('button', 'Previous month')).to.have.attribute('aria-disabled', 'true');
  });

  it('follows the reading direction in the calendar', async () => {
    document.documentElement.dir = 'rtl';
    await picker(clinic());
    (await screen.findAllByShadowRole('button', { name: /\d times? free$/ }))[0]!.focus();
    await sendKeys({ press: 'ArrowLeft' });
    const { day } = focused().dataset;
    document.documentElement.removeAttribute('dir');
    expect(day).to.equal('2026-03-03');
  });

  it('moves the focus with the step, and does not take it when it opens', async () => {
    await picker(clinic());
    await find('heading', 'Choose a day and a time');
    expect(document.activeElement).to.equal(document.body);

    (await screen.findAllByShadowRole('button', { name: /\d times? free$/ }))[0]!.click();
    expect((await find('heading', /^Times on Monday, March 2/)) === focused()).to.equal(true);
    await toDetails();
    expect(focused().textContent).to.equal('Is this right?');
    await press('button', 'Choose another time');
    expect((await find('heading', 'Choose a day and a time')) === focused()).to.equal(true);
  });

  it('says what is going on in one live region that outlives the steps', async () => {
    await picker(clinic());
    const [region, ...others] = await screen.findAllByShadowRole('status');
    expect(others).to.have.length(0);
    await screen.findByShadowText(/^March 2026: \d+ days have free times/);
    await toDetails();
    await screen.findByShadowText('This time is kept for you while you decide.');
    expect((await screen.findByShadowRole('status')) === region).to.equal(true);
  });

  it('keeps what was typed and shows what is free when someone else was faster', async () => {
    const adapter = clinic();
    const element = await picker({ ...adapter, bookAppointment: refusing(adapter, 'conflict').bookAppointment });
    await toDetails();
    const typed = await screen.findByShadowLabelText(/What should we know/);
    (typed as HTMLTextAreaElement).value = 'My knee hurts';
    typed.dispatchEvent(new InputEvent('input'));
    await press('button', 'Book this time');

    expect(await screen.findByShadowRole('alert')).to.have.text(
      'Someone else has just taken that time. These times are free now.',
    );
    await expect(element).to.be.accessible();
    await toDetails();
    expect(await screen.findByShadowLabelText(/What should we know/)).to.have.value('My knee hurts');
  });

  it('gives a held time back when the patient turns to another', async () => {
    const adapter = clinic();
    await picker(adapter);
    await toDetails();
    await screen.findByShadowText('This time is kept for you while you decide.');
    const query = { visitTypeId: 'check-up', mode: 'in-person', from: '2026-03-02', to: '2026-03-02' } as const;
    const while_ = (await adapter.findSlots(query)).items.length;
    await press('button', 'Choose another time');
    await aTimeout(20);
    expect((await adapter.findSlots(query)).items.length).to.equal(while_ + 1);
  });

  it('gives a held time back on reset', async () => {
    const adapter = clinic();
    const element = await picker(adapter);
    await toDetails();
    await screen.findByShadowText('This time is kept for you while you decide.');
    const query = { visitTypeId: 'check-up', mode: 'in-person', from: '2026-03-02', to: '2026-03-02' } as const;
    const while_ = (await adapter.findSlots(query)).items.length;
    element.reset();
    await find('heading', 'Choose a day and a time');
    await aTimeout(20);
    expect((await adapter.findSlots(query)).items.length).to.equal(while_ + 1);
  });

  it('offers another try, under the same key, when the clinic cannot be reached', async () => {
    const adapter = clinic();
    const keys: (string | undefined)[] = [];
    const element = await picker({
      ...adapter,
      bookAppointment(input, options) {
        keys.push(options?.idempotencyKey);
        if (keys.length === 1) return Promise.reject(new ClinicError('unavailable', 'down'));
        return adapter.bookAppointment(input, options);
      },
    });
    await toDetails();
    const failed = oneEvent<FailureEvent>(element, 'clinic-error');
    await press('button', 'Book this time');
    expect((await failed).code).to.equal('unavailable');
    await screen.findByShadowText(/Trying again will not do it twice/);
    await expect(element).to.be.accessible();
    await press('button', 'Try again');
    await find('heading', 'You are booked');
    expect(keys).to.have.length(2);
    expect(keys[0]).to.equal(keys[1]);
  });

  it('tells whom to call when nothing can be reached', async () => {
    const element = await picker(down(clinic()));
    await find('heading', 'That did not work');
    await screen.findByShadowText(/You can also call the clinic/);
    await expect(element).to.be.accessible();
  });

  it('never says "booked" at a clinic that answers later', async () => {
    const adapter = memoryAdapter({ ...harbor, clinic: { ...harbor.clinic, requestOnly: true } }, { now });
    await picker(adapter);
    await toDetails();
    await press('button', 'Ask for this time');
    await find('heading', 'Your request has been sent');
    await screen.findByShadowText('This time is not yours yet. The clinic will tell you soon.');
    expect(screen.queryByShadowText('You are booked')).to.equal(null);
  });

  /** Has nothing free until the next month. */
  const freeLater = () =>
    memoryAdapter({ ...harbor, slots: harbor.slots.filter(({ start }) => start >= '2026-04-03') }, { now });

  it('goes on to the times of the first free day after an empty month', async () => {
    await picker(freeLater());
    await screen.findByShadowText('No times are free in March 2026.');
    await press('button', 'Go to the first free day: Friday, April 3');
    await find('heading', 'April 2026');
    await find('button', /^Friday, April 3, \d+ times? free$/);
    expect(focused()).to.equal(await find('heading', 'Times on Friday, April 3'));
  });

  it('leaves the button where it is while it learns that a month is empty', async () => {
    const adapter = freeLater();
    let answer = () => {};
    const asked = new Promise<void>((resolve) => (answer = resolve));
    await picker({ ...adapter, findFreeDays: (...query) => asked.then(() => adapter.findFreeDays(...query)) });
    const button = await find('button', 'Show the first free day');
    answer();
    expect(await find('button', 'Go to the first free day: Friday, April 3')).to.equal(button);
  });

  it('goes back to a free day from a month after the last', async () => {
    await picker(
      memoryAdapter({ ...harbor, slots: harbor.slots.filter(({ start }) => start < '2026-03-13') }, { now }),
    );
    await press('button', 'Next month');
    await screen.findByShadowText('No times are free in April 2026.');
    await press('button', 'Go to the first free day: Monday, March 2');
    await find('heading', 'Times on Monday, March 2');
  });

  it('says so when nothing is free at all, and whom to call', async () => {
    await picker(clinic(), { visitTypeId: 'travel-advice' });
    await screen.findByShadowText('No times are free to book online.');
    await screen.findByShadowText('Please call us at (269) 555-0142.');
  });

  it('speaks Spanish, dates too', async () => {
    await picker(clinic(), { lang: 'es-US' });
    await find('heading', 'Elija un día y una hora');
    await find('heading', 'marzo de 2026');
    const [day] = await screen.findAllByShadowRole('button', { name: /\d horas? libres?$/ });
    expect(day!.getAttribute('aria-label')).to.match(/^lunes, 2 de marzo, /);
  });

  it('says which language the clinic’s own words are in', async () => {
    const element = await picker(clinic(), { lang: 'es', visitTypeId: '' });
    const own = async (words: string | RegExp) =>
      (await screen.findAllByShadowText(words)).map((one) => one.closest('[lang]')!.getAttribute('lang'));
    expect(await own('Check-up')).to.deep.equal(['en']);
    expect(await own(/^Talk with a family doctor/)).to.deep.equal(['en']);
    expect(await own('MRI of the right knee')).to.deep.equal(['en']);
    await press('button', /^Check-up/);
    (await screen.findAllByShadowRole('button', { name: /\d horas? libres?$/ }))[0]!.click();
    (await screen.findAllByShadowRole('button', { name: /\d:\d\d/ }))[0]!.click();
    expect(await own('Check-up')).to.deep.equal(['en']);
    expect(await own(/^Bring a list/)).to.deep.equal(['en']);
    expect(await own(/^Harbor Clinic /)).to.deep.equal(['en']);
    await expect(element).to.be.accessible();
  });

  it('writes the times of Spanish as the USA does where the page does not say which Spanish it is', async () => {
    await picker(clinic(), { lang: 'es' });
    const heading = await find('heading', 'Elija un día y una hora');
    expect(heading.closest('[lang]')).to.have.attribute('lang', 'es');
    const [day] = await screen.findAllByShadowRole('button', { name: /^lunes, 2 de marzo, / });
    day!.click();
    const times = await screen.findAllByShadowRole('button', { name: /^[1-5]:\d\d\sp\.\s?m\./ });
    expect(times.length).to.be.above(0);
  });

  it('answers a language it does not have in English throughout, and says that it is English', async () => {
    await picker(clinic(), { lang: 'fr' });
    const heading = await find('heading', 'Choose a day and a time');
    await find('heading', 'March 2026');
    expect(heading.closest('[lang]')).to.have.attribute('lang', 'en');
  });

  it('shows markup from the clinic as text', async () => {
    const visitTypes = [
      { id: 'v', name: '<img src=x onerror=alert(1)>', modes: ['in-person' as const], instructions: '<b>bold</b>' },
    ];
    await picker({ ...clinic(), findVisitTypes: async () => ({ items: visitTypes }) }, { visitTypeId: '' });
    await screen.findByShadowText('<img src=x onerror=alert(1)>');
  });

  for (const [language, desc, button, note] of [
    ['en', 'What should we know? (You can leave this empty)', 'Book this time', /^The clinic could not accept this/],
    ['es', '¿Qué debemos saber? (Puede dejarlo en blanco)', 'Reservar esta hora', /^La clínica no pudo aceptar esto/],
  ] as const) {
    it(`says at the field that its words are not accepted, and leads there: ${language}`, async () => {
      const adapter: ClinicAdapter = {
        ...clinic(),
        bookAppointment: () => Promise.reject(new ClinicError('invalid', 'no', { paths: [['reason']] })),
      };
      const element = await picker(adapter);
      await toDetails();
      element.lang = language;
      await press('button', button);
      const said = await screen.findByShadowText(note);
      const field = await find('textbox', desc);
      expect(element.shadowRoot!.activeElement).to.equal(field);
      expect(field.getAttribute('aria-invalid')).to.equal('true');
      expect(field.getAttribute('aria-describedby')).to.equal(said.id);
      await expect(element).to.be.accessible();
    });
  }

  it('books a time for an order, and the order is done then', async () => {
    const adapter = clinic();
    const element = await picker(adapter, { visitTypeId: '' });
    await find('heading', 'Your doctor asked for');
    await expect(element).to.be.accessible();
    await press('button', /^MRI of the right knee/);
    await toDetails();
    await screen.findByShadowText(/pacemaker/);
    await press('button', 'Book this time');
    await find('heading', 'You are booked');
    const { items } = await adapter.findOrders({ acting: { patientId: 'p-rosa' } });
    expect(items.map(({ id }) => id)).to.deep.equal(['o-rosa-physio']);
  });

  it('books a series at the same hour over the change of the clock, and shows what did not fit', async () => {
    const adapter = clinic();
    const element = await picker(adapter, { visitTypeId: 'physiotherapy' });
    const days = await screen.findAllByShadowRole('button', { name: /\d times? free$/ });
    days[2]!.click();
    (await screen.findAllByShadowRole('button', { name: /\d:\d\d/ }))[0]!.click();
    await find('heading', 'Your visits');
    const book = await find('button', /^Book \d visits?$/);
    await expect(element).to.be.accessible();
    const planned = Number(/\d+/.exec(book.textContent)![0]);
    const told: string[] = [];
    element.addEventListener('clinic-appointment-booked', (event) => told.push(event.appointmentId));
    book.click();
    await find('heading', `${planned} ${planned === 1 ? 'visit' : 'visits'} booked`);
    await expect(element).to.be.accessible();

    const { items } = await adapter.findAppointments({ patientId: 'p-rosa', from: '2026-03-02' });
    const visits = items.filter(({ visitType }) => visitType?.id === 'physiotherapy');
    expect(visits.map(({ id }) => id)).to.deep.equal(told);
    expect(visits).to.have.length(planned);
    expect(new Set(visits.map(({ start }) => start!.slice(11, 16))).size).to.equal(1);
    expect(new Set(visits.map(({ start }) => start!.slice(19))).size, 'both offsets').to.equal(2);
  });

  it('moves an appointment, and the old time is free again', async () => {
    const adapter = clinic();
    const element = await picker(adapter);
    element.opens = 'appointments';
    await find('heading', 'My appointments');
    await pressLast(/^Change the time: /);
    await find('heading', 'Choose a new time');
    await toDetails();
    await screen.findByShadowText(/^You keep your old time until this is done/);
    await expect(element).to.be.accessible();
    const moved = oneEvent<Event & { appointmentId: string }>(element, 'clinic-appointment-rescheduled');
    await press('button', 'Move to this time');
    await find('heading', 'Your appointment has been moved');
    expect((await moved).appointmentId).to.equal('a-rosa-coming');
    const coming = harbor.appointments.find(({ id }) => id === 'a-rosa-coming')!;
    const day = coming.start.slice(0, 10);
    const free = await adapter.findSlots({ visitTypeId: 'check-up', from: day, to: day });
    expect(free.items.map(({ id }) => id)).to.include(coming.slotId);
  });

  it('calls an appointment off, after asking why', async () => {
    const adapter = clinic();
    const element = await picker(adapter);
    element.opens = 'appointments';
    await pressLast(/^Cancel: /);
    await find('heading', 'Do you want to cancel this?');
    await expect(element).to.be.accessible();
    await press('button', 'No, keep it');
    await pressLast(/^Cancel: /);
    (await find('radio', 'I feel better')).click();
    const told = oneEvent<Event & { appointmentId: string }>(element, 'clinic-appointment-cancelled');
    await press('button', 'Yes, cancel it');
    await find('heading', 'It is cancelled');
    expect((await told).appointmentId).to.equal('a-rosa-coming');
    const { status } = await adapter.getAppointment({ patientId: 'p-rosa', appointmentId: 'a-rosa-coming' });
    expect(status).to.equal('cancelled');
    await press('button', 'My appointments');
    await find('heading', 'My appointments');
    expect(await screen.findAllByShadowRole('button', { name: /^Cancel: / })).to.have.length(1);
    await expect(element).to.be.accessible();
  });

  it('puts the patient on the waiting list when nothing suits, and takes them off', async () => {
    const adapter = clinic();
    const element = await picker(adapter);
    await press('button', 'No time suits me');
    await find('heading', 'Shall we tell you when a time comes free?');
    await expect(element).to.be.accessible();
    await press('button', 'Put me on the waiting list');
    await find('heading', 'You are on the waiting list');
    await press('button', 'My appointments');
    await press('button', /^Leave the waiting list/);
    await press('button', 'Yes, cancel it');
    await find('heading', 'It is cancelled');
  });

  it('says what cannot be met before a time is held, and keeps the needs', async () => {
    const adapter = clinic();
    let held = 0;
    const element = await picker({
      ...adapter,
      holdSlot: (input, options) => {
        held += 1;
        return adapter.holdSlot(input, options);
      },
    });
    (await screen.findByShadowText(/^Do you need an interpreter/)).click();
    const language = await screen.findByShadowLabelText<HTMLSelectElement>('Interpreter for a spoken language');
    language.value = 'so';
    language.dispatchEvent(new Event('change'));
    await screen.findByShadowText(
      /^We (cannot offer this online|have to check this and will tell you): Interpreter: Somali/,
    );
    await expect(element).to.be.accessible();
    expect(held).to.equal(0);
    await toDetails();
    await screen.findByShadowText('This time is kept for you while you decide.');
    await press('button', 'Book this time');
    await find('heading', 'You are booked');
    const { needs } = await adapter.getAppointment({ patientId: 'p-rosa', appointmentId: element.appointment!.id });
    expect(needs).to.deep.equal([{ kind: 'spoken-interpreter', language: 'so' }]);
  });

  it('shows the three nearest free times when someone else was faster', async () => {
    const adapter = clinic();
    const element = await picker({ ...adapter, holdSlot: refusing(adapter, 'conflict').holdSlot });
    (await screen.findAllByShadowRole('button', { name: /\d times? free$/ }))[1]!.click();
    (await screen.findAllByShadowRole('button', { name: /\d:\d\d/ }))[0]!.click();
    const list = await find('list', 'The nearest free times');
    expect(list.querySelectorAll('button')).to.have.length(3);
    await expect(element).to.be.accessible();
  });

  it('books for a child, and says who acts', async () => {
    const adapter = clinic();
    let acting: unknown;
    const element = await picker({
      ...adapter,
      bookAppointment: (input, options) => {
        acting = input.acting;
        return adapter.bookAppointment(input, options);
      },
    });
    element.visitTypeId = '';
    element.people = [
      { patientId: 'p-rosa', name: 'Rosa Delgado' },
      { patientId: 'p-mateo', representativeId: 'r-rosa', name: 'Mateo Delgado' },
    ];
    (await find('radio', 'Mateo Delgado')).click();
    await press('button', /^Skin check of a mole/);
    await toDetails();
    await press('button', 'Book this time');
    await find('heading', 'You are booked');
    expect(acting).to.deep.equal({ patientId: 'p-mateo', representativeId: 'r-rosa' });
  });

  it('narrows the times by person, place and time of day', async () => {
    await picker(clinic());
    (await screen.findByShadowText('Choose who, where or what time of day')).click();
    const who = await screen.findByShadowLabelText<HTMLSelectElement>('With');
    who.value = 'lin';
    who.dispatchEvent(new Event('change'));
    const part = await screen.findByShadowLabelText<HTMLSelectElement>('Time of day');
    part.value = 'evening';
    part.dispatchEvent(new Event('change'));
    await press('button', 'Show the first free day');
    await find('heading', 'Evening');
    expect(screen.queryByShadowRole('heading', { name: 'Morning' })).to.equal(null);
  });

  it('finds a provider around it, also one that is defined later', async () => {
    const wrapper = await fixture(
      html` <clinic-provider .adapter=${clinic()}>
        <div><clinic-appointment-picker .now=${now} patient-id="p-rosa" lang="en"></clinic-appointment-picker></div>
      </clinic-provider>`,
    );
    await find('heading', 'What is the visit for?');
    await expect(wrapper).to.be.accessible();
  });

  it('says so where there is no adapter, and where nobody is signed in', async () => {
    const element = await picker(undefined);
    await screen.findByShadowText('This page is not connected to the clinic yet.');
    element.adapter = clinic();
    element.patientId = '';
    await screen.findByShadowText('Please sign in to book an appointment.');
  });
});
