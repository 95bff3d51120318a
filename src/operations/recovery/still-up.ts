import type { ReplicatedItem } from '../../azure/types.ts';
import type { Context } from '../context.ts';
import { freshVm } from '../located.ts';
import { own } from '../operation.ts';
import type { Finding } from '../screen.ts';

const message = own('failover.start');

/**
 * Sources that are called gone and still run, a warning each: two machines of one name would. Asked of compute itself; a source that does not answer may
 * well be gone.
 */
export async function stillUp(context: Context, items: readonly ReplicatedItem[]): Promise<readonly Finding[]> {
  const found = await Promise.all(items.map((item) => stillUpOf(context, item)));
  return found.flat();
}

async function stillUpOf(context: Context, item: ReplicatedItem): Promise<readonly Finding[]> {
  const vm = await freshVm(context, item.vmId).catch(() => undefined);
  if (vm?.powerState !== 'PowerState/running') return [];
  const values = { vm: item.friendlyName, from: item.primaryRegion };
  const advice = message('still-up.advice', values);
  return [{ id: 'still-up', severity: 'warns', text: message('still-up', values), advice }];
}
