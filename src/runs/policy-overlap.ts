import { builtInPolicy, groupNamed, matchesId } from './policy.ts';
import type { Fault, KnownOperations } from './policy-faults.ts';
import type { PolicyRule, PolicyText } from './policy-schema.ts';
import { liesInScope } from './policy-scope.ts';

/**
 * Rules that nobody could ever satisfy: whatever they match is matched by others as well, and together these ask for more people
 * than are in all of the groups that they name. Groups of Entra are not looked into.
 */
export function quorumFaults(policy: PolicyText, at: number, operations: KnownOperations): readonly Fault[] {
  const rule = policy.rules[at];
  if (rule === undefined) return [];
  const others = [...builtInPolicy.rules, ...policy.rules].filter((one) => one !== rule);
  const together = [rule, ...others.filter((other) => implies(rule, other, operations))];
  const groups = together.flatMap((one) => membersOf(policy, one));
  const [first] = groups;
  if (first === undefined) return [];
  const approvals = Math.max(...together.map(({ require: wanted }) => wanted?.approvals ?? 1));
  const members = first.filter((oid) => groups.every((group) => group.includes(oid))).length;
  if (approvals <= members) return [];
  const field = rule.require?.approvals === undefined ? 'approvers' : 'approvals';
  const path = rule.require?.[field] === undefined ? ['rules', at, 'when'] : ['rules', at, 'require', field];
  const partners = together.slice(1).filter((one) => one.require !== undefined);
  const also = partners.length === 0 ? '' : `, together with ${partners.map(({ id }) => id).join(', ')}`;
  return [{ path, reason: `asks for ${approvals} of a group of ${members}${also}` }];
}

function membersOf({ groups }: PolicyText, { require: wanted }: PolicyRule): readonly (readonly string[])[] {
  const group = wanted?.approvers === undefined ? undefined : groupNamed(groups, wanted.approvers);
  return group === undefined || 'entra' in group ? [] : [[...new Set(group)]];
}

/** Whether whatever the one matches is matched by the other; no where it cannot be told. */
function implies({ when: one }: PolicyRule, { when: other }: PolicyRule, operations: KnownOperations): boolean {
  const ids = operationsOf(other, operations);
  return (
    [...operationsOf(one, operations)].every((id) => ids.has(id)) &&
    (other.scopes === undefined || isInside(one.scopes, other.scopes)) &&
    hasNarrowerTags(one.tags, other.tags) &&
    (['within', 'outside'] as const).every(
      (hours) => other[hours] === undefined || JSON.stringify(one[hours]) === JSON.stringify(other[hours]),
    )
  );
}

function operationsOf({ risk, operations: patterns }: PolicyRule['when'], known: KnownOperations): ReadonlySet<string> {
  const matching = [...known].filter(
    ([id, operation]) =>
      (risk?.includes(operation.risk) ?? true) && (patterns?.some((pattern) => matchesId(pattern, id)) ?? true),
  );
  return new Set(matching.map(([id]) => id));
}

function isInside(inner: readonly string[] | undefined, outer: readonly string[]): boolean {
  return inner?.every((scope) => outer.some((around) => liesInScope(around, scope))) ?? false;
}

/** Every tag that the other asks for is asked for here too, with no further value. */
function hasNarrowerTags(inner: PolicyRule['when']['tags'], outer: PolicyRule['when']['tags'] = {}): boolean {
  return Object.entries(outer).every(([name, values]) => {
    const wanted = Object.entries(inner ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
    return wanted?.every((value) => values.some((one) => one.toLowerCase() === value.toLowerCase())) ?? false;
  });
}
