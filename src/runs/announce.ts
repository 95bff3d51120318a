import type { Actor, Context, Reader } from '../operations/context.ts';
import type { ChangingOperation } from '../operations/operation.ts';
import { groupRefusal } from './eligible.ts';
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
  await addOwnCard(parts, run);
  await parts.deliverCards(run.id);
  if (run.state !== 'awaiting-approval') return;
  const asked = await parts.conversations.find(run.conversationId);
  if (asked?.kind !== 'personal') return;
  for (const { id } of await approverChats(parts, run, [run.requester.oid])) await parts.addCard(run.id, id);
  await parts.deliverCards(run.id);
}

/** The personal chats that the bot knows of those who may approve a run, but for the people in `without`. */
export async function approverChats(
  parts: Pick<Announcing, 'conversations' | 'operations' | 'contextFor'>,
  run: Run,
  without: readonly (string | undefined)[],
): Promise<readonly Conversation[]> {
  const all = await parts.conversations.personal(run.requester.tenantId);
  const others = all.filter(({ oid }) => oid !== undefined && !without.includes(oid));
  const eligible = await Promise.all(others.map((other) => mayApprove(parts, run, other)));
  return others.filter((_other, at) => eligible[at]);
}

/** What only the requester may see is shown in their own chat, so that the run's card is there too. */
async function addOwnCard(
  { operations, conversations, addCard }: Announcing,
  { id, operation, requester, conversationId }: Run,
) {
  if (operations.get(operation)?.reveal === undefined) return;
  const own = await conversations.personalOf(requester.oid, requester.tenantId);
  if (own !== undefined && own.id !== conversationId) await addCard(id, own.id);
}

async function mayApprove(
  parts: Pick<Announcing, 'operations' | 'contextFor'>,
  run: Run,
  { oid = '', tenantId }: Conversation,
): Promise<boolean> {
  if (run.requirement.approvers?.includes(oid) === false) return false;
  const { operations, contextFor } = parts;
  const context = contextFor({ tenantId, oid, name: '' }, run.reader);
  const rights = await operations.get(run.operation)?.rights(context, run.parameters);
  const held = await Promise.all((rights ?? []).map((right) => context.azure.access.holds({ oid }, right)));
  if (held.length === 0 || !held.every(Boolean)) return false;
  const groups = (run.requirement.approverGroups ?? []).map((entra) => ({ entra }));
  return (await groupRefusal(parts, { run, actor: context.actor }, groups)) === undefined;
}
