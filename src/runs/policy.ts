import type { ChangingOperation } from '../operations/operation.ts';
import { canonical, sha256 } from '../store/index.ts';
import { isWithin } from './policy-hours.ts';
import { type Limit, limitOf } from './policy-limits.ts';
import type { PolicyGroup, PolicyRule } from './policy-schema.ts';
import { liesInScope } from './policy-scope.ts';
import type { Requirement } from './run.ts';

/** What is agreed upon before runs may start: the built-in rules, and those of the policy file on top. */
export interface Policy {
  readonly groups: Readonly<Record<string, PolicyGroup>>;
  readonly rules: readonly PolicyRule[];
  /** Who may start a run without its approvals; absent: nobody. */
  readonly breakGlass?: { readonly group: PolicyGroup };
}

/** What the policy decides on. */
export interface PolicyRequest {
  readonly operation: string;
  /** The operation that it begins anew, where it restarts a job: rules about that one count as well. */
  readonly repeats?: string;
  readonly risk: ChangingOperation['risk'];
  /** ARM ids of what is touched. */
  readonly resources: readonly string[];
  /** Of each VM that is touched; undefined when it could not be looked at. */
  readonly tags: readonly Readonly<Record<string, string>>[] | undefined;
  /** Entra object id. */
  readonly requester: string;
  readonly reason?: string;
  readonly at: Date;
}

/** What a request needs, or why it is refused; `rules` names every rule that had a say. */
export interface Verdict {
  readonly requirement: Requirement;
  readonly rules: readonly string[];
  /** How many such runs there may be in an hour; counting them is for who knows the runs. */
  readonly limits: readonly Limit[];
  readonly refusal?: {
    readonly code: 'denied-by-policy' | 'reason-required';
    readonly rule: string;
    /** What the rule says, or what the reason has to look like. */
    readonly because: string;
  };
}

/** In production whatever destroys needs a third person. */
const productionRule: PolicyRule = {
  id: 'built-in-production',
  when: { risk: ['destructive'], tags: { env: ['prod', 'production'] } },
  require: { approvals: 2 },
};

/** Names the rules that were in force: SHA-256 of them (the first 12 of its hex digits), the same for the same rules however the file is laid out. */
export function policyVersion(policy: Policy): string {
  return sha256(canonical(policy)).slice(0, 12);
}

/** What holds without a policy file. */
export const builtInPolicy: Policy = { groups: {}, rules: [productionRule] };

/** The built-in policy with the rules of a file on top. */
export function withBuiltIn(file: Policy): Policy {
  return { ...file, rules: [...builtInPolicy.rules, ...file.rules] };
}

/** What can be undone needs the requester's click, what disrupts a second person, what destroys the name typed as well. */
const byRisk: Record<PolicyRequest['risk'], Requirement> = {
  reversible: { confirmation: 'click', approvals: 0 },
  disruptive: { confirmation: 'none', approvals: 1 },
  destructive: { confirmation: 'typed-name', approvals: 1 },
};

/**
 * Evaluates a request without acting. Rules only tighten: the most approvals, the strictest confirmation, the approvers that
 * all rules agree on, and any denial. So a further rule never permits more.
 */
export function evaluate(policy: Policy, request: PolicyRequest): Verdict {
  const fired = policy.rules.filter((rule) => matches(rule, request));
  const rules = fired.map(({ id }) => id);
  const requirement = fired.reduce((sum, rule) => tightened(sum, rule, policy), byRisk[request.risk]);
  const refusal = denial(fired) ?? missingReason(fired, request) ?? tooFewApprovers(requirement, rules, request);
  const told = rules.length === 0 ? requirement : { ...requirement, rules };
  const limits = fired.flatMap((rule) => limitOf(rule, request));
  return { requirement: told, rules, limits, ...(refusal === undefined ? {} : { refusal }) };
}

/** Whether the tags of what is touched could change the verdict: only then are they worth a question to Azure. */
export function asksForTags(policy: Policy, request: PolicyRequest): boolean {
  return policy.rules.some((rule) => rule.when.tags !== undefined && matches(rule, { ...request, tags: undefined }));
}

