import assert from 'node:assert/strict';
import { createRecognizer } from '../../src/language/recognize.ts';
import { operations } from '../../src/operations/index.ts';
import { fleetParts } from '../../src/operations/status/fleet-lines.ts';
import { fleetList } from '../../src/operations/status/fleet-list.ts';
import { names } from './estate.ts';

const recognizer = createRecognizer(operations);

function understand(text: string, locale: string) {
  return recognizer.understand(text, { locale, timeZone: 'UTC', now: new Date('2026-11-21T13:02:00Z'), names });
}

describe('phrases that say the value of a parameter', () => {
  for (const operation of operations)
    for (const [locale, { phrasesOf = {} }] of Object.entries(operation.texts))
      for (const [parameter, values] of Object.entries(phrasesOf))
        it(`of ${operation.id} are understood with their ${parameter} (${locale})`, () => {
          for (const [value, phrases] of Object.entries(values))
            for (const phrase of phrases) {
              const understood = understand(phrase, locale);
              assert.deepEqual(
                [understood.operation, understood.parameters[parameter]?.value],
                [operation.id, value],
                phrase,
              );
            }
        });

  it('are there for every part of the summary that has no list of its own, in every language', () => {
    for (const { phrasesOf } of Object.values(fleetList.texts))
      assert.deepEqual(
        fleetParts.filter((part) => phrasesOf?.part?.[part] === undefined),
        ['unprotected'],
      );
  });

  for (const text of ['delete the expired snapshots', 'commit the uncommitted failovers', 'what is a test failover?'])
    it(`“${text}” is no list`, () => {
      assert.notEqual(understand(text, 'en').operation, 'fleet.list');
    });
});
