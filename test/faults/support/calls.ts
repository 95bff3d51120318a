import { randomUUID } from 'node:crypto';
import type { Ports } from '../../../src/azure/ports.ts';
import type { JobRef } from '../../../src/azure/types.ts';
import { setupSteps } from '../../support/setup-steps.ts';
import type { World } from './world.ts';

/** How a method is called. `change`: what must go out is no GET; what is read before it is not disturbed. */
export type Call = { readonly kind: 'read' | 'change'; readonly send: () => Promise<unknown> };

/** One row for every method of every port: without one for a new method nothing compiles. */
export type Calls = { readonly [P in keyof Ports]: { readonly [M in keyof Ports[P]]: Call | readonly Call[] } };

const read = (send: Call['send']): Call => ({ kind: 'read', send });
const change = (send: Call['send']): Call => ({ kind: 'change', send });
const clientRequestId = 'c0000000-0000-4000-8000-0000000000fa';
const once = { clientRequestId };

/** A call of every method, with arguments that Azure would take. Each kind of job is followed through doors of its own: a 429 to one of them holds the others back. */
export function callsOf(open: () => Ports, world: World): Calls {
  const ports = open();
  return {
    inventory: inventoryCalls(ports, world),
    backup: { ...backupReads(ports, world), ...backupChanges(ports, world) },
    recovery: { ...recoveryReads(ports, world), ...recoveryChanges(ports, world) },
    compute: { ...computeReads(ports, world), ...computeChanges(ports, world) },
    access: accessCalls(ports, world),
    conditions: conditionCalls(ports, world),
    jobs: { progress: refsOf(world).map((ref) => read(() => open().jobs.progress(ref))) },
  };
}

function inventoryCalls({ inventory }: Ports, { vm }: World): Calls['inventory'] {
  return {
    vms: read(() => inventory.vms()),
    vaults: read(() => inventory.vaults()),
    protectedItems: read(() => inventory.protectedItems()),
    replicatedItems: read(() => inventory.replicatedItems()),
    recoveryPlans: read(() => inventory.recoveryPlans()),
    snapshots: read(() => inventory.snapshots()),
    snapshotsOf: read(() => inventory.snapshotsOf(vm.diskIds)),
    jobs: read(() => inventory.jobs()),
    vaultsAndSnapshots: read(() => inventory.vaultsAndSnapshots()),
    services: read(() => inventory.services()),
    networks: read(() => inventory.networks(vm.location)),
    runbooks: read(() => inventory.runbooks()),
    subscriptions: read(() => inventory.subscriptions()),
    names: read(() => inventory.names()),
  };
}

function backupReads({ backup }: Ports, world: World) {
  const { vm, vaultId, itemId, since } = world;
  return {
    protectionOf: read(() => backup.protectionOf(vm)),
    item: read(() => backup.item(itemId)),
    recoveryPoints: read(() => backup.recoveryPoints(itemId)),
    backupsSince: read(() => backup.backupsSince(itemId, since)),
    pastDurations: read(() => backup.pastDurations(vaultId, 'Backup')),
    jobsSince: read(() => backup.jobsSince(itemId, 'Restore', since)),
    pairedRegion: read(() => backup.pairedRegion(vm.subscriptionId, vm.location)),
    secondaryPoints: read(() => backup.secondaryPoints(itemId)),
    secondaryRestoresSince: read(() => backup.secondaryRestoresSince(itemId, 'northeurope', since)),
    validateRestore: read(() => backup.validateRestore(itemId, restoreOf(world))),
    storageAccounts: read(() => backup.storageAccounts(vm.subscriptionId, vm.location)),
    fileScripts: read(() => backup.fileScripts(sessionOf(world))),
    vault: read(() => backup.vault(vaultId)),
    guardOf: read(() => backup.guardOf(vaultId)),
    policies: read(() => backup.policies(vaultId)),
    jobs: read(() => backup.jobs(vaultId, since)),
    job: read(() => backup.job(`${vaultId}/backupJobs/${clientRequestId}`)),
  };
}

