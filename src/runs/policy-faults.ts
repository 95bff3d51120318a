import type { ChangingOperation } from '../operations/operation.ts';
import { builtInPolicy, groupNamed, matchesId } from './policy.ts';
import { everHolds } from './policy-hours.ts';
import { quorumFaults } from './policy-overlap.ts';
import type { PolicyRule, PolicyText } from './policy-schema.ts';
import { liesInScope } from './policy-scope.ts';

/** Operations that become runs, by id, with how much each can hurt. */
export type KnownOperations = ReadonlyMap<string, Pick<ChangingOperation, 'risk'>>;

/** What is wrong, and where in the file: keys and positions from the top. */
export interface Fault {
  readonly path: readonly PropertyKey[];
  readonly reason: string;
}

/** What a policy is for. */
export interface PolicyWorld {
  readonly operations: KnownOperations;
  /** Ids of the subscriptions that the bot looks after; absent where nobody has said. */
  readonly subscriptionIds?: readonly string[];
}

/** What is of the right form and still cannot be meant. */
export function faultsOf(policy: PolicyText, { operations, subscriptionIds }: PolicyWorld): readonly Fault[] {
  return [
    ...policy.rules.flatMap((rule, at) => [
      ...idFaults(policy, at),
      ...groupFaults(policy, at, operations),
      ...whenFaults(rule, at, operations),
      ...scopeFaults(rule, at, subscriptionIds),
      ...detailFaults(rule, at),
    ]),
    ...breakGlassFaults(policy),
  ];
}

function idFaults({ rules }: PolicyText, at: number): readonly Fault[] {
  const path = ['rules', at, 'id'];
  const id = rules[at]?.id;
  if (builtInPolicy.rules.some((rule) => rule.id === id)) return [{ path, reason: 'is the id of a built-in rule' }];
  return rules.findIndex((rule) => rule.id === id) === at
    ? []
    : [{ path, reason: 'is the id of another rule as well' }];
}

function groupFaults(policy: PolicyText, at: number, operations: KnownOperations): readonly Fault[] {
  const approvers = policy.rules[at]?.require?.approvers;
  if (approvers !== undefined && groupNamed(policy.groups, approvers) === undefined)
    return [{ path: ['rules', at, 'require', 'approvers'], reason: `there is no group "${approvers}"` }];
  return quorumFaults(policy, at, operations);
}

/** What is not looked after is never touched. */
function scopeFaults(
  { when }: PolicyRule,
  at: number,
  subscriptionIds: readonly string[] | undefined,
): readonly Fault[] {
  if (subscriptionIds === undefined) return [];
  const known = subscriptionIds.map((id) => `/subscriptions/${id}`);
  const reason = 'is in no subscription that the bot looks after, so it can never match';
  return (when.scopes ?? []).flatMap((scope, index) =>
    known.some((subscription) => liesInScope(subscription, scope))
      ? []
      : [{ path: ['rules', at, 'when', 'scopes', index], reason }],
  );
}

/** Conditions that no request can meet, each for itself and together. */
function whenFaults({ when }: PolicyRule, at: number, operations: KnownOperations): readonly Fault[] {
  const path = ['rules', at, 'when'];
  const strange = (when.operations ?? []).flatMap((pattern, index): Fault[] =>
    [...operations.keys()].some((id) => matchesId(pattern, id))
      ? []
      : [{ path: [...path, 'operations', index], reason: 'matches no operation, so it can never match' }],
  );
  if (strange.length > 0) return strange;
  const possible = [...operations].some(
    ([id, { risk }]) =>
      (when.risk?.includes(risk) ?? true) && (when.operations?.some((pattern) => matchesId(pattern, id)) ?? true),
  );
  if (!possible)
    return [{ path: [...path, 'risk'], reason: 'is the risk of none of its operations: it can never match' }];
  return everHolds(when) ? [] : [{ path: [...path, 'outside'], reason: 'covers all of within: it can never match' }];
}

/** What a rule asks for must be possible, and what it counts must be named. */
function detailFaults({ when, require: wanted, limit }: PolicyRule, at: number): readonly Fault[] {
  const { ticket, ticketExample } = wanted ?? {};
  const faults: Fault[] = [];
  if (ticketExample !== undefined && !new RegExp(ticket ?? '(?!)').test(ticketExample))
    faults.push({ path: ['rules', at, 'require', 'ticketExample'], reason: 'is no such ticket itself' });
  if (limit?.by === 'scope' && when.scopes === undefined)
    faults.push({ path: ['rules', at, 'limit', 'by'], reason: 'counts by scope, and the rule names no scopes' });
  return faults;
}

function breakGlassFaults({ groups, breakGlass }: PolicyText): readonly Fault[] {
  if (breakGlass === undefined || groupNamed(groups, breakGlass.group) !== undefined) return [];
  return [{ path: ['breakGlass', 'group'], reason: `there is no group "${breakGlass.group}"` }];
}
