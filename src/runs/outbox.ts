import { randomUUID } from 'node:crypto';
import type { Card, TakenJob, Unit } from '../store/index.ts';
import { type Engine, later } from './engine.ts';
import type { Run } from './run.ts';

/** A sender that has not answered for this long is dead; the chat edge's own timeout is shorter. */
const heldSeconds = 30;
/** How soon a card that is being sent is looked at again. */
const busySeconds = 1;
/** After so many failures in a row a card is left until the run changes again: about an hour. */
const mostFailures = 14;

/** Queues every card of a run, unless it is queued already. Belongs into the transaction that changes the run. */
export async function wakeCards(engine: Engine, unit: Unit, runId: string): Promise<void> {
  for (const card of await unit.cards.of(runId)) {
    if (!card.queued) await queue(unit, card, waitOf(engine, card));
  }
}

/** Shows a run in a further conversation, such as an approver's personal chat. Does nothing when it is shown there already. */
export async function addCard(engine: Engine, runId: string, conversationId: string): Promise<void> {
  await engine.store.transaction(async (unit) => {
    await unit.cards.add(runId, conversationId);
    await wakeCards(engine, unit, runId);
  });
}

/** Works one job of the card queue: brings the card up to date, or puts it off. */
export async function sendQueuedCard(engine: Engine, job: TakenJob<'card'>): Promise<void> {
  const { runId, conversationId } = job.data;
  const claimed = await engine.store.transaction(async (unit) => {
    const card = await unit.cards.lock(runId, conversationId);
    if (card === undefined) return undefined;
    const wait = Math.max(waitOf(engine, card), isHeld(engine, card, job.id) ? busySeconds : 0);
    if (wait > 0) return putOff(unit, job, card, wait);
    return claim(engine, unit, { ...card, queued: false }, job.id);
  });
  if (claimed !== undefined) await send(engine, claimed, job);
}

/**
 * Brings the cards of a run up to date now, within the turn that changed it. What cannot be sent now, because the last
 * update was a moment ago or the chat does not answer, is left to the queue.
 */
export async function deliverCards(engine: Engine, runId: string): Promise<void> {
  const claimed = await engine.store.transaction(async (unit) => {
    const all: Claimed[] = [];
    for (const card of await unit.cards.of(runId)) {
      const putOff = waitOf(engine, card) > 0 || isHeld(engine, card, '');
      const mine = putOff ? undefined : await claim(engine, unit, card, randomUUID());
      if (mine !== undefined) all.push(mine);
    }
    return all;
  });
  await Promise.all(claimed.map((one) => send(engine, one)));
}

/** A card in our hands, with the run that it is to show. */
interface Claimed {
  readonly card: Card;
  readonly run: Run & { readonly revision: number };
}

async function claim(engine: Engine, unit: Unit, card: Card, by: string): Promise<Claimed | undefined> {
  const run = await unit.runs.read(card.runId);
  const current = run === undefined || card.shown >= run.revision;
  const held = { ...card, held: { by, at: engine.now().toISOString() } };
  await unit.cards.save(current ? card : held);
  return current ? undefined : { card: held, run };
}

/** @param job completed with what became of the sending; absent when the sending is not a job's. */
async function send(engine: Engine, { card, run }: Claimed, job?: TakenJob): Promise<void> {
  await engine.killPoint('before-card-sent', run);
  const became = await show(engine, card, run).then(
    (messageId) => ({ messageId, shown: run.revision, sentAt: engine.now().toISOString(), failures: 0 }),
    (error: unknown) => {
      engine.log.warn({ error, run: run.code, conversation: card.conversationId }, 'a card could not be sent');
      return { failures: card.failures + 1 };
    },
  );
  await engine.killPoint('after-card-sent', run);
  await note(engine, card, became, job);
  await engine.killPoint('after-card-noted', run);
}

async function show(engine: Engine, card: Card, run: Run): Promise<string> {
  if (card.messageId === undefined) return engine.cards.post(card.conversationId, run);
  await engine.cards.update(card.conversationId, card.messageId, run);
  return card.messageId;
}

/** Lets go of the card, with what became of it; a failure is queued again, ever more slowly. */
async function note(engine: Engine, sent: Card, became: Partial<Card>, job?: TakenJob): Promise<void> {
  await engine.store.transaction(async (unit) => {
    const card = await unit.cards.lock(sent.runId, sent.conversationId);
    if (card === undefined || card.held?.by !== sent.held?.by) return;
    const { held: _held, ...free } = { ...card, ...became };
    const again = free.failures > 0 && free.failures <= mostFailures && !free.queued;
    if (again) await queue(unit, free, Math.min(300, 2 ** free.failures));
    else await unit.cards.save(free);
    if (job !== undefined) await unit.complete(job);
  });
}

async function putOff(unit: Unit, job: TakenJob, card: Card, seconds: number): Promise<undefined> {
  await queue(unit, card, seconds);
  await unit.complete(job);
}

async function queue(unit: Unit, card: Card, seconds: number): Promise<void> {
  await unit.cards.save({ ...card, queued: true });
  await unit.send('card', { runId: card.runId, conversationId: card.conversationId }, seconds);
}

function isHeld(engine: Engine, card: Card, by: string): boolean {
  if (card.held === undefined || card.held.by === by) return false;
  return later(engine.now(), -heldSeconds) < card.held.at;
}

/** Seconds until the card may be updated; the first post never waits. */
function waitOf(engine: Engine, card: Card): number {
  if (card.sentAt === undefined) return 0;
  const free = new Date(card.sentAt).getTime() + engine.cardSeconds * 1000;
  return Math.max(0, (free - engine.now().getTime()) / 1000);
}
