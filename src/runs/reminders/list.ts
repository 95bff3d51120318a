import type { LeftOpenSummary } from '../../operations/left-open.ts';
import type { RunSummary } from '../../operations/run-summary.ts';
import type { Store } from '../../store/index.ts';
import type { StoredRun } from '../run.ts';

/** What ended runs of a tenant left open. What a failed run left is believed only after Azure was asked once. */
export async function leftOpenOf(
  store: Store,
  tenantId: string,
  summaryOf: (run: StoredRun) => RunSummary,
): Promise<readonly LeftOpenSummary[]> {
  const entries = await store.leftOpen.open(tenantId);
  const found = await Promise.all(entries.map(async (entry) => ({ entry, run: await store.runs.get(entry.runId) })));
  return found.flatMap(({ entry, run }) => {
    if (run === undefined || (run.state !== 'succeeded' && entry.said === 0)) return [];
    const { kind, openedAt, nextAt, stoppedBy } = entry;
    return [{ run: summaryOf(run), kind, openedAt, nextAt, ...(stoppedBy !== undefined && { stoppedBy }) }];
  });
}
