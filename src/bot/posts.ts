import { type Activity, teamsNotifyUser } from 'botbuilder';
import type { Outgoing, PostPort } from '../posts/index.ts';
import type { Conversation } from '../runs/ports.ts';
import { ConnectorFault } from './identity/outbound-client.ts';
import { inConversation, known, type NotifierParts, theirReader } from './notifier.ts';

/** How Teams says that the bot is not, or no longer, in a conversation: 403 when it was removed or blocked, 404 when there is none. */
const goneStatus: readonly number[] = [403, 404];

/** Puts what the bot says by itself into conversations. Nothing is tried again here: the queue of the posts does that. */
export function createPostPort(parts: NotifierParts): PostPort {
  return {
    post: async (conversationId, what) => await unlessGone(() => sent(parts, conversationId, what)),
    async update(conversationId, messageId, what) {
      const conversation = await known(parts, conversationId);
      await inConversation(parts, conversation, async (context) => {
        await context.updateActivity({ ...(await activityOf(parts, conversation, what)), id: messageId });
      });
    },
    async remove(conversationId, messageId) {
      const conversation = await known(parts, conversationId);
      await inConversation(parts, conversation, async (context) => await context.deleteActivity(messageId));
    },
  };
}

async function sent(
  parts: NotifierParts,
  conversationId: string,
  what: Outgoing,
): Promise<{ readonly messageId: string }> {
  const conversation = await known(parts, conversationId);
  let messageId = '';
  await inConversation(parts, conversation, async (context) => {
    const activity = await activityOf(parts, conversation, what);
    if (what.rings) teamsNotifyUser(activity);
    messageId = (await context.sendActivity(activity))?.id ?? '';
  });
  return { messageId };
}

async function unlessGone<T>(send: () => Promise<T>): Promise<T | 'gone'> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof ConnectorFault && goneStatus.includes(error.status)) return 'gone';
    throw error;
  }
}

/** The one person of a personal chat reads it in their own language. */
async function activityOf(
  parts: NotifierParts,
  conversation: Conversation,
  { screen, reader }: Outgoing,
): Promise<Partial<Activity>> {
  const theirs = (await theirReader(parts, conversation)) ?? reader;
  return { type: 'message', attachments: [parts.drawing.screen(screen, theirs)] };
}
