import { applyBackupEffect, purgeItem } from './backup/effects.ts';
import { applyComputeEffect } from './compute/machines.ts';
import type { World } from './exchange.ts';
import { applyRecoveryStep } from './recovery/effects.ts';
import { scheduleStep } from './schedule.ts';
import type { Effect, Vault } from './state.ts';

/**
 * Lets everything happen that time has brought up to `now`, in order, each at its own time; to be called before a
 * request is handled. Gives the number of things that happened.
 */
export function settle(world: World, now: number): number {
  let happened = 0;
  for (let next = world.state.pending[0]; next !== undefined && next.at <= now; next = world.state.pending[0]) {
    world.state.pending.shift();
    world.now = next.at;
    happen(world, next.effect);
    happened += 1;
  }
  world.now = now;
  return happened;
}

function happen(world: World, effect: Effect): void {
  if (effect.kind === 'step') endStep(world, effect);
  else if (effect.kind === 'item.purged') purgeItem(world, effect);
  else applyComputeEffect(world, effect);
}

type StepEffect = Extract<Effect, { kind: 'step' }>;

/** Applies what the end of a job's step brings, or its failure, and has the next step's end in view. */
function endStep(world: World, effect: StepEffect): void {
  const vault = world.state.vaults[effect.vault];
  if (vault === undefined) return;
  if (effect.service === 'recovery') applyRecoveryStep(world, vault, effect);
  else endBackupStep(world, vault, effect);
}

function endBackupStep(world: World, vault: Vault, effect: StepEffect): void {
  const job = vault.backup.jobs[effect.job];
  if (job === undefined) return;
  const failed = job.timeline.failsAt === effect.step;
  const effects = failed ? job.onFailure : (job.effects[effect.step] ?? []);
  for (const one of effects) applyBackupEffect(world, { vault, job }, one);
  if (!failed) scheduleStep(world, { service: 'backup', vault: effect.vault, job }, effect.step + 1);
}
