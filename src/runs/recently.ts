import type { RunState } from '../operations/run-summary.ts';
import type { Unit } from '../store/index.ts';
import { type Counted, limitedFor } from './policy-limits.ts';
import type { StoredRun } from './run.ts';

/** Ended before anything was done in Azure: such a run uses up no limit. */
export const withoutEffect = ['rejected', 'withdrawn', 'expired', 'superseded'] as const satisfies readonly RunState[];

/** The runs of the last hour as limits count them; nobody else can add one that counts until the transaction ends. */
export async function recently(unit: Unit, tenantId: string, now: Date): Promise<readonly Counted[]> {
  const since = new Date(now.getTime() - limitedFor).toISOString();
  const runs = await unit.runs.countable(tenantId, since);
  return runs.filter(({ state }) => !withoutEffect.some((one) => one === state)).map(countedOf);
}

function countedOf({ createdAt: at, requirement, requester, operation, targets, preview }: StoredRun): Counted {
  const resources = [...targets, ...preview.resources];
  return { at, rules: requirement.rules ?? [], requester: requester.oid, operation, resources };
}
