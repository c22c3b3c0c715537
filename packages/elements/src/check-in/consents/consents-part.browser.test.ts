import { memoryAdapter, refusing } from '@clinic-widgets/adapter-memory';
import { harborClinic } from '@clinic-widgets/conformance/harbor-clinic.js';
import type { ClinicAdapter, ConsentDecision, RecordedConsent } from '@clinic-widgets/core';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { expect } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
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
import { screen } from '../../../test/screen.ts';
import * as consentsPart from './consents-part.ts';

const harbor = harborClinic({ now: now() });

/** The clinic, and what it is told. */
function clinic() {
  const told: ConsentDecision[] = [];
  const memory = memoryAdapter(harbor, { now });
  const adapter: ClinicAdapter = {
    ...memory,
    recordConsent(decision, options) {
      told.push(decision);
      return memory.recordConsent(decision, options);
    },
  };
  return { adapter, told };
}

/** A clinic with nothing to decide about, and one decision from before. */
function remembering(decided: Pick<RecordedConsent, 'decision' | 'at'> & Partial<RecordedConsent>): ClinicAdapter {
  const kind = 'authorization' as const;
  const document = {
    id: 'd',
    version: '1',
    kind,
    title: 'Sharing',
    language: 'en',
    text: 'I agree.',
    mandatory: false,
  };
  return {
    ...clinic().adapter,
    findConsents: async () => ({ items: [] }),
    findRecordedConsents: async () => ({ items: [{ id: 'k1', version: '1', document, ...decided }] }),
  };
}

/** An authorization of which the text says all but to whom and until when. */
const elements = {
  description: 'Your visits',
  discloser: 'The clinic',
  recipient: 'Lakeshore',
  purpose: 'To call you',
  expiration: 'A year from now',
  revocation: 'You can take it back.',
  conditioning: 'Nothing depends on it.',
  redisclosure: 'It may be passed on.',
};
const { recipient: _, expiration: __, ...worded } = elements;
const withElements: ClinicAdapter['findConsents'] = async () => ({
  items: [
    {
      id: 'd1',
      version: '1',
      kind: 'authorization',
      title: 'Sharing',
      language: 'en',
      text: Object.values(worded)
        .map((words) => `That is: ${words}`)
        .join('\n\n'),
      mandatory: false,
      authorization: elements,
    },
  ],
});

const rect = async (name: string) => (await find('button', name)).getBoundingClientRect();

