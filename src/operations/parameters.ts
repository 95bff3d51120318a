import { z } from 'zod';

/**
 * The kinds of parameter. For each kind the recognizer knows how it is said, the dialog how it is asked for, and the docs how it is described.
 * - `vm`: a VM's ARM id · `expiry`: until when something is kept, ISO 8601 · `replication-point`: `latest-processed` or the ARM id of a Site Recovery point
 * - `network`: a virtual network's ARM id or `none` · `disks`: ARM ids · `run`: a run's code · `instant`: a moment, ISO 8601 · `words`: free text
 * - `plan`, `replication-job`: ARM ids of Site Recovery · `source`: whether the source is shut down first (`shut-down`) or `gone`
 * - `plan-point`: which point of each VM a whole plan goes to · `replicated-items`: names of replicated items, frozen with a run and never asked for
 * - `replication-mapping`: ARM id of a vault's mapping of two regions · `resource-group`, `storage-account`: ARM ids · `notes`: free text, may be empty
 * - `disk-size`: GiB, `disk-type`: Azure's name of a SKU, `zone`: of availability; said or not, never asked for
 * - `snapshot-run`: ARM ids of snapshots that one run took together · `region`: `secondary`, the paired region of a geo-redundant vault; said or not, never asked for
 * - `subscription-name`, `group-name`, `region-name`, `tag` (`name=value`): a part of the estate, said or not, never asked for · `fleet-part`: what of the fleet is counted
 * - `vault`, `policy`, `backup-job`, `snapshot`, `recovery-point`: ARM ids of Azure Backup and of snapshots; the operation offers the choices
 */
export type ParameterKind =
  | 'vm'
  | 'expiry'
  | 'replication-point'
  | 'network'
  | 'disks'
  | 'run'
  | 'instant'
  | 'words'
  | 'vault'
  | 'policy'
  | 'backup-job'
  | 'snapshot'
  | 'snapshot-run'
  | 'recovery-point'
  | 'plan'
  | 'replication-job'
  | 'source'
  | 'region'
  | 'disk-size'
  | 'disk-type'
  | 'zone'
  | 'plan-point'
  | 'replicated-items'
  | 'replication-mapping'
  | 'resource-group'
  | 'storage-account'
  | 'subscription-name'
  | 'group-name'
  | 'region-name'
  | 'tag'
  | 'fleet-part'
  | 'notes';

/** What a summary of the fleet counts, in the order in which it is looked at. */
const fleetParts = [
  'unprotected',
  'unknown',
  'failed-backups',
  'late',
  'failed-jobs',
  'unhealthy',
  'rpo',
  'uncommitted',
  'tests',
  'drills',
  'deleted',
  'expired',
  'vaults',
  'protected',
] as const;

const kinds = z.registry<{ readonly kind: ParameterKind }>();

function ofKind<S extends z.ZodType>(kind: ParameterKind, schema: S): S {
  kinds.add(schema, { kind });
  return schema;
}

/** The id of a resource whose type, the last but one segment, is as named. */
function idOf(type: string): z.ZodString {
  return z.string().regex(new RegExp(`^/subscriptions/[^/]+/.*/${type}/[^/]+$`, 'i'));
}

/** A fresh schema per use, so that each operation may refine its own. */
export const parameter = {
  vm: () =>
    ofKind(
      'vm',
      z
        .string()
        .regex(
          /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Compute\/virtualMachines\/[^/]+$/i,
        ),
    ),
  expiry: () => ofKind('expiry', z.iso.datetime()),
  instant: () => ofKind('instant', z.iso.datetime()),
  replicationPoint: () => ofKind('replication-point', z.string().min(1)),
  network: () => ofKind('network', z.string().min(1)),
  disks: () => ofKind('disks', z.array(z.string().min(1)).min(1)),
  run: () => ofKind('run', z.string().regex(/^[0-9A-Z]{4}$/i)),
  vault: () => ofKind('vault', idOf('vaults')),
  policy: () => ofKind('policy', idOf('backupPolicies')),
  backupJob: () => ofKind('backup-job', idOf('backupJobs')),
  snapshot: () => ofKind('snapshot', idOf('snapshots')),
  snapshotRun: () => ofKind('snapshot-run', z.array(idOf('snapshots')).min(1)),
  recoveryPoint: () => ofKind('recovery-point', idOf('recoveryPoints')),
  plan: () => ofKind('plan', idOf('replicationRecoveryPlans')),
  replicationJob: () => ofKind('replication-job', idOf('replicationJobs')),
  source: () => ofKind('source', z.enum(['shut-down', 'gone'])),
  planPoint: () =>
    ofKind('plan-point', z.enum(['latest-processed', 'latest', 'application-consistent', 'crash-consistent'])),
  replicatedItems: () => ofKind('replicated-items', z.array(z.string().min(1)).min(1)),
  replicationMapping: () => ofKind('replication-mapping', idOf('replicationProtectionContainerMappings')),
  resourceGroup: () => ofKind('resource-group', z.string().regex(/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+$/i)),
  storageAccount: () => ofKind('storage-account', idOf('storageAccounts')),
  diskSize: () => ofKind('disk-size', z.int().min(4).max(32767)),
  diskType: () =>
    ofKind('disk-type', z.enum(['Standard_LRS', 'StandardSSD_LRS', 'Premium_LRS', 'StandardSSD_ZRS', 'Premium_ZRS'])),
  zone: () => ofKind('zone', z.enum(['1', '2', '3'])),
  region: () => ofKind('region', z.enum(['secondary'])),
  subscriptionName: () => ofKind('subscription-name', z.string().min(1).max(100)),
  groupName: () => ofKind('group-name', z.string().min(1).max(90)),
  regionName: () => ofKind('region-name', z.string().regex(/^[a-z0-9]{2,40}$/)),
  tag: () => ofKind('tag', z.string().min(1).max(800)),
  fleetPart: () => ofKind('fleet-part', z.enum(fleetParts)),
  notes: () => ofKind('notes', z.string().max(500)),
  words: () => ofKind('words', z.string().min(1).max(500)),
} as const;

/** One parameter of an operation, as the recognizer, the dialog and the docs see it. */
export interface ParameterInfo {
  readonly name: string;
  readonly kind: ParameterKind;
  readonly required: boolean;
}

/** The parameters of an operation in the order in which they are written, which is the order in which they are asked for. */
export function parametersOf(operation: {
  readonly id: string;
  readonly parameters: z.ZodObject;
}): readonly ParameterInfo[] {
  return Object.entries(operation.parameters.shape).map(([name, schema]) => {
    const optional = schema instanceof z.ZodOptional;
    const inner = (optional ? schema.unwrap() : schema) as z.ZodType;
    const kind = kinds.get(inner)?.kind;
    if (kind === undefined) throw new TypeError(`${operation.id}: the parameter "${name}" is none of parameters.ts`);
    return { name, kind, required: !optional };
  });
}
