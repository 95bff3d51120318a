import type { World } from '../exchange.ts';
import type { Vault } from '../state.ts';

/** Applies the end of a step of a Site Recovery job. */
export function applyRecoveryStep(_world: World, _vault: Vault, _effect: { job: string; step: number }): void {}
