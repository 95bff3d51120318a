import assert from 'node:assert/strict';
import { NameIndex } from '../../src/language/names.ts';
import { createRecognizer } from '../../src/language/recognize.ts';
import { loadLocales } from '../../src/locales/index.ts';
import { operations } from '../../src/operations/index.ts';

const names = new NameIndex([
  {
    kind: 'vm',
    id: '/vm/erp-prod-01',
    name: 'erp-prod-01',
    resourceGroup: 'rg-erp',
    subscriptionId: 's',
    location: 'westeurope',
  },
]);

/** What each typed way on a card has to be understood as. */
const meant: Readonly<Record<string, readonly string[]>> = {
  'card.typed.draft': ['confirm', 'withdraw'],
  'card.typed.draft-name': ['confirm', 'withdraw'],
  'card.typed.approval': ['approve', 'reject', 'request-changes'],
  'card.typed.settle': ['settle', 'settle'],
  'card.glass-due': ['reviewed'],
  'card.typed.withdraw': ['withdraw'],
  'card.typed.run': ['run.show'],
  'card.typed.by-hand': ['run.show', 'run.commands'],
  'card.waits-for-person-next': ['replication-job.resume'],
  'card.typed.watch': ['run.show', 'watch'],
};

describe('what a card says can be typed instead', () => {
  const recognizer = createRecognizer(operations);

  for (const [locale, { texts }] of loadLocales()) {
    for (const [id, expected] of Object.entries(meant)) {
      it(`is understood: ${id} in ${locale}`, () => {
        const said = (texts.get(id) ?? '').replaceAll('{code}', '4F7K').replaceAll('{target}', 'erp-prod-01');
        const typed = [...said.matchAll(/\*\*(.+?)\*\*/g)].map((found) => found[1] ?? '');
        const speaker = { locale, timeZone: 'Europe/Rome', now: new Date('2026-11-21T13:00:00Z'), names };
        assert.deepEqual(
          typed.map((words) => recognizer.understand(words, speaker).operation),
          expected,
        );
      });
    }
  }
});
