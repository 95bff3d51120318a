import { ActivityTypes, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { Drawing } from '../cards/drawing.ts';
import { sendFile } from '../identity/file-upload.ts';
import type { ServiceUrlRule } from '../identity/service-hosts.ts';
import type { BotLog, Person, Talk } from '../options.ts';
import { refusalNotice } from '../turn/notices.ts';

/** What an answer to a file that was offered works with. */
export interface FileParts {
  readonly talk: Talk;
  readonly drawing: Drawing;
  readonly log: BotLog;
  /** Where Teams has files put. */
  readonly fileUrls: ServiceUrlRule;
}

/** What Teams shows of a file that is in somebody's OneDrive. */
const infoType = 'application/vnd.microsoft.teams.card.file.info';

/** A `fileConsent/invoke` (learn.microsoft.com, "Send and receive files using a bot"): the place for the file is for this file alone. */
const consentSchema = z.object({
  action: z.enum(['accept', 'decline']),
  context: z.unknown().optional(),
  uploadInfo: z
    .looseObject({
      uploadUrl: z.string().max(8000),
      contentUrl: z.string().max(8000),
      name: z.string().max(500),
      uniqueId: z.string().max(200),
      fileType: z.string().max(50),
    })
    .nullish(),
});

/**
 * Puts a file where its reader has allowed it. The file is made now, of what the one who clicked may see now; the card only says which kind of file it was about.
 */
export async function takeConsent(parts: FileParts, turn: TurnContext, person: Person): Promise<void> {
  const consent = consentSchema.safeParse(turn.activity.value).data;
  if (consent === undefined || person.conversationKind !== 'personal') return;
  const { action, context, uploadInfo } = consent;
  if (action === 'accept') {
    const file = await parts.talk.file(turn, person, context);
    if (file === undefined) return;
    try {
      if (!uploadInfo || !parts.fileUrls(uploadInfo.uploadUrl)) throw new Error('not a place for files of Teams');
      await sendFile(uploadInfo.uploadUrl, file);
    } catch (error) {
      parts.log.warn({ why: String(error).slice(0, 200) }, 'a file could not be delivered');
      return void (await turn.sendActivity({
        attachments: [parts.drawing.screen(refusalNotice('file-failed'), person.reader)],
      }));
    }
    const { name, contentUrl, uniqueId, fileType } = uploadInfo;
    const attachment = { contentType: infoType, name, contentUrl, content: { uniqueId, fileType } };
    await turn.sendActivity({ type: ActivityTypes.Message, summary: name, attachments: [attachment] });
  }
  // Answered once: a card that stayed would ask again. Where it is gone already, nothing is lost.
  const { replyToId } = turn.activity;
  if (replyToId !== undefined) await turn.deleteActivity(replyToId).catch(() => undefined);
}
