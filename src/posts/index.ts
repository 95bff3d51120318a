import type { Reader } from '../operations/context.ts';
import type { Screen } from '../operations/screen.ts';
import type { Log, Post, PostDraft, Store, TakenJob, Unit } from '../store/index.ts';

export type { QuietHours } from '../store/index.ts';
export { dayOf, neverQuiet, nextAt, night, quietUntil } from './quiet.ts';

/** A message as the chat edge sends it. */
export interface Outgoing {
  readonly screen: Screen;
  /** Whose language and clock; the one person of a personal chat has their own. */
  readonly reader: Reader;
  readonly rings: boolean;
}

/** Where the bot says something by itself: the chat edge draws and sends it. Its methods throw when Teams does not take it now. */
export interface PostPort {
  /** `gone`: the bot is no longer in that conversation, or the conversation is no more. */
  post(conversationId: string, what: Outgoing): Promise<{ readonly messageId: string } | 'gone'>;
  update(conversationId: string, messageId: string, what: Outgoing): Promise<void>;
  remove(conversationId: string, messageId: string): Promise<void>;
}

/** What the sending of posts works with. */
export interface Posting {
  readonly store: Store;
  readonly posts: PostPort;
  readonly log: Log;
  /** The bot is no longer in a conversation: nothing is to be said there any more. */
  readonly forget: (conversationId: string) => Promise<void>;
}

/** Writes down what is to be said, in the transaction that decides it. `after` in seconds from now. */
export async function putPost(unit: Unit, draft: PostDraft, after = 0): Promise<void> {
  const revision = await unit.posts.put(draft);
  await unit.send('post', { postId: draft.id, revision }, after);
}

/** Begins to send what was written down, on this replica. */
export async function workPosts(posting: Posting): Promise<void> {
  await posting.store.jobs.work('post', (job) => sendPost(posting, job));
}

/**
 * Sends a post, at least once: what was sent and not noted, because the process ended in between, is sent again. A revision that
 * another has replaced is left to that one's job; a fault is tried again by the queue.
 */
export async function sendPost(posting: Posting, job: TakenJob<'post'>): Promise<void> {
  const { store, posts, forget } = posting;
  const post = await store.posts.get(job.data.postId);
  if (post === undefined || post.revision !== job.data.revision || post.sent >= post.revision) return;
  if (post.messageId !== undefined && !post.anew) {
    await posts.update(post.conversationId, post.messageId, post);
    return await note(posting, job, { ...post, sent: post.revision });
  }
  if (!post.anew && post.revision > 1) return;
  const became = await posts.post(post.conversationId, post);
  if (became === 'gone') return await forget(post.conversationId);
  await note(posting, job, { ...post, sent: post.revision, messageId: became.messageId });
  if (post.messageId !== undefined) await takeAway(posting, post.conversationId, post.messageId);
}

/** What was replaced while it was being sent is sent again, now that its message is known. */
async function note({ store }: Posting, job: TakenJob<'post'>, sent: Post): Promise<void> {
  await store.transaction(async (unit) => {
    const now = await unit.posts.lock(sent.id);
    if (now !== undefined) await unit.posts.noteSent(sent);
    if (now !== undefined && now.revision > sent.revision)
      await unit.send('post', { postId: now.id, revision: now.revision });
    await unit.complete(job);
  });
}

/** The older message is no longer needed; that it stays is no reason to fail. */
async function takeAway({ posts, log }: Posting, conversationId: string, messageId: string): Promise<void> {
  await posts.remove(conversationId, messageId).catch((error: unknown) => {
    log.debug({ error, conversationId, messageId }, 'an older message could not be taken away');
  });
}
