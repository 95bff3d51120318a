/** What the address bar says: who, and in which conversation; so that a tab can be reloaded and shared. */
export interface Address {
  readonly as: string;
  readonly kind: string;
}

/** Reads it. */
export function addressNow(): Address {
  return { as: new URLSearchParams(location.search).get('as') ?? '', kind: location.hash.slice(1) };
}

/** Writes it. From the list into a conversation is a step, so that a phone's own way back leads to the list again. */
export function remember({ as, kind }: Address): void {
  const isStep = addressNow().kind === 'list' && kind !== 'list';
  history[isStep ? 'pushState' : 'replaceState'](null, '', `/?as=${as}#${kind}`);
}
