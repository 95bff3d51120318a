import type { Actor, HandedOver } from '../operations/context.ts';
import type { RunState, RunSummary } from '../operations/run-summary.ts';
import type { Store } from '../store/index.ts';
import { aboutRun } from './change.ts';
import type { Engine } from './engine.ts';
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

type Handing = Pick<Engine, 'operations' | 'now'> & {
  readonly store: Store;
  readonly summaryOf: (run: StoredRun) => RunSummary;
};

/**
 * The commands of an approved run, from what is stored alone: neither Azure nor rights are asked, for `az` asks them of whoever types them.
 * Shown to the requester and to those who approved it; both showing and refusing are audited.
 */
export async function byHand(handing: Handing, code: string, actor: Actor): Promise<HandedOver | undefined> {
  const run = await handing.store.runs.find(code, actor.tenantId);
  if (run === undefined) return undefined;
  const found = handedOver(handing, run, actor);
  const event =
    'refused' in found
      ? { kind: 'commands-refused' as const, details: { code: found.refused } }
      : { kind: 'commands-shown' as const };
  await handing.store.transaction(async (unit) => {
    unit.record({ ...event, at: handing.now().toISOString(), ...aboutRun(run), actor });
  });
  return found;
}

function handedOver({ operations, summaryOf }: Handing, stored: StoredRun, actor: Actor): HandedOver {
  const run = summaryOf(stored);
  const people = [stored.requester.oid, ...stored.approvals.map((approval) => approval.actor.oid)];
  if (!people.includes(actor.oid)) return { run, refused: 'not-involved' };
  if (!agreed.has(stored.state)) return { run, refused: 'not-approved' };
  const { parameters, preview, code, id: runId } = stored;
  const { resources, measured, sentence } = preview;
  const plan = { parameters, resources, measured, said: sentence.values ?? {}, code, runId };
  const commands = operations.get(stored.operation)?.byHand?.(plan) ?? [];
  return commands.length === 0 ? { run, refused: 'none' } : { run, commands };
}
