import type { Conversation, Message } from '../wire.ts';
import { botFace } from './avatar.ts';
import { cardSummary } from './card-view.ts';
import type { ChatState } from './chat-state.ts';
import { el, type Item, icon, icons, reconcile } from './dom.ts';
import type { Clock } from './time.ts';

const testIds = { personal: 'conversation-personal', groupChat: 'conversation-group', channel: 'conversation-channel' };

/** The list of conversations: last words, time, and a dot where something is new. */
export function sidebar(select: (conversation: string) => void) {
  const list = el('ul', { class: 'conversations' });
  const element = el('nav', { class: 'sidebar', 'aria-label': 'Conversations' }, el('h2', {}, 'Chat'), list);
  const update = (state: ChatState, clock: Clock) =>
    reconcile(
      list,
      state.conversations.map((conversation) => item(conversation, { state, clock, select })),
    );
  return { element, update };
}

interface EntryContext {
  readonly state: ChatState;
  readonly clock: Clock;
  readonly select: (conversation: string) => void;
}

function item(conversation: Conversation, context: EntryContext): Item {
  const { state, clock } = context;
  const last = state.messagesIn(conversation.id).at(-1);
  const isSelected = state.selected === conversation.id;
  const isUnread = !isSelected && state.unread(conversation.id);
  const preview = last ? previewOf(last, state.about?.me.id) : subtitleOf(conversation);
  const stamp = JSON.stringify([conversation, isSelected, isUnread, preview, last && clock.short(last.at)]);
  return {
    key: conversation.id,
    stamp,
    make: () => entry({ conversation, isSelected, isUnread, preview, last }, context),
  };
}

interface Entry {
  readonly conversation: Conversation;
  readonly isSelected: boolean;
  readonly isUnread: boolean;
  readonly preview: string;
  readonly last: Message | undefined;
}

function entry(
  { conversation, isSelected, isUnread, preview, last }: Entry,
  { clock, select }: EntryContext,
): HTMLElement {
  const { id, kind, title } = conversation;
  const button = el(
    'button',
    {
      type: 'button',
      class: `conversation${isUnread ? ' unread' : ''}`,
      'data-testid': testIds[kind],
      'aria-current': isSelected ? 'true' : undefined,
      on: { click: () => select(id) },
    },
    faceOf(conversation),
    el('span', { class: 'title' }, title),
    last ? el('time', { datetime: last.at }, clock.short(last.at)) : undefined,
    el('span', { class: 'preview' }, preview),
    isUnread
      ? el('span', { class: 'dot', 'data-testid': 'unread' }, el('span', { class: 'visually-hidden' }, 'unread'))
      : undefined,
  );
  return el('li', {}, button);
}

/** The picture of a conversation. */
export function faceOf({ kind }: Conversation): HTMLElement {
  if (kind === 'personal') return botFace();
  return el(
    'span',
    { class: 'avatar place', 'aria-hidden': 'true' },
    icon(kind === 'channel' ? icons.channel : icons.people),
  );
}

/** What kind of conversation it is, in words. */
export function subtitleOf({ kind, memberNames }: Conversation): string {
  if (kind === 'personal') return 'Personal chat with the bot';
  if (kind === 'groupChat') return `Group chat · ${memberNames.length} people`;
  return 'Channel of the team Cloud operations';
}

function previewOf({ author, text, summary, attachments, deleted }: Message, myId: string | undefined): string {
  const words = deleted
    ? 'Message deleted'
    : summary || text.replace(/<\/?at>/g, '') || cardSummary(attachments[0]?.content);
  return `${author.id === myId ? 'You' : author.name.split(' ')[0]}: ${words.replace(/\s+/g, ' ')}`;
}
