import { say } from '../message.ts';
import type { Actor, HandedOver } from '../operations/context.ts';
import type { RunState, RunSummary } from '../operations/run-summary.ts';
import { aboutRun, type Change, change } from './change.ts';
import type { Engine } from './engine.ts';
import { runMessages } from './messages.ts';
import type { StoredRun } from './run.ts';

/** Before these nobody has agreed, and after the others nothing is left to do by hand. */
const agreed: ReadonlySet<RunState> = new Set([
  'approved',
  'starting',
  'unknown',
  'running',
  'needs-attention',
  'succeeded',
  'failed',
  'cancelled',
]);

interface Handing {
  readonly engine: Engine;
  readonly summaryOf: (run: StoredRun) => RunSummary;
}

/**
 * The commands of an approved run, from what is stored alone: neither Azure nor rights are asked, for `az` asks them of whoever types them.
 * Shown to the requester and to those who approved it. A run of which nothing was sent is theirs from then on, so that the bot does not send the same
 * beside them: it waits for their word. Both showing and refusing are audited.
 */
export async function byHand(handing: Handing, code: string, actor: Actor): Promise<HandedOver | undefined> {
  const { engine } = handing;
  const known = await engine.store.runs.find(code, actor.tenantId);
  if (known === undefined) return undefined;
  return await engine.store.transaction(async (unit) => {
    const run = (await unit.runs.lock(known.id)) ?? known;
    const found = handedOver(handing, run, actor);
    if ('commands' in found && found.takenOver) await change(engine, unit, run, takenOver(actor));
    else unit.record({ ...eventOf(found), at: engine.now().toISOString(), ...aboutRun(run), actor });
    return found;
  });
}

function eventOf(found: HandedOver) {
  return 'refused' in found
    ? { kind: 'commands-refused' as const, details: { code: found.refused } }
    : { kind: 'commands-shown' as const };
}

/** It keeps its targets until somebody says what came of it. */
function takenOver(actor: Actor): Change {
  return {
    to: 'needs-attention',
    patch: { why: say(runMessages.takenOver, { by: actor.name }), advice: say(runMessages.takenOverAdvice) },
    clear: ['waiting', 'nothingFoundAt'],
    event: { kind: 'commands-shown', actor, details: { takenOver: true } },
  };
}

function handedOver({ engine: { operations }, summaryOf }: Handing, stored: StoredRun, actor: Actor): HandedOver {
  const run = summaryOf(stored);
  const people = [stored.requester.oid, ...stored.approvals.map((approval) => approval.actor.oid)];
  if (!people.includes(actor.oid)) return { run, refused: 'not-involved' };
  if (!agreed.has(stored.state)) return { run, refused: 'not-approved' };
  const { parameters, preview, code, id: runId } = stored;
  const { resources, measured, sentence } = preview;
  const plan = { parameters, resources, measured, said: sentence.values ?? {}, code, runId };
  const commands = operations.get(stored.operation)?.byHand?.(plan) ?? [];
  if (commands.length === 0) return { run, refused: 'none' };
  const sending = sendingOf(stored);
  if (sending === 'may-be-now') return { run, refused: 'being-sent' };
  return { run, commands, ...(sending === 'later' && { takenOver: true as const }) };
}

/**
 * Whether the bot itself would still send the request, or may be doing so at this moment. Every call is preceded by a write that this reads: `starting`
 * without a wait, or the note that Azure's records show nothing.
 */
function sendingOf({ state, waiting, nothingFoundAt }: StoredRun): 'later' | 'may-be-now' | 'no' {
  if (state === 'approved') return 'later';
  if (state !== 'starting' && state !== 'unknown') return 'no';
  const idle = nothingFoundAt === undefined && (waiting !== undefined || state === 'unknown');
  return idle ? 'later' : 'may-be-now';
}
