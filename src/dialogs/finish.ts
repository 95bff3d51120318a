import type { TurnContext } from 'botbuilder';
import { CatalogueError } from '../errors.ts';
import { say, type Text } from '../message.ts';
import type { Context } from '../operations/context.ts';
import { type ChangingOperation, isChanging, type Operation, type ReadingOperation } from '../operations/operation.ts';
import type { Answer, Finding, MadeFile, Preview, Tone } from '../operations/screen.ts';
import type { Proposal } from '../runs/run.ts';
import { answerParts } from './answer-parts.ts';
import { offerFile, withFileNote } from './offered-file.ts';
import type { TalkOptions } from './options.ts';
import { ReadingRights } from './reading-rights.ts';
import { showSuggesting } from './show.ts';
import { startOf } from './start.ts';
import { turnOf } from './turn.ts';

interface Complete {
  readonly operation: Operation;
  readonly given: Readonly<Record<string, unknown>>;
  readonly dryRun: boolean;
  readonly context: Context;
}

/** Carries out a complete request: a read is answered in the turn, a change becomes a run, "plan …" shows the preview only. */
export async function finish(options: TalkOptions, turn: TurnContext, complete: Complete): Promise<void> {
  const { operation, given, context } = complete;
  const defaults = await operation.defaults?.(context, given);
  const parameters = operation.parameters.parse({ ...defaults, ...given });
  if (!isChanging(operation)) return await answer(options, turn, { operation, parameters, context });
  if (complete.dryRun) return await plan(options, turn, { operation, parameters });
  const run = await options.runs().propose({ ...proposalOf(turn, operation, parameters), ...reasonOf(given) });
  await options.announce(run);
}

/** The reason that was said, kept with the run and shown to who approves it. */
function reasonOf({ reason }: Readonly<Record<string, unknown>>): { readonly reason?: string } {
  return typeof reason === 'string' ? { reason } : {};
}

/** What the runs are asked for whoever speaks. */
export function proposalOf(turn: TurnContext, operation: Operation, parameters: Record<string, unknown>): Proposal {
  const { person } = turnOf(turn);
  return {
    operation: operation.id,
    parameters,
    actor: person.actor,
    reader: person.reader,
    conversationId: person.conversationId,
  };
}

/** Makes the file that an answer has offered, from what this person may see now. */
export async function makeFile(
  context: Context,
  operation: Operation | undefined,
  given: Readonly<Record<string, unknown>>,
): Promise<MadeFile> {
  const parameters = operation?.parameters.safeParse(given).data;
  if (operation === undefined || isChanging(operation) || operation.file === undefined || parameters === undefined)
    throw new CatalogueError('not-understood');
  const rights = new ReadingRights(context);
  await mayRead(rights.context, operation, parameters);
  return await operation.file(rights.context, parameters);
}

async function answer(
  options: TalkOptions,
  turn: TurnContext,
  {
    operation,
    parameters,
    context,
  }: { readonly operation: ReadingOperation; readonly parameters: Record<string, unknown>; readonly context: Context },
): Promise<void> {
  const rights = new ReadingRights(context);
  await mayRead(rights.context, operation, parameters);
  const found = await operation.answer(rights.context, parameters);
  await showAnswer(options, turn, { ...found, notes: [...(found.notes ?? []), ...rights.notes()] });
}

/** Sends an answer, with what may be typed next under its last message, and keeps what its numbers stand for. */
export async function showAnswer(
  options: TalkOptions,
  turn: TurnContext,
  found: Answer,
  typed: readonly Text[] = [],
): Promise<void> {
  const { person, remember } = turnOf(turn);
  const parts = answerParts(withFileNote(found, person));
  for (const [at, part] of parts.entries()) {
    const screen = { screen: 'answer', answer: part } as const;
    await showSuggesting(options, turn, { person, screen, typed: at === parts.length - 1 ? typed : [] });
  }
  await offerFile(options, turn, { person, file: found.file });
  // Lines that lead nowhere have no number on the card either.
  await remember({
    numbered: (found.items ?? []).flatMap(({ opens }) => (opens === undefined ? [] : [startOf(opens)])),
  });
}

/** Nobody learns through the bot what Azure would not show them. @throws CatalogueError `no-right` */
async function mayRead(context: Context, operation: Operation, parameters: Record<string, unknown>): Promise<void> {
  for (const right of await operation.rights(context, parameters)) {
    if (!(await context.azure.access.holds(context.actor, right))) {
      throw new CatalogueError('no-right', { values: { action: right.action, scope: right.scope } });
    }
  }
}

async function plan(
  options: TalkOptions,
  turn: TurnContext,
  { operation, parameters }: { readonly operation: ChangingOperation; readonly parameters: Record<string, unknown> },
): Promise<void> {
  const { preview, findings } = await options.runs().plan(proposalOf(turn, operation, parameters));
  await showAnswer(options, turn, planAnswer(operation, preview, findings));
}

function planAnswer(operation: Operation, preview: Preview, findings: readonly Finding[]): Answer {
  return {
    title: say('dialog.plan-title', { title: say(`${operation.id}.title`) }),
    tone: findings.some((finding) => finding.severity === 'blocks') ? 'bad' : 'neutral',
    lead: preview.sentence,
    sections: [
      { title: say('dialog.plan-facts'), tone: 'neutral', facts: preview.facts },
      ...findings.map((finding) => ({
        title: finding.text,
        tone: toneOf(finding),
        ...(finding.advice && { lead: finding.advice }),
        facts: [],
      })),
    ],
    notes: [say('dialog.plan-note')],
  };
}

function toneOf({ severity }: Finding): Tone {
  return severity === 'blocks' ? 'bad' : severity === 'warns' ? 'warning' : 'good';
}
