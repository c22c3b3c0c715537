import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Claim, Identification } from './check-in.ts';
import {
  type Candidate,
  factorsFor,
  identification,
  initialsOf,
  lastFour,
  matchFactor,
  matchFamilyName,
  matchGivenName,
  matchName,
  plainName,
  plainPostalCode,
  type Search,
  tryLimit,
} from './identity.ts';

const visit = { start: '2026-03-02T09:30:00-05:00', timeZone: 'America/New_York' };

const person = (id: string, given: string, family: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  names: { given: given.split(' '), family: [family] },
  birthDate: '1984-06-17',
  phones: ['(269) 555-0123'],
  postalCodes: ['49085'],
  visit,
  ...more,
});

const rosa = person('rosa', 'Rosa', 'Delgado');
const claimOf = (familyName: string, birthDate = '1984-06-17') => ({ familyName, birthDate });

/** A clinic with those patients, a clock that can be set, and a count of what it was asked. */
function clinicOf(people: readonly Candidate[], limits = { device: 100, identity: 100, minutes: 15 }) {
  let now = Date.parse('2026-03-02T09:00:00-05:00');
  const searches: Search[] = [];
  let failing = false;
  const identify = identification({
    find(claim) {
      searches.push(claim);
      if (failing) throw new Error('down');
      if ('code' in claim) return people.filter(({ id }) => `code-${id}` === claim.code);
      return people.filter(({ birthDate }) => birthDate === claim.birthDate);
    },
    issue: (patientId, representative) => ({
      pass: `pass-${patientId}`,
      expires: '2026-03-02T09:20:00-05:00',
      acting: { patientId, ...(representative && { representativeId: representative.name }) },
      authority: representative ? 'unknown' : 'self',
    }),
    limits,
    now: () => now,
  });
  const claim = (one: Claim, deviceId = 'lobby-1', more = {}) =>
    identify({ claim: one, station: { kind: 'kiosk', deviceId }, ...more });
  const challenge = async (one: Claim, deviceId?: string) => {
    const answer = await claim(one, deviceId);
    assert.equal(answer.outcome, 'challenge');
    return answer;
  };
  const wait = (minutes: number) => void (now += minutes * 60_000);
  return { claim, challenge, wait, searches, fail: (is: boolean) => void (failing = is) };
}

const who = (answer: Identification) => (answer.outcome === 'identified' ? answer.acting.patientId : answer.outcome);
const throttled = (retryAfter: number) => ({ name: 'ClinicError', code: 'throttled', retryAfter });

