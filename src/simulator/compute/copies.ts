import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { requireLinked } from '../authorization/linked.ts';
import { span } from '../clock.ts';
import { type Answer, type ArmRequest, bodyOf, ok, param, type World } from '../exchange.ts';
import { keyOf, nameOf, stableGuid } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import { diskKind, snapshotKind } from '../resources/kinds.ts';
import { idIn, keyIn, resourceIn } from '../resources/lookup.ts';
import { lasting, schedule } from '../schedule.ts';
import { computeFailure, settle } from './failures.ts';
import { accessAddress, beginOperation, longestAccess } from './operations.ts';
import { renderAccepted, renderDisk, renderSnapshot } from './render.ts';
import {
  checkCopyStart,
  checkRegion,
  checkSameSource,
  checkSnapshotLimits,
  invalidParameter,
  sourceOf,
} from './rules.ts';
import type { ComputeEffect, Disk, Snapshot } from './state.ts';

const copyBody = z.object({
  location: z.string(),
  tags: z.record(z.string(), z.string()).optional(),
  sku: z.object({ name: z.string() }).optional(),
  zones: z.array(z.string()).optional(),
  properties: z.object({
    osType: z.enum(['Windows', 'Linux']).optional(),
    diskSizeGB: z.number().int().positive().optional(),
    incremental: z.boolean().optional(),
    creationData: z.object({ createOption: z.string(), sourceResourceId: z.string().optional() }),
  }),
});
type CopyBody = z.infer<typeof copyBody>;

/** PUT of a disk: empty, or a copy of a disk or a snapshot. */
export function putDisk(request: ArmRequest, world: World): Answer {
  const body = bodyOf(request, copyBody, invalidParameter);
  const key = keyIn(request, diskKind);
  const source = sourceOf(world, sentCreation(body));
  checkRegion(body.location, source);
  const existing = world.state.disks[key];
  if (existing !== undefined) checkSameSource(existing.creation, sentCreation(body));
  requireSource(request, world, { own: `${diskKind.type}/write`, source });
  const made = existing ?? newDisk(request, world, { body, source });
  Object.assign(made, { tags: body.tags ?? made.tags });
  const error = settle(made, computeFailure(world, 'CreateDisk', made.name));
  world.state.disks[key] = made;
  const lasts = lasting(world, 2 * span.second, span.second);
  made.ready = world.now + lasts;
  const headers = beginOperation(request, world, {
    kind: 'DiskOperations',
    location: made.location,
    lasts,
    output: { kind: 'disk', key },
    ...error,
  });
  return { status: 202, headers, body: renderAccepted(diskKind.type, made, { creation: sentCreation(body) }) };
}

/** PUT of a snapshot: of a disk, of a snapshot, or across regions (CopyStart). */
export function putSnapshot(request: ArmRequest, world: World): Answer {
  const body = bodyOf(request, copyBody, invalidParameter);
  const key = keyIn(request, snapshotKind);
  const creationData = sentCreation(body);
  const { incremental } = body.properties;
  const source = sourceOf(world, creationData);
  if (creationData.createOption === 'CopyStart') checkCopyStart(source);
  else checkRegion(body.location, source);
  const existing = world.state.snapshots[key];
  if (existing !== undefined) checkSameSource(existing.creation, creationData);
  else if (incremental === true && source !== undefined) checkSnapshotLimits(world, source.id);
  requireSource(request, world, { own: `${snapshotKind.type}/write`, source });
  const made = existing ?? newSnapshot(request, world, { body, source });
  Object.assign(made, { tags: body.tags ?? made.tags });
  const error = settle(made, computeFailure(world, 'CreateSnapshot', made.name));
  world.state.snapshots[key] = made;
  const headers = beginOperation(request, world, {
    kind: 'DiskOperations',
    location: made.location,
    lasts: Math.max(0, made.ready - world.now),
    output: { kind: 'snapshot', key },
    ...error,
  });
  const sent = { creation: creationData, ...(incremental === undefined ? {} : { incremental }) };
  return { status: 202, headers, body: renderAccepted(snapshotKind.type, made, sent) };
}

/** A copy needs the right to read its source, and to open it for access. */
function requireSource(
  request: ArmRequest,
  world: World,
  of: { own: string; source: Disk | Snapshot | undefined },
): void {
  const { own, source } = of;
  if (source === undefined) return;
  const type = 'incremental' in source ? snapshotKind.type : diskKind.type;
  const actions = [`${type}/read`, `${type}/beginGetAccess/action`];
  requireLinked(request, world, { own, linked: actions.map((action) => ({ action, scope: source.id })) });
}

interface Making {
  readonly body: CopyBody;
  readonly source: Disk | Snapshot | undefined;
}

function sentCreation(body: CopyBody): { createOption: string; sourceResourceId?: string } {
  const { createOption, sourceResourceId } = body.properties.creationData;
  return { createOption, ...(sourceResourceId === undefined ? {} : { sourceResourceId }) };
}

