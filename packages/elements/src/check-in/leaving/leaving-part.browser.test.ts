import { memoryAdapter, refusing } from '@clinic-widgets/adapter-memory';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { ClinicAdapter, Visit } from '@clinic-widgets/core';
import { expect, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { visit } from '../../../test/test-session.ts';
import { find, focused, inSpanish, isSilent, now, press, says, showPart, until } from '../../../test/test-part.ts';
import type { BookingRequestedEvent } from './events.ts';
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

async function toLast(): Promise<void> {
  await press('button', 'Go on');
  await press('button', 'I will do this later');
  await press('button', /I can.t pay today/i);
  await find('heading', 'Before you leave');
}

describe('leaving', () => {
  it('goes from what to do to the end by keyboard alone', async () => {
    const { adapter, of } = await clinic();
    const page = await showPart(leavingPart, adapter, { visit: of });
    await find('heading', 'What to do now');
    await says(/Take your medicines as the list from today says/);
    await says(/From .*Harbor Clinic/);
    await find('heading', 'If something is not right');
    await says(/Call 911 if you have chest pain/);
    await expect(page).to.be.accessible();

    const enter = async (name: string | RegExp) => {
      (await find('button', name)).focus();
      await sendKeys({ press: 'Enter' });
    };
    await enter('Go on');
    await find('heading', 'What to book next');
    await until(() => focused().matches('h2'));
    await expect(page).to.be.accessible();
    const told = oneEvent(page, 'clinic-booking-requested') as unknown as Promise<BookingRequestedEvent>;
    const wanted = harbor.orders.find(({ patientId }) => patientId === 'p-rosa')!;
    await enter(`Book now: ${wanted.name}`);
    const { orderId, visitTypeId, bubbles, composed } = await told;
    expect(orderId).to.equal(wanted.id);
    expect(visitTypeId).to.equal(wanted.visitTypeId);
    expect([bubbles, composed]).to.deep.equal([true, true]);
    await says(/If nothing opens here, please ask the front desk to book this with you/);
    await enter('Go on');
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

  it('speaks Spanish', async () => {
    const { adapter, of } = await clinic();
    const page = await showPart(leavingPart, adapter, { ...inSpanish, visit: of });
    await find('heading', 'Qué hacer ahora');
    expect((await says(/Tome sus medicinas/)).lang).to.equal('es');
    await expect(page).to.be.accessible();
  });
});
