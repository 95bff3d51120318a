import type { ParameterInfo, ParameterKind } from '../operations/parameters.ts';
import type { Entity } from './entities.ts';
import type { Sense } from './lexicon.ts';
import { literalSlot, type Pattern, unknownWeight, valueWeight, type Wanted, weightOf } from './patterns.ts';
import type { Item } from './reading.ts';

/** A sentence as it is compared with patterns: without lead-in, without the reason at its end. */
export interface Heard {
  readonly tag: string;
  readonly items: readonly Item[];
  readonly literal: string;
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
}

/** Compares a sentence with one pattern: twice what they share, by the sum of both (Dice), with a little for the same language and the same small words. */
export function fitOf(heard: Heard, pattern: Pattern): Fit {
  const left = [...heard.items];
  let shared = 0;
  let whole = true;
  let fuzzy = false;
  let spoken = false;
  for (const wanted of pattern.wanted) {
    const at = left.findIndex((item) => satisfies(item, wanted, spoken));
    const item = left[at];
    if (item === undefined) {
      whole &&= wanted.want === 'value';
      continue;
    }
    left.splice(at, 1);
    shared += wanted.weight;
    spoken ||= wanted.want === 'concept';
    fuzzy ||= item.kind === 'word' && item.fuzzy;
  }
  const extraWeight = left.reduce((sum, item) => sum + weightOfExtra(item, pattern), 0);
  const exact = heard.literal === pattern.literal;
  const total = pattern.weight + shared + extraWeight;
  const near = (heard.tag === pattern.tag ? 0.01 : 0) + 0.02 * sameSmallWords(heard.literal, pattern.literal);
  const score = exact ? 1 : Math.min(0.99, Math.max(0, (2 * shared) / Math.max(total, 0.1) - 0.03 + near));
  return { pattern, score, exact, extra: left, whole, fuzzy };
}

/** `spoken`: something of the phrase besides values was found; an unknown word alone is no request for anything. */
function satisfies(item: Item, wanted: Wanted, spoken: boolean): boolean {
  if (wanted.want === 'value') {
    return item.kind === 'value' ? fitsSlot(item.entity, wanted.slot) : spoken && fitsAsWord(item, wanted.slot);
  }
  if (item.kind === 'unknown') return wanted.concepts.includes(`=${item.form}`);
  return (
    item.kind === 'word' &&
    item.senses.some(({ concept }) => concept !== 'neutral' && wanted.concepts.includes(concept))
  );
}

/** Whether a value can fill a parameter of that kind. */
export function fitsSlot(entity: Entity, slot: ParameterKind): boolean {
  const kinds: Readonly<Record<string, readonly Entity['kind'][]>> = {
    vm: ['vm'],
    vault: ['vault'],
    plan: ['plan'],
    run: ['run'],
    network: ['network'],
    expiry: ['length', 'moment'],
    instant: ['length', 'moment'],
    'replication-point': ['moment'],
    words: ['ticket'],
  };
  return kinds[slot]?.includes(entity.kind) ?? false;
}

/** A word that nobody knows can be the name that is missing. */
function fitsAsWord(item: Item, slot: ParameterKind): boolean {
  if (item.kind === 'unknown')
    return /^[\p{L}\p{N}][\p{L}\p{N}.-]*$/u.test(item.form) && (slot === 'vm' || slot === 'words');
  return item.kind === 'word' && slot === 'disks' && item.senses.some(({ concept }) => concept === 'disk');
}

function weightOfExtra(item: Item, pattern: Pattern): number {
  if (item.kind === 'unknown') return unknownWeight;
  if (item.kind === 'value') return weightOfValue(item.entity);
  if (isNeutral(item.senses)) return 0;
  const does = item.senses.some(({ kind }) => kind === 'action');
  if (item.senses.some(({ concept }) => concept === 'do')) return pattern.changing ? 0 : 0.5;
  return does ? 1.6 : weightOf(item.senses);
}

function weightOfValue(entity: Entity): number {
  const light = { group: 0, ticket: 0, length: 0.2, moment: 0.2, network: 0.3, vault: 0.3, number: 0.3 } as const;
  return entity.kind in light ? light[entity.kind as keyof typeof light] : valueWeight;
}

/** Whether a word says nothing by itself in that place. */
export function isNeutral(senses: readonly Sense[]): boolean {
  return senses.some(({ kind }) => kind === 'neutral');
}

function sameSmallWords(heard: string, phrase: string): number {
  const words = new Set(heard.split(' '));
  const wanted = phrase.split(' ');
  return wanted.filter((word) => words.has(word)).length / wanted.length;
}

/** Whether a sentence asks for a changing operation and for nothing else: what is left over says nothing, or is a value of the operation. */
export function isClosed(fit: Fit, parameters: readonly ParameterInfo[]): boolean {
  if (!fit.whole || fit.fuzzy) return false;
  const kinds = new Set(parameters.map(({ kind }) => kind));
  const values = fit.extra.some(
    (item) => item.kind === 'value' && (item.entity.kind === 'length' || item.entity.kind === 'moment'),
  );
  const timed =
    values || fit.pattern.wanted.some((wanted) => wanted.want === 'value' && literalSlot(wanted.slot) === '{time}');
  return fit.extra.every((item) => {
    if (item.kind === 'unknown') return false;
    return item.kind === 'value' ? isOwnValue(item.entity, kinds) : !item.fuzzy && isSmall(item.senses, kinds, timed);
  });
}

function isOwnValue(entity: Entity, kinds: ReadonlySet<ParameterKind>): boolean {
  if (entity.kind === 'group' || entity.kind === 'ticket') return true;
  return [...kinds].some((kind) => fitsSlot(entity, kind));
}

function isSmall(senses: readonly Sense[], kinds: ReadonlySet<ParameterKind>, timed: boolean): boolean {
  const is = (...concepts: readonly string[]) => senses.some(({ concept }) => concepts.includes(concept));
  if (isNeutral(senses) || is('do')) return true;
  if (timed && is('keep', 'until')) return true;
  if (kinds.has('network') && is('network', 'no-network')) return true;
  if (is('disk') && kinds.has('disks')) return true;
  return kinds.has('replication-point') && is('recovery-point', 'recent', 'latest-processed');
}
