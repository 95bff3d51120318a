import type { Ports } from '../../src/azure/ports.ts';
import type { RestoreRequest } from '../../src/azure/types.ts';
import { setupSteps } from '../support/setup-steps.ts';
import { practiceSubscription } from '../support/simulator.ts';

const subscription = `/subscriptions/${practiceSubscription}`;
const group = `${subscription}/resourceGroups/rg-nowhere`;
const vault = `${group}/providers/Microsoft.RecoveryServices/vaults/nowhere`;
const vmId = `${group}/providers/Microsoft.Compute/virtualMachines/nothing`;
const disk = `${group}/providers/Microsoft.Compute/disks/nothing`;
const snapshot = `${group}/providers/Microsoft.Compute/snapshots/nothing`;
const names = 'iaasvmcontainerv2;rg-nowhere;nothing';
const item = `${vault}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${names}/protectedItems/VM;${names}`;
const container = `${vault}/replicationFabrics/f/replicationProtectionContainers/c`;
const replica = `${container}/replicationProtectedItems/i`;
const plan = `${vault}/replicationRecoveryPlans/p`;
const backupJob = `${vault}/backupJobs/11111111-1111-4111-8111-111111111111`;
const replicationJob = `${vault}/replicationJobs/11111111-1111-4111-8111-111111111111`;
const clientRequestId = '22222222-2222-4222-8222-222222222222';
const since = '2026-01-01T00:00:00Z';
const vm = { id: vmId, subscriptionId: practiceSubscription, location: 'westeurope' } as Parameters<
  Ports['backup']['protectionOf']
>[0];
const restore: RestoreRequest = {
  pointName: '1',
  vmId,
  region: 'westeurope',
  stagingAccountId: `${group}/providers/Microsoft.Storage/storageAccounts/nothing`,
  target: { kind: 'disks', groupId: group },
};
const newReplication = {
  mapping: {
    id: `${container}/replicationProtectionContainerMappings/m`,
    vaultId: vault,
    containerId: container,
    targetContainerId: container,
    policyId: `${vault}/replicationPolicies/p`,
    policyName: 'p',
    fromRegion: 'westeurope',
    toRegion: 'northeurope',
  },
  vmId,
  disks: [{ id: disk, sku: 'Premium_LRS' }],
  groupId: group,
  cacheAccountId: restore.stagingAccountId,
};
const copied = { id: snapshot, name: 'nothing', tags: {} } as Awaited<
  ReturnType<Ports['inventory']['snapshots']>
>['value'][0];

type Calls = {
  readonly [P in keyof Ports]?: { readonly [M in keyof Ports[P]]?: (port: Ports[P]) => Promise<unknown> };
};

/**
 * The methods of the gateways, called on things that do not exist: Azure asks for the right before it looks, so a missing right is a 403 and
 * everything else is not. A method without a line here is tried with every kind of id.
 */
