import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type LinkedRight, requireLinked } from '../authorization/linked.ts';
import { bagTime, span } from '../clock.ts';
import { type Answer, type ArmRequest, bodyOf, type World } from '../exchange.ts';
import { keyOf, nameOf, segmentAfter } from '../identity.ts';
import { takeFailure } from '../job-failures.ts';
import { Refusal } from '../refusal.ts';
import { groupKey } from '../resources/lookup.ts';
import { lasting } from '../schedule.ts';
import type { Vault } from '../state.ts';
import { failureOf } from './failures.ts';
import { type JobPlan, startJob } from './jobs.ts';
import { invalidInput, itemId, itemIn, itemKey, vaultIn } from './names.ts';
import { accepted } from './operations.ts';
import { pointIn } from './reads.ts';
import type { BackupJob, BackupPoint, ProtectedItem, RestoreTarget } from './state.ts';
import { runningJob } from './trigger.ts';

/** The restore request that all paths share; fields that the simulator does not use are let through. */
export const restoreProperties = z.looseObject({
  objectType: z.enum(['IaasVMRestoreRequest', 'IaasVMRestoreWithRehydrationRequest']),
  recoveryPointId: z.string(),
  recoveryType: z.enum(['RestoreDisks', 'AlternateLocation', 'OriginalLocation']),
  sourceResourceId: z.string().optional(),
  storageAccountId: z.string().optional(),
  region: z.string().optional(),
  targetVirtualMachineId: z.string().optional(),
  targetResourceGroupId: z.string().optional(),
  virtualNetworkId: z.string().optional(),
  subnetId: z.string().optional(),
  restoreDiskLunList: z.array(z.number().int()).nullish(),
});
/** What a restore is asked to do. */
export type RestoreProperties = z.infer<typeof restoreProperties>;

/** A restore: of which point of which item, and how. */
export interface Restore {
  readonly vault: Vault;
  readonly item: ProtectedItem;
  readonly point: BackupPoint;
  readonly properties: RestoreProperties;
}

/** POST restore: disks, a new VM, or other disks for the VM; the operation has the name of its job. */
export function triggerRestore(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const item = itemIn(request, vault);
  const { properties } = bodyOf(request, z.object({ properties: restoreProperties }), invalidInput);
  const restore = { vault, item, point: pointIn(request, item, world), properties };
  const target = targetOf(world, restore);
  checkRestore(world, restore, target);
  requireLinked(request, world, { own: `${items}/recoveryPoints/restore/action`, linked: rightsFor(restore, target) });
  const job = startRestore(world, restore, { target });
  return accepted(request, world, {
    place: { vault, base: itemId(vault, item) },
    operation: { name: job.name, job: job.name },
  });
}

const items = 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems';

/** What a restore needs on its targets besides its own action (azure-api 4.3). */
function rightsFor(restore: Restore, target: RestoreTarget): LinkedRight[] {
  const scope = `/subscriptions/${target.subscription}/resourceGroups/${target.group}`;
  const disks = { action: 'Microsoft.Compute/disks/write', scope };
  if (target.mode === 'RestoreDisks') return [disks];
  const machine = target.mode === 'OriginalLocation' ? restore.item.vm : scope;
  return [disks, { action: 'Microsoft.Compute/virtualMachines/write', scope: machine }];
}

/** Refuses what backup refuses before it makes a job. */
export function checkRestore(world: World, restore: Restore, target: RestoreTarget): void {
  const { vault, item, point, properties } = restore;
  if (keyOf(nameOf(properties.recoveryPointId)) !== keyOf(point.name))
    throw invalidInput('recoveryPointId does not agree with the address.');
  if (point.archived === true && properties.objectType !== 'IaasVMRestoreWithRehydrationRequest') {
    throw userError(
      'UserErrorRecoveryPointInArchiveTier',
      'The recovery point is in the archive tier and must be rehydrated first.',
    );
  }
  if (runningJob(world, { vault, item }, ['Restore']) !== undefined) {
    throw userError('UserErrorRestoreOperationInProgress', 'A restore of this virtual machine is already in progress.');
  }
  checkStorage(world, restore);
  checkTarget(world, restore, target);
}

function checkStorage(world: World, { properties, vault }: Restore): void {
  const id = properties.storageAccountId;
  if (id === undefined) throw invalidInput('storageAccountId is required.');
  const account = world.state.storageAccounts[keyOf(id)];
  if (account === undefined)
    throw userError('UserErrorStorageAccountNotFound', `The storage account '${id}' was not found.`);
  const region = properties.region ?? vault.location;
  if (keyOf(account.location) === keyOf(region)) return;
  throw userError('UserErrorStorageAccountRegionMismatch', `The storage account must be in the region '${region}'.`);
}

function checkTarget(world: World, { item, properties }: Restore, target: RestoreTarget): void {
  if (world.state.groups[groupKey(target.subscription, target.group)] === undefined) {
    throw userError('UserErrorTargetResourceGroupNotFound', `The resource group '${target.group}' was not found.`);
  }
  if (target.mode === 'OriginalLocation' && world.state.vms[keyOf(item.vm)] === undefined) {
    throw userError('UserErrorVmNotFoundV2', failureOf('UserErrorVmNotFoundV2').text);
  }
  if (target.mode !== 'AlternateLocation') return;
  const id = `/subscriptions/${target.subscription}/resourceGroups/${target.group}/providers/Microsoft.Compute/virtualMachines/${target.vmName ?? ''}`;
  if (world.state.vms[keyOf(id)] !== undefined) {
    throw userError('UserErrorVmAlreadyExistWithSameName', failureOf('UserErrorVmAlreadyExistWithSameName').text);
  }
  const network = world.state.networks[keyOf((properties.subnetId ?? '').split('/subnets/')[0] ?? '')];
  if (network === undefined)
    throw userError('UserErrorVirtualNetworkNotFound', 'The virtual network of the subnet was not found.');
}

