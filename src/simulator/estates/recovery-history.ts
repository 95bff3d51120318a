import { span } from '../clock.ts';
import { keyOf, stableGuid } from '../identity.ts';
import { replicatedId, siteId } from '../recovery/names.ts';
import type { RecoveryJob, ReplicatedItem } from '../recovery/state.ts';
import { lasting } from '../schedule.ts';
import type { Vault } from '../state.ts';
import type { Site } from './machines.ts';

type Part = readonly [name: string, friendlyName: string, azureSeconds: number, practiceSeconds: number];

const testParts: readonly Part[] = [
  ['PrerequisitesCheckTask', 'Prerequisites check for test failover', 20, 1],
  ['CreateTestVirtualMachineTask', 'Create test virtual machine', 110, 7],
  ['PrepareTestVirtualMachineTask', 'Preparing the virtual machine', 40, 2],
  ['StartTestVirtualMachineTask', 'Starting the virtual machine', 40, 2],
];
const cleanupParts: readonly Part[] = [
  ['TestFailoverCleanupTask', 'Clean up the test virtual machine', 60, 4],
  ['FinalizeCleanupTask', 'Finalizing the cleanup', 10, 1],
];

/** The test failover and its cleanup that an item had, as jobs that are over. */
export function addTestHistory(site: Site, vault: Vault, item: ReplicatedItem): void {
  if (item.lastTest === undefined) return;
  const test = { scenario: 'TestFailover', friendlyName: 'Test failover', parts: testParts };
  const cleanup = { scenario: 'TestFailoverCleanup', friendlyName: 'Test failover cleanup', parts: cleanupParts };
  addJob(site, { vault, item }, { ...test, start: item.lastTest });
  addJob(site, { vault, item }, { ...cleanup, start: item.lastTest + 2 * span.hour });
}

function addJob(
  site: Site,
  at: { vault: Vault; item: ReplicatedItem },
  of: { scenario: string; friendlyName: string; parts: readonly Part[]; start: number },
): void {
  const { vault, item } = at;
  const world = { state: site.state, now: site.now };
  const name = stableGuid(`${of.scenario}:${item.name}:${of.parts.length}`);
  const steps = of.parts.map(([step, , azure, practice]) => ({
    name: step,
    duration: lasting(world, azure * span.second, practice * span.second),
  }));
  const job: RecoveryJob = {
    name,
    scenario: of.scenario,
    friendlyName: of.friendlyName,
    timeline: { start: of.start, steps },
    tasks: of.parts.map(([step, friendlyName], index) => ({
      name: step,
      friendlyName,
      from: index,
      to: index,
      type: 'TaskDetails',
    })),
    begin: [],
    effects: {},
    onFailure: [],
    target: { id: item.internalId, name: item.friendlyName, type: 'ProtectionEntity' },
    resource: replicatedId(vault, item).slice(siteId(vault).length),
    item: keyOf(item.name),
    details: { instanceType: 'AsrJobDetails' },
    activityId: stableGuid(`activity:${name}`),
    cancellable: true,
  };
  vault.recovery.jobs[name] = job;
}
