import { type Activity, type ConversationReference, TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { Reader } from '../../operations/context.ts';
import type { Conversation, ConversationBook } from '../../runs/ports.ts';
import { tenantsOf } from './activity.ts';
import { personOf } from './person.ts';
import { readerOf } from './reader.ts';

/** What the book keeps for the bot: how to get there, and how the one person of a personal chat reads. */
const kept = z.object({
  reference: z.looseObject({
    serviceUrl: z.string(),
    conversation: z.looseObject({ id: z.string() }),
    bot: z.looseObject({ id: z.string() }),
  }),
  reader: z.object({ locale: z.string(), timeZone: z.string() }).optional(),
});

/** The conversation of an activity, to be remembered; the newest reference has the service URL that Teams uses now. */
export function conversationOf(activity: Activity): Conversation | undefined {
  const [tenantId] = tenantsOf(activity);
  if (tenantId === undefined) return undefined;
  const kind = { personal: 'personal', channel: 'channel' }[activity.conversation.conversationType ?? ''] ?? 'group';
  const oid = kind === 'personal' ? personOf(activity)?.actor.oid : undefined;
  const { activityId: _message, ...reference } = TurnContext.getConversationReference(activity);
  const reader = kind === 'personal' ? { reader: readerOf(activity) } : {};
  return {
    id: activity.conversation.id,
    kind: kind as Conversation['kind'],
    tenantId,
    ...(oid !== undefined && { oid }),
    reference: JSON.parse(JSON.stringify({ reference, ...reader })) as unknown,
  };
}

/** How to write to a remembered conversation. @throws ZodError when it is not of this bot's making. */
export function referenceOf(conversation: Conversation): {
  reference: Partial<ConversationReference>;
  reader?: Reader;
} {
  const { reference, reader } = kept.parse(conversation.reference);
  return { reference: reference as unknown as Partial<ConversationReference>, ...(reader && { reader }) };
}

/** How long what the book was told is taken to stand there still: the bot may have been removed through another replica. */
const keptMilliseconds = 10 * 60 * 1000;
const mostConversations = 5000;

/** Tells the book about conversations, and spares it what it was told a moment ago: most messages come the same way as the last one. */
export class Whereabouts {
  readonly #book: Pick<ConversationBook, 'remember'>;
  readonly #now: () => Date;
  readonly #told = new Map<string, { readonly at: number; readonly said: string }>();

  constructor(book: Pick<ConversationBook, 'remember'>, now: () => Date) {
    this.#book = book;
    this.#now = now;
  }

  /** After this the conversation of the activity stands in the book. */
  async note(activity: Activity): Promise<void> {
    const conversation = conversationOf(activity);
    if (conversation === undefined) return;
    const [said, at] = [JSON.stringify(conversation), this.#now().getTime()];
    const told = this.#told.get(conversation.id);
    if (told?.said === said && at - told.at < keptMilliseconds) return;
    await this.#book.remember(conversation);
    this.#told.delete(conversation.id);
    this.#told.set(conversation.id, { at, said });
    const oldest = this.#told.keys().next().value;
    if (this.#told.size > mostConversations && oldest !== undefined) this.#told.delete(oldest);
  }

  /** The book may have lost it: the next message is written down whatever it says. */
  drop(id: string): void {
    this.#told.delete(id);
  }
}
