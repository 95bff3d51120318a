import { distance } from 'fastest-levenshtein';

/** A VM, vault or recovery plan that exists in Azure. */
export interface Named {
  readonly kind: 'vm' | 'vault' | 'plan';
  /** ARM id, as Azure wrote it. */
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  readonly location: string;
}

/** How well what was said fits what was found. `near` and `prefix` are offered, never chosen, for anything that changes. */
export type NameMatch = 'exact' | 'prefix' | 'near' | 'none';

export interface Found {
  readonly match: NameMatch;
  /** Best first; at most five that are not exact. */
  readonly found: readonly Named[];
}

/** Where to look for a name. */
export interface Within {
  readonly resourceGroup?: string | undefined;
  /** By name or GUID. */
  readonly subscription?: string | undefined;
}

const mostOffered = 5;
/** Words whose similar names are kept. */
const mostKept = 500;
/** A shorter beginning fits half the estate. */
const shortestPrefix = 3;

interface Shelf {
  /** Sorted by key. */
  readonly items: readonly Named[];
  readonly keys: readonly string[];
  /** One bit per kind of character of the key: two names within one edit differ in at most two bits. */
  readonly masks: Uint32Array;
  /** Places in the shelf by the length of their keys: an edit changes it by one at most. */
  readonly ofLength: ReadonlyMap<number, Uint32Array>;
}

/** All names of the estate, found by what a person says. Case does not matter; nothing else is guessed here. */
export class NameIndex {
  readonly #shelves: ReadonlyMap<Named['kind'], Shelf>;
  readonly #groups: ReadonlySet<string>;
  /** Name → GUID; both in lower case. */
  readonly #subscriptions: ReadonlyMap<string, string>;
  readonly #subscriptionIds: ReadonlySet<string>;
  readonly #near = new Map<string, readonly Named[]>();
  /** How many names there are. */
  readonly size: number;

  constructor(names: readonly Named[], subscriptions: readonly { readonly id: string; readonly name: string }[] = []) {
    const kinds = ['vm', 'vault', 'plan'] as const;
    this.#shelves = new Map(kinds.map((kind) => [kind, shelfOf(names.filter((named) => named.kind === kind))]));
    this.#groups = new Set(names.map((named) => named.resourceGroup.toLowerCase()));
    this.#subscriptions = new Map(subscriptions.map(({ id, name }) => [name.toLowerCase(), id.toLowerCase()]));
    this.#subscriptionIds = new Set(this.#subscriptions.values());
    this.size = names.length;
  }

