import { distance } from 'fastest-levenshtein';
import { longestAt, type Stretch } from './cursor.ts';
import type { Entity } from './entities.ts';
import type { Lexicon, Sense } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** A word, or several that belong together, and what they can mean. */
export interface WordItem {
  readonly kind: 'word';
  readonly senses: readonly Sense[];
  /** Folded. */
  readonly form: string;
  /** The form was only similar to a known one. */
  readonly fuzzy: boolean;
  readonly first: number;
  readonly last: number;
}

export interface ValueItem {
  readonly kind: 'value';
  readonly entity: Entity;
}

/** A word that no language of the bot knows. */
export interface UnknownItem {
  readonly kind: 'unknown';
  readonly form: string;
  readonly first: number;
  readonly last: number;
}

export type Item = WordItem | ValueItem | UnknownItem;

/** Reads tokens as words of the first lexicon; what it does not know, as words of the others; what none knows, as a typing error or unknown. */
export function readItems(
  tokens: readonly Token[],
  values: readonly Entity[],
  lexicons: readonly Lexicon[],
): readonly Item[] {
  const items: Item[] = [];
  const valueAt = new Map(values.map((entity) => [entity.first, entity]));
  const taken = takenBy(values);
  const particles = new Set<number>();
  for (let at = 0; at < tokens.length; ) {
    const entity = valueAt.get(at);
    const parted = entity === undefined ? partedAt(tokens, at, { valueAt, lexicons }) : undefined;
    for (const particle of parted?.particles ?? []) particles.add(particle);
    const item: Item =
      entity === undefined ? (parted?.item ?? wordAt(tokens, at, taken, lexicons)) : { kind: 'value', entity };
    items.push(item);
    at = lastOf(item) + 1;
    while (particles.has(at)) at += 1;
  }
  return items;
}

/** The most words between the two of a verb: "turn the backups of sql01 back on". */
const farthest = 6;

interface Parting {
  readonly valueAt: ReadonlyMap<number, Entity>;
  readonly lexicons: readonly Lexicon[];
}

/** "Back sql01 up", "fail the VM erp-01 over", "turn the backups back on": a verb of several words around what it is done to. */
function partedAt(
  tokens: readonly Token[],
  at: number,
  parting: Parting,
): { readonly item: WordItem; readonly particles: readonly number[] } | undefined {
  const { valueAt, lexicons } = parting;
  const form = tokens[at]?.folded ?? '';
  if (lexicons[0]?.together.beginnings.has(form) !== true) return undefined;
  let told = false;
  for (let next = at + 1; next < tokens.length && next - at <= farthest; next += 1) {
    const verb = told ? verbEndingAt(form, tokens.slice(next, next + 2), lexicons) : undefined;
    if (verb !== undefined) {
      const { count, ...word } = verb;
      const particles = Array.from({ length: count }, (_, index) => next + index);
      return { item: { kind: 'word', ...word, fuzzy: false, first: at, last: at }, particles };
    }
    const named = valueAt.get(next);
    if (named !== undefined) next = named.last;
    told ||= named !== undefined || isThing(tokens[next]?.folded, lexicons);
    if (named === undefined && !isThing(tokens[next]?.folded, lexicons) && !isSmallWord(tokens[next]?.folded, lexicons))
      return undefined;
  }
  return undefined;
}

/** The verb whose last word or two these are: "back on", "up". */
function verbEndingAt(form: string, after: readonly Token[], lexicons: readonly Lexicon[]) {
  for (const count of [2, 1]) {
    const particles = after.slice(0, count).map(({ folded }) => folded);
    if (particles.length < count) continue;
    const whole = [form, ...particles].join(' ');
    const senses = lexicons
      .filter((lexicon) => particles.every((particle) => lexicon.particles.has(particle)))
      .map((lexicon) => lexicon.senses.get(whole))
      .find((found) => found?.some(({ kind }) => kind === 'action') === true);
    if (senses !== undefined) return { senses, form: whole, count };
  }
  return undefined;
}

/** "The backups", "the replication": what something is done to. */
function isThing(form: string | undefined, lexicons: readonly Lexicon[]): boolean {
  const senses = lexicons[0]?.senses.get(form ?? '');
  return senses?.some(({ kind, concept }) => kind === 'thing' || concept === 'backup') === true;
}

function isSmallWord(form: string | undefined, lexicons: readonly Lexicon[]): boolean {
  return lexicons[0]?.together.senses.get(form ?? '')?.some(({ kind }) => kind === 'neutral') === true;
}

/** Index of the item's last token. */
export function lastOf(item: Item): number {
  return item.kind === 'value' ? item.entity.last : item.last;
}

/** Index of the item's first token. */
export function firstOf(item: Item): number {
  return item.kind === 'value' ? item.entity.first : item.first;
}

/** Everything that an item can mean; a word that nobody knows stands for itself. */
export function conceptsOf(item: Item): readonly string[] {
  if (item.kind === 'unknown') return [`=${item.form}`];
  return item.kind === 'word' ? item.senses.map(({ concept }) => concept) : [];
}

function takenBy(values: readonly Entity[]): ReadonlySet<number> {
  const taken = new Set<number>();
  for (const { first, last } of values) for (let at = first; at <= last; at += 1) taken.add(at);
  return taken;
}

