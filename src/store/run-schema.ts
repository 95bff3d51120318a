import { z } from 'zod';
import { runStates } from '../operations/run-summary.ts';
import type { StoredRun } from '../runs/run.ts';
import { jobRef } from './job-schema.ts';

/*
 * A stored run is believed only after it has been parsed. What the engine decides on is checked field by field; what is
 * only shown (texts, facts, suggestions) is checked to be of its outer shape and passed on as it was written.
 */
const instant = z.iso.datetime();
const shown = <T>() => z.custom<T>((value) => value !== undefined && value !== null);
const list = <T>() => z.custom<readonly T[]>(Array.isArray);

const actor = z.object({ tenantId: z.string(), oid: z.string(), name: z.string() });

const requirement = z.object({
  confirmation: z.enum(['none', 'click', 'typed-name']),
  approvals: z.number().int().min(0),
  rules: z.array(z.string()).exactOptional(),
  approvers: z.array(z.string()).exactOptional(),
  approverGroups: z.array(z.string()).exactOptional(),
  rejectionReason: z.boolean().exactOptional(),
});

const breakGlass = z.object({
  actor,
  at: instant,
  reason: z.string(),
  usedAt: instant.exactOptional(),
  reviewBy: instant.exactOptional(),
  reviewed: z.object({ actor, at: instant, comment: z.string() }).exactOptional(),
});

const preview = z.object({
  sentence: shown<StoredRun['preview']['sentence']>(),
  facts: list<StoredRun['preview']['facts'][number]>(),
  resources: z.array(z.string()),
  holds: z.array(z.string()).exactOptional(),
  continues: z
    .object({ operation: z.string(), parameters: z.record(z.string(), z.unknown()), anew: z.boolean() })
    .exactOptional(),
  measured: z.record(z.string(), z.string()),
});

const waiting = z.object({
  since: instant,
  why: shown<NonNullable<StoredRun['why']>>(),
  nextLookAt: instant,
  forRequester: z.literal(true).exactOptional(),
});

/** The row's `body`. Keys that a newer version adds are dropped here and must not be written back by an older one: additive migrations only. */
export const storedRun: z.ZodType<StoredRun> = z.object({
  id: z.uuid(),
  code: z.string().regex(/^[0-9A-Z]{4}$/),
  version: z.number().int(),
  revision: z.number().int(),
  submissions: z.number().int(),
  state: z.enum(runStates),
  operation: z.string(),
  risk: z.enum(['reversible', 'disruptive', 'destructive']),
  parameters: z.record(z.string(), z.unknown()),
  planHash: z.string(),
  targets: z.array(z.string()),
  targetName: z.string(),
  requester: actor,
  reader: z.object({ locale: z.string(), timeZone: z.string() }),
  reason: z.string().exactOptional(),
  conversationId: z.string(),
  preview,
  findings: list<StoredRun['findings'][number]>(),
  requirement,
  approvals: z.array(z.object({ actor, at: instant, comment: z.string().exactOptional() })),
  createdAt: instant,
  decideBy: instant,
  approvedAt: instant.exactOptional(),
  startingAt: instant.exactOptional(),
  endedAt: instant.exactOptional(),
  nothingFoundAt: instant.exactOptional(),
  stoodSince: instant.exactOptional(),
  clientRequestId: z.string(),
  job: jobRef.exactOptional(),
  progress: shown<NonNullable<StoredRun['progress']>>().exactOptional(),
  waiting: waiting.exactOptional(),
  outcome: shown<NonNullable<StoredRun['outcome']>>().exactOptional(),
  why: shown<NonNullable<StoredRun['why']>>().exactOptional(),
  advice: shown<NonNullable<StoredRun['advice']>>().exactOptional(),
  differences: z.array(z.object({ what: z.string(), was: z.string(), now: z.string() })).exactOptional(),
  newWarnings: list<NonNullable<StoredRun['newWarnings']>[number]>().exactOptional(),
  correlationId: z.string().exactOptional(),
  decidedBy: actor.exactOptional(),
  sentBack: z.literal(true).exactOptional(),
  replaces: z.string().exactOptional(),
  breakGlass: breakGlass.exactOptional(),
});
