import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Journal } from './journal.ts';
import type { Author, ChatRecord, Message, Notice, Typing } from './wire.ts';

/** A lasting record with its place in the order of all; `position` is what a stream resumes from. */
export interface Entry {
  readonly position: number;
  readonly record: ChatRecord;
}

/** Sees every entry after it is on disk, and every passing event. */
export type Listener = (event: Entry | Typing) => void;

const lineSchema = z.union([
  z.object({ epoch: z.string() }),
  z.object({ position: z.number(), record: z.custom<ChatRecord>((value) => typeof value === 'object') }),
]);

/** More entries than this are not sent one by one after a reconnect; the stream begins anew. */
const resumeLimit = 2000;

/** A journal of more lines keeps only the last form of each message when it is opened: cards change very often. */
const compactAbove = 5000;

/** All that was said, in order; the only writer of the journal. */
export class ChatLog {
  readonly messages = new Map<string, Message>();
  readonly notices: Notice[] = [];
  readonly opened = new Set<string>();
  /** Changes when the past is not this log's: positions of another epoch mean nothing here. */
  readonly epoch: string;
  readonly #journal: Journal;
  readonly #now: () => Date;
  readonly #listeners = new Set<Listener>();
  #recent: Entry[] = [];
  #position = 0;
  #lastId = 0;

  /** Reads the journal back; a chat that was never kept begins a new epoch, and so does one that was made smaller. */
  static async open(journal: Journal, now: () => Date): Promise<ChatLog> {
    const lines = journal.takeLines().map((line) => lineSchema.parse(JSON.parse(line)));
    const epoch = lines.length > compactAbove ? undefined : lines.find((line) => 'epoch' in line)?.epoch;
    const log = new ChatLog(journal, now, epoch ?? randomUUID());
    for (const line of lines) {
      if ('record' in line) log.#apply(line);
    }
    if (epoch === undefined) await journal.replace([JSON.stringify({ epoch: log.epoch }), ...log.#compacted()]);
    return log;
  }

  private constructor(journal: Journal, now: () => Date, epoch: string) {
    this.#journal = journal;
    this.#now = now;
    this.epoch = epoch;
  }

  get position(): number {
    return this.#position;
  }

  /** A new message id as Teams makes them: milliseconds, never twice. */
  newId(): string {
    this.#lastId = Math.max(this.#now().getTime(), this.#lastId + 1);
    return String(this.#lastId);
  }

  /** Applies at once, so that later calls see it, and resolves when it is on disk and listeners know. */
  async append(record: ChatRecord): Promise<void> {
    const entry = { position: this.#position + 1, record };
    this.#apply(entry);
    await this.#journal.append(JSON.stringify(entry));
    this.#tell(entry);
  }

  /** Shows the author as typing to whoever looks now. */
  typing(where: { conversation: string; thread?: string | undefined }, author: Author): void {
    this.#tell({ kind: 'typing', ...where, author });
  }

  /** Entries after this position, oldest first; undefined: they are not all at hand, begin with a snapshot. */
  after(epoch: string, position: number): Entry[] | undefined {
    const oldest = this.#recent[0]?.position ?? this.#position + 1;
    if (epoch !== this.epoch || !(position <= this.#position) || position < oldest - 1) return undefined;
    return this.#recent.filter((entry) => entry.position > position);
  }

  /** Calls the listener from now on; returns how to stop. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    await this.#journal.close();
  }

  #compacted(): string[] {
    const records: ChatRecord[] = [
      ...[...this.opened].map((conversation) => ({ kind: 'opened' as const, conversation })),
      ...[...this.messages.values()].map((message) => ({ kind: 'message' as const, message })),
      ...this.notices.map((notice) => ({ kind: 'notice' as const, notice })),
    ];
    this.#recent = [];
    this.#position = records.length;
    return records.map((record, index) => JSON.stringify({ position: index + 1, record }));
  }

  #tell(event: Entry | Typing): void {
    for (const listener of this.#listeners) listener(event);
  }

  #apply(entry: Entry): void {
    const { record } = entry;
    this.#position = entry.position;
    this.#recent.push(entry);
    if (this.#recent.length > resumeLimit * 2) this.#recent = this.#recent.slice(-resumeLimit);
    if (record.kind === 'opened') this.opened.add(record.conversation);
    if (record.kind === 'notice') this.notices.push(record.notice);
    if (record.kind === 'message') this.messages.set(record.message.id, record.message);
    const id = record.kind === 'message' ? record.message.id : record.kind === 'notice' ? record.notice.id : '0';
    this.#lastId = Math.max(this.#lastId, Number(id));
  }
}
