import { CatalogueError } from '../errors.ts';
import type { Actor, Context, Reader } from '../operations/context.ts';
import type { ReadingOperation } from '../operations/operation.ts';
import type { Screen } from '../operations/screen.ts';
import { dayOf, nextAt, putPost } from '../posts/index.ts';
import type { Digest, Store, TakenJob } from '../store/index.ts';

/** What digests work with. */
export interface Digesting {
  readonly store: Store;
  readonly now: () => Date;
  /** What is said every day. */
  readonly summary: ReadingOperation;
  readonly contextOf: (digest: Pick<Digest, 'actor' | 'reader'>) => Context;
  readonly readerNow: (actor: Actor, reader: Reader) => Promise<Reader>;
}

/** Sets the digest of a conversation, in place of an older one; answers when it comes next. */
export async function setDigest(
  { store, now }: Digesting,
  wish: Pick<Digest, 'conversationId' | 'actor' | 'reader' | 'time'>,
): Promise<string> {
  const next = nextAt(now(), wish.time, wish.reader.timeZone).toISOString();
  await store.transaction(async (unit) => {
    const revision = await unit.digests.put({ ...wish, nextAt: next });
    await unit.send('digest', { conversationId: wish.conversationId, revision }, secondsUntil(now(), next));
  });
  return next;
}

/** Says a digest, once a day on any number of replicas, and sets the time of the next one. One that was changed meanwhile is left to its own job. */
export async function sayDigest(digesting: Digesting, job: TakenJob<'digest'>): Promise<void> {
  const { store, now } = digesting;
  const { conversationId, revision } = job.data;
  const digest = await store.digests.find(conversationId);
  if (digest === undefined || digest.revision !== revision) return;
  const screen = await screenOf(digesting, digest);
  const { time } = digest;
  const reader = await digesting.readerNow(digest.actor, digest.reader);
  const due = new Date(Math.max(now().getTime(), Date.parse(digest.nextAt)));
  const next = nextAt(due, time, reader.timeZone).toISOString();
  await store.transaction(async (unit) => {
    if (await unit.digests.advance(conversationId, revision, next)) {
      const id = `digest/${conversationId}/${dayOf(due, reader.timeZone)}`;
      await putPost(unit, { id, conversationId, reader, screen, anew: false, rings: false });
      await unit.send('digest', { conversationId, revision: revision + 1 }, secondsUntil(now(), next));
    }
    await unit.complete(job);
  });
}

/** Seen with the eyes of whoever asked for it. That Azure did not answer is said instead. */
async function screenOf({ summary, contextOf }: Digesting, digest: Digest): Promise<Screen> {
  try {
    return { screen: 'answer', answer: await summary.answer(contextOf(digest), {}) };
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error;
    return { screen: 'notice', notice: { tone: 'warning', title: error.text, lead: error.advice } };
  }
}

function secondsUntil(now: Date, at: string): number {
  return Math.max(1, (Date.parse(at) - now.getTime()) / 1000);
}