export const gatewayCalls: Calls = {
  inventory: {
    vms: (port) => port.vms(),
    vaults: (port) => port.vaults(),
    protectedItems: (port) => port.protectedItems(),
    replicatedItems: (port) => port.replicatedItems(),
    recoveryPlans: (port) => port.recoveryPlans(),
    snapshots: (port) => port.snapshots(),
    snapshotsOf: (port) => port.snapshotsOf([disk]),
    jobs: (port) => port.jobs(),
    networks: (port) => port.networks('westeurope'),
    runbooks: (port) => port.runbooks(),
    subscriptions: (port) => port.subscriptions(),
    names: (port) => port.names(),
  },
  backup: {
    protectionOf: (port) => port.protectionOf(vm),
    item: (port) => port.item(item),
    recoveryPoints: (port) => port.recoveryPoints(item),
    start: (port) => port.start(item, { expiresAt: '2030-01-01T00:00:00Z', clientRequestId }),
    backupsSince: (port) => port.backupsSince(item, since),
    pastDurations: (port) => port.pastDurations(vault, 'Backup'),
    jobsSince: (port) => port.jobsSince(item, 'Restore', since),
    protect: (port) => port.protect(item, { vmId, clientRequestId, policyId: `${vault}/backupPolicies/p` }),
    stop: (port) => port.stop(item, { vmId, clientRequestId }),
    undelete: (port) => port.undelete(item, { vmId, clientRequestId }),
    deleteData: (port) => port.deleteData(item, { clientRequestId }),
    restore: (port) => port.restore(item, { ...restore, clientRequestId }),
    validateRestore: (port) => port.validateRestore(item, restore),
    storageAccounts: (port) => port.storageAccounts(practiceSubscription, 'westeurope'),
    openFiles: (port) => port.openFiles(`${item}/recoveryPoints/1`, { vmId, initiator: 'nobody', clientRequestId }),
    closeFiles: (port) => port.closeFiles(`${item}/recoveryPoints/1`, { clientRequestId }),
    fileScripts: (port) =>
      port.fileScripts({
        kind: 'files',
        vaultId: vault,
        pointId: `${item}/recoveryPoints/1`,
        operationId: clientRequestId,
        wanted: 'open',
      }),
    cancelJob: (port) => port.cancelJob(backupJob, { clientRequestId }),
    vault: (port) => port.vault(vault),
    guardOf: (port) => port.guardOf(vault),
    policies: (port) => port.policies(vault),
    jobs: (port) => port.jobs(vault, since),
    job: (port) => port.job(backupJob),
  },
  recovery: {
    item: (port) => port.item(replica),
    recoveryPoints: (port) => port.recoveryPoints(replica),
    testFailover: (port) => port.testFailover(replica, { clientRequestId }),
    cleanUpTestFailover: (port) => port.cleanUpTestFailover(replica, { comments: '', clientRequestId }),
    failOver: (port) => port.failOver(replica, { shutDownSource: true, clientRequestId }),
    changePoint: (port) =>
      port.changePoint(replica, { recoveryPointId: `${replica}/recoveryPoints/1`, clientRequestId }),
    commit: (port) => port.commit(replica, { clientRequestId }),
    reprotect: (port) =>
      port.reprotect(replica, {
        diskIds: [disk],
        groupId: group,
        cacheAccountId: restore.stagingAccountId,
        policyId: `${vault}/replicationPolicies/p`,
        clientRequestId,
      }),
    plan: (port) => port.plan(plan),
    cleanUpPlan: (port) => port.cleanUpPlan(plan, { comments: '', clientRequestId }),
    commitPlan: (port) => port.commitPlan(plan, { clientRequestId }),
    job: (port) => port.job(replicationJob),
    actOnJob: async (port) => {
      const actions = ['Resume', 'Cancel', 'Restart'] as const;
      await Promise.allSettled(
        actions.map((action) => port.actOnJob(replicationJob, { action, comments: '', clientRequestId })),
      );
    },
    items: (port) => port.items(vault),
    itemJobsSince: (port) => port.itemJobsSince(vault, { items: [], scenarios: ['TestFailover'], since }),
    mappings: (port) => port.mappings(vault),
    setup: (port) => port.setup(vault),
    setUp: async (port) => {
      await Promise.allSettled(setupSteps(vault).map((step) => port.setUp(step, { clientRequestId })));
    },
    setupUnderWay: (port) => port.setupUnderWay(vault, since),
    networkMappings: (port) => port.networkMappings(vault),
    policy: (port) => port.policy(`${vault}/replicationPolicies/p`),
    eligibility: (port) => port.eligibility(vmId),
    enable: (port) => port.enable('new', { ...newReplication, clientRequestId }),
    disable: (port) => port.disable(replica, { clientRequestId }),
    planJobsSince: (port) => port.planJobsSince(plan, 'TestFailover', since),
    jobsSince: (port) => port.jobsSince(replica, 'TestFailover', since),
    pastDurations: (port) => port.pastDurations(vault, 'TestFailover', 'vms'),
  },
  compute: {
    vm: (port) => port.vm(vmId),
    // Its network card is read only of a VM that there is.
    networkOf: (port) =>
      port.networkOf(`${subscription}/resourceGroups/rg-web/providers/Microsoft.Compute/virtualMachines/web-prod-02`),
    disk: (port) => port.disk(disk),
    snapshot: (port) => port.snapshot(snapshot),
    createDisk: (port) =>
      port.createDisk({
        diskId: disk,
        snapshot: copied,
        location: 'westeurope',
        sku: 'Premium_LRS',
        tags: {},
        clientRequestId,
      }),
    findDisk: (port) => port.findDisk(disk),
    deleteSnapshot: (port) => port.deleteSnapshot(snapshot, { clientRequestId }),
    createSnapshot: async (port) => {
      const source = { id: disk, location: 'westeurope' } as Awaited<ReturnType<Ports['compute']['disk']>>;
      await port.createSnapshot({ snapshotId: snapshot, disk: source, tags: {}, clientRequestId });
    },
  },
  conditions: {
    locks: (port) => port.locks(group),
    denials: (port) =>
      port.denials(group, { type: 'Microsoft.Compute/disks', name: 'nothing', location: 'westeurope' }),
    quotas: (port) => port.quotas(practiceSubscription, 'westeurope'),
    size: (port) => port.size(practiceSubscription, 'westeurope', 'Standard_D2s_v5'),
    subnets: (port) => port.subnets(`${group}/providers/Microsoft.Network/virtualNetworks/nothing`),
    encryptionSet: (port) => port.encryptionSet(`${group}/providers/Microsoft.Compute/diskEncryptionSets/nothing`),
    hasKeyVault: (port) => port.hasKeyVault(`${group}/providers/Microsoft.KeyVault/vaults/nothing`),
    botLacks: (port) => port.botLacks({ action: 'Microsoft.Compute/snapshots/write', scope: group }),
  },
  access: {
    holds: (port) => port.holds({ oid: clientRequestId }, { action: 'Microsoft.Compute/disks/read', scope: group }),
  },
  jobs: {
    progress: async (port) => {
      const asked = [
        { kind: 'backup', vaultId: vault, operationId: clientRequestId },
        { kind: 'replication', vaultId: vault, jobId: clientRequestId },
        { kind: 'snapshots', snapshotIds: [snapshot] },
        { kind: 'backup-cancel', vaultId: vault, operationId: clientRequestId, jobId: clientRequestId },
        { kind: 'resource', id: disk, wanted: 'ready' },
      ] as const;
      for (const ref of asked) await port.progress(ref);
    },
  },
};

