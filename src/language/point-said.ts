import type { ParameterKind } from '../operations/parameters.ts';
import { moved, pastMeanings } from './dates.ts';
import type { Said, Speaker } from './fill.ts';
import { latestConsistent, latestProcessed } from './points.ts';
import { firstOf, type Item } from './reading.ts';

type PointKind = Extract<ParameterKind, 'recovery-point' | 'replication-point'>;

/**
 * What a sentence says about a recovery point. The value is a word (`latest`, `latest-processed`, `latest-application-consistent`), `#2` for the second
 * one of the list, newest first, or an ISO instant: the newest point that is not after it, or with `before` the newest one before it.
 */
export function pointSaid(kind: PointKind, items: readonly Item[], speaker: Speaker): Said | undefined {
  for (const item of items) {
    const said = named(kind, item) ?? timed(kind, item, { items, speaker });
    if (said !== undefined) return said;
  }
  return undefined;
}

/** What a sentence says about the points that all VMs of a plan go to: a word, for no list and no moment is theirs in common. */
export function planPointSaid(items: readonly Item[]): Said | undefined {
  const said = items.map((item) => named('replication-point', item)).find((one) => one !== undefined);
  if (said === undefined || String(said.value).startsWith('#')) return undefined;
  const value = said.value === latestConsistent ? 'application-consistent' : said.value;
  return { kind: 'plan-point', said: said.said, value };
}

function named(kind: PointKind, item: Item): Said | undefined {
  if (item.kind === 'value' && item.entity.kind === 'point') {
    const { point, said } = item.entity;
    return { kind, said, value: typeof point === 'number' ? `#${point}` : point };
  }
  const isProcessed = item.kind === 'word' && item.senses.some(({ concept }) => concept === 'latest-processed');
  return isProcessed ? { kind, said: item.form, value: latestProcessed } : undefined;
}

interface Around {
  readonly items: readonly Item[];
  readonly speaker: Speaker;
}

function timed(kind: PointKind, item: Item, { items, speaker }: Around): Said | undefined {
  if (item.kind !== 'value') return undefined;
  const { entity } = item;
  const before = isBefore(item, items) ? { before: true as const } : {};
  if (entity.kind === 'moment') {
    const meanings = pastMeanings(entity.moment, before.before === true ? 'begin' : 'end', speaker);
    return { kind, said: entity.said, ...before, ...oneOrAll(meanings) };
  }
  if (entity.kind !== 'length' || entity.use !== 'ago') return undefined;
  const value = moved(speaker.now, -entity.count, entity.unit, speaker.timeZone);
  return { kind, said: entity.said, ...before, value };
}

/** The value where there is one meaning; otherwise all of them, of which somebody has to choose. */
export function oneOrAll(meanings: readonly string[]): Pick<Said, 'value' | 'meanings'> {
  const [only] = meanings;
  return meanings.length === 1 && only !== undefined ? { value: only } : { meanings };
}

function isBefore(item: Item, items: readonly Item[]): boolean {
  const word = items
    .slice(0, items.indexOf(item))
    .findLast((one) => one.kind !== 'word' || one.senses.some(({ concept }) => concept !== 'neutral'));
  return (
    word?.kind === 'word' && firstOf(item) - word.last <= 3 && word.senses.some(({ concept }) => concept === 'before')
  );
}
