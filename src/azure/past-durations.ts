import { keyOf, subscriptionOf } from './arm-id.ts';
import type { JobBudget } from './jobs/job-budget.ts';
import type { ArmId, Instant } from './types.ts';

const keepMs = 10 * 60 * 1000;
const most = 20;

interface Finished {
  readonly startTime: Instant | undefined;
  readonly endTime: Instant | undefined;
}

type Book = (vaultId: ArmId, kind: string, ask: () => Promise<readonly Finished[]>) => Promise<readonly number[]>;

/**
 * How long jobs of a kind took in a vault, in seconds, newest first; kept for ten minutes. It only decorates a preview, so it never spends what running
 * jobs need: with a lean budget it is empty, which means "not known".
 */
export function durationsBook({ budget, now }: { readonly budget: JobBudget; readonly now: () => Date }): Book {
  const known = new Map<string, { readonly until: number; readonly seconds: Promise<readonly number[]> }>();
  return async (vaultId, kind, ask) => {
    const key = `${kind} ${keyOf(vaultId)}`;
    const found = known.get(key);
    if (found !== undefined && now().getTime() < found.until) return await found.seconds;
    const subscriptionId = subscriptionOf(vaultId);
    if (budget.waitSeconds(subscriptionId) > 0 || !budget.comfortable(subscriptionId)) return [];
    const seconds = ask().then(newestFirst);
    known.set(key, { until: now().getTime() + keepMs, seconds });
    seconds.catch(() => known.delete(key));
    return await seconds;
  };
}

function newestFirst(jobs: readonly Finished[]): readonly number[] {
  return jobs
    .flatMap(({ startTime, endTime }) =>
      startTime === undefined || endTime === undefined
        ? []
        : [{ end: Date.parse(endTime), start: Date.parse(startTime) }],
    )
    .toSorted((a, b) => b.end - a.end)
    .slice(0, most)
    .map(({ start, end }) => Math.round((end - start) / 1000));
}
