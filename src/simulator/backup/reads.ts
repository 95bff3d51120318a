import { z } from 'zod';
import { type Answer, type ArmRequest, bodyOf, ok, pageOf, param, queryOf, type World } from '../exchange.ts';
import { agrees, filterTime, parseFilter } from '../filters.ts';
import { keyOf, nameOf } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import type { Vault } from '../state.ts';
import { backupNames, invalidInput, itemId, itemIn, itemKey, jobIn, policyId, vaultIn } from './names.ts';
import { extendedItem, jobStatus, renderItem, renderJob, renderListedJob, renderPoint } from './render.ts';
import type { BackupPoint, BackupPolicy, ProtectedItem } from './state.ts';

/** Items and recovery points come by 200, as Azure's do. */
const pageSize = 200;

/** The api-versions of the passive stamp: they choose the secondary region, the path does not. */
const secondaryVersions = new Set(['2018-12-20', '2021-11-15', '2023-01-15']);

/** Whether the caller asks the secondary region's stamp. */
function asksSecondary(request: ArmRequest): boolean {
  return secondaryVersions.has(request.apiVersion);
}

const statusBody = z.object({ resourceType: z.string(), resourceId: z.string(), poLogicalName: z.string().optional() });

/** POST backupStatus: whether, where and how a VM is protected, over all vaults of all subscriptions. */
export function backupStatus(request: ArmRequest, world: World): Answer {
  const { resourceId } = bodyOf(request, statusBody, invalidInput);
  const names = backupNames(resourceId);
  const base = {
    fabricName: 'Azure',
    containerName: names.container.toLowerCase(),
    protectedItemName: names.item.toLowerCase(),
  };
  const found = protectionOf(world, resourceId);
  if (found === undefined) return ok({ protectionStatus: 'NotProtected', ...base, protectedItemsCount: 0 });
  const { vault, item } = found;
  return ok({
    protectionStatus: 'Protected',
    vaultId: vault.id,
    ...base,
    policyName: item.policy,
    protectedItemsCount: 0,
  });
}

/** The vault and the item that protect a VM, soft-deleted ones included. */
export function protectionOf(world: World, vmId: string): { vault: Vault; item: ProtectedItem } | undefined {
  const key = itemKey(backupNames(vmId).item);
  for (const vault of Object.values(world.state.vaults)) {
    const item = vault.backup.items[key];
    if (item !== undefined && keyOf(item.vm) === keyOf(vmId)) return { vault, item };
  }
  return undefined;
}

/** GET backupProtectedItems, with Azure's filters. */
export function listItems(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const filter = parseFilter(queryOf(request, '$filter'));
  if (asksSecondary(request)) checkCrossRegion(vault);
  const rows = Object.values(vault.backup.items).filter(
    (item) =>
      agrees(filter, 'backupManagementType', 'AzureIaasVM') &&
      agrees(filter, 'itemType', 'VM') &&
      agrees(filter, 'policyName', item.policy) &&
      agrees(filter, 'containerName', backupNames(item.vm).short) &&
      agrees(filter, 'friendlyName', item.friendlyName),
  );
  return pageOf(request, rows, {
    size: pageSize,
    render: (item) => renderItem(vault, item, world),
    keptIn: (item) => (item.deleted === undefined ? world.texts : undefined),
  });
}

/** The secondary region answers for geo-redundant vaults with cross-region restore only. */
export function checkCrossRegion(vault: Vault): void {
  if (vault.redundancy === 'GeoRedundant' && vault.crossRegionRestore) return;
  const text = 'Cross region restore is not enabled for the vault.';
  throw new Refusal(400, 'UserErrorCrossRegionRestoreNotEnabled', text, { cause: 'service' });
}

/** GET of one protected item. */
export function getItem(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const item = itemIn(request, vault);
  const body = renderItem(vault, item, world);
  if (!(queryOf(request, '$filter') ?? '').toLowerCase().includes('extendedinfo')) return ok(body);
  return ok({ ...body, properties: { ...(body.properties as object), extendedInfo: extendedItem(item) } });
}

/** GET recoveryPoints: those not expired, newest first. */
export function listPoints(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const item = itemIn(request, vault);
  const secondary = asksSecondary(request);
  if (secondary) checkCrossRegion(vault);
  const filter = parseFilter(queryOf(request, '$filter'));
  const from = filterTime(filter, 'startDate') ?? 0;
  const to = filterTime(filter, 'endDate') ?? Number.POSITIVE_INFINITY;
  const rows = livePoints(item, world).filter(
    (point) => point.time >= from && point.time <= to && (!secondary || point.vaulted !== undefined),
  );
  return pageOf(request, rows, {
    size: pageSize,
    render: (point) => renderPoint({ vault, item, secondary }, point, world),
  });
}

