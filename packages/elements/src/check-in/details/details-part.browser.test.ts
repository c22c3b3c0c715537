import { memoryAdapter } from '@clinic-widgets/adapter-memory';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { ClinicAdapter, DetailsConfirmation } from '@clinic-widgets/core';
import { ClinicError, type ErrorCode, type Misfit, type MisfitReason } from '@clinic-widgets/core/errors.js';
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import {
  find,
  focused,
  inSpanish,
  isSilent,
  now,
  press,
  says,
  showPart,
  until,
  write,
} from '../../../test/test-part.ts';
import { visit } from '../../../test/test-session.ts';
import * as detailsPart from './details-part.ts';

const harbor = harborClinic({ now: now() });

/** The clinic, and what it is told. */
function clinic(changes: Partial<ClinicAdapter> = {}) {
  const told: DetailsConfirmation[] = [];
  const memory: ClinicAdapter = { ...memoryAdapter(harbor, { now }), ...changes };
  const adapter: ClinicAdapter = {
    ...memory,
    async confirmDetails(confirmation, options) {
      told.push(confirmation);
      return memory.confirmDetails(confirmation, options);
    },
  };
  return { adapter, told };
}

/** Refuses the first write, then leaves it to the clinic. */
function refusingOnce(code: ErrorCode, misfits: readonly Misfit[] = []): Partial<ClinicAdapter> {
  const memory = memoryAdapter(harbor, { now });
  let refused = false;
  return {
    getDetails: memory.getDetails,
    async confirmDetails(confirmation, options) {
      if (refused) return memory.confirmDetails(confirmation, options);
      refused = true;
      throw new ClinicError(code, 'No.', { misfits });
    },
  };
}

