import { type Fit, fitOf, type Heard } from './match.ts';
import type { Likely } from './shortlist.ts';

/**
 * Compares a sentence with the patterns that may fit it, in their order; what cannot come nearer than another phrase of the same operation is left out,
 * unless the sentence may be exactly it, or all of a change.
 */
export function fitsOf(heard: Heard, likely: readonly Likely[]): readonly Fit[] {
  const best = likeliestFits(heard, likely);
  const fits: Fit[] = [];
  for (const one of likely) {
    const { pattern, lane, most } = one;
    const first = best.get(lane);
    if (first?.pattern === pattern) fits.push(first);
    else if (first === undefined || most >= first.score || mayBeAll(heard, one)) fits.push(fitOf(heard, pattern));
  }
  return fits;
}

/** The fit of the likeliest pattern of each lane. */
function likeliestFits(heard: Heard, likely: readonly Likely[]): ReadonlyMap<number, Fit> {
  const first = new Map<number, Likely>();
  for (const one of likely) if (one.most > (first.get(one.lane)?.most ?? 0)) first.set(one.lane, one);
  return new Map([...first].map(([lane, { pattern }]) => [lane, fitOf(heard, pattern)]));
}

function mayBeAll(heard: Heard, { pattern, whole }: Likely): boolean {
  return (pattern.changing && whole) || pattern.phrases.some(({ literal }) => literal === heard.literal);
}
