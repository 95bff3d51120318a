import type { Said } from './fill.ts';
import { means } from './items.ts';
import type { NameIndex } from './names.ts';
import type { Item } from './reading.ts';

/**
 * The paired region of a vault: by its word ("the secondary region"), or by the name of a region that is not the VM's own ("restore sql01 to North Europe").
 * Not saying it, and saying the VM's own, means the vault's region. Whether the paired region is the one that was named is looked at where the vault is known.
 */
export function regionSaid(items: readonly Item[], names: NameIndex): Said | undefined {
  const word = items.find((item) => means(item, ['secondary-region']));
  if (word?.kind === 'word') return { kind: 'region', said: word.form, value: 'secondary' };
  const [said] = saidOf(items, 'region');
  const homes = saidOf(items, 'vm').flatMap((name) => names.find('vm', name).found.map(({ location }) => location));
  if (said === undefined || homes.length === 0 || homes.includes(said)) return undefined;
  return { kind: 'region', said, value: 'secondary' };
}

function saidOf(items: readonly Item[], kind: 'region' | 'vm'): readonly string[] {
  return items.flatMap((item) => (item.kind === 'value' && item.entity.kind === kind ? [item.entity.said] : []));
}
