import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { azureTime, bagTime, noTime, span } from '../clock.ts';
import { type Answer, type ArmRequest, bodyOf, ok, param, type World } from '../exchange.ts';
import { keyOf, stableGuid } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import { lasting } from '../schedule.ts';
import type { Vault } from '../state.ts';
import { backupNames, invalidInput, itemId, itemIn, vaultIn } from './names.ts';
import { checkCrossRegion, livePoints, pointIn } from './reads.ts';
import { renderJob, renderListedJob } from './render.ts';
import { checkRestore, restoreProperties, startRestore, targetOf } from './restore.ts';
import type { BackupOperation } from './state.ts';

/** GET backupAadProperties of the secondary region. */
export function aadProperties(request: ArmRequest, world: World): Answer {
  const location = param(request, 'location');
  return ok({
    properties: {
      tenantId: world.state.tenant,
      audience: `https://RecoveryServices/IaasCoord/aadmgmt/${location.slice(0, 3)}`,
      servicePrincipalObjectId: stableGuid(`passive:${location}`),
    },
  });
}

/** POST accessToken of a recovery point; the token is a made-up one, and as secret as a real one would be. */
export function accessToken(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const item = itemIn(request, vault);
  checkCrossRegion(vault);
  const point = pointIn(request, item, world);
  const container = backupNames(item.vm).short;
  return ok({
    id: `${itemId(vault, item)}/recoveryPoints/${point.name}`,
    name: point.name,
    type: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints',
    properties: {
      objectType: 'CrrAccessToken',
      accessTokenString: `simulated.${randomUUID()}`,
      subscriptionId: vault.subscription,
      resourceGroupName: vault.group,
      resourceName: vault.name,
      resourceId: '1000000000000000001',
      protectionContainerId: 1,
      recoveryPointId: point.name,
      recoveryPointTime: bagTime(point.time),
      containerName: container,
      containerType: 'IaasVMContainer',
      backupManagementType: 'AzureIaasVM',
      datasourceType: 'VM',
      datasourceName: item.friendlyName,
      datasourceId: item.dataId,
      datasourceContainerName: container,
      rpTierInformation: { InstantRP: 'Valid', HardenedRP: 'Valid' },
      rpOriginalSAOption: false,
      rpIsManagedVirtualMachine: true,
      rpVMSizeDescription: point.vmSize,
      bMSActiveRegion: vault.location,
    },
  });
}

const restoreBody = z.object({
  crossRegionRestoreAccessDetails: z.looseObject({
    accessTokenString: z.string().min(1),
    resourceGroupName: z.string(),
    resourceName: z.string(),
    subscriptionId: z.string(),
    datasourceId: z.string(),
  }),
  restoreRequest: restoreProperties,
});

/** POST backupCrossRegionRestore in the secondary region. */
export function restoreAcross(request: ArmRequest, world: World): Answer {
  const body = bodyOf(request, restoreBody, invalidInput);
  const access = body.crossRegionRestoreAccessDetails;
  const id = `/subscriptions/${access.subscriptionId}/resourceGroups/${access.resourceGroupName}/providers/Microsoft.RecoveryServices/vaults/${access.resourceName}`;
  const vault = world.state.vaults[keyOf(id)];
  const item = Object.values(vault?.backup.items ?? {}).find((one) => one.dataId === access.datasourceId);
  if (vault === undefined || item === undefined)
    throw invalidInput('crossRegionRestoreAccessDetails do not name a known item.');
  checkCrossRegion(vault);
  const point = livePoints(item, world).find(({ name }) => name === body.restoreRequest.recoveryPointId);
  if (point?.vaulted === undefined) throw invalidInput('The recovery point is not in the secondary region.');
  const region = param(request, 'location');
  const restore = { vault, item, point, properties: { ...body.restoreRequest, region } };
  const target = targetOf(world, restore);
  checkRestore(world, restore, target);
  const job = startRestore(world, restore, { target, region });
  return acceptedAcross(request, world, { vault, job: job.name });
}

/** Operation names of the passive stamp are base64 of two ids. */
function acceptedAcross(request: ArmRequest, world: World, of: { vault: Vault; job: string }): Answer {
  const name = Buffer.from(`1000000000000000001;${of.job}`).toString('base64');
  const ready = world.now + lasting(world, span.second, span.second / 2);
  of.vault.backup.operations[name] = { name, start: world.now, ready, job: of.job };
  const base = `${request.origin}/subscriptions/${param(request, 'subscription')}/providers/Microsoft.RecoveryServices/locations/${param(request, 'location')}`;
  const version = `?api-version=${request.apiVersion}`;
  const headers = {
    'azure-asyncoperation': `${base}/backupCrrOperationsStatus/${name}${version}`,
    location: `${base}/backupCrrOperationResults/${name}${version}`,
  };
  return { status: 202, headers };
}

function operationIn(request: ArmRequest, world: World): BackupOperation {
  const name = param(request, 'operation');
  const found = Object.values(world.state.vaults).find((vault) => vault.backup.operations[name] !== undefined);
  const operation = found?.backup.operations[name];
  if (operation !== undefined) return operation;
  throw new Refusal(404, 'OperationNotFound', `Operation ${name} was not found.`, { cause: 'service' });
}

/** GET backupCrrOperationsStatus. */
export function acrossStatus(request: ArmRequest, world: World): Answer {
  const operation = operationIn(request, world);
  const done = world.now >= operation.ready;
  return ok({
    id: request.path,
    name: operation.name,
    status: done ? 'Succeeded' : 'InProgress',
    startTime: azureTime(operation.start),
    endTime: done ? azureTime(operation.ready) : noTime,
    ...(done ? { properties: { objectType: 'OperationStatusJobExtendedInfo', jobId: operation.job } } : {}),
  });
}

/** GET backupCrrOperationResults. */
export function acrossResult(request: ArmRequest, world: World): Answer {
  return { status: world.now >= operationIn(request, world).ready ? 204 : 202 };
}

const jobBody = z.object({ resourceId: z.string(), jobName: z.string().nullish() });

function vaultOf(request: ArmRequest, world: World): { vault: Vault; jobName: string | null | undefined } {
  const { resourceId, jobName } = bodyOf(request, jobBody, invalidInput);
  const vault = world.state.vaults[keyOf(resourceId)];
  if (vault === undefined) throw invalidInput(`The vault '${resourceId}' was not found.`);
  return { vault, jobName };
}

/** POST backupCrrJob: one job of a cross-region restore. */
export function acrossJob(request: ArmRequest, world: World): Answer {
  const { vault, jobName } = vaultOf(request, world);
  const job = vault.backup.jobs[jobName ?? ''];
  if (job?.region === undefined)
    throw new Refusal(404, 'JobNotFound', `Job ${jobName ?? ''} was not found.`, { cause: 'service' });
  return ok(renderJob(vault, job, world));
}

/** POST backupCrrJobs: all jobs of cross-region restores of a vault. */
export function acrossJobs(request: ArmRequest, world: World): Answer {
  const { vault } = vaultOf(request, world);
  const jobs = Object.values(vault.backup.jobs).filter((job) => job.region !== undefined);
  return ok({ value: jobs.map((job) => renderListedJob(vault, job, world)) });
}
