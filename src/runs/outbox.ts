import { randomUUID } from 'node:crypto';
import type { Card, TakenJob, Unit } from '../store/index.ts';
import { type Engine, later } from './engine.ts';
import type { Run } from './run.ts';

/** A sender that has not answered for this long is dead; the chat edge's own timeout is shorter. */
const heldSeconds = 30;
/** How soon a card that is being sent is looked at again, where cards are not updated more often than that. */
const busySeconds = 1;
/** After so many failures in a row a card is left until the run changes again: about an hour. */
const mostFailures = 14;

/** Queues every card of the runs that is not queued already. Belongs into the transaction that changes them. */
export async function wakeCards(engine: Engine, unit: Unit, runIds: readonly string[]): Promise<void> {
  const cards = (await unit.cards.of(...runIds)).filter(({ queued }) => !queued);
  await queue(
    unit,
    cards.map((card) => ({ card, seconds: waitOf(engine, card) })),
  );
}

/** Shows a run in a further conversation, such as an approver's personal chat. Does nothing when it is shown there already. */
export async function addCard(engine: Engine, runId: string, conversationId: string): Promise<void> {
  await engine.store.transaction(async (unit) => {
    await unit.cards.add(runId, conversationId);
    await wakeCards(engine, unit, [runId]);
  });
}

/** Works one job of the card queue: brings the card up to date, or puts it off. */
export async function sendQueuedCard(engine: Engine, job: TakenJob<'card'>): Promise<void> {
  const claimed = await engine.cardClaims.add(job);
  if (claimed !== undefined) await send(engine, claimed, job);
}

/**
 * Brings the cards of a run up to date now, within the turn that changed it. What cannot be sent now, because the last
 * update was a moment ago or the chat does not answer, is left to the queue.
 */
export async function deliverCards(engine: Engine, runId: string): Promise<void> {
  const claimed = await engine.store.transaction(async (unit) => {
    const free = (await unit.cards.of(runId)).filter((card) => waitOf(engine, card) <= 0 && !isHeld(engine, card, ''));
    return claim(
      engine,
      unit,
      free.map((card) => ({ card, by: randomUUID() })),
    );
  });
  await Promise.all(claimed.map((one) => send(engine, one)));
}

/** A card in our hands, with the run that it is to show. */
export interface Claimed {
  readonly card: Card;
  readonly run: Run & { readonly revision: number };
}

/** Takes the cards of several jobs in hand; undefined for one that is gone, is up to date, was put off, or has a second job here. */
export async function claimCards(
  engine: Engine,
  jobs: readonly TakenJob<'card'>[],
): Promise<readonly (Claimed | undefined)[]> {
  return engine.store.transaction(async (unit) => {
    const cards = byKey(await unit.cards.of(...jobs.map(({ data }) => data.runId)));
    const jobOf = new Map(jobs.map((job) => [keyOf(job.data), job]));
    const found = [...jobOf].flatMap(([key, job]) => {
      const card = cards.get(key);
      return card === undefined ? [] : [{ job, card, seconds: secondsUntilFree(engine, card, job) }];
    });
    await putOff(
      unit,
      found.filter(({ seconds }) => seconds > 0),
    );
    const free = found.filter(({ seconds }) => seconds <= 0);
    const claimed = await claim(
      engine,
      unit,
      free.map(({ job, card }) => ({ card: { ...card, queued: false }, by: job.id })),
    );
    return jobs.map((job) => claimed.find(({ card }) => card.held?.by === job.id));
  });
}

function secondsUntilFree(engine: Engine, card: Card, job: TakenJob): number {
  return Math.max(waitOf(engine, card), isHeld(engine, card, job.id) ? Math.min(busySeconds, engine.cardSeconds) : 0);
}

interface Claiming {
  readonly card: Card;
  readonly by: string;
}

