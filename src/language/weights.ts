import type { Entity } from './entities.ts';
import { isNeutral } from './lexicon.ts';
import { type Pattern, unknownWeight, valueWeight, weightOf } from './patterns.ts';
import type { Item } from './reading.ts';

/** How much something counts that a sentence says beside a pattern. */
export function weightOfExtra(item: Item, pattern: Pick<Pattern, 'changing' | 'borrowed'>, asks: boolean): number {
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
    announced: 0,
    length: 0.2,
    moment: 0.2,
    network: 0.3,
    vault: 0.3,
    number: 0.3,
  } as const;
  return entity.kind in light ? light[entity.kind as keyof typeof light] : valueWeight;
}

/** The ways in which what is said beside a pattern can weigh; `wayOf` tells which is a pattern's. */
export const ways = [
  { changing: false, borrowed: false },
  { changing: false, borrowed: true },
  { changing: true, borrowed: false },
] as const;

/** The place of a pattern's way in `ways`. */
export function wayOf({ changing, borrowed }: Pattern): number {
  return changing ? changingWay : Number(borrowed);
}

export const borrowedWay = 1;
export const changingWay = 2;
