import { memoryAdapter, refusing } from '@clinic-widgets/adapter-memory';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { find, focused, inSpanish, isSilent, now, press, says, showPart, until } from '../../../test/test-part.ts';
import * as programPart from './program-part.ts';

const harbor = harborClinic({ now: now() });
const clinic = () => memoryAdapter(harbor, { now });
const BREATHE = 'Ask to join: Breathe Easy: help with your inhaler';
const GLUCOSE = 'Ask to join: Steady Glucose: a sensor on your arm';

async function enter(name: string | RegExp): Promise<void> {
  (await find('button', name)).focus();
  await sendKeys({ press: 'Enter' });
}

describe('a programme', () => {
  it('is joined by keyboard alone, and says how it stands', async () => {
    const page = await showPart(programPart, clinic());
    await find('heading', 'Programs that help with your medicine or device');
    await says(/somebody to call/);
    await expect(page).to.be.accessible();
    await enter(GLUCOSE);
    await find('heading', 'Steady Glucose: a sensor on your arm');
    await until(() => focused().matches('h2'));
    await says('Still to do');
    await expect(page).to.be.accessible();
    await enter('Start');
    await find('heading', 'Authorization for the program of Steady Glucose');
    await expect(page).to.be.accessible();
    await enter('I accept');
    (await find('radio', 'Type my name')).focus();
    await sendKeys({ press: 'Space' });
    (await find('textbox', 'Your first and last name')).focus();
    await sendKeys({ type: 'Rosa Delgado' });
    await sendKeys({ press: 'Enter' });
    await says('Done');
    await enter('Send my request');
    await says('Your request has been sent.');
    await says(/You asked to join on Monday, March 2.*The program has not answered yet/);
    await expect(page).to.be.accessible();
    await enter('I am finished here');
    await until(() => page.end === 'done');
  });

  it('takes the insurance and the answers as they are shown elsewhere', async () => {
    const page = await showPart(programPart, clinic());
    await press('button', BREATHE);
    await press('button', 'Start');
    await find('heading', 'Great Lakes Health Plan');
    await expect(page).to.be.accessible();
    await press('button', 'This is still right');
    await find('heading', 'What it takes');
    await press('button', 'Go on');
    await find('button', 'Next');
    await expect(page).to.be.accessible();
    await press('button', 'Back to what is left');
    await find('heading', 'What it takes');
    expect(isSilent('Send my request')).to.equal(true);
    await says('Done');
  });

  it('takes a no for an answer', async () => {
    const page = await showPart(programPart, clinic());
    await press('button', GLUCOSE);
    await press('button', 'Start');
    await press('button', 'I decline');
    await says('You said no');
    expect(isSilent('Done')).to.equal(true);
    expect(isSilent('You have been through everything. You can send your request now.')).to.equal(true);
    await press('button', 'Go on');
    await find('heading', 'You have not joined yet');
    await says(/You said no to .* That is all right/);
    await expect(page).to.be.accessible();
    await press('button', 'See all programs');
    await find('button', GLUCOSE);
  });

  it('says what happened when the clinic cannot be reached, and keeps what was done', async () => {
    const page = await showPart(programPart, refusing(clinic(), 'unavailable', ['findPrograms']));
    await says('We cannot reach the clinic right now.');
    await find('button', 'Try again');
    await expect(page).to.be.accessible();
    await press('button', 'I am finished here');
    await until(() => page.end === 'at-desk');
  });

  it('says that the front desk knows nothing yet of what is left to it', async () => {
    const page = await showPart(programPart, clinic());
    await press('button', GLUCOSE);
    await press('button', 'Start');
    await press('button', 'I decline');
    await press('button', 'Go on');
    await press('button', 'Leave it for staff');
    await says('Please ask staff about this program. We have not told them.');
    await expect(page).to.be.accessible();
  });

  it('says which language it is in where the clinic has it in no other', async () => {
    const { findPrograms, ...others } = clinic();
    const english = {
      ...others,
      findPrograms: (query: Parameters<typeof findPrograms>[0]) => findPrograms({ ...query, language: 'en' }),
    };
    await showPart(programPart, english, inSpanish);
    expect((await find('heading', /^Steady Glucose/)).lang).to.equal('en');
    expect((await says(/^You get a sensor/)).lang).to.equal('en');
  });

  it('speaks Spanish', async () => {
    const page = await showPart(programPart, clinic(), inSpanish);
    await press('button', 'Pedir inscribirme: Steady Glucose: un sensor en el brazo');
    await press('button', 'Empezar');
    await find('heading', 'Autorización para el programa de Steady Glucose');
    await expect(page).to.be.accessible();
  });
});
