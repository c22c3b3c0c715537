import { memoryAdapter, refusing } from '@clinic-widgets/adapter-memory';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { ClinicAdapter, CoverageConfirmation } from '@clinic-widgets/core';
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { find, inSpanish, isSilent, now, press, says, showPart, until } from '../../../test/test-part.ts';
import * as insurancePart from './insurance-part.ts';

const harbor = harborClinic({ now: now() });

/** The clinic, and what it is told. */
function clinic() {
  const told: CoverageConfirmation[] = [];
  const memory = memoryAdapter(harbor, { now });
  const adapter: ClinicAdapter = {
    ...memory,
    async confirmCoverages(confirmation, options) {
      told.push(confirmation);
      return memory.confirmCoverages(confirmation, options);
    },
  };
  return { adapter, told };
}

describe('the insurance', () => {
  it('is shown with its number hidden, and confirmed by keyboard', async () => {
    const { adapter, told } = clinic();
    const page = await showPart(insurancePart, adapter);
    await find('heading', 'Great Lakes Health Plan');
    await find('heading', 'Orchard Growers Fund');
    await says('Harbor PPO');
    await says('We send the bill here first.');
    await says('•••• 8377');
    expect(isSilent(/GLH/)).to.equal(true);
    await expect(page).to.be.accessible();
    await press('button', 'Show the whole number');
    await says('GLH 204 118 377');

    (await find('button', 'This is still right')).focus();
    await sendKeys({ press: 'Enter' });
    await until(() => page.end !== undefined);
    expect(page.end).to.equal('done');
    expect(told[0]!.answer).to.equal('confirmed');
    expect(told[0]!.coverages.map(({ id }) => id)).to.deep.equal(['c-rosa-1', 'c-rosa-2']);
  });

  it('is seen to at the desk when it has changed, and keeps nobody', async () => {
    const { adapter, told } = clinic();
    const page = await showPart(insurancePart, adapter);
    await press('button', 'This has changed');
    await says(/Staff need to go through your insurance with you/);
    await expect(page).to.be.accessible();
    await press('button', 'Go on');
    await until(() => page.end === 'at-desk');
    expect(told[0]!.answer).to.equal('changed');
  });

  it('is asked about where none is on file', async () => {
    const adapter: ClinicAdapter = { ...clinic().adapter, findCoverages: async () => ({ items: [] }) };
    const page = await showPart(insurancePart, adapter);
    await find('heading', 'We have no insurance on file');
    await expect(page).to.be.accessible();
    expect(isSilent('This is still right')).to.equal(true);
    await press('button', 'I have no insurance');
    await says('Staff need to talk with you about this.');
  });

  it('says when it has run out', async () => {
    const items = [{ id: 'c1', version: '1', payer: 'Great Lakes Health Plan', ends: '2026-02-28' }];
    await showPart(insurancePart, { ...clinic().adapter, findCoverages: async () => ({ items }) });
    await says('It ended on February 28, 2026.');
  });

  it('offers no other try where the clinic does not take the answer', async () => {
    const page = await showPart(insurancePart, refusing(clinic().adapter, 'forbidden', ['confirmCoverages']));
    await press('button', 'This is still right');
    await says('We cannot do this for you here. Please ask staff.');
    expect(isSilent('Try again')).to.equal(true);
    await expect(page).to.be.accessible();
    await press('button', 'Back');
    await find('button', 'This has changed');
  });

  it('speaks Spanish', async () => {
    const page = await showPart(insurancePart, clinic().adapter, inSpanish);
    await find('heading', '¿Este seguro sigue siendo correcto?');
    await find('button', 'No tengo seguro');
    await expect(page).to.be.accessible();
  });
});
