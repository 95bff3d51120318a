import type { PolicyRequest } from './policy.ts';
import type { PolicyRule } from './policy-schema.ts';
import { liesInScope } from './policy-scope.ts';

/** What a rule says about the number of runs, for one request: `of` names what is counted, each apart. */
export interface Limit {
  readonly rule: string;
  readonly runs: number;
  readonly by: 'requester' | 'operation' | 'scope';
  /** The requester's object id, the operation's id, or the scopes of the rule that the request lies in. */
  readonly of: readonly string[];
}

/** A run that is on record, as limits count it. */
export interface Counted {
  /** ISO 8601. */
  readonly at: string;
  /** Ids of the rules that matched it. */
  readonly rules: readonly string[];
  readonly requester: string;
  readonly operation: string;
  /** ARM ids of what it touches. */
  readonly resources: readonly string[];
}

/** A limit that is used up, and when the next run is possible, ISO 8601. */
export interface Reached {
  readonly rule: string;
  readonly runs: number;
  readonly again: string;
}

/** How long a run is counted, in milliseconds. */
export const limitedFor = 60 * 60 * 1000;

/** What a rule that matches a request says about their number; nothing for most rules. */
export function limitOf(rule: PolicyRule, request: PolicyRequest): readonly Limit[] {
  if (rule.limit === undefined) return [];
  const { runs, by } = rule.limit;
  return [{ rule: rule.id, runs, by, of: countedBy(rule, request)[by] }];
}

function countedBy({ when }: PolicyRule, { requester, operation, resources }: PolicyRequest) {
  const scopes = (when.scopes ?? []).filter((scope) => resources.some((id) => liesInScope(scope, id)));
  return { requester: [requester], operation: [operation], scope: scopes };
}

/** The limit that a further run would exceed: of several the one that keeps it waiting longest. */
export function limitReached(limits: readonly Limit[], earlier: readonly Counted[], at: Date): Reached | undefined {
  const since = new Date(at.getTime() - limitedFor).toISOString();
  const recent = earlier.filter((one) => one.at > since);
  const reached = limits.flatMap((limit) => limit.of.flatMap((of) => waitFor(limit, of, recent)));
  return reached.toSorted((a, b) => b.again.localeCompare(a.again))[0];
}

function waitFor({ rule, runs, by }: Limit, of: string, recent: readonly Counted[]): readonly Reached[] {
  const times = recent.filter((one) => one.rules.includes(rule) && isOf(one, by, of)).map(({ at }) => at);
  const free = times.sort().at(-runs);
  if (free === undefined) return [];
  return [{ rule, runs, again: new Date(new Date(free).getTime() + limitedFor).toISOString() }];
}

function isOf({ requester, operation, resources }: Counted, by: Limit['by'], of: string): boolean {
  if (by === 'scope') return resources.some((id) => liesInScope(of, id));
  return (by === 'requester' ? requester : operation) === of;
}
