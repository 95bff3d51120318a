import type { Vault } from '../state.ts';
import type { ReplicatedItem } from './state.ts';

/** A vault's id as Site Recovery writes it, with a capital S. */
export function siteId(vault: Vault): string {
  return vault.id.replace(/^\/subscriptions\//, '/Subscriptions/');
}

/** The id of a fabric. */
export function fabricId(vault: Vault, fabric: string): string {
  return `${siteId(vault)}/replicationFabrics/${fabric}`;
}

/** The id of a container. */
export function containerId(vault: Vault, of: { fabric: string; container: string }): string {
  return `${fabricId(vault, of.fabric)}/replicationProtectionContainers/${of.container}`;
}

/** The id of a replicated item, where it is now. */
export function replicatedId(vault: Vault, item: ReplicatedItem): string {
  return `${containerId(vault, item)}/replicationProtectedItems/${item.name}`;
}

/** The index of a replicated item in its vault: names are unique there. */
export function replicatedKey(name: string): string {
  return name.toLowerCase();
}
