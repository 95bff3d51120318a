import { CatalogueError } from '../errors.ts';
import { say } from '../message.ts';
import { pendingRuns } from '../operations/status/run-list.ts';
import { carryOut } from './decision-dialog.ts';
import { decisionWords } from './decision-words.ts';
import { showAnswer } from './finish.ts';
import { help } from './help.ts';
import { language, resetLanguage } from './language-word.ts';
import { reveal } from './reveal-word.ts';
import { standingWords } from './standing-words.ts';
import { undo } from './undo.ts';
import { notice, textOf, type Word, type WordContext } from './word.ts';

/** Words that a button or a number may stand for: they tell, and decide nothing. */
export const tellingWords: ReadonlySet<string> = new Set(['help', 'pending', 'undo', 'language']);

/** The words that are not operations: deciding runs, answering, and asking for help. Everything that a button does, one of these does too. */
export const words: Readonly<Record<string, Word>> = {
  help: async (context) => await help(context),
  pending: async ({ options, dialogs, person }) =>
    await showAnswer(options, dialogs.context, await pendingRuns(options.contextFor(person.actor, person.reader))),
  ...decisionWords,
  confirm: async (context) => await confirm(context),
  decline: async (context) => await stop(context),
  cancel: async (context) => await stop(context),
  why: async (context) => await why(context),
  choice: async (context) => await choose(context),
  ...standingWords,
  watch: async (context) => await (context.said.run === undefined ? standingWords.watch?.(context) : watch(context)),
  same: async (context) => await again(context),
  undo: async (context) => await undo(context),
  reveal: async (context) => await reveal(context),
  language: async (context) => await language(context),
  'reset-language': async (context) => await resetLanguage(context),
};

/** "yes", or "yes sql-prod-01" where the target's name must be typed. It means the person's own run of this conversation. */
async function confirm(context: WordContext): Promise<void> {
  const run = await context.options
    .runs()
    .awaitingConfirmation(context.person.actor.oid, context.person.conversationId);
  if (run === undefined)
    return await notice(context, {
      tone: 'neutral',
      title: say('dialog.nothing-to-confirm'),
      lead: say('dialog.nothing-to-confirm-advice'),
    });
  const typedName = textOf(context.said.vm?.said ?? context.said.words?.said);
  const wish = { run: { id: run.id }, verb: 'confirm' as const, ...(typedName !== undefined && { typedName }) };
  await carryOut(context.options, context.dialogs, { does: 'decide', ...wish });
}

/** "cancel" or "no": first an open question, else the person's own run that is not confirmed yet. */
async function stop(context: WordContext): Promise<void> {
  if (context.dialogs.activeDialog !== undefined) {
    await context.dialogs.cancelAllDialogs();
    return await notice(context, { tone: 'neutral', title: say('dialog.cancelled'), lead: say('dialog.nothing-done') });
  }
  const run = await context.options
    .runs()
    .awaitingConfirmation(context.person.actor.oid, context.person.conversationId);
  if (run === undefined)
    return await notice(context, {
      tone: 'neutral',
      title: say('dialog.nothing-to-cancel'),
      lead: say('dialog.nothing-done'),
    });
  await carryOut(context.options, context.dialogs, { does: 'decide', run: { id: run.id }, verb: 'withdraw' });
}

/** "watch 4F7K": the run's card, also in one's own chat, where it goes on being updated. */
async function watch(context: WordContext): Promise<void> {
  const { options, person, said } = context;
  const code = textOf(said.run?.value ?? said.run?.said);
  const run = code === undefined ? undefined : await options.runs().find(code.toUpperCase(), person.actor.tenantId);
  if (run === undefined) throw new CatalogueError('run-not-found', { values: { code: code?.toUpperCase() ?? '–' } });
  const shown = await options.watch(run, person.actor);
  const values = { code: run.code, target: run.targetName };
  await notice(context, {
    tone: shown ? 'good' : 'warning',
    title: say(shown ? 'dialog.watching' : 'dialog.no-own-chat', values),
  });
}

async function why(context: WordContext): Promise<void> {
  const refusal = (await context.recall())?.refusal;
  if (refusal === undefined) return await notice(context, { tone: 'neutral', title: say('dialog.nothing-refused') });
  await notice(context, { tone: 'neutral', title: refusal.why, lead: refusal.advice });
}

/** A bare number opens that line of the last list. */
async function choose(context: WordContext): Promise<void> {
  const number = Number(context.said.number?.value ?? Number.NaN);
  const start = (await context.recall())?.numbered[number - 1];
  if (!start) throw new CatalogueError('not-understood');
  await context.begin(start);
}

/** "Same for web-prod-02". */
async function again(context: WordContext): Promise<void> {
  const start = await context.again();
  if (start !== undefined) return await context.begin(start);
  await notice(context, {
    tone: 'neutral',
    title: say('dialog.nothing-to-repeat'),
    lead: say('dialog.nothing-to-repeat-advice'),
  });
}
