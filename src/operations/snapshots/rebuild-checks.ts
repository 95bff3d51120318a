import { nameOf } from '../../azure/arm-id.ts';
import { say } from '../../message.ts';
import { orReady } from '../backup/item-change.ts';
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

/** A finding that says that the snapshots are complete, where nothing else is to be said. */
export function readyOr(findings: readonly Finding[]): readonly Finding[] {
  return orReady(findings, say('check.all-disks-snapshotted'));
}