describe('names', () => {
  it('leaves capitals, accents, hyphens, apostrophes and spaces out', () => {
    for (const name of ['O’Brien-Núñez', "O'BRIEN NUNEZ", ' obrien  nuñez ', 'O‘Brien‐Nu\u0301n\u0303ez']) {
      assert.equal(plainName(name), 'obriennunez', name);
    }
    assert.equal(plainName('Zażółć Łódź'), 'zazolclodz');
    assert.equal(plainName('Þórður Straße'), 'thordurstrasse');
    assert.equal(plainName('İpek IŞIK'), plainName('ipek işik'));
  });

  it('leaves out apostrophes that are letters, and takes letters of every width for one', () => {
    for (const name of ['OʼBrien', 'O＇Brien', 'O´Brien', 'O`Brien', 'ＯＢｒｉｅｎ']) {
      assert.equal(plainName(name), 'obrien', name);
    }
    assert.equal(matchName('Kaahumanu', ['Kaʻahumanu']), 'whole');
    assert.equal(initialsOf('ʻAulani', 'ʻElele'), 'A. E.');
  });

  it('keeps letters of other scripts, and the marks that belong to them', () => {
    assert.notEqual(plainName('佐々木'), plainName('佐木'));
    assert.notEqual(plainName('ルーク'), plainName('ルク'));
    assert.equal(matchName('李', ['李']), 'whole');
    assert.equal(matchName('Иванова', ['ИВАНОВА']), 'whole');
    assert.notEqual(plainName('李'), plainName('王'));
  });

  it('matches nothing by nothing', () => {
    assert.equal(matchName('-', ['-']), 'none');
    assert.equal(matchName('’', ['', 'Delgado']), 'none');
  });

  it('guesses no spelling', () => {
    for (const said of ['Delgada', 'Delgad', 'Delgados', 'Degaldo']) assert.equal(matchName(said, ['Delgado']), 'none');
  });

  it('knows a part of a compound name for a part, and no particle for a name', () => {
    assert.equal(matchName('Márquez', ['García-Márquez']), 'part');
    assert.equal(matchName('Cruz', ['de la Cruz']), 'part');
    assert.equal(matchName('de la Cruz', ['Pérez de la Cruz']), 'part');
    for (const said of ['la', 'de la']) assert.equal(matchName(said, ['de la Cruz']), 'none');
  });

  it('takes a former or a preferred name for a family name, and a nickname for a given one', () => {
    const names = { given: ['Katherine', 'Ann'], family: ['Marlowe'], other: ['Vasquez', 'Kit'] };
    for (const said of ['Marlowe', 'Vasquez', 'Kit']) assert.equal(matchFamilyName(said, names), 'whole');
    for (const said of ['Katherine', 'ann', 'Katherine Ann', 'Kit']) assert.equal(matchGivenName(said, names), 'whole');
    assert.equal(matchFamilyName('Katherine', names), 'none');
  });

  it('takes no word of the family name that was claimed for a given name', () => {
    const onlyText = { given: [], family: [], other: ['Maria Elena Cruz'] };
    const renamed = { given: ['Katherine', 'Ann'], family: ['Marlowe'], other: ['Vasquez', 'Kit'] };
    const told = [
      [onlyText, 'Cruz', ['Cruz', 'CRU Z', 'crúz']],
      [onlyText, 'Elena Cruz', ['Elena', 'Cruz', 'Elena Cruz']],
      [onlyText, 'MariaElenaCruz', ['Maria', 'Elena', 'Maria Elena Cruz']],
      [renamed, 'Vasquez', ['Vasquez', 'vasquez ']],
      [renamed, 'Kit', ['Kit', 'K-i-t']],
    ] as const;
    for (const [names, claimed, answers] of told) {
      for (const said of answers) assert.equal(matchGivenName(said, names, claimed), 'none', `${claimed} ${said}`);
    }
    assert.equal(matchGivenName('Maria', onlyText, 'Cruz'), 'part');
    assert.equal(matchGivenName('Maria Elena Cruz', onlyText, 'Cruz'), 'whole');
    assert.equal(matchGivenName('Kit', renamed, 'Marlowe'), 'whole');
    assert.equal(matchGivenName('Ana', { given: ['Ana'], family: ['Santana'] }, 'Santana'), 'whole');
  });

  it('shows the first letters of a name', () => {
    assert.equal(initialsOf('Rosa', 'Delgado'), 'R. D.');
    assert.equal(initialsOf('élodie', '’t Hooft'), 'É. T.');
    assert.equal(initialsOf(undefined, 'Sting'), 'S.');
  });
});

