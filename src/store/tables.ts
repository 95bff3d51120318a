import type { ColumnType, Generated } from 'kysely';

/** JSON that is written as text and read as a value (jsonb), to be parsed by a schema before it is believed. */
type Json = ColumnType<unknown, string, string>;

/** One run. The columns beside `body` exist to be searched by; all times in all tables are ISO 8601 text in UTC. */
export interface RunTable {
  id: string;
  code: string;
  tenant_id: string;
  state: string;
  revision: number;
  requester_oid: string;
  conversation_id: string;
  created_at: string;
  body: Json;
}

/** A code is taken until its run is 90 days old. */
export interface RunCodeTable {
  code: string;
  run_id: string;
  taken_until: string;
}

/** What an unfinished run holds; the primary key is the lock. */
export interface RunTargetTable {
  target_key: string;
  run_id: string;
}

/** One message that shows a run. */
export interface CardTable {
  run_id: string;
  conversation_id: string;
  message_id: string | null;
  /** The run's revision that the message shows; 0 before the first post. */
  shown: number;
  sent_at: string | null;
  /** Whether a job for this card waits in the queue. */
  queued: boolean;
  /** Who is sending at this moment, and since when. */
  held_by: string | null;
  held_at: string | null;
  failures: number;
}

/** Append-only. `body` is canonical JSON, kept as text so that the hash can be made again byte for byte. */
export interface AuditTable {
  seq: number;
  run_id: string | null;
  body: string;
  hash: string;
}

export interface ConversationTable {
  id: string;
  kind: string;
  tenant_id: string;
  oid: string | null;
  reference: Json;
  seen: Generated<number>;
}

export interface DeliveryTable {
  conversation_id: string;
  activity_id: string;
  at: string;
}

export interface BotStateTable {
  key: string;
  value: Json;
  etag: string;
  written_at: string | null;
}

/** What a run left open in Azure; see `LeftOpenEntry`. */
export interface LeftOpenTable {
  run_id: string;
  tenant_id: string;
  conversation_id: string;
  target_key: string;
  kind: string;
  opened_at: string;
  said: number;
  next_at: string;
  stopped_by: string | null;
  closed_at: string | null;
}

/** One message that the bot says by itself; see `Post`. */
export interface PostTable {
  id: string;
  conversation_id: string;
  screen: Json;
  reader: Json;
  anew: boolean;
  rings: boolean;
  revision: number;
  sent: number;
  message_id: string | null;
}

export interface QuietHoursTable {
  conversation_id: string;
  /** `22:00`, as the clocks of the time zone show it. */
  from_time: string;
  until_time: string;
  time_zone: string;
}

/** One wish to be told of failures; see `Watch`. */
export interface WatchTable {
  conversation_id: string;
  kind: string;
  target_key: string;
  name: string;
  tenant_id: string;
  oid: string;
  person: string;
  locale: string;
  time_zone: string;
  created_at: string;
}

/** One failure for one conversation; the primary key makes that it is told once. */
export interface WatchEventTable {
  conversation_id: string;
  event_key: string;
  found_at: string;
  told: boolean;
  body: Json;
}

/** The health of replication as it was last seen. */
export interface WatchedHealthTable {
  item_key: string;
  health: string;
}

/** The looks that go on, one at a time over all replicas. */
export interface PollTable {
  name: string;
  tick: number;
  next_at: string;
}

/** A daily summary; see `Digest`. */
export interface DigestTable {
  conversation_id: string;
  tenant_id: string;
  oid: string;
  person: string;
  locale: string;
  time_zone: string;
  time: string;
  next_at: string;
  revision: number;
}

/** Everything that is ours in the database; pg-boss keeps its own tables in the schema `pgboss`. */
export interface Tables {
  run: RunTable;
  run_code: RunCodeTable;
  run_target: RunTargetTable;
  card: CardTable;
  audit_event: AuditTable;
  conversation: ConversationTable;
  delivery: DeliveryTable;
  bot_state: BotStateTable;
  left_open: LeftOpenTable;
  post: PostTable;
  quiet_hours: QuietHoursTable;
  watch: WatchTable;
  watch_event: WatchEventTable;
  watched_health: WatchedHealthTable;
  poll: PollTable;
  digest: DigestTable;
}
