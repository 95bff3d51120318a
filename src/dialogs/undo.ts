import { say, type Text } from '../message.ts';
import type { RunState, RunSummary } from '../operations/run-summary.ts';
import type { Answer, ListItem, Wish } from '../operations/screen.ts';
import type { Run } from '../runs/run.ts';
import { showAnswer } from './finish.ts';
import { notice, textOf, type WordContext } from './word.ts';

/** How far back a run is looked for, and how many are told of. */
const lookedAt = 50;
const told = 3;

/** What becomes of a run in these states changed nothing in Azure. */
const harmless: ReadonlySet<RunState> = new Set(['rejected', 'withdrawn', 'expired', 'superseded']);
const undecided: ReadonlySet<RunState> = new Set(['draft', 'awaiting-approval', 'approved']);

/** "Undo?" says what can still be undone of this person's last runs, or of the conversation's; "undo 4F7K" of one. It undoes nothing. */
export async function undo(context: WordContext): Promise<void> {
  const { options, dialogs, said } = context;
  const code = textOf(said.run?.value);
  const runs = code === undefined ? await lastRuns(context) : await theRun(context, code);
  if (runs.length === 0)
    return await notice(context, { tone: 'neutral', title: say('dialog.undo-none'), lead: say('dialog.nothing-done') });
  const lines = runs.map((run) => wayBack(options, run));
  const answer: Answer = {
    title: say('dialog.undo-title', { count: runs.length }),
    tone: 'neutral',
    items: lines.map(({ item }) => item),
    notes: [say('dialog.undo-note')],
    suggestions: lines.flatMap(({ wishes }) => wishes).map((wish) => ({ title: say(`${wish.operation}.title`), wish })),
  };
  await showAnswer(options, dialogs.context, answer);
}

async function theRun({ options, person }: WordContext, code: string): Promise<readonly Run[]> {
  const run = await options.runs().find(code.toUpperCase(), person.actor.tenantId);
  return run === undefined ? [] : [run];
}

/** The newest run of each thing that this person changed last, whoever's it is: what came after it decides what can be undone. */
async function lastRuns(context: WordContext): Promise<readonly Run[]> {
  const { options, person } = context;
  const { tenantId, oid } = person.actor;
  const recent = await options.contextFor(person.actor, person.reader).runs.recent(tenantId, lookedAt);
  const candidates = recent.filter(({ state }) => !harmless.has(state));
  const own = candidates.filter(({ requester }) => requester.oid === oid);
  const targets = [...new Set(own.map(({ target }) => target))].slice(0, told);
  const newest = targets.flatMap((target) => candidates.find((run) => run.target === target) ?? []);
  return own.length > 0 ? await whole(context, newest) : await runsHere(context, candidates);
}

async function runsHere(context: WordContext, candidates: readonly RunSummary[]): Promise<readonly Run[]> {
  const runs = await whole(context, candidates.slice(0, 10));
  return runs.filter(({ conversationId }) => conversationId === context.person.conversationId).slice(0, told);
}

async function whole({ options, person }: WordContext, runs: readonly RunSummary[]): Promise<readonly Run[]> {
  const found = await Promise.all(runs.map(({ code }) => options.runs().find(code, person.actor.tenantId)));
  return found.filter((run) => run !== undefined);
}

interface WayBack {
  readonly item: ListItem;
  readonly wishes: readonly Wish[];
}

function wayBack(options: WordContext['options'], run: Run): WayBack {
  const operation = options.operations.find(({ id }) => id === run.operation);
  const ways = operation === undefined || operation.risk === 'read' ? undefined : operation.undo?.(run.parameters);
  const wishes = run.state === 'succeeded' ? (ways ?? []) : [];
  const [first] = wishes;
  const title = say('run.list.line', {
    code: run.code,
    title: say(`${run.operation}.title`),
    target: run.targetName,
  });
  const details = [textFor(run, ways !== undefined)];
  return { item: { title, details, ...(first && { opens: first }) }, wishes };
}

function textFor({ state, code, operation }: Run, hasWay: boolean): Text {
  if (undecided.has(state)) return say('dialog.undo-undecided', { code });
  if (state === 'succeeded') return say(hasWay ? `${operation}.undo` : 'dialog.undo-nothing');
  return say(state === 'failed' || state === 'cancelled' ? 'dialog.undo-ended' : 'dialog.undo-running', { code });
}