describe('second factors', () => {
  it('takes the last four digits of a telephone number, without its extension', () => {
    assert.equal(lastFour('(269) 555-0123'), '0123');
    assert.equal(lastFour('+1 269 555 0123 ext. 77'), '0123');
    assert.equal(lastFour('911'), undefined);
    assert.equal(matchFactor('phone-last-four', ' 0123 ', rosa), 'whole');
    for (const said of ['123', '50123', '', '0124']) assert.equal(matchFactor('phone-last-four', said, rosa), 'none');
  });

  it('compares postal codes without spaces, and ZIP codes by their five digits', () => {
    const londoner = person('ann', 'Ann', 'Lee', { postalCodes: ['SW1A 1AA'] });
    assert.equal(matchFactor('postal-code', 'sw1a1aa', londoner), 'whole');
    assert.equal(plainPostalCode('49085-1234'), '49085');
    assert.equal(matchFactor('postal-code', '49085-1234', rosa), 'whole');
    assert.equal(matchFactor('postal-code', '', person('bo', 'Bo', 'Li', { postalCodes: [''] })), 'none');
  });

  it('asks only for what is known', () => {
    assert.deepEqual(factorsFor([rosa]), ['phone-last-four', 'postal-code']);
    assert.deepEqual(factorsFor([{ ...rosa, phones: ['12'] }]), ['postal-code']);
  });

  it('asks for a given name only where nothing else tells who it is, and where the claim has not told it', () => {
    const unreachable = { phones: ['12'], postalCodes: [] };
    assert.deepEqual(factorsFor([{ ...rosa, ...unreachable }], 'Delgado'), ['given-name']);
    const names = { given: [], family: [], other: ['Rosa Delgado'] };
    assert.deepEqual(factorsFor([{ ...rosa, ...unreachable, names }], 'Delgado'), ['given-name']);
    assert.deepEqual(factorsFor([{ ...rosa, ...unreachable, names }], 'Rosa Delgado'), []);
  });
});

describe('tryLimit', () => {
  const limits = { device: 3, identity: 2, minutes: 10 };

  it('counts by device and by identity in a window that slides, and says how long to wait', () => {
    let now = 0;
    const { take } = tryLimit({ ...limits, now: () => now });
    take('one', 'ann');
    now = 60_000;
    take('two', 'ann');
    assert.throws(() => take('three', 'ann'), throttled(540));
    now = 600_000;
    take('three', 'ann');
    assert.throws(() => take('three', 'ann'), throttled(60));
    for (const identity of ['bea', 'cat']) take('three', identity);
    assert.throws(() => take('three', 'dee'), throttled(600));
    take('four', 'dee');
  });

  it('takes a count back, and counts nothing that was refused', () => {
    const { take } = tryLimit({ ...limits, now: () => 0 });
    take('one', 'ann');
    const forgive = take('one', 'ann');
    assert.throws(() => take('two', 'ann'), throttled(600));
    forgive();
    take('two', 'ann');
  });

  it('does not take devices without a name for one', () => {
    const { take } = tryLimit({ ...limits, now: () => 0 });
    for (const identity of ['a', 'b', 'c', 'd', 'e']) take(undefined, identity);
    take(undefined, 'a');
    assert.throws(() => take(undefined, 'a'), throttled(600));
  });
});

