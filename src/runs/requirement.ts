import { CatalogueError } from '../errors.ts';
import type { Context } from '../operations/context.ts';
import type { ChangingOperation } from '../operations/operation.ts';
import type { Engine } from './engine.ts';
import type { Examination } from './examine.ts';
import { asksForTags, evaluate, type PolicyRequest, type Verdict } from './policy.ts';
import type { Limit } from './policy-limits.ts';
import type { Proposal, Requirement } from './run.ts';
import { touchedTags } from './touched-tags.ts';

/** A request that has been looked at, as the policy is asked about it. */
export interface Considered extends Pick<Examination, 'preview'> {
  readonly proposal: Pick<Proposal, 'actor' | 'reason'>;
  readonly operation: ChangingOperation;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What the policy asks for, and what it looked at: on record, so that another policy can be tried on it later. */
export interface Agreement {
  readonly requirement: Requirement;
  readonly resources: readonly string[];
  /** Counted when the run is kept. */
  readonly limits: readonly Limit[];
  readonly tags?: readonly Readonly<Record<string, string>>[];
}

/** What the policy asks for; Azure is asked for tags only when they matter. @throws CatalogueError `denied-by-policy` or `reason-required`, naming the rule. */
export async function requirementFor(engine: Engine, context: Context, considered: Considered): Promise<Agreement> {
  const request = requestOf(engine, considered);
  const { resources } = request;
  const tags = asksForTags(engine.policy, request) ? await touchedTags(context, resources) : undefined;
  const { requirement, limits, refusal } = evaluate(engine.policy, { ...request, tags });
  if (refusal === undefined) return { requirement, limits, resources, ...(tags === undefined ? {} : { tags }) };
  throw new CatalogueError(refusal.code, { values: { rule: refusal.rule, because: refusal.because } });
}

/**
 * What the policy asks for at the start of a run that was agreed to. Tags that cannot be looked at now are as they were then, when whatever they ask for
 * was agreed to: an outage of Resource Graph is no reason to hold up an approved failover.
 */
export async function requirementNow(engine: Engine, context: Context, considered: Considered): Promise<Verdict> {
  const request = requestOf(engine, considered);
  const asks = asksForTags(engine.policy, request);
  const tags = (asks ? await touchedTags(context, request.resources) : undefined) ?? [];
  return evaluate(engine.policy, { ...request, tags });
}

function requestOf(engine: Engine, { proposal, operation, parameters, preview }: Considered): PolicyRequest {
  return {
    operation: operation.id,
    risk: operation.risk,
    resources: [...new Set([...operation.targets(parameters), ...preview.resources])],
    ...(preview.continues?.anew === true && { repeats: preview.continues.operation }),
    tags: undefined,
    requester: proposal.actor.oid,
    ...(proposal.reason === undefined ? {} : { reason: proposal.reason }),
    at: engine.now(),
  };
}
