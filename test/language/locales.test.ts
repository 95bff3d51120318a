import assert from 'node:assert/strict';
import { IntlMessageFormat } from 'intl-messageformat';
import { catalogue } from '../../src/errors.ts';
import { isNeutral, lexiconsOf } from '../../src/language/lexicon.ts';
import { loadLocales } from '../../src/locales/index.ts';
import { operations } from '../../src/operations/index.ts';
import { parametersOf } from '../../src/operations/parameters.ts';
import { runStates } from '../../src/operations/run-summary.ts';
import { mentions } from './sources.ts';

const locales = loadLocales();
const english = textsOf('en');
const others = [...locales.keys()].filter((tag) => tag !== 'en');

function textsOf(tag: string): ReadonlyMap<string, string> {
  const locale = locales.get(tag);
  assert.ok(locale, tag);
  return locale.texts;
}

type Elements = ReturnType<IntlMessageFormat['getAst']>;

/** The names of a text's placeholders, those within plural forms included. */
function placeholders(text: string): readonly string[] {
  const names = new Set<string>();
  const visit = (elements: Elements) => {
    for (const element of elements) {
      if ('value' in element && !isLiteral(element)) names.add(element.value);
      if ('options' in element) for (const { value } of Object.values(element.options)) visit(value);
    }
  };
  visit(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst());
  return [...names].sort();
}

/** The parser's number for plain text. */
function isLiteral({ type }: Elements[number]): boolean {
  return Number(type) === 0;
}

/** Words that the languages share. */
const international = /^(?:snapshots?|backup|failover|site|recovery|vms?|rpo|plan|runbook|script|utc|in)$/i;

/** The words of a text, those within plural forms included, without its placeholders. */
function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  const visit = (elements: Elements) => {
    for (const element of elements) {
      if ('value' in element && isLiteral(element)) words.push(...element.value.split(/[^\p{L}]+/u).filter(Boolean));
      if ('options' in element) for (const { value } of Object.values(element.options)) visit(value);
    }
  };
  visit(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst());
  return words;
}

function isTranslated(text: string, original: string): boolean {
  return text !== original || wordsOf(text).every((word) => international.test(word));
}

describe('the locales', () => {
  for (const tag of others) {
    it(`hold the same messages in ${tag} as in English`, () => {
      assert.deepEqual([...textsOf(tag).keys()].sort(), [...english.keys()].sort());
    });

    it(`have the same placeholders in ${tag} as in English`, () => {
      for (const [id, text] of textsOf(tag)) {
        assert.deepEqual(placeholders(text), placeholders(english.get(id) ?? ''), `${tag}: ${id}`);
      }
    });

    it(`leave nothing untranslated in ${tag}`, () => {
      const same = [...textsOf(tag)].filter(([id, text]) => !isTranslated(text, english.get(id) ?? ''));
      assert.deepEqual(same, []);
    });
  }

  it('label facts with words that fit the 120 pixels of their column on a card', () => {
    const long = [...locales].flatMap(([tag, { texts }]) =>
      [...texts].filter(([id]) => id.startsWith('fact.')).map(([id, text]) => ({ tag, id, text })),
    );
    const broken = long.filter(({ text }) => !text.includes('{') && wordsOf(text).some((word) => word.length > 14));
    assert.deepEqual(broken, []);
  });

  it('tell every error of the catalogue with its next step, and no other', () => {
    const wanted = Object.keys(catalogue).flatMap((code) => [`error.${code}`, `error.${code}.advice`]);
    const told = [...english.keys()].filter((id) => id.startsWith('error.'));
    assert.deepEqual(told.sort(), wanted.sort());
  });

  it('name every state of a run', () => {
    for (const state of runStates) assert.ok(english.has(`run.state.${state}`), state);
  });

  it('ask for every kind of parameter that an operation needs', () => {
    for (const { kind } of operations.flatMap(parametersOf)) assert.ok(english.has(`dialog.ask-${kind}`), kind);
  });

  it('hold every message that the sources say', () => {
    const known = new Set([...english.keys(), ...operations.flatMap(ownIds)]);
    assert.deepEqual(
      mentions().said.filter((id) => !known.has(id) && !id.endsWith('.')),
      [],
    );
  });

  it('hold no message that the sources never say', () => {
    const { literals, beginnings } = mentions();
    const isSaid = (id: string) => {
      const short = id.slice(id.indexOf('.') + 1);
      const begins = (one: string) => id.startsWith(one) || short.startsWith(one);
      const specific = [...beginnings].filter((one) => !/^(?:card|dialog|error|fact|run)\.$/.test(one));
      return (
        literals.has(id) ||
        literals.has(short) ||
        literals.has(short.replace(/\.(?:advice|lead)$/, '')) ||
        specific.some(begins)
      );
    };
    const unsaid = [...english.keys()].filter((id) => !isSaid(id));
    assert.deepEqual(
      unsaid.filter((id) => !id.startsWith('error.')),
      [],
    );
  });
});

function ownIds({ id, texts }: (typeof operations)[number]): readonly string[] {
  return ['title', 'does', 'example', ...Object.keys(texts.en.messages)].map((key) => `${id}.${key}`);
}

describe('the texts of operations', () => {
  for (const operation of operations) {
    it(`are complete in every language: ${operation.id}`, () => {
      const { en, ...rest } = operation.texts;
      for (const [tag, own] of Object.entries(rest)) {
        assert.deepEqual(Object.keys(own.messages).sort(), Object.keys(en.messages).sort(), tag);
        for (const [key, text] of Object.entries(own.messages)) {
          assert.deepEqual(placeholders(text), placeholders(en.messages[key] ?? ''), `${tag}: ${key}`);
          assert.ok(isTranslated(text, en.messages[key] ?? ''), `${tag}: ${key} is not translated: ${text}`);
        }
      }
    });
  }
});

describe('the words with which people put something off', () => {
  for (const lexicon of lexiconsOf(locales))
    it(`are small words nowhere in ${lexicon.tag}: whoever says them asks for nothing now`, () => {
      const later = [...lexicon.senses].filter(([, senses]) => senses.some(({ concept }) => concept === 'later'));
      assert.ok(later.length > 10);
      assert.deepEqual(
        later.filter(([, senses]) => isNeutral(senses)).map(([form]) => form),
        [],
      );
    });
});
