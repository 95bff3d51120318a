import { ActivityTypes, type TurnContext } from 'botbuilder';
import { say } from '../message.ts';
import type { Answer, OfferedFile } from '../operations/screen.ts';
import type { Person, TalkOptions } from './options.ts';

/** Teams' card that asks a person whether a file may be put into their OneDrive (learn.microsoft.com, "Send and receive files using a bot"). */
const consentType = 'application/vnd.microsoft.teams.card.file.consent';

/** Where Teams takes no file of a bot, the answer says where it can be had. */
export function withFileNote(answer: Answer, { conversationKind }: Pick<Person, 'conversationKind'>): Answer {
  if (answer.file === undefined || conversationKind === 'personal') return answer;
  return { ...answer, notes: [...(answer.notes ?? []), say('dialog.file-in-own-chat')] };
}

/** Offers a file in a person's own chat: bots have no files elsewhere. What the card carries is a wish and no authority. */
export async function offerFile(
  options: Pick<TalkOptions, 'speech' | 'now'>,
  turn: TurnContext,
  { person, file }: { readonly person: Person; readonly file: OfferedFile | undefined },
): Promise<void> {
  if (file === undefined || person.conversationKind !== 'personal') return;
  const description = options.speech.speakerFor({ ...person.reader, now: options.now() })(file.description);
  const content = { description, sizeInBytes: file.bytes, acceptContext: file.wish, declineContext: {} };
  await turn.sendActivity({
    type: ActivityTypes.Message,
    summary: description,
    attachments: [{ contentType: consentType, name: file.name, content }],
  });
}
