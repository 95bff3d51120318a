import type { ChatLog } from '../chat-log.ts';
import { type Address, conversationId, type Directory } from '../directory.ts';
import { HttpError } from '../web/answer.ts';
import type { Message } from '../wire.ts';
import { type BotActivity, mentionsOf } from './activity.ts';
import { showNotice } from './notices.ts';
import type { SendLimit } from './send-limit.ts';
import { type Finding, teamsFindings } from './teams-rules.ts';

/** What the connector's routes work with. */
export interface ConnectorParts {
  readonly log: ChatLog;
  readonly directory: Directory;
  readonly limit: SendLimit;
}

/** Puts a message from the bot into a conversation. Resolves with its id when it is on disk. @throws HttpError */
export async function send(parts: ConnectorParts, address: Address, activity: BotActivity): Promise<string> {
  const { log, directory } = parts;
  if (activity.type === 'typing') {
    log.typing(whereOf(address), directory.bot);
    return log.newId();
  }
  await refuseWhatTeamsRefuses(parts, address, activity);
  const id = log.newId();
  const isPost = address.place.kind === 'channel' && address.thread === undefined;
  const base = { id, conversation: address.place.id, thread: isPost ? id : address.thread, version: 1 };
  const at = new Date(Number(id)).toISOString();
  await log.append({ kind: 'message', message: { ...base, at, author: directory.bot, ...contentOf(activity) } });
  return id;
}

/** Puts new content in place of a message that the bot sent. @throws HttpError */
export async function change(parts: ConnectorParts, message: Message, activity: BotActivity): Promise<void> {
  const address = addressOf(parts, message);
  await refuseWhatTeamsRefuses(parts, address, activity);
  const { editedAt, version } = nextVersion(parts, message);
  await parts.log.append({ kind: 'message', message: { ...message, ...contentOf(activity), editedAt, version } });
}

/** Takes a message of the bot's back; its place stays, as in Teams. @throws HttpError */
export async function remove(parts: ConnectorParts, message: Message): Promise<void> {
  await refuseTooMany(parts, addressOf(parts, message));
  const empty = { text: '', attachments: [], suggestions: [], mentions: [], summary: undefined };
  const { editedAt, version } = nextVersion(parts, message);
  await parts.log.append({ kind: 'message', message: { ...message, ...empty, editedAt, version, deleted: true } });
}

/** The bot's own message of this id in this conversation. @throws HttpError 404, or 403 for somebody else's. */
export function ownMessage(parts: ConnectorParts, address: Address, id: string): Message {
  const message = parts.log.messages.get(id);
  if (!message || message.deleted || message.conversation !== address.place.id) {
    throw new HttpError(404, 'ActivityNotFoundInConversation', { message: 'There is no such message.' });
  }
  if (message.author.kind !== 'bot') {
    throw new HttpError(403, 'NotEnoughPermissions', { message: 'A bot may change only its own messages.' });
  }
  return message;
}

function addressOf({ directory }: ConnectorParts, message: Message): Address {
  const address = directory.address(conversationId(message.conversation, message.thread));
  if (!address) throw new HttpError(404, 'ConversationNotFound', { message: 'There is no such conversation.' });
  return address;
}

function nextVersion({ log }: ConnectorParts, message: Message): { editedAt: string; version: number } {
  return { editedAt: new Date(Number(log.newId())).toISOString(), version: message.version + 1 };
}

async function refuseWhatTeamsRefuses(parts: ConnectorParts, address: Address, activity: BotActivity): Promise<void> {
  await refuseTooMany(parts, address);
  const findings = teamsFindings(activity);
  for (const finding of findings) await show(parts, address, finding);
  const refused = findings.find((finding) => finding.status !== undefined);
  if (refused?.status) throw new HttpError(refused.status, refused.code, { message: refused.text });
}

async function refuseTooMany(parts: ConnectorParts, address: Address): Promise<void> {
  const seconds = parts.limit.retryAfter(conversationId(address.place.id, address.thread));
  if (seconds === undefined) return;
  const text = 'More than 7 messages in one second in one conversation: the bot is told to wait.';
  await show(parts, address, { status: 429, code: 'Throttled', text });
  throw new HttpError(429, 'Throttled', { message: text, headers: { 'retry-after': String(seconds) } });
}

async function show({ log }: ConnectorParts, address: Address, finding: Finding): Promise<void> {
  const level = finding.status === undefined ? 'warning' : 'refused';
  await showNotice(log, { ...whereOf(address), level, code: finding.code, text: finding.text });
}

function whereOf({ place, thread }: Address) {
  return { conversation: place.id, thread };
}

function contentOf(activity: BotActivity) {
  const actions = activity.suggestedActions?.actions ?? [];
  return {
    text: activity.text ?? '',
    format: activity.textFormat === 'plain' ? ('plain' as const) : ('markdown' as const),
    attachments: activity.attachments ?? [],
    suggestions: actions
      .slice(0, 3)
      .map(({ title, value }) => ({ title, value: typeof value === 'string' ? value : title })),
    mentions: mentionsOf(activity).map(({ text, mentioned }) => ({ text, ...mentioned })),
    summary: activity.summary ?? undefined,
  };
}