/** The points of an item that have not expired, newest first; the last one is kept whatever its age, as Azure does. */
export function livePoints(item: ProtectedItem, world: World): BackupPoint[] {
  const points = item.points.toSorted((a, b) => b.time - a.time);
  const live = points.filter((point) => point.expires > world.now);
  return live.length > 0 ? live : points.slice(0, 1);
}

/** GET of one recovery point. */
export function getPoint(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const item = itemIn(request, vault);
  const secondary = asksSecondary(request);
  return ok(renderPoint({ vault, item, secondary }, pointIn(request, item, world), world));
}

/** The recovery point that the path names, or backup's 404. */
export function pointIn(request: ArmRequest, item: ProtectedItem, world: World): BackupPoint {
  const name = param(request, 'point');
  const found = livePoints(item, world).find((point) => point.name === name);
  if (found !== undefined) return found;
  throw new Refusal(404, 'UserErrorRecoveryPointNotFound', `Recovery point ${name} was not found.`, {
    cause: 'service',
  });
}

/** GET backupPolicies. */
export function listPolicies(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const filter = parseFilter(queryOf(request, '$filter'));
  if (!agrees(filter, 'backupManagementType', 'AzureIaasVM')) return ok({ value: [] });
  return pageOf(request, Object.values(vault.backup.policies), {
    size: pageSize,
    render: (policy) => renderPolicy(vault, policy),
  });
}

/** GET of one policy. */
export function getPolicy(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const found = vault.backup.policies[keyOf(param(request, 'policy'))];
  if (found === undefined) throw policyNotFound(param(request, 'policy'));
  return ok(renderPolicy(vault, found));
}

/** Backup's 404 for a policy. */
export function policyNotFound(policy: string): Refusal {
  const text = `Policy ${nameOf(policy)} was not found in the vault.`;
  return new Refusal(404, 'BMSUserErrorPolicyNotFound', text, { cause: 'service' });
}

/** A policy with the count of the items under it. */
export function renderPolicy(vault: Vault, policy: BackupPolicy): Record<string, unknown> {
  const items = Object.values(vault.backup.items).filter((item) => keyOf(item.policy) === keyOf(policy.name));
  const type = 'Microsoft.RecoveryServices/vaults/backupPolicies';
  const properties = { ...policy.properties, protectedItemsCount: items.length };
  return { id: policyId(vault, policy.name), name: policy.name, type, properties };
}

/** GET backupJobs, newest first, with Azure's filters. */
export function listJobs(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const filter = parseFilter(queryOf(request, '$filter'));
  const from = filterTime(filter, 'startTime') ?? 0;
  const to = filterTime(filter, 'endTime') ?? Number.POSITIVE_INFINITY;
  const rows = Object.values(vault.backup.jobs)
    .filter(
      (job) =>
        job.region === undefined &&
        agrees(filter, 'status', jobStatus(job, world)) &&
        agrees(filter, 'operation', job.verb) &&
        agrees(filter, 'backupManagementType', 'AzureIaasVM') &&
        job.timeline.start >= from &&
        job.timeline.start <= to,
    )
    .sort((a, b) => b.timeline.start - a.timeline.start);
  return pageOf(request, rows, { size: pageSize, render: (job) => renderListedJob(vault, job, world) });
}

/** GET of one job, with its tasks. */
export function getJob(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  return ok(renderJob(vault, jobIn(request, vault), world));
}

/** GET of containers: one for each item. */
export function listContainers(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const filter = parseFilter(queryOf(request, '$filter'));
  if (!agrees(filter, 'backupManagementType', 'AzureIaasVM')) return ok({ value: [] });
  const rows = Object.values(vault.backup.items).filter((item) => agrees(filter, 'friendlyName', item.friendlyName));
  return pageOf(request, rows, { size: pageSize, render: (item) => renderContainer(vault, item) });
}

/** GET of one container. */
export function getContainer(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const container = keyOf(param(request, 'container'));
  const found = Object.values(vault.backup.items).find((item) => keyOf(item.container) === container);
  if (found !== undefined) return ok(renderContainer(vault, found));
  throw new Refusal(404, 'BMSUserErrorContainerObjectNotFound', 'Container not found.', { cause: 'service' });
}

function renderContainer(vault: Vault, item: ProtectedItem): Record<string, unknown> {
  const id = itemId(vault, item).split('/protectedItems/')[0];
  return {
    id,
    name: item.container,
    type: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers',
    properties: {
      virtualMachineId: item.vm,
      virtualMachineVersion: 'Compute',
      resourceGroup: backupNames(item.vm).short.split(';')[1],
      friendlyName: item.friendlyName,
      backupManagementType: 'AzureIaasVM',
      registrationStatus: 'Registered',
      healthStatus: 'Healthy',
      containerType: 'Microsoft.Compute/virtualMachines',
      protectableObjectType: 'Microsoft.Compute/virtualMachines',
    },
  };
}
