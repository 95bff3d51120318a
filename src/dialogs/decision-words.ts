import { z } from 'zod';
import { say } from '../message.ts';
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

/** Without a code the runs that wait are shown, with theirs. */
async function byCode(context: WordContext, wish: WithoutRun<DecisionWish>): Promise<void> {
  const { options, dialogs, person, said } = context;
  const code = textOf(said.run?.value ?? said.run?.said);
  if (code === undefined)
    return await showAnswer(
      options,
      dialogs.context,
      await pendingRuns(options.contextFor(person.actor, person.reader)),
    );
  await dialogs.cancelAllDialogs();
  await carryOut(options, dialogs, { ...wish, run: { code: code.toUpperCase() } });
}

function commentOf({ said }: WordContext): string | undefined {
  return textOf(said.words?.value ?? said.words?.said);
}
