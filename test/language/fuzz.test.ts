import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { z } from 'zod';
import { createRecognizer } from '../../src/language/recognize.ts';
import { operations } from '../../src/operations/index.ts';
import { isChanging, type Operation } from '../../src/operations/operation.ts';
import { names } from './estate.ts';
import { mutated } from './mutations.ts';
import { neighbours } from './practice-neighbours.ts';
import { practiceOperations } from './practice-operations.ts';

/** A thousand sentences understood twice over take a second; a machine that is busy with other things, much longer. */
const patienceMilliseconds = 120_000;

/** The same sentences on every machine: what is found once is found again. */
function runs(numRuns: number) {
  return { numRuns, seed: 20_261_121 };
}

const textShape = z.object({ text: z.string() });

function corpus(): readonly string[] {
  return ['en', 'pt-BR', 'it'].flatMap((locale) => {
    const lines = readFileSync(join(import.meta.dirname, 'corpus', `${locale}.jsonl`), 'utf8').split('\n');
    return lines.filter(Boolean).map((line) => textShape.parse(JSON.parse(line)).text);
  });
}

function spokenPhrases(known: readonly Operation[]): readonly string[] {
  const phrases = known.flatMap(({ texts }) => Object.values(texts).flatMap((own) => own.phrases));
  return phrases.map((phrase) =>
    phrase
      .replaceAll('{vm}', 'erp-prod-01')
      .replace(/\{(?:expiry|keepUntil)\}/g, '60 days')
      .replace(/\{\w+\}/g, '4F7K'),
  );
}

for (const [what, known] of [
  ['the operations', operations],
  ['operations that are easily mistaken', [...practiceOperations, ...neighbours]],
] as const) {
  const recognizer = createRecognizer(known);
  const changing = new Set(known.filter(isChanging).map(({ id }) => id));
  const speaker = { locale: 'en', timeZone: 'UTC', now: new Date('2026-11-21T13:02:00Z'), names };

  const changeOf = (text: string): string | null => {
    const { operation } = recognizer.understand(text, speaker);
    return operation !== null && changing.has(operation) ? operation : null;
  };
  /** A change of something that does not exist is a question back, whatever was meant. */
  const isOfNothing = (text: string) => recognizer.understand(text, speaker).parameters.vm?.match === 'none';
  /** What a word put in says by itself: "stop … and (not) delete the data" keeps them, and "protect … (again)" resumes. */
  const saysSo = (original: string, text: string) => {
    const became = `${changeOf(original)} → ${changeOf(text)}`;
    if (became === 'protection.enable → protection.resume') return /\bagain\b/i.test(text);
    return (
      became === 'protection.stop-delete → protection.stop' &&
      /(?:^|[^\p{L}])(?:not|n[aã]o|non)(?:[^\p{L}]|$)/iu.test(text)
    );
  };
  const sentences = [...corpus(), ...spokenPhrases(known)];

  describe(`sentences as they really arrive, for ${what}`, function () {
    this.timeout(patienceMilliseconds);

    it('never turn one change into another', () => {
      const acting = sentences.filter((text) => changeOf(text) !== null);
      fc.assert(
        fc.property(mutated(acting), ({ original, text }) => {
          const change = changeOf(text);
          assert.ok(
            change === null || change === changeOf(original) || isOfNothing(text) || saysSo(original, text),
            `${original} → ${text} → ${change}`,
          );
        }),
        runs(1000),
      );
    });

    it('never turn a read or a word into a change', () => {
      // "Backups of …" and "backup of …" differ by a letter, and quotation marks may be what makes a sentence harmless.
      const harmless = sentences.filter(
        (text) => changeOf(text) === null && !/["“>]|\bbackups? (?:of|da|de|di|do)\b/i.test(text),
      );
      fc.assert(
        fc.property(mutated(harmless), ({ original, text }) => {
          const change = changeOf(text);
          // What was doubtful may become clear by a mutation; what was a read may not.
          assert.ok(
            change === null || isOfNothing(text) || recognizer.understand(original, speaker).operation === null,
            `${original} → ${text} → ${change}`,
          );
        }),
        runs(1000),
      );
    });
  });
}

describe('any text at all', () => {
  const recognizer = createRecognizer(operations);
  const speaker = { locale: 'it', timeZone: 'Europe/Rome', now: new Date('2026-11-21T13:02:00Z'), names };

  it('is understood or not, and breaks nothing', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.lorem(),
    );
    fc.assert(
      fc.property(text, (said) => {
        const { operation, ask, confidence } = recognizer.understand(said, speaker);
        assert.ok(operation !== null || ask !== null);
        assert.ok(confidence >= 0 && confidence <= 1);
      }),
      runs(1000),
    );
  });

  it('is understood the same way every time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...corpus()), (said) => {
        assert.deepEqual(recognizer.understand(said, speaker), recognizer.understand(said, speaker));
      }),
      runs(100),
    );
  });
});
