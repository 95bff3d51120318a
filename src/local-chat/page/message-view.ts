import type { Message, Notice } from '../wire.ts';
import { botFace, personFace } from './avatar.ts';
import { type CardHandlers, cardView } from './card-view.ts';
import { el, icon, icons } from './dom.ts';
import { type AnswerFile, fileView } from './file-view.ts';
import { plainText, richText } from './markdown.ts';
import type { Clock } from './time.ts';

/** What a message needs to be drawn. */
export interface MessageContext {
  readonly myId: string;
  readonly clock: Clock;
  readonly toneOf: (personId: string) => number;
  /** In a channel everybody stands at the left under their name, oneself too. */
  readonly isChannel: boolean;
  readonly markdown: (text: string) => string;
  readonly cardHandlers: (message: Message) => CardHandlers;
  readonly answerFile: (message: Message) => AnswerFile;
  /** The card that this person has in place of the message's own. */
  readonly ownCard: (message: Message) => unknown;
}

const cardType = 'application/vnd.microsoft.card.adaptive';

/** One message as Teams shows it: own ones at the right, others with face, name and time. */
export function messageView(message: Message, context: MessageContext, follows: boolean): HTMLElement {
  const { author, id } = message;
  const isOwn = author.id === context.myId;
  const isRight = isOwn && !context.isChannel;
  const body = message.deleted
    ? [el('p', { class: 'deleted' }, 'This message has been deleted.')]
    : parts(message, context);
  return el(
    'article',
    {
      class: `message ${isRight ? 'own' : 'other'}${follows ? ' follows' : ''}`,
      'data-testid': 'message',
      'data-message-id': id,
      'data-from': author.kind,
      'data-version': message.version,
      'data-root': message.thread === id,
      'aria-label': `${isOwn ? 'You' : author.name}, ${context.clock.time(message.at)}`,
      tabindex: -1,
    },
    isRight ? undefined : el('div', { class: 'face' }, follows ? undefined : faceOf(author, context)),
    el('div', { class: 'content' }, follows && !message.editedAt ? undefined : header(message, context), ...body),
  );
}

/** What Teams would have refused, or what failed between Teams and the bot. */
export function noticeView(notice: Notice, clock: Clock): HTMLElement {
  const heading = { refused: 'Teams would refuse this', warning: 'Teams would spoil this', failed: 'Delivery failed' };
  return el(
    'aside',
    {
      class: `notice ${notice.level}`,
      'data-testid': 'notice',
      'data-code': notice.code,
      'aria-label': heading[notice.level],
    },
    icon(icons.warning),
    el('div', {}, el('strong', {}, heading[notice.level]), el('span', {}, notice.text)),
    el('time', { datetime: notice.at, title: clock.full(notice.at) }, clock.time(notice.at)),
  );
}

function faceOf({ kind, id, name }: Message['author'], { toneOf }: MessageContext): HTMLElement {
  return kind === 'bot' ? botFace() : personFace({ name, tone: toneOf(id) });
}

function header({ author, at, editedAt, deleted }: Message, { clock, myId, isChannel }: MessageContext): HTMLElement {
  return el(
    'div',
    { class: 'meta' },
    author.id === myId && !isChannel ? undefined : el('span', { class: 'name' }, author.name),
    el('time', { datetime: at, title: clock.full(at) }, isChannel ? clock.stamp(at) : clock.time(at)),
    editedAt !== undefined && !deleted
      ? el('span', { class: 'edited', title: clock.full(editedAt) }, 'Edited')
      : undefined,
  );
}

function parts(message: Message, context: MessageContext): HTMLElement[] {
  const { text, format, mentions, attachments } = message;
  const isMarkdown = format === 'markdown';
  const words = isMarkdown ? richText(context.markdown(text), mentions) : plainText(text, mentions);
  const bubble = text === '' ? [] : [el('div', { class: 'bubble', dir: 'auto' }, words)];
  const own = context.ownCard(message);
  const cards = attachments.filter(({ contentType }) => contentType === cardType).map(({ content }) => content);
  const shown = own === undefined ? cards : [own, ...cards.slice(1)];
  const files = attachments.flatMap((attachment) => fileView(attachment, context.answerFile(message)) ?? []);
  return [...bubble, ...shown.map((card) => cardView(card, context.cardHandlers(message))), ...files];
}
