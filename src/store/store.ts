import type { AuditEvent } from '../runs/audit-event.ts';
import type { ConversationBook, DeliveryLog } from '../runs/ports.ts';
import type { AuditTrail } from './audit-chain.ts';
import type { BotState } from './bot-state.ts';
import type { CardRows } from './card-rows.ts';
import type { DigestReads, DigestWrites } from './digest-rows.ts';
import type { LeftOpenReads, LeftOpenWrites } from './left-open-rows.ts';
import type { Measures } from './measures.ts';
import type { PostReads, PostWrites } from './post-rows.ts';
import type { Handle, JobData, QueueName, Sending, TakenJob } from './queues.ts';
import type { QuietBook } from './quiet-rows.ts';
import type { Forgotten, Outlived } from './retention.ts';
import type { RunReads, RunWrites } from './run-rows.ts';
import type { TargetLocks } from './target-locks.ts';
import type { WatchReads, WatchWrites } from './watch-rows.ts';

/** One transaction: everything in it is kept, or nothing. No call to Azure or to Teams belongs inside. */
export interface Unit {
  readonly runs: RunWrites;
  readonly targets: TargetLocks;
  readonly cards: CardRows;
  readonly leftOpen: LeftOpenWrites;
  readonly posts: PostWrites;
  readonly watches: WatchWrites;
  readonly digests: DigestWrites;
  /** Is appended to the audit chain as the transaction's last act. */
  record(event: AuditEvent): void;
  /** `after` in seconds from now. */
  send<Q extends QueueName>(queue: Q, data: JobData<Q>, after?: number): Promise<void>;
  sendAll<Q extends QueueName>(queue: Q, jobs: readonly Sending<Q>[]): Promise<void>;
  /** @throws AttemptLapsed when the job is no longer ours: the transaction is then rolled back. */
  complete(job: TakenJob): Promise<void>;
  /** Jobs of one queue; answers the ids of those that were still ours. What the others were about to write must not be written. */
  completeAll(jobs: readonly TakenJob[]): Promise<ReadonlySet<string>>;
}

/** The queues, outside transactions. */
export interface Jobs {
  /** From now on no job begins before this resolves: what goes on by itself lets people go first. */
  letGoFirst(turns: () => Promise<void>): void;
  /** A handler that throws gets its job again later, with a higher attempt. */
  work<Q extends QueueName>(queue: Q, handle: Handle<Q>): Promise<void>;
  /** At most one such job a day, over all replicas. */
  daily(queue: 'retention'): Promise<void>;
  /** Whether the job is still ours: asked just before a call that cannot be taken back. */
  holds(job: TakenJob): Promise<boolean>;
  /** Resolves when no job is being worked on in this process; tells how many it has taken so far. */
  idle(): Promise<number>;
  /** Takes no further jobs and waits for those in hand. */
  stopWorking(): Promise<void>;
}

/** Everything that outlives the process. */
export interface Store {
  readonly runs: RunReads;
  readonly audit: AuditTrail;
  readonly jobs: Jobs;
  readonly conversations: ConversationBook;
  readonly deliveries: DeliveryLog;
  readonly botState: BotState;
  readonly leftOpen: LeftOpenReads;
  readonly posts: PostReads;
  readonly watches: WatchReads;
  readonly digests: DigestReads;
  readonly quiet: QuietBook;
  readonly measures: Measures;
  /** @throws TypeError inside another transaction: it would wait for itself. */
  transaction<T>(work: (unit: Unit) => Promise<T>): Promise<T>;
  /** Deletes ended runs, their cards and the memory of conversations that nobody has touched for long. The audit trail stays whole. */
  forgetOlder(outlived: Outlived): Promise<Forgotten>;
  /** The bot is no longer in a conversation: what was to be said there is dropped, and how to get there. */
  forgetConversation(id: string): Promise<void>;
  /** Resolves when something could be written now. @throws StoreFault saying why not. */
  check(): Promise<void>;
  close(): Promise<void>;
}
