import { randomUUID } from 'node:crypto';
import { retryAfter } from '../backup/operations.ts';
import type { Answer, ArmRequest, World } from '../exchange.ts';
import { keyOf } from '../identity.ts';
import { takeFailure } from '../job-failures.ts';
import { scheduleStep } from '../schedule.ts';
import type { Vault } from '../state.ts';
import { applyRecoveryEffects } from './effects.ts';
import { siteId } from './names.ts';
import type { RecoveryEffect, RecoveryError, RecoveryJob, RecoveryTask } from './state.ts';

/** One step of a new job, shown as a task of its own unless the plan brings its own tasks. */
export interface PlannedStep {
  readonly name: string;
  readonly friendlyName: string;
  readonly lasts: number;
  readonly waits?: boolean;
  readonly effects?: RecoveryEffect[];
}

/** What a new job is made of. */
export interface RecoveryJobPlan {
  readonly name?: string;
  readonly scenario: string;
  readonly friendlyName: string;
  readonly steps: readonly PlannedStep[];
  readonly tasks?: RecoveryTask[];
  readonly begin?: RecoveryEffect[];
  readonly onFailure?: RecoveryEffect[];
  readonly target: RecoveryJob['target'];
  /** The path, below the vault's, at which the operation's result is read. */
  readonly resource: string;
  readonly item?: string;
  readonly plan?: string;
  readonly details?: RecoveryJob['details'];
  readonly cancellable?: boolean;
  /** Set on the jobs within a plan's job: when it begins. Such a job only shows what the plan's job does. */
  readonly within?: number;
}

/** Makes a job, applies what it does at once, and has its first step's end in view. */
export function startRecoveryJob(world: World, vault: Vault, plan: RecoveryJobPlan): RecoveryJob {
  const job: RecoveryJob = {
    name: plan.name ?? randomUUID(),
    scenario: plan.scenario,
    friendlyName: plan.friendlyName,
    timeline: {
      start: plan.within ?? world.now,
      steps: plan.steps.map(({ name, lasts, waits }) => ({
        name,
        duration: lasts,
        ...(waits === undefined ? {} : { waits }),
      })),
    },
    tasks: plan.tasks ?? plan.steps.map(taskOf),
    begin: plan.begin ?? [],
    effects: Object.fromEntries(plan.steps.map((step, index) => [index, step.effects ?? []])),
    onFailure: plan.onFailure ?? [],
    target: plan.target,
    resource: plan.resource,
    ...(plan.item === undefined ? {} : { item: plan.item }),
    ...(plan.plan === undefined ? {} : { plan: plan.plan }),
    details: plan.details ?? { instanceType: 'AsrJobDetails' },
    activityId: randomUUID(),
    cancellable: plan.cancellable ?? false,
  };
  vault.recovery.jobs[job.name] = job;
  if (plan.within !== undefined) return job;
  foreseeFailure(world, vault, job);
  runJob(world, vault, job);
  return job;
}

/** Starts a job's steps, at first and after a restart. */
export function runJob(world: World, vault: Vault, job: RecoveryJob): void {
  applyRecoveryEffects(world, { vault, job }, job.begin);
  scheduleStep(world, { service: 'recovery', vault: keyOf(vault.id), job }, 0);
}

function taskOf(step: PlannedStep, index: number): RecoveryTask {
  const type = step.waits === true ? 'ManualAction' : 'TaskDetails';
  return { name: step.name, friendlyName: step.friendlyName, from: index, to: index, type };
}

/** A failure that was wished for through the control address happens in the second step, or the only one. */
function foreseeFailure(world: World, vault: Vault, job: RecoveryJob): void {
  const code = takeFailure(world, { vault: keyOf(vault.id), verb: job.scenario, entity: job.target.name });
  if (code === undefined) return;
  job.timeline.failsAt = Math.min(1, job.timeline.steps.length - 1);
  job.error = errors[code] ?? {
    code,
    message: `The job failed with ${code}.`,
    causes: 'Not known.',
    action: 'Try again.',
  };
}

const errors: Readonly<Record<string, RecoveryError>> = {
  '28031': {
    code: '28031',
    message: 'The virtual machine could not be created in the recovery region.',
    causes: 'The quota of cores is used up, or the size is not available there.',
    action: 'Raise the quota or choose another size for the recovery virtual machine, then try again.',
  },
  '28092': {
    code: '28092',
    message: 'The network interface of the virtual machine could not be created.',
    causes: 'The subnet has no free address, or the network does not exist.',
    action: 'Check the network and the subnet, then try again.',
  },
  '150097': {
    code: '150097',
    message: 'A quota of the subscription is used up.',
    causes: 'The operation needs more than the subscription has.',
    action: 'Ask for a higher quota, then try again.',
  },
};

/** 202 with the addresses of the job's operation; the job's name is the last part of both. */
export function acceptedJob(request: ArmRequest, world: World, of: { vault: Vault; job: RecoveryJob }): Answer {
  const { vault, job } = of;
  return acceptedOperation(request, world, { vault, name: job.name, resource: job.resource });
}

/** 202 with the addresses of an operation. */
export function acceptedOperation(
  request: ArmRequest,
  world: World,
  of: { vault: Vault; name: string; resource: string },
): Answer {
  const base = `${request.origin}${encodeURI(siteId(of.vault))}`;
  const version = `?api-version=${request.apiVersion}`;
  const headers = {
    'azure-asyncoperation': `${base}/replicationOperationStatus/${of.name}${version}`,
    location: `${base}${encodeURI(of.resource)}/operationresults/${of.name}${version}`,
    'retry-after': retryAfter(world, 30),
  };
  return { status: 202, headers };
}
