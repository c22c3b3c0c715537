import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { messages as common } from '../ui/messages.ts';
import { messages as spanish } from './messages.es.ts';
import { moreMessages as english } from './more-messages.ts';
import { withDesk } from './overlay.ts';

describe('a time of day in Spanish', () => {
  it('is one hour at one, and several at any other', () => {
    assert.equal(spanish.at('1:30 p.m.'), 'a la 1:30 p.m.');
    assert.equal(spanish.at('11:30 a.m.'), 'a las 11:30 a.m.');
    assert.equal(spanish.challengeFor('R. D.', '1:00 p.m.'), '¿Se trata de R. D., a la 1:00 p.m.?');
  });
});

describe('a sentence in Spanish that ends in a time', () => {
  it('has one full stop', () => {
    assert.equal(spanish.comingNote('2 de marzo a las 8:20 a.m.'), 'Le esperamos el 2 de marzo a las 8:20 a.m.');
    assert.equal(spanish.cannotComeNote('2 de marzo a las 8:20'), 'Hemos cancelado su cita del 2 de marzo a las 8:20.');
  });
});

const PROMISE = /we will call|le avisaremos/i;

describe('whom to ask where the clinic has no phone', () => {
  it('is nobody at a desk that may be closed', () => {
    for (const { askUs, callUs } of [common, spanish]) {
      for (const say of [askUs, callUs]) assert.match(say(undefined), /staff|personal/);
    }
  });
});

describe('what is said while nobody is at the desk', () => {
  it('promises no way to be called', () => {
    const shut = { reception: { open: false, goTo: 'The nurses on floor 2' } };
    for (const words of [english, spanish]) {
      assert.match(words.callByTold, PROMISE);
      assert.doesNotMatch(withDesk(words, shut).callByTold, PROMISE);
    }
  });
});

describe('how long it will take', () => {
  it('is said from the least to the most', () => {
    assert.equal(english.wait('5', '10'), 'You will probably wait 5 to 10 minutes.');
    assert.equal(spanish.wait('5', '10'), 'Es probable que espere de 5 a 10 minutos.');
  });

  it('is said by the most alone where it may take no time at all', () => {
    assert.equal(english.wait('', '10'), 'You will probably wait up to 10 minutes.');
    assert.equal(spanish.wait('', '10'), 'Es probable que espere hasta 10 minutos.');
  });
});
