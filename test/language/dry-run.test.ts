import assert from 'node:assert/strict';
import { createRecognizer } from '../../src/language/recognize.ts';
import { operations } from '../../src/operations/index.ts';
import { isChanging } from '../../src/operations/operation.ts';
import { names } from './estate.ts';

const recognizer = createRecognizer(operations);
const now = new Date('2026-11-21T13:02:00Z');
const prefixes = {
  en: ['plan', 'plan:', 'simulate:'],
  'pt-BR': ['plano', 'plano:', 'simular:'],
  it: ['piano', 'piano:', 'simula:'],
} as const;

function understand(text: string, locale: string) {
  return recognizer.understand(text, { locale, timeZone: 'America/Sao_Paulo', now, names });
}

for (const [locale, forms] of Object.entries(prefixes)) {
  describe(`a plan asked for in ${locale}`, () => {
    for (const operation of operations.filter(isChanging)) {
      const { example } = operation.texts[locale as keyof typeof prefixes];
      it(`shows what would be done, and does nothing: ${example}`, () => {
        for (const form of forms) {
          const { operation: understood, dryRun } = understand(`${form} ${example}`, locale);
          assert.deepEqual([understood, dryRun], [operation.id, true], form);
        }
      });
    }
  });
}

describe('the word for a plan', () => {
  it('leaves the verb its small word: "plano para de proteger" stops, "plano para restaurar" restores', () => {
    for (const [text, id] of [
      ['plano para de proteger erp-prod-01', 'protection.stop'],
      ['plano para de fazer backup da erp-prod-01', 'protection.stop'],
      ['plano para restaurar os discos da sql01', 'restore.disks'],
    ] as const) {
      const { operation, dryRun } = understand(text, 'pt-BR');
      assert.deepEqual([operation, dryRun], [id, true], text);
    }
  });

  it('is no request for a preview where a recovery plan is named', () => {
    for (const [text, locale] of [
      ['plano erp-plan', 'pt-BR'],
      ['plano de recuperação erp-plan', 'pt-BR'],
      ['piano erp-plan', 'it'],
      ['piano di ripristino erp-plan', 'it'],
    ] as const) {
      const { operation, dryRun } = understand(text, locale);
      assert.deepEqual([operation, dryRun], ['recovery-plan.show', false], text);
    }
  });
});
