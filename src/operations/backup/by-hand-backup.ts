import { nameOf, resourceGroupOf, segmentOf, subscriptionOf, vaultOf } from '../../azure/arm-id.ts';
import { type ApprovedPlan, az, protectedItemIn } from '../by-hand.ts';

/** Which vault a command of `az backup` is about. */
function inVault(vaultId: string) {
  return {
    subscription: subscriptionOf(vaultId),
    'resource-group': resourceGroupOf(vaultId),
    'vault-name': nameOf(vaultId),
  };
}

/** `az backup protection enable-for-vm` finds the name of the item by itself. */
export function protectByHand({
  parameters: { vm, policy },
}: ApprovedPlan<{ readonly vm: string; readonly policy: string }>) {
  return [az('backup protection enable-for-vm', { ...inVault(vaultOf(policy)), 'policy-name': nameOf(policy), vm })];
}

interface Restored {
  readonly vm: string;
  readonly point: string;
  readonly region?: 'secondary' | undefined;
  readonly staging?: string | undefined;
}

/** `az backup restore restore-disks`, which makes VMs as well and replaces disks, by its mode. */
export function restoreByHand(plan: ApprovedPlan<Restored>, target: Parameters<typeof az>[1]): readonly string[] {
  const { vm, point, region, staging } = plan.parameters;
  const item = protectedItemIn(plan);
  if (item === undefined || staging === undefined) return [];
  const command = az('backup restore restore-disks', {
    ...pointOf(item, point),
    'storage-account': staging,
    'target-resource-group': resourceGroupOf(vm),
    ...target,
    'use-secondary-region': region === 'secondary' ? true : undefined,
  });
  return [command];
}

/** File recovery: `mount-rp` writes the script and shows its password to whoever types it, and to nobody else. */
export function filesByHand(
  plan: ApprovedPlan<{ readonly point: string }>,
  command: 'mount-rp' | 'unmount-rp',
): readonly string[] {
  const item = protectedItemIn(plan);
  return item === undefined ? [] : [az(`backup restore files ${command}`, pointOf(item, plan.parameters.point))];
}

function pointOf(item: string, point: string) {
  return {
    ...inVault(vaultOf(item)),
    'container-name': segmentOf(item, 'protectionContainers'),
    'item-name': nameOf(item),
    'rp-name': nameOf(point),
  };
}