function userError(code: string, text: string): Refusal {
  return new Refusal(400, code, text, { cause: 'service' });
}

/** Where a restore goes, from its request; fields that its kind needs must be there. */
export function targetOf(world: World, restore: Restore): RestoreTarget {
  const { item, properties, vault } = restore;
  const mode = properties.recoveryType;
  const location = properties.region ?? vault.location;
  if (mode === 'OriginalLocation') {
    const vm = world.state.vms[keyOf(item.vm)];
    return { mode, subscription: vm?.subscription ?? vault.subscription, group: vm?.group ?? vault.group, location };
  }
  const id = properties.targetResourceGroupId;
  if (id === undefined) throw invalidInput('targetResourceGroupId is required: unmanaged disks are not simulated.');
  const subscription = segmentAfter(id, 'subscriptions') ?? vault.subscription;
  const luns = properties.restoreDiskLunList;
  const base = { mode, subscription, group: nameOf(id), location, ...(luns == null ? {} : { luns }) };
  if (mode === 'RestoreDisks') return base;
  const { targetVirtualMachineId, subnetId } = properties;
  if (targetVirtualMachineId === undefined || subnetId === undefined)
    throw invalidInput('targetVirtualMachineId and subnetId are required.');
  return { ...base, vmName: nameOf(targetVirtualMachineId), subnetId };
}

/** Starts the job of a restore. */
export function startRestore(
  world: World,
  restore: Restore,
  of: { target: RestoreTarget; region?: string },
): BackupJob {
  const { vault, item, point } = restore;
  const { target, region } = of;
  const name = randomUUID();
  const wished = takeFailure(world, { vault: keyOf(vault.id), verb: 'Restore', entity: item.friendlyName });
  const failure = wished === undefined ? {} : { failure: { step: 0, error: failureOf(wished) } };
  const size = point.disks.reduce((sum, disk) => sum + disk.sizeGB, 0);
  const done = { kind: 'restore.done', item: itemKey(item.name), point: point.name, target } as const;
  const [first, ...more] = restoreSteps(world, restore, target);
  const steps = [first, ...more].flatMap((step) => (step === undefined ? [] : [step]));
  const last = steps.length - 1;
  const plan: JobPlan = {
    name,
    verb: region === undefined ? 'Restore' : 'CrossRegionRestore',
    steps: steps.map((step, index) => ({ ...step, effects: index === last ? [done] : [] })),
    bag: bagOf(restore, target, region),
    endBag: target.mode === 'OriginalLocation' ? {} : blobBag(restore, name),
    internalBag: { ...(region === undefined ? {} : { AdHoc: 'AdHoc' }), restoreLocationType: target.mode },
    cancellable: true,
    transferGB: size,
    ...(region === undefined ? {} : { region }),
    ...failure,
  };
  return startJob(world, { vault, item }, plan);
}

/** Minutes from the snapshot tier, half an hour from the vault; then what is done with the disks. */
function restoreSteps(world: World, { point }: Restore, target: RestoreTarget): { name: string; lasts: number }[] {
  const instant = point.instantUntil > world.now;
  const transfer = instant
    ? lasting(world, 90 * span.second, 10 * span.second)
    : lasting(world, 25 * span.minute, 15 * span.second);
  const then = {
    AlternateLocation: 'Create the restored virtual machine',
    OriginalLocation: 'Update the virtual machine',
    RestoreDisks: '',
  }[target.mode];
  const second = then === '' ? [] : [{ name: then, lasts: lasting(world, 120 * span.second, 5 * span.second) }];
  return [{ name: 'Transfer data from vault', lasts: transfer }, ...second];
}

function bagOf(restore: Restore, target: RestoreTarget, region: string | undefined): Record<string, string> {
  const { vault, item, point, properties } = restore;
  const names = {
    RestoreDisks: { 'Job Type': 'Recover disks', 'Target VM Name': 'vmName' },
    AlternateLocation: {
      'Job Type': 'Recover VM to an alternate location',
      'Original VM Name': item.friendlyName,
      'Target VM Name': target.vmName ?? '',
      'Target VNet Name': vnetText(properties.subnetId),
    },
    OriginalLocation: { 'Job Type': 'Replace disks', 'Target VM Name': item.friendlyName },
  }[target.mode];
  const far = {
    'Subscription Id of the vault': vault.subscription,
    'Resource Group Name of the vault': vault.group,
    'Vault name': vault.name,
  };
  return {
    ...names,
    'Target Storage Account Name': nameOf(properties.storageAccountId ?? ''),
    'Recovery point time ': bagTime(point.time),
    'Target resource group': target.group,
    ...(region === undefined ? {} : far),
  };
}

function vnetText(subnetId: string | undefined): string {
  const network = (subnetId ?? '').split('/subnets/')[0] ?? '';
  return `Group ${segmentAfter(network, 'resourceGroups') ?? ''} ${nameOf(network)}`;
}

/** The configuration and template that a restore of disks leaves in the staging account. */
function blobBag({ item, properties }: Restore, job: string): Record<string, string> {
  const account = nameOf(properties.storageAccountId ?? '');
  const container = `${keyOf(item.friendlyName).replace(/[^a-z0-9]/g, '')}-${item.dataId}`;
  const base = `https://${account}.blob.core.windows.net/${container}`;
  const config = `config-${keyOf(item.friendlyName)}-${job}.json`;
  return {
    'Config Blob Name': config,
    'Config Blob Container Name': container,
    'Config Blob Uri': `${base}/${config}`,
    'Template Blob Uri': `${base}/azuredeploy${job}.json`,
  };
}
