import type { Activity } from 'botbuilder';
import { z } from 'zod';

const account = z.looseObject({
  id: z.string().min(1).max(500),
  name: z.string().max(500).nullish(),
  aadObjectId: z.string().max(100).nullish(),
});

const common = {
  channelId: z.string().max(100).nullish(),
  serviceUrl: z.string().max(2000).nullish(),
  recipient: account.nullish(),
  conversation: z.looseObject({
    id: z.string().min(1).max(1000),
    tenantId: z.string().max(100).nullish(),
    conversationType: z.string().max(100).nullish(),
  }),
  channelData: z.looseObject({ tenant: z.looseObject({ id: z.string().max(100) }).nullish() }).nullish(),
  locale: z.string().max(100).nullish(),
  localTimezone: z.string().max(100).nullish(),
  entities: z.array(z.looseObject({ type: z.string() })).nullish(),
  text: z.string().nullish(),
};

const spoken = { ...common, id: z.string().min(1).max(500), from: account };

/** An activity as the Bot Connector sends it, as far as it is used. What people cause has an id and a sender; events may lack both. */
export const activitySchema = z.union([
  z.looseObject({ ...spoken, type: z.enum(['message', 'invoke']) }),
  z.looseObject({
    ...common,
    id: z.string().max(500).nullish(),
    from: account.nullish(),
    type: z.string().regex(/^(?!message$|invoke$)\w{1,100}$/),
  }),
]);

/** The checked body as the SDK knows it. Replies are always sent, never gathered into the response. */
export function toActivity(body: z.output<typeof activitySchema>): Activity {
  const { deliveryMode: _gathered, timestamp: _sent, localTimestamp: _local, expiration: _until, ...rest } = body;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null && value !== undefined));
  return given as unknown as Activity;
}

/** Entra tenant ids (lower case) that the activity names: of the conversation, and of the channel data. They can differ in shared channels. */
export function tenantsOf(activity: Activity): readonly string[] {
  const channelData = common.channelData.safeParse(activity.channelData).data;
  const conversation: unknown = activity.conversation.tenantId;
  return [conversation, channelData?.tenant?.id].flatMap((id) =>
    typeof id === 'string' && id !== '' ? [id.toLowerCase()] : [],
  );
}
