import { z } from 'zod';
import type { ChatLog } from '../chat-log.ts';
import type { Directory, Place } from '../directory.ts';
import type { Files } from '../files.ts';
import type { Person } from '../options.ts';
import { HttpError } from '../web/answer.ts';
import type {
  ConsentRequest,
  ExecuteOutcome,
  ExecuteRequest,
  Message,
  OpenRequest,
  SayRequest,
  SubmitRequest,
} from '../wire.ts';
import {
  addedActivity,
  consentActivity,
  executeActivity,
  installedActivity,
  messageActivity,
  submitActivity,
  type Turn,
} from './activities.ts';
import { executeOutcome } from './execute-outcome.ts';
import { withMentions } from './mentions.ts';
import type { TurnRunner } from './turn-runner.ts';

/** What people's deeds in the chat work with. */
export interface ChatParts {
  readonly log: ChatLog;
  readonly directory: Directory;
  readonly turns: TurnRunner;
  readonly files: Files;
  readonly serviceUrl: () => string;
  readonly now: () => Date;
}

/** Teams' special forms of Action.Submit: data that becomes a sentence of the person's. */
const teamsSubmitSchema = z.object({
  msteams: z.object({
    type: z.enum(['imBack', 'messageBack']),
    text: z.string().optional(),
    displayText: z.string().optional(),
    value: z.unknown().optional(),
  }),
});

/** Keeps what the person wrote, then tells the bot without waiting for its turn. Resolves with the message. */
export async function say(parts: ChatParts, request: SayRequest): Promise<Message> {
  const { person, place } = present(parts, request);
  const id = parts.log.newId();
  const known = [parts.directory.bot, ...place.members];
  const thread = place.kind === 'channel' ? (request.thread ?? id) : undefined;
  const written = place.kind === 'personal' ? { text: request.text, mentions: [] } : withMentions(request.text, known);
  const message = personMessage({ id, place, thread, person, ...written });
  await parts.log.append({ kind: 'message', message });
  const heard = place.kind === 'personal' || message.mentions.some((mention) => mention.id === parts.directory.bot.id);
  if (heard) parts.turns.start(message, messageActivity(turnOf(parts, { person, place, thread }), message));
  return message;
}

/** Action.Submit. Only its Teams forms imBack and messageBack are seen in the conversation. */
export async function submit(parts: ChatParts, request: SubmitRequest): Promise<void> {
  const { person, place, card } = presentAtCard(parts, request);
  const special = teamsSubmitSchema.safeParse(request.value);
  const { msteams } = special.success ? special.data : {};
  if (msteams?.type === 'imBack') {
    const mention = place.kind === 'personal' ? '' : `@${parts.directory.bot.name} `;
    const text = `${mention}${String(msteams.value)}`;
    await say(parts, { as: request.as, conversation: place.id, thread: card.thread, text });
    return;
  }
  const id = parts.log.newId();
  if (msteams?.displayText) {
    const shown = personMessage({ id, place, thread: card.thread, person, text: msteams.displayText, mentions: [] });
    await parts.log.append({ kind: 'message', message: shown });
  }
  const turn = turnOf(parts, { person, place, thread: card.thread });
  const activity = submitActivity(turn, card, id, msteams ? msteams.value : request.value);
  parts.turns.start(card, { ...activity, ...(msteams?.text !== undefined && { text: msteams.text }) });
}

/** Action.Execute or a refresh: waits for the bot's answer, which is for this client alone. */
export async function execute(parts: ChatParts, request: ExecuteRequest): Promise<ExecuteOutcome> {
  const { person, place, card } = presentAtCard(parts, request);
  const turn = turnOf(parts, { person, place, thread: card.thread });
  const delivered = await parts.turns.run(card, executeActivity(turn, request));
  return executeOutcome(delivered, parts.log.messages.get(card.id)?.version ?? card.version);
}

const offerSchema = z.object({
  contentType: z.literal('application/vnd.microsoft.teams.card.file.consent'),
  name: z.string(),
  content: z.object({ acceptContext: z.unknown().optional(), declineContext: z.unknown().optional() }),
});

/** Tells the bot whether its file is taken, and where to put it. */
export async function consent(parts: ChatParts, request: ConsentRequest): Promise<void> {
  const { person, place, card } = presentAtCard(parts, request);
  const offer = card.attachments.map((attachment) => offerSchema.safeParse(attachment).data).find(Boolean);
  if (offer === undefined) throw new HttpError(404, 'NotFound', { message: 'The message offers no file.' });
  const { action } = request;
  const value =
    action === 'accept'
      ? { context: offer.content.acceptContext, uploadInfo: parts.files.room(parts.serviceUrl(), offer.name) }
      : { context: offer.content.declineContext };
  const turn = turnOf(parts, { person, place, thread: card.thread });
  await parts.turns.run(card, consentActivity(turn, card.id, { action, ...value }));
}

/** The first look into a conversation installs the bot there, as adding the app does in Teams. */
export async function open(parts: ChatParts, request: OpenRequest): Promise<void> {
  const { person, place } = present(parts, request);
  if (parts.log.opened.has(place.id)) return;
  await parts.log.append({ kind: 'opened', conversation: place.id });
  const turn = turnOf(parts, { person, place, thread: undefined });
  parts.turns.start({ conversation: place.id }, installedActivity(turn), addedActivity(turn));
}

function present({ directory }: ChatParts, request: { as: string; conversation: string }) {
  const person = directory.person(request.as);
  const place = directory.address(request.conversation)?.place;
  if (!person || !place?.members.includes(person)) {
    throw new HttpError(404, 'NotFound', { message: 'There is no such person or conversation.' });
  }
  return { person, place };
}

function presentAtCard(parts: ChatParts, { as, messageId }: { as: string; messageId: string }) {
  const card = parts.log.messages.get(messageId);
  if (!card || card.deleted) throw new HttpError(404, 'NotFound', { message: 'The message is gone.' });
  return { ...present(parts, { as, conversation: card.conversation }), card };
}

function turnOf(parts: ChatParts, who: { person: Person; place: Place; thread: string | undefined }): Turn {
  return { directory: parts.directory, serviceUrl: parts.serviceUrl(), now: parts.now(), ...who };
}

function personMessage(written: {
  readonly id: string;
  readonly place: Place;
  readonly thread: string | undefined;
  readonly person: Person;
  readonly text: string;
  readonly mentions: Message['mentions'];
}): Message {
  const { id, place, thread, person, text, mentions } = written;
  const author = { kind: 'person', id: person.id, name: person.name } as const;
  const at = new Date(Number(id)).toISOString();
  const plain = { format: 'plain', attachments: [], suggestions: [], version: 1 } as const;
  return { id, conversation: place.id, thread, at, author, text, mentions, ...plain };
}
