import type { TurnContext } from 'botbuilder';
import { z } from 'zod';
import { asCatalogueError, CatalogueError } from '../../errors.ts';
import { say } from '../../message.ts';
import type { DecisionResult, Run, RunService } from '../../runs/run.ts';
import type { Drawing } from '../cards/drawing.ts';
import { unpacked } from '../cards/views/common.ts';
import type { Viewing } from '../cards/views/run-parts.ts';
import { actsAsPerson, loginRequest, type SignIn } from '../identity/sso.ts';
import type { BotLog, Person, Talk } from '../options.ts';
import { errorNotice, refusalNotice } from '../turn/notices.ts';
import { cardAnswer, executeSchema, type InvokeBody, toastAnswer } from './invoke.ts';

/** What card actions work with. */
export interface ActionParts {
  readonly runs: () => RunService;
  readonly talk: Talk;
  readonly drawing: Drawing;
  readonly log: BotLog;
}

/** One click by one person. */
export interface Click {
  readonly turn: TurnContext;
  readonly person: Person;
  readonly verb: string;
  readonly data: unknown;
}

const runNamed = z.looseObject({ runId: z.uuid() });

const decision = runNamed.extend({
  version: z.int().nonnegative(),
  decision: z.enum(['confirm', 'approve', 'reject', 'request-changes', 'withdraw']),
  typedName: z.string().max(500).optional(),
  comment: z.string().max(2000).optional(),
});

const found = runNamed.extend({
  found: z.enum(['look-again', 'succeeded', 'failed', 'cancelled']),
  comment: z.string().max(2000).default(''),
});
const reviewed = runNamed.extend({ comment: z.string().max(2000).default('') });

/** Shapes only; whether the operation or the question exists is for the talk to say. */
const talkData = {
  wish: z.object({ operation: z.string().min(1).max(100), parameters: z.record(z.string(), z.unknown()) }),
  choose: z.object({ question: z.string().min(1).max(200), choice: z.int().min(1).max(10_000) }),
} as const;

/** What the client sent, if it is an Action.Execute at all. */
export function readExecute(
  value: unknown,
): { verb: string; data: unknown; automatic: boolean; token: string | undefined } | undefined {
  const parsed = executeSchema.safeParse(value).data;
  if (parsed === undefined) return undefined;
  const { action, trigger, authentication } = parsed;
  const automatic = trigger === 'automatic';
  return { verb: action.verb, data: unpacked(action.data), automatic, token: authentication?.token };
}

/** The run's card as it is now: for a refresh, which never has an effect, and for a click that came twice. */
export async function showRun(
  parts: ActionParts,
  { person, data }: Click,
  refusal?: Viewing['refusal'],
): Promise<InvokeBody> {
  const named = runNamed.safeParse(data).data;
  const run = named && (await ownRun(parts, person, named.runId));
  return run === undefined
    ? noticeAnswer(parts, person, 'unknown-run')
    : runAnswer(parts, person, { run, ...(refusal && { refusal }) });
}

/** A decision that came again under the same activity id, by Teams or by somebody: it is audited, not done, and the card says so. */
export async function replayed(parts: ActionParts, click: Click): Promise<InvokeBody> {
  const { person, verb } = click;
  const { actor, conversationId } = person;
  await parts.runs().recordForgery({ actor, conversationId, verb: `replayed ${verb}` });
  return await showRun(parts, click, { why: say('card.received-already'), advice: say('card.received-already.lead') });
}

/** Does what a click asks for, and answers the person who clicked. */
export async function act(parts: ActionParts, click: Click): Promise<InvokeBody> {
  switch (click.verb) {
    case 'show':
      return await showRun(parts, click);
    case 'decide':
      return await decide(parts, click);
    case 'settle':
      return await settle(parts, click);
    case 'start':
      return await start(parts, click);
    case 'review':
      return await review(parts, click);
    case 'reveal':
      return await revealed(parts, click);
    case 'wish':
    case 'choose':
      return await talked(parts, click, click.verb);
    default:
      return await refused(parts, click);
  }
}

async function decide(parts: ActionParts, click: Click): Promise<InvokeBody> {
  const parsed = decision.safeParse(click.data);
  if (!parsed.success) return await refused(parts, click);
  const { runId, version, decision: verb, typedName, comment } = parsed.data;
  const { person } = click;
  const result = await parts.runs().decide({
    run: { id: runId },
    version,
    verb,
    actor: person.actor,
    conversationId: person.conversationId,
    ...(typedName !== undefined && { typedName }),
    ...(comment !== undefined && comment.trim() !== '' && { comment: comment.trim() }),
  });
  return await became(parts, click, result);
}

async function settle(parts: ActionParts, click: Click): Promise<InvokeBody> {
  const parsed = found.safeParse(click.data);
  if (!parsed.success) return await refused(parts, click);
  const { runId, found: end, comment } = parsed.data;
  const { actor, conversationId } = click.person;
  const wish = { run: { id: runId }, found: end, comment, actor, conversationId };
  return await became(parts, click, await parts.runs().settle(wish));
}

