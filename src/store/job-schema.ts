import { z } from 'zod';
import type { JobRef, ReplicationPart } from '../azure/types.ts';

const vaultId = z.string();
const part = z.object({ itemName: z.string(), name: z.string() });
const fault = z.custom<Extract<ReplicationPart, { fault: unknown }>['fault']>(
  (value) => typeof value === 'object' && value !== null,
);

const kinds = {
  backup: z.object({
    kind: z.literal('backup'),
    vaultId,
    operationId: z.string(),
    jobId: z.string().exactOptional(),
  }),
  replication: z.object({ kind: z.literal('replication'), vaultId, jobId: z.string() }),
  replications: z.object({
    kind: z.literal('replications'),
    vaultId,
    parts: z.array(z.union([part.extend({ jobId: z.string() }), part.extend({ fault })])),
  }),
  'replication-cancel': z.object({ kind: z.literal('replication-cancel'), vaultId, jobId: z.string() }),
  'replication-restart': z.object({
    kind: z.literal('replication-restart'),
    vaultId,
    jobId: z.string(),
    restartedAt: z.iso.datetime(),
  }),
  snapshots: z.object({ kind: z.literal('snapshots'), snapshotIds: z.array(z.string()) }),
  'backup-cancel': z.object({
    kind: z.literal('backup-cancel'),
    vaultId,
    operationId: z.string(),
    jobId: z.string(),
  }),
  resource: z.object({ kind: z.literal('resource'), id: z.string(), wanted: z.enum(['ready', 'gone']) }),
  'cross-region': z.object({
    kind: z.literal('cross-region'),
    vaultId,
    region: z.string(),
    operationId: z.string(),
    jobId: z.string().exactOptional(),
  }),
  disks: z.object({ kind: z.literal('disks'), diskIds: z.array(z.string()) }),
  machine: z.object({
    kind: z.literal('machine'),
    vmId: z.string(),
    wanted: z.enum(['ready', 'running', 'deallocated']),
  }),
  files: z.object({
    kind: z.literal('files'),
    vaultId,
    pointId: z.string(),
    operationId: z.string(),
    wanted: z.enum(['open', 'closed']),
  }),
} satisfies { readonly [K in JobRef['kind']]: z.ZodType<Extract<JobRef, { readonly kind: K }>> };

/** Every kind of job that a run can follow; a kind that is not here does not compile, for its run could never be read again. */
export const jobRef: z.ZodType<JobRef> = z.union(Object.values(kinds));
