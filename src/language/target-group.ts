import type { NameIndex } from './names.ts';
import type { Item } from './reading.ts';

/** A word of the sentence that names something. */
type ValueItem = Extract<Item, { kind: 'value' }>;

/**
 * The resource group into which something is to go: "into resource group rg-dev", "in rg-dev". A group that holds the VM of the sentence tells which VM is
 * meant. A group that nothing is known of is told by its usual beginning (learn.microsoft.com, "Define your naming convention").
 */
export function targetGroup(items: readonly Item[], names: NameIndex): ValueItem | undefined {
  const values = items.filter((item): item is ValueItem => item.kind === 'value');
  const group =
    values.find(({ entity }) => entity.kind === 'group') ??
    values.find(({ entity }) => entity.kind === 'vm' && !entity.known && /^rg[-_]/i.test(entity.said));
  if (group === undefined) return undefined;
  const resourceGroup = group.entity.said;
  const isPlaceOfVm = values.some(
    ({ entity }) => entity.kind === 'vm' && names.find('vm', entity.said, { resourceGroup }).match === 'exact',
  );
  return isPlaceOfVm ? undefined : group;
}
