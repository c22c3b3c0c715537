import { memoryAdapter, refusing } from '@clinic-widgets/adapter-memory';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { ClinicAdapter, PaymentChoice } from '@clinic-widgets/core';
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { find, focused, inSpanish, isSilent, now, press, says, showPart, until } from '../../../test/test-part.ts';
import type { PaymentRequestedEvent } from './events.ts';
import * as paymentPart from './payment-part.ts';

const harbor = harborClinic({ now: now() });

/** The clinic, and what it is told. */
function clinic() {
  const told: PaymentChoice[] = [];
  const memory = memoryAdapter(harbor, { now });
  const adapter: ClinicAdapter = {
    ...memory,
    async choosePayment(choice, options) {
      told.push(choice);
      return memory.choosePayment(choice, options);
    },
  };
  return { adapter, told };
}

/** Takes on the next payment, as a page with a terminal does. */
const terminal = () =>
  new Promise<PaymentRequestedEvent>((resolve) => {
    document.addEventListener(
      'clinic-payment-requested',
      (event) => {
        event.preventDefault();
        resolve(event as PaymentRequestedEvent);
      },
      { once: true },
    );
  });

const WAYS = ['Pay now', 'Pay at the desk', 'I can’t pay today'] as const;

describe('the payment', () => {
  it('says by whose word what is due, and has no field for a card', async () => {
    const page = await showPart(paymentPart, clinic().adapter);
    await find('heading', 'How would you like to pay?');
    await says('Harbor Clinic says that this is due:');
    await says('Copay for today’s check-up');
    await says('$25.00');
    await says('$43.40');
    expect(page.shadowRoot!.querySelectorAll('input, textarea, iframe')).to.have.length(0);
    await expect(page).to.be.accessible();
  });

  for (const width of ['20rem', '60rem']) {
    it(`has three ways of the same size and weight, ${width} wide`, async () => {
      const page = await showPart(paymentPart, clinic().adapter);
      page.style.inlineSize = width;
      const buttons = await Promise.all(WAYS.map((name) => find('button', name)));
      const looks = buttons.map((button) => {
        const { width, height } = button.getBoundingClientRect();
        const { backgroundColor, color, fontWeight, fontSize, borderWidth } = getComputedStyle(button);
        return [Math.round(width), Math.round(height), backgroundColor, color, fontWeight, fontSize, borderWidth];
      });
      expect(looks[1]).to.deep.equal(looks[0]);
      expect(looks[2]).to.deep.equal(looks[0]);
      const inOrder = buttons.every(
        (button, index) =>
          index === 0 || buttons[index - 1]!.compareDocumentPosition(button) === Node.DOCUMENT_POSITION_FOLLOWING,
      );
      expect(inOrder).to.equal(true);
    });
  }

  it('is left to the terminal of the page, by keyboard', async () => {
    const { adapter, told } = clinic();
    const page = await showPart(paymentPart, adapter);
    const taken = terminal();
    (await find('button', 'Pay now')).focus();
    await sendKeys({ press: 'Enter' });
    const request = await taken;
    expect(request.composed && request.bubbles).to.equal(true);
    expect(request.appointmentId).to.equal('a-rosa-today');
    expect(request.chargeIds).to.deep.equal(['d-rosa-copay', 'd-rosa-earlier']);
    expect(request.amounts).to.deep.equal([{ value: '43.40', currency: 'USD' }]);
    const heading = await find('heading', 'Please follow the steps on the card machine');
    await until(() => focused() === heading);
    await expect(page).to.be.accessible();

    expect(request.settle({ reference: 'T-1001' })).to.equal(true);
    await says('Number of your payment: T-1001');
    await expect(page).to.be.accessible();
    await press('button', 'Go on');
    await until(() => page.end === 'done');
    expect(told.map(({ choice, reference }) => [choice, reference])).to.deep.equal([['paid', 'T-1001']]);
  });

  it('is possible at the desk when no page takes it on', async () => {
    const page = await showPart(paymentPart, clinic().adapter);
    await press('button', 'Pay now');
    await find('heading', 'Please follow the steps on the card machine');
    await until(() => !isSilent('You cannot pay here right now. Please choose another way.'));
    await expect(page).to.be.accessible();
    await press('button', 'Pay at the desk');
    await until(() => page.end === 'at-desk');
  });

  it('can be stopped, and tells the terminal', async () => {
    await showPart(paymentPart, clinic().adapter);
    const taken = terminal();
    await press('button', 'Pay now');
    const request = await taken;
    await press('button', 'Stop paying');
    await says('You have stopped paying. You can try again, or choose another way.');
    expect(request.signal.aborted).to.equal(true);
  });

  it('asks nobody to pay twice when the clinic cannot be told', async () => {
    const page = await showPart(paymentPart, refusing(clinic().adapter, 'unavailable', ['choosePayment']));
    const taken = terminal();
    await press('button', 'Pay now');
    (await taken).settle({ reference: 'T-1002' });
    await says(/Please do not pay again/);
    await says('Number of your payment: T-1002');
    expect(isSilent('Back')).to.equal(true);
    expect(isSilent('Pay now')).to.equal(true);
    await expect(page).to.be.accessible();
  });

  it('lets somebody who cannot pay go on like everyone else', async () => {
    const { adapter, told } = clinic();
    const page = await showPart(paymentPart, adapter);
    await press('button', 'I can’t pay today');
    await until(() => page.end === 'done');
    expect(told[0]!.choice).to.equal('cannot-pay');
  });

  it('speaks Spanish', async () => {
    const page = await showPart(paymentPart, clinic().adapter, inSpanish);
    await says('Harbor Clinic dice que hay que pagar esto:');
    await find('button', 'Hoy no puedo pagar');
    expect(await says('Copago de la revisión de hoy')).to.have.attribute('lang', 'es');
    await expect(page).to.be.accessible();
  });

  it('says in which language the clinic calls what is due', async () => {
    const { adapter } = clinic();
    const findCharges: ClinicAdapter['findCharges'] = (query, options) =>
      adapter.findCharges({ ...query, language: 'en' }, options);
    await showPart(paymentPart, { ...adapter, findCharges }, inSpanish);
    expect(await says('Copay for today’s check-up')).to.have.attribute('lang', 'en');
  });
});
