import { type Fit, fitOf, type Heard } from './match.ts';
import type { Pattern } from './patterns.ts';
import { type Shortlist, shortlister } from './shortlist.ts';
import { changingWay } from './weights.ts';

/** Compares sentences with patterns: how each pattern fits that has enough in common with a sentence. */
export function comparer(patterns: readonly Pattern[]): (heard: Heard) => readonly Fit[] {
  const shortlist = shortlister(patterns);
  return (heard) => fitsOf(shortlist(heard));
}

/** What is known of the patterns of one lane while a sentence is compared with them. */
interface Lane {
  /** The likeliest of them. */
  readonly number: number;
  readonly fit: Fit;
  /** What cannot come nearer than this is left out. */
  enough: number;
}

/**
 * In the order of the patterns; what cannot come nearer than another phrase of the same operation is left out, unless the sentence may be exactly it,
 * or all of a change.
 */
function fitsOf(shortlist: Shortlist): readonly Fit[] {
  const { sought, likely, most } = shortlist;
  const lanes = lanesOf(shortlist);
  const fits: Fit[] = [];
  for (let nth = 0; nth < likely.length; nth += 1) {
    const number = likely[nth] ?? 0;
    const lane = lanes[sought.index.lanes[number] ?? 0];
    if (lane === undefined) continue;
    if (lane.number !== number && (most[number] ?? 0) < lane.enough && !isAsked(shortlist, number)) continue;
    const fit = lane.number === number ? lane.fit : fitOf(sought, number);
    fits.push(fit);
    // A phrase that stands for a value says it only as a whole: no other is left out for half of it.
    if (fit.score > lane.enough && fit.pattern.says === undefined) lane.enough = fit.score;
  }
  return fits;
}

/** Whether the sentence may be exactly this phrase, or all of this change. */
function isAsked({ sought, words }: Shortlist, number: number): boolean {
  const { ways, wordsOf } = sought.index;
  return (ways[number] === changingWay && words[number] === wordsOf[number]) || sought.exact.has(number);
}

/** By lane: how its likeliest pattern fits. */
function lanesOf({ sought, likely, most }: Shortlist): readonly (Lane | undefined)[] {
  const { lanes } = sought.index;
  const first: number[] = [];
  for (let nth = 0; nth < likely.length; nth += 1) {
    const number = likely[nth] ?? 0;
    const lane = lanes[number] ?? 0;
    const other = first[lane];
    if (other === undefined || (most[number] ?? 0) > (most[other] ?? 0)) first[lane] = number;
  }
  return first.map((number) => {
    const fit = fitOf(sought, number);
    return { number, fit, enough: fit.score };
  });
}
