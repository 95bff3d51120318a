import type { ServerResponse } from 'node:http';
import type { ChatLog, Entry } from '../chat-log.ts';
import { type Directory, viewOf } from '../directory.ts';
import type { Person } from '../options.ts';
import type { ChatRecord, Message, Snapshot, StreamEvent, Typing } from '../wire.ts';
import { HttpError } from './answer.ts';

/** A page shows at most so many messages of a conversation when it is opened; more come while it is open. */
const snapshotMessages = 200;

/** What a stream of events needs to know. */
export interface StreamParts {
  readonly log: ChatLog;
  readonly directory: Directory;
  readonly firstExamples: readonly string[];
}

/** Proxies and browsers drop a silent connection; a comment line keeps it. */
const heartbeatMs = 15_000;

/**
 * Server-sent events for one tab. An event's id is `<epoch>.<position>`; a tab that comes back with the last one it
 * saw gets what it missed, also from a restarted server. Otherwise it gets a snapshot first. An unknown name is the
 * first person: the page has to begin as somebody.
 */
export function serveEvents(parts: StreamParts, response: ServerResponse, query: { as: string; after: string }): void {
  const person = parts.directory.person(query.as) ?? parts.directory.people[0];
  if (!person) throw new HttpError(404, 'NotFound', { message: 'There are no people.' });
  const { log } = parts;
  const stream = new Stream(response, log.epoch, visibility(parts.directory, person));
  const [epoch = '', position = ''] = query.after.split('.');
  const missed = position === '' ? undefined : log.after(epoch, Number(position));
  if (missed) stream.resume(missed, log.position);
  else stream.begin(snapshot(parts, person), log.position);
  const stop = log.listen((event) => stream.send(event));
  const heartbeat = setInterval(() => response.write(':\n\n'), heartbeatMs).unref();
  response.on('close', () => {
    stop();
    clearInterval(heartbeat);
  });
}

class Stream {
  readonly #response: ServerResponse;
  readonly #epoch: string;
  readonly #visible: (conversation: string) => boolean;
  #position = 0;

  constructor(response: ServerResponse, epoch: string, visible: (conversation: string) => boolean) {
    this.#response = response;
    this.#epoch = epoch;
    this.#visible = visible;
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
  }

  begin(first: Snapshot, position: number): void {
    this.#position = position;
    this.#write(first, position);
  }

  resume(missed: readonly Entry[], position: number): void {
    this.#response.write(':\n\n');
    for (const entry of missed) this.send(entry);
    this.#position = position;
  }

  send(event: Entry | Typing): void {
    if ('kind' in event) {
      if (this.#visible(event.conversation)) this.#write(event);
      return;
    }
    if (event.position <= this.#position) return;
    this.#position = event.position;
    if (this.#visible(conversationOf(event.record))) this.#write(event.record, event.position);
  }

  #write(event: StreamEvent, position?: number): void {
    const id = position === undefined ? '' : `id: ${this.#epoch}.${position}\n`;
    this.#response.write(`${id}data: ${JSON.stringify(event)}\n\n`);
  }
}

function snapshot({ log, directory, firstExamples }: StreamParts, person: Person): Snapshot {
  const visible = visibility(directory, person);
  return {
    kind: 'snapshot',
    bot: { id: directory.bot.id, name: directory.bot.name },
    me: viewOf(person, directory.people.indexOf(person)),
    people: directory.people.map(viewOf),
    conversations: directory.visibleTo(person),
    messages: directory.visibleTo(person).flatMap(({ id }) => newest(log, id)),
    notices: log.notices.filter((notice) => visible(notice.conversation)),
    firstExamples,
  };
}

/** The newest messages of a conversation, with the posts that their threads begin with. */
function newest({ messages }: ChatLog, conversation: string): Message[] {
  const all = [...messages.values()].filter((message) => message.conversation === conversation);
  const recent = all.slice(-snapshotMessages);
  const threads = new Set(recent.map(({ thread }) => thread));
  const posts = all.slice(0, -snapshotMessages).filter(({ id }) => threads.has(id));
  return [...posts, ...recent];
}

function visibility(directory: Directory, person: Person): (conversation: string) => boolean {
  const ids = new Set(directory.visibleTo(person).map(({ id }) => id));
  return (conversation) => ids.has(conversation);
}

function conversationOf(record: ChatRecord): string {
  if (record.kind === 'message') return record.message.conversation;
  return record.kind === 'notice' ? record.notice.conversation : record.conversation;
}
