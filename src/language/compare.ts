import { type Fit, fitOf, type Heard, type Sought } from './match.ts';
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
  const first = firstOfLanes(sought, likely);
  const enough = new Map([...first].map(([lane, { score }]) => [lane, score]));
  const fits: Fit[] = [];
  for (const { entry, most, whole } of likely) {
    const { lane, pattern } = entry;
    const known = first.get(lane);
    const isAsked = most >= (enough.get(lane) ?? 0) || (pattern.changing && whole) || sought.exact.has(entry.at);
    const fit = known?.pattern === pattern ? known : isAsked ? fitOf(sought, entry) : undefined;
    if (fit === undefined) continue;
    fits.push(fit);
    // A phrase that stands for a value says it only as a whole: no other is left out for half of it.
    if (pattern.says === undefined && fit.score > (enough.get(lane) ?? 0)) enough.set(lane, fit.score);
  }
  return fits;
}

/** How the likeliest pattern of each lane fits. */
function firstOfLanes(sought: Sought, likely: readonly Likely[]): ReadonlyMap<number, Fit> {
  const first = new Map<number, Likely>();
  for (const one of likely) if (one.most > (first.get(one.entry.lane)?.most ?? 0)) first.set(one.entry.lane, one);
  return new Map([...first].map(([lane, { entry }]) => [lane, fitOf(sought, entry)]));
}
