import type { TakenJob, Unit } from '../store/index.ts';
import { approverChats } from './announce.ts';
import type { AuditKind } from './audit-event.ts';
import { isOwedReview } from './break-glass.ts';
import { aboutRun } from './change.ts';
import type { Engine } from './engine.ts';
import { wakeCards } from './outbox.ts';
import type { Conversation } from './ports.ts';
import type { StoredRun } from './run.ts';

/** How often somebody is reminded of a review that is overdue, in seconds. */
const remindEvery = 24 * 60 * 60;

/**
 * The review that a broken glass owes: everybody who could have approved gets the run's card in their own chat, and a fresh one
 * when the review is due and nobody has done it, once a day from then on. The run's row is left alone: a step may be under way.
 */
export async function followReview(engine: Engine, job: TakenJob<'review'>): Promise<void> {
  const { store } = engine;
  const run = await store.runs.get(job.data.runId);
  const chats = run !== undefined && isOwedReview(run) ? await chatsOf(engine, run) : [];
  await store.transaction(async (unit) => {
    const current = await unit.runs.read(job.data.runId);
    if (current !== undefined && isOwedReview(current)) await follow(engine, unit, { run: current, chats, job });
    await unit.complete(job);
  });
}

interface Owed {
  readonly run: StoredRun;
  readonly chats: readonly Conversation[];
  readonly job: TakenJob<'review'>;
}

async function chatsOf(engine: Engine, run: StoredRun): Promise<readonly Conversation[]> {
  const parts = { ...engine, conversations: engine.store.conversations };
  return await approverChats(parts, run, [run.breakGlass?.actor.oid, run.requester.oid]);
}

async function follow(engine: Engine, unit: Unit, owed: Owed): Promise<void> {
  const { run, job } = owed;
  const due = new Date(run.breakGlass?.reviewBy ?? run.createdAt);
  const seconds = (due.getTime() - engine.now().getTime()) / 1000;
  if (!job.data.told) await show(engine, unit, owed, 'break-glass-told');
  else if (seconds <= 0) await show(engine, unit, owed, 'break-glass-overdue');
  await unit.send('review', { runId: run.id, told: true }, seconds > 0 ? seconds : remindEvery);
}

/** A card that is there already is posted anew: an edit of an old message reminds nobody. */
async function show(engine: Engine, unit: Unit, { run, chats }: Owed, kind: AuditKind): Promise<void> {
  for (const { id } of chats) {
    await unit.cards.add(run.id, id);
    const card = await unit.cards.lock(run.id, id);
    if (card === undefined) continue;
    const { messageId: _old, ...fresh } = card;
    await unit.cards.save({ ...fresh, shown: 0 });
  }
  await wakeCards(engine, unit, [run.id]);
  const details = { people: chats.map(({ oid }) => oid) };
  unit.record({ ...aboutRun(run), kind, at: engine.now().toISOString(), details });
}
