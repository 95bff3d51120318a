import type { Fit, Sought } from './match.ts';
import type { Entry } from './pattern-index.ts';
import type { Pattern } from './patterns.ts';
import { firstOf, type Item } from './reading.ts';

/** What most comparisons are never asked is found out when it is. */
export class Comparison implements Fit {
  readonly pattern: Pattern;
  readonly score: number;
  readonly exact: boolean;
  readonly whole: boolean;
  readonly #items: readonly Item[];
  readonly #entry: Entry;
  readonly #places: readonly number[];

  constructor(
    { heard, index }: Sought,
    number: number,
    found: { readonly places: readonly number[] } & Pick<Fit, 'whole' | 'score' | 'exact'>,
  ) {
    const entry = index.entries[number];
    if (entry === undefined) throw new RangeError(`no pattern ${number}`);
    this.#items = heard.items;
    this.#entry = entry;
    this.#places = found.places;
    this.pattern = entry.pattern;
    this.score = found.score;
    this.exact = found.exact;
    this.whole = found.whole;
  }

  get extra(): readonly Item[] {
    return this.#items.filter((_, at) => !this.#places.includes(at));
  }

  get fuzzy(): boolean {
    return this.#places.some((at) => isFuzzy(this.#items[at]));
  }

  get inOrder(): boolean {
    let last = -1;
    for (let nth = 0; nth < this.#places.length; nth += 1) {
      const item = this.#verbAt(nth);
      if (item === undefined) continue;
      if (firstOf(item) <= last) return false;
      last = firstOf(item);
    }
    return true;
  }

  get verb(): Item | undefined {
    for (let nth = 0; nth < this.#places.length; nth += 1) {
      const item = this.#verbAt(nth);
      if (item !== undefined) return item;
    }
    return undefined;
  }

  get unknownName(): Item | undefined {
    return unknownNameOf(this.#entry.pattern, this.#places, this.#items);
  }

  /** What was found for something to be done, or spoken of, that the pattern wants. */
  #verbAt(nth: number): Item | undefined {
    return this.#entry.verbs[nth] === true ? this.#items[this.#places[nth] ?? -1] : undefined;
  }
}

function isFuzzy(item: Item | undefined): boolean {
  return item?.kind === 'word' && item.fuzzy;
}

/** A word that nobody knows, in place of a value. */
export function unknownNameOf(
  { wanted }: Pattern,
  places: readonly number[],
  items: readonly Item[],
): Item | undefined {
  for (let nth = 0; nth < places.length; nth += 1) {
    const item = items[places[nth] ?? -1];
    if (item?.kind === 'unknown' && wanted[nth]?.want === 'value') return item;
  }
  return undefined;
}
