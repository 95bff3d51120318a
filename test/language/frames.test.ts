import assert from 'node:assert/strict';
import { createRecognizer } from '../../src/language/recognize.ts';
import { operations } from '../../src/operations/index.ts';
import { isChanging } from '../../src/operations/operation.ts';
import { names } from './estate.ts';
import { frames } from './frames.ts';

const recognizer = createRecognizer(operations);
const changing = operations.filter(isChanging);
const ids = new Set(changing.map(({ id }) => id));
/** Every phrase meets every so manieth frame, and every frame every so manieth phrase: all of them together are a hundred thousand sentences. */
const stride = 23;

const values: Readonly<Record<string, string>> = {
  vm: 'erp-prod-01',
  plan: 'erp-plan',
  vault: 'rsv-prod-weu',
  keepUntil: '60 days',
  network: 'vnet-dr',
};

function spoken(phrase: string): string {
  return phrase.replace(/\{(\w+)\}/g, (_, slot: string) => values[slot] ?? 'xyz-1');
}

/** What the sentence would start; undefined when it starts nothing. */
function startedBy(text: string, locale: string): string | undefined {
  const now = new Date('2026-11-21T13:02:00Z');
  const { operation, dryRun } = recognizer.understand(text, { locale, timeZone: 'UTC', now, names });
  return !dryRun && operation !== null && ids.has(operation) ? operation : undefined;
}

for (const tag of ['en', 'pt-BR', 'it'] as const) {
  const requests = changing.flatMap(({ texts }) => texts[tag].phrases.map(spoken));

  describe(`a request in ${tag} that somebody only speaks of`, () => {
    for (const [at, frame] of frames[tag].entries()) {
      it(`changes nothing: ${frame}`, () => {
        const some = requests.filter((_, index) => (index + at) % stride === 0);
        const texts = some.map((request) => frame.replace('X', () => request).replace('Y', 'web-prod-02'));
        const started = texts.filter((text) => startedBy(text, tag) !== undefined);
        assert.deepEqual(started, []);
      });
    }
  });
}
