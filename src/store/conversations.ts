import { sql } from 'kysely';
import { z } from 'zod';
import type { Conversation, ConversationBook } from '../runs/ports.ts';
import type { ConversationTable } from './tables.ts';
import { Together } from './together.ts';
import type { Database } from './transaction.ts';

const kinds = z.enum(['personal', 'group', 'channel']);

/** The conversations that the bot knows, kept in the database: the newest reference of each. Cards that are sent at the same time look theirs up together. */
export function conversationBook(database: Database): ConversationBook {
  const from = () => database.outside.selectFrom('conversation').selectAll().orderBy('seen', 'desc');
  const found = new Together<string, Conversation | undefined>(async (ids) => {
    const rows = await from()
      .where('id', 'in', [...new Set(ids)])
      .execute();
    const known = new Map(rows.map((row) => [row.id, conversationOf(row)]));
    return ids.map((id) => known.get(id));
  });
  const personal = (tenantId: string) => from().where('tenant_id', '=', tenantId).where('kind', '=', 'personal');
  return {
    async remember(conversation) {
      const { id, ...change } = rowOf(conversation);
      const fresh = database.outside.insertInto('conversation').values({ id, ...change });
      const seen = sql<number>`nextval(pg_get_serial_sequence('conversation', 'seen'))`;
      await fresh.onConflict((conflict) => conflict.column('id').doUpdateSet({ ...change, seen })).execute();
    },
    async find(id) {
      database.refuseInside('a query');
      return await found.add(id);
    },
    async personalOf(oid, tenantId) {
      const row = await personal(tenantId).where('oid', '=', oid).limit(1).executeTakeFirst();
      return row === undefined ? undefined : conversationOf(row);
    },
    async personal(tenantId) {
      return (await personal(tenantId).execute()).map(conversationOf);
    },
  };
}

function rowOf(conversation: Conversation) {
  return {
    id: conversation.id,
    kind: conversation.kind,
    tenant_id: conversation.tenantId,
    oid: conversation.oid ?? null,
    reference: JSON.stringify(conversation.reference),
  };
}

function conversationOf(
  row: Pick<ConversationTable, 'id' | 'kind' | 'tenant_id' | 'oid'> & { reference: unknown },
): Conversation {
  return {
    id: row.id,
    kind: kinds.parse(row.kind),
    tenantId: row.tenant_id,
    ...(row.oid === null ? {} : { oid: row.oid }),
    reference: row.reference,
  };
}
