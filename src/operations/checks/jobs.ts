import { sameId } from '../../azure/arm-id.ts';
import type { ProtectedItem } from '../../azure/types.ts';
import type { Context } from '../context.ts';
import { moment } from '../facts.ts';
import type { Finding } from '../screen.ts';
import { checked, finding } from './check.ts';

const running = new Set(['inprogress', 'cancelling']);

/**
 * A job of the VM that Azure would refuse a second one beside (azure-api.md 1.1). Resource Graph names the candidates, which costs nothing of the budget of
 * job reads; it may be minutes old, so the vault itself has the word about them.
 */
export async function jobFindings(
  context: Context,
  { vaultId, friendlyName }: ProtectedItem,
  operations: readonly string[],
): Promise<readonly Finding[]> {
  const looking = async () => {
    const { value } = await context.azure.inventory.jobs();
    const candidates = value.filter(
      (job) =>
        job.service === 'backup' &&
        sameId(job.vaultId, vaultId) &&
        sameId(job.target, friendlyName) &&
        operations.includes(job.operation) &&
        running.has(job.status.toLowerCase()),
    );
    const [job] = candidates;
    if (job === undefined) return [];
    const fresh = await context.azure.backup.job(job.id);
    if (!running.has(fresh.status.toLowerCase())) return [];
    const since = fresh.startedAt === undefined ? '–' : moment(fresh.startedAt);
    return [finding('conflicting-job', { job: fresh.operation, vm: friendlyName, since })];
  };
  return await checked('Resource Graph', looking());
}
