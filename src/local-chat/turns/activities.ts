import { randomUUID } from 'node:crypto';
import { conversationId, type Directory, type Place, teamName } from '../directory.ts';
import type { Person } from '../options.ts';
import type { ExecuteRequest, Message } from '../wire.ts';
import { asHtml } from './mentions.ts';

/** An activity on its way to the bot; ready to be serialised. */
export interface OutgoingActivity {
  readonly type: string;
  readonly id: string;
  readonly [field: string]: unknown;
}

/** What every activity to the bot begins from. */
export interface Turn {
  readonly directory: Directory;
  readonly serviceUrl: string;
  readonly now: Date;
  readonly person: Person;
  readonly place: Place;
  readonly thread?: string | undefined;
}

/** A person's message, with the mentions as Teams marks them. */
export function messageActivity(turn: Turn, message: Message): OutgoingActivity {
  const mentions = message.mentions.map(({ text, id, name }) => ({ type: 'mention', text, mentioned: { id, name } }));
  return {
    ...envelope(turn, message.id),
    type: 'message',
    text: message.text,
    textFormat: 'plain',
    attachments: [{ contentType: 'text/html', content: asHtml(message) }],
    entities: [...mentions, clientInfo(turn.person)],
    ...(message.thread !== undefined && message.thread !== message.id && { replyToId: message.thread }),
  };
}

/** Action.Submit: a message that has a value and no text. */
export function submitActivity(turn: Turn, card: Message, id: string, value: unknown): OutgoingActivity {
  const channelData = { ...channelDataOf(turn), source: { name: 'message' }, legacy: { replyToId: card.id } };
  return { ...envelope(turn, id), type: 'message', value, replyToId: card.id, channelData };
}

/** Action.Execute or a refresh, as in "Universal Actions for Adaptive Cards". */
export function executeActivity(turn: Turn, request: ExecuteRequest): OutgoingActivity {
  const { action, trigger, messageId } = request;
  return {
    ...envelope(turn, `f:${randomUUID()}`),
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action, trigger },
    replyToId: messageId,
    channelData: { ...channelDataOf(turn), source: { name: 'message' }, legacy: { replyToId: messageId } },
  };
}

/** A person's answer to a file that the bot offers: `fileConsent/invoke`. */
export function consentActivity(turn: Turn, messageId: string, value: object): OutgoingActivity {
  return {
    ...envelope(turn, `f:${randomUUID()}`),
    type: 'invoke',
    name: 'fileConsent/invoke',
    value: { type: 'fileUpload', ...value },
    replyToId: messageId,
  };
}

/** The bot was added: the roster changed. In a channel it is the team that it was added to. */
export function addedActivity(turn: Turn): OutgoingActivity {
  return { ...envelope(turn, `f:${randomUUID()}`), type: 'conversationUpdate', membersAdded: membersAdded(turn) };
}

/** The app was installed; Teams sends it beside `conversationUpdate`, in no certain order. */
export function installedActivity(turn: Turn): OutgoingActivity {
  return { ...envelope(turn, `f:${randomUUID()}`), type: 'installationUpdate', action: 'add' };
}

function envelope({ directory, serviceUrl, now, person, place, thread }: Turn, id: string) {
  const turn = { directory, serviceUrl, now, person, place, thread };
  return {
    id,
    timestamp: now.toISOString(),
    localTimestamp: localTime(now, person.timeZone),
    localTimezone: person.timeZone,
    serviceUrl,
    channelId: 'msteams',
    from: { id: person.id, name: person.name, aadObjectId: person.aadObjectId },
    conversation: conversationOf(turn),
    recipient: { id: directory.bot.id, name: directory.bot.name },
    locale: person.locale,
    entities: [clientInfo(person)],
    channelData: channelDataOf(turn),
  };
}

function conversationOf({ directory, place, thread }: Turn) {
  return {
    id: conversationId(place.id, thread),
    tenantId: directory.tenantId,
    conversationType: place.kind,
    ...(place.kind !== 'personal' && { isGroup: true }),
    ...(place.kind === 'groupChat' && { name: place.title }),
  };
}

function channelDataOf({ directory, place }: Turn) {
  const tenant = { id: directory.tenantId };
  if (place.kind !== 'channel') return { tenant };
  const team = { id: place.id, name: teamName };
  const channel = { id: place.id, name: place.title };
  return { tenant, team, channel, teamsTeamId: place.id, teamsChannelId: place.id };
}

function clientInfo({ locale, timeZone }: Person) {
  return { type: 'clientInfo', locale, country: locale.split('-')[1] ?? '', platform: 'Web', timezone: timeZone };
}

function membersAdded({ directory, place }: Turn) {
  const people = place.kind === 'personal' ? place.members : [];
  return [{ id: directory.bot.id }, ...people.map(({ id, aadObjectId }) => ({ id, aadObjectId }))];
}

/** ISO 8601 in the person's time zone, with its offset. */
function localTime(at: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const zone = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const offset = zone.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') || '+00:00';
  const milliseconds = String(at.getUTCMilliseconds()).padStart(3, '0');
  return `${format.format(at).replace(' ', 'T')}.${milliseconds}${offset}`;
}