function matches({ when }: PolicyRule, request: PolicyRequest): boolean {
  return (
    (when.risk?.includes(request.risk) ?? true) &&
    (when.operations?.some((pattern) => isMeant(pattern, request)) ?? true) &&
    (when.scopes?.some((scope) => request.resources.some((id) => liesInScope(scope, id))) ?? true) &&
    (when.tags === undefined || request.tags === undefined || request.tags.some((tags) => hasTags(tags, when.tags))) &&
    (when.within === undefined || isWithin(when.within, request.at)) &&
    (when.outside === undefined || !isWithin(when.outside, request.at))
  );
}

/** The group of that name; no word that every object knows, such as `constructor`, is one. */
export function groupNamed(groups: Policy['groups'], name: string): PolicyGroup | undefined {
  return Object.hasOwn(groups, name) ? groups[name] : undefined;
}

function isMeant(pattern: string, { operation, repeats = operation }: PolicyRequest): boolean {
  return matchesId(pattern, operation) || matchesId(pattern, repeats);
}

/** `failover.*` matches `failover.start`; a star stands for any text. */
export function matchesId(pattern: string, id: string): boolean {
  return new RegExp(
    `^${pattern
      .split('*')
      .map((part) => RegExp.escape(part))
      .join('.*')}$`,
  ).test(id);
}

/** Azure's tag names compare in any casing. */
function hasTags(tags: Readonly<Record<string, string>>, wanted: PolicyRule['when']['tags'] = {}): boolean {
  return Object.entries(wanted).every(([name, values]) =>
    Object.entries(tags).some(
      ([key, value]) =>
        key.toLowerCase() === name.toLowerCase() && values.some((one) => one.toLowerCase() === value.toLowerCase()),
    ),
  );
}

const strictness = ['none', 'click', 'typed-name'] as const;

function tightened(sum: Requirement, { require: wanted = {} }: PolicyRule, { groups }: Policy): Requirement {
  const stricter = Math.max(strictness.indexOf(sum.confirmation), strictness.indexOf(wanted.confirmation ?? 'none'));
  const group = wanted.approvers === undefined ? undefined : (groupNamed(groups, wanted.approvers) ?? []);
  const least = group === undefined ? 0 : 1;
  return {
    ...sum,
    confirmation: strictness[stricter] ?? sum.confirmation,
    approvals: Math.max(sum.approvals, wanted.approvals ?? least),
    ...amongBoth(sum, group),
  };
}

/** Who may approve by the rules so far and by a further group. Membership in Entra is for Azure to tell, when somebody approves. */
function amongBoth(sum: Requirement, group: PolicyGroup | undefined): Partial<Requirement> {
  if (group === undefined) return {};
  if ('entra' in group) return { approverGroups: [...new Set([...(sum.approverGroups ?? []), group.entra])] };
  return { approvers: sum.approvers?.filter((oid) => group.includes(oid)) ?? group };
}

function denial(fired: readonly PolicyRule[]): Verdict['refusal'] {
  const rule = fired.find(({ deny }) => deny !== undefined);
  return rule === undefined ? undefined : { code: 'denied-by-policy', rule: rule.id, because: rule.deny ?? '' };
}

function missingReason(fired: readonly PolicyRule[], { reason = '' }: PolicyRequest): Verdict['refusal'] {
  const given = reason.trim();
  const rule = fired.find(({ require: wanted }) => {
    if (wanted?.ticket !== undefined && !new RegExp(wanted.ticket).test(given)) return true;
    return wanted?.reason === true && given === '';
  });
  return rule === undefined
    ? undefined
    : { code: 'reason-required', rule: rule.id, because: rule.require?.ticketExample ?? rule.require?.ticket ?? '' };
}

/** Groups that have nobody in common, or only the requester, could never agree. */
function tooFewApprovers(
  requirement: Requirement,
  rules: readonly string[],
  request: PolicyRequest,
): Verdict['refusal'] {
  const others = requirement.approvers?.filter((oid) => oid !== request.requester);
  if (others === undefined || others.length >= requirement.approvals) return undefined;
  return { code: 'denied-by-policy', rule: rules.join(', '), because: 'too few approvers' };
}
