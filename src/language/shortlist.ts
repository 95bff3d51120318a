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
  readonly ofConcept: ReadonlyMap<string, readonly Use[]>;
  readonly ofSlot: ReadonlyMap<ParameterKind, readonly Use[]>;
}

/** Finds the patterns that may fit a sentence without comparing them with it: most have too little in common. */
export function shortlister(patterns: readonly Pattern[]): (heard: Heard) => readonly Pattern[] {
  const uses = usesOf(patterns);
  return (heard) => {
    const { shared, telling } = sharedWith(heard, uses, patterns.length);
    return patterns.filter((pattern, at) => telling[at] === 1 && isAlike(heard, pattern, shared[at] ?? 0));
  };
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
  return { count, ofConcept, ofSlot };
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
  const met = new Uint8Array(count);
  const meet = ({ wanted, pattern, weight }: Use, tellsIt: boolean) => {
    if (tellsIt) telling[pattern] = 1;
    if (met[wanted] === 1) return;
    met[wanted] = 1;
    shared[pattern] = (shared[pattern] ?? 0) + weight;
  };
  for (const concept of heard.concepts) for (const use of ofConcept.get(concept) ?? []) meet(use, use.telling);
  for (const [slot, uses] of ofSlot) {
    if (!isFilled(slot, heard)) continue;
    const named = heard.items.some((item) => names(item, slot));
    for (const use of uses) meet(use, named && use.telling);
  }
  return { shared, telling };
}

function isFilled(slot: ParameterKind, heard: Heard): boolean {
  return heard.unnamed || slot === 'disks' || heard.entities.some((entity) => fitsSlot(entity, slot));
}

function names(item: Item, slot: ParameterKind): boolean {
  return item.kind === 'value' ? item.entity.kind === slot : item.kind === 'unknown' && slot === 'vm';
}

/** The most that a comparison could yield, by itself and with what the sentence says beside the phrase. */
function isAlike(heard: Heard, pattern: Pattern, shared: number): boolean {
  const alike = (beside: number) => (2 * shared) / Math.max(pattern.weight + shared + beside, 0.1);
  if (alike(0) < worthComparing) return false;
  let beside = 0;
  for (const item of heard.items) if (!isUsed(item, heard, pattern)) beside += weightOfExtra(item, pattern, heard.asks);
  return alike(beside) >= worthOffering;
}

/** Whether a pattern may make use of an item; a value may always be one of its own. */
function isUsed(item: Item, { unnamed }: Heard, { speaksOf }: Pattern): boolean {
  if (item.kind === 'word') return item.senses.some(({ concept }) => speaksOf.has(concept));
  return item.kind === 'value' || unnamed || speaksOf.has(`=${item.form}`);
}