async function start(parts: ActionParts, click: Click): Promise<InvokeBody> {
  const named = runNamed.safeParse(click.data);
  if (!named.success) return await refused(parts, click);
  const { actor, conversationId } = click.person;
  const wish = { run: { id: named.data.runId }, actor, conversationId };
  return await became(parts, click, await parts.runs().start(wish));
}

/** What stands in the way of a click that acts in the person's name: Teams is to send their token first, or the one it sent is of no use. */
export async function signInFirst(
  parts: ActionParts & { readonly signIn?: SignIn | undefined },
  click: Click & { readonly token: string | undefined },
  ask: string,
): Promise<InvokeBody | undefined> {
  const { signIn } = parts;
  const { actor } = click.person;
  if (signIn === undefined || !actsAsPerson(click) || signIn.isSignedIn(actor)) return undefined;
  if (click.token === undefined) return loginRequest(signIn.resource, ask);
  if ((await signIn.signIn(actor, click.token)) === 'signed-in') return undefined;
  const { text: why, advice } = new CatalogueError('sign-in-refused');
  return await showRun(parts, click, { why, advice });
}

async function review(parts: ActionParts, click: Click): Promise<InvokeBody> {
  const parsed = reviewed.safeParse(click.data);
  if (!parsed.success) return await refused(parts, click);
  const { runId, comment } = parsed.data;
  const { actor, conversationId } = click.person;
  return await became(parts, click, await parts.runs().review({ run: { id: runId }, comment, actor, conversationId }));
}

/** The card as it is after a decision; a refusal stands on top, and "why" tells it again. */
async function became(parts: ActionParts, { turn, person }: Click, result: DecisionResult): Promise<InvokeBody> {
  if (result.accepted) return runAnswer(parts, person, { run: result.run });
  await parts.talk.refused(turn, { why: result.why, advice: result.advice });
  const refusal = { why: result.why, advice: result.advice };
  if (result.run !== undefined) return runAnswer(parts, person, { run: result.run, refusal });
  const notice = { tone: 'warning', title: result.why, lead: result.advice } as const;
  return cardAnswer(parts.drawing.screen({ screen: 'notice', notice }, person.reader));
}

/** The answer to the click alone: it is sent as no message, so that no chat keeps it. */
async function revealed(parts: ActionParts, click: Click): Promise<InvokeBody> {
  const named = runNamed.safeParse(click.data);
  if (!named.success) return await refused(parts, click);
  const { person } = click;
  const { actor, conversationId, conversationKind } = person;
  return await toldIfKnown(parts, person, async () => {
    const asked = { runId: named.data.runId, actor, conversationId, alone: conversationKind === 'personal' };
    const answer = await parts.runs().reveal(asked);
    return cardAnswer(parts.drawing.screen({ screen: 'answer', answer }, person.reader));
  });
}

async function talked(parts: ActionParts, click: Click, verb: 'wish' | 'choose'): Promise<InvokeBody> {
  const { turn, person } = click;
  const { data, success } = talkData[verb].safeParse(click.data);
  if (!success) return await refused(parts, click);
  return await toldIfKnown(parts, person, async () => {
    const answer = await parts.talk.action(turn, person, { verb, data });
    return typeof answer === 'string' ? toastAnswer(answer) : cardAnswer(parts.drawing.screen(answer, person.reader));
  });
}

/** An error that we know is an answer to the one who clicked; another is the turn's failure. */
async function toldIfKnown(parts: ActionParts, person: Person, work: () => Promise<InvokeBody>): Promise<InvokeBody> {
  try {
    return await work();
  } catch (error) {
    const known = asCatalogueError(error);
    if (known.kind === 'internal') throw error;
    return cardAnswer(parts.drawing.screen(errorNotice(known), person.reader));
  }
}

/** Forged or foreign data: nothing is done, and the audit trail and the log know who sent it. */
async function refused(parts: ActionParts, { person, verb }: Click): Promise<InvokeBody> {
  const { actor, conversationId } = person;
  await parts.runs().recordForgery({ actor, conversationId, verb });
  parts.log.warn(
    { oid: actor.oid, tenantId: actor.tenantId, conversationId, verb },
    'a card action was refused: not of a card of ours',
  );
  return noticeAnswer(parts, person, 'not-an-action');
}

async function ownRun(parts: ActionParts, person: Person, runId: string): Promise<Run | undefined> {
  const run = await parts.runs().get(runId);
  return run?.requester.tenantId.toLowerCase() === person.actor.tenantId ? run : undefined;
}

function runAnswer(parts: ActionParts, person: Person, shown: { run: Run } & Pick<Viewing, 'refusal'>): InvokeBody {
  const { run, ...refusal } = shown;
  return cardAnswer(
    parts.drawing.run(run, person.reader, {
      oid: person.actor.oid,
      alone: person.conversationKind === 'personal',
      ...refusal,
    }),
  );
}

function noticeAnswer(parts: ActionParts, person: Person, id: Parameters<typeof refusalNotice>[0]): InvokeBody {
  return cardAnswer(parts.drawing.screen(refusalNotice(id), person.reader));
}
