import { z } from 'zod';
import { span } from '../clock.ts';
import type { VirtualMachine } from '../compute/state.ts';
import { type Answer, type ArmRequest, bodyOf, param, type World } from '../exchange.ts';
import { keyOf, nameOf, stableGuid } from '../identity.ts';
import { lasting } from '../schedule.ts';
import type { Vault } from '../state.ts';
import { checkAllowed, itemJob } from './failover.ts';
import { containerInPath, containerOfId, itemInPath } from './find.ts';
import { acceptedJob, type PlannedStep, startRecoveryJob } from './jobs.ts';
import { siteInvalid, siteNotAllowed, siteNotFound } from './refusals.ts';
import type { RecoveryContainer, RecoveryEffect, ReplicatedItem } from './state.ts';
import { allowedOperations } from './view.ts';

const diskBody = z.looseObject({
  diskId: z.string(),
  primaryStagingAzureStorageAccountId: z.string(),
  recoveryResourceGroupId: z.string(),
  recoveryTargetDiskAccountType: z.string().optional(),
});
const enableBody = z.object({
  properties: z.object({
    policyId: z.string(),
    protectableItemId: z.string().nullish(),
    providerSpecificDetails: z.looseObject({
      instanceType: z.literal('A2A'),
      fabricObjectId: z.string(),
      recoveryContainerId: z.string(),
      recoveryResourceGroupId: z.string(),
      vmManagedDisks: z.array(diskBody).min(1),
      recoveryAzureNetworkId: z.string().nullish(),
      recoverySubnetName: z.string().nullish(),
    }),
  }),
});
type EnableDetails = z.infer<typeof enableBody>['properties']['providerSpecificDetails'];

/** PUT of a replicated item: enables replication of a VM. */
export function enableReplication(request: ArmRequest, world: World): Answer {
  const { vault, one: container } = containerInPath(request, world);
  const { properties } = bodyOf(request, enableBody, siteInvalid);
  const details = properties.providerSpecificDetails;
  const vm = sourceVm(world, vault, { container, id: details.fabricObjectId });
  const key = keyOf(param(request, 'item'));
  checkNew(vault, key, vm);
  const policy = policyOf(vault, properties.policyId);
  const item = newItem(world, vault, { name: param(request, 'item'), container, vm, details, policy });
  vault.recovery.items[key] = item;
  const job = startRecoveryJob(world, vault, {
    ...itemJob(vault, item),
    scenario: 'EnableDr',
    friendlyName: 'Enable replication',
    steps: enableSteps(world, key),
    begin: [{ kind: 'hold', item: key }],
    onFailure: [{ kind: 'removed', item: key }],
  });
  return acceptedJob(request, world, { vault, job });
}

function enableSteps(world: World, item: string): PlannedStep[] {
  const step = (name: string, friendlyName: string, seconds: number): PlannedStep => ({
    name,
    friendlyName,
    lasts: lasting(world, seconds * span.second, (seconds / 42) * span.second),
  });
  const end: RecoveryEffect[] = [
    { kind: 'free', item },
    { kind: 'initial-replication', item },
  ];
  return [
    step('EnableProtectionPreflightChecksTask', 'Prerequisites check for enabling replication', 20),
    step('CreateProtectionTargetTask', 'Installing Mobility Service and preparing target', 280),
    step('EnableProtectionTask', 'Enable replication', 60),
    step('StartInitialReplicationTask', 'Starting initial replication', 40),
    { ...step('UpdateDraStateTask', 'Updating the provider states', 20), effects: end },
  ];
}

/** The VM to be replicated: it exists, and in the fabric's region. */
function sourceVm(world: World, vault: Vault, of: { container: RecoveryContainer; id: string }): VirtualMachine {
  const vm = world.state.vms[keyOf(of.id)];
  if (vm === undefined) throw siteInvalid(`fabricObjectId: the virtual machine '${of.id}' does not exist.`);
  const location = vault.recovery.fabrics[keyOf(of.container.fabric)]?.location ?? '';
  if (keyOf(vm.location) === keyOf(location)) return vm;
  throw siteInvalid(`fabricObjectId: the virtual machine is in '${vm.location}', the fabric in '${location}'.`);
}

