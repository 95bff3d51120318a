import { span } from '../clock.ts';
import type { World } from '../exchange.ts';
import { keyOf } from '../identity.ts';
import { lasting } from '../schedule.ts';
import type { Vault } from '../state.ts';
import { endOfTimeline, stepStart } from '../timeline.ts';
import { itemJob } from './failover.ts';
import { type PlannedStep, startRecoveryJob } from './jobs.ts';
import type {
  PlanAction,
  PlanGroup,
  RecoveryEffect,
  RecoveryJob,
  RecoveryPlan,
  RecoveryTask,
  ReplicatedItem,
} from './state.ts';

/** What a plan is run for. */
export interface PlanRun {
  readonly plan: RecoveryPlan;
  readonly scenario: 'TestFailover' | 'UnplannedFailover';
  readonly direction: 'PrimaryToRecovery' | 'RecoveryToPrimary';
  readonly shutdown: boolean;
  /** What happens to an item at once, when its VM is made, and when all is done. */
  readonly begin: (item: ReplicatedItem) => RecoveryEffect[];
  readonly make: (item: ReplicatedItem) => RecoveryEffect[];
  readonly end: (item: ReplicatedItem) => RecoveryEffect[];
}

/** The items of a plan that are there, in the order of its groups. */
export function planItems(vault: Vault, plan: RecoveryPlan): ReplicatedItem[] {
  return plan.groups.flatMap((group) => groupItems(vault, group));
}

function groupItems(vault: Vault, group: PlanGroup): ReplicatedItem[] {
  return group.items.flatMap(({ id }) => vault.recovery.items[id] ?? []);
}

/** Collects the steps of a plan's job, and the tasks that a reader sees over them. */
class Outline {
  readonly steps: PlannedStep[] = [];
  readonly tasks: RecoveryTask[] = [];

  /** One step, shown as one task. */
  single(step: PlannedStep, type: string): void {
    this.tasks.push(this.task(step, type));
  }

  /** Adds a step and gives the task over it, for a group to hold. */
  task(step: PlannedStep, type: string, details?: RecoveryTask['details']): RecoveryTask {
    const at = this.steps.push(step) - 1;
    const base = { name: step.name, friendlyName: step.friendlyName, from: at, to: at, type };
    return details === undefined ? base : { ...base, details };
  }
}

/** Starts the job of a plan: checks, shutdown, failover of all, then group by group with its actions. */
export function startPlanJob(world: World, vault: Vault, run: PlanRun): RecoveryJob {
  const { plan } = run;
  const items = planItems(vault, plan);
  const outline = new Outline();
  const second = (azure: number, practice: number): number =>
    lasting(world, azure * span.second, practice * span.second);
  outline.single(
    { name: 'RpSrsPrerequisitesCheck', friendlyName: 'Prerequisites check', lasts: second(20, 1) },
    'TaskDetails',
  );
  if (run.shutdown) outline.tasks.push(shutdownTask(outline, vault, { plan, lasts: second(60, 2) }));
  const failoverStep = outline.steps.length;
  const make = {
    name: 'FailoverAllActionGroup',
    friendlyName: 'Recovery plan failover',
    lasts: second(150, 8),
    effects: items.flatMap(run.make),
  };
  const failover = outline.task(make, 'TaskGroupDetails');
  outline.tasks.push(failover);
  const boots = plan.groups.filter((group) => group.type === 'Boot');
  for (const [index, group] of boots.entries())
    outline.tasks.push(bootTask(outline, { world, vault, run, group, index }));
  const done = run.scenario === 'TestFailover' ? 'test' : 'failover';
  const end: RecoveryEffect[] = [
    ...items.flatMap(run.end),
    ...freeAll(items),
    { kind: 'plan.free', plan: keyOf(plan.name), done },
  ];
  outline.single(
    { name: 'EndRecoveryPlanTask', friendlyName: 'Finalizing the recovery plan', lasts: second(10, 1), effects: end },
    'TaskDetails',
  );
  const job = startRecoveryJob(world, vault, {
    ...planJob(vault, plan),
    scenario: run.scenario,
    friendlyName: run.scenario === 'TestFailover' ? 'Test failover' : 'Failover',
    steps: outline.steps,
    tasks: outline.tasks,
    begin: [...holdAll(items), ...items.flatMap(run.begin), { kind: 'plan.hold', plan: keyOf(plan.name) }],
    onFailure: [...freeAll(items), { kind: 'plan.free', plan: keyOf(plan.name) }],
    cancellable: true,
  });
  addChildJobs(world, vault, { job, run, failover, step: failoverStep, items });
  return job;
}

/** What all jobs of a plan have in common. */
export function planJob(vault: Vault, plan: RecoveryPlan) {
  return {
    target: { id: `${keyOf(vault.id)}:${keyOf(plan.name)}`, name: plan.name, type: 'RecoveryPlan' },
    resource: `/replicationRecoveryPlans/${plan.name}`,
    plan: keyOf(plan.name),
  };
}

/** Holds or frees every item. */
export function holdAll(items: readonly ReplicatedItem[]): RecoveryEffect[] {
  return items.map((item) => ({ kind: 'hold', item: keyOf(item.name) }));
}

