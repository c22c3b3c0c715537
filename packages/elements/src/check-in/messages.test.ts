import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { messages as spanish } from './messages.es.ts';
import { moreMessages as english } from './more-messages.ts';

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
