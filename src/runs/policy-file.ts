import { readFileSync } from 'node:fs';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Policy } from './policy.ts';
import { groupNamed, withBuiltIn } from './policy.ts';
import { type Fault, faultsOf, type PolicyWorld } from './policy-faults.ts';
import { type PolicyText, policySchema } from './policy-schema.ts';

/** A policy file that cannot be meant: the file, the line and the reason, of each fault. Start-up stops with it. */
export class PolicyFault extends Error {
  override readonly name = 'PolicyFault';
}

/** What asks Azure whether it knows a group of Entra. @throws CatalogueError when Azure does not tell. */
export type KnowsGroup = (entra: string) => Promise<boolean>;

/**
 * Reads a policy file, YAML or JSON, and puts it on top of the built-in rules.
 * @param world every operation that becomes a run, and the subscriptions that are looked after: a rule for none of them can never match.
 * @throws PolicyFault naming each fault with its line.
 */
export function loadPolicy(path: string, world: PolicyWorld): Policy {
  return parsePolicy(textOf(path), path, world);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const { code = 'unreadable' } = cause as NodeJS.ErrnoException;
    throw new PolicyFault(`${path}: cannot be read (${code})`, { cause });
  }
}

/** As `loadPolicy`, from text; `name` stands for the file in the messages. */
export function parsePolicy(text: string, name: string, world: PolicyWorld): Policy {
  const { groups, rules, breakGlass } = read(text, name, world).policy;
  const group = breakGlass === undefined ? undefined : groupNamed(groups, breakGlass.group);
  return withBuiltIn({ groups, rules, ...(group === undefined ? {} : { breakGlass: { group } }) });
}

/**
 * Asks Azure about the Entra groups of a policy file.
 * @throws PolicyFault for each group that Azure does not know, with its line; whatever `knows` throws when Azure does not tell.
 */
export async function assertGroupsKnown(text: string, name: string, knows: KnowsGroup): Promise<void> {
  const { policy, told } = read(text, name, undefined);
  const reason = 'is a group that no role assignment of the subscriptions names, so nobody could be found in it';
  const faults: string[] = [];
  for (const [key, group] of Object.entries(policy.groups)) {
    if ('entra' in group && !(await knows(group.entra))) faults.push(told({ path: ['groups', key, 'entra'], reason }));
  }
  if (faults.length > 0) throw new PolicyFault(faults.join('\n'));
}

interface ReadPolicy {
  readonly policy: PolicyText;
  readonly told: (fault: Fault) => string;
}

/** @param world undefined: what the file means has been looked at already. */
function read(text: string, name: string, world: PolicyWorld | undefined): ReadPolicy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const told = ({ path, reason }: Fault) =>
    `${name}:${lineOf(document, path, lines)}: ${path.map(String).join('.')}: ${reason}`;
  const [broken] = document.errors;
  if (broken !== undefined)
    throw new PolicyFault(`${name}:${lines.linePos(broken.pos[0]).line}: ${broken.message.split('\n')[0]}`);
  const parsed = policySchema.safeParse(document.toJS());
  if (!parsed.success) throw new PolicyFault(parsed.error.issues.flatMap(formFaults).map(told).join('\n'));
  const faults = world === undefined ? [] : faultsOf(parsed.data, world);
  if (faults.length > 0) throw new PolicyFault(faults.map(told).join('\n'));
  return { policy: parsed.data, told };
}

/** Of a key that nobody knows the line is its own, not the one of what it stands in. */
function formFaults({ path, message, ...issue }: z.core.$ZodIssue): readonly Fault[] {
  if (issue.code !== 'unrecognized_keys') return [{ path, reason: message }];
  return issue.keys.map((key) => ({ path: [...path, key], reason: 'is no key that is known here' }));
}

/** The line of the nearest thing in the file that a path leads to. */
function lineOf(document: Document, path: readonly PropertyKey[], lines: LineCounter): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
