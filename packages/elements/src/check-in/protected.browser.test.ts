// What protects the patient stands against every theme: in each part with its own looks, and in what becomes of a call.
import { memoryAdapter, refusing } from '@clinic-widgets/adapter-memory';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { ClinicAdapter } from '@clinic-widgets/core';
import { fixture, html } from '@open-wc/testing';
import { stands } from '../../test/hostile-themes.ts';
import { find, now, press, says, showPart, write } from '../../test/test-part.ts';
import type { ClinicCheckIn } from './check-in.ts';
import * as consents from './consents/consents-part.ts';
import './define.ts';
import * as payment from './payment/payment-part.ts';

const harbor = harborClinic({ now: now() });
const clinic = (over: Partial<ClinicAdapter> = {}): ClinicAdapter => ({ ...memoryAdapter(harbor, { now }), ...over });
const down = () => refusing(clinic(), 'unavailable', ['askForHelp']);

const show = (adapter: ClinicAdapter) =>
  fixture<ClinicCheckIn>(
    html`<clinic-check-in .adapter=${adapter} .station=${{ kind: 'kiosk', deviceId: 'lobby-1' } as const} .now=${now}></clinic-check-in>`,
  );

async function call(): Promise<void> {
  await press('button', 'Get a person');
  await press('button', 'Call someone to me now');
}

async function askBill(): Promise<void> {
  await press('button', 'Get a person');
  await press('button', 'Tell us something');
  await press('radio', 'A question about a bill');
  write(await find('textbox', 'In your own words'), 'What is the 18.40 for?');
  await press('button', 'Send');
}

describe('what protects the patient stands, whatever a theme does:', () => {
  it('a document’s source, and both ways to decide', async () => {
    const page = await showPart(consents, clinic());
    await find('heading', 'Consent to treatment');
    await stands(page, 'test-part', '.protected', 3);
  });

  it('declining while signing', async () => {
    const page = await showPart(consents, clinic());
    await press('button', 'I agree');
    await find('heading', 'Your signature');
    await stands(page, 'test-part', '.protected', 2);
  });

  it('by whose word something is due, and that it cannot be paid today', async () => {
    const page = await showPart(payment, clinic());
    await find('heading', 'How would you like to pay?');
    await stands(page, 'test-part', '.protected', 4);
  });

  it('that a call has not reached anybody, and calling again', async () => {
    const element = await show(down());
    await call();
    await says('This has NOT reached staff.');
    await stands(element, 'clinic-check-in', '.protected, .protected p', 4);
  });

  it('what has become of a call', async () => {
    const element = await show(clinic());
    await call();
    await says(/^Your number/);
    await stands(element, 'clinic-check-in', '.protected, .protected p', 3);
  });

  it('that a question about a bill has not reached anybody', async () => {
    const element = await show(down());
    await askBill();
    await says('This has NOT reached staff.');
    await stands(element, 'clinic-check-in', '.protected, .protected :is(p, button)', 4);
  });

  it('what has become of a question about a bill', async () => {
    const element = await show(clinic());
    await askBill();
    await says(/^Your number/);
    await stands(element, 'clinic-check-in', '.protected, .protected p', 3);
  });
});
