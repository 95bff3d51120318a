import { z } from 'zod';
import { itemId, policyId } from '../backup/names.ts';
import { jobStatus } from '../backup/render.ts';
import { azureDuration, azureTime, computeTime, span } from '../clock.ts';
import type { World } from '../exchange.ts';
import { keyOf } from '../identity.ts';
import { jobState } from '../recovery/job-render.ts';
import { replicatedId, siteId } from '../recovery/names.ts';
import { healthOf, protectionState, rpoOf, testState } from '../recovery/view.ts';
import type { Resource } from '../resources/state.ts';
import type { Vault } from '../state.ts';
import { progressOf } from '../timeline.ts';

/** A row of a query's answer. */
export type Row = { readonly id: string; readonly subscriptionId: string } & Readonly<Record<string, unknown>>;

/** The queries that Resource Graph answers here: the first line of a query is `// q:` and one of these names. */
export const queries: Readonly<Record<string, (world: World) => Row[]>> = {
  'virtual-machines': virtualMachines,
  vaults,
  'protected-items': protectedItems,
  'replicated-items': replicatedItems,
  'recovery-plans': recoveryPlans,
  snapshots,
  networks,
  jobs,
  'vaults-and-snapshots': (world) => [...safeguardedVaults(world), ...snapshots(world)],
  services: (world) => [...replicatedItems(world), ...jobs(world), ...policies(world)],
  runbooks,
  subscriptions,
};

function base(resource: Resource): Row {
  const { id, name, group, subscription, location, tags } = resource;
  return { id, name, resourceGroup: keyOf(group), subscriptionId: subscription, location, tags };
}

function virtualMachines(world: World): Row[] {
  return Object.values(world.state.vms).map((vm) => ({
    ...base(vm),
    osType: vm.osType,
    powerState: `PowerState/${vm.power}`,
    vmSize: vm.size,
    diskIds: [vm.osDisk, ...vm.dataDisks].map((disk) => disk.id),
    availabilitySetId: '',
  }));
}

function vaults(world: World): Row[] {
  return Object.values(world.state.vaults).map(base);
}

function safeguardedVaults(world: World): Row[] {
  return Object.values(world.state.vaults).map((vault) => ({
    ...base(vault),
    softDelete: vault.softDelete.state,
    softDeleteDays: vault.softDelete.days,
    immutability: vault.immutability,
    redundancy: vault.redundancy,
  }));
}

const schedule = z.object({
  backupManagementType: z.string().optional(),
  schedulePolicy: z
    .object({
      scheduleRunFrequency: z.string().optional(),
      scheduleRunDays: z.array(z.string()).optional(),
      hourlySchedule: z.object({ interval: z.number(), scheduleWindowDuration: z.number() }).optional(),
      weeklySchedule: z.object({ scheduleRunDays: z.array(z.string()).optional() }).optional(),
    })
    .optional(),
});

function policies(world: World): Row[] {
  return Object.values(world.state.vaults).flatMap((vault) =>
    Object.values(vault.backup.policies).map(({ name, properties }) => {
      const { backupManagementType, schedulePolicy: plan } = schedule.safeParse(properties).data ?? {};
      return {
        ...inVault(vault, policyId(vault, name), name),
        managed: backupManagementType ?? '',
        frequency: plan?.scheduleRunFrequency ?? '',
        interval: plan?.hourlySchedule?.interval ?? null,
        windowHours: plan?.hourlySchedule?.scheduleWindowDuration ?? null,
        runDays: plan?.scheduleRunDays ?? plan?.weeklySchedule?.scheduleRunDays ?? null,
      };
    }),
  );
}

function inVault(vault: Vault, id: string, name: string): Row {
  const { group, subscription, location } = vault;
  return { id, name, resourceGroup: keyOf(group), subscriptionId: subscription, location, vaultId: vault.id };
}

function protectedItems(world: World): Row[] {
  return Object.values(world.state.vaults).flatMap((vault) =>
    Object.values(vault.backup.items).map((item) => ({
      ...inVault(vault, itemId(vault, item), item.name),
      friendlyName: item.friendlyName,
      datasourceId: keyOf(item.vm),
      protectionState: item.state,
      healthStatus: item.error === undefined ? 'Passed' : 'ActionRequired',
      lastBackupStatus: item.lastStatus,
      lastBackupTime: timeText(item.lastTime),
      lastRecoveryPoint: timeText(item.lastPoint),
      policyName: item.policy,
      policyId: item.policy === '' ? '' : keyOf(policyId(vault, item.policy)),
      isScheduledForDeferredDelete: item.deleted !== undefined,
      deferredDeleteTimeInUTC: timeText(item.deleted?.at),
    })),
  );
}

