import { z } from 'zod';
import { span } from '../clock.ts';
import type { VirtualMachine } from '../compute/state.ts';
import { type Answer, type ArmRequest, bodyOf, ok, pageOf, param, queryOf, type World } from '../exchange.ts';
import { agrees, parseFilter } from '../filters.ts';
import { keyOf } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import { lasting } from '../schedule.ts';
import type { Vault } from '../state.ts';
import { checkGuard } from './guard.ts';
import { backupNames, invalidInput, itemKey, vaultIn } from './names.ts';
import { accepted } from './operations.ts';
import { policyNotFound, protectionOf, renderPolicy } from './reads.ts';

/** GET backupProtectableItems: VMs of the vault's region that no vault protects. */
export function listProtectable(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const filter = parseFilter(queryOf(request, '$filter'));
  if (!agrees(filter, 'backupManagementType', 'AzureIaasVM')) return ok({ value: [] });
  const taken = new Set(Object.values(world.state.vaults).flatMap((one) => Object.keys(one.backup.items)));
  const rows = Object.values(world.state.vms).filter(
    (vm) => keyOf(vm.location) === keyOf(vault.location) && !taken.has(itemKey(backupNames(vm.id).item)),
  );
  return pageOf(request, rows, { size: 200, render: (vm) => renderProtectable(vault, vm) });
}

/** A protectable VM; its id is lower case inside, as recorded in protectableItems_list. */
function renderProtectable(vault: Vault, vm: VirtualMachine): Record<string, unknown> {
  const short = keyOf(backupNames(vm.id).short);
  return {
    id: `${vault.id}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${short}/protectableItems/vm;${short}`,
    name: short,
    type: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectableItems',
    properties: {
      virtualMachineId: vm.id,
      virtualMachineVersion: 'Compute',
      resourceGroup: vm.group,
      backupManagementType: 'AzureIaasVM',
      protectableItemType: 'Microsoft.Compute/virtualMachines',
      friendlyName: vm.name,
      protectionState: 'NotProtected',
    },
  };
}

/** POST refreshContainers: 202, and at the Location 202 until it is done, then 204. */
export function refreshContainers(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const ready = world.now + lasting(world, 20 * span.second, span.second);
  const place = { vault, base: `${vault.id}/backupFabrics/${param(request, 'fabric')}` };
  return accepted(request, world, { place, operation: { ready } });
}

const policyBody = z.object({
  properties: z.looseObject({
    backupManagementType: z.literal('AzureIaasVM'),
    schedulePolicy: z.looseObject({ schedulePolicyType: z.string() }),
    retentionPolicy: z.looseObject({ retentionPolicyType: z.string() }),
    instantRpRetentionRangeInDays: z.number().int().min(1).max(30).optional(),
    resourceGuardOperationRequests: z.array(z.string()).nullish(),
  }),
});

/** PUT of a backup policy; a change of one that exists is critical where the vault has a guard. */
export function putPolicy(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const invalid = (fault: string) =>
    new Refusal(400, 'BMSUserErrorInvalidPolicyInput', `Input for the policy is not valid. ${fault}`);
  const { properties } = bodyOf(request, policyBody, invalid);
  const { resourceGuardOperationRequests: requests, ...kept } = properties;
  const name = param(request, 'policy');
  if (vault.backup.policies[keyOf(name)] !== undefined) {
    checkGuard(request, world, { vault, kind: 'updateProtectionPolicyRequests', requests: requests ?? undefined });
  }
  vault.backup.policies[keyOf(name)] = { name, properties: kept };
  return ok(renderPolicy(vault, { name, properties: kept }));
}

/** DELETE of a backup policy; one that protects something is refused. */
export function deletePolicy(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const key = keyOf(param(request, 'policy'));
  if (vault.backup.policies[key] === undefined) throw policyNotFound(param(request, 'policy'));
  if (Object.values(vault.backup.items).some((item) => keyOf(item.policy) === key)) {
    const text = 'The policy is in use by protected items and cannot be deleted.';
    throw new Refusal(400, 'BMSUserErrorPolicyInUse', text, { cause: 'service' });
  }
  delete vault.backup.policies[key];
  return { status: 200 };
}

const intentBody = z.looseObject({ resourceType: z.string(), resourceId: z.string(), vaultId: z.string().optional() });

/** POST backupPreValidateProtection: may this VM be protected? */
export function preValidate(request: ArmRequest, world: World): Answer {
  const { resourceId } = bodyOf(request, intentBody, invalidInput);
  const names = backupNames(resourceId);
  const base = { containerName: keyOf(names.container), protectedItemName: keyOf(names.item) };
  if (protectionOf(world, resourceId) === undefined)
    return ok({ status: 'Succeeded', errorCode: '', errorMessage: '', recommendation: '', ...base });
  return ok({
    status: 'Failed',
    errorCode: 'VirtualMachineAlreadyProtected',
    errorMessage: 'The virtual machine is already protected.',
    recommendation: 'Do not enable its protection again.',
    ...base,
  });
}
