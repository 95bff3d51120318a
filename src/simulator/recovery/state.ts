import type { Timeline } from '../timeline.ts';

/** A fabric: for Azure to Azure, a region. */
export interface Fabric {
  name: string;
  friendlyName: string;
  location: string;
  internalId: string;
}

/** A container of replicated items in a fabric. */
export interface RecoveryContainer {
  name: string;
  fabric: string;
}

/** How items of one container are replicated to another. */
export interface ContainerMapping {
  name: string;
  fabric: string;
  container: string;
  targetFabric: string;
  targetContainer: string;
  policy: string;
}

/** A pairing of networks of two regions. */
export interface NetworkMapping {
  name: string;
  fabric: string;
  primaryNetwork: string;
  recoveryFabric: string;
  recoveryNetwork: string;
}

/** A replication policy. */
export interface ReplicationPolicy {
  name: string;
  historyMinutes: number;
  appConsistentMinutes: number;
  crashConsistentMinutes: number;
  multiVmSync: 'Enabled' | 'Disabled';
}

/** A health error of a replicated item. */
export interface HealthError {
  code: string;
  level: 'Warning' | 'Error';
  category: string;
  message: string;
  causes: string;
  action: string;
  at: number;
}

/** The states of a replicated item that change what may be done with it. */
export type ItemPhase =
  | 'enabling'
  | 'replicating'
  | 'awaiting-point'
  | 'protected'
  | 'failing-over'
  | 'failed-over'
  | 'committing'
  | 'committed'
  | 'reprotecting';

/** A disk under replication. */
export interface ReplicatedDisk {
  id: string;
  name: string;
  bytes: number;
  os: boolean;
  stagingAccount: string;
  recoveryGroup: string;
  type: string;
}

/** A VM under replication from one region to another; fabric and container are where it is now. */
export interface ReplicatedItem {
  name: string;
  friendlyName: string;
  internalId: string;
  fabric: string;
  container: string;
  recoveryFabric: string;
  recoveryContainer: string;
  policy: string;
  phase: ItemPhase;
  activeLocation: 'Primary' | 'Recovery';
  /** The source VM; after a reprotect, the one that was the recovery VM. */
  vm: string;
  /** The VM that a failover made. */
  recoveryVm?: string;
  /** The source before the last reprotect; the next failover replaces it. */
  formerVm?: string;
  osType: 'Windows' | 'Linux';
  disks: ReplicatedDisk[];
  recoveryGroup: string;
  recoveryNetwork?: string;
  recoverySubnet?: string;
  recoveryVmName: string;
  recoveryVmSize: string;
  /** Since when recovery points exist, and when the flow of them stopped (failover, broken replication). */
  pointsFrom?: number;
  pointsUntil?: number;
  /** Seconds that replication is behind when all is well. */
  lagSeconds: number;
  errors: HealthError[];
  test?: { vm?: string; job: string; network?: string; point?: string; done: boolean };
  lastTest?: number;
  lastFailover?: number;
  failoverPoint?: string;
  /** The job at work on the item, if any. */
  job?: string;
  enabled: number;
}

/** A step of a group of a plan that is not a failover of a VM. */
export interface PlanAction {
  name: string;
  failoverTypes: string[];
  failoverDirections: string[];
  details: Record<string, unknown> & { instanceType: string };
}

/** A group of a plan; items by their index in the vault, with the VM that the plan names. */
export interface PlanGroup {
  type: 'Shutdown' | 'Failover' | 'Boot';
  items: { id: string; vm: string }[];
  before: PlanAction[];
  after: PlanAction[];
}

/** A recovery plan. */
export interface RecoveryPlan {
  name: string;
  primaryFabric: string;
  recoveryFabric: string;
  groups: PlanGroup[];
  lastTest?: number;
  lastUnplanned?: number;
  job?: string;
}

/** One task of a Site Recovery job, over steps of its timeline, in the words of the service. */
export interface RecoveryTask {
  name: string;
  friendlyName: string;
  /** The first and the last step of the timeline that the task spans. */
  from: number;
  to: number;
  type: string;
  details?: Record<string, unknown> & { instanceType: string };
  /** Set on groups: what their kind is and what is in them. */
  group?: string;
  children?: RecoveryTask[];
}

/** What went wrong with a Site Recovery job. */
export interface RecoveryError {
  code: string;
  message: string;
  causes: string;
  action: string;
}

/** A Site Recovery job; its name is also that of its operation. */
export interface RecoveryJob {
  name: string;
  scenario: string;
  friendlyName: string;
  timeline: Timeline;
  tasks: RecoveryTask[];
  /** Applied at once, when the job starts or is restarted. */
  begin: RecoveryEffect[];
  /** Applied at the end of each step, by step index. */
  effects: Record<number, RecoveryEffect[]>;
  /** Applied when the job fails or is cancelled. */
  onFailure: RecoveryEffect[];
  target: { id: string; name: string; type: string };
  /** Where the operation's result is read: a path below the vault, and what stands there. */
  resource: string;
  item?: string;
  plan?: string;
  error?: RecoveryError;
  details: Record<string, unknown> & { instanceType: string };
  activityId: string;
  cancellable: boolean;
}

/** An operation without a job of its own, such as the cancel of a job. */
export interface RecoveryOperation {
  name: string;
  start: number;
  ready: number;
  job?: string;
}

/** Site Recovery's part of a vault. */
export interface RecoveryVault {
  fabrics: Record<string, Fabric>;
  containers: Record<string, RecoveryContainer>;
  mappings: Record<string, ContainerMapping>;
  networkMappings: Record<string, NetworkMapping>;
  policies: Record<string, ReplicationPolicy>;
  items: Record<string, ReplicatedItem>;
  plans: Record<string, RecoveryPlan>;
  jobs: Record<string, RecoveryJob>;
  operations: Record<string, RecoveryOperation>;
  alertEmails: string[];
}

/** What Site Recovery does when a step of a job is over; items and plans by index. */
export type RecoveryEffect =
  | { kind: 'phase'; item: string; phase: ItemPhase }
  | { kind: 'hold'; item: string }
  | { kind: 'free'; item: string }
  | { kind: 'removed'; item: string }
  | { kind: 'test.begin'; item: string; network?: string; point?: string }
  | { kind: 'test.vm'; item: string }
  | { kind: 'test.done'; item: string }
  | { kind: 'test.cleaned'; item: string }
  | { kind: 'failover.source-stopped'; item: string }
  | { kind: 'failover.vm'; item: string; point?: string }
  | { kind: 'failover.done'; item: string }
  | { kind: 'failover.committed'; item: string }
  | { kind: 'switched'; item: string; target: SwitchTarget }
  | { kind: 'initial-replication'; item: string }
  | { kind: 'replicated'; item: string }
  | { kind: 'healed'; item: string }
  | { kind: 'plan.hold'; plan: string }
  | { kind: 'plan.free'; plan: string; done?: 'test' | 'failover' };

/** Where a reprotect replicates to. */
export interface SwitchTarget {
  fabric: string;
  container: string;
  policy: string;
  group: string;
  staging: string;
}
