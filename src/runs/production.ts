import { sameId } from '../azure/arm-id.ts';
import type { Context } from '../operations/context.ts';

/**
 * Whether one of the resources is, or replicates, a VM tagged `env=prod`. What cannot be looked at counts as production:
 * the stricter rule is the safe mistake.
 */
export async function touchesProduction(context: Context, resources: readonly string[]): Promise<boolean> {
  try {
    const [vms, replicated] = await Promise.all([
      context.azure.inventory.vms(),
      context.azure.inventory.replicatedItems(),
    ]);
    const sources = replicated.value.filter((item) => isAmong(resources, item.id)).map((item) => item.vmId);
    const touched = vms.value.filter((vm) => isAmong([...resources, ...sources], vm.id));
    return touched.length === 0 || touched.some((vm) => isProduction(vm.tags));
  } catch {
    return true;
  }
}

function isAmong(ids: readonly string[], id: string): boolean {
  return ids.some((one) => sameId(one, id));
}

function isProduction(tags: Readonly<Record<string, string>>): boolean {
  return Object.entries(tags).some(([key, value]) => key.toLowerCase() === 'env' && /^prod(uction)?$/i.test(value));
}
