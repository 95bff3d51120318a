import { CatalogueError } from '../errors.ts';
import { say, type Text } from '../message.ts';
import { runMessages } from './messages.ts';
import type { Verdict } from './policy.ts';
import type { StoredRun } from './run.ts';

const strictness = ['none', 'click', 'typed-name'] as const;

/**
 * Why what was agreed to is not enough for what the policy says now, of another hour, of tags that were changed since, or of another file; undefined
 * while it is. A broken glass stands for approvals, and for no refusal.
 */
export function asksForMore(
  run: Pick<StoredRun, 'requirement' | 'approvals' | 'breakGlass'>,
  { requirement: now, refusal, rules }: Verdict,
): { readonly why: Text; readonly advice?: Text } | undefined {
  if (refusal !== undefined) {
    const { text, advice } = new CatalogueError(refusal.code, { values: { ...refusal } });
    return { why: text, advice };
  }
  const enough = run.breakGlass?.usedAt !== undefined || (isConfirmed(run, now) && isApproved(run, now));
  return enough ? undefined : { why: say(runMessages.asksForMore, { rules: [...rules] }) };
}

type Agreed = Parameters<typeof asksForMore>[0];
type Wanted = StoredRun['requirement'];

function isConfirmed({ requirement: was }: Agreed, now: Wanted): boolean {
  return strictness.indexOf(now.confirmation) <= strictness.indexOf(was.confirmation);
}

/** Whoever approved was asked for their groups then; a further group has been asked of nobody. */
function isApproved({ requirement: was, approvals }: Agreed, now: Wanted): boolean {
  const named = approvals.filter(({ actor }) => now.approvers?.includes(actor.oid) ?? true);
  const groups = now.approverGroups?.every((group) => was.approverGroups?.includes(group)) ?? true;
  return named.length >= now.approvals && groups;
}