  /** Names of that kind: exact ones, else those that begin so, else similar ones. */
  find(kind: Named['kind'], said: string, within: Within = {}): Found {
    const shelf = this.#shelves.get(kind);
    const key = said.toLowerCase();
    if (shelf === undefined || key === '' || key.length > 90) return { match: 'none', found: [] };
    const fits = placeFilter({ ...within, subscription: this.#idOf(within.subscription) });
    const exact = exactOf(shelf, key).filter(fits);
    if (exact.length > 0) return { match: 'exact', found: exact };
    const prefixed = key.length < shortestPrefix ? [] : prefixedOf(shelf, key, fits);
    if (prefixed.length > 0) return { match: 'prefix', found: prefixed };
    const near = this.#nearOf(shelf, kind, key).filter(fits).slice(0, mostOffered);
    return { match: near.length > 0 ? 'near' : 'none', found: near };
  }

  /** A sentence asks for the same word again and again while it is read in several ways: what looks at the whole estate is kept. */
  #nearOf(shelf: Shelf, kind: Named['kind'], key: string): readonly Named[] {
    const asked = `${kind} ${key}`;
    const known = this.#near.get(asked);
    if (known !== undefined) return known;
    const near = nearOf(shelf, key);
    if (this.#near.size >= mostKept) this.#near.clear();
    this.#near.set(asked, near);
    return near;
  }

  /** Whether something has exactly this name. */
  has(kind: Named['kind'], said: string): boolean {
    const shelf = this.#shelves.get(kind);
    const key = said.toLowerCase();
    return shelf !== undefined && shelf.keys[lowerBound(shelf.keys, key)] === key;
  }

  /** Whether some name begins so. */
  begins(kind: Named['kind'], said: string): boolean {
    const shelf = this.#shelves.get(kind);
    const key = said.toLowerCase();
    return shelf !== undefined && shelf.keys[lowerBound(shelf.keys, key)]?.startsWith(key) === true;
  }

  /** Whether the names of subscriptions are known. */
  get hasSubscriptions(): boolean {
    return this.#subscriptions.size > 0;
  }

  /** Whether a subscription has this name, or this GUID. */
  hasSubscription(said: string): boolean {
    return this.#subscriptions.has(said.toLowerCase()) || this.#subscriptionIds.has(said.toLowerCase());
  }

  #idOf(subscription: string | undefined): string | undefined {
    return subscription === undefined
      ? undefined
      : (this.#subscriptions.get(subscription.toLowerCase()) ?? subscription);
  }

  /** Whether a resource group of this name holds anything. */
  hasGroup(said: string): boolean {
    return this.#groups.has(said.toLowerCase());
  }
}

function shelfOf(names: readonly Named[]): Shelf {
  const items = names.toSorted((a, b) => compare(a.name.toLowerCase(), b.name.toLowerCase()));
  const keys = items.map((named) => named.name.toLowerCase());
  const lengths = Map.groupBy(keys.keys(), (at) => keys[at]?.length ?? 0);
  const ofLength = new Map([...lengths].map(([length, places]) => [length, Uint32Array.from(places)]));
  return { items, keys, masks: Uint32Array.from(keys, maskOf), ofLength };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function placeFilter({ resourceGroup, subscription }: Within): (named: Named) => boolean {
  const [group, id] = [resourceGroup?.toLowerCase(), subscription?.toLowerCase()];
  return (named) =>
    (group === undefined || named.resourceGroup.toLowerCase() === group) &&
    (id === undefined || named.subscriptionId.toLowerCase() === id);
}

function lowerBound(keys: readonly string[], key: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function exactOf(shelf: Shelf, key: string): Named[] {
  const found: Named[] = [];
  for (let at = lowerBound(shelf.keys, key); shelf.keys[at] === key; at += 1) {
    const named = shelf.items[at];
    if (named !== undefined) found.push(named);
  }
  return found;
}

function prefixedOf(shelf: Shelf, key: string, fits: (named: Named) => boolean): Named[] {
  const found: Named[] = [];
  let at = lowerBound(shelf.keys, key);
  while (found.length < mostOffered && shelf.keys[at]?.startsWith(key) === true) {
    const named = shelf.items[at];
    if (named !== undefined && fits(named)) found.push(named);
    at += 1;
  }
  return found;
}

/** Two edits in a long name, one in a short one: more would offer names that nobody meant. */
function allowedEdits(key: string): number {
  if (key.length < 4) return 0;
  return key.length < 7 ? 1 : 2;
}

interface Near {
  readonly named: Named;
  readonly edits: number;
  readonly at: number;
}

function nearOf(shelf: Shelf, key: string): readonly Named[] {
  const edits = allowedEdits(key);
  const near: Near[] = [];
  for (let length = key.length - edits; length <= key.length + edits && edits > 0; length += 1) {
    for (const at of likeIn(shelf, { key, edits, length })) {
      const apart = distance(shelf.keys[at] ?? '', key);
      const named = shelf.items[at];
      if (apart <= edits && named !== undefined) near.push({ named, edits: apart, at });
    }
  }
  return near.sort((a, b) => a.edits - b.edits || a.at - b.at).map(({ named }) => named);
}

interface Like {
  readonly key: string;
  readonly edits: number;
  readonly length: number;
}

/** Places whose keys are so long and of nearly the same characters. All of a large estate may be looked at: a plain loop over numbers. */
function likeIn({ masks, ofLength }: Shelf, { key, edits, length }: Like): readonly number[] {
  const mask = maskOf(key);
  const places = ofLength.get(length) ?? none;
  const like: number[] = [];
  for (let nth = 0; nth < places.length; nth += 1) {
    const at = places[nth] ?? 0;
    if (bits((masks[at] ?? 0) ^ mask) <= 2 * edits) like.push(at);
  }
  return like;
}

const none = new Uint32Array();

function maskOf(key: string): number {
  let mask = 0;
  for (let at = 0; at < key.length; at += 1) mask |= 1 << (key.charCodeAt(at) & 31);
  return mask >>> 0;
}

function bits(value: number): number {
  let left = value - ((value >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return (((left + (left >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
