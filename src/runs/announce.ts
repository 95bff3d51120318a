import type { Actor, Context, Reader } from '../operations/context.ts';
import type { ChangingOperation } from '../operations/operation.ts';
import type { Conversation, ConversationBook } from './ports.ts';
import type { Run } from './run.ts';

/** What announcing a run needs. */
export interface Announcing {
  readonly conversations: ConversationBook;
  readonly operations: ReadonlyMap<string, ChangingOperation>;
  readonly contextFor: (actor: Actor, reader: Reader) => Context;
  readonly addCard: (runId: string, conversationId: string) => Promise<void>;
  readonly deliverCards: (runId: string) => Promise<void>;
}

/**
 * Shows a new run where it was asked for. When it needs a second person and was asked for in a personal chat, where nobody else can see it,
 * those who may approve it in Azure get its card in their own chats with the bot.
 */
export async function announce(parts: Announcing, run: Run): Promise<void> {
  await parts.deliverCards(run.id);
  if (run.state !== 'awaiting-approval') return;
  const asked = await parts.conversations.find(run.conversationId);
  if (asked?.kind !== 'personal') return;
  const others = (await parts.conversations.personal(run.requester.tenantId)).filter(
    (other) => other.oid !== undefined && other.oid !== run.requester.oid,
  );
  const eligible = await Promise.all(others.map((other) => mayApprove(parts, run, other)));
  for (const [at, other] of others.entries()) if (eligible[at]) await parts.addCard(run.id, other.id);
  await parts.deliverCards(run.id);
}

async function mayApprove(
  { operations, contextFor }: Announcing,
  run: Run,
  { oid = '', tenantId }: Conversation,
): Promise<boolean> {
  if (run.requirement.approvers?.includes(oid) === false) return false;
  const context = contextFor({ tenantId, oid, name: '' }, run.reader);
  const rights = await operations.get(run.operation)?.rights(context, run.parameters);
  const held = await Promise.all((rights ?? []).map((right) => context.azure.access.holds({ oid }, right)));
  return held.length > 0 && held.every(Boolean);
}
