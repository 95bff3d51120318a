import assert from 'node:assert/strict';
import { createRecognizer } from '../../src/language/recognize.ts';
import { operations } from '../../src/operations/index.ts';
import { isChanging } from '../../src/operations/operation.ts';
import { names } from './estate.ts';
import { frames } from './frames.ts';

const recognizer = createRecognizer(operations);
const changing = operations.filter(isChanging);
const ids = new Set(changing.map(({ id }) => id));
/** Every frame meets every so manieth request, and every request some frame of each kind. */
const stride = 5;

const values: Readonly<Record<string, string>> = { vm: 'erp-prod-01', plan: 'erp-plan', vault: 'rsv-prod-weu' };

function spoken(phrase: string): string {
  return phrase.replace(/\{(\w+)\}/g, (_, slot: string) => values[slot] ?? 'xyz-1');
}

for (const tag of ['en', 'pt-BR', 'it'] as const) {
  describe(`a request in ${tag} that somebody only speaks of`, () => {
    for (const [at, frame] of frames[tag].entries()) {
      it(`changes nothing: ${frame}`, () => {
        const requests = changing.filter((_, index) => (index + at) % stride === 0);
        for (const { texts } of requests) {
          const text = frame.replace('X', spoken(texts[tag].phrases[at % texts[tag].phrases.length] ?? ''));
          const now = new Date('2026-11-21T13:02:00Z');
          const { operation, dryRun } = recognizer.understand(text, { locale: tag, timeZone: 'UTC', now, names });
          assert.ok(dryRun || !ids.has(operation ?? ''), `${text} → ${operation}`);
        }
      });
    }
  });
}