function wordAt(tokens: readonly Token[], at: number, taken: ReadonlySet<number>, lexicons: readonly Lexicon[]): Item {
  let end = at;
  while (end < tokens.length && !taken.has(end)) end += 1;
  const free = end === tokens.length ? tokens : tokens.slice(0, end);
  const form = tokens[at]?.folded ?? '';
  return (
    knownAt(free, at, lexicons) ??
    hyphenated(tokens, at, lexicons) ??
    similarAt(form, at, lexicons) ?? { kind: 'unknown', form, first: at, last: at }
  );
}

function knownAt(tokens: readonly Token[], at: number, lexicons: readonly Lexicon[]): WordItem | undefined {
  if (tokens[at]?.begun.length === 0) return undefined;
  let best: { readonly lexicon: Lexicon; readonly found: Stretch } | undefined;
  for (const lexicon of lexicons) {
    const found = longestAt(tokens, at, (form) => lexicon.senses.has(form));
    // A term of several words of another language ("test failover" in a Portuguese sentence) is one term.
    if (found === undefined || (lexicon !== lexicons[0] && isLostLetters(found.form, lexicon))) continue;
    if (best === undefined || found.next > best.found.next) best = { lexicon, found };
  }
  if (best === undefined) return undefined;
  const { form, next } = best.found;
  return { kind: 'word', senses: best.lexicon.senses.get(form) ?? [], form, fuzzy: false, first: at, last: next - 1 };
}

/** "AS" in an Italian sentence is no Portuguese article, but what is left of "ASR". */
function isLostLetters(form: string, { senses }: Lexicon): boolean {
  return form.length < 3 && senses.get(form)?.every(({ kind }) => kind === 'neutral') === true;
}

/** "back-up", "fail-over", "test-failover". */
function hyphenated(tokens: readonly Token[], at: number, lexicons: readonly Lexicon[]): WordItem | undefined {
  const folded = tokens[at]?.folded ?? '';
  if (!folded.includes('-')) return undefined;
  for (const form of [folded.replaceAll('-', ' '), folded.replaceAll('-', '')]) {
    const senses = lexicons.map((lexicon) => lexicon.senses.get(form)).find((found) => found !== undefined);
    if (senses !== undefined) return { kind: 'word', senses, form, fuzzy: false, first: at, last: at };
  }
  return undefined;
}

/** A typing error: one letter in a word of five or more, two in one of nine or more, and the same first letter. */
function similarAt(form: string, at: number, lexicons: readonly Lexicon[]): WordItem | undefined {
  if (form.length < 5 || form.length > 20 || /[^a-z]/.test(form)) return undefined;
  const allowed = form.length < 9 ? 1 : 2;
  for (const { senses, spelled } of lexicons.slice(0, 1)) {
    const slips = spelled.get(form[0] ?? '')?.filter((one) => isSlip(one, form, allowed)) ?? [];
    const known = slips.toSorted((a, b) => distance(a, form) - distance(b, form))[0];
    if (known !== undefined)
      return { kind: 'word', senses: senses.get(known) ?? [], form: known, fuzzy: true, first: at, last: at };
  }
  return undefined;
}

/** Whether a word may be another one mistyped: within so many edits, or two neighbouring letters in the wrong order. */
export function isSlip(known: string, form: string, allowed: number): boolean {
  if (Math.abs(known.length - form.length) > allowed) return false;
  const from = alikeFrom(known, form);
  if (known.length === form.length && known[from] === form[from + 1] && known[from + 1] === form[from])
    if (known.slice(from + 2) === form.slice(from + 2)) return true;
  // One edit leaves one letter at most between what is alike on both sides: most words are told apart without counting.
  const shorter = Math.min(known.length, form.length);
  if (allowed === 1) return Math.max(known.length, form.length) - from - alikeTo(known, form, shorter - from) <= 1;
  return distance(known, form) <= allowed;
}

/** How many letters are the same from the beginning. */
function alikeFrom(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one.charCodeAt(at) === other.charCodeAt(at)) at += 1;
  return at;
}

/** How many letters are the same from the end, of so many. */
function alikeTo(one: string, other: string, most: number): number {
  let count = 0;
  while (count < most && one.charCodeAt(one.length - 1 - count) === other.charCodeAt(other.length - 1 - count))
    count += 1;
  return count;
}

/** The lexicons in the order of how much of the text they know; the speaker's own language wins a draw. */
export function byLanguage(
  tokens: readonly Token[],
  lexicons: readonly Lexicon[],
  speaker: string,
): readonly Lexicon[] {
  const known = (lexicon: Lexicon) => {
    let count = lexicon.tag === speaker ? 0.5 : 0;
    const isKnown = (form: string) => lexicon.known.has(form);
    for (let at = 0; at < tokens.length; ) {
      const found = longestAt(tokens, at, isKnown);
      if (found !== undefined) count += found.next - at;
      at = found?.next ?? at + 1;
    }
    return count;
  };
  const counted = lexicons.map((lexicon) => ({ lexicon, count: known(lexicon) }));
  return counted.sort((a, b) => b.count - a.count).map(({ lexicon }) => lexicon);
}
