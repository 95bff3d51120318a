/** What people and Azure write into a card: where it stands decides whether the card is sound, what it says does not. */
const words = new Set([
  'text',
  'title',
  'value',
  'label',
  'altText',
  'speak',
  'fallbackText',
  'placeholder',
  'tooltip',
  'url',
]);

/**
 * The form of a card: the card without its words. Of an empty text that it is empty is kept, and of what a button carries that there is something:
 * the schema asks for no more.
 */
export function formOf(card: unknown): string {
  return JSON.stringify(card, (key, value: unknown) => {
    if (key === 'data') return 1;
    return words.has(key) && typeof value === 'string' && value !== '' ? 1 : value;
  });
}