describe('identification', () => {
  it('knows who has a code, if their visit is today', async () => {
    const { claim } = clinicOf([rosa, person('samuel', 'Samuel', 'Whitfield', { visit: undefined })]);
    assert.equal(who(await claim({ code: 'code-rosa' })), 'rosa');
    assert.equal(who(await claim({ code: 'code-samuel' })), 'unrecognized');
    assert.equal(who(await claim({ code: 'code-nobody' })), 'unrecognized');
  });

  it('asks for a second factor and shows initials and the time', async () => {
    const { claim, challenge } = clinicOf([rosa]);
    const { challengeId, initials, start } = await challenge(claimOf('delgado'));
    assert.deepEqual([initials, start], ['R. D.', visit.start]);
    assert.equal(who(await claim({ challengeId, factor: 'phone-last-four', value: '0123' })), 'rosa');
  });

  it('asks the clinic once, and answers alike, whatever is wrong with a claim', async () => {
    const away = person('away', 'Ada', 'Away', { visit: undefined });
    const { claim, challenge, searches } = clinicOf([rosa, away]);
    const { challengeId } = await challenge(claimOf('Delgado'));
    searches.length = 0;
    const wrong: readonly Claim[] = [
      claimOf('Nobody'),
      claimOf('Delgado', '1984-06-18'),
      claimOf('Away'),
      { code: 'none' },
      { code: 'code-away' },
      { challengeId, factor: 'phone-last-four', value: '9999' },
      { challengeId: 'never-given', factor: 'phone-last-four', value: '0123' },
    ];
    for (const [index, one] of wrong.entries()) {
      assert.deepEqual(await claim(one), { outcome: 'unrecognized' });
      assert.equal(searches.length, index + 1, JSON.stringify(one));
    }
  });

  it('takes the first name for an answer of nobody whose telephone it knows', async () => {
    const { claim, challenge } = clinicOf([rosa]);
    const { challengeId, factors } = await challenge(claimOf('Delgado'));
    assert.deepEqual(factors, ['phone-last-four', 'postal-code']);
    assert.equal(who(await claim({ challengeId, factor: 'given-name', value: 'Rosa' })), 'unrecognized');
  });

  it('takes a name that was claimed for no second factor', async () => {
    const names = { given: [], family: [], other: ['Rosa Delgado'] };
    const { claim, challenge } = clinicOf([{ ...rosa, names, phones: [], postalCodes: [] }]);
    const { challengeId, factors } = await challenge(claimOf('Delgado'));
    assert.deepEqual(factors, ['given-name']);
    assert.equal(who(await claim({ challengeId, factor: 'given-name', value: 'Delgado' })), 'unrecognized');
    assert.equal(who(await claim({ challengeId, factor: 'given-name', value: 'Rosa' })), 'rosa');
  });

  it('uses a challenge up by the right answer, three wrong ones, or five minutes', async () => {
    const { claim, challenge, wait } = clinicOf([rosa]);
    const answer = (challengeId: string, value: string) => claim({ challengeId, factor: 'phone-last-four', value });

    const met = await challenge(claimOf('Delgado'));
    await answer(met.challengeId, '0123');
    assert.equal(who(await answer(met.challengeId, '0123')), 'unrecognized');

    const missed = await challenge(claimOf('Delgado'));
    for (const value of ['1', '2']) await answer(missed.challengeId, value);
    assert.equal(who(await answer(missed.challengeId, '0123')), 'rosa');
    const lost = await challenge(claimOf('Delgado'));
    for (const value of ['1', '2', '3']) await answer(lost.challengeId, value);
    assert.equal(who(await answer(lost.challengeId, '0123')), 'unrecognized');

    const old = await challenge(claimOf('Delgado'));
    wait(5);
    assert.equal(who(await answer(old.challengeId, '0123')), 'unrecognized');
  });

  it('lets many answers at once have no more tries than one', async () => {
    const { claim, challenge } = clinicOf([rosa]);
    const { challengeId } = await challenge(claimOf('Delgado'));
    const guesses = ['0121', '0122', '0123', '0124'].map((value) =>
      claim({ challengeId, factor: 'phone-last-four', value }),
    );
    assert.deepEqual(
      (await Promise.all(guesses)).map(who),
      Array.from(guesses, () => 'unrecognized'),
    );
  });

  it('keeps a challenge, and counts nothing, when the clinic could not be asked', async () => {
    const { claim, challenge, fail } = clinicOf([rosa], { device: 2, identity: 2, minutes: 15 });
    const { challengeId } = await challenge(claimOf('Delgado'));
    const answer = () => claim({ challengeId, factor: 'postal-code', value: '49085' });
    fail(true);
    for (let tries = 0; tries < 5; tries += 1) await assert.rejects(answer(), /down/);
    fail(false);
    assert.equal(who(await answer()), 'rosa');
  });

  it('limits wrong answers about one patient from many devices, by whichever name they are claimed', async () => {
    const names = { given: ['Rosa'], family: ['García Márquez'] };
    const { claim, challenge } = clinicOf([{ ...rosa, names }], { device: 10, identity: 2, minutes: 15 });
    for (const [index, name] of ['García', 'Márquez'].entries()) {
      const { challengeId } = await challenge(claimOf(name), `device-${index}`);
      await claim({ challengeId, factor: 'phone-last-four', value: '0000' }, `device-${index}`);
    }
    const { challengeId } = await challenge(claimOf('García Márquez'), 'other');
    const right = { challengeId, factor: 'phone-last-four', value: '0123' } as const;
    await assert.rejects(claim(right, 'other'), { code: 'throttled', retryAfter: 900 });
  });

  it('counts no right claim against a device', async () => {
    const { claim } = clinicOf([rosa], { device: 2, identity: 2, minutes: 15 });
    for (let tries = 0; tries < 9; tries += 1) assert.equal(who(await claim({ code: 'code-rosa' })), 'rosa');
  });

  it('hands on who acts for the patient, from the claim or from the answer', async () => {
    const { claim, challenge } = clinicOf([rosa]);
    const representative = { name: 'Ann', relationship: 'a friend' };
    const first = (await claim(claimOf('Delgado'), 'one', { representative })) as { challengeId: string };
    const right = { factor: 'postal-code', value: '49085' } as const;
    const kept = await claim({ ...right, challengeId: first.challengeId });
    assert.equal(kept.outcome === 'identified' && kept.acting.representativeId, 'Ann');
    const { challengeId } = await challenge(claimOf('Delgado'));
    const said = await claim({ ...right, challengeId }, 'one', { representative });
    assert.equal(said.outcome === 'identified' && said.authority, 'unknown');
  });

  describe('twins', () => {
    const eli = person('eli', 'Eli', 'Abrams');
    const ezra = person('ezra', 'Ezra', 'Abrams', { visit: { ...visit, start: '2026-03-02T10:00:00-05:00' } });

    it('asks only for what tells them apart, and shows nothing of one to the other', async () => {
      const { challenge, claim } = clinicOf([eli, ezra]);
      const { factors, start, initials, challengeId } = await challenge(claimOf('Abrams'));
      assert.deepEqual([factors, start, initials], [['given-name'], undefined, 'E. A.']);
      assert.equal(who(await claim({ challengeId, factor: 'phone-last-four', value: '0123' })), 'unrecognized');
      assert.equal(who(await claim({ challengeId, factor: 'given-name', value: 'ezra' })), 'ezra');
    });

    it('does not take one for the other who alone has a visit today', async () => {
      const { challenge, claim } = clinicOf([eli, { ...ezra, visit: undefined }]);
      const { factors, challengeId } = await challenge(claimOf('Abrams'));
      assert.deepEqual(factors, ['given-name']);
      assert.equal(who(await claim({ challengeId, factor: 'given-name', value: 'Ezra' })), 'unrecognized');
      assert.equal(who(await claim({ challengeId, factor: 'given-name', value: 'Eli' })), 'eli');
    });

    it('takes nobody where a name is that of both', async () => {
      const anas = [person('maria', 'Ana María', 'Sol'), person('sofia', 'Ana Sofía', 'Sol')];
      const { challenge, claim } = clinicOf(anas);
      const { initials, challengeId } = await challenge(claimOf('Sol'));
      assert.equal(initials, 'A. S.');
      assert.equal(who(await claim({ challengeId, factor: 'given-name', value: 'Ana' })), 'unrecognized');
      assert.equal(who(await claim({ challengeId, factor: 'given-name', value: 'sofia' })), 'sofia');
    });

    it('recognizes nobody where nothing tells them apart', async () => {
      const { claim } = clinicOf([eli, { ...eli, id: 'another' }]);
      assert.equal(who(await claim(claimOf('Abrams'))), 'unrecognized');
    });
  });

  it('takes a part of a name only where it is that of one', async () => {
    const [garcia, lopez] = [person('a', 'Ana', 'García Márquez'), person('b', 'Bea', 'García López')];
    const { claim, challenge } = clinicOf([garcia, lopez]);
    assert.equal(who(await claim(claimOf('García'))), 'unrecognized');
    assert.equal((await challenge(claimOf('López'))).initials, 'B. G.');
    const one = clinicOf([garcia]);
    assert.equal((await one.challenge(claimOf('garcia'))).initials, 'A. G.');
  });

  it('tells somebody of that name apart from somebody of whose name it is a part', async () => {
    const people = [person('a', 'Ana', 'García'), person('b', 'Bea', 'García López')];
    const { factors } = await clinicOf(people).challenge(claimOf('García'));
    assert.deepEqual(factors, ['given-name']);
  });
});
