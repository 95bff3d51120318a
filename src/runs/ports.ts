import type { Run } from './run.ts';

/** Where a card can be shown: the chat edge draws and sends it. */
export interface CardPort {
  /** Posts the run's card; returns the id of the message, by which it is updated later. */
  post(conversationId: string, run: Run): Promise<string>;
  update(conversationId: string, messageId: string, run: Run): Promise<void>;
}

/** A conversation that the bot may write to by itself. */
export interface Conversation {
  readonly id: string;
  readonly kind: 'personal' | 'group' | 'channel';
  readonly tenantId: string;
  /** The Entra object id of the one person of a personal chat. */
  readonly oid?: string;
  /** Bot Framework's conversation reference, as JSON; opaque to everybody but the chat edge. */
  readonly reference: unknown;
}

/** The conversations that the bot knows, newest reference each. */
export interface ConversationBook {
  remember(conversation: Conversation): Promise<void>;
  find(id: string): Promise<Conversation | undefined>;
  personalOf(oid: string, tenantId: string): Promise<Conversation | undefined>;
  /** Personal conversations of a tenant: where people who may approve can be asked. */
  personal(tenantId: string): Promise<readonly Conversation[]>;
}

/** Remembers what Teams delivered, so that a redelivered turn is not acted on twice (teams-platform.md 2.3). */
export interface DeliveryLog {
  /** True exactly once per conversation and activity id, on any replica. */
  firstTime(conversationId: string, activityId: string): Promise<boolean>;
}
