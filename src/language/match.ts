import type { ParameterKind } from '../operations/parameters.ts';
import type { Entity } from './entities.ts';
import { isNeutral } from './lexicon.ts';
import { type Pattern, type Phrase, unknownWeight, valueWeight, type Wanted, weightOf } from './patterns.ts';
import { firstOf, type Item } from './reading.ts';
import { fitsSlot, isKnownVm } from './slots.ts';

/** A sentence as it is compared with patterns: without lead-in, without the reason at its end. */
export interface Heard {
  readonly tag: string;
  readonly items: readonly Item[];
  readonly literal: string;
  readonly literalWords: ReadonlySet<string>;
  /** Everything that its words can mean. */
  readonly concepts: ReadonlySet<string>;
  readonly entities: readonly Entity[];
  /** Nothing in it is a name, known or likely: a word that nobody knows may be one. */
  readonly unnamed: boolean;
  /** It is a question by its mark or by its first word: what is to be done in it is only spoken of. */
  readonly asks: boolean;
  /** What a VM is called in some language. */
  readonly machines: { has(form: string): boolean };
  readonly articles: { has(form: string): boolean };
}

/** How well a sentence fits a pattern. */
export interface Fit {
  readonly pattern: Pattern;
  /** 0 to 1. */
  readonly score: number;
  /** The sentence is the phrase, word by word. */
  readonly exact: boolean;
  /** What the sentence has and the pattern did not want; the words of its values are not in it. */
  readonly extra: readonly Item[];
  /** Nothing that the pattern wants is missing, but for values that can be asked for. */
  readonly whole: boolean;
  /** Something fitted only by similarity. */
  readonly fuzzy: boolean;
  /** What is said of the phrase stands in the phrase's order. */
  readonly inOrder: boolean;
  /** The first word of the phrase that was found, other than "do". */
  readonly verb: Item | undefined;
  /** A word that nobody knows stands for a name. */
  readonly unknownName: Item | undefined;
}

/** Compares a sentence with one pattern: twice what they share, by the sum of both (Dice), with a little for the same language and the same small words. */
export function fitOf(heard: Heard, pattern: Pattern): Fit {
  const { pairs, extra } = pairsOf(heard, pattern);
  const verbs = pairs.flatMap(({ wanted, item }) => (isVerb(wanted) ? [item] : []));
  const unknownName = pairs.find(({ wanted, item }) => wanted.want === 'value' && item.kind === 'unknown')?.item;
  const exact = pattern.phrases.some(({ literal }) => literal === heard.literal);
  const alike = alikeness(pattern, { pairs, extra, asks: heard.asks });
  const scores = pattern.phrases.map((phrase) => nearness(heard, phrase, alike) * borrowing(heard, pattern, phrase));
  return {
    pattern,
    score: exact ? 1 : Math.max(...scores) * doubt(pattern, { extra, unknownName, asks: heard.asks }),
    exact,
    extra,
    whole: pattern.wanted.every((wanted) => wanted.want === 'value' || pairs.some((pair) => pair.wanted === wanted)),
    fuzzy: pairs.some(({ item }) => item.kind === 'word' && item.fuzzy),
    inOrder: verbs.every((item, at) => at === 0 || firstOf(item) > firstOf(verbs[at - 1] ?? item)),
    verb: verbs[0],
    unknownName,
  };
}

interface Pair {
  readonly wanted: Wanted;
  readonly item: Item;
}

interface Pairs {
  readonly pairs: readonly Pair[];
  readonly extra: readonly Item[];
}

/** Finds something in the sentence for everything that the pattern wants; nothing is used twice. */
function pairsOf(heard: Heard, pattern: Pattern): Pairs {
  const extra = [...heard.items];
  const pairs: Pair[] = [];
  for (const wanted of pattern.wanted) {
    const spoken = heard.unnamed && pairs.some((pair) => pair.wanted.want === 'concept');
    const at = placeOf(wanted, extra, spoken);
    const item = extra[at];
    if (item === undefined) continue;
    extra.splice(at, 1);
    pairs.push({ wanted, item });
  }
  return { pairs, extra };
}

/** A VM that exists is taken before a word that only looks like one. */
function placeOf(wanted: Wanted, items: readonly Item[], spoken: boolean): number {
  const known = wanted.want === 'value' && wanted.slot === 'vm' ? items.findIndex(isKnownVm) : -1;
  return known !== -1 ? known : items.findIndex((item) => satisfies(item, wanted, spoken));
}

function isVerb(wanted: Wanted): boolean {
  return wanted.want === 'concept' && !wanted.concepts.includes('do');
}

function alikeness(pattern: Pattern, { pairs, extra, asks }: Pairs & Pick<Heard, 'asks'>): number {
  const shared = pairs.reduce((sum, pair) => sum + weightOfPair(pair), 0);
  const beside = extra.reduce(
    (sum, item) => sum + weightOfExtra(item, pattern, asks) * (isRepeated(item, pattern) ? 0.3 : 1),
    0,
  );
  return (2 * shared) / Math.max(pattern.weight + shared + beside, 0.1);
}

