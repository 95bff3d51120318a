import type { Express, Expressions } from './expressions.ts';
import { fold } from './normalize.ts';

/** One word of a sentence, and the expressions that it is a part of. */
export interface Token extends Written, Expressions {}

interface Written {
  /** As it was written. */
  readonly text: string;
  /** Lower case, no accents, no apostrophes: how it is looked up. */
  readonly folded: string;
  /** Position in the plain text. */
  readonly start: number;
  readonly end: number;
  /** Stands alone between quotation marks: a name, whatever word it is. */
  readonly quoted: boolean;
}

/** A sentence as words. */
export interface Sentence {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly asks: boolean;
  /** Somebody else's words: several quoted together, or a quoted line. They are never a request. */
  readonly quotes: boolean;
}

const word = /[\p{L}\p{N}_/$<>{}&=#@~^|\\][\p{L}\p{N}_.\-/:'+@$<>{}&=#~^|\\]*/gu;
/** Italian articles that end in an apostrophe are words of their own. */
const elided = /^(?:l|d|un|dell|all|nell|sull|dall|c|quest|quell|com|cos|quand|dov|docchio)$/;

/** Splits plain text into words; commas, brackets and full stops only separate. */
export function tokenize(text: string, express: Express): Sentence {
  const written: Written[] = [];
  for (const found of text.matchAll(word)) pushWord(written, found[0], found.index, text);
  return { text, tokens: express(written), asks: text.includes('?'), quotes: hasQuotation(text) };
}

function pushWord(tokens: Written[], raw: string, start: number, text: string): void {
  const kept = raw.length - trailing(raw);
  const written = raw.slice(0, kept);
  const apostrophe = written.indexOf("'");
  if (apostrophe > 0 && apostrophe < written.length - 1 && elided.test(fold(written.slice(0, apostrophe)))) {
    pushWord(tokens, written.slice(0, apostrophe), start, text);
    pushWord(tokens, written.slice(apostrophe + 1), start + apostrophe + 1, text);
    return;
  }
  if (apostrophe !== -1 && /^(?:what|who|how|where|when|that|there)'s$/i.test(written)) {
    pushWord(tokens, written.slice(0, -2), start, text);
    tokens.push({
      text: "'s",
      folded: 'is',
      start: start + written.length - 2,
      end: start + written.length,
      quoted: false,
    });
    return;
  }
  const own = apostrophe !== -1 && /\d's$/.test(written) ? written.slice(0, -2) : written;
  if (own === '') return;
  const end = start + own.length;
  const quoted = isQuote(text[start - 1]) && isQuote(text[start + written.length]);
  const folded = apostrophe === -1 ? fold(own) : fold(own).replaceAll("'", '');
  tokens.push({ text: own, folded, start, end, quoted });
}

/** How many characters of punctuation end the word; walked from the end, so that a long run of them costs its length once. */
function trailing(written: string): number {
  let at = written.length;
  while (at > 0 && ".-:'/+".includes(written[at - 1] ?? '')) at -= 1;
  return written.length - at;
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'";
}

function hasQuotation(text: string): boolean {
  if (text.startsWith('>')) return true;
  const parts = text.split('"');
  return parts.some((part, at) => at % 2 === 1 && at < parts.length - 1 && part.trim().includes(' '));
}
