import { isNeutral } from './lexicon.ts';
import type { Item } from './reading.ts';

/** Whether a word can stand for one of these concepts. */
export function means(item: Item, concepts: readonly string[]): boolean {
  return item.kind === 'word' && item.senses.some(({ concept }) => concepts.includes(concept));
}

/** Everything but the small words, which say nothing by themselves. */
export function saysSomething(item: Item): boolean {
  return item.kind !== 'word' || !isNeutral(item.senses);
}

/** The first thing said, small words apart; undefined where nothing is. */
export function firstSaid(items: readonly Item[]): Item | undefined {
  return items.find(saysSomething);
}

/** Whether a word can be nothing but something to do. */
export function isVerb(item: Item): boolean {
  return item.kind === 'word' && item.senses.every(({ kind }) => kind === 'action');
}

/** A moment or a length of time. */
export function isTime(item: Item): boolean {
  return item.kind === 'value' && (item.entity.kind === 'length' || item.entity.kind === 'moment');
}

/** "/etc/nginx", "config.xml", "D:\\Export": a file or folder by its path or name. */
export function isPath(item: Item): boolean {
  return item.kind === 'unknown' && /^(?:(?:[a-z]:)?[/\\][\w./\\-]+|[\w-]+\.[a-z]{2,4})$/.test(item.form);
}