describe('the documents', () => {
  it('are decided by keyboard alone, with a decline as large and as near as agreeing', async () => {
    const { adapter, told } = clinic();
    const page = await showPart(consentsPart, adapter);
    await find('heading', 'Document 1 of 3');
    await find('heading', 'Consent to treatment');
    await says('From Harbor Clinic');
    await says('This is a sample. It is not for real use.');
    await says(/I ask Harbor Clinic to examine me/);
    await says(/In an emergency I am treated without a signature/);
    await expect(page).to.be.accessible();

    const [no, yes] = [await find('button', 'I do not agree'), await find('button', 'I agree')];
    const [small, large] = [no.getBoundingClientRect(), yes.getBoundingClientRect()];
    expect(small.width).to.equal(large.width);
    expect(small.height).to.equal(large.height);
    expect(small.top).to.equal(large.top);
    for (const name of ['color', 'backgroundColor', 'fontSize', 'fontWeight', 'borderTopWidth'] as const) {
      expect(getComputedStyle(no)[name]).to.equal(getComputedStyle(yes)[name]);
    }
    expect([no, yes].map((button) => button.getAttribute('part'))).to.deep.equal(['button decline', 'button accept']);

    yes.focus();
    await sendKeys({ press: 'Enter' });
    await find('heading', 'Your signature');
    await until(() => focused().matches('h2'));
    await says('You sign for yourself.');
    expect(((await find('radio', 'Type my name')) as HTMLInputElement).checked).to.equal(false);
    expect(((await find('radio', 'Draw my signature')) as HTMLInputElement).checked).to.equal(false);
    (await find('button', 'Sign')).focus();
    await sendKeys({ press: 'Enter' });
    await says('Please choose how you want to sign.');
    await until(() => focused().matches('fieldset'));

    (await find('radio', 'Type my name')).focus();
    await sendKeys({ press: 'Space' });
    const field = await find('textbox', 'Your first and last name');
    expect(field.getAttribute('autocomplete')).to.equal('off');
    await expect(page).to.be.accessible();
    field.focus();
    await sendKeys({ press: 'Enter' });
    await says('Please type your name.');
    await until(() => focused() === field);
    await sendKeys({ type: 'Rosa Delgado' });
    await sendKeys({ press: 'Enter' });

    await find('heading', 'Document 2 of 3');
    await find('heading', 'Notice of privacy practices');
    await press('button', 'I do not want to sign this');
    await find('heading', 'Document 3 of 3');
    await press('button', 'I decline');
    await find('heading', 'Your documents');
    await says('You agreed.');
    await says('You did not want to sign.');
    await says('You said no.');
    await expect(page).to.be.accessible();
    await press('button', 'Go on');
    await until(() => page.end === 'done');
    expect(told.map(({ decision, language }) => [decision, language])).to.deep.equal([
      ['accepted', 'en'],
      ['declined', 'en'],
      ['declined', 'en'],
    ]);
    expect(told[0]!.signature).to.deep.equal({ typed: 'Rosa Delgado' });
  });

  it('are signed with a drawing, which can be cleared and made again', async () => {
    const { adapter, told } = clinic();
    const page = await showPart(consentsPart, adapter);
    await press('button', 'I agree');
    await press('radio', 'Draw my signature');
    const canvas = await find('img', 'Box to draw your signature in');
    await until(() => (canvas as HTMLCanvasElement).width > 300);
    await expect(page).to.be.accessible();
    const draw = async () => {
      const box = await find('img', 'Box to draw your signature in');
      box.scrollIntoView({ block: 'center' });
      const { left, top } = box.getBoundingClientRect();
      await sendMouse({ type: 'move', position: [Math.round(left) + 40, Math.round(top) + 80] });
      await sendMouse({ type: 'down' });
      await sendMouse({ type: 'move', position: [Math.round(left) + 90, Math.round(top) + 40] });
      await sendMouse({ type: 'move', position: [Math.round(left) + 160, Math.round(top) + 110] });
      await sendMouse({ type: 'up' });
    };
    await draw();
    await press('button', 'Clear the box and start again');
    await press('button', 'Sign');
    await says(/Please draw your signature in the box/);
    await until(() => focused().matches('fieldset'));
    expect(told).to.have.length(0);
    await draw();
    await press('radio', 'On paper, from the front desk');
    await press('button', 'Sign');
    await find('heading', 'Document 2 of 3');
    const { signature, copy } = told[0]!;
    expect(copy).to.equal('paper');
    expect('drawn' in signature! && signature.drawn).to.match(/^<svg[\s>].*<path/s);
  });

  it('send a patient who does not agree to treatment to the desk, with nothing lost', async () => {
    const { adapter } = clinic();
    const page = await showPart(consentsPart, adapter);
    await says('You can say no. Then staff need to talk with you before your visit.');
    await press('button', 'I do not agree');
    await press('button', 'I do not want to sign this');
    await press('button', 'I decline');
    await says(/Before your visit, staff need to talk with you/);
    await says('Nothing that you entered is lost.');
    await press('button', 'Go on');
    await until(() => page.end === 'at-desk');
  });

  it('say which language they are in when it is not the patient’s, and offer a person', async () => {
    const { adapter } = clinic();
    const inEnglish: ClinicAdapter = {
      ...adapter,
      findConsents: (query, options) => adapter.findConsents({ ...query, language: 'en' }, options),
    };
    const page = await showPart(consentsPart, inEnglish, inSpanish);
    await says('Este documento está en inglés. No lo tenemos en español.');
    expect((await find('heading', 'Consent to treatment')).lang).to.equal('en');
    await expect(page).to.be.accessible();
    await press('button', 'Pedir un intérprete');
    expect(page.asked).to.deep.equal(['signature']);
    await press('button', 'Dejarlo para la recepción');
    await find('heading', 'Documento 2 de 3');
  });

  it('speak Spanish', async () => {
    const page = await showPart(consentsPart, clinic().adapter, inSpanish);
    await find('heading', 'Documento 1 de 3');
    expect((await find('heading', 'Consentimiento para el tratamiento')).lang).to.equal('es');
    await press('button', 'Estoy de acuerdo');
    await find('heading', 'Su firma');
    await expect(page).to.be.accessible();
  });

  for (const [language, session, labels] of [
    ['English', {}, ['This is also part of the document', 'Who may receive the information', 'Until when this counts']],
    [
      'Spanish',
      inSpanish,
      ['Esto también es parte del documento', 'Quién puede recibir la información', 'Hasta cuándo vale'],
    ],
  ] as const) {
    it(`show what is signed with an authorization and is not in its text, once, in ${language}`, async () => {
      const page = await showPart(consentsPart, { ...clinic().adapter, findConsents: withElements }, session);
      const [heading, ...terms] = labels;
      await find('heading', heading);
      const said = (await screen.findAllByShadowRole('term')).map(({ textContent }) => textContent);
      expect(said).to.deep.equal(terms);
      const [recipient] = await screen.findAllByShadowRole('definition');
      expect([recipient!.textContent, recipient!.lang, recipient!.dir]).to.deep.equal(['Lakeshore', 'en', 'auto']);
      expect(isSilent('Your visits')).to.equal(true);
      await expect(page).to.be.accessible();
    });
  }

  it('cannot be signed when an element is missing, and say so', async () => {
    const { adapter, told } = clinic();
    const items = [
      {
        id: 'd1',
        version: '1',
        kind: 'authorization' as const,
        title: 'A study',
        language: 'en',
        text: 'Words.',
        mandatory: false,
        authorization: { description: 'Your exercises' },
      },
    ];
    const page = await showPart(consentsPart, { ...adapter, findConsents: async () => ({ items }) });
    await says(/It cannot be signed here/);
    await says('when it ends');
    await says('how you can take it back');
    expect(isSilent('I accept')).to.equal(true);
    await expect(page).to.be.accessible();
    await press('button', 'Go on');
    await says('Left for staff.');
    expect(told).to.have.length(0);
  });

  it('can be read, and not signed, by somebody whose authority is unknown', async () => {
    const acting = { patientId: 'p-rosa' };
    const page = await showPart(consentsPart, clinic().adapter, { acting, authority: 'unknown' });
    await says(/We do not know yet whether you may sign for the patient/);
    expect(isSilent('I agree')).to.equal(true);
    await expect(page).to.be.accessible();
  });

  for (const [field, group, words] of [
    ['signature', 'How do you want to sign?', /^The clinic could not accept this signature. Please sign again./],
    ['copy', 'Would you like a copy?', /^We cannot send a copy by e-mail/],
  ] as const) {
    it(`go to what of a signature the clinic does not accept, each time: ${field}`, async () => {
      const recordConsent = () => Promise.reject(new ClinicError('invalid', 'No.', { paths: [[field]] }));
      await showPart(consentsPart, { ...clinic().adapter, recordConsent });
      await press('button', 'I agree');
      await press('radio', 'Type my name');
      write(await find('textbox', 'Your first and last name'), 'Rosa Delgado');
      for (let tries = 0; tries < 2; tries += 1) {
        const sign = await find('button', 'Sign');
        sign.focus();
        sign.click();
        const refused = await find('radiogroup', group, { description: words });
        await until(() => focused() === refused);
      }
    });
  }

  it('say what happened when the clinic cannot be reached, with every way on', async () => {
    const page = await showPart(consentsPart, refusing(clinic().adapter, 'unavailable', ['recordConsent']));
    await press('button', 'I do not agree');
    await says('We cannot reach the clinic right now.');
    await says(/Trying again will not send it twice/);
    await find('button', 'Try again');
    await expect(page).to.be.accessible();
    await press('button', 'Leave it for the front desk');
    await find('heading', 'Document 2 of 3');
  });
});

