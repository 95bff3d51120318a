import { z } from 'zod';
import { type Answer, type ArmRequest, bodyOf, type Handler, ok, param, queryOf, type World } from '../exchange.ts';
import { keyOf } from '../identity.ts';
import { paths } from '../paths.ts';
import { resourceNotFound } from '../refusal.ts';
import { networkKind } from '../resources/kinds.ts';
import { resourceIn } from '../resources/lookup.ts';
import type { Route } from '../router.ts';
import { conditionsOf } from './state.ts';

/** Policy, quotas, sizes, addresses, encryption. Locks are read below any scope and are routed with authorization. */
export function conditionRoutes(): Route[] {
  const route = (path: string, action: string, handle: Handler): Route => ({ method: 'GET', path, action, handle });
  return [
    {
      method: 'POST',
      path: `${paths.group}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions`,
      action: 'Microsoft.PolicyInsights/checkPolicyRestrictions/read',
      handle: checkPolicy,
    },
    route(
      `${paths.subscription}/providers/Microsoft.Compute/locations/{location}/usages`,
      'Microsoft.Compute/locations/usages/read',
      listUsages,
    ),
    route(`${paths.subscription}/providers/Microsoft.Compute/skus`, 'Microsoft.Compute/skus/read', listSizes),
    route(
      `${paths.group}/providers/Microsoft.Network/virtualNetworks/{network}/usages`,
      'Microsoft.Network/virtualNetworks/usages/read',
      listAddresses,
    ),
    route(`${paths.compute}/diskEncryptionSets/{set}`, 'Microsoft.Compute/diskEncryptionSets/read', getEncryptionSet),
    route(
      `${paths.group}/providers/Microsoft.KeyVault/vaults/{keyVault}`,
      'Microsoft.KeyVault/vaults/read',
      getKeyVault,
    ),
  ];
}

/** Locks at a scope and above it, as Azure lists them for a resource. */
export function listLocks(request: ArmRequest, world: World): Answer {
  const scope = keyOf(param(request, 'scope'));
  const found = conditionsOf(world).locks.filter((lock) => `${scope}/`.startsWith(`${keyOf(lock.scope)}/`));
  const value = found.map(({ scope: at, name, level }) => ({
    id: `${at}/providers/Microsoft.Authorization/locks/${name}`,
    type: 'Microsoft.Authorization/locks',
    name,
    properties: { level },
  }));
  return ok({ value });
}

const planned = z.object({
  resourceDetails: z.object({ resourceContent: z.object({ type: z.string() }) }),
});

function checkPolicy(request: ArmRequest, world: World): Answer {
  const { type } = bodyOf(request, planned).resourceDetails.resourceContent;
  const group = `/subscriptions/${param(request, 'subscription')}/resourceGroups/${param(request, 'group')}`;
  const policyEvaluations = conditionsOf(world)
    .policies.filter((one) => keyOf(one.type) === keyOf(type) && `${keyOf(group)}/`.startsWith(`${keyOf(one.scope)}/`))
    .map(({ scope, assignment, reason }) => ({
      policyInfo: {
        policyDefinitionId: `${scope}/providers/Microsoft.Authorization/policyDefinitions/${assignment}`,
        policyAssignmentId: `${scope}/providers/Microsoft.Authorization/policyAssignments/${assignment}`,
      },
      evaluationResult: 'NonCompliant',
      evaluationDetails: { reason },
      effectDetails: { policyEffect: 'Deny' },
    }));
  return ok({ fieldRestrictions: [], contentEvaluationResult: { policyEvaluations } });
}

function listUsages(request: ArmRequest, world: World): Answer {
  const location = keyOf(param(request, 'location'));
  const set = conditionsOf(world).quotas.filter((one) => keyOf(one.location) === location);
  const usual = { location, name: 'cores', used: 24, limit: 350 };
  const quotas = set.some(({ name }) => name === 'cores') ? set : [usual, ...set];
  const value = quotas.map(({ name, used, limit }) => ({
    unit: 'Count',
    currentValue: used,
    limit,
    name: { value: name, localizedValue: name },
  }));
  return ok({ value });
}

