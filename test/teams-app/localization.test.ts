import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { operations } from '../../src/operations/index.ts';
import { localized, translations } from '../../teams-app/manifest.ts';

const limit = z.looseObject({ maxLength: z.number().optional() });
const schema = z.looseObject({
  additionalProperties: z.literal(false),
  properties: z.record(z.string(), limit),
  patternProperties: z.record(z.string(), limit),
});
type Schema = z.infer<typeof schema>;

/**
 * The schema that a file names, as @microsoft/app-manifest ships it. That package cannot check by it: one of its patterns is no regular expression in the
 * mode that its validator uses.
 */
function schemaOf({ $schema = '' }: Readonly<Record<string, string>>): Schema {
  const path = $schema.replace('https://developer.microsoft.com/json-schemas/', './json-schemas/');
  return schema.parse(JSON.parse(readFileSync(new URL(path, import.meta.resolve('@microsoft/app-manifest')), 'utf8')));
}

/** What the schema does not take: keys that it does not know, and texts that are empty or too long. */
function faultsOf(texts: Readonly<Record<string, string>>): readonly string[] {
  const { properties, patternProperties } = schemaOf(texts);
  const patterns = Object.entries(patternProperties).map(([pattern, found]) => ({
    pattern: new RegExp(pattern),
    found,
  }));
  return Object.entries(texts).flatMap(([key, text]) => {
    const found = properties[key] ?? patterns.find(({ pattern }) => pattern.test(key))?.found;
    if (found === undefined) return [`${key} is not known`];
    if (text === '') return [`${key} is empty`];
    return text.length > (found.maxLength ?? Number.POSITIVE_INFINITY)
      ? [`${key} is longer than ${found.maxLength}`]
      : [];
  });
}

describe('the translations in the Teams app package', () => {
  for (const locale of translations)
    it(`fit the limits of Teams’ own schema for them: ${locale}`, () => {
      assert.deepEqual(faultsOf(localized(operations, locale)), []);
    });

  it('would be found out by one letter too many, by a key that is not known, and by an empty text', () => {
    const title = 'bots[0].commandLists[0].commands[0].title';
    const wrong = {
      ...localized(operations, 'it'),
      'name.short': 'x'.repeat(31),
      'description.short': '',
      [title]: 'x'.repeat(129),
      'bots[0].commandLists[0].commands[12].title': 'x',
    };
    assert.deepEqual(faultsOf(wrong), [
      'name.short is longer than 30',
      'description.short is empty',
      `${title} is longer than 128`,
      'bots[0].commandLists[0].commands[12].title is not known',
    ]);
  });
});
