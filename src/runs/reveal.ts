import { CatalogueError } from '../errors.ts';
import type { Answer } from '../operations/screen.ts';
import { aboutRun } from './change.ts';
import { actingContextOf, contextOf, type Engine, operationOf } from './engine.ts';
import { assertRights } from './rights.ts';
import type { Revealing, StoredRun } from './run.ts';

/**
 * What only the requester may see, read from Azure for this one answer. It is written nowhere; the audit trail keeps that it was shown, or refused, and
 * to whom. Rights are asked again: they may have been taken away since.
 * @throws CatalogueError `run-not-found`, `only-own-chat`, `not-the-requester`, `no-right`, `script-gone`, `sign-in-needed`
 */
export async function reveal(engine: Engine, asked: Revealing): Promise<Answer> {
  const run = await engine.store.runs.get(asked.runId);
  if (run === undefined || run.requester.tenantId !== asked.actor.tenantId)
    throw new CatalogueError('run-not-found', { values: { code: 'none' } });
  try {
    await assertAllowed(engine, run, asked);
    const answer = await read(engine, run);
    await record(engine, run, asked);
    return answer;
  } catch (error) {
    if (error instanceof CatalogueError) await record(engine, run, { ...asked, refusal: error });
    throw error;
  }
}

/** The place first: in front of others not even whose run it is has to be said. */
async function assertAllowed(engine: Engine, run: StoredRun, { actor, alone }: Revealing): Promise<void> {
  if (!alone) throw new CatalogueError('only-own-chat');
  if (actor.oid !== run.requester.oid)
    throw new CatalogueError('not-the-requester', { values: { requester: run.requester.name } });
  const context = contextOf(engine, run);
  const rights = await operationOf(engine, run.operation).rights(context, run.parameters);
  await assertRights(context, actor, rights, { fresh: true });
}

async function read(engine: Engine, run: StoredRun): Promise<Answer> {
  const operation = operationOf(engine, run.operation);
  if (operation.reveal === undefined || run.state !== 'succeeded' || run.job === undefined)
    throw new CatalogueError('script-gone');
  return await operation.reveal(actingContextOf(engine, run), run.parameters, run.job);
}

const shown = { kind: 'secret-shown' } as const;

async function record(
  engine: Engine,
  run: StoredRun,
  { actor, conversationId, refusal }: Revealing & { readonly refusal?: CatalogueError },
): Promise<void> {
  const at = engine.now().toISOString();
  const event =
    refusal === undefined
      ? shown
      : { kind: 'secret-refused' as const, details: { code: refusal.code, why: refusal.text } };
  await engine.store.transaction(async (unit) => {
    unit.record({ ...event, at, ...aboutRun(run), actor, conversationId });
  });
}
