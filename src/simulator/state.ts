import type {
  DenyAssignment,
  ManagementGroup,
  Principal,
  RoleAssignment,
  RoleDefinition,
} from './authorization/state.ts';
import type { BackupVault } from './backup/state.ts';
import { type ClockState, createClock } from './clock.ts';
import type { ComputeEffect, ComputeOperation, Disk, Snapshot, VirtualMachine } from './compute/state.ts';
import type { Conditions } from './conditions/state.ts';
import type { RecoveryVault } from './recovery/state.ts';
import type {
  Group,
  NetworkInterface,
  Resource,
  StorageAccount,
  Subscription,
  VirtualNetwork,
} from './resources/state.ts';

/** A Recovery Services vault: its own settings, and what backup and Site Recovery keep in it. */
export interface Vault extends Resource {
  created: number;
  ready: number;
  redundancy: 'GeoRedundant' | 'LocallyRedundant' | 'ZoneRedundant';
  crossRegionRestore: boolean;
  softDelete: { state: 'Enabled' | 'Disabled' | 'AlwaysON'; days: number };
  immutability: 'Disabled' | 'Unlocked' | 'Locked';
  alerts: { jobFailures: string; criticalOperations: string };
  identity?: Record<string, unknown>;
  backup: BackupVault;
  recovery: RecoveryVault;
}

/** What the passing of time brings about; what a job's step does stands in the job. */
export type Effect =
  | ComputeEffect
  | { kind: 'item.purged'; vault: string; item: string; deletedAt: number }
  | { kind: 'step'; service: 'backup' | 'recovery'; vault: string; job: string; step: number };

/** How the simulator behaves; changed at run time through `PUT /_simulator/settings`. */
export interface Settings {
  strictAuthorization: boolean;
  throttling: boolean;
  pace: number;
  /** How far Resource Graph is behind, in ms. */
  graphLag: number;
}

/** All that the simulator knows, as one object that survives JSON. Indexes are lower-case ids unless said otherwise. */
export interface State {
  version: 1;
  estate: string;
  clock: ClockState;
  settings: Settings;
  tenant: string;
  subscriptions: Record<string, Subscription>;
  groups: Record<string, Group>;
  networks: Record<string, VirtualNetwork>;
  nics: Record<string, NetworkInterface>;
  storageAccounts: Record<string, StorageAccount>;
  /** Of Azure Automation; missing in states that were written before there were any. */
  runbooks?: Record<string, Resource>;
  vms: Record<string, VirtualMachine>;
  disks: Record<string, Disk>;
  snapshots: Record<string, Snapshot>;
  computeOperations: Record<string, ComputeOperation>;
  vaults: Record<string, Vault>;
  vaultOperations: Record<string, { vault: string; ready: number }>;
  principals: Record<string, Principal>;
  roleAssignments: Record<string, RoleAssignment>;
  roleDefinitions: Record<string, RoleDefinition>;
  denyAssignments: Record<string, DenyAssignment>;
  /** By name in lower case; missing in states that were written before there were any. */
  managementGroups?: Record<string, ManagementGroup>;
  /** Failures that coming jobs shall have, for tests and demonstrations; absent fields match any job. */
  jobFailures: { verb?: string; entity?: string; code: string; count: number }[];
  /** What stands in the way of things; missing while nothing does. */
  conditions?: Conditions;
  /** What time has still to bring, soonest first. */
  pending: { at: number; effect: Effect }[];
}

/** A state with nothing in it but its clock and its settings. */
export function createState(options: {
  real: number;
  clock: 'real' | 'manual';
  settings: Settings;
  tenant: string;
}): State {
  return {
    version: 1,
    estate: 'empty',
    clock: createClock(options.clock, options.real),
    settings: options.settings,
    tenant: options.tenant,
    subscriptions: {},
    groups: {},
    networks: {},
    nics: {},
    storageAccounts: {},
    vms: {},
    disks: {},
    snapshots: {},
    computeOperations: {},
    vaults: {},
    vaultOperations: {},
    principals: {},
    roleAssignments: {},
    roleDefinitions: {},
    denyAssignments: {},
    managementGroups: {},
    jobFailures: [],
    pending: [],
  };
}
