import { randomUUID } from 'node:crypto';
import { span } from '../clock.ts';
import { removeVmWithParts } from '../compute/place.ts';
import type { World } from '../exchange.ts';
import { keyOf } from '../identity.ts';
import { lasting, scheduleStep } from '../schedule.ts';
import type { Vault } from '../state.ts';
import { makeRecoveryVm, makeTestVm } from './machines.ts';
import { replicatedId } from './names.ts';
import { pointEvery } from './points.ts';
import type { RecoveryEffect, RecoveryJob, ReplicatedItem, SwitchTarget } from './state.ts';

interface At {
  readonly vault: Vault;
  readonly job: RecoveryJob;
}

/** Applies the end of a step of a Site Recovery job, or its failure, and has the next step's end in view. */
export function applyRecoveryStep(world: World, vault: Vault, effect: { job: string; step: number }): void {
  const job = vault.recovery.jobs[effect.job];
  if (job === undefined) return;
  const failed = job.timeline.failsAt === effect.step;
  applyRecoveryEffects(world, { vault, job }, failed ? job.onFailure : (job.effects[effect.step] ?? []));
  if (!failed) scheduleStep(world, { service: 'recovery', vault: keyOf(vault.id), job }, effect.step + 1);
}

/** Applies effects in their order. */
export function applyRecoveryEffects(world: World, at: At, effects: readonly RecoveryEffect[]): void {
  for (const effect of effects) {
    if ('plan' in effect) applyToPlan(world, at, effect);
    else {
      const item = at.vault.recovery.items[effect.item];
      if (item !== undefined) appliers[effect.kind](world, { ...at, item }, effect as never);
    }
  }
}

type ItemEffect = Exclude<RecoveryEffect, { plan: string }>;
type Applier<K extends ItemEffect['kind']> = (
  world: World,
  at: At & { item: ReplicatedItem },
  effect: Extract<ItemEffect, { kind: K }>,
) => void;

const appliers: { readonly [K in ItemEffect['kind']]: Applier<K> } = {
  phase: (_world, { item }, effect) => {
    item.phase = effect.phase;
  },
  hold: (_world, { item, job }) => {
    item.job = job.name;
  },
  free: (_world, { item }) => free(item),
  removed: (_world, { vault, item }) => remove(vault, item),
  'test.begin': (_world, { item, job }, { network, point }) => {
    item.test = {
      job: job.name,
      done: false,
      ...(network === undefined ? {} : { network }),
      ...(point === undefined ? {} : { point }),
    };
  },
  'test.vm': (world, { vault, item }) => {
    if (item.test !== undefined) item.test.vm = makeTestVm(world, vault, item).id;
  },
  'test.done': (world, { item }) => {
    if (item.test !== undefined) item.test.done = true;
    item.lastTest = world.now;
  },
  'test.cleaned': (world, { item }) => {
    if (item.test?.vm !== undefined) removeVmWithParts(world, item.test.vm);
    delete item.test;
  },
  'failover.source-stopped': (world, { item }) => {
    const vm = world.state.vms[keyOf(item.vm)];
    if (vm !== undefined) vm.power = 'deallocated';
  },
  'failover.vm': (world, { vault, item }, { point }) => {
    item.recoveryVm = makeRecoveryVm(world, vault, item).id;
    item.pointsUntil ??= world.now;
    if (point !== undefined) item.failoverPoint = point;
  },
  'failover.done': (world, { item }) => {
    item.phase = 'failed-over';
    item.activeLocation = 'Recovery';
    item.lastFailover = world.now;
  },
  'failover.committed': (_world, { item }) => {
    item.phase = 'committed';
    item.errors = [];
    delete item.pointsFrom;
    delete item.pointsUntil;
  },
  switched: (world, { vault, item }, { target }) => switchSides(world, { vault, item }, target),
  'initial-replication': (world, { vault, item }) => startInitialReplication(world, vault, item),
  replicated: (world, { item }) => {
    item.phase = 'protected';
    // Azure calls it protected when its first point exists: the last one that fell due.
    item.pointsFrom = world.now - (world.now % pointEvery);
    delete item.pointsUntil;
  },
  healed: (_world, { item }) => {
    item.errors = [];
    if (item.phase === 'protected') delete item.pointsUntil;
  },
};

/** Lets go of an item, and brings it out of states that only a job that is over can have left it in. */
function free(item: ReplicatedItem): void {
  delete item.job;
  if (item.test !== undefined && !item.test.done) {
    if (item.test.vm === undefined) delete item.test;
    else item.test.done = true;
  }
  if (item.phase === 'failing-over') item.phase = item.recoveryVm === undefined ? 'protected' : 'failed-over';
  if (item.phase === 'failed-over') item.activeLocation = 'Recovery';
  if (item.phase === 'committing') item.phase = 'failed-over';
  if (item.phase === 'reprotecting') item.phase = 'committed';
}

