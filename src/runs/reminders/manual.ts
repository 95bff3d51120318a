import { vaultOf } from '../../azure/arm-id.ts';
import { asCatalogueError } from '../../errors.ts';
import type { Actor } from '../../operations/context.ts';
import { putPost, quietUntil } from '../../posts/index.ts';
import type { TakenJob, Unit } from '../../store/index.ts';
import { contextOf, type Engine, later } from '../engine.ts';
import type { StoredRun } from '../run.ts';
import { type Asking, manualDoneScreen, manualScreen, resume } from './manual-screens.ts';

/** A failover stands still: reminded soon, then every four hours, at night as well unless the conversation has quiet hours. */
const remindAfterMinutes: readonly number[] = [15, 45];
const thenEveryMinutes = 240;

/** Since when Azure's job stands still until a person has done a manual action that is known by name; undefined when it does not. */
export function standsSince({ state, progress, stoodSince }: StoredRun): string | undefined {
  return state === 'running' && (progress?.waitsFor ?? []).length > 0 ? stoodSince : undefined;
}

/** A run has come to a manual action, or past one: belongs into the transaction that writes it, so that a crash loses neither the call nor its end. */
export async function noteStandstills(
  unit: Unit,
  changes: readonly { readonly run: StoredRun; readonly next: StoredRun }[],
): Promise<void> {
  // The run of whoever said that the last one is done follows the same job.
  const jobs = changes.flatMap(({ run, next }) => {
    const [was, is] = [standsSince(run), standsSince(next)];
    if (was === is || run.operation === resume) return [];
    return [was, is].flatMap((since) => (since === undefined ? [] : { data: { runId: run.id, since, said: 0 } }));
  });
  await unit.sendAll('manual', jobs);
}

/** Calls for a person while the run stands still, now and again; when it no longer does, says so where it called. */
export async function callForPerson(engine: Engine, job: TakenJob<'manual'>): Promise<void> {
  const run = await engine.store.runs.get(job.data.runId);
  if (run === undefined) return;
  const stands = standsSince(run) === job.data.since;
  const people = stands ? await whoMay(engine, run) : [];
  const quiet = quietUntil(await engine.store.quiet.find(run.conversationId), engine.now());
  const reader = await engine.readerNow(run.requester, run.reader);
  await engine.store.transaction(async (unit) => {
    const current = await unit.runs.read(run.id);
    if (current === undefined || standsSince(current) !== job.data.since) await close(unit, run, job);
    else if (quiet !== undefined) await again(engine, unit, job, { at: quiet.toISOString(), said: job.data.said });
    else {
      const asking: Asking = { since: job.data.since, people, nextAt: nextOf(engine, job) };
      await again(engine, unit, job, { at: asking.nextAt, said: job.data.said + 1 });
      const draft = { id: postIdOf(job), conversationId: run.conversationId, reader };
      await putPost(unit, { ...draft, screen: manualScreen(current, asking), anew: true, rings: true });
    }
    await unit.complete(job);
  });
}

/** A run comes to several manual actions, of the same name perhaps: each has a message of its own. */
function postIdOf({ data: { runId, since } }: TakenJob<'manual'>): string {
  return `manual/${runId}/${since}`;
}

async function close(unit: Unit, run: StoredRun, job: TakenJob<'manual'>): Promise<void> {
  const said = await unit.posts.lock(postIdOf(job));
  if (said === undefined) return;
  await putPost(unit, { ...said, screen: manualDoneScreen(run), anew: false, rings: false });
}

async function again(
  engine: Engine,
  unit: Unit,
  { data }: TakenJob<'manual'>,
  { at, said }: { readonly at: string; readonly said: number },
): Promise<void> {
  const seconds = Math.max(1, (Date.parse(at) - engine.now().getTime()) / 1000);
  await unit.send('manual', { ...data, said }, seconds);
}

function nextOf(engine: Engine, { data: { since, said } }: TakenJob<'manual'>): string {
  const minutes = remindAfterMinutes[said];
  const planned = minutes === undefined ? '' : later(new Date(since), minutes * 60);
  return planned > engine.now().toISOString() ? planned : later(engine.now(), thenEveryMinutes * 60);
}

/** Who of those that are part of the run may say that it is done; nobody of them where Azure does not tell. */
async function whoMay(engine: Engine, run: StoredRun): Promise<readonly string[]> {
  const [step] = run.progress?.waitsFor ?? [];
  const operation = engine.operations.get(resume);
  if (step === undefined || operation === undefined) return [];
  const all = new Map([run.requester, ...run.approvals.map(({ actor }) => actor)].map((one) => [one.oid, one]));
  const scope = vaultOf(step.jobId);
  const { access } = contextOf(engine, run).azure;
  const may = async (person: Actor) =>
    (await Promise.all(operation.actions.map((action) => access.holds(person, { action, scope })))).every(Boolean);
  try {
    const held = await Promise.all([...all.values()].map(async (person) => ({ person, may: await may(person) })));
    return held.filter((one) => one.may).map(({ person }) => person.name);
  } catch (thrown) {
    engine.log.warn(
      { error: asCatalogueError(thrown), run: run.code },
      'who may complete a manual action is not known',
    );
    return [];
  }
}
