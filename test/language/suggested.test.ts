import assert from 'node:assert/strict';
import { createRecognizer } from '../../src/language/recognize.ts';
import { loadLocales } from '../../src/locales/index.ts';
import { operations } from '../../src/operations/index.ts';
import { names } from './estate.ts';

const recognizer = createRecognizer(operations);

/** Texts with parts of sentences in quotation marks. */
const partial = new Set(['dialog.plan-note', 'dialog.did-you-mean', 'error.reason-required.advice']);

/** What texts tell people to type stands in quotation marks or in bold. Halves of sentences end in dots, and some are another text: they are left out. */
function suggestionsIn(text: string): readonly string[] {
  const found = [...text.matchAll(/“([^“”]+)”|\*\*([^*]+)\*\*/g)].map((match) => match[1] ?? match[2] ?? '');
  return found
    .filter((said) => !said.includes('…'))
    .map(filledIn)
    .filter((said) => !said.includes('{'));
}

function filledIn(said: string): string {
  return said.replace(/\{code\}/g, '4F7K').replace(/\{(?:target|vm|name)\}/g, 'sql-prod-01');
}

function heard(text: string, locale: string): string | null {
  return recognizer.understand(text, { locale, timeZone: 'UTC', now: new Date('2026-11-21T13:02:00Z'), names })
    .operation;
}

for (const [tag, { texts }] of loadLocales()) {
  describe(`what the texts in ${tag} tell people to type`, () => {
    for (const [id, text] of texts) {
      // Answers to "until when?" are no requests, and "plan" alone is none; Azure's own words are typed elsewhere.
      const isOther = /^(?:error\.expiry|azure-code\.)/.test(id) || partial.has(id);
      const suggestions = isOther ? [] : suggestionsIn(text);
      for (const said of suggestions) {
        it(`is understood: ${said}`, () => assert.notEqual(heard(said, tag), null, id));
      }
    }

    for (const word of ['pending', 'approve', 'reject', 'request-changes', 'withdraw', 'settle']) {
      it(`means what the help card says: ${word}`, () => {
        assert.equal(heard(texts.get(`dialog.word-${word}-example`) ?? '', tag), word);
      });
    }
  });
}

for (const { id, texts } of operations) {
  describe(`the examples and phrases of ${id}`, () => {
    for (const [tag, { example, phrases }] of Object.entries(texts)) {
      it(`reach it in ${tag}`, () => {
        assert.equal(heard(example, tag), id, example);
        for (const phrase of phrases) assert.equal(heard(spoken(phrase), tag), id, phrase);
      });
    }
  });
}

function spoken(phrase: string): string {
  const values: Readonly<Record<string, string>> = {
    vm: 'sql-prod-01',
    run: '4F7K',
    vault: 'rsv-prod-weu',
    plan: 'erp-plan',
    network: 'dr-net-1',
    region: 'northeurope',
    keepUntil: '60 days',
    since: '10/11/2026',
    until: '15/11/2026',
  };
  return phrase.replace(/\{(\w+)\}/g, (_, slot: string) => values[slot] ?? 'xyz-1');
}
