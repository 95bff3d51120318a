import { type Fit, fitOf, type Heard } from './match.ts';
import type { Pattern } from './patterns.ts';
import { type Likely, type Shortlist, shortlister } from './shortlist.ts';

/** Compares sentences with patterns: how each pattern fits that has enough in common with a sentence. */
export function comparer(patterns: readonly Pattern[]): (heard: Heard) => readonly Fit[] {
  const shortlist = shortlister(patterns);
  return (heard) => fitsOf(shortlist(heard));
}

/**
 * In the order of the patterns; what cannot come nearer than another phrase of the same operation is left out, unless the sentence may be exactly it,
 * or all of a change.
 */
function fitsOf({ sought, likely }: Shortlist): readonly Fit[] {
  const best = new Map([...likeliestOf(likely)].map(([lane, { entry }]) => [lane, fitOf(sought, entry)]));
  const fits: Fit[] = [];
  for (const { entry, most, whole } of likely) {
    const first = best.get(entry.lane);
    if (first?.pattern === entry.pattern) fits.push(first);
    else if (
      first === undefined ||
      most >= first.score ||
      (entry.pattern.changing && whole) ||
      sought.exact.has(entry.at)
    )
      fits.push(fitOf(sought, entry));
  }
  return fits;
}

/** The likeliest pattern of each lane. */
function likeliestOf(likely: readonly Likely[]): ReadonlyMap<number, Likely> {
  const first = new Map<number, Likely>();
  for (const one of likely) if (one.most > (first.get(one.entry.lane)?.most ?? 0)) first.set(one.entry.lane, one);
  return first;
}
