import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { operations } from '../../src/operations/index.ts';
import type { OperationTexts, OwnLocale } from '../../src/operations/operation.ts';
import { parametersOf } from '../../src/operations/parameters.ts';

const languages: readonly OwnLocale[] = ['en', 'pt-BR', 'it'];
const ids = operations.map((operation) => operation.id);
const read = (path: string) => ({ path, text: readFileSync(path, 'utf8') });
const files = globSync('src/operations/*/*.ts').map(read);
/** Texts may also be named by Azure's own words, and by the answers that an operation is given. */
const naming = [...files, ...['src/azure-words.ts', 'src/operations/context.ts'].map(read)];

/** The placeholders of an ICU text, found by its own parser. */
function placeholdersOf(text: string): readonly string[] {
  const found = new Set<string>();
  JSON.stringify(new IntlMessageFormat(text, 'en').getAst(), (key, value: unknown) => {
    if (key === 'value' && typeof value === 'string' && /^[a-z]\w*$/i.test(value)) found.add(value);
    return value;
  });
  return [...found];
}

function argumentsOf(text: string): readonly string[] {
  return [...text.matchAll(/\{\s*(\w+)\s*[,}]/g)]
    .map((match) => match[1] ?? '')
    .filter((name) => placeholdersOf(text).includes(name))
    .toSorted();
}

describe('every operation', () => {
  it('is in the registry once, and every file that defines one is too', () => {
    const defined = files.flatMap(({ text }) =>
      /export const \w+ = (reading|changing)\(/.test(text) ? [/^const id = '([^']+)'/m.exec(text)?.[1]] : [],
    );
    assert.deepEqual(new Set(defined), new Set(ids));
    assert.equal(new Set(ids).size, ids.length);
  });

  for (const operation of operations) {
    describe(operation.id, () => {
      it('has a test of its own', () => {
        assert.ok(existsSync(`test/operations/${operation.id.replace('.', '-')}.test.ts`));
      });

      it('names its parameters by kind', () => {
        assert.doesNotThrow(() => parametersOf(operation));
      });

      it('can be asked for in five ways or more in each language, with slots that it has', () => {
        const slots = parametersOf(operation).map((parameter) => parameter.name);
        for (const language of languages) {
          const { phrases } = operation.texts[language];
          assert.ok(phrases.length >= 5, language);
          for (const phrase of phrases)
            for (const [, slot] of phrase.matchAll(/\{(\w+)\}/g))
              assert.ok(slots.includes(slot ?? ''), `${language}: ${phrase}`);
        }
      });

      it('says the same things with the same values in each language', () => {
        const { en, ...others } = operation.texts;
        for (const [language, texts] of Object.entries(others) as [OwnLocale, OperationTexts][]) {
          assert.deepEqual(Object.keys(texts.messages).toSorted(), Object.keys(en.messages).toSorted(), language);
          for (const [key, text] of Object.entries(texts.messages))
            assert.deepEqual(argumentsOf(text), argumentsOf(en.messages[key] ?? ''), `${language} ${key}`);
        }
      });

      it('uses every text that it has', () => {
        const area = naming.map(({ text }) => text).join('\n');
        for (const key of Object.keys(operation.texts.en.messages)) {
          const stem = key.replace(/\.advice$/, '').replace(/^state-\w+$/, 'state-');
          assert.ok(
            new RegExp(`['\`](${operation.id}\\.)?${stem}['\`$]|'${stem}'|\\b${stem}\\b.*\\?|found\\('${stem}'`).test(
              area.replaceAll(/messages: \{[\s\S]*?\n {4}\},/g, ''),
            ) ||
              isTier(key) ||
              area.includes(`${key.split('-')[0]}-\${`) ||
              (key === 'undo' && 'undo' in operation),
            `${key} is not used`,
          );
        }
      });
    });
  }

  it('leads only to operations that exist', () => {
    const named = files.flatMap(({ text }) =>
      [...text.matchAll(/operation: '([a-z.-]+)'|to\('[\w-]+', '([a-z.-]+)'\)/g)].map(
        (match) => match[1] ?? match[2] ?? '',
      ),
    );
    assert.ok(named.length > 5);
    assert.deepEqual(
      named.filter((id) => !ids.includes(id)),
      [],
    );
  });
});

/** Texts that are named after Azure's own values. */
function isTier(key: string): boolean {
  return ['application', 'file-system', 'crash', 'instant', 'vault', 'archive'].includes(key);
}
