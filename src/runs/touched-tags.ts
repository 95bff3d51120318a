import { sameId } from '../azure/arm-id.ts';
import type { Context } from '../operations/context.ts';

/**
 * The tags of every VM that is among the resources, or is replicated by one of them. Undefined when it could not be looked at now,
 * when none of them is a VM that is known, or when one of several VMs is not: the stricter rule is then the safe mistake.
 */
export async function touchedTags(
  context: Context,
  resources: readonly string[],
): Promise<readonly Readonly<Record<string, string>>[] | undefined> {
  try {
    const { inventory } = context.azure;
    const [vms, replicated] = await Promise.all([inventory.vms(), inventory.replicatedItems()]);
    if (vms.standsIn === true || replicated.standsIn === true) return undefined;
    const sources = replicated.value.filter((item) => isAmong(resources, item.id)).map((item) => item.vmId);
    const wanted = [...resources, ...sources];
    const touched = vms.value.filter((vm) => isAmong(wanted, vm.id));
    const known = touched.map(({ id }) => id);
    const unknown = wanted.filter((id) => isVm(id) && !isAmong(known, id));
    return touched.length === 0 || unknown.length > 0 ? undefined : touched.map((vm) => vm.tags);
  } catch {
    return undefined;
  }
}

function isVm(id: string): boolean {
  return /\/providers\/Microsoft\.Compute\/virtualMachines\/[^/]+$/i.test(id);
}

function isAmong(ids: readonly string[], id: string): boolean {
  return ids.some((one) => sameId(one, id));
}