function remove(vault: Vault, item: ReplicatedItem): void {
  const key = keyOf(item.name);
  delete vault.recovery.items[key];
  for (const plan of Object.values(vault.recovery.plans)) {
    for (const group of plan.groups) group.items = group.items.filter((one) => one.id !== key);
  }
}

/** After a reprotect the item is in the other fabric under its old name, and the recovery VM is the source. */
function switchSides(world: World, at: { vault: Vault; item: ReplicatedItem }, target: SwitchTarget): void {
  const { item } = at;
  const old = { fabric: item.fabric, container: item.container, vm: item.vm };
  const source = item.recoveryVm === undefined ? undefined : world.state.vms[keyOf(item.recoveryVm)];
  item.fabric = item.recoveryFabric;
  item.container = item.recoveryContainer;
  item.recoveryFabric = target.fabric;
  item.recoveryContainer = target.container;
  item.formerVm = old.vm;
  item.vm = item.recoveryVm ?? item.vm;
  delete item.recoveryVm;
  delete item.failoverPoint;
  item.policy = target.policy;
  item.recoveryGroup = target.group;
  item.activeLocation = 'Primary';
  const former = world.state.vms[keyOf(old.vm)];
  item.recoveryVmName = former?.name ?? item.recoveryVmName;
  if (former !== undefined) former.power = 'deallocated';
  const subnet = world.state.nics[keyOf(former?.nics[0] ?? '')]?.subnetId.split('/subnets/');
  if (subnet?.[0] !== undefined) item.recoveryNetwork = subnet[0];
  if (subnet?.[1] !== undefined) item.recoverySubnet = subnet[1];
  const disks = source === undefined ? [] : [source.osDisk, ...source.dataDisks];
  item.disks = disks.map((disk) => ({
    id: disk.id,
    name: disk.name,
    bytes: (world.state.disks[keyOf(disk.id)]?.sizeGB ?? 0) * 2 ** 30,
    os: disk.lun === undefined,
    stagingAccount: target.staging,
    recoveryGroup: target.group,
    type: world.state.disks[keyOf(disk.id)]?.sku ?? 'Premium_LRS',
  }));
}

/** The job that follows the enabling of replication and a reprotect: copying, then waiting for the first point. */
function startInitialReplication(world: World, vault: Vault, item: ReplicatedItem): void {
  const key = keyOf(item.name);
  item.phase = 'replicating';
  const step = (name: string, duration: number) => ({ name, duration });
  const job: RecoveryJob = {
    name: randomUUID(),
    scenario: 'PrimaryIrCompletion',
    friendlyName: 'Finalize protection on the primary virtual machine',
    timeline: {
      start: world.now,
      steps: [
        step('PrimaryIrCompletionTask', lasting(world, 18 * span.minute, 6 * span.second)),
        step('RecoveryIrCompletionTask', lasting(world, 4 * span.minute, 2 * span.second)),
      ],
    },
    tasks: [
      { name: 'PrimaryIrCompletionTask', friendlyName: 'Initial replication', from: 0, to: 0, type: 'TaskDetails' },
      { name: 'RecoveryIrCompletionTask', friendlyName: 'First recovery point', from: 1, to: 1, type: 'TaskDetails' },
    ],
    begin: [],
    effects: {
      0: [{ kind: 'phase', item: key, phase: 'awaiting-point' }],
      1: [{ kind: 'replicated', item: key }],
    },
    onFailure: [],
    target: { id: item.internalId, name: item.friendlyName, type: 'ProtectionEntity' },
    resource: replicatedId(vault, item),
    item: key,
    details: { instanceType: 'AsrJobDetails' },
    activityId: randomUUID(),
    cancellable: false,
  };
  vault.recovery.jobs[job.name] = job;
  scheduleStep(world, { service: 'recovery', vault: keyOf(vault.id), job }, 0);
}

function applyToPlan(world: World, at: At, effect: Extract<RecoveryEffect, { plan: string }>): void {
  const plan = at.vault.recovery.plans[effect.plan];
  if (plan === undefined) return;
  if (effect.kind === 'plan.hold') {
    plan.job = at.job.name;
    return;
  }
  delete plan.job;
  if (effect.done === 'test') plan.lastTest = world.now;
  if (effect.done === 'failover') plan.lastUnplanned = world.now;
}
