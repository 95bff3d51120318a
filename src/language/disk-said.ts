import type { Item } from './reading.ts';
import { firstOf, lastOf } from './reading.ts';

const prefix = 'disks:';

/** Which disks a sentence says: `os`, `data`, or the names that follow the word "disk"; none means that it says nothing of them. */
export function disksSaid(items: readonly Item[]): readonly string[] {
  const words = items.flatMap((item) => (item.kind === 'word' ? item.senses.map(({ concept }) => concept) : []));
  const kinds = words.filter((concept) => concept.startsWith(prefix)).map((concept) => concept.slice(prefix.length));
  const names = diskNames(items).map((item) => (item.kind === 'value' ? item.entity.said : ''));
  return [...new Set([...kinds, ...names])];
}

/** Names that stand right after the word "disk", or after another such name: "disk erp_0 and erp_1 of erp-01". No VM is taken for a disk. */
export function diskNames(items: readonly Item[]): readonly Item[] {
  const names: Item[] = [];
  for (const [at, item] of items.entries()) {
    const before = items[at - 1];
    if (!isNewName(item) || before === undefined) continue;
    const beside = names.includes(before) || (isAnd(before) && names.includes(items[at - 2] ?? item));
    if ((isDisk(before) && lastOf(before) + 1 === firstOf(item)) || beside) names.push(item);
  }
  return names;
}

function isNewName(item: Item): boolean {
  return item.kind === 'value' && item.entity.kind === 'vm' && !item.entity.known;
}

function isDisk(item: Item): boolean {
  return item.kind === 'word' && item.senses.some(({ concept }) => concept === 'disk' || concept.startsWith(prefix));
}

function isAnd(item: Item): boolean {
  return item.kind === 'word' && ['and', '&', ',', 'e', 'ed'].includes(item.form);
}