/** What the phrase has said already: "a summary of everything". */
function isRepeated(item: Item, { changing, speaksOf }: Pattern): boolean {
  return !changing && item.kind === 'word' && item.senses.some(({ concept }) => speaksOf.has(concept));
}

/** What only stands for the word of the phrase counts a little less than the word. */
function weightOfPair({ wanted, item }: Pair): number {
  const standsIn =
    wanted.want === 'concept' &&
    item.kind === 'word' &&
    !item.senses.some(({ concept }) => wanted.concepts.includes(concept));
  return standsIn ? 0.95 * wanted.weight : wanted.weight;
}

/** What takes away from a likeness: a name that nobody knows, a wish for more than is read. */
function doubt(
  pattern: Pattern,
  { extra, unknownName, asks }: Pick<Fit, 'extra' | 'unknownName'> & Pick<Heard, 'asks'>,
): number {
  const strange = unknownName === undefined || pattern.changing ? 1 : 0.8;
  return strange * (!asks && wantsMore(extra, pattern) ? 0.75 : 1);
}

/** A likeness as near as a phrase comes, up to 0.99: the same language and the same small words come nearer. */
function nearness(heard: Heard, phrase: Phrase, alike: number): number {
  const near = (heard.tag === phrase.tag ? 0.01 : 0) + 0.02 * sameSmallWords(heard, phrase);
  return Math.min(0.99, Math.max(0, alike - 0.03 + near));
}

/** An action's words, read as something to read about, are meant so in their own language only. */
function borrowing(heard: Heard, { borrowed }: Pattern, { tag }: Phrase): number {
  return borrowed && heard.tag !== tag ? 0.8 : 1;
}

/** Something is to be done that reading does not do: "stop", "delete". */
function wantsMore(extra: readonly Item[], pattern: Pattern): boolean {
  const does = (item: Item) =>
    item.kind === 'word' &&
    !isNeutral(item.senses) &&
    item.senses.every(({ kind, concept }) => kind === 'action' && concept !== 'backup' && concept !== 'do');
  return !pattern.changing && extra.some(does);
}

/** `spoken`: something of the phrase besides values was found, and nothing in the sentence is a name: an unknown word may be one. */
function satisfies(item: Item, wanted: Wanted, spoken: boolean): boolean {
  if (wanted.want === 'value') {
    return item.kind === 'value' ? fitsSlot(item.entity, wanted.slot) : spoken && fitsAsWord(item, wanted.slot);
  }
  if (item.kind === 'unknown') return wanted.concepts.includes(`=${item.form}`);
  return (
    item.kind === 'word' && item.senses.some(({ concept }) => concept !== 'neutral' && wanted.spoken.includes(concept))
  );
}

/** A word that nobody knows can be the name that is missing. */
function fitsAsWord(item: Item, slot: ParameterKind): boolean {
  if (item.kind === 'unknown')
    return /^[\p{L}\p{N}][\p{L}\p{N}.-]*$/u.test(item.form) && (slot === 'vm' || slot === 'words');
  return item.kind === 'word' && slot === 'disks' && item.senses.some(({ concept }) => concept === 'disk');
}

/** How much something counts that a sentence says beside a pattern. */
export function weightOfExtra(
  item: Item,
  pattern: Pick<Pattern, 'changing' | 'borrowed'>,
  asks: Heard['asks'],
): number {
  if (item.kind === 'unknown') return pattern.changing ? unknownWeight : 0.6;
  if (item.kind === 'value') return weightOfValue(item.entity);
  if (isNeutral(item.senses)) return 0;
  const spokenOf = asks && !pattern.changing;
  const means = (concept: string) => item.senses.some((sense) => sense.concept === concept);
  if (means('do')) return pattern.changing ? 0 : spokenOf ? 0.3 : 0.5;
  if (means('backup')) return pattern.changing || pattern.borrowed ? 1.6 : spokenOf ? 0.3 : 0.6;
  if (!item.senses.some(({ kind }) => kind === 'action')) return weightOf(item.senses);
  return spokenOf && !pattern.borrowed ? 0.6 : 1.6;
}

function weightOfValue(entity: Entity): number {
  const light = {
    group: 0,
    subscription: 0,
    tag: 0,
    region: 0.2,
    ticket: 0,
    length: 0.2,
    moment: 0.2,
    network: 0.3,
    vault: 0.3,
    number: 0.3,
  } as const;
  return entity.kind in light ? light[entity.kind as keyof typeof light] : valueWeight;
}

function sameSmallWords({ literalWords }: Heard, { words }: Phrase): number {
  let same = 0;
  for (const word of words) if (literalWords.has(word)) same += 1;
  return same / words.length;
}