/** Lets go of every item. */
export function freeAll(items: readonly ReplicatedItem[]): RecoveryEffect[] {
  return items.map((item) => ({ kind: 'free', item: keyOf(item.name) }));
}

function shutdownTask(outline: Outline, vault: Vault, of: { plan: RecoveryPlan; lasts: number }): RecoveryTask {
  const items = planItems(vault, of.plan);
  const effects = items.map((item): RecoveryEffect => ({ kind: 'failover.source-stopped', item: keyOf(item.name) }));
  const step = { name: 'ShutdownAllActionGroup', friendlyName: 'Recovery plan shutdown', lasts: of.lasts, effects };
  const task = outline.task(step, 'TaskGroupDetails');
  const children = items.map((item) => vmTask(task, { item, name: 'Shut down the virtual machine' }));
  return { ...task, group: 'RecoveryPlanShutdownGroupTaskDetails', children };
}

function vmTask(over: RecoveryTask, of: { item: ReplicatedItem; name: string; job?: string }): RecoveryTask {
  const jobTask =
    of.job === undefined
      ? null
      : {
          jobId: of.job,
          jobFriendlyName: of.name,
          targetObjectId: of.item.internalId,
          targetObjectName: of.item.friendlyName,
        };
  return {
    name: 'VirtualMachineTask',
    friendlyName: `${of.name}: ${of.item.friendlyName}`,
    from: over.from,
    to: over.to,
    type: 'VirtualMachineTask',
    details: { instanceType: 'VirtualMachineTaskDetails', skippedReason: null, jobTask },
  };
}

interface Boot {
  readonly world: World;
  readonly vault: Vault;
  readonly run: PlanRun;
  readonly group: PlanGroup;
  readonly index: number;
}

/** One group: the actions before it, the start of its VMs, the actions after it. */
function bootTask(outline: Outline, boot: Boot): RecoveryTask {
  const { vault, group, index, world } = boot;
  const from = outline.steps.length;
  const children: RecoveryTask[] = [];
  for (const action of actionsOf(boot, group.before)) children.push(actionTask(outline, action, world));
  const items = groupItems(vault, group);
  const lasts = lasting(world, 40 * span.second, 2 * span.second);
  const start = outline.task(
    { name: 'StartGroupTask', friendlyName: `Start of group ${index + 1}`, lasts },
    'TaskDetails',
  );
  children.push(
    ...(items.length === 0 ? [start] : items.map((item) => vmTask(start, { item, name: 'Start the virtual machine' }))),
  );
  for (const action of actionsOf(boot, group.after)) children.push(actionTask(outline, action, world));
  return {
    name: 'RecoveryPlanGroupTask',
    friendlyName: `Group ${index + 1}: Start (${items.length})`,
    from,
    to: outline.steps.length - 1,
    type: 'TaskGroupDetails',
    group: 'RecoveryPlanGroupTaskDetails',
    children,
  };
}

/** Actions that are meant for this kind of failover and its direction; a plan update that lost failoverTypes silently loses its actions. */
function actionsOf(boot: Boot, actions: readonly PlanAction[]): PlanAction[] {
  const { scenario, direction } = boot.run;
  return actions.filter(
    ({ failoverTypes, failoverDirections }) =>
      failoverTypes.includes(scenario) && failoverDirections.includes(direction),
  );
}

function actionTask(outline: Outline, action: PlanAction, world: World): RecoveryTask {
  const { name, details } = action;
  if (details.instanceType === 'ManualActionDetails') {
    const step = { name: 'ManualActionTask', friendlyName: name, lasts: 0, waits: true };
    const shown = {
      instanceType: 'ManualActionTaskDetails',
      name,
      instructions: details.description,
      observation: '',
    };
    return outline.task(step, 'ManualAction', shown);
  }
  const lasts = lasting(world, 60 * span.second, 2 * span.second);
  const shown = {
    instanceType: 'AutomationRunbookTaskDetails',
    name,
    runbookName: name,
    runbookId: details.runbookId,
    isPrimarySideScript: false,
  };
  return outline.task({ name: 'ScriptActionTask', friendlyName: name, lasts }, 'ScriptAction', shown);
}

/** Each VM's failover within a plan is a job of its own, named by the task. */
function addChildJobs(
  world: World,
  vault: Vault,
  of: { job: RecoveryJob; run: PlanRun; failover: RecoveryTask; step: number; items: readonly ReplicatedItem[] },
): void {
  const { job, run, failover, step, items } = of;
  const start = stepStart(job.timeline, step) ?? endOfTimeline(job.timeline) ?? world.now;
  const name = run.scenario === 'TestFailover' ? 'Test failover' : 'Failover';
  failover.group = 'InlineWorkflowTaskDetails';
  failover.children = items.map((item) => {
    const lasts = job.timeline.steps[step]?.duration ?? 0;
    const child = startRecoveryJob(world, vault, {
      ...itemJob(vault, item),
      onFailure: [],
      within: start,
      scenario: run.scenario,
      friendlyName: name,
      steps: [{ name: 'FailoverVirtualMachineTask', friendlyName: 'Creating the virtual machine', lasts }],
    });
    return vmTask(failover, { item, name, job: child.name });
  });
}
