import type { Conversation, Message, Notice, Suggestion, Typing } from '../wire.ts';
import type { ChatState } from './chat-state.ts';
import { el, type Item } from './dom.ts';
import { type MessageContext, messageView, noticeView } from './message-view.ts';

/** A message or notice on the way to the screen. */
export type Entry = { readonly message: Message } | { readonly notice: Notice };

/** Messages of one author closer than this stand together under one name. */
const togetherMs = 5 * 60_000;

/** All entries of a conversation in the order of their ids, which are times. */
export function entriesOf(state: ChatState, { id }: Conversation): Entry[] {
  const messages = state.messagesIn(id).map((message) => ({ message }));
  const notices = [...state.notices.values()]
    .filter((notice) => notice.conversation === id)
    .map((notice) => ({ notice }));
  return [...messages, ...notices].toSorted((one, other) => Number(idOf(one)) - Number(idOf(other)));
}

/** Entries, in a chat with a line for each new day. */
export function itemsOf(state: ChatState, entries: readonly Entry[], context: MessageContext): Item[] {
  return entries.flatMap((entry, index) => {
    const before = entries[index - 1];
    const isNewDay = !before || context.clock.dayKey(timeOf(before)) !== context.clock.dayKey(timeOf(entry));
    const item = entryItem(state, entry, { context, before: isNewDay ? undefined : before });
    return isNewDay && !context.isChannel ? [dayItem(timeOf(entry), context), item] : [item];
  });
}

/** The line that says who is typing. */
export function typingItem({ author }: Typing): Item {
  const make = () =>
    el(
      'div',
      { class: 'typing', 'data-testid': 'typing', role: 'status' },
      el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i')),
      el('span', {}, `${author.name} is typing…`),
    );
  return { key: `typing ${author.id}`, stamp: author.name, make };
}

/** Suggested actions of the last message, as buttons; they go when something else is said. */
export function suggestionItems(entries: readonly Entry[], choose: (suggestion: Suggestion) => void): Item[] {
  const last = entries.findLast((entry) => 'message' in entry)?.message;
  if (!last || last.deleted || last.suggestions.length === 0) return [];
  const buttons = last.suggestions.map((suggestion) =>
    el('button', { type: 'button', class: 'suggestion', on: { click: () => choose(suggestion) } }, suggestion.title),
  );
  const make = () => el('div', { class: 'suggestions', role: 'group', 'aria-label': 'Suggestions' }, ...buttons);
  return [{ key: 'suggestions', stamp: `${last.id} ${last.version}`, make }];
}

/** The id of an entry: milliseconds, so that it also says when. */
export function idOf(entry: Entry): string {
  return 'message' in entry ? entry.message.id : entry.notice.id;
}

/** One entry. */
export function entryItem(
  state: ChatState,
  entry: Entry,
  { context, before }: { context: MessageContext; before: Entry | undefined },
): Item {
  if ('notice' in entry) {
    return { key: `notice ${entry.notice.id}`, stamp: '', make: () => noticeView(entry.notice, context.clock) };
  }
  const { message } = entry;
  const follows = before !== undefined && 'message' in before && isTogether(before.message, message);
  const view = state.ownView(message);
  const stamp = [message.version, view?.serial, follows, context.myId].join(' ');
  return { key: message.id, stamp, make: () => messageView(message, context, follows) };
}

function dayItem(at: string, { clock }: MessageContext): Item {
  const make = () => el('div', { class: 'day' }, el('span', {}, clock.day(at)));
  return { key: `day ${clock.dayKey(at)}`, stamp: clock.day(at), make };
}

function isTogether(before: Message, message: Message): boolean {
  const near = Date.parse(message.at) - Date.parse(before.at) < togetherMs;
  return near && before.author.id === message.author.id && before.version === 1;
}

function timeOf(entry: Entry): string {
  return 'message' in entry ? entry.message.at : entry.notice.at;
}
