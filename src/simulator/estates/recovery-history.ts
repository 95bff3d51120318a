import type { ReplicatedItem } from '../recovery/state.ts';
import type { Vault } from '../state.ts';
import type { Site } from './machines.ts';

/** The test failover and its cleanup that an item had, as jobs. */
export function addTestHistory(_site: Site, _vault: Vault, _item: ReplicatedItem): void {}
