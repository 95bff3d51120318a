import { nameOf } from '../azure/arm-id.ts';
import type { ArmId, Vault } from '../azure/types.ts';
import { say } from '../message.ts';
import type { Context } from './context.ts';
import { readable } from './readable.ts';
import type { Choice } from './screen.ts';

/** The right to look into a vault. */
export const readVault = 'Microsoft.RecoveryServices/Vaults/read';

/** The vaults that this person may read, by name. */
export async function vaultsSeen(context: Context): Promise<readonly Vault[]> {
  const { value } = await context.azure.inventory.vaults();
  return (await readable(context, readVault, value)).toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Vaults to choose from. */
export async function vaultChoices(context: Context): Promise<readonly Choice[]> {
  return (await vaultsSeen(context)).map(vaultChoice);
}

/** A vault as a choice: its name, and where it is. */
export function vaultChoice(vault: Vault): Choice {
  return {
    value: vault.id,
    title: vault.name,
    details: say('fact.place', { group: vault.resourceGroup, region: vault.location }),
  };
}

/** A vault's own name with its resource group, because two vaults may have one name. */
export function vaultWithGroup(vaultId: ArmId) {
  return say('fact.in-group', { name: nameOf(vaultId), group: /\/resourceGroups\/([^/]+)/i.exec(vaultId)?.[1] ?? '' });
}