/** The sizes that the VMs of the estate have are what the regions sell; how many cores a size has stands in its name. */
function listSizes(request: ArmRequest, world: World): Answer {
  const location = /location eq '([^']+)'/i.exec(queryOf(request, '$filter') ?? '')?.[1] ?? 'westeurope';
  const names = new Set(Object.values(world.state.vms).map(({ size }) => size));
  const value = [...names].flatMap((name) => {
    const closed = conditionsOf(world).sizes.find(
      (one) => keyOf(one.name) === keyOf(name) && keyOf(one.location) === keyOf(location),
    );
    return closed !== undefined && closed.zones === undefined ? [] : [sizeOf(name, location, closed?.zones ?? [])];
  });
  return ok({ value });
}

function sizeOf(name: string, location: string, closed: readonly string[]): Record<string, unknown> {
  const cores = /^Standard_[A-Z]+(\d+)/i.exec(name)?.[1] ?? '2';
  const restrictions = [
    { type: 'Zone', values: [location], restrictionInfo: { locations: [location], zones: closed } },
  ];
  return {
    resourceType: 'virtualMachines',
    name,
    tier: 'Standard',
    size: name.replace(/^Standard_/i, ''),
    family: `${name
      .replace(/\d+/, '')
      .replace(/_/g, '')
      .replace(/^Standard/, 'standard')}Family`,
    locations: [location],
    locationInfo: [{ location, zones: ['1', '2', '3'], zoneDetails: [] }],
    capabilities: [{ name: 'vCPUs', value: cores }],
    restrictions: closed.length === 0 ? [] : restrictions,
  };
}

/** Azure keeps five addresses of each subnet for itself. */
function listAddresses(request: ArmRequest, world: World): Answer {
  const network = resourceIn(request, world, networkKind);
  const full = new Set(conditionsOf(world).fullSubnets.map(keyOf));
  const value = network.subnets.map(({ name, prefix }) => {
    const id = `${network.id}/subnets/${name}`;
    const limit = 2 ** (32 - Number(prefix.split('/')[1] ?? 24)) - 5;
    const used = Object.values(world.state.nics).filter((nic) => keyOf(nic.subnetId) === keyOf(id)).length;
    return {
      id,
      unit: 'Count',
      currentValue: full.has(keyOf(id)) ? limit : used,
      limit,
      name: { value: 'SubnetSpace', localizedValue: 'Subnet size and usage' },
    };
  });
  return ok({ value });
}

function getEncryptionSet(request: ArmRequest, world: World): Answer {
  const id = request.path;
  const found = conditionsOf(world).encryptionSets.find((one) => keyOf(one.id) === keyOf(id));
  if (found === undefined)
    throw resourceNotFound('Microsoft.Compute/diskEncryptionSets', param(request, 'set'), param(request, 'group'));
  const { keyVault, fault } = found;
  const keyUrl = 'https://simulated.vault.azure.net/keys/key/1';
  const properties = {
    provisioningState: 'Succeeded',
    encryptionType: 'EncryptionAtRestWithCustomerKey',
    activeKey: { keyUrl, ...(keyVault === undefined ? {} : { sourceVault: { id: keyVault } }) },
    ...(fault === undefined ? {} : { autoKeyRotationError: { code: 'KeyVaultAccessForbidden', message: fault } }),
  };
  return ok({ id, name: param(request, 'set'), type: 'Microsoft.Compute/diskEncryptionSets', properties });
}

function getKeyVault(request: ArmRequest, world: World): Answer {
  const id = request.path;
  if (!conditionsOf(world).keyVaults.some((one) => keyOf(one) === keyOf(id)))
    throw resourceNotFound('Microsoft.KeyVault/vaults', param(request, 'keyVault'), param(request, 'group'));
  return ok({ id, name: param(request, 'keyVault'), type: 'Microsoft.KeyVault/vaults', properties: {} });
}
