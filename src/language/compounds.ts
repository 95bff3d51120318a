import { means } from './items.ts';
import { isNeutral } from './lexicon.ts';
import { type Item, lastOf, type WordItem } from './reading.ts';

/** Words that mean something else together than one by one, in whatever order and language; only small words stand between them. */
export function compounded(items: readonly Item[]): readonly Item[] {
  return pairs.reduce(joined, withoutProtection(items));
}

interface Pair {
  readonly one: readonly string[];
  readonly other: readonly string[];
  readonly together: WordItem['senses'][number];
}

const pairs: readonly Pair[] = [
  // A test and a failover in one breath are a drill.
  { one: ['test'], other: ['failover'], together: { kind: 'action', concept: 'drill' } },
  // "Restore job" and "job di ripristino" are no restore; Azure lists both kinds with the backups.
  { one: ['job'], other: ['backup', 'backups', 'restore'], together: { kind: 'thing', concept: 'backup-job' } },
  {
    one: ['job'],
    other: ['failover', 'drill', 'replication', 'replicate', 'reprotect'],
    together: { kind: 'thing', concept: 'replication-job' },
  },
];

function joined(items: readonly Item[], { one, other, together }: Pair): readonly Item[] {
  const first = wordMeaning(items, one);
  const second = wordMeaning(items, other);
  if (first === undefined || second === undefined || wordMeaning(items, [together.concept]) !== undefined) return items;
  if (!isBeside(first, second, items)) return items;
  const whole: Item = {
    ...first,
    senses: [together],
    form: `${first.form} ${second.form}`,
    fuzzy: first.fuzzy || second.fuzzy,
  };
  return items.flatMap((item) => (item === first ? [whole] : item === second ? [] : [item]));
}

/** Only small words stand between: "failover erp-prod-01, then test" is no drill. */
function isBeside(one: Item, other: Item, items: readonly Item[]): boolean {
  const [from, to] = [items.indexOf(one), items.indexOf(other)].sort((a, b) => a - b);
  return items
    .slice((from ?? 0) + 1, to)
    .every((item) => item.kind === 'word' && item.senses.some(({ kind }) => kind === 'neutral'));
}

function wordMeaning(items: readonly Item[], concepts: readonly string[]): WordItem | undefined {
  return items.find((item): item is WordItem => item.kind === 'word' && means(item, concepts));
}

/** "Do not have any backup", "non sono sotto backup": said word by word, a denial and what is denied are one state. "Do not back up" is none. */
function withoutProtection(items: readonly Item[]): readonly Item[] {
  for (const [at, item] of items.entries()) {
    const end = item.kind === 'word' && isDenial(item) ? endOfLack(items, at) : undefined;
    const last = end === undefined ? undefined : items[end];
    if (item.kind !== 'word' || end === undefined || last === undefined) continue;
    const lack: WordItem = { ...item, senses: [{ kind: 'state', concept: 'unprotected' }], last: lastOf(last) };
    return items.toSpliced(at, end - at + 1, lack);
  }
  return items;
}

function isDenial({ senses }: WordItem): boolean {
  return senses.some(({ kind }) => kind === 'not') && !isNeutral(senses);
}

/** Index of the word that is denied: a state, or a thing that somebody does not have. */
function endOfLack(items: readonly Item[], from: number): number | undefined {
  let has = false;
  for (let at = from + 1; at < items.length && at - from <= 5; at += 1) {
    const item = items[at];
    if (item?.kind !== 'word') return undefined;
    if (means(item, ['protected', 'backed-up'])) return at;
    if (means(item, ['backup', 'backups', 'protection'])) return has ? at : undefined;
    has ||= means(item, ['has']);
    const small = isNeutral(item.senses) || isDenial(item) || means(item, ['has', 'is', 'all']);
    if (!small) return undefined;
  }
  return undefined;
}
