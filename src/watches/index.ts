import { CatalogueError } from '../errors.ts';
import type { Actor, Context, Reader } from '../operations/context.ts';
import type { ReadingOperation } from '../operations/operation.ts';
import type { Digest, Log, Store, Watch, WatchTarget } from '../store/index.ts';
import { sayDigest, setDigest } from './digests.ts';
import { keepLooking, type Polling, takeLook } from './polling.ts';
import { coveredVms } from './reading.ts';
import { tell } from './telling.ts';

export type { Digest, Watch, WatchTarget } from '../store/index.ts';
export { endOf, thatOne } from './ending.ts';

/** Most watches of one conversation: more would be noise, and every look would take longer. */
export const mostWatches = 50;

/** Who wants something from now on, and where. */
export interface Wisher {
  readonly actor: Actor;
  readonly reader: Reader;
  readonly conversationId: string;
}

/** What conversations are told by themselves of failures, and every day. */
export interface WatchService {
  /** `already`: the conversation has it. @throws CatalogueError `vm-not-found`, `group-not-found`, `too-many-watches` */
  watch(wish: Wisher & { readonly target: WatchTarget }): Promise<'new' | 'already'>;
  /** Without a target everything of the conversation; answers what was ended. */
  unwatch(conversationId: string, target?: WatchTarget): Promise<readonly Watch[]>;
  of(conversationId: string): Promise<readonly Watch[]>;
  /** Every day at `08:00` of the reader's clock; answers when it comes next, ISO 8601. */
  digest(wish: Wisher & { readonly time: string }): Promise<string>;
  digestOf(conversationId: string): Promise<Digest | undefined>;
  /** False when there was none. */
  stopDigest(conversationId: string): Promise<boolean>;
}

/** The language may have been changed since: "speak Italian" holds for what the bot says by itself, too. */
export type ReaderNow = (actor: Actor, reader: Reader) => Promise<Reader>;

/** What watches are built from. */
export interface WatchesOptions {
  readonly store: Store;
  readonly contextFor: (actor: Actor, reader: Reader) => Context;
  /** How somebody reads now, from how they did when they wished for something. */
  readonly readerNow?: ReaderNow;
  /** What the digest says. */
  readonly summary: ReadingOperation;
  readonly now: () => Date;
  readonly log: Log;
  /** Between two looks at Azure: 300 when not given. */
  readonly everySeconds?: number;
}

/** Builds the watches over an open store. Nothing is looked at before `start`. */
export function createWatches(options: WatchesOptions): { readonly service: WatchService; start(): Promise<void> } {
  const { store, now, log, summary, everySeconds = 300 } = options;
  const readerNow = options.readerNow ?? ((_, reader) => Promise.resolve(reader));
  const contextOf = ({ actor, reader }: Pick<Watch, 'actor' | 'reader'>) => options.contextFor(actor, reader);
  const polling: Polling = { store, now, log, contextOf, everySeconds };
  const digesting = { store, now, summary, contextOf, readerNow };
  return {
    service: {
      watch: (wish) => watch(options, wish),
      unwatch: (conversationId, target) => store.transaction((unit) => unit.watches.remove(conversationId, target)),
      of: (conversationId) => store.watches.of(conversationId),
      digest: ({ actor, reader, conversationId, time }) =>
        setDigest(digesting, { actor, reader, conversationId, time }),
      digestOf: (conversationId) => store.digests.find(conversationId),
      stopDigest: (conversationId) => store.transaction((unit) => unit.digests.remove(conversationId)),
    },
    async start() {
      await store.jobs.work('watch', (job) => takeLook(polling, job));
      await store.jobs.work('tell', (job) => tell({ store, now, readerNow }, job));
      await store.jobs.work('digest', (job) => sayDigest(digesting, job));
      await keepLooking(polling);
    },
  };
}

async function watch(
  { store, now, contextFor }: WatchesOptions,
  { target, actor, reader, conversationId }: Wisher & { readonly target: WatchTarget },
): Promise<'new' | 'already'> {
  const vms = await coveredVms(contextFor(actor, reader), target);
  if (vms.length === 0 && target.kind !== 'all') throw notFound(target);
  return await store.transaction(async (unit) => {
    const before = await unit.watches.count(conversationId);
    const added = await unit.watches.add({ target, conversationId, actor, reader, createdAt: now().toISOString() });
    if (!added) return 'already';
    if (before >= mostWatches) throw new CatalogueError('too-many-watches', { values: { most: mostWatches } });
    return 'new';
  });
}

function notFound({ kind, name }: WatchTarget): CatalogueError {
  return kind === 'vm'
    ? new CatalogueError('vm-not-found', { values: { name: name.slice(name.lastIndexOf('/') + 1) } })
    : new CatalogueError('group-not-found', { values: { name } });
}
