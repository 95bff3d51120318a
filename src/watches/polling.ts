import type { TakenJob, Unit } from '../store/index.ts';
import { type Found, type Looking, look, type Seen } from './reading.ts';

/** What the looks work with. */
export interface Polling extends Looking {
  readonly now: () => Date;
  /** Between two looks. */
  readonly everySeconds: number;
}

/** Resource Graph keeps failed jobs for a day; what we have told is remembered for longer. */
const rememberedMs = 3 * 86_400_000;

/**
 * Makes sure that the looks go on: the first one ever is queued, and one that is long overdue, because its job was lost, is queued again. Any
 * number of replicas may ask.
 */
export async function keepLooking({ store, now, everySeconds }: Polling): Promise<void> {
  await store.transaction(async (unit) => {
    const clock = await unit.watches.clock();
    const overdue = clock !== undefined && Date.parse(clock.nextAt) + 3 * everySeconds * 1000 < now().getTime();
    if (clock === undefined) await unit.send('watch', { tick: 0 });
    else if (overdue) await unit.send('watch', { tick: clock.tick });
  });
}

/** Takes one look, notes what is new for each conversation, and queues the next one. A look that another replica has taken does nothing. */
export async function takeLook(polling: Polling, job: TakenJob<'watch'>): Promise<void> {
  const { store, log, now, everySeconds } = polling;
  const watches = await store.watches.all();
  const seen = await look(polling, watches, now().toISOString()).catch((error: unknown) => {
    log.warn({ error }, 'watches could not be looked after');
    return undefined;
  });
  await store.transaction(async (unit) => {
    const nextAt = new Date(now().getTime() + everySeconds * 1000).toISOString();
    if (await unit.watches.advance(job.data.tick, nextAt)) {
      if (seen !== undefined) await note(unit, polling, seen);
      await unit.send('watch', { tick: job.data.tick + 1 }, everySeconds);
    }
    await unit.complete(job);
  });
}

async function note(unit: Unit, { now }: Polling, { found, healths }: Seen): Promise<void> {
  const at = now().toISOString();
  const conversations = new Set<string>();
  for (const one of found) for (const id of await noteOne(unit, one, at)) conversations.add(id);
  await unit.watches.noteHealths(healths);
  for (const conversationId of conversations) await unit.send('tell', { conversationId });
  await unit.watches.dropEventsBefore(new Date(now().getTime() - rememberedMs).toISOString());
}

/** Answers the conversations that are to be told. What failed before a watch was set is noted, so that it is not read again, and not told. */
async function noteOne(unit: Unit, { key, news, watches }: Found, foundAt: string): Promise<readonly string[]> {
  const conversations: string[] = [];
  for (const [conversationId, own] of Map.groupBy(watches, (watch) => watch.conversationId)) {
    const isOld = own.every(({ createdAt }) => news.at < createdAt);
    const event = { key, conversationId, foundAt, told: isOld, body: news };
    if ((await unit.watches.addEvent(event)) && !isOld) conversations.push(conversationId);
  }
  return conversations;
}
