import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The texts of one language: message id → ICU MessageFormat text. */
export type Texts = ReadonlyMap<string, string>;

/** One language: a folder here, named by its BCP 47 tag. */
export interface Locale {
  readonly tag: string;
  /** All flat files of the folder together; `operations.json` may overlay what operations say in their own files. */
  readonly texts: Texts;
  /** `words.json`: how people of this language say things; shaped and checked by `language/lexicon.ts`. Undefined: none yet. */
  readonly words: unknown;
}

/** Every language that the bot speaks, by tag. English is always there: it stands in for what another one lacks. */
export type Locales = ReadonlyMap<string, Locale>;

const flatTexts = z.record(z.string(), z.string());
const wordsFile = 'words.json';

/**
 * Reads the folders of languages. Called once, by whoever composes the parts.
 * @throws SyntaxError or ZodError on a file that is not a flat object of texts, TypeError on an id that stands in two files.
 */
export function loadLocales(folder: string = import.meta.dirname): Locales {
  const tags = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
  return new Map(tags.map((tag) => [tag, loadLocale(tag, join(folder, tag))]));
}

function loadLocale(tag: string, folder: string): Locale {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const texts = new Map<string, string>();
  for (const file of files.filter((name) => name !== wordsFile)) {
    for (const [id, text] of Object.entries(flatTexts.parse(readJson(join(folder, file))))) {
      if (texts.has(id)) throw new TypeError(`${tag}/${file}: "${id}" stands in another file as well`);
      texts.set(id, text);
    }
  }
  return { tag, texts, words: files.includes(wordsFile) ? readJson(join(folder, wordsFile)) : undefined };
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** The language to speak to somebody whose own is `wanted`: the same tag, else the same language, else English. */
export function nearestTag(wanted: string, tags: Iterable<string>): string {
  const known = [...tags];
  const language = languageOf(wanted);
  return (
    known.find((tag) => tag.toLowerCase() === wanted.toLowerCase()) ??
    known.find((tag) => languageOf(tag) === language) ??
    'en'
  );
}

function languageOf(tag: string): string {
  return (tag.split(/[-_]/)[0] ?? '').toLowerCase();
}
