import type { RunReader } from '../operations/context.ts';
import type { RunSummary } from '../operations/run-summary.ts';
import type { Store } from '../store/index.ts';
import { byHand } from './by-hand.ts';
import type { Engine } from './engine.ts';
import { leftOpenOf } from './reminders/list.ts';
import type { StoredRun } from './run.ts';
import { timelineOf } from './timeline.ts';

/** The stored runs as operations may read them: within one tenant, without what only the engine needs. */
export function runReader(store: Store, engine: Engine): RunReader {
  return {
    byHand: (code, actor) => byHand({ engine, summaryOf }, code, actor),
    async find(code, tenantId) {
      const run = await store.runs.find(code, tenantId);
      return run === undefined ? undefined : summaryOf(run);
    },
    async recent(tenantId, limit) {
      return (await store.runs.recent(tenantId, limit)).map(summaryOf);
    },
    async awaitingApproval(tenantId) {
      return (await store.runs.inState('awaiting-approval', tenantId)).map(summaryOf);
    },
    async owedReview(tenantId) {
      return (await store.runs.owedReview(tenantId)).map(summaryOf);
    },
    async leftOpen(tenantId) {
      return await leftOpenOf(store, tenantId, summaryOf);
    },
    async timeline(code, tenantId) {
      const run = await store.runs.find(code, tenantId);
      return run === undefined ? [] : timelineOf(await store.audit.ofRun(run.id));
    },
  };
}

/** A run as it is listed and told. */
export function summaryOf(run: StoredRun): RunSummary {
  const { code, operation, state, outcome, why, createdAt, decideBy, endedAt } = run;
  const { oid, name } = run.requester;
  return {
    code,
    operation,
    state,
    target: run.targetName,
    requester: { oid, name },
    approvals: run.approvals.map(({ actor, at }) => ({ oid: actor.oid, name: actor.name, at })),
    approvalsNeeded: run.requirement.approvals,
    createdAt,
    decideBy,
    ...(run.startingAt === undefined ? {} : { startedAt: run.startingAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(why === undefined ? {} : { why }),
    ...(run.sentBack === true ? { sentBack: true } : {}),
    ...brokenGlassOf(run),
  };
}

function brokenGlassOf({ breakGlass }: StoredRun): Pick<RunSummary, 'brokenGlass'> {
  if (breakGlass?.usedAt === undefined) return {};
  const { actor, reviewBy = breakGlass.usedAt, reviewed } = breakGlass;
  const by = { by: actor.name, reviewBy };
  return { brokenGlass: reviewed === undefined ? by : { ...by, reviewedBy: reviewed.actor.name } };
}
