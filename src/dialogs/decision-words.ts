import { z } from 'zod';
import { say } from '../message.ts';
import type { RunSummary } from '../operations/run-summary.ts';
import { pendingRuns } from '../operations/status/run-list.ts';
import type { Verb } from '../runs/run.ts';
import { carryOut, type DecisionWish } from './decision-dialog.ts';
import { showAnswer } from './finish.ts';
import { notice, textOf, type Word, type WordContext } from './word.ts';

/** The words that decide on a run by its code: everything that a button of its card does, and breaking the glass, which has no button. */
export const decisionWords: Readonly<Record<string, Word>> = {
  approve: async (context) => await decideByCode(context, 'approve'),
  reject: async (context) => await decideByCode(context, 'reject'),
  'request-changes': async (context) => await decideByCode(context, 'request-changes'),
  withdraw: async (context) => await decideByCode(context, 'withdraw'),
  'break-glass': async (context) => await decideByCode(context, 'break-glass'),
  reviewed: async (context) => await byCode(context, { does: 'review', comment: commentOf(context) ?? '' }),
  settle: async (context) => await settle(context),
};

const ends = z.enum(['look-again', 'succeeded', 'failed', 'cancelled']);

async function settle(context: WordContext): Promise<void> {
  const found = ends.safeParse(context.said.found?.value);
  if (found.success)
    return await byCode(context, { does: 'settle', found: found.data, comment: commentOf(context) ?? '' });
  await notice(context, { tone: 'neutral', title: say('dialog.how-to-settle') });
}

async function decideByCode(context: WordContext, verb: Verb): Promise<void> {
  const comment = commentOf(context);
  const typedName = textOf(context.said.name?.said);
  const more = { ...(comment !== undefined && { comment }), ...(typedName !== undefined && { typedName }) };
  await byCode(context, { does: 'decide', verb, ...more });
}

type WithoutRun<T> = T extends DecisionWish ? Omit<T, 'run'> : never;

async function byCode(context: WordContext, wish: WithoutRun<DecisionWish>): Promise<void> {
  const { options, dialogs, said } = context;
  const code = textOf(said.run?.value ?? said.run?.said);
  if (code === undefined) return await whichRun(context, wish);
  await dialogs.cancelAllDialogs();
  await carryOut(options, dialogs, { ...wish, run: { code: code.toUpperCase() } });
}

/** Without a code nothing is decided: the runs that wait are shown, with what to type for the only one, or the first, that this person may mean. */
async function whichRun({ options, dialogs, person }: WordContext, wish: WithoutRun<DecisionWish>): Promise<void> {
  const context = options.contextFor(person.actor, person.reader);
  const waiting = await context.runs.awaitingApproval(person.actor.tenantId);
  const [first, ...others] = waiting.filter((run) => waitsFor(wish, run, person.actor.oid));
  const answer = await pendingRuns(context);
  if (first === undefined || wish.does !== 'decide') return await showAnswer(options, dialogs.context, answer);
  const { code, target } = first;
  const how = say(`dialog.type-${wish.verb}`, { code });
  const lead = say(others.length === 0 ? 'dialog.one-waits' : 'dialog.several-wait', { code, target, how });
  await showAnswer(options, dialogs.context, { ...answer, lead });
}

/** Only the requester withdraws; whoever asked, or has approved already, does not decide. What else is needed is seen when they do. */
function waitsFor(wish: WithoutRun<DecisionWish>, { requester, approvals }: RunSummary, oid: string): boolean {
  if (wish.does !== 'decide' || !typed.has(wish.verb)) return false;
  if (wish.verb === 'withdraw') return requester.oid === oid;
  return requester.oid !== oid && approvals.every((approval) => approval.oid !== oid);
}

/** Decisions of which a person can be told what to type. */
const typed: ReadonlySet<Verb> = new Set(['approve', 'reject', 'request-changes', 'withdraw']);

function commentOf({ said }: WordContext): string | undefined {
  return textOf(said.words?.value ?? said.words?.said);
}
