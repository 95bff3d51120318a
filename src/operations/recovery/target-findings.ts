import type { ReplicatedItem } from '../../azure/types.ts';
import { madeFindings } from '../checks/place.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../screen.ts';
import { quotaFindings } from './quota-findings.ts';

/**
 * What stands in the way of the VM that a failover makes: cores, a lock or a policy where it goes. All of it only warns: in a disaster the person decides
 * whether to try, and Azure has the last word.
 */
export async function targetFindings(context: Context, item: ReplicatedItem): Promise<readonly Finding[]> {
  const { recoveryResourceGroupId: groupId, recoveryRegion: location, recoveryVmName, friendlyName } = item;
  const planned = { type: 'Microsoft.Compute/virtualMachines', name: recoveryVmName ?? friendlyName, location };
  const [quotas, made] = await Promise.all([
    quotaFindings(context, [item]),
    groupId === undefined ? [] : madeFindings(context, groupId, planned),
  ]);
  return [...quotas, ...made.map((one): Finding => ({ ...one, severity: 'warns' }))];
}