describe('what was agreed to before', () => {
  it('is shown at the end, and can be taken back', async () => {
    const { adapter } = clinic();
    const page = await showPart(consentsPart, adapter);
    for (const agree of ['I agree', 'I have received it', 'I accept']) {
      await press('button', agree);
      await press('radio', 'Type my name');
      const field = (await find('textbox', 'Your first and last name')) as HTMLInputElement;
      field.focus();
      await sendKeys({ type: 'Rosa Delgado' });
      await press('button', 'Sign');
    }
    await press('button', 'What I agreed to before');
    await find('heading', 'What you agreed to before');
    await expect(page).to.be.accessible();
    await press('button', /Take back: Authorization to share/);
    await find('heading', 'Take this back?');
    expect(await rect('Yes, take it back')).to.have.property('height', (await rect('No, keep it')).height);
    await expect(page).to.be.accessible();
    await press('button', 'Yes, take it back');
    await says('You have taken it back.');
    await says(/You took it back on Monday, March 2/);
    expect(isSilent(/Take back: Authorization/)).to.equal(true);
    await press('button', 'Back');
    await press('button', 'Go on');
    await until(() => page.end === 'done');
  });

  it('is not offered to be taken back where it has ended', async () => {
    const page = await showPart(consentsPart, remembering({ decision: 'ended', at: '2025-12-31T00:00:00-05:00' }));
    await press('button', 'What I agreed to before');
    await says('This was agreed to. It ended on Wednesday, December 31, 2025.');
    expect(isSilent(/Take back: Sharing/)).to.equal(true);
    await expect(page).to.be.accessible();
  });

  for (const [representativeId, withdrawnBy, words] of [
    [undefined, { patientId: 'p-rosa' }, 'You took it back on Monday, March 2, 2026.'],
    [undefined, { patientId: 'p-rosa', representativeId: 'r-1' }, /It was taken back .* Someone who acts for you did/],
    ['r-1', { patientId: 'p-rosa' }, /It was taken back on .* The patient did this/],
    ['r-2', { patientId: 'p-rosa', representativeId: 'r-1' }, /It was taken back on .* Someone else who acts for the/],
    [undefined, undefined, 'It was taken back on Monday, March 2, 2026.'],
  ] as const) {
    it(`says who took it back: ${String(words)}`, async () => {
      const adapter = remembering({ decision: 'withdrawn', at: now(), ...(withdrawnBy && { withdrawnBy }) });
      const acting = { patientId: 'p-rosa', ...(representativeId && { representativeId }) };
      const page = await showPart(consentsPart, adapter, { acting });
      await press('button', 'What I agreed to before');
      await says(words);
      await expect(page).to.be.accessible();
    });
  }

  it('says of what somebody else has signed that they did', async () => {
    const signed = { decision: 'accepted', at: now(), representativeId: 'r-1' } as const;
    await showPart(consentsPart, remembering(signed), inSpanish);
    await press('button', 'Lo que acepté antes');
    await says(/Se aceptó el lunes, 2 de marzo de 2026\. Lo hizo alguien que le representa a usted\./);
  });
});
