import { isMessage, type Text } from '../../message.ts';

/** Explicit direction marks reorder what stands beside them; zero-width ones hide in names. */
const invisible = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const controls = /[\p{Cc}\u2028\u2029]+/gu;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** Invisible, and not a place for a line break: keeps two characters from being read as one mark. */
const joiner = '\u2060';

/** Somebody else's text for a field without markup (a button, a label): one line, no direction tricks, no `${`, no mention. */
export function plainForeign(text: string, longest: number): string {
  const oneLine = text.replace(invisible, '').replace(controls, ' ').trim();
  const short = clipped(oneLine, longest)
    .replaceAll('${', `$${joiner}{`)
    .replace(/<(?=\/?at\b)/gi, `<${joiner}`);
  return rightToLeft.test(short) ? `\u2068${short}\u2069` : short;
}

/**
 * The same for a field in which Teams reads markdown and `<at>` mentions. Only what would be read as markup is marked:
 * an underscore inside a word is not, so that `rg_prod` stays copyable on phones.
 */
export function markedForeign(text: string, longest: number): string {
  return plainForeign(text, longest)
    .replace(/[\\`*~[\]<>|]/g, String.raw`\$&`)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)
    .replace(/&(?=#?\w+;)/g, `&${joiner}`)
    .replace(/^(\u2068?)([#+-])/, String.raw`$1\$2`)
    .replace(/^(\u2068?\d{1,9})([.)])(?=\s|$)/, String.raw`$1\$2`);
}

/**
 * Somebody else's line for a field that reads no markup and is copied from: whole and unmarked, on one line, without what reorders or hides.
 * In pieces that, put together, are the line: between two of them a `${` is none to the template language.
 */
export function verbatim(line: string): readonly string[] {
  const oneLine = line.replace(invisible, '').replace(controls, ' ');
  return oneLine.split(/(?<=\$)(?=\{)/);
}

/** The text with every foreign string in it, however deep among its values, passed through `change`. */
export function withForeign(text: Text, change: (foreign: string) => string): Text {
  if (typeof text === 'string') return change(text);
  if (typeof text !== 'object') return text;
  if ('time' in text && Number.isNaN(Date.parse(text.time))) return change(text.time);
  if ('age' in text && Number.isNaN(Date.parse(text.age))) return change(text.age);
  if (isList(text)) return text.map((part) => withForeign(part, change));
  if (!isMessage(text) || text.values === undefined) return text;
  const values = Object.entries(text.values).map(([name, value]) => [name, withForeign(value, change)] as const);
  return { message: text.message, values: Object.fromEntries(values) };
}

function isList(text: object): text is readonly Text[] {
  return Array.isArray(text);
}

function clipped(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end = /[\ud800-\udbff]$/.test(text.slice(0, longest)) ? longest - 1 : longest;
  return `${text.slice(0, end).trimEnd()}…`;
}
