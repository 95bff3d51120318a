import type {
  BackupJob,
  BackupPolicy,
  JobProgress,
  JobSummary,
  Network,
  ProtectedItem,
  RecoveryPoint,
  ReplicatedItem,
  ResourceGuard,
  Snapshot,
  StorageAccount,
  Vault,
  VaultSettings,
  Vm,
} from '../../src/azure/types.ts';
import type { Execution } from '../../src/operations/operation.ts';

/** The moment at which every operation's unit test takes place. */
export const now = new Date('2026-03-02T08:00:00.000Z');

const subscription = '/subscriptions/0a1b2c3d-1111-4111-8111-000000000001';

/** ARM ids of the stubbed estate. */
export const ids = {
  vm: `${subscription}/resourceGroups/rg-sql/providers/Microsoft.Compute/virtualMachines/sql-01`,
  vault: `${subscription}/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-prod`,
  item: `${subscription}/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-prod/backupFabrics/Azure/protectionContainers/c/protectedItems/i`,
  replica: `${subscription}/resourceGroups/rg-dr/providers/Microsoft.RecoveryServices/vaults/rsv-dr/replicationFabrics/f/replicationProtectionContainers/c/replicationProtectedItems/r`,
  job: `${subscription}/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-prod/backupJobs/j`,
  policy: (name: string) =>
    `${subscription}/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-prod/backupPolicies/${name}`,
  snapshot: `${subscription}/resourceGroups/rg-sql/providers/Microsoft.Compute/snapshots/os-before-patch`,
  point: `${subscription}/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-prod/backupFabrics/Azure/protectionContainers/c/protectedItems/i/recoveryPoints/p1`,
  disk: (name: string) => `${subscription}/resourceGroups/rg-sql/providers/Microsoft.Compute/disks/${name}`,
  network: (name: string) =>
    `${subscription}/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/${name}`,
} as const;

/** A running Windows VM with two disks. */
export function aVm(change: Partial<Vm> = {}): Vm {
  const diskIds = [ids.disk('os'), ids.disk('data')];
  return {
    id: ids.vm,
    name: 'sql-01',
    resourceGroup: 'rg-sql',
    subscriptionId: subscription,
    location: 'westeurope',
    osType: 'Windows',
    powerState: 'PowerState/running',
    tags: {},
    diskIds,
    ...change,
  };
}

/** A healthy protected item. */
export function anItem(change: Partial<ProtectedItem> = {}): ProtectedItem {
  return {
    id: ids.item,
    vaultId: ids.vault,
    vmId: ids.vm,
    friendlyName: 'sql-01',
    protectionState: 'Protected',
    healthStatus: 'Passed',
    lastBackupStatus: 'Completed',
    lastBackupTime: '2026-03-02T01:00:00.000Z',
    lastRecoveryPoint: '2026-03-02T01:02:00.000Z',
    policyName: 'daily',
    softDeleted: false,
    ...change,
  };
}

/** A healthy replicated item that accepts a test failover. */
export function aReplica(change: Partial<ReplicatedItem> = {}): ReplicatedItem {
  return {
    id: ids.replica,
    vaultId: `${subscription}/resourceGroups/rg-dr/providers/Microsoft.RecoveryServices/vaults/rsv-dr`,
    name: 'r',
    friendlyName: 'sql-01',
    vmId: ids.vm,
    protectionState: 'Protected',
    protectionStateDescription: 'Protected',
    replicationHealth: 'Normal',
    healthErrors: [],
    testFailoverState: 'None',
    activeLocation: 'Primary',
    rpoSeconds: 240,
    allowedOperations: ['UnplannedFailover', 'TestFailover'],
    primaryRegion: 'westeurope',
    recoveryRegion: 'northeurope',
    recoveryNetworkId: ids.network('vnet-prod-neu'),
    ...change,
  };
}

/** A network of the recovery region. */
export function aNetwork(name: string): Network {
  return {
    id: ids.network(name),
    name,
    resourceGroup: 'rg-net',
    location: 'northeurope',
    subnets: ['default'],
    tags: {},
  };
}

