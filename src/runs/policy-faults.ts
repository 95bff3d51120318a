import type { ChangingOperation } from '../operations/operation.ts';
import { builtInPolicy, matchesId } from './policy.ts';
import { everHolds } from './policy-hours.ts';
import type { PolicyRule, PolicyText } from './policy-schema.ts';

/** Operations that become runs, by id, with how much each can hurt. */
export type KnownOperations = ReadonlyMap<string, Pick<ChangingOperation, 'risk'>>;

/** What is wrong, and where in the file: keys and positions from the top. */
export interface Fault {
  readonly path: readonly PropertyKey[];
  readonly reason: string;
}

/** What is of the right form and still cannot be meant. */
export function faultsOf(policy: PolicyText, operations: KnownOperations): readonly Fault[] {
  return [
    ...policy.rules.flatMap((rule, at) => [
      ...idFaults(policy, at),
      ...groupFaults(policy, at),
      ...whenFaults(rule, at, operations),
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

function groupFaults({ groups, rules }: PolicyText, at: number): readonly Fault[] {
  const { approvers, approvals = 1 } = rules[at]?.require ?? {};
  if (approvers === undefined) return [];
  const group = groups[approvers];
  if (group === undefined)
    return [{ path: ['rules', at, 'require', 'approvers'], reason: `there is no group "${approvers}"` }];
  if ('entra' in group) return [];
  const members = new Set(group.map((oid) => oid.toLowerCase())).size;
  if (approvals <= members) return [];
  const reason = `asks for ${approvals} of a group of ${members}`;
  return [{ path: ['rules', at, 'require', 'approvals'], reason }];
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
  if (breakGlass === undefined || groups[breakGlass.group] !== undefined) return [];
  return [{ path: ['breakGlass', 'group'], reason: `there is no group "${breakGlass.group}"` }];
}