/** Of those that do not show the run as it is. */
async function claim(engine: Engine, unit: Unit, wanted: readonly Claiming[]): Promise<readonly Claimed[]> {
  const runs = new Map((await unit.runs.readAll(wanted.map(({ card }) => card.runId))).map((run) => [run.id, run]));
  const at = engine.now().toISOString();
  const claimed = wanted.flatMap(({ card, by }) => {
    const run = runs.get(card.runId);
    const current = run === undefined || card.shown >= run.revision;
    return current ? [] : [{ run, card: { ...card, held: { by, at } } }];
  });
  const held = byKey(claimed.map(({ card }) => card));
  await unit.cards.save(...wanted.map(({ card }) => held.get(keyOf(card)) ?? card));
  return claimed;
}

/** @param job completed with what became of the sending; absent when the sending is not a job's. */
async function send(engine: Engine, { card, run }: Claimed, job?: TakenJob<'card'>): Promise<void> {
  await engine.killPoint('before-card-sent', run);
  const became = await show(engine, card, run).then(
    (messageId) => ({ messageId, shown: run.revision, sentAt: engine.now().toISOString(), failures: 0 }),
    (error: unknown) => {
      engine.log.warn({ error, run: run.code, conversation: card.conversationId }, 'a card could not be sent');
      return { failures: card.failures + 1 };
    },
  );
  await engine.killPoint('after-card-sent', run);
  await engine.cardNotes.add({ sent: card, became, ...(job && { job }) });
  await engine.killPoint('after-card-noted', run);
}

async function show(engine: Engine, card: Card, run: Run): Promise<string> {
  if (card.messageId === undefined) return engine.cards.post(card.conversationId, run);
  await engine.cards.update(card.conversationId, card.messageId, run);
  return card.messageId;
}

/** What became of the sending of a card. */
export interface CardNote {
  readonly sent: Card;
  readonly became: Partial<Card>;
  readonly job?: TakenJob<'card'>;
}

/** Lets go of cards, with what became of them; a failure is queued again, ever more slowly. A card that another sender holds by now is left to them. */
export async function noteCards(engine: Engine, notes: readonly CardNote[]): Promise<readonly undefined[]> {
  return engine.store.transaction(async (unit) => {
    const cards = byKey(await unit.cards.of(...notes.map(({ sent }) => sent.runId)));
    const ours = notes.flatMap((note) => {
      const card = cards.get(keyOf(note.sent));
      return card === undefined || card.held?.by !== note.sent.held?.by ? [] : [{ ...note, card }];
    });
    const completed = await unit.completeAll(ours.flatMap(({ job }) => job ?? []));
    const mine = ours.filter(({ job }) => job === undefined || completed.has(job.id));
    const free = mine.map(({ card, became }) => freed(card, became));
    await unit.cards.save(...free.filter((card) => !isTriedAgain(card)));
    const again = free.filter(isTriedAgain);
    await queue(
      unit,
      again.map((card) => ({ card, seconds: Math.min(300, 2 ** card.failures) })),
    );
    return notes.map(() => undefined);
  });
}

function freed({ held: _held, ...card }: Card, became: Partial<Card>): Card {
  return { ...card, ...became };
}

function isTriedAgain({ failures, queued }: Card): boolean {
  return failures > 0 && failures <= mostFailures && !queued;
}

/** A job that is no longer ours is left to whoever has it. */
async function putOff(
  unit: Unit,
  off: readonly { readonly job: TakenJob; readonly card: Card; readonly seconds: number }[],
): Promise<void> {
  const ours = await unit.completeAll(off.map(({ job }) => job));
  await queue(
    unit,
    off.filter(({ job }) => ours.has(job.id)),
  );
}

async function queue(unit: Unit, cards: readonly { readonly card: Card; readonly seconds: number }[]): Promise<void> {
  await unit.cards.save(...cards.map(({ card }) => ({ ...card, queued: true })));
  const jobs = cards.map(({ card: { runId, conversationId }, seconds }) => ({
    data: { runId, conversationId },
    after: seconds,
  }));
  await unit.sendAll('card', jobs);
}

function keyOf({ runId, conversationId }: Pick<Card, 'runId' | 'conversationId'>): string {
  return `${runId} ${conversationId}`;
}

function byKey(cards: readonly Card[]): ReadonlyMap<string, Card> {
  return new Map(cards.map((card) => [keyOf(card), card]));
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
