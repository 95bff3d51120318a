import { type Message, say } from '../message.ts';
import type { TakenJob, Unit } from '../store/index.ts';
import { change } from './change.ts';
import { type Engine, later } from './engine.ts';
import { runMessages } from './messages.ts';
import type { StoredRun } from './run.ts';
import { isPending } from './transitions.ts';

/** Ends a run that nobody decided on in time, or that was approved and could not start in time. */
export async function expire(engine: Engine, job: TakenJob<'expiry'>): Promise<void> {
  const gone = { id: job.data.runId };
  await engine.killPoint('before-expiry-written', gone);
  await engine.store.transaction(async (unit) => {
    const run = await unit.runs.lock(job.data.runId);
    if (run !== undefined) await expireWhenDue(engine, unit, run);
    await unit.complete(job);
  });
  await engine.killPoint('after-expiry-written', gone);
}

async function expireWhenDue(engine: Engine, unit: Unit, run: StoredRun): Promise<void> {
  const end = endOf(engine, run);
  if (end === undefined) return;
  const seconds = (new Date(end.at).getTime() - engine.now().getTime()) / 1000;
  if (seconds > 0) await unit.send('expiry', { runId: run.id }, seconds);
  else await change(engine, unit, run, { to: 'expired', patch: { why: end.why } });
}

interface End {
  readonly at: string;
  readonly why: Message;
}

function endOf(engine: Engine, run: StoredRun): End | undefined {
  if (isPending(run.state)) {
    return { at: run.decideBy, why: say(runMessages.notDecided, { minutes: engine.decideWithinMinutes }) };
  }
  return run.state === 'approved' ? { at: lapseOf(engine, run), why: lapseReason(engine) } : undefined;
}

/** Until when an approved run may start. */
export function lapseOf(engine: Engine, run: StoredRun): string {
  return later(new Date(run.approvedAt ?? run.createdAt), engine.startWithinMinutes * 60);
}

/** Why an approval that was not used in time is void. */
export function lapseReason(engine: Engine): Message {
  return say(runMessages.lapsed, { minutes: engine.startWithinMinutes });
}