/** Resource Graph's `tostring` of a missing value is the empty text. */
function timeText(ms: number | undefined): string {
  return ms === undefined ? '' : azureTime(ms);
}

function replicatedItems(world: World): Row[] {
  return Object.values(world.state.vaults).flatMap((vault) =>
    Object.values(vault.recovery.items).map((item) => {
      const rpo = rpoOf(item, world);
      const health = healthOf(item);
      return {
        ...inVault(vault, replicatedId(vault, item), item.name),
        friendlyName: item.friendlyName,
        datasourceId: keyOf(item.vm),
        protectionState: protectionState(item).state,
        replicationHealth: health.replication,
        failoverHealth: health.failover,
        testFailoverState: testState(item).state,
        activeLocation: item.activeLocation,
        rpoInSeconds: rpo?.seconds ?? null,
        lastRpoCalculatedTime: timeText(rpo?.at),
        lastSuccessfulTestFailoverTime: timeText(item.lastTest),
      };
    }),
  );
}

function recoveryPlans(world: World): Row[] {
  return Object.values(world.state.vaults).flatMap((vault) =>
    Object.values(vault.recovery.plans).map((plan) => ({
      ...inVault(vault, `${siteId(vault)}/replicationRecoveryPlans/${plan.name}`, plan.name),
      friendlyName: plan.name,
    })),
  );
}

function snapshots(world: World): Row[] {
  return Object.values(world.state.snapshots).map((snapshot) => ({
    ...base(snapshot),
    sourceResourceId: snapshot.creation.sourceResourceId ?? '',
    timeCreated: computeTime(snapshot.created),
    diskSizeGB: snapshot.sizeGB,
    incremental: snapshot.incremental,
    provisioningState: world.now < snapshot.ready ? 'Updating' : 'Succeeded',
  }));
}

function networks(world: World): Row[] {
  return Object.values(world.state.networks).map((network) => ({
    ...base(network),
    subnets: network.subnets.map(({ name, prefix }) => ({ name, addressPrefix: prefix })),
  }));
}

function runbooks(world: World): Row[] {
  return Object.values(world.state.runbooks ?? {}).map(base);
}

function subscriptions(world: World): Row[] {
  return Object.values(world.state.subscriptions).map(({ id, name }) => ({
    id: `/subscriptions/${id}`,
    name,
    subscriptionId: id,
  }));
}

/** Backup's and Site Recovery's jobs of the last day. */
function jobs(world: World): Row[] {
  const since = world.now - span.day;
  return Object.values(world.state.vaults).flatMap((vault) => {
    const backup = Object.values(vault.backup.jobs).map((job) => ({
      job,
      id: `${vault.id}/backupJobs/${job.name}`,
      op: job.verb as string,
      status: jobStatus(job, world),
      entity: job.entity,
      code: job.error === undefined ? '' : String(job.error.code),
      reason: job.error === undefined ? '' : `${job.error.title}: ${job.error.text}`,
    }));
    const recovery = Object.values(vault.recovery.jobs).map((job) => ({
      job,
      id: `${siteId(vault)}/replicationJobs/${job.name}`,
      op: job.scenario,
      status: jobState(job, world),
      entity: job.target.name,
      code: job.error?.code ?? '',
      reason: job.error?.message ?? '',
    }));
    return [...backup, ...recovery]
      .filter(({ job }) => job.timeline.start >= since)
      .map((one) => jobRow(vault, one, world));
  });
}

interface JobFacts {
  readonly job: { readonly name: string; readonly timeline: Parameters<typeof progressOf>[0] };
  readonly id: string;
  readonly op: string;
  readonly status: string;
  readonly entity: string;
  readonly code: string;
  readonly reason: string;
}

function jobRow(vault: Vault, facts: JobFacts, world: World): Row {
  const { job, id, op, status, entity, code, reason } = facts;
  const end = progressOf(job.timeline, world.now).end ?? world.now;
  return {
    id,
    name: job.name,
    subscriptionId: vault.subscription,
    vaultId: keyOf(vault.id),
    status,
    op,
    start: azureTime(job.timeline.start),
    duration: azureDuration(end - job.timeline.start),
    entity,
    code,
    reason,
  };
}