function backupChanges({ backup }: Ports, world: World) {
  const { vm, vaultId, itemId, pointId, policyId } = world;
  const item = { vmId: vm.id, clientRequestId };
  const expiresAt = '2099-01-01T00:00:00Z';
  const restored = { ...restoreOf(world), clientRequestId };
  return {
    start: change(() => backup.start(itemId, { expiresAt, clientRequestId })),
    protect: change(() => backup.protect(itemId, { ...item, policyId })),
    stop: change(() => backup.stop(itemId, item)),
    undelete: change(() => backup.undelete(itemId, item)),
    deleteData: change(() => backup.deleteData(itemId, once)),
    restore: change(() => backup.restore(itemId, restored)),
    restoreSecondary: change(() => backup.restoreSecondary(itemId, { ...restored, region: 'northeurope' })),
    openFiles: change(() => backup.openFiles(pointId, { ...item, initiator: 'vaultkeeper-AAAA' })),
    closeFiles: change(() => backup.closeFiles(pointId, once)),
    cancelJob: change(() => backup.cancelJob(`${vaultId}/backupJobs/${clientRequestId}`, once)),
  };
}

function restoreOf({ vm, pointId, accountId, groupId }: World) {
  const target = { kind: 'disks', groupId } as const;
  const pointName = pointId.slice(pointId.lastIndexOf('/') + 1);
  return { pointName, vmId: vm.id, region: vm.location, stagingAccountId: accountId, target };
}

function sessionOf({ vaultId, pointId }: World) {
  return { kind: 'files', vaultId, pointId, operationId: clientRequestId, wanted: 'open' } as const;
}

function recoveryReads({ recovery }: Ports, { replicated, planId, vm, since }: World) {
  const { id, vaultId, friendlyName } = replicated;
  const wanted = { items: [{ id, friendlyName }], scenarios: ['TestFailover'], since };
  return {
    item: read(() => recovery.item(id)),
    recoveryPoints: read(() => recovery.recoveryPoints(id)),
    plan: read(() => recovery.plan(planId)),
    job: read(() => recovery.job(`${vaultId}/replicationJobs/${clientRequestId}`)),
    items: read(() => recovery.items(vaultId)),
    itemJobsSince: read(() => recovery.itemJobsSince(vaultId, wanted)),
    mappings: read(() => recovery.mappings(vaultId)),
    setup: read(() => recovery.setup(vaultId)),
    setupUnderWay: read(() => recovery.setupUnderWay(vaultId, since)),
    networkMappings: read(() => recovery.networkMappings(vaultId)),
    policy: read(() => recovery.policy(replicated.policyId ?? '')),
    eligibility: read(() => recovery.eligibility(vm.id)),
    planJobsSince: read(() => recovery.planJobsSince(planId, 'TestFailover', since)),
    jobsSince: read(() => recovery.jobsSince(id, 'TestFailover', since)),
    pastDurations: read(() => recovery.pastDurations(vaultId, 'TestFailover', 'vms')),
  };
}

function recoveryChanges({ recovery }: Ports, world: World) {
  const { replicated, planId, vm, mapping, groupId, accountId, replicationPointId: recoveryPointId } = world;
  const { id, vaultId, policyId = '' } = replicated;
  const comments = 'looked at it';
  const over = { ...once, shutDownSource: true };
  const disks = vm.diskIds.map((diskId) => ({ id: diskId, sku: 'Premium_LRS' }));
  const place = { groupId, cacheAccountId: accountId, clientRequestId };
  const job = `${vaultId}/replicationJobs/${clientRequestId}`;
  return {
    testFailover: change(() => recovery.testFailover(id, once)),
    cleanUpTestFailover: change(() => recovery.cleanUpTestFailover(id, { comments, clientRequestId })),
    failOver: change(() => recovery.failOver(id, over)),
    changePoint: change(() => recovery.changePoint(id, { recoveryPointId, clientRequestId })),
    commit: change(() => recovery.commit(id, once)),
    reprotect: change(() => recovery.reprotect(id, { ...place, diskIds: vm.diskIds, policyId })),
    testFailoverPlan: change(() => recovery.testFailoverPlan(planId, once)),
    cleanUpPlan: change(() => recovery.cleanUpPlan(planId, { comments, clientRequestId })),
    failOverPlan: change(() => recovery.failOverPlan(planId, over)),
    commitPlan: change(() => recovery.commitPlan(planId, once)),
    actOnJob: change(() => recovery.actOnJob(job, { action: 'Resume', comments, clientRequestId })),
    setUp: setupSteps(vaultId).map((step) => change(() => recovery.setUp(step, once))),
    enable: change(() => recovery.enable('new-item', { ...place, mapping, vmId: vm.id, disks })),
    disable: change(() => recovery.disable(id, once)),
  };
}

