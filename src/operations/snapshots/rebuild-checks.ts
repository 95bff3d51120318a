import { nameOf, sameId } from '../../azure/arm-id.ts';
import type { ArmId } from '../../azure/types.ts';
import { say } from '../../message.ts';
import { orReady } from '../backup/item-change.ts';
import { allOf, checked } from '../checks/check.ts';
import { jobFindings } from '../checks/jobs.ts';
import { deallocationFindings, encryptionFindings, sameNameFindings } from '../checks/machine.ts';
import { changedVmFindings } from '../checks/place.ts';
import type { Context } from '../context.ts';
import { freshVm } from '../located.ts';
import type { Finding } from '../screen.ts';
import type { RebuildSource } from './rebuild-source.ts';

/** Whether the run's snapshots are enough to build the VM from. */
export function coverage({ machine, parts, without }: RebuildSource): readonly Finding[] {
  const values = { disks: without.map(nameOf), disk: nameOf(machine.osDisk.diskId) };
  if (parts[0]?.disk !== machine.osDisk)
    return [
      {
        id: 'no-os-snapshot',
        severity: 'blocks',
        text: say('check.no-os-snapshot', values),
        advice: say('check.no-os-snapshot.advice'),
      },
    ];
  if (without.length === 0) return [];
  const text = say('check.disks-without-snapshot', values);
  const advice = say('check.disks-without-snapshot.advice');
  return [{ id: 'disks-without-snapshot', severity: 'warns', text, advice }];
}

/** What stands in the way of a VM that gets other disks where it is: it is stopped, written and started, and the disks are made beside it. */
export async function inPlaceFindings(context: Context, vmId: ArmId): Promise<readonly Finding[]> {
  const vm = await freshVm(context, vmId);
  return await allOf([
    changedVmFindings(context, vm),
    encryptionFindings(context, vm),
    busyFindings(context, vmId),
    sameNameFindings(context, vmId),
    Promise.resolve(deallocationFindings(vm)),
  ]);
}

/** A backup or a restore of the VM that runs: it would read, or write, the disks that are taken away. */
async function busyFindings(context: Context, vmId: ArmId): Promise<readonly Finding[]> {
  const looking = async () => {
    const { value } = await context.azure.inventory.protectedItems();
    const item = value.find((one) => sameId(one.vmId, vmId));
    return item === undefined ? [] : await jobFindings(context, item, ['Backup', 'Restore']);
  };
  return await checked('Resource Graph', looking());
}

/** A finding that says that the snapshots are complete, where nothing else is to be said. */
export function readyOr(findings: readonly Finding[]): readonly Finding[] {
  return orReady(findings, say('check.all-disks-snapshotted'));
}
