import type { Selectable, Transaction } from 'kysely';
import { z } from 'zod';
import type { Reader } from '../operations/context.ts';
import type { Screen } from '../operations/screen.ts';
import type { PostTable, Tables } from './tables.ts';
import type { Database } from './transaction.ts';

/** What the bot says by itself: one message in one conversation, which may be replaced later. */
export interface Post {
  /** Says what it is about: the same id again replaces it. */
  readonly id: string;
  readonly conversationId: string;
  readonly screen: Screen;
  readonly reader: Reader;
  /** A replacement is posted at the end of the conversation and the older message taken away; otherwise the message is changed where it stands. */
  readonly anew: boolean;
  /** Whether people are to notice it. */
  readonly rings: boolean;
  /** Counts the replacements, from 1. */
  readonly revision: number;
  /** The revision that the message shows; 0 before it was sent. */
  readonly sent: number;
  readonly messageId?: string;
}

/** What a post says next. */
export type PostDraft = Omit<Post, 'revision' | 'sent' | 'messageId'>;

/** Outside a transaction. */
export interface PostReads {
  get(id: string): Promise<Post | undefined>;
}

/** Inside a transaction. */
export interface PostWrites {
  /** Writes it down; answers the revision, which the job of the queue `post` names. */
  put(draft: PostDraft): Promise<number>;
  lock(id: string): Promise<Post | undefined>;
  noteSent(post: Pick<Post, 'id' | 'sent' | 'messageId'>): Promise<void>;
  /** Nothing more is said there. */
  forget(conversationId: string): Promise<void>;
}

const shown = z.custom<Screen>((value) => typeof value === 'object' && value !== null && 'screen' in value);
const readerShape = z.object({ locale: z.string(), timeZone: z.string() });

/** @param database its `outside` is used. */
export function postReads(database: Database): PostReads {
  return {
    async get(id) {
      const row = await database.outside.selectFrom('post').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : postOf(row);
    },
  };
}

/** @param tx the open transaction. */
export function postWrites(tx: Transaction<Tables>): PostWrites {
  return {
    async put(draft) {
      const { id, ...change } = rowOf(draft);
      const row = tx.insertInto('post').values({ id, ...change, revision: 1, sent: 0, message_id: null });
      const written = row.onConflict((conflict) =>
        conflict.column('id').doUpdateSet((eb) => ({ ...change, revision: eb('post.revision', '+', 1) })),
      );
      return (await written.returning('revision').executeTakeFirstOrThrow()).revision;
    },
    async lock(id) {
      const row = await tx.selectFrom('post').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
      return row === undefined ? undefined : postOf(row);
    },
    async noteSent({ id, sent, messageId }) {
      const change = { sent, message_id: messageId ?? null };
      await tx.updateTable('post').set(change).where('id', '=', id).execute();
    },
    async forget(conversationId) {
      await tx.deleteFrom('post').where('conversation_id', '=', conversationId).execute();
    },
  };
}

function rowOf(draft: PostDraft) {
  return {
    id: draft.id,
    conversation_id: draft.conversationId,
    screen: JSON.stringify(draft.screen),
    reader: JSON.stringify(draft.reader),
    anew: draft.anew,
    rings: draft.rings,
  };
}

function postOf(row: Selectable<PostTable>): Post {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    screen: shown.parse(row.screen),
    reader: readerShape.parse(row.reader),
    anew: row.anew,
    rings: row.rings,
    revision: row.revision,
    sent: row.sent,
    ...(row.message_id === null ? {} : { messageId: row.message_id }),
  };
}