/** Whatever a request may hold; a method takes what it knows. */
const anything = {
  ...restore,
  comments: '',
  clientRequestId,
  networkId: `${group}/providers/Microsoft.Network/virtualNetworks/nothing`,
  policyId: `${vault}/replicationPolicies/p`,
  diskIds: [disk],
  groupId: group,
  shutDownSource: true,
  point: 'latest-processed',
  back: false,
  since,
};
const ids = [
  item,
  `${item}/recoveryPoints/1`,
  replica,
  container,
  plan,
  vault,
  vmId,
  disk,
  snapshot,
  backupJob,
  replicationJob,
];

/** Calls all of them, one gateway after the other; what fails is seen in the simulator's log. `real` are ids of things that exist, for the methods without a line. */
export async function callEverything(ports: Ports, real: readonly string[] = []): Promise<void> {
  for (const [name, port] of Object.entries(ports)) {
    const written: Readonly<Record<string, unknown>> = gatewayCalls[name as keyof Ports] ?? {};
    const methods = Object.entries(port as Readonly<Record<string, unknown>>);
    await Promise.allSettled(
      methods.flatMap(([method, call]) =>
        method in written ? [tried(written[method], port)] : [...ids, ...real].map((id) => tried(call, id, anything)),
      ),
    );
  }
}

/** None of the gateways' methods looks at `this`. */
async function tried(call: unknown, ...given: readonly unknown[]): Promise<unknown> {
  return await (call as (...given: readonly unknown[]) => Promise<unknown>)(...given);
}

/** Ids of one thing of each kind that the practice estate has. */
export async function realIds({ inventory }: Ports): Promise<readonly string[]> {
  const lists = await Promise.all([
    inventory.vaults(),
    inventory.vms(),
    inventory.protectedItems(),
    inventory.replicatedItems(),
    inventory.recoveryPlans(),
    inventory.snapshots(),
  ]);
  return lists.flatMap(({ value }) => value.slice(0, 3).map(({ id }) => id));
}
