/** What the address bar says: who, and in which conversation; so that a tab can be reloaded and shared. */
export interface Address {
  readonly as: string;
  readonly kind: string;
}

/** Reads it. */
export function addressNow(): Address {
  return { as: new URLSearchParams(location.search).get('as') ?? '', kind: location.hash.slice(1) };
}

/** Writes it, without a step in the history. */
export function remember({ as, kind }: Address): void {
  history.replaceState(null, '', `/?as=${as}#${kind}`);
}