function checkNew(vault: Vault, key: string, vm: VirtualMachine): void {
  const items = Object.values(vault.recovery.items);
  const same = vault.recovery.items[key] ?? items.find((item) => keyOf(item.vm) === keyOf(vm.id));
  if (same !== undefined) throw siteNotAllowed('EnableProtection', allowedOperations(same));
}

function policyOf(vault: Vault, id: string): string {
  const found = vault.recovery.policies[keyOf(nameOf(id))];
  if (found === undefined) throw siteNotFound(nameOf(id));
  return found.name;
}

interface NewItem {
  readonly name: string;
  readonly container: RecoveryContainer;
  readonly vm: VirtualMachine;
  readonly details: EnableDetails;
  readonly policy: string;
}

function newItem(world: World, vault: Vault, of: NewItem): ReplicatedItem {
  const { container, vm, details } = of;
  const target = containerOfId(vault, details.recoveryContainerId);
  return {
    name: of.name,
    friendlyName: vm.name,
    internalId: stableGuid(`internal:${vm.id}:${world.now}`),
    fabric: container.fabric,
    container: container.name,
    recoveryFabric: target.fabric,
    recoveryContainer: target.name,
    policy: of.policy,
    phase: 'enabling',
    activeLocation: 'Primary',
    vm: vm.id,
    osType: vm.osType,
    disks: replicatedDisks(world, vm, details),
    recoveryGroup: details.recoveryResourceGroupId,
    ...(details.recoveryAzureNetworkId == null ? {} : { recoveryNetwork: details.recoveryAzureNetworkId }),
    ...(details.recoverySubnetName == null ? {} : { recoverySubnet: nameOf(details.recoverySubnetName) }),
    recoveryVmName: vm.name,
    recoveryVmSize: vm.size,
    lagSeconds: 60,
    errors: [],
    enabled: world.now,
  };
}

/** The disks to be replicated; each must be one of the VM's, and the OS disk must be among them. */
function replicatedDisks(world: World, vm: VirtualMachine, details: EnableDetails): ReplicatedItem['disks'] {
  const own = [vm.osDisk, ...vm.dataDisks];
  const disks = details.vmManagedDisks.map((wish) => {
    const disk = own.find((one) => keyOf(one.id) === keyOf(wish.diskId));
    if (disk === undefined) throw siteInvalid(`vmManagedDisks: '${wish.diskId}' is not a disk of the virtual machine.`);
    const managed = world.state.disks[keyOf(disk.id)];
    return {
      id: disk.id,
      name: disk.name,
      bytes: (managed?.sizeGB ?? 0) * 2 ** 30,
      os: disk === vm.osDisk,
      stagingAccount: wish.primaryStagingAzureStorageAccountId,
      recoveryGroup: wish.recoveryResourceGroupId,
      type: wish.recoveryTargetDiskAccountType ?? managed?.sku ?? 'Premium_LRS',
    };
  });
  if (!disks.some((disk) => disk.os)) throw siteInvalid('vmManagedDisks: the OS disk is missing.');
  return disks.sort((a, b) => Number(b.os) - Number(a.os));
}

/** POST remove, and DELETE (purge): disables replication; its recovery points are gone. */
export function disableReplication(request: ArmRequest, world: World): Answer {
  const { vault, one: item } = itemInPath(request, world);
  if (request.method === 'POST') checkAllowed(item, 'DisableProtection');
  const key = keyOf(item.name);
  const job = startRecoveryJob(world, vault, {
    ...itemJob(vault, item),
    scenario: 'DisableDr',
    friendlyName: 'Disable replication',
    steps: [
      {
        name: 'DisableProtectionTask',
        friendlyName: 'Disable replication',
        lasts: lasting(world, 90 * span.second, 3 * span.second),
        effects: [{ kind: 'removed', item: key }],
      },
    ],
    begin: [{ kind: 'hold', item: key }],
  });
  return acceptedJob(request, world, { vault, job });
}

