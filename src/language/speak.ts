import { IntlMessageFormat } from 'intl-messageformat';
import { type Locale, type Locales, loadLocales, nearestTag } from '../locales/index.ts';
import { isMessage, type Message, type MessageValue, type Text } from '../message.ts';
import type { Operation } from '../operations/operation.ts';
import { type Formats, formatsFor } from './formats.ts';
import { IntlForms } from './intl-forms.ts';

/** Who reads, and when: BCP 47 locale, IANA time zone, the moment that ages are counted from. */
export interface ReaderNow {
  readonly locale: string;
  readonly timeZone: string;
  readonly now: Date;
}

/** Turns what is to be said into words of one reader's language. Foreign text comes back unchanged and unescaped. */
export type Speak = (text: Text) => string;

/** The bot's voice: built once from the operations and the locales, asked per reader. */
export interface Speech {
  speakerFor(reader: ReaderNow): Speak;
  /** The language that somebody with this locale is answered in: one of the folders of `locales/`. */
  tagFor(locale: string): string;
  /** Whether a message id has a text in that language itself (not through English). */
  knows(id: string, tag: string): boolean;
  readonly tags: readonly string[];
}

type Template = IntlMessageFormat | string;

/**
 * Builds the voice. Texts of an operation are known as `<operation id>.<key>` and `<operation id>.title|does|example`;
 * the files of a locale go over them, so that a further language is one folder.
 */
export function createSpeech(operations: readonly Operation[], locales: Locales = loadLocales()): Speech {
  const texts = new Map([...locales].map(([tag, locale]) => [tag, allTexts(operations, locale)]));
  const templates = new Map<string, Template>();
  const forms = new IntlForms();
  const templateOf = (tag: string, id: string): Template | undefined => {
    const own = texts.get(tag)?.get(id);
    if (own === undefined) return tag === 'en' ? undefined : templateOf('en', id);
    const key = `${tag} ${id}`;
    const compiled = templates.get(key) ?? compile(own, tag);
    templates.set(key, compiled);
    return compiled;
  };
  return {
    tags: [...texts.keys()],
    tagFor: (locale) => nearestTag(locale, texts.keys()),
    knows: (id, tag) => texts.get(tag)?.has(id) ?? false,
    speakerFor: (reader) => {
      const tag = nearestTag(reader.locale, texts.keys());
      return speaker((id) => templateOf(tag, id), formatsFor({ ...reader, locale: tag }, forms));
    },
  };
}

function allTexts(operations: readonly Operation[], locale: Locale): ReadonlyMap<string, string> {
  return new Map([...operations.flatMap((operation) => textsOf(operation, locale.tag)), ...locale.texts]);
}

function textsOf(operation: Operation, tag: string): readonly (readonly [string, string])[] {
  const spoken: Readonly<Record<string, Operation['texts']['en'] | undefined>> = operation.texts;
  const own = spoken[tag];
  if (own === undefined) return [];
  const { title, does, example, messages } = own;
  return Object.entries({ ...messages, title, does, example }).map(([key, text]) => [`${operation.id}.${key}`, text]);
}

/** A text without placeholders needs no parser; most labels are such. */
function compile(text: string, tag: string): Template {
  return /[{'#]/.test(text) ? new IntlMessageFormat(text, tag, undefined, { ignoreTag: true }) : text;
}

function speaker(templateOf: (id: string) => Template | undefined, formats: Formats): Speak {
  const words = (id: string, values: Readonly<Record<string, string | number>>): string => {
    const template = templateOf(id);
    if (template === undefined) return id;
    return typeof template === 'string' ? template : filled(template, values);
  };
  const speak: Speak = (text) => {
    if (typeof text === 'string') return text;
    if (typeof text === 'number') return formats.number(text);
    if (isList(text)) return formats.list(text.map(speak));
    if (isMessage(text)) return words(text.message, valuesOf(text, speak));
    if ('time' in text) return timeOf(text.time, formats, words);
    if ('age' in text) return ageOf(text.age, formats, words);
    return 'seconds' in text ? formats.duration(text.seconds) : formats.size(text.bytes);
  };
  return speak;
}

function isList(text: Text): text is readonly MessageValue[] {
  return Array.isArray(text);
}

/** What stands for an empty or missing value, so that a text can choose: `{role, select, none {} other {…}}`. */
const none = 'none';

/** Numbers stay numbers: plural forms are chosen by them. */
function valuesOf(message: Message, speak: Speak): Record<string, string | number> {
  const entries = Object.entries(message.values ?? {});
  return Object.fromEntries(
    entries.map(([key, value]) => [key, typeof value === 'number' ? value : speak(value) || none]),
  );
}

/** A stored message may lack a value that its text has learned since; nothing breaks. */
function filled(template: IntlMessageFormat, values: Readonly<Record<string, string | number>>): string {
  const complete = new Proxy(values, {
    has: () => true,
    get: (known, key) => (typeof key === 'string' && Object.hasOwn(known, key) ? known[key] : none),
  });
  return String(template.format(complete));
}

type Words = (id: string, values: Readonly<Record<string, string>>) => string;

function timeOf(iso: string, formats: Formats, words: Words): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  const at = (zone: string) => ({ date: formats.date(moment, zone), clock: formats.clock(moment, zone) });
  const [local, utc] = [at(formats.zone), at('UTC')];
  if (local.date === utc.date && local.clock === utc.clock) return words('common.time-utc', utc);
  const values = { ...local, utcDate: utc.date, utcClock: utc.clock };
  return words(local.date === utc.date ? 'common.time' : 'common.time-across-midnight', values);
}

function ageOf(iso: string, formats: Formats, words: Words): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  return formats.age(moment) ?? words('common.just-now', {});
}
