import { asCatalogueError } from '../../errors.ts';
import type { Reader } from '../../operations/context.ts';
import type { LeftOpen, StillOpen } from '../../operations/left-open.ts';
import { night, putPost, quietUntil } from '../../posts/index.ts';
import type { LeftOpenEntry, TakenJob, Unit } from '../../store/index.ts';
import { contextOf, type Engine, later } from '../engine.ts';
import type { StoredRun } from '../run.ts';
import { type OpenedBy, openedBy } from './opened-by.ts';
import { closedScreen, postIdOf, reminderScreen } from './screens.ts';

/** How soon Azure is asked again when it was busy or did not answer. */
const againSeconds = 300;

/** What a look found; `unknown` when Azure did not answer. */
type Seen = StillOpen | { readonly open: 'unknown' };

interface Reminding extends OpenedBy {
  readonly engine: Engine;
  readonly job: TakenJob<'reminder'>;
  readonly run: StoredRun;
}

/** Reminds of what a run left open, if Azure says that it still is. A job that another one has overtaken does nothing. */
export async function remind(engine: Engine, job: TakenJob<'reminder'>): Promise<void> {
  const entry = await engine.store.leftOpen.get(job.data.runId);
  const run = await engine.store.runs.get(job.data.runId);
  const opened = run && openedBy(engine.operations, run);
  if (entry === undefined || run === undefined || opened === undefined || isPast(entry, job)) return;
  const reminding = { engine, job, run, ...opened };
  const seen = await look(reminding);
  const quiet = await quietEnd(reminding);
  const reader = await engine.readerNow(run.requester, run.reader);
  await engine.store.transaction(async (unit) => {
    const locked = await unit.leftOpen.lock(run.id);
    if (locked !== undefined && !isPast(locked, job))
      await write(unit, reminding, { entry: locked, seen, quiet, reader });
    await unit.complete(job);
  });
}

function isPast({ said, closedAt }: LeftOpenEntry, { data }: TakenJob<'reminder'>): boolean {
  return closedAt !== undefined || said !== data.said;
}

async function look({ engine, run, leftOpen, parameters }: Reminding): Promise<Seen> {
  try {
    const endedAt = run.endedAt ?? run.createdAt;
    return await leftOpen.stillOpen(contextOf(engine, run), parameters, { endedAt });
  } catch (thrown) {
    const error = asCatalogueError(thrown);
    engine.log.warn({ error, run: run.code }, 'whether something is still open could not be read');
    return { open: 'unknown' };
  }
}

/** What people have set for the conversation counts for everything; without it the night counts for what can wait. */
async function quietEnd({ engine, run, leftOpen }: Reminding): Promise<Date | undefined> {
  const set = await engine.store.quiet.find(run.conversationId);
  const usual = leftOpen.waitsForMorning ? night(run.reader.timeZone) : undefined;
  return quietUntil(set ?? usual, engine.now());
}

interface Found {
  readonly entry: LeftOpenEntry;
  readonly seen: Seen;
  readonly quiet: Date | undefined;
  readonly reader: Reader;
}

async function write(unit: Unit, reminding: Reminding, { entry, seen, quiet, reader }: Found): Promise<void> {
  const { engine, job } = reminding;
  if (seen.open === false) return await close(unit, reminding, entry);
  if (job.data.early) return;
  if (seen.open !== true) return await again(unit, reminding, { entry, at: later(engine.now(), againSeconds) });
  if (quiet !== undefined) return await again(unit, reminding, { entry, at: quiet.toISOString() });
  await say(unit, reminding, { entry, seen, reader });
}

async function close(unit: Unit, { engine, run }: Reminding, entry: LeftOpenEntry): Promise<void> {
  await unit.leftOpen.save({ ...entry, closedAt: engine.now().toISOString() });
  const said = await unit.posts.lock(postIdOf(run.id));
  if (said !== undefined) await putPost(unit, { ...said, screen: closedScreen(run, entry), anew: false, rings: false });
}

/** The same reminder, later. */
async function again(
  unit: Unit,
  { engine, run }: Reminding,
  { entry, at }: { readonly entry: LeftOpenEntry; readonly at: string },
): Promise<void> {
  await unit.leftOpen.save({ ...entry, nextAt: at });
  await unit.send('reminder', { runId: run.id, said: entry.said, early: false }, secondsUntil(engine, at));
}

/** This reminder and the time of the next one. When nobody wants to hear of it, it is still looked after, for the list of what is open. */
async function say(
  unit: Unit,
  { engine, run, leftOpen }: Reminding,
  { entry, seen, reader }: Pick<Found, 'entry' | 'reader'> & { readonly seen: StillOpen & { readonly open: true } },
): Promise<void> {
  const said = entry.said + 1;
  const next: LeftOpenEntry = { ...entry, said, nextAt: nextOf(engine, leftOpen, { ...entry, said }) };
  await unit.leftOpen.save(next);
  await unit.send('reminder', { runId: run.id, said, early: false }, secondsUntil(engine, next.nextAt));
  if (entry.stoppedBy !== undefined) return;
  const draft = { id: postIdOf(run.id), conversationId: run.conversationId, reader };
  await putPost(unit, { ...draft, screen: reminderScreen(run, next, seen), anew: true, rings: true });
}

function nextOf(engine: Engine, leftOpen: LeftOpen, { openedAt, said }: LeftOpenEntry): string {
  const minutes = leftOpen.remindAfterMinutes[said];
  const planned = minutes === undefined ? undefined : later(new Date(openedAt), minutes * 60);
  const now = engine.now().toISOString();
  if (planned !== undefined && planned > now) return planned;
  return later(engine.now(), leftOpen.thenEveryMinutes * 60);
}

function secondsUntil(engine: Engine, at: string): number {
  return Math.max(1, (new Date(at).getTime() - engine.now().getTime()) / 1000);
}
