import { memoryAdapter, refusing } from '@clinic-widgets/adapter-memory';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { ClinicAdapter, Visit } from '@clinic-widgets/core';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { expect, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { visit } from '../../../test/test-session.ts';
import { find, focused, inSpanish, isSilent, now, press, says, showPart, until } from '../../../test/test-part.ts';
import type { Session } from '../session.ts';
import type { AppointmentBookedEvent } from '../../scheduling/events.ts';
import * as leavingPart from './leaving-part.ts';

const harbor = harborClinic({ now: now() });

/** The clinic, with Rosa checked in or not, and her visit as it is there. */
async function clinic(status: 'booked' | 'checked-in' = 'checked-in'): Promise<{ adapter: ClinicAdapter; of: Visit }> {
  const appointments = harbor.appointments.map((one) => (one.id === 'a-rosa-today' ? { ...one, status } : one));
  const adapter = memoryAdapter({ ...harbor, appointments }, { now });
  const { appointment } = visit;
  const found = await adapter.getAppointment({ patientId: 'p-rosa', appointmentId: appointment.id });
  return { adapter, of: { ...visit, appointment: found } };
}

const mri = 'MRI of the right knee';
const kiosk = { station: { kind: 'kiosk', deviceId: 'lobby-1' }, language: 'en', now } as const;

/** Rosa leaves the clinic as it is, and knows what to do. */
async function leave(adapter: ClinicAdapter, of: Visit, changes: Partial<Session> = {}) {
  const session = { visit: of, clinic: await adapter.describeClinic({}), host: kiosk, ...changes };
  const page = await showPart(leavingPart, adapter, session);
  await press('button', 'Go on');
  await find('heading', 'What to book next');
  return page;
}

/** The button that says so. To look for it by its role takes long among the days of a month. */
async function button(page: Element, words: string): Promise<HTMLElement> {
  const found = () => [...page.shadowRoot!.querySelectorAll('button')].find((one) => one.textContent.trim() === words);
  await until(() => found() !== undefined);
  return found()!;
}

/** The first free time, as soon as there is one. */
async function firstTime(page: Element): Promise<HTMLElement> {
  const slot = () => page.shadowRoot!.querySelector<HTMLElement>('[part=slot]');
  await until(() => slot() !== null);
  return slot()!;
}

/** Goes from the list to the first free time for the MRI. */
async function toDetails(page: Element): Promise<void> {
  await press('button', `Book now: ${mri}`);
  (await button(page, 'Show the first free day')).click();
  (await firstTime(page)).click();
  await says('This time is kept for you while you decide.');
}

const enter = async (name: string | RegExp) => {
  (await find('button', name)).focus();
  await sendKeys({ press: 'Enter' });
};

async function toLast(): Promise<void> {
  await press('button', 'Go on');
  await press('button', 'I will do this later');
  await press('button', /I can.t pay today/i);
  await find('heading', 'Before you leave');
}

describe('leaving', () => {
  it('goes from what to do to the end by keyboard alone', async () => {
    const { adapter, of } = await clinic();
    const session = { visit: of, clinic: await adapter.describeClinic({}), host: kiosk };
    const page = await showPart(leavingPart, adapter, session);
    await find('heading', 'What to do now');
    await says(/Take your medicines as the list from today says/);
    await says(/From .*Harbor Clinic/);
    await find('heading', 'If something is not right');
    await says(/Call 911 if you have chest pain/);
    await expect(page).to.be.accessible();

    await enter('Go on');
    await find('heading', 'What to book next');
    await until(() => focused().matches('h2'));
    await expect(page).to.be.accessible();
    await enter('I will do this later');
    await says(/Copay for today/);
    await says('Whatever you choose, you can go on.');
    expect(isSilent(/checking in/)).to.equal(true);
    await find('button', 'Ask about a bill');
    await expect(page).to.be.accessible();
    await enter(/I can.t pay today/i);
    await find('heading', 'Before you leave');
    await expect(page).to.be.accessible();
    await enter('Finish and leave');
    await until(() => page.end === 'done');
    const left = await adapter.getAppointment({ patientId: 'p-rosa', appointmentId: 'a-rosa-today' });
    expect(left.status).to.equal('fulfilled');
  });

  it('lets ask about a bill, and stays where it is', async () => {
    const { adapter, of } = await clinic();
    const page = await showPart(leavingPart, adapter, { visit: of });
    await toLast();
    await press('button', 'Ask about a bill');
    expect(page.asked).to.deep.equal(['bill']);
    await find('button', 'Finish and leave');
  });

  it('sends who was never checked in to the desk', async () => {
    const { adapter, of } = await clinic('booked');
    const page = await showPart(leavingPart, adapter, { visit: of });
    await toLast();
    await press('button', 'Finish and leave');
    await find('heading', 'Please see the front desk');
    await says(/You have done nothing wrong/);
    await expect(page).to.be.accessible();
    await press('button', 'I will go to the front desk');
    await until(() => page.end === 'at-desk');
  });

  it('sends nobody to a desk where nobody is', async () => {
    const { adapter, of } = await clinic('booked');
    const reception = { open: false, goTo: 'The nurses on floor 2' };
    const page = await showPart(leavingPart, adapter, { visit: of, reception });
    await toLast();
    await press('button', 'Finish and leave');
    await find('heading', 'We could not end your visit here');
    await says('You have done nothing wrong.');
    expect(isSilent(/front desk/)).to.equal(true);
    await expect(page).to.be.accessible();
    await press('button', 'Go on');
    await until(() => page.end === 'at-desk');
  });

  it('says it when nothing is written, and lets go on', async () => {
    const { adapter, of } = await clinic();
    await showPart(leavingPart, refusing(adapter, 'not-found', ['getVisitSummary']), { visit: of });
    await says(/We have nothing in writing for you here/);
    expect(isSilent('If something is not right')).to.equal(true);
    await find('button', 'Go on');
  });

  it('books what was ordered by keyboard alone, and says so in the list', async () => {
    const { adapter, of } = await clinic();
    const page = await leave(adapter, of);
    await enter(`Book now: ${mri}`);
    const first = await button(page, 'Show the first free day');
    await until(() => focused().matches('h2'));
    expect(focused().textContent).to.equal('Choose a day and a time');
    first.focus();
    await sendKeys({ press: 'Enter' });
    const slot = await firstTime(page);
    await until(() => focused().matches('h3'));
    slot.focus();
    await sendKeys({ press: 'Enter' });
    await find('heading', 'Is this right?');
    await until(() => focused().matches('h2'));
    await says('This time is kept for you while you decide.');
    await expect(page).to.be.accessible();
    const told = oneEvent(page, 'clinic-appointment-booked') as unknown as Promise<AppointmentBookedEvent>;
    await enter('Book this time');
    await find('heading', 'You are booked');
    await until(() => focused().matches('h2'));
    await expect(page).to.be.accessible();
    const { appointmentId } = await told;
    const next = await adapter.getAppointment({ patientId: 'p-rosa', appointmentId });
    expect([next.status, next.orderId]).to.deep.equal(['booked', 'o-rosa-mri']);
    // A file would stay at the kiosk, and so would paper.
    expect(isSilent(/calendar|Print/)).to.equal(true);
    await enter('Back to the list');
    await find('heading', 'What to book next');
    await says(/^Booked: \w+, March/);
    expect(isSilent('I will do this later')).to.equal(true);
    await until(() => focused().matches('h2'));
    await expect(page).to.be.accessible();
  });

  it('gives the time back and leads to the list again without booking', async () => {
    const { adapter, of } = await clinic();
    const page = await leave(adapter, of);
    await toDetails(page);
    await press('button', 'Back to the list');
    await find('heading', 'What to book next');
    await until(() => focused().matches('h2'));
    await find('button', `Book now: ${mri}`);
    expect(isSilent(/^Booked/)).to.equal(true);
  });

  it('moves from day to day by the keys of a calendar', async () => {
    const { adapter, of } = await clinic();
    const page = await leave(adapter, of);
    await press('button', `Book now: ${mri}`);
    await button(page, 'Show the first free day');
    const day = () => focused().dataset['day'];
    page.shadowRoot!.querySelector<HTMLElement>('[data-day][tabindex="0"]')!.focus();
    const before = day()!;
    await sendKeys({ press: 'ArrowRight' });
    await until(() => day() !== undefined && day() !== before);
  });

  it('shows what is free now when somebody else was faster', async () => {
    const { adapter, of } = await clinic();
    const page = await leave(refusing(adapter, 'conflict', ['bookAppointment']), of);
    await toDetails(page);
    await press('button', 'Book this time');
    await says('Someone else has just taken that time. These times are free now.');
    await until(() => focused().matches('h2'));
    await button(page, 'Back to the list');
  });

  it('says that a booking may not have arrived, and offers nothing but the same one again', async () => {
    const { adapter, of } = await clinic();
    const page = await leave(refusing(adapter, 'unavailable', ['bookAppointment']), of);
    await toDetails(page);
    await press('button', 'Book this time');
    await says(/Trying again will not do it twice/);
    await find('button', 'Try again');
    await until(() => focused().matches('h2'));
    await expect(page).to.be.accessible();
    expect(isSilent('Back to the list')).to.equal(true);
    expect(isSilent('Back')).to.equal(true);
  });

  it('says that the desk books what cannot be booked here, and whom to call', async () => {
    const { adapter, of } = await clinic();
    const { supports, ...rest } = await adapter.describeClinic({});
    const page = await leave(adapter, of, {
      clinic: { ...rest, supports: supports.filter((name) => name !== 'bookAppointment') },
    });
    const said = page.shadowRoot!.querySelectorAll('li [part=notice]');
    expect(said.length).to.equal(harbor.orders.filter(({ patientId }) => patientId === 'p-rosa').length);
    for (const one of said) expect(one.textContent).to.match(/The front desk books it with you.*\(269\) 555-0142/s);
    expect(isSilent('Book now')).to.equal(true);
    await expect(page).to.be.accessible();
    await find('button', 'Go on');
  });

  for (const [language, said, desk] of [
    ['en', 'This cannot be booked here right now.', /front desk/],
    ['es', 'Esta cita no se puede pedir aquí en este momento.', /recepción/],
  ] as const) {
    it(`says nothing of the desk at the list while nobody is there: ${language}`, async () => {
      const { adapter, of } = await clinic();
      const { supports, ...rest } = await adapter.describeClinic({});
      const page = await showPart(leavingPart, adapter, {
        visit: of,
        reception: { open: false, goTo: 'The nurses on floor 2' },
        host: { ...kiosk, language },
        clinic: { ...rest, supports: supports.filter((name) => name !== 'bookAppointment') },
      });
      await press('button', /^(Go on|Seguir)$/);
      await until(() => page.shadowRoot!.querySelector('li [part=notice]') !== null);
      expect(page.shadowRoot!.querySelector('li [part=notice]')!.textContent).to.contain(said);
      expect(isSilent(desk)).to.equal(true);
      await expect(page).to.be.accessible();
    });
  }

  for (const [open, desk] of [
    [true, /^There is no time yet for 1 visit\. The front desk books it with you, or call us at/],
    [false, /^There is no time yet for 1 visit\. Please call us at/],
  ] as const) {
    it(`says who books the visits that a series has no time for: desk ${open ? 'open' : 'closed'}`, async () => {
      const { adapter: whole, of } = await clinic();
      let left = 1;
      const bookAppointment: ClinicAdapter['bookAppointment'] = (request, options) =>
        (left -= 1) < 0
          ? Promise.reject(new ClinicError('not-found', 'The time is gone.'))
          : whole.bookAppointment(request, options);
      const findOrders: ClinicAdapter['findOrders'] = async (query, options) => {
        const { items, ...rest } = await whole.findOrders(query, options);
        return { ...rest, items: items.map((order) => (order.visits ? { ...order, visits: 2 } : order)) };
      };
      const page = await leave({ ...whole, bookAppointment, findOrders }, of, {
        reception: { open, goTo: 'The nurses on floor 2' },
      });
      await press('button', /^Book now: .*[Pp]hysio/);
      (await button(page, 'Show the first free day')).click();
      (await firstTime(page)).click();
      await press('button', 'Book 2 visits');
      await find('heading', 'That did not work');
      expect(isSilent('Back to the list')).to.equal(true);
      await press('button', 'Back');
      await find('heading', '1 visit booked');
      await says(desk);
      await says(/ – not booked$/);
      await expect(page).to.be.accessible();
      await press('button', 'Back to the list');
      await says(/^1 of 2 visits has a time\. The .*other one /);
    });
  }

  it('offers the file for a calendar on a phone, and says when it cannot be had', async () => {
    const { adapter, of } = await clinic();
    const page = await leave(adapter, of, { host: { ...kiosk, station: { kind: 'phone' } } });
    await toDetails(page);
    await press('button', 'Book this time');
    await find('heading', 'You are booked');
    const made = URL.createObjectURL.bind(URL);
    URL.createObjectURL = () => {
      throw new Error('No');
    };
    try {
      await press('button', 'Add to my calendar');
      await says('We cannot reach the clinic right now.');
    } finally {
      URL.createObjectURL = made;
    }
    await find('button', 'Print');
  });

  it('books in Spanish', async () => {
    const { adapter, of } = await clinic();
    const host = { ...kiosk, language: 'es' };
    const session = { visit: of, clinic: await adapter.describeClinic({}), host };
    const page = await showPart(leavingPart, adapter, session);
    await press('button', 'Seguir');
    await press('button', `Pedir cita ahora: ${mri}`);
    (await button(page, 'Mostrar el primer día libre')).click();
    await button(page, 'Volver a la lista');
    (await firstTime(page)).click();
    await press('button', 'Reservar esta hora');
    await find('heading', 'Su cita está reservada');
    await expect(page).to.be.accessible();
    await press('button', 'Volver a la lista');
    await says(/^Cita reservada: /);
    await expect(page).to.be.accessible();
  });

  it('speaks Spanish', async () => {
    const { adapter, of } = await clinic();
    const page = await showPart(leavingPart, adapter, { ...inSpanish, visit: of });
    await find('heading', 'Qué hacer ahora');
    expect((await says(/Tome sus medicinas/)).lang).to.equal('es');
    await expect(page).to.be.accessible();
  });
});
