import { randomUUID } from 'node:crypto';
import { vaultIn } from '../backup/names.ts';
import { azureTime, span } from '../clock.ts';
import { type Answer, type ArmRequest, ok, pageOf, param, queryOf, type World } from '../exchange.ts';
import { agrees, filterTime, parseFilter } from '../filters.ts';
import { keyOf } from '../identity.ts';
import { lasting, scheduleStep, unschedule } from '../schedule.ts';
import type { Vault } from '../state.ts';
import { progressOf } from '../timeline.ts';
import { applyRecoveryEffects } from './effects.ts';
import { jobInPath } from './find.ts';
import { allowedActions, jobState, renderJob, renderListedJob } from './job-render.ts';
import { acceptedOperation, runJob } from './jobs.ts';
import { siteId } from './names.ts';
import { renderPlan } from './plans.ts';
import { siteNotAllowed, siteNotFound } from './refusals.ts';
import { renderReplicated } from './render.ts';
import type { RecoveryJob } from './state.ts';

/** GET replicationJobs, newest first, by time and state. */
export function listRecoveryJobs(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const filter = parseFilter(queryOf(request, '$filter'));
  const from = filterTime(filter, 'StartTime') ?? 0;
  const to = filterTime(filter, 'EndTime') ?? Number.POSITIVE_INFINITY;
  const rows = Object.values(vault.recovery.jobs)
    .filter(
      (job) =>
        job.timeline.start >= from &&
        job.timeline.start <= to &&
        agrees(filter, 'JobStatus', jobState(job, world)) &&
        agrees(filter, 'JobName', job.scenario),
    )
    .sort((a, b) => b.timeline.start - a.timeline.start);
  return pageOf(request, rows, { size: 100, render: (job) => renderListedJob(vault, job, world) });
}

/** GET of one job, with its tasks. */
export function getRecoveryJob(request: ArmRequest, world: World): Answer {
  const { vault, one } = jobInPath(request, world);
  return ok(renderJob(vault, one, world));
}

/** POST cancel, resume or restart of a job: only what its allowedActions say. */
export function actOnJob(action: 'Cancel' | 'Resume' | 'Restart'): (request: ArmRequest, world: World) => Answer {
  return (request, world) => {
    const { vault, one: job } = jobInPath(request, world);
    const allowed = allowedActions(job, world);
    if (!allowed.includes(action)) throw siteNotAllowed(action, allowed);
    ({ Cancel: cancel, Resume: resume, Restart: restart })[action](world, vault, job);
    const name = randomUUID();
    const ready = world.now + lasting(world, 2 * span.second, 0);
    vault.recovery.operations[name] = { name, start: world.now, ready, job: job.name };
    return acceptedOperation(request, world, { vault, name, resource: `/replicationJobs/${job.name}` });
  };
}

function cancel(world: World, vault: Vault, job: RecoveryJob): void {
  job.timeline.cancelledAt = world.now;
  unschedule(world.state, keyOf(vault.id), job.name);
  applyRecoveryEffects(world, { vault, job }, job.onFailure);
}

/** Completes the manual action that the job waits for. */
function resume(world: World, vault: Vault, job: RecoveryJob): void {
  const index = progressOf(job.timeline, world.now).steps.findIndex((one) => one.status === 'Waiting');
  const step = job.timeline.steps[index];
  if (step === undefined) return;
  step.resumedAt = world.now;
  scheduleStep(world, { service: 'recovery', vault: keyOf(vault.id), job }, index);
}

function restart(world: World, vault: Vault, job: RecoveryJob): void {
  delete job.timeline.failsAt;
  delete job.error;
  job.timeline.start = world.now;
  runJob(world, vault, job);
}

/** GET replicationOperationStatus: nulls and all, as recorded in opstatus_succeeded. */
export function readRecoveryStatus(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const name = param(request, 'operation');
  const { start, end, failed, job } = operationFacts(vault, name, world);
  const status = end === undefined ? 'InProgress' : failed ? 'Failed' : 'Succeeded';
  const error = failed && job?.error !== undefined ? { code: job.error.code, message: job.error.message } : null;
  const body = {
    error: failed && error === null ? { code: 'Cancelled', message: 'The job was cancelled.' } : error,
    id: null,
    name,
    properties: null,
    status,
    startTime: azureTime(start),
    endTime: end === undefined ? null : azureTime(end),
    percentComplete: null,
  };
  return { status: 200, body, headers: { 'x-ms-request-id': `${siteId(vault)}/replicationJobs/${job?.name ?? name}` } };
}

function operationFacts(
  vault: Vault,
  name: string,
  world: World,
): { start: number; end?: number; failed: boolean; job?: RecoveryJob } {
  const job = vault.recovery.jobs[name];
  if (job !== undefined) {
    const { status, end } = progressOf(job.timeline, world.now);
    const failed = status === 'Failed' || status === 'Cancelled';
    return { start: job.timeline.start, failed, job, ...(end === undefined ? {} : { end }) };
  }
  const operation = vault.recovery.operations[name];
  if (operation === undefined) throw siteNotFound(name);
  return { start: operation.start, failed: false, ...(world.now < operation.ready ? {} : { end: operation.ready }) };
}

/** GET of an operation's result: 202 while it runs, then what it was about, 204 where that is gone. */
export function readRecoveryResult(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const name = param(request, 'operation');
  const { end } = operationFacts(vault, name, world);
  const location = `${request.origin}${encodeURI(request.path)}?api-version=${request.apiVersion}`;
  if (end === undefined) return { status: 202, headers: { location } };
  const about = vault.recovery.jobs[name] ?? vault.recovery.jobs[vault.recovery.operations[name]?.job ?? ''];
  if (vault.recovery.operations[name] !== undefined && about !== undefined) return ok(renderJob(vault, about, world));
  const item = about?.item === undefined ? undefined : vault.recovery.items[about.item];
  if (item !== undefined) return ok(renderReplicated(vault, item, world));
  const plan = about?.plan === undefined ? undefined : vault.recovery.plans[about.plan];
  return plan === undefined ? { status: 204 } : ok(renderPlan(vault, plan));
}
