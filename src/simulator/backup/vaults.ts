import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { span } from '../clock.ts';
import { type Answer, type ArmRequest, bodyOf, ok, pageOf, param, type World } from '../exchange.ts';
import { paths } from '../paths.ts';
import { Refusal } from '../refusal.ts';
import { vaultKind } from '../resources/kinds.ts';
import { idIn, keyIn, resourceIn, resourcesIn } from '../resources/lookup.ts';
import type { Route } from '../router.ts';
import { lasting } from '../schedule.ts';
import type { Vault } from '../state.ts';
import { renderListedVault, renderNewVault, renderVault } from './vault-render.ts';

const type = vaultKind.type;

/** Vaults themselves. */
export function vaultRoutes(): Route[] {
  const all = `${paths.subscription}/providers/${type}`;
  return [
    { method: 'GET', path: all, action: `${type}/read`, handle: listVaults },
    { method: 'GET', path: paths.vaults, action: `${type}/read`, handle: listVaults },
    { method: 'GET', path: paths.vault, action: `${type}/read`, handle: getVault },
    { method: 'PUT', path: paths.vault, action: `${type}/write`, handle: putVault },
    { method: 'PATCH', path: paths.vault, action: `${type}/write`, handle: patchVault },
    { method: 'DELETE', path: paths.vault, action: `${type}/delete`, handle: deleteVault },
    {
      method: 'GET',
      path: `${paths.vault}/operationStatus/{operation}`,
      action: `${type}/read`,
      handle: operationStatus,
    },
    {
      method: 'GET',
      path: `${paths.vault}/operationResults/{operation}`,
      action: `${type}/read`,
      handle: operationResult,
    },
  ];
}

function listVaults(request: ArmRequest, world: World): Answer {
  return pageOf(request, resourcesIn(request, world, vaultKind), { size: 100, render: renderListedVault });
}

function getVault(request: ArmRequest, world: World): Answer {
  return ok(renderVault(resourceIn(request, world, vaultKind), world));
}

const settingsBody = z.object({
  redundancySettings: z
    .object({
      standardTierStorageRedundancy: z.enum(['GeoRedundant', 'LocallyRedundant', 'ZoneRedundant']).optional(),
      crossRegionRestore: z.enum(['Enabled', 'Disabled']).optional(),
    })
    .optional(),
  securitySettings: z
    .object({
      immutabilitySettings: z.object({ state: z.enum(['Disabled', 'Unlocked', 'Locked']) }).optional(),
      softDeleteSettings: z
        .object({
          softDeleteState: z.enum(['Enabled', 'Disabled', 'AlwaysON']).optional(),
          softDeleteRetentionPeriodInDays: z.number().int().min(14).max(180).optional(),
        })
        .optional(),
    })
    .optional(),
  monitoringSettings: z
    .object({
      azureMonitorAlertSettings: z.object({ alertsForAllJobFailures: z.string() }).optional(),
      classicAlertSettings: z.object({ alertsForCriticalOperations: z.string() }).optional(),
    })
    .optional(),
});
const vaultBody = z.object({
  location: z.string().optional(),
  tags: z.record(z.string(), z.string()).optional(),
  identity: z.record(z.string(), z.unknown()).optional(),
  sku: z.object({ name: z.string() }).optional(),
  properties: settingsBody.optional(),
});
type VaultBody = z.infer<typeof vaultBody>;

function putVault(request: ArmRequest, world: World): Answer {
  const body = bodyOf(request, vaultBody);
  if (body.location === undefined)
    throw new Refusal(400, 'LocationRequired', 'The location property is required for this definition.');
  const key = keyIn(request, vaultKind);
  const existing = world.state.vaults[key];
  const vault = existing ?? newVault(request, world, body.location);
  applySettings(vault, body);
  world.state.vaults[key] = vault;
  const lasts = lasting(world, 5 * span.second, span.second);
  vault.ready = world.now + lasts;
  const headers = beginVaultOperation(request, world, { vault, lasts });
  return {
    status: existing === undefined ? 201 : 200,
    headers: { 'azure-asyncoperation': headers['azure-asyncoperation'] },
    body: renderNewVault(vault),
  };
}

function patchVault(request: ArmRequest, world: World): Answer {
  const vault = resourceIn(request, world, vaultKind);
  applySettings(vault, bodyOf(request, vaultBody));
  return {
    status: 202,
    headers: beginVaultOperation(request, world, { vault, lasts: lasting(world, 5 * span.second, 0) }),
  };
}

function deleteVault(request: ArmRequest, world: World): Answer {
  const key = keyIn(request, vaultKind);
  const vault = world.state.vaults[key];
  if (vault === undefined) return { status: 204 };
  const full = Object.keys(vault.backup.items).length + Object.keys(vault.recovery.items).length > 0;
  if (full) {
    const text = `Recovery Services vault cannot be deleted as there are existing resources within the vault. : ${vault.name}`;
    throw new Refusal(400, 'ServiceResourceNotEmptyWithContainerDetails', text, { cause: 'service' });
  }
  delete world.state.vaults[key];
  return { status: 200 };
}

