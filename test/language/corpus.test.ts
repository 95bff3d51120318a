import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { conversationWords } from '../../src/language/conversation.ts';
import { createRecognizer, type Said, type Understanding } from '../../src/language/recognize.ts';
import { operations } from '../../src/operations/index.ts';
import { isChanging } from '../../src/operations/operation.ts';
import { names } from './estate.ts';

/**
 * One sentence of a corpus. `operation`: what it means; a list where more than one reading is right; null where the bot must ask or do nothing.
 * An operation that does not exist yet must not become a changing one. `acts: false`: anything but a changing operation.
 * A parameter `app-01?` is one that must not be resolved but chosen.
 */
const entryShape = z.strictObject({
  text: z.string(),
  operation: z.union([z.string().nullable(), z.array(z.string().nullable())]).optional(),
  parameters: z.record(z.string(), z.string()).optional(),
  dryRun: z.boolean().optional(),
  acts: z.literal(false).optional(),
});
type Entry = z.infer<typeof entryShape>;

const zones = { en: 'Europe/London', 'pt-BR': 'America/Sao_Paulo', it: 'Europe/Rome' } as const;
const recognizer = createRecognizer(operations);
const changing = new Set(operations.filter(isChanging).map(({ id }) => id));
const known = new Set<string>([...operations.map(({ id }) => id), ...conversationWords]);

function corpusOf(locale: keyof typeof zones): readonly Entry[] {
  const path = join(import.meta.dirname, 'corpus', `${locale}.jsonl`);
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => entryShape.parse(JSON.parse(line)));
}

function understand(text: string, locale: keyof typeof zones): Understanding {
  const now = new Date('2026-11-21T13:02:00Z');
  return recognizer.understand(text, { locale, timeZone: zones[locale], now, names });
}

function isRight(entry: Entry, { operation, dryRun }: Understanding): boolean {
  const acts = changing.has(operation ?? '');
  if (entry.acts === false) return !acts;
  const wanted = [entry.operation ?? null].flat();
  if (wanted.every((one) => one !== null && !known.has(one))) return !acts;
  return wanted.includes(operation) && dryRun === (entry.dryRun ?? false);
}

/** The last segment of an ARM id; anything else as it is. */
function nameIn(value: string): string {
  return value.startsWith('/subscriptions/') ? (value.split('/').at(-1) ?? value) : value;
}

function plain({ kind, said, value, candidates }: Said): string {
  if (kind !== 'vm') return typeof value === 'string' || typeof value === 'number' ? nameIn(String(value)) : said;
  const chosen = candidates?.find(({ id }) => id === value);
  return chosen?.name ?? `${said}?`;
}

function shown(parameters: Understanding['parameters']): Record<string, string> {
  const entries = Object.entries(parameters).filter(([name]) => name !== 'reason' && name !== 'topic');
  return Object.fromEntries(entries.map(([name, said]) => [name, plain(said)]));
}

function share(right: number, all: number): number {
  return all === 0 ? 1 : right / all;
}

for (const locale of ['en', 'pt-BR', 'it'] as const) {
  const entries = corpusOf(locale).map((entry) => ({ entry, heard: understand(entry.text, locale) }));

  describe(`the sentences of the ${locale} corpus`, () => {
    it('are at least 150', () => {
      assert.ok(entries.length >= 150, String(entries.length));
    });

    it('are 99 % understood', () => {
      const wrong = entries.filter(({ entry, heard }) => !isRight(entry, heard));
      const list = wrong.map(({ entry, heard }) => `${entry.text} → ${heard.operation}`);
      assert.ok(share(entries.length - wrong.length, entries.length) >= 0.99, list.join('\n'));
    });

    it('give 97 % of their parameters', () => {
      const told = entries.filter(
        ({ entry, heard }) => entry.operation !== null && known.has(heard.operation ?? '') && entry.acts !== false,
      );
      const wrong = told.filter(
        ({ entry, heard }) => !isDeepStrictEqual(entry.parameters ?? {}, shown(heard.parameters)),
      );
      const list = wrong.map(({ entry, heard }) => `${entry.text} → ${JSON.stringify(shown(heard.parameters))}`);
      assert.ok(share(told.length - wrong.length, told.length) >= 0.97, list.join('\n'));
    });

    it('never reach a changing operation when they must not act', () => {
      const silent = entries.filter(({ entry }) => entry.operation === null || entry.acts === false);
      const acted = silent.filter(({ heard }) => changing.has(heard.operation ?? ''));
      assert.deepEqual(
        acted.map(({ entry }) => entry.text),
        [],
      );
    });
  });
}
