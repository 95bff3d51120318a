import type { ParameterKind } from '../operations/parameters.ts';
import { type Heard, weightOfExtra } from './match.ts';
import type { Pattern, Wanted } from './patterns.ts';
import type { Item } from './reading.ts';
import { fitsSlot } from './slots.ts';

/** A pattern that cannot come nearer than this is not compared. */
const worthComparing = 0.5;

/** An alternative worth offering. */
export const worthOffering = 0.4;

/** One thing that a pattern wants: numbered over all patterns, with the number of its pattern. */
interface Use {
  readonly wanted: number;
  readonly pattern: number;
  readonly weight: number;
  /** A pattern is only looked at for something that says what it is about. */
  readonly telling: boolean;
}

interface Uses {
  readonly count: number;
  /** How many things besides values each pattern wants. */
  readonly words: readonly number[];
  readonly ofConcept: ReadonlyMap<string, readonly Use[]>;
  readonly ofSlot: ReadonlyMap<ParameterKind, readonly Use[]>;
}

/** A pattern that may fit a sentence. */
export interface Likely {
  readonly pattern: Pattern;
  /** The same number for all whose comparisons stand for each other: of one operation, and said alike. */
  readonly lane: number;
  /** No comparison yields more than this. */
  readonly most: number;
  /** Everything of it besides values is in the sentence. */
  readonly whole: boolean;
}

/** Finds the patterns that may fit a sentence without comparing them with it: most have too little in common. */
export function shortlister(patterns: readonly Pattern[]): (heard: Heard) => readonly Likely[] {
  const uses = usesOf(patterns);
  const laneOf = lanesOf(patterns);
  return (heard) => {
    const { shared, telling, words } = sharedWith(heard, uses, patterns.length);
    const sentence = weighed(heard);
    const likely: Likely[] = [];
    for (let at = telling.indexOf(1); at !== -1; at = telling.indexOf(1, at + 1)) {
      const pattern = patterns[at];
      if (pattern === undefined) break;
      const most = mostAlike(sentence, pattern, shared[at] ?? 0);
      const whole = words[at] === uses.words[at];
      if (most >= worthOffering) likely.push({ pattern, lane: laneOf[at] ?? 0, most, whole });
    }
    return likely;
  };
}

function lanesOf(patterns: readonly Pattern[]): readonly number[] {
  const numbers = new Map<string, number>();
  return patterns.map(({ operation, borrowed }) => {
    const lane = `${operation} ${borrowed}`;
    numbers.set(lane, numbers.get(lane) ?? numbers.size);
    return numbers.get(lane) ?? 0;
  });
}

function usesOf(patterns: readonly Pattern[]): Uses {
  const ofConcept = new Map<string, Use[]>();
  const ofSlot = new Map<ParameterKind, Use[]>();
  const add = <K>(uses: Map<K, Use[]>, key: K, use: Use) => uses.set(key, [...(uses.get(key) ?? []), use]);
  let count = 0;
  for (const [pattern, { wanted: all }] of patterns.entries())
    for (const wanted of all) {
      const use = { wanted: count, pattern, weight: wanted.weight };
      count += 1;
      if (wanted.want === 'value') add(ofSlot, wanted.slot, { ...use, telling: !isTimeSlot(wanted.slot) });
      else
        for (const concept of new Set(wanted.spoken))
          add(ofConcept, concept, { ...use, telling: tells(wanted, concept) });
    }
  const words = patterns.map(({ wanted }) => wanted.filter(({ want }) => want === 'concept').length);
  return { count, words, ofConcept, ofSlot };
}

function tells(wanted: Wanted & { readonly want: 'concept' }, concept: string): boolean {
  return wanted.weight >= 0.6 && wanted.concepts.includes(concept);
}

function isTimeSlot(slot: ParameterKind): boolean {
  return slot === 'expiry' || slot === 'instant';
}

/** What each pattern shares with the sentence at most, by weight, and whether anything of it says what the pattern is about. */
function sharedWith(heard: Heard, { count, ofConcept, ofSlot }: Uses, patterns: number) {
  const shared = new Float64Array(patterns);
  const telling = new Uint8Array(patterns);
  const words = new Uint8Array(patterns);
  const met = new Uint8Array(count);
  const meet = ({ wanted, pattern, weight }: Use, tellsIt: boolean) => {
    if (tellsIt) telling[pattern] = 1;
    if (met[wanted] === 1) return;
    met[wanted] = 1;
    shared[pattern] = (shared[pattern] ?? 0) + weight;
  };
  const meetWord = (use: Use) => {
    if (met[use.wanted] !== 1) words[use.pattern] = (words[use.pattern] ?? 0) + 1;
    meet(use, use.telling);
  };
  for (const concept of heard.concepts) for (const use of ofConcept.get(concept) ?? []) meetWord(use);
  for (const [slot, uses] of ofSlot) {
    if (!isFilled(slot, heard)) continue;
    const named = heard.items.some((item) => names(item, slot));
    for (const use of uses) meet(use, named && use.telling);
  }
  return { shared, telling, words };
}

function isFilled(slot: ParameterKind, heard: Heard): boolean {
  return heard.unnamed || slot === 'disks' || heard.entities.some((entity) => fitsSlot(entity, slot));
}

function names(item: Item, slot: ParameterKind): boolean {
  return item.kind === 'value' ? item.entity.kind === slot : item.kind === 'unknown' && slot === 'vm';
}

/** The most that a comparison could yield with what the sentence says beside the phrase; 0 where little is shared. */
function mostAlike({ heard, weights }: Weighed, pattern: Pattern, shared: number): number {
  const alike = (beside: number) => (2 * shared) / Math.max(pattern.weight + shared + beside, 0.1);
  if (alike(0) < worthComparing) return 0;
  const weightsBeside = weights[wayOf(pattern)] ?? [];
  let beside = 0;
  for (let at = 0; at < heard.items.length; at += 1) {
    const item = heard.items[at];
    const weight = weightsBeside[at] ?? 0;
    if (item !== undefined && weight > 0 && !isUsed(item, heard, pattern)) beside += weight;
  }
  return alike(beside);
}

/** A sentence with what each of its items weighs beside a phrase, by the ways of phrases. */
interface Weighed {
  readonly heard: Heard;
  readonly weights: readonly (readonly number[])[];
}

const ways = [
  { changing: false, borrowed: false },
  { changing: false, borrowed: true },
  { changing: true, borrowed: false },
] as const;

/** The place of a pattern's way in `ways`. */
function wayOf({ changing, borrowed }: Pattern): number {
  return changing ? 2 : Number(borrowed);
}

function weighed(heard: Heard): Weighed {
  return { heard, weights: ways.map((way) => heard.items.map((item) => weightOfExtra(item, way, heard.asks))) };
}

/** Whether a pattern may make use of an item; a value may always be one of its own. */
function isUsed(item: Item, { unnamed }: Heard, { speaksOf }: Pattern): boolean {
  if (item.kind === 'word') return item.senses.some(({ concept }) => speaksOf.has(concept));
  return item.kind === 'value' || unnamed || speaksOf.has(`=${item.form}`);
}
