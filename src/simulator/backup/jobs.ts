import { randomUUID } from 'node:crypto';
import type { World } from '../exchange.ts';
import { scheduleStep } from '../schedule.ts';
import type { Vault } from '../state.ts';
import { backupNames, itemKey } from './names.ts';
import type { BackupEffect, BackupError, BackupJob, BackupVerb, ProtectedItem } from './state.ts';

/** What a new job is made of; tasks without a name are not shown. */
export interface JobPlan {
  readonly verb: BackupVerb;
  readonly steps: readonly { readonly name: string; readonly lasts: number; readonly effects?: BackupEffect[] }[];
  readonly name?: string;
  readonly bag?: Record<string, string>;
  readonly endBag?: Record<string, string>;
  readonly internalBag?: Record<string, string>;
  readonly cancellable?: boolean;
  readonly transferGB?: number;
  readonly region?: string;
  readonly onFailure?: BackupEffect[];
  /** A job that fails, and during which step. */
  readonly failure?: { readonly step: number; readonly error: BackupError };
}

/** Makes a job of `item`, notes it in the vault, and has its first step's end in view. */
export function startJob(world: World, place: { vault: Vault; item: ProtectedItem }, plan: JobPlan): BackupJob {
  const { vault, item } = place;
  const steps = plan.steps.map(({ name, lasts }) => ({ name, duration: lasts }));
  const effects = Object.fromEntries(plan.steps.map((step, index) => [index, step.effects ?? []]));
  const job: BackupJob = {
    name: plan.name ?? randomUUID(),
    verb: plan.verb,
    item: itemKey(item.name),
    entity: item.friendlyName,
    containerName: backupNames(item.vm).short,
    timeline: { start: world.now, steps },
    effects,
    onFailure: plan.onFailure ?? [],
    bag: plan.bag ?? {},
    endBag: plan.endBag ?? {},
    internalBag: plan.internalBag ?? {},
    cancellable: plan.cancellable ?? false,
    byUser: true,
    activityId: randomUUID(),
    ...(plan.transferGB === undefined ? {} : { transferGB: plan.transferGB }),
    ...(plan.region === undefined ? {} : { region: plan.region }),
  };
  if (plan.failure !== undefined) fail(job, plan.failure);
  vault.backup.jobs[job.name] = job;
  scheduleStep(world, { service: 'backup', vault: vault.id.toLowerCase(), job }, 0);
  return job;
}

function fail(job: BackupJob, failure: { step: number; error: BackupError }): void {
  job.timeline.failsAt = failure.step;
  job.error = failure.error;
}