/** The vault of the protected item. */
export function aVault(change: Partial<Vault> = {}): Vault {
  const place = { resourceGroup: 'rg-backup', subscriptionId: subscription, location: 'westeurope' };
  const name = change.name ?? 'rsv-prod';
  return { id: ids.vault.replace('rsv-prod', name), name, ...place, ...change };
}

/** A vault set up with care. */
export function someSettings(change: Partial<VaultSettings> = {}): VaultSettings {
  return {
    id: ids.vault,
    name: 'rsv-prod',
    location: 'westeurope',
    redundancy: 'GeoRedundant',
    crossRegionRestore: true,
    softDelete: 'always',
    softDeleteDays: 14,
    immutability: 'unlocked',
    ...change,
  };
}

/** A daily policy of the vault, kept for thirty days. */
export function aPolicy(name: string, change: Partial<BackupPolicy> = {}): BackupPolicy {
  return {
    id: ids.policy(name),
    name,
    enhanced: false,
    frequency: 'Daily',
    retentionDays: 30,
    instantDays: 5,
    ...change,
  };
}

/** A running backup that may be cancelled. */
export function aBackupJob(change: Partial<BackupJob> = {}): BackupJob {
  return {
    id: ids.job,
    name: 'j',
    vaultId: ids.vault,
    operation: 'Backup',
    status: 'InProgress',
    target: 'sql-01',
    startedAt: '2026-03-02T07:50:00.000Z',
    cancellable: true,
    recommendations: [],
    tasks: [],
    ...change,
  };
}

/** The same job as Resource Graph has it. */
export function aJobSummary(change: Partial<JobSummary> = {}): JobSummary {
  return {
    id: ids.job,
    name: 'j',
    vaultId: ids.vault,
    service: 'backup',
    operation: 'Backup',
    status: 'InProgress',
    target: 'sql-01',
    startedAt: '2026-03-02T07:50:00.000Z',
    ...change,
  };
}

/** A storage account of the vault's region. */
export function anAccount(name: string): StorageAccount {
  return {
    id: `${subscription}/resourceGroups/rg-backup/providers/Microsoft.Storage/storageAccounts/${name}`,
    name,
    location: 'westeurope',
  };
}

/** A Resource Guard that protects the given actions. */
export function aGuard(...protects: readonly string[]): ResourceGuard {
  return { id: '/guard', name: 'guard-prod', protects };
}

/** An incremental snapshot of the VM's first disk. */
export function aSnapshot(change: Partial<Snapshot> = {}): Snapshot {
  return {
    id: ids.snapshot,
    name: 'os-before-patch',
    resourceGroup: 'rg-sql',
    location: 'westeurope',
    sourceDiskId: ids.disk('os'),
    createdAt: '2026-02-20T08:00:00.000Z',
    sizeGib: 128,
    incremental: true,
    tags: {},
    ...change,
  };
}

/** An application-consistent point of last night, in both tiers. */
export function aPoint(change: Partial<RecoveryPoint> = {}): RecoveryPoint {
  return {
    id: ids.point,
    name: 'p1',
    time: '2026-03-02T01:02:00.000Z',
    consistency: 'application',
    tiers: ['instant', 'vault'],
    expiresAt: '2026-04-01T01:02:00.000Z',
    ...change,
  };
}

/** A job that ended as told. */
export function aJob(state: JobProgress['state']): JobProgress {
  return {
    ref: { kind: 'backup', vaultId: ids.vault, operationId: 'o', jobId: 'j' },
    state,
    tasks: [],
    recommendations: [],
    nextLookSeconds: 30,
  };
}

/** What a run would hand to its operation. */
export const execution: Execution = {
  runId: '3f2a9c1e-0000-4000-8000-00000000000a',
  code: '4F7K',
  clientRequestId: '3f2a9c1e-0000-4000-8000-00000000000b',
  startingAt: now.toISOString(),
  requester: { oid: 'oid-ana', name: 'Ana' },
};
