/** A message made plain: what is left of it to be understood. */
export interface Plain {
  readonly text: string;
  /** The message was longer than anybody's request: what was cut off may have said "don't". */
  readonly cut: boolean;
}

/** Longer than any request; what is pasted beyond it is not read. */
const longest = 1000;
/** Beyond this nothing is even looked at, so that a hostile message costs nothing. */
const lookedAt = 10_000;

/** "512 GB" and "zone 2" are one word each: a number by itself would be a choice from a list. */
const sizes = /\b(\d{1,5}) ([gt]i?b)\b/giu;
const zones = /\b(zon[ea]) ([123])\b/giu;

/** Direction marks, joiners, variation selectors, soft hyphens: they change nothing that is meant. */
const invisible = /\p{Cf}|\p{Variation_Selector}|\u20e3/gu;
const emoji = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]/gu;
const mention = /<at[^<>]{0,100}>[^<>]{0,200}<\/at>/giu;
const entities: Readonly<Record<string, string>> = {
  '&nbsp;': ' ',
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/**
 * One form for what keyboards, phones and Teams make of the same sentence: compatibility forms, quotes, dashes, spaces, mentions, emoji.
 * Markup other than a mention stays as text, so that it is seen and not acted on. Linear in the length of the message.
 */
export function normalize(message: string): Plain {
  const seen = message.slice(0, lookedAt).replace(/&(?:nbsp|amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? '');
  const named = seen.replace(mention, ' ');
  const plain = (isAscii(named) ? named : typed(named))
    .replaceAll('`', "'")
    .replace(/\s/g, ' ')
    .replace(sizes, '$1$2')
    .replace(zones, '$1-$2')
    .trim();
  return { text: plain.slice(0, longest), cut: plain.length > longest || message.length > lookedAt };
}

/** As it would have been typed on a plain keyboard. */
function typed(text: string): string {
  return text
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(emoji, ' ')
    .replace(/[\u2018\u2019\u201a\u201b\u2032\u00b4]/g, "'")
    .replace(/[\u201c-\u201f\u00ab\u00bb\u2033]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-');
}

/** Most messages are: what is done for all other letters is left out. */
function isAscii(text: string): boolean {
  return !/\P{ASCII}/u.test(text);
}

/** Lower case without accents: how two spellings of a word are compared. */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  return isAscii(lower) ? lower : lower.normalize('NFD').replace(/\p{M}/gu, '');
}
