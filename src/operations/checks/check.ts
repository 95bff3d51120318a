import type { MessageValue } from '../../message.ts';
import { say } from '../../message.ts';
import { look } from '../facts.ts';
import type { Finding } from '../screen.ts';

/**
 * The findings that several operations share, with their severity: `check.<id>` and `check.<id>.advice` in the locales, a line each in
 * docs/reference/checks.md. What only one operation looks at stands in its own file.
 */
export const checks = {
  'own-right-missing': 'blocks',
  'group-locked': 'blocks',
  'points-locked': 'warns',
  'policy-denies': 'blocks',
  'quota-used-up': 'blocks',
  'size-missing': 'blocks',
  'zone-missing': 'blocks',
  'other-region': 'blocks',
  'subnet-missing': 'blocks',
  'subnet-full': 'blocks',
  'encryption-set-missing': 'blocks',
  'key-unreachable': 'blocks',
  'agent-not-ready': 'warns',
  'not-deallocatable': 'blocks',
  'same-name': 'warns',
  'conflicting-job': 'blocks',
  'disks-excluded': 'blocks',
  'point-encrypted': 'blocks',
  'not-looked': 'warns',
} as const satisfies Record<string, Finding['severity']>;

export type CheckId = keyof typeof checks;

/** A finding of the table above. */
export function finding(id: CheckId, values: Record<string, MessageValue> = {}): Finding {
  return { id, severity: checks[id], text: say(`check.${id}`, values), advice: say(`check.${id}.advice`, values) };
}

/** Looks, and says so where it cannot: a check that could not be made only warns, because Azure has the last word. */
export async function checked(where: string, checking: Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  const seen = await look(where, checking);
  if (seen.seen) return seen.value;
  return [{ ...finding('not-looked', { why: seen.why, where }), unseen: true }];
}

/** All of them at once; what cannot be looked at, for the same reason several times, is said once. */
export async function allOf(checking: readonly Promise<readonly Finding[]>[]): Promise<readonly Finding[]> {
  const found = (await Promise.all(checking)).flat();
  const said = new Set<string>();
  return found.filter((one) => {
    const key = JSON.stringify(one);
    return said.has(key) ? false : said.add(key) !== undefined;
  });
}
