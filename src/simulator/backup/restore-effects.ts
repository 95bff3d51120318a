import type { World } from '../exchange.ts';
import type { Vault } from '../state.ts';
import type { BackupEffect, BackupJob, ProtectedItem } from './state.ts';

/** Makes what a restore was asked to make. */
export function finishRestore(
  _world: World,
  _place: { vault: Vault; item: ProtectedItem; job: BackupJob },
  _effect: Extract<BackupEffect, { kind: 'restore.done' }>,
): void {}
