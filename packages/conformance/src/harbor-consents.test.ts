import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { consentDocuments } from './harbor-consents.ts';

const LABELS = {
  en: ['What is shared: ', 'Who gives it: ', 'Who gets it: ', 'What for: '],
  es: ['Qué se comparte: ', 'Quién la da: ', 'Quién la recibe: ', 'Para qué: '],
};
const authorizations = consentDocuments.filter(({ kind }) => kind === 'authorization');

describe('the text of an authorization', () => {
  for (const [language, labels] of Object.entries(LABELS)) {
    it(`says what is shared, who gives it, who gets it and what for, by name: ${language}`, () => {
      assert.ok(authorizations.length > 0);
      for (const { words } of authorizations) {
        const { text, authorization } = words[language]!;
        const { description, discloser, recipient, purpose, ...sentences } = authorization!;
        const named = [description, discloser, recipient, purpose].map((value, index) => `${labels[index]}${value}`);
        assert.deepEqual(text.split('\n\n'), [...named, ...Object.values(sentences)]);
      }
    });
  }
});
