import { nameOf, sameId, vaultOf } from '../../azure/arm-id.ts';
import type { ArmId, BackupPolicy } from '../../azure/types.ts';
import { CatalogueError } from '../../errors.ts';
import type { Context } from '../context.ts';
import type { Choice } from '../screen.ts';
import { policyDetails } from '../status/policy-list.ts';
import { vaultsSeen } from '../vaults.ts';

/** The policies of a vault as choices. */
export async function policyChoices(context: Context, vaultId: ArmId): Promise<readonly Choice[]> {
  return (await context.azure.backup.policies(vaultId)).map(policyChoice);
}

/** The policies of every vault of a region that the person may see: Azure Backup protects a VM only in its own region. */
export async function policiesOfRegion(context: Context, location: string): Promise<readonly Choice[]> {
  const vaults = (await vaultsSeen(context)).filter((vault) => sameId(vault.location, location));
  const lists = await Promise.all(vaults.map((vault) => context.azure.backup.policies(vault.id)));
  return lists.flat().map((policy) => ({ ...policyChoice(policy), title: titleOf(policy.id) }));
}

/** A policy with its vault: two vaults may have policies of one name. */
export function titleOf(policyId: ArmId): string {
  return `${nameOf(vaultOf(policyId))} / ${nameOf(policyId)}`;
}

/** @throws CatalogueError `azure-not-found` when the vault has no such policy any more */
export async function policyOf(context: Context, policyId: ArmId): Promise<BackupPolicy> {
  const found = (await context.azure.backup.policies(vaultOf(policyId))).find(({ id }) => sameId(id, policyId));
  if (found === undefined) throw new CatalogueError('azure-not-found', { values: { resource: nameOf(policyId) } });
  return found;
}

function policyChoice(policy: BackupPolicy): Choice {
  return { value: policy.id, title: policy.name, details: policyDetails(policy) };
}