function common(request: ArmRequest, world: World, making: Making) {
  const { body, source } = making;
  const osType = body.properties.osType ?? source?.osType;
  const sizeGB = body.properties.diskSizeGB ?? source?.sizeGB;
  if (sizeGB === undefined) throw invalidParameter('disk.diskSizeGB');
  return {
    group: param(request, 'group'),
    subscription: param(request, 'subscription'),
    location: body.location,
    tags: body.tags ?? {},
    sizeGB,
    ...(osType === undefined ? {} : { osType }),
    uniqueId: randomUUID(),
    creation: { ...sentCreation(body), ...(source === undefined ? {} : { sourceUniqueId: source.uniqueId }) },
    created: world.now,
  };
}

function newDisk(request: ArmRequest, world: World, making: Making): Disk {
  return {
    ...common(request, world, making),
    id: idIn(request, diskKind),
    name: param(request, 'disk'),
    sku: making.body.sku?.name ?? 'Standard_LRS',
    ready: world.now,
    ...(making.body.zones === undefined ? {} : { zones: making.body.zones }),
  };
}

function newSnapshot(request: ArmRequest, world: World, making: Making): Snapshot {
  const incremental = making.body.properties.incremental ?? false;
  const across = making.body.properties.creationData.createOption === 'CopyStart';
  const family = making.source === undefined ? '' : stableGuid(`family:${keyOf(making.source.id)}`);
  return {
    ...common(request, world, making),
    id: idIn(request, snapshotKind),
    name: param(request, 'snapshot'),
    sku: making.body.sku?.name ?? 'Standard_LRS',
    incremental,
    ready: world.now + lasting(world, span.second, span.second),
    ...(incremental ? { familyId: family } : {}),
    ...(across ? { copied: world.now + lasting(world, 10 * span.minute, 8 * span.second) } : {}),
  };
}

const tagsBody = z.object({ tags: z.record(z.string(), z.string()).optional() });

/** PATCH of a disk: its tags. */
export function patchDisk(request: ArmRequest, world: World): Answer {
  const disk = resourceIn(request, world, diskKind);
  disk.tags = bodyOf(request, tagsBody, invalidParameter).tags ?? disk.tags;
  return ok(renderDisk(disk, world));
}

/** PATCH of a snapshot: its tags. */
export function patchSnapshot(request: ArmRequest, world: World): Answer {
  const snapshot = resourceIn(request, world, snapshotKind);
  snapshot.tags = bodyOf(request, tagsBody, invalidParameter).tags ?? snapshot.tags;
  return ok(renderSnapshot(snapshot, world));
}

/** DELETE of a disk; an attached one is refused, an absent one is 204. */
export function deleteDisk(request: ArmRequest, world: World): Answer {
  const key = keyIn(request, diskKind);
  const disk = world.state.disks[key];
  if (disk === undefined) return { status: 204 };
  if (disk.vm !== undefined) {
    const text = `Disk ${disk.name} is attached to VM ${disk.vm}.`;
    throw new Refusal(409, 'OperationNotAllowed', text);
  }
  return remove(request, world, { of: disk, effect: { kind: 'disk.remove', disk: key } });
}

/** DELETE of a snapshot; an absent one is 204. */
export function deleteSnapshot(request: ArmRequest, world: World): Answer {
  const key = keyIn(request, snapshotKind);
  const snapshot = world.state.snapshots[key];
  if (snapshot === undefined) return { status: 204 };
  if ((snapshot.sasUntil ?? 0) > world.now) {
    const text = `There is an active shared access signature outstanding for ${nameOf(snapshot.id)}. Call EndGetAccess before attempting this operation.`;
    throw new Refusal(409, 'OperationNotAllowed', text);
  }
  return remove(request, world, { of: snapshot, effect: { kind: 'snapshot.remove', snapshot: key } });
}

function remove(
  request: ArmRequest,
  world: World,
  { of, effect }: { of: Disk | Snapshot; effect: Extract<ComputeEffect, { kind: 'disk.remove' | 'snapshot.remove' }> },
): Answer {
  const lasts = lasting(world, span.second, span.second);
  of.deleting = true;
  schedule(world.state, world.now + lasts, effect);
  return {
    status: 202,
    headers: beginOperation(request, world, { kind: 'DiskOperations', location: of.location, lasts }),
  };
}

const accessBody = z.object({ access: z.string(), durationInSeconds: z.number().int().positive() });

/** POST beginGetAccess on a disk or a snapshot. */
export function beginAccess(request: ArmRequest, world: World): Answer {
  const body = bodyOf(request, accessBody, invalidParameter);
  const found = accessed(request, world);
  const until = world.now + Math.min(body.durationInSeconds * span.second, longestAccess);
  found.sasUntil = until;
  const access = accessAddress(found.uniqueId, until);
  const lasts = lasting(world, span.second, 0);
  return {
    status: 202,
    headers: beginOperation(request, world, { kind: 'DiskOperations', location: found.location, lasts, access }),
  };
}

/** POST endGetAccess on a disk or a snapshot. */
export function endAccess(request: ArmRequest, world: World): Answer {
  const found = accessed(request, world);
  delete found.sasUntil;
  const lasts = lasting(world, span.second, 0);
  return {
    status: 202,
    headers: beginOperation(request, world, { kind: 'DiskOperations', location: found.location, lasts }),
  };
}

function accessed(request: ArmRequest, world: World): Disk | Snapshot {
  return request.params.disk === undefined
    ? resourceIn(request, world, snapshotKind)
    : resourceIn(request, world, diskKind);
}
