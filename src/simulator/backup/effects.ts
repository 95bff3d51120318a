import { span } from '../clock.ts';
import type { World } from '../exchange.ts';
import { keyOf, stableNumber } from '../identity.ts';
import { lasting, schedule } from '../schedule.ts';
import type { Vault } from '../state.ts';
import { itemKey } from './names.ts';
import { finishRestore } from './restore-effects.ts';
import type { BackupEffect, BackupJob, BackupPoint, ProtectedItem } from './state.ts';

/** Applies what a step of a backup job brings about, at the time of its end. */
export function applyBackupEffect(world: World, place: { vault: Vault; job: BackupJob }, effect: BackupEffect): void {
  if (effect.kind === 'item.created') {
    place.vault.backup.items[effect.item] = structuredClone(effect.protectedItem);
    return;
  }
  const item = place.vault.backup.items[effect.item];
  if (item === undefined) return;
  switch (effect.kind) {
    case 'item.configured':
      configure(item, effect.policy);
      break;
    case 'item.stopped':
      item.state = effect.state;
      if (effect.state === 'ProtectionStopped') item.policy = '';
      break;
    case 'item.deleted':
      softDelete(world, place.vault, item);
      break;
    case 'item.undeleted':
      delete item.deleted;
      item.state = 'ProtectionStopped';
      break;
    case 'point.taken':
      takePoint(world, { item, job: place.job }, effect.expires);
      break;
    case 'point.vaulted':
      vaultPoint(world, item, place.job);
      break;
    case 'backup.failed':
      item.lastStatus = 'Failed';
      item.lastTime = place.job.timeline.start;
      item.error = effect.error;
      break;
    case 'restore.done':
      finishRestore(world, { vault: place.vault, item, job: place.job }, effect);
      break;
  }
}

function configure(item: ProtectedItem, policy: string): void {
  item.policy = policy;
  delete item.error;
  item.state = item.points.length === 0 ? 'IRPending' : 'Protected';
}

function takePoint(world: World, of: { item: ProtectedItem; job: BackupJob }, expires: number): void {
  const { item, job } = of;
  item.points.unshift(
    pointOf(world, item, { time: job.timeline.start + lasting(world, 8 * span.second, 500), expires }),
  );
  item.lastPoint = item.points[0]?.time ?? job.timeline.start;
}

/** A recovery point of the item's VM as it is now; app-consistent when it runs, crash-consistent when it does not. */
export function pointOf(world: World, item: ProtectedItem, of: { time: number; expires: number }): BackupPoint {
  const vm = world.state.vms[keyOf(item.vm)];
  const disks = vm === undefined ? [] : [vm.osDisk, ...vm.dataDisks];
  const consistent = vm?.osType === 'Linux' ? 'FileSystemConsistent' : 'AppConsistent';
  return {
    name: stableNumber(`${item.name}:${of.time}`, 15),
    time: of.time,
    type: vm?.power === 'running' ? consistent : 'CrashConsistent',
    expires: of.expires,
    instantUntil: Math.min(of.expires, of.time + 5 * span.day),
    osType: vm?.osType ?? 'Windows',
    vmSize: vm?.size ?? 'Standard_D2s_v5',
    disks: disks.map((disk) => ({
      name: disk.name,
      sizeGB: world.state.disks[keyOf(disk.id)]?.sizeGB ?? 127,
      ...(disk.lun === undefined ? {} : { lun: disk.lun }),
    })),
  };
}

function vaultPoint(world: World, item: ProtectedItem, job: BackupJob): void {
  const point = item.points.find(({ time }) => time >= job.timeline.start);
  if (point !== undefined) point.vaulted = world.now;
  item.lastStatus = 'Completed';
  item.lastTime = job.timeline.start;
  delete item.error;
  if (item.state === 'IRPending') item.state = 'Protected';
}

/** Deleted data stays for the vault's soft-delete days, unless soft delete is off. */
function softDelete(world: World, vault: Vault, item: ProtectedItem): void {
  if (vault.softDelete.state === 'Disabled') {
    delete vault.backup.items[itemKey(item.name)];
    return;
  }
  const until = world.now + vault.softDelete.days * span.day;
  item.deleted = { at: world.now, until };
  item.state = 'ProtectionStopped';
  item.policy = '';
  const effect = {
    kind: 'item.purged',
    vault: keyOf(vault.id),
    item: itemKey(item.name),
    deletedAt: world.now,
  } as const;
  schedule(world.state, until, effect);
}

/** Removes a soft-deleted item for good, unless it was undeleted (or deleted anew) meanwhile. */
export function purgeItem(world: World, effect: { vault: string; item: string; deletedAt: number }): void {
  const items = world.state.vaults[effect.vault]?.backup.items;
  if (items?.[effect.item]?.deleted?.at === effect.deletedAt) delete items[effect.item];
}
