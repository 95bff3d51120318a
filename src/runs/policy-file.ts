import { readFileSync } from 'node:fs';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { matchesId, type Policy, withBuiltIn } from './policy.ts';
import { type PolicyText, policySchema } from './policy-schema.ts';

/** A policy file that cannot be meant: the file, the line and the reason, of each fault. Start-up stops with it. */
export class PolicyFault extends Error {
  override readonly name = 'PolicyFault';
}

interface Fault {
  readonly path: readonly PropertyKey[];
  readonly reason: string;
}

/**
 * Reads a policy file, YAML or JSON, and puts it on top of the built-in rules.
 * @param operations ids of every operation that becomes a run: a rule for none of them can never match.
 * @throws PolicyFault naming each fault with its line.
 */
export function loadPolicy(path: string, operations: Iterable<string>): Policy {
  return parsePolicy(readFileSync(path, 'utf8'), path, operations);
}

/** As `loadPolicy`, from text; `name` stands for the file in the messages. */
export function parsePolicy(text: string, name: string, operations: Iterable<string>): Policy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken !== undefined) throw new PolicyFault(`${name}:${lines.linePos(broken.pos[0]).line}: ${broken.message}`);
  const parsed = policySchema.safeParse(document.toJS());
  const faults = parsed.success
    ? faultsOf(parsed.data, [...operations])
    : parsed.error.issues.map((issue) => ({ path: issue.path, reason: issue.message }));
  if (faults.length > 0 || !parsed.success) throw new PolicyFault(faults.map(told).join('\n'));
  return withBuiltIn({ groups: parsed.data.groups, rules: parsed.data.rules });

  function told({ path, reason }: Fault): string {
    return `${name}:${lineOf(document, path, lines)}: ${path.map(String).join('.')}: ${reason}`;
  }
}

/** What is of the right form and still cannot be meant. */
function faultsOf(policy: PolicyText, operations: readonly string[]): readonly Fault[] {
  return policy.rules.flatMap((rule, at) => [
    ...sameIdFaults(policy, at),
    ...groupFaults(policy, at),
    ...(rule.when.operations ?? []).flatMap((pattern, index): Fault[] => {
      if (operations.some((id) => matchesId(pattern, id))) return [];
      return [
        { path: ['rules', at, 'when', 'operations', index], reason: `matches no operation, so it can never match` },
      ];
    }),
  ]);
}

function sameIdFaults({ rules }: PolicyText, at: number): readonly Fault[] {
  const first = rules.findIndex(({ id }) => id === rules[at]?.id);
  return first === at ? [] : [{ path: ['rules', at, 'id'], reason: 'is the id of another rule as well' }];
}

function groupFaults({ groups, rules }: PolicyText, at: number): readonly Fault[] {
  const { approvers, approvals = 1 } = rules[at]?.require ?? {};
  if (approvers === undefined) return [];
  const members = new Set(groups[approvers] ?? []).size;
  if (members === 0)
    return [{ path: ['rules', at, 'require', 'approvers'], reason: `there is no group "${approvers}"` }];
  if (approvals <= members) return [];
  const reason = `asks for ${approvals} of a group of ${members}`;
  return [{ path: ['rules', at, 'require', 'approvals'], reason }];
}

/** The line of the nearest thing in the file that a path leads to. */
function lineOf(document: Document, path: readonly PropertyKey[], lines: LineCounter): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