describe('the details', () => {
  it('are there filled in, hidden where they are private, and confirmed by one press', async () => {
    const { adapter, told } = clinic();
    const page = await showPart(detailsPart, adapter);
    await find('heading', 'Is this still right?');
    await says('Rosa Delgado');
    await says('•••• 0123');
    await says('r•••@example.com');
    await says('318 ••••');
    await says('hidden, but for: 0123');
    expect(isSilent(/Pleasant Street/)).to.equal(true);
    expect(isSilent(/Luis/)).to.equal(true);
    await expect(page).to.be.accessible();

    await press('button', 'All of this is right');
    await until(() => page.end !== undefined);
    expect(page.end).to.equal('done');
    expect(told).to.have.length(1);
    expect(told[0]!.confirmed).to.include.members(['name', 'birthDate', 'address', 'phone', 'email', 'needs']);
    expect(told[0]!.changed).to.deep.equal({});
  });

  it('are shown and hidden again on request', async () => {
    const page = await showPart(detailsPart, clinic().adapter);
    await press('button', 'Show what is hidden');
    await says(/318 Pleasant Street/);
    await says(/Luis Delgado \(brother\)/);
    await expect(page).to.be.accessible();
    await press('button', 'Hide it again');
    await find('button', 'Show what is hidden');
    expect(isSilent(/Pleasant Street/)).to.equal(true);
  });

  it('are changed by keyboard alone, in an editor that is filled in', async () => {
    const { adapter, told } = clinic();
    const page = await showPart(detailsPart, adapter);
    (await find('button', 'Change Phone')).focus();
    await sendKeys({ press: 'Enter' });
    const heading = await find('heading', 'What is your phone number?');
    await until(() => focused() === heading);
    await sendKeys({ press: 'Tab' });
    const field = await find('textbox', 'Phone');
    expect(focused()).to.equal(field);
    expect((field as HTMLInputElement).value).to.equal('(269) 555-0123');
    for (const [name, value] of Object.entries({ autocomplete: 'off', spellcheck: 'false', inputmode: 'tel' })) {
      expect(field.getAttribute(name)).to.equal(value);
    }
    await expect(page).to.be.accessible();
    (field as HTMLInputElement).select();
    await sendKeys({ type: '(269) 555-0199' });
    await sendKeys({ press: 'Enter' });
    await says('You changed this.');
    await says('•••• 0199');

    (await find('button', 'Send my changes. The rest is right.')).focus();
    await sendKeys({ press: 'Enter' });
    await says('Your changes have been passed on. Staff may check them before they are used.');
    await expect(page).to.be.accessible();
    expect(told[0]!.changed).to.deep.equal({ phone: '(269) 555-0199' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await until(() => page.end === 'done');
  });

  it('stay at a change that is taken back', async () => {
    await showPart(detailsPart, clinic().adapter);
    await press('button', 'Change E-mail');
    await press('button', 'Take this out');
    const undo = await find('button', 'Keep what it was E-mail');
    undo.focus();
    undo.click();
    expect(focused()).to.equal(await find('button', 'Change E-mail'));
  });

  it('point at the field that is wrong, and go there', async () => {
    const page = await showPart(detailsPart, clinic().adapter);
    await press('button', 'Change E-mail');
    write(await find('textbox', 'E-mail'), 'rosa');
    await press('button', 'Save');
    await says('An e-mail address looks like this: name@example.org');
    const field = await find('textbox', 'E-mail', { description: /name@example\.org/ });
    await until(() => focused() === field);
    expect(field.getAttribute('aria-invalid')).to.equal('true');
    await expect(page).to.be.accessible();
    await press('button', 'Leave it as it was');
    await find('button', 'All of this is right');
  });

  it('can be opened one and all, and each of them is accessible', async () => {
    const page = await showPart(detailsPart, clinic().adapter);
    for (const name of ['Add Name to use', 'Change Address', 'Change Emergency contact', 'Change Language']) {
      await press('button', name);
      await find('button', 'Save');
      await expect(page).to.be.accessible();
      await press('button', 'Leave it as it was');
    }
    await press('button', /^Change Help needed/);
    expect(((await find('combobox', 'Interpreter for a language')) as HTMLSelectElement).value).to.equal('es');
    await expect(page).to.be.accessible();
    await press('checkbox', 'More time');
    await press('button', 'Save');
    await says(/Interpreter: Spanish\s+More time/);
  });

  it('say that only the desk changes a name, and end there when it is wrong', async () => {
    const { adapter, told } = clinic();
    const page = await showPart(detailsPart, adapter);
    await press('button', 'This is wrong Name');
    await says('You said that this is wrong. Staff have to see your papers to put it right.');
    await press('button', 'The rest is right');
    await says(/Please tell staff what is wrong/);
    await press('button', 'Go on');
    await until(() => page.end === 'at-desk');
    expect(told[0]!.confirmed).not.to.include('name');
    expect(told[0]!.confirmed).to.include('birthDate');
  });

  it('keep a change when the clinic cannot be reached, and send it again', async () => {
    const page = await showPart(detailsPart, clinic(refusingOnce('unavailable')).adapter);
    await press('button', 'Change E-mail');
    write(await find('textbox', 'E-mail'), 'rosa@example.org');
    await press('button', 'Save');
    await press('button', /^Send my changes/);
    await says('We cannot reach the clinic right now.');
    await says('Nothing that you entered is lost.');
    await expect(page).to.be.accessible();
    await press('button', 'Back');
    await says('r•••@example.org');
    await press('button', /^Send my changes/);
    await says(/Your changes have been passed on/);
  });

  it('are shown again when somebody else has changed them', async () => {
    const page = await showPart(detailsPart, clinic(refusingOnce('conflict')).adapter);
    await press('button', 'All of this is right');
    expect((await find('alert', '')).textContent).to.contain('The clinic has changed something in the meantime.');
    await expect(page).to.be.accessible();
    await press('button', 'All of this is right');
    await until(() => page.end === 'done');
  });

  const refusals: Readonly<Partial<Record<MisfitReason, string>>> = {
    unknown: 'The clinic could not accept this. Please change it.',
    'too-short': 'This is too short for a phone number. Please write all of it.',
    'too-long': 'This is too long. Please write less.',
  };
  for (const [reason, description] of Object.entries(refusals) as [MisfitReason, string][]) {
    it(`open at what the clinic does not accept, with the reason: ${reason}`, async () => {
      const misfits = [{ path: ['changed', 'phone'], reason }];
      const page = await showPart(detailsPart, clinic(refusingOnce('invalid', misfits)).adapter);
      await press('button', 'Change Phone');
      write(await find('textbox', 'Phone'), '00000');
      await press('button', 'Save');
      await press('button', /^Send my changes/);
      const field = await find('textbox', 'Phone', { description });
      expect((field as HTMLInputElement).value).to.equal('00000');
      expect(field.getAttribute('aria-invalid')).to.equal('true');
      await until(() => focused() === field);
      await expect(page).to.be.accessible();
      await press('button', 'Leave it as it was');
      await says(description);
    });
  }

  it('say in a sentence what is private, and change none of it', async () => {
    const { adapter, told } = clinic({
      getDetails: async () => ({
        version: '1',
        name: { given: ['Zoe'], family: 'Kimball', text: 'Zoe Kimball' },
        withheld: ['address', 'phone', 'email'],
      }),
      confirmDetails: async () => ({ id: 'r1', status: 'accepted' }),
    });
    const page = await showPart(detailsPart, adapter, { authority: 'parent' });
    await says('You cannot see or change this for another person: Address, Phone, E-mail. It is private.');
    expect(isSilent(/^Address$/)).to.equal(true);
    await press('button', 'All of this is right');
    await until(() => page.end === 'done');
    expect(told[0]!.confirmed).to.deep.equal(['name']);
  });

  it('ask a mother about her child, not about herself', async () => {
    const acting = { patientId: 'p-mateo', representativeId: 'r-rosa' };
    const page = await showPart(detailsPart, clinic().adapter, { acting, authority: 'parent' });
    await says('This is about the person who has the visit, not about you.');
    await press('button', 'Change Phone');
    await find('heading', 'Phone');
    await expect(page).to.be.accessible();
    await press('button', 'Leave it as it was');
    await press('button', 'Change Emergency contact');
    await find('textbox', 'How they are related or connected');
    await press('button', 'Leave it as it was');
    await press('button', /^(Add|Change) Help needed/);
    expect((await find('heading', /./)).textContent).not.to.match(/\byou/i);
  });

  it('tell a neighbor that staff will check the change', async () => {
    await showPart(detailsPart, clinic({ confirmDetails: async () => ({ id: 'r1', status: 'accepted' }) }).adapter, {
      authority: 'unknown',
    });
    await press('button', 'Change E-mail');
    await press('button', 'Take this out');
    await says('You took this out.');
    await press('button', /^Send my changes/);
    await says('Staff will check the change before it is used.');
  });

  it('speak Spanish', async () => {
    const page = await showPart(detailsPart, clinic().adapter, inSpanish);
    await find('heading', '¿Sigue siendo correcto?');
    await says('17 de junio de 1984');
    await press('button', 'Cambiar Idioma');
    await find('option', 'inglés – English');
    for (const which of ['americana', 'francesa', 'mexicana', 'británica']) {
      await find('option', `lengua de señas ${which}`);
    }
    await expect(page).to.be.accessible();
  });

  it('ask in Spanish for the number of the other person, not for the patient’s own', async () => {
    await showPart(detailsPart, clinic().adapter, inSpanish);
    await press('button', 'Cambiar Contacto de emergencia');
    await find('textbox', 'Teléfono de esa persona');
    await find('textbox', 'Parentesco o relación');
  });
});

it('is a visit of Harbor Clinic’s', () => {
  expect(harbor.appointments.map(({ id }) => id)).to.include(visit.appointment.id);
});