/** A vault without anything in it, as new ones are: soft delete always on, geo-redundant. */
export function newVault(request: ArmRequest, world: World, location: string): Vault {
  return emptyVault({
    id: idIn(request, vaultKind),
    name: param(request, 'vault'),
    group: param(request, 'group'),
    subscription: param(request, 'subscription'),
    location,
    tags: {},
    created: world.now,
  });
}

/** A vault without anything in it. */
export function emptyVault(
  base: Pick<Vault, 'id' | 'name' | 'group' | 'subscription' | 'location' | 'tags' | 'created'>,
): Vault {
  return {
    ...base,
    ready: base.created,
    redundancy: 'GeoRedundant',
    crossRegionRestore: false,
    softDelete: { state: 'AlwaysON', days: 14 },
    immutability: 'Disabled',
    alerts: { jobFailures: 'Enabled', criticalOperations: 'Enabled' },
    backup: { policies: {}, items: {}, jobs: {}, operations: {} },
    recovery: {
      fabrics: {},
      containers: {},
      mappings: {},
      networkMappings: {},
      policies: {},
      items: {},
      plans: {},
      jobs: {},
      operations: {},
      alertEmails: [],
    },
  };
}

function applySettings(vault: Vault, body: VaultBody): void {
  const { redundancySettings, securitySettings, monitoringSettings } = body.properties ?? {};
  checkImmutability(vault, securitySettings?.immutabilitySettings?.state);
  checkSoftDelete(vault, securitySettings?.softDeleteSettings?.softDeleteState);
  vault.tags = body.tags ?? vault.tags;
  if (body.identity !== undefined) vault.identity = body.identity;
  vault.redundancy = redundancySettings?.standardTierStorageRedundancy ?? vault.redundancy;
  if (redundancySettings?.crossRegionRestore !== undefined) {
    vault.crossRegionRestore = redundancySettings.crossRegionRestore === 'Enabled';
  }
  vault.immutability = securitySettings?.immutabilitySettings?.state ?? vault.immutability;
  const soft = securitySettings?.softDeleteSettings;
  vault.softDelete.state = soft?.softDeleteState ?? vault.softDelete.state;
  vault.softDelete.days = soft?.softDeleteRetentionPeriodInDays ?? vault.softDelete.days;
  const alerts = monitoringSettings;
  vault.alerts.jobFailures = alerts?.azureMonitorAlertSettings?.alertsForAllJobFailures ?? vault.alerts.jobFailures;
  vault.alerts.criticalOperations =
    alerts?.classicAlertSettings?.alertsForCriticalOperations ?? vault.alerts.criticalOperations;
}

/** A locked immutable vault stays so. */
function checkImmutability(vault: Vault, wanted: string | undefined): void {
  if (vault.immutability !== 'Locked' || wanted === undefined || wanted === 'Locked') return;
  throw new Refusal(400, 'UserErrorImmutabilityLocked', 'Immutability of the vault is locked and cannot be changed.');
}

function checkSoftDelete(vault: Vault, wanted: string | undefined): void {
  if (vault.softDelete.state !== 'AlwaysON' || wanted === undefined || wanted === 'AlwaysON') return;
  const text = 'Soft delete is set to always-on for the vault and cannot be disabled.';
  throw new Refusal(400, 'BMSUserErrorDisablingSoftDeleteStateNotAllowed', text);
}

function beginVaultOperation(
  request: ArmRequest,
  world: World,
  of: { vault: Vault; lasts: number },
): { 'azure-asyncoperation': string; location: string } {
  const name = Buffer.from(`${Math.floor(Math.random() * 4096)};${randomUUID()}`).toString('base64');
  world.state.vaultOperations[name] = { vault: of.vault.id, ready: world.now + of.lasts };
  const version = `?api-version=${request.apiVersion}`;
  return {
    'azure-asyncoperation': `${request.origin}${of.vault.id}/operationStatus/${name}${version}`,
    location: `${request.origin}${of.vault.id}/operationResults/${name}${version}`,
  };
}

function operationStatus(request: ArmRequest, world: World): Answer {
  const name = param(request, 'operation');
  const found = world.state.vaultOperations[name];
  if (found === undefined) throw new Refusal(404, 'OperationNotFound', `Operation '${name}' was not found.`);
  const status = world.now < found.ready ? 'InProgress' : 'Succeeded';
  return ok({ id: `${found.vault}/operationStatus/${name}`, name, status });
}

function operationResult(request: ArmRequest, world: World): Answer {
  const found = world.state.vaultOperations[param(request, 'operation')];
  const vault = resourceIn(request, world, vaultKind);
  if (found === undefined) throw new Refusal(404, 'OperationNotFound', 'The operation was not found.');
  return world.now < found.ready ? { status: 202 } : ok(renderVault(vault, world));
}