const switchBody = z.object({
  properties: z.object({
    replicationProtectedItemName: z.string(),
    providerSpecificDetails: z.looseObject({
      instanceType: z.literal('A2A'),
      recoveryContainerId: z.string(),
      policyId: z.string(),
      recoveryResourceGroupId: z.string(),
      vmManagedDisks: z.array(diskBody).min(1),
    }),
  }),
});

/** POST switchprotection on the container that holds the item: reprotect, back to where it came from. */
export function switchProtection(request: ArmRequest, world: World): Answer {
  const { vault, one: container } = containerInPath(request, world);
  const { properties } = bodyOf(request, switchBody, siteInvalid);
  const details = properties.providerSpecificDetails;
  const name = properties.replicationProtectedItemName;
  const item = vault.recovery.items[keyOf(name)];
  if (item === undefined || keyOf(item.container) !== keyOf(container.name)) throw siteNotFound(name);
  checkAllowed(item, 'SwitchProtection');
  checkSwitchDisks(
    world,
    item,
    details.vmManagedDisks.map((disk) => disk.diskId),
  );
  const target = containerOfId(vault, details.recoveryContainerId);
  const to = {
    fabric: target.fabric,
    container: target.name,
    policy: policyOf(vault, details.policyId),
    group: details.recoveryResourceGroupId,
    staging: details.vmManagedDisks[0]?.primaryStagingAzureStorageAccountId ?? '',
  };
  const holder = `/replicationFabrics/${container.fabric}/replicationProtectionContainers/${container.name}`;
  return acceptedJob(request, world, { vault, job: startSwitch(world, vault, { item, to, resource: holder }) });
}

/** Starts the job of a reprotect. */
function startSwitch(
  world: World,
  vault: Vault,
  of: { item: ReplicatedItem; to: Extract<RecoveryEffect, { kind: 'switched' }>['target']; resource: string },
) {
  const key = keyOf(of.item.name);
  const step = (name: string, friendlyName: string, seconds: number): PlannedStep => ({
    name,
    friendlyName,
    lasts: lasting(world, seconds * span.second, (seconds / 60) * span.second),
  });
  const end: RecoveryEffect[] = [
    { kind: 'switched', item: key, target: of.to },
    { kind: 'free', item: key },
    { kind: 'initial-replication', item: key },
  ];
  return startRecoveryJob(world, vault, {
    ...itemJob(vault, of.item),
    resource: of.resource,
    scenario: 'SwitchProtection',
    friendlyName: 'Re-protect',
    steps: [
      step('PrerequisitesCheckTask', 'Prerequisites check for re-protect', 30),
      step('PrepareReverseReplicationTask', 'Preparing the reverse replication', 300),
      { ...step('SwitchProtectionTask', 'Switching the direction of replication', 180), effects: end },
    ],
    begin: [
      { kind: 'hold', item: key },
      { kind: 'phase', item: key, phase: 'reprotecting' },
    ],
  });
}

/** The disks of a reprotect are those of the failed-over VM, not of the old source. */
function checkSwitchDisks(world: World, item: ReplicatedItem, ids: readonly string[]): void {
  const vm = item.recoveryVm === undefined ? undefined : world.state.vms[keyOf(item.recoveryVm)];
  const own = new Set(
    [vm?.osDisk, ...(vm?.dataDisks ?? [])].flatMap((disk) => (disk === undefined ? [] : [keyOf(disk.id)])),
  );
  const stranger = ids.find((id) => !own.has(keyOf(id)));
  if (stranger !== undefined)
    throw siteInvalid(`vmManagedDisks: '${stranger}' is not a disk of the failed-over virtual machine.`);
}
