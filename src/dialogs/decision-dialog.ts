import type { DialogContext, DialogTurnResult } from 'botbuilder-dialogs';
import { z } from 'zod';
import type { Understanding } from '../language/recognize.ts';
import { say, type Text } from '../message.ts';
import type { Decision, DecisionResult, Review, Settlement } from '../runs/run.ts';
import { type Asked, answered, newQuestion, send } from './asking.ts';
import { Dialog } from './framework.ts';
import type { Person, TalkOptions } from './options.ts';
import { show } from './show.ts';
import { turnOf } from './turn.ts';

/** What somebody wants of a run, as far as they have said it. Plain JSON: it is stored while a question is open. */
export type DecisionWish =
  | ({ readonly does: 'decide' } & Pick<Decision, 'run' | 'verb' | 'comment' | 'typedName'>)
  | ({ readonly does: 'settle' } & Pick<Settlement, 'run' | 'found' | 'comment'>)
  | ({ readonly does: 'review' } & Pick<Review, 'run' | 'comment'>);

/** What a decision lacks, and how it is asked for. */
interface Lack {
  readonly wish: DecisionWish;
  readonly lacks: 'comment' | 'typedName';
  readonly title: Text;
  readonly lead: Text;
}

interface State extends Lack {
  asked?: Asked;
}

const decisionDialogId = 'decision';

/** Asks for the words that a decision still lacks; the next message of the same person is the answer. It decides nothing. */
export class DecisionDialog extends Dialog {
  readonly #options: TalkOptions;

  constructor(options: TalkOptions) {
    super(decisionDialogId);
    this.#options = options;
  }

  override async beginDialog(dialogs: DialogContext, lack?: object): Promise<DialogTurnResult> {
    const state = stateOf(dialogs);
    Object.assign(state, structuredClone(lack));
    const { title, lead } = state;
    const asked = newQuestion(this.#options, { parameter: state.lacks, title, lead, choices: [] });
    state.asked = asked;
    const messageId = await send(this.#options, dialogs.context, asked);
    if (messageId !== undefined) state.asked = { ...asked, messageId };
    return Dialog.EndOfTurn;
  }

  override async continueDialog(dialogs: DialogContext): Promise<DialogTurnResult> {
    const { wish, lacks, asked } = stateOf(dialogs);
    const { answer } = turnOf(dialogs.context);
    const words = 'words' in answer ? answer.words.trim() : '';
    if (words === '') return Dialog.EndOfTurn;
    if (asked !== undefined) await answered(this.#options, dialogs.context, { asked });
    const ended = await dialogs.endDialog();
    await carryOut(this.#options, dialogs, { ...wish, [lacks]: words });
    return ended;
  }
}

/** Whether somebody was asked for words that can be about anything: a reason, what was seen. */
export function awaitsComment({ activeDialog }: DialogContext): boolean {
  return activeDialog?.id === decisionDialogId && lacksComment.safeParse(activeDialog.state).success;
}

const lacksComment = z.object({ lacks: z.literal('comment') });

/** Only calling it off, or a decision on a run by its code, is not the answer: a reason may read like a question ("the site is down"). */
export function leavesComment({ operation, parameters }: Pick<Understanding, 'operation' | 'parameters'>): boolean {
  if (operation === 'cancel' || operation === 'decline') return true;
  return 'run' in parameters && operation !== null && deciding.has(operation);
}

const deciding: ReadonlySet<string> = new Set([
  'approve',
  'reject',
  'request-changes',
  'withdraw',
  'break-glass',
  'reviewed',
  'settle',
]);

function stateOf(dialogs: DialogContext): State {
  return dialogs.activeDialog?.state as State;
}

/**
 * Hands a decision to the runs and tells what became of it. What is refused only for want of words is asked for; the run's own card
 * tells an accepted decision to everybody else.
 */
export async function carryOut(options: TalkOptions, dialogs: DialogContext, wish: DecisionWish): Promise<void> {
  const { person, remember } = turnOf(dialogs.context);
  const result = await asked(options, person, wish);
  const lack = lackOf(wish, result);
  if (!result.accepted) await remember({ numbered: [], refusal: { why: result.why, advice: result.advice } });
  if (lack !== undefined) return void (await dialogs.beginDialog(decisionDialogId, lack));
  const notice = result.accepted
    ? ({ tone: 'good', title: say(`dialog.done-${nameOf(wish)}`, namesOf(result.run)) } as const)
    : ({ tone: 'warning', title: result.why, lead: result.advice } as const);
  await show(options, dialogs.context, person.reader, { screen: 'notice', notice });
}

async function asked(options: TalkOptions, person: Person, wish: DecisionWish): Promise<DecisionResult> {
  const by = { actor: person.actor, conversationId: person.conversationId };
  switch (wish.does) {
    case 'decide':
      return await options.runs().decide({ ...wish, ...by });
    case 'settle':
      return await options.runs().settle({ ...wish, ...by });
    case 'review':
      return await options.runs().review({ ...wish, ...by });
  }
}

const lacks: Readonly<Record<string, Lack['lacks']>> = {
  'rejection-reason-required': 'comment',
  'changes-comment-required': 'comment',
  'break-glass-reason-required': 'comment',
  'settle-comment-required': 'comment',
  'review-comment-required': 'comment',
};

function lackOf(wish: DecisionWish, result: DecisionResult): Lack | undefined {
  const breaksGlass = wish.does === 'decide' && wish.verb === 'break-glass';
  if (!result.accepted) {
    const missing = breaksGlass && result.code === 'typed-name-wrong' ? 'typedName' : lacks[result.code];
    return missing && { wish, lacks: missing, title: result.why, lead: result.advice };
  }
  if (!breaksGlass || wish.typedName !== undefined) return undefined;
  const { comment: _kept, ...again } = wish;
  const title = say('dialog.ask-glass-name', namesOf(result.run));
  return { wish: again, lacks: 'typedName', title, lead: say('dialog.ask-glass-lead') };
}

function nameOf(wish: DecisionWish): string {
  return wish.does === 'decide' ? wish.verb : wish.does;
}

function namesOf({ code, targetName }: { readonly code: string; readonly targetName: string }) {
  return { code, target: targetName };
}
