import { z } from 'zod';

/** An attachment as a bot sends it. */
export const attachmentSchema = z.object({
  contentType: z.string(),
  content: z.unknown().optional(),
  name: z.string().optional(),
  contentUrl: z.string().optional(),
});

/** The parts of an activity from the bot that Teams acts on; the rest is allowed and passed over. */
export const botActivitySchema = z.object({
  type: z.string(),
  text: z.string().nullish(),
  textFormat: z.string().nullish(),
  summary: z.string().nullish(),
  attachments: z.array(attachmentSchema).nullish(),
  replyToId: z.string().nullish(),
  suggestedActions: z
    .object({
      actions: z
        .array(z.object({ type: z.string(), title: z.string().default(''), value: z.unknown().optional() }))
        .default([]),
    })
    .nullish(),
  entities: z.array(z.unknown()).nullish(),
  channelData: z.unknown().optional(),
});

/** An activity from the bot, checked. */
export type BotActivity = z.output<typeof botActivitySchema>;

/** Body of `POST /v3/conversations`. */
export const conversationParametersSchema = z.object({
  isGroup: z.boolean().nullish(),
  members: z.array(z.object({ id: z.string() })).nullish(),
  tenantId: z.string().nullish(),
  activity: botActivitySchema.nullish(),
  channelData: z
    .object({
      channel: z.object({ id: z.string() }).nullish(),
      teamsChannelId: z.string().nullish(),
    })
    .nullish(),
});

const mentionSchema = z.object({
  type: z.literal('mention'),
  text: z.string(),
  mentioned: z.object({ id: z.string(), name: z.string().default('') }),
});

/** The mentions among an activity's entities. */
export function mentionsOf(activity: BotActivity): z.output<typeof mentionSchema>[] {
  return (activity.entities ?? []).flatMap((entity) => {
    const parsed = mentionSchema.safeParse(entity);
    return parsed.success ? [parsed.data] : [];
  });
}
