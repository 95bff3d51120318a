import { z } from 'zod';
import type { AuditTrail } from '../store/index.ts';
import { recordsOf } from './audit.ts';
import { evaluate, type Policy } from './policy.ts';
import { type Counted, limitedFor, limitReached } from './policy-limits.ts';
import { withoutEffect } from './recently.ts';

/** One stored request that another policy would have treated otherwise. */
export interface PolicyDifference {
  readonly code: string;
  readonly operation: string;
  readonly at: string;
  /** Such as `click, 0 approvals` or `refused by freeze`. */
  readonly was: string;
  readonly wouldBe: string;
  /** Without them every rule about tags counts as matching. */
  readonly tagsKnown: boolean;
}

const requirement = z.object({
  confirmation: z.string(),
  approvals: z.number(),
  approvers: z.array(z.string()).optional(),
  approverGroups: z.array(z.string()).optional(),
});
const tags = z.array(z.record(z.string(), z.string()));

const proposed = z.object({
  kind: z.literal('run-proposed'),
  at: z.iso.datetime(),
  code: z.string(),
  operation: z.string(),
  actor: z.object({ oid: z.string() }),
  details: z.object({
    risk: z.enum(['reversible', 'disruptive', 'destructive']),
    resources: z.array(z.string()),
    tags: tags.optional(),
    reason: z.string().optional(),
    repeats: z.string().exactOptional(),
    requirement,
  }),
});

/** What takes a run off the limits again: it ended before anything was done. */
const ended = z.object({ code: z.string(), to: z.enum(withoutEffect) });

/** What the runs on record since a moment would have needed under another policy, where that differs from what they did need. */
export async function replay(trail: AuditTrail, policy: Policy, since: Date): Promise<readonly PolicyDifference[]> {
  const differences: PolicyDifference[] = [];
  const counted = new Map<string, Counted>();
  for await (const record of recordsOf(trail)) {
    const body: unknown = JSON.parse(record.body);
    const gone = ended.safeParse(body);
    if (gone.success) counted.delete(gone.data.code);
    const event = proposed.safeParse(body);
    if (!event.success || new Date(event.data.at).getTime() < since.getTime() - limitedFor) continue;
    const difference = differenceOf(event.data, policy, counted);
    if (new Date(event.data.at) < since) continue;
    if (difference.was !== difference.wouldBe) differences.push(difference);
  }
  return differences;
}

function differenceOf(
  { at, code, operation, actor, details }: z.infer<typeof proposed>,
  policy: Policy,
  counted: Map<string, Counted>,
): PolicyDifference {
  const { risk, resources, reason, repeats } = details;
  const request = {
    ...(repeats !== undefined && { repeats }),
    operation,
    risk,
    resources,
    tags: details.tags,
    requester: actor.oid,
    at: new Date(at),
  };
  const verdict = evaluate(policy, reason === undefined ? request : { ...request, reason });
  const reached = limitReached(verdict.limits, [...counted.values()], request.at);
  const rule = verdict.refusal?.rule ?? reached?.rule;
  const refused = rule === undefined ? undefined : `refused by ${rule}`;
  if (rule === undefined) counted.set(code, { at, rules: verdict.rules, requester: actor.oid, operation, resources });
  const tagsKnown = details.tags !== undefined;
  return {
    at,
    code,
    operation,
    was: told(details.requirement),
    wouldBe: refused ?? told(verdict.requirement),
    tagsKnown,
  };
}

function told({
  confirmation,
  approvals,
  approvers,
  approverGroups,
}: {
  confirmation: string;
  approvals: number;
  approvers?: readonly string[] | undefined;
  approverGroups?: readonly string[] | undefined;
}): string {
  const among = approvers === undefined ? '' : ` among ${approvers.toSorted().join(' ')}`;
  const inGroups = approverGroups === undefined ? '' : ` in ${approverGroups.toSorted().join(' ')}`;
  return `${confirmation}, ${approvals} approvals${among}${inGroups}`;
}
