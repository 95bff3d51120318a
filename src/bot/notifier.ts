import { type Activity, type TurnContext, teamsNotifyUser } from 'botbuilder';
import type { Actor, Reader } from '../operations/context.ts';
import type { CardPort, Conversation, ConversationBook } from '../runs/ports.ts';
import type { Run } from '../runs/run.ts';
import type { Drawing } from './cards/drawing.ts';
import { ConnectorFault } from './identity/outbound-client.ts';
import type { TeamsAdapter } from './turn/adapter.ts';
import { referenceOf } from './turn/conversations.ts';

/** What writing outside a turn needs. */
export interface NotifierParts {
  readonly adapter: TeamsAdapter;
  /** Empty in practice mode. */
  readonly appId: string;
  readonly conversations: ConversationBook;
  readonly drawing: Drawing;
  /** The locale that somebody is spoken to in now: the one they have asked for wins over what their client said. */
  readonly localeOf?: ((actor: Whose, client: string) => Promise<string>) | undefined;
}

type Whose = Pick<Actor, 'tenantId' | 'oid'>;

/**
 * Puts cards of runs into conversations. Nothing is tried again here: the outbox of the runs does that.
 * Its methods throw ConnectorFault; status 404: the bot does not know the conversation.
 */
export function createCardPort(parts: NotifierParts): CardPort {
  return {
    async post(conversationId, run) {
      const conversation = await known(parts, conversationId);
      let id = '';
      await inConversation(parts, conversation, async (context) => {
        const activity = await cardActivity(parts, conversation, run);
        if (run.state === 'awaiting-approval') teamsNotifyUser(activity);
        id = (await context.sendActivity(activity))?.id ?? '';
      });
      return id;
    },
    async update(conversationId, messageId, run) {
      const conversation = await known(parts, conversationId);
      await inConversation(parts, conversation, async (context) => {
        await context.updateActivity({ ...(await cardActivity(parts, conversation, run)), id: messageId });
      });
    },
  };
}

/** @throws ConnectorFault 404 */
export async function known(parts: NotifierParts, id: string): Promise<Conversation> {
  const conversation = await parts.conversations.find(id);
  if (conversation === undefined) throw new ConnectorFault(404, 'the conversation is not known');
  return conversation;
}

/** Acts in a conversation outside of any turn. */
export async function inConversation(
  parts: NotifierParts,
  conversation: Conversation,
  logic: (context: TurnContext) => Promise<void>,
): Promise<void> {
  await parts.adapter.continueConversationAsync(parts.appId, referenceOf(conversation).reference, logic);
}

/** In a personal chat the one reader is known: the card is theirs, in their language and with their buttons. */
async function cardActivity(parts: NotifierParts, conversation: Conversation, run: Run): Promise<Partial<Activity>> {
  const reader = (await theirReader(parts, conversation)) ?? (await spokenTo(parts, run.requester, run.reader));
  const viewing =
    conversation.oid === undefined ? {} : { oid: conversation.oid, alone: conversation.kind === 'personal' };
  return { type: 'message', attachments: [parts.drawing.run(run, reader, viewing)] };
}

/** How the one person of a personal chat reads now; undefined where there are several. */
export async function theirReader(parts: NotifierParts, conversation: Conversation): Promise<Reader | undefined> {
  const { reader } = referenceOf(conversation);
  const { oid, tenantId } = conversation;
  return reader === undefined || oid === undefined ? reader : await spokenTo(parts, { oid, tenantId }, reader);
}

async function spokenTo({ localeOf }: NotifierParts, whose: Whose, reader: Reader): Promise<Reader> {
  return { ...reader, locale: (await localeOf?.(whose, reader.locale)) ?? reader.locale };
}
