import type { ParameterKind } from '../operations/parameters.ts';
import { means } from './items.ts';
import type { Item } from './reading.ts';
import { fitsSlot, isKnownVm } from './slots.ts';

/** How an item can fill a parameter: not at all; as a word that nobody knows, or the word for disks; as a value; as a VM that exists. */
export const filling = { none: 0, word: 1, value: 2, known: 3 } as const;

/** How each item can fill parameters of these kinds: kind after kind, each for all items. Most words can fill none. */
export function fillingsOf(items: readonly Item[], slots: readonly ParameterKind[]): Uint8Array {
  const fillings = new Uint8Array(slots.length * items.length);
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at];
    if (item === undefined || (item.kind === 'word' && !means(item, ['disk']))) continue;
    for (let nth = 0; nth < slots.length; nth += 1)
      fillings[nth * items.length + at] = fillingOf(item, slots[nth] ?? 'words');
  }
  return fillings;
}

/** How an item can fill a parameter of that kind. */
function fillingOf(item: Item, slot: ParameterKind): number {
  if (slot === 'vm' && isKnownVm(item)) return filling.known;
  if (item.kind === 'value') return fitsSlot(item.entity, slot) ? filling.value : filling.none;
  return fitsAsWord(item, slot) ? filling.word : filling.none;
}

/** Whether one of the items is a value for it. */
export function isFilled(fillings: Uint8Array): boolean {
  return fillings.some((one) => one >= filling.value);
}

/** A word that nobody knows can be the name that is missing. */
function fitsAsWord(item: Item, slot: ParameterKind): boolean {
  if (item.kind === 'unknown')
    return (slot === 'vm' || slot === 'words') && /^[\p{L}\p{N}][\p{L}\p{N}.-]*$/u.test(item.form);
  return slot === 'disks' && means(item, ['disk']);
}
