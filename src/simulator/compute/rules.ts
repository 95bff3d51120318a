import { span } from '../clock.ts';
import type { World } from '../exchange.ts';
import { keyOf, nameOf, segmentAfter } from '../identity.ts';
import { Refusal, resourceNotFound } from '../refusal.ts';
import type { CreationData, Disk, Snapshot } from './state.ts';

/** A copied disk's or snapshot's source, or ARM's 404 for the missing one. */
export function sourceOf(world: World, creation: CreationData): Disk | Snapshot | undefined {
  const id = creation.sourceResourceId;
  if (id === undefined) return undefined;
  const found = world.state.disks[keyOf(id)] ?? world.state.snapshots[keyOf(id)];
  if (found !== undefined) return found;
  const type = `Microsoft.Compute/${segmentAfter(id, 'Microsoft.Compute') ?? 'disks'}`;
  throw resourceNotFound(type, nameOf(id), segmentAfter(id, 'resourceGroups') ?? '');
}

/** Azure's limits on incremental snapshots: 500 of a disk, 7 of a disk in five minutes. */
export function checkSnapshotLimits(world: World, diskId: string): void {
  const ofDisk = Object.values(world.state.snapshots).filter(
    (one) => one.incremental && keyOf(one.creation.sourceResourceId ?? '') === keyOf(diskId),
  );
  const recent = ofDisk.filter((one) => one.created > world.now - 5 * span.minute);
  if (ofDisk.length < 500 && recent.length < 7) return;
  const text = 'The snapshot count was exceeded for a disk. Please retry the request after sometime.';
  throw new Refusal(409, 'SnapshotsLimitReached', text, { headers: { 'retry-after': '300' } });
}

/** A cross-region copy starts from an incremental snapshot only (recorded in snapshot_409_OperationNotAllowed). */
export function checkCopyStart(source: Disk | Snapshot | undefined): void {
  if (source !== undefined && 'incremental' in source && source.incremental) return;
  throw new Refusal(409, 'OperationNotAllowed', 'CopyStart creation is not supported for this subscription.');
}

/** A plain copy stays in its source's region. */
export function checkRegion(location: string, source: Disk | Snapshot | undefined): void {
  if (source === undefined || keyOf(source.location) === keyOf(location)) return;
  const text = `The source resource '${source.id}' is in location '${source.location}', which differs from the location '${location}' of the resource being created.`;
  throw new Refusal(400, 'InvalidParameter', text, { fields: { target: 'creationData.sourceResourceId' } });
}

/** The same name with another source is not an update. */
export function checkSameSource(existing: CreationData, sent: CreationData): void {
  if (keyOf(existing.sourceResourceId ?? '') === keyOf(sent.sourceResourceId ?? '')) return;
  const text = "Changing property 'creationData.sourceResourceId' is not allowed.";
  throw new Refusal(409, 'PropertyChangeNotAllowed', text, { fields: { target: 'creationData.sourceResourceId' } });
}

/** Compute's 400 for a field that is missing or wrong. */
export function invalidParameter(fault: string): Refusal {
  const [target = ''] = fault.split(':');
  return new Refusal(400, 'InvalidParameter', `Required parameter '${target}' is missing or invalid.`, {
    fields: { target },
  });
}
