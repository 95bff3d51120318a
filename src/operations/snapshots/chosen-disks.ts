import { keyOf, nameOf, sameId } from '../../azure/arm-id.ts';
import type { ArmId, Vm } from '../../azure/types.ts';
import type { Context } from '../context.ts';
import { fact } from '../facts.ts';
import { own } from '../operation.ts';
import { readable } from '../readable.ts';
import type { Choice, Fact, Finding } from '../screen.ts';

/** Names or ARM ids of disks, `os` for the operating system's, `data` for all others; undefined for every disk of the VM. */
export type DisksWanted = readonly string[] | undefined;

const message = own('snapshot.create');
const readVms = 'Microsoft.Compute/virtualMachines/read';

/** The disks of the VM that are meant, in the VM's own order: its operating system's disk is the first. */
export function chosenDisks({ diskIds }: Vm, wanted: DisksWanted): readonly ArmId[] {
  if (wanted === undefined) return diskIds;
  return diskIds.filter((diskId, at) => wanted.some((one) => isMeant(one, diskId, at)));
}

function isMeant(wanted: string, diskId: ArmId, at: number): boolean {
  if (sameId(wanted, diskId) || sameId(wanted, nameOf(diskId))) return true;
  return keyOf(wanted) === (at === 0 ? 'os' : 'data');
}

/** What is left out, and that it is not of the same instant as what is taken. */
export function leftOutFacts(vm: Vm, wanted: DisksWanted): readonly Fact[] {
  const chosen = new Set(chosenDisks(vm, wanted));
  const disks = vm.diskIds.filter((diskId) => !chosen.has(diskId)).map(nameOf);
  return disks.length === 0 ? [] : [fact('left-out', message('left-out', { disks }))];
}

/** Disks that were named and that the VM does not have: nothing is taken then, not even of the others. */
export function strangeDiskFindings(vm: Vm, wanted: DisksWanted): readonly Finding[] {
  const strange = (wanted ?? []).filter((one) => chosenDisks(vm, [one]).length === 0);
  return strange.map((one) => {
    const values = { vm: vm.name, disk: nameOf(one), disks: vm.diskIds.map(nameOf) };
    return {
      id: 'no-such-disk',
      severity: 'blocks',
      text: message('no-such-disk', values),
      advice: message('no-such-disk.advice', values),
    };
  });
}

/** The VMs that this person may read and that have all the disks that were named; undefined when none was, or nobody has them. */
export async function ownersOf(context: Context, wanted: DisksWanted): Promise<readonly Choice[] | undefined> {
  const named = (wanted ?? []).filter((one) => !['os', 'data'].includes(keyOf(one)));
  if (named.length === 0) return undefined;
  const { value: vms } = await context.azure.inventory.vms();
  const owners = vms.filter((vm) => named.every((one) => chosenDisks(vm, [one]).length > 0));
  if (owners.length === 0) return undefined;
  const seen = await readable(context, readVms, owners);
  const choices = seen.map(({ id, name, resourceGroup }) => ({ value: id, title: name, details: resourceGroup }));
  return choices.length === 0 ? undefined : choices;
}
