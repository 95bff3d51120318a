import { hash } from 'node:crypto';

/** A GUID that depends on its seed only, so that an estate has the same ids each time that it is seeded. */
export function stableGuid(seed: string): string {
  const hex = hash('sha1', seed);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A decimal number of `digits` digits that depends on its seed only, as backup names recovery points and data sources. */
export function stableNumber(seed: string, digits: number): string {
  const text = BigInt(`0x${hash('sha1', seed).slice(0, 20)}`).toString();
  return text.replace(/^0/, '1').slice(0, digits).padEnd(digits, '7');
}

/** Azure's ids compare without regard to case; this is the form to compare and to index by. */
export function keyOf(id: string): string {
  return id.toLowerCase();
}

/** The last segment of an Azure id. */
export function nameOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** The segment that follows `word` in an Azure id, or undefined: `segmentAfter(id, 'resourceGroups')`. */
export function segmentAfter(id: string, word: string): string | undefined {
  const parts = id.split('/');
  const at = parts.findIndex((part) => part.toLowerCase() === word.toLowerCase());
  return at < 0 ? undefined : parts[at + 1];
}

/** The id of a resource in a group; `type` is `Provider.Name/kind`. */
export function resourceId(place: { subscription: string; group: string }, type: string, name: string): string {
  return `/subscriptions/${place.subscription}/resourceGroups/${place.group}/providers/${type}/${name}`;
}
