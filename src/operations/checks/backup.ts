import type { ProtectedItem } from '../../azure/types.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../screen.ts';
import { allOf } from './check.ts';
import { jobFindings } from './jobs.ts';
import { agentFindings, sameNameFindings } from './machine.ts';
import { pointsLockFindings } from './place.ts';

/** What stands in the way of a backup by hand: a running one, a silent agent, a lock where Azure keeps restore points. */
export async function backupFindings(context: Context, item: ProtectedItem): Promise<readonly Finding[]> {
  const vm = await context.azure.compute.vm(item.vmId).catch(() => undefined);
  return await allOf([
    jobFindings(context, item, ['Backup', 'ConfigureBackup']),
    sameNameFindings(context, item.vmId),
    ...(vm === undefined ? [] : [pointsLockFindings(context, { vmId: vm.id, location: vm.location })]),
    Promise.resolve(vm === undefined ? [] : agentFindings(vm)),
  ]);
}