function computeReads({ compute }: Ports, { vm, disk, snapshot }: World) {
  return {
    vm: read(() => compute.vm(vm.id)),
    networkOf: read(() => compute.networkOf(vm.id)),
    disk: read(() => compute.disk(disk.id)),
    snapshot: read(() => compute.snapshot(snapshot.id)),
    machine: read(() => compute.machine(vm.id)),
    findDisk: read(() => compute.findDisk(disk.id)),
  };
}

function computeChanges({ compute }: Ports, { vm, disk, snapshot, machine, groupId, networkId }: World) {
  const named = (type: string) => `${groupId}/providers/Microsoft.Compute/${type}/of-the-fault-matrix`;
  const made = { location: vm.location, tags: {}, clientRequestId };
  const newDisk = { ...made, diskId: named('disks'), snapshot, sku: 'Premium_LRS' };
  const newVm = { ...machine, ...made, id: named('virtualMachines'), subnetId: `${networkId}/subnets/default` };
  return {
    createDisk: change(() => compute.createDisk(newDisk)),
    createVm: change(() => compute.createVm(newVm)),
    swapDisks: change(() => compute.swapDisks(vm.id, { ...machine, clientRequestId })),
    deallocate: change(() => compute.deallocate(vm.id, once)),
    startVm: change(() => compute.startVm(vm.id, once)),
    deleteSnapshot: change(() => compute.deleteSnapshot(snapshot.id, once)),
    createSnapshot: change(() => compute.createSnapshot({ ...made, snapshotId: named('snapshots'), disk })),
  };
}

function accessCalls({ access }: Ports, { vm }: World): Calls['access'] {
  const somebody = { oid: 'a0000000-0000-4000-8000-000000000004' };
  const group = 'e0000000-0000-4000-8000-000000000001';
  return {
    holds: read(() => access.holds(somebody, { action: 'Microsoft.Compute/snapshots/read', scope: vm.id })),
    // Nobody has asked about this person before, so nothing can stand in.
    holdsForReading: read(() =>
      access.holdsForReading({ oid: randomUUID() }, { action: 'Microsoft.Compute/snapshots/read', scope: vm.id }),
    ),
    isMember: read(() => access.isMember(somebody, { group, scope: vm.id })),
    knowsGroup: read(() => access.knowsGroup(group)),
  };
}

function conditionCalls({ conditions }: Ports, { vm, groupId, networkId }: World): Calls['conditions'] {
  const planned = { type: 'Microsoft.Compute/disks', name: 'new', location: vm.location };
  const inGroup = (type: string) => `${groupId}/providers/${type}/of-the-fault-matrix`;
  return {
    locks: read(() => conditions.locks(vm.id)),
    denials: read(() => conditions.denials(groupId, planned)),
    quotas: read(() => conditions.quotas(vm.subscriptionId, vm.location)),
    size: read(() => conditions.size(vm.subscriptionId, vm.location, 'Standard_D2s_v5')),
    subnets: read(() => conditions.subnets(networkId)),
    encryptionSet: read(() => conditions.encryptionSet(inGroup('Microsoft.Compute/diskEncryptionSets'))),
    hasKeyVault: read(() => conditions.hasKeyVault(inGroup('Microsoft.KeyVault/vaults'))),
    botLacks: read(() => conditions.botLacks({ action: 'Microsoft.Compute/snapshots/read', scope: vm.id })),
  };
}

/** A reference of every kind of job. */
function refsOf(world: World): readonly JobRef[] {
  const { vaultId, snapshot, disk, vm, replicated } = world;
  const [operationId, jobId] = [clientRequestId, clientRequestId];
  const across = { vaultId: replicated.vaultId, jobId };
  const refs: { readonly [K in JobRef['kind']]: Extract<JobRef, { kind: K }> } = {
    backup: { kind: 'backup', vaultId, operationId },
    replication: { kind: 'replication', ...across },
    replications: { kind: 'replications', ...across, parts: [{ itemName: 'a', name: 'a', jobId }] },
    'replication-cancel': { kind: 'replication-cancel', ...across },
    'replication-restart': { kind: 'replication-restart', ...across, restartedAt: world.since },
    snapshots: { kind: 'snapshots', snapshotIds: [snapshot.id] },
    'backup-cancel': { kind: 'backup-cancel', vaultId, operationId, jobId },
    files: { ...sessionOf(world), operationId: '' },
    'cross-region': { kind: 'cross-region', vaultId, region: 'northeurope', operationId },
    disks: { kind: 'disks', diskIds: [disk.id] },
    machine: { kind: 'machine', vmId: vm.id, wanted: 'running' },
    resource: { kind: 'resource', id: disk.id, wanted: 'ready' },
  };
  return Object.values(refs);
}
