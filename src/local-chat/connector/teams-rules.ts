import { z } from 'zod';
import type { BotActivity } from './activity.ts';

/** A rule of Teams that an activity breaks. `status` absent: Teams takes it, with an effect that nobody wants. */
export interface Finding {
  readonly status?: number;
  readonly code: string;
  readonly text: string;
}

/** Above this Teams has refused messages on some path or other (format-your-bot-messages; webhooks still do). */
export const maxMessageBytes = 28 * 1024;

/** Most people that `refresh.userIds` may name (Adaptive Cards, "User specific views"). */
export const maxRefreshUsers = 60;

/** Content type of an Adaptive Card in an attachment. */
export const cardType = 'application/vnd.microsoft.card.adaptive';

const cardSchema = z.looseObject({
  type: z.literal('AdaptiveCard'),
  version: z.string().optional(),
  refresh: z.object({ userIds: z.array(z.string()).optional() }).optional(),
});

/** Everything about this activity that Teams would refuse or spoil; the first with a status decides the answer. */
export function teamsFindings(activity: BotActivity): Finding[] {
  const attachments = activity.attachments ?? [];
  const cards = attachments.filter(({ contentType }) => contentType === cardType).map(({ content }) => content);
  return [...sizeFindings(activity), ...cards.flatMap(cardFindings), ...shapeFindings(activity)];
}

/** What Teams would refuse in one card; also holds for a card that answers an Action.Execute. */
export function cardFindings(card: unknown): Finding[] {
  const parsed = cardSchema.safeParse(card);
  if (!parsed.success) return [{ status: 400, code: 'BadSyntax', text: 'The attachment is not an Adaptive Card.' }];
  return [...versionFindings(parsed.data), ...refreshFindings(parsed.data.refresh?.userIds)];
}

function versionFindings(card: z.output<typeof cardSchema>): Finding[] {
  if (card.version === undefined) {
    return [{ status: 400, code: 'BadSyntax', text: 'The card has no version; Teams on phones does not show it.' }];
  }
  const executes = card.refresh !== undefined || mentionsExecute(card);
  if (!executes || atLeast14(card.version)) return [];
  const text = `The card says version ${card.version}; Action.Execute and refresh need 1.4 or later.`;
  return [{ status: 400, code: 'BadSyntax', text }];
}

function refreshFindings(userIds: readonly string[] | undefined): Finding[] {
  if (userIds === undefined || userIds.length <= maxRefreshUsers) return [];
  const text = `The card asks to be refreshed for ${userIds.length} people; at most ${maxRefreshUsers} are allowed.`;
  return [{ status: 400, code: 'BadArgument', text }];
}

function sizeFindings(activity: BotActivity): Finding[] {
  const { text, summary, attachments, suggestedActions, entities } = activity;
  const bytes = Buffer.byteLength(JSON.stringify({ text, summary, attachments, suggestedActions, entities }));
  if (bytes <= maxMessageBytes) return [];
  const kilobytes = (bytes / 1024).toFixed(1);
  return [{ status: 413, code: 'MessageSizeTooBig', text: `The message has ${kilobytes} KB; 28 KB are allowed.` }];
}

function shapeFindings(activity: BotActivity): Finding[] {
  const findings: Finding[] = [];
  if (activity.text && activity.attachments?.length) {
    const text = 'Text and a card in one message: Teams splits them, and the bot never learns the id of the card.';
    findings.push({ code: 'TextBesideCard', text });
  }
  if ((activity.suggestedActions?.actions.length ?? 0) > 3) {
    findings.push({ code: 'TooManySuggestions', text: 'Teams shows only the first three suggested actions.' });
  }
  return findings;
}

function mentionsExecute(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(mentionsExecute);
  if (typeof value !== 'object' || value === null) return false;
  if ('type' in value && value.type === 'Action.Execute') return true;
  return Object.values(value).some(mentionsExecute);
}

function atLeast14(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 1 || (major === 1 && minor >= 4);
}
