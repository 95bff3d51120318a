import { z } from 'zod';
import type { Aged, ProtectedItem, ReplicatedItem, Snapshot, Vm } from '../../azure/types.ts';
import type { Context } from '../context.ts';
import { ageNote, look, type Seen, vmWithGroup } from '../facts.ts';
import { findProtectedItem, findReplicatedItem, vmOf } from '../located.ts';
import { own, reading } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Answer, Suggestion } from '../screen.ts';
import { backupSection, backupTone, replicationSection, snapshotSection } from './protection-sections.ts';
import { protectionShowTexts as texts } from './protection-show-texts.ts';

const id = 'protection.show';
const message = own(id);

interface Findings {
  readonly backup: Seen<ProtectedItem | undefined>;
  readonly replication: Seen<ReplicatedItem | undefined>;
  readonly snapshots: Seen<Aged<readonly Snapshot[]>>;
}

export const protectionShow = reading({
  id,
  area: 'status',
  intentions: ['protected', 'down'],
  risk: 'read',
  texts,
  parameters: z.object({ vm: parameter.vm() }),
  actions: ['Microsoft.Compute/virtualMachines/read'],
  rights: async (_, { vm }) => [{ action: 'Microsoft.Compute/virtualMachines/read', scope: vm }],

  async answer(context, { vm: vmId }) {
    const vm = await vmOf(context, vmId);
    const findings = await lookEverywhere(context, vm);
    return answerOf(vm, findings);
  },
});

async function lookEverywhere(context: Context, vm: Vm): Promise<Findings> {
  const [backup, replication, snapshots] = await Promise.all([
    look('Azure Backup', findProtectedItem(context, vm)),
    look('Azure Site Recovery', findReplicatedItem(context, vm.id)),
    look('Resource Graph', context.azure.inventory.snapshotsOf(vm.diskIds)),
  ]);
  return { backup, replication, snapshots };
}

function answerOf(vm: Vm, findings: Findings): Answer {
  const verdict = verdictOf(findings);
  return {
    title: message(verdict, { vm: vm.name }),
    tone:
      verdict === 'protected'
        ? 'good'
        : verdict === 'not-protected'
          ? 'bad'
          : verdict === 'unknown'
            ? 'unknown'
            : 'warning',
    lead: message('lead', { vm: vmWithGroup(vm.id), os: vm.osType, region: vm.location }),
    sections: [
      backupSection(findings.backup),
      replicationSection(findings.replication),
      snapshotSection(findings.snapshots),
    ],
    notes: findings.snapshots.seen ? [ageNote(findings.snapshots.value)] : [],
    suggestions: suggestionsFor(vm, findings),
  };
}

/** Yes, no, or could not look (DESIGN 8); `attention` when it is protected but not well. */
function verdictOf({ backup, replication }: Findings): 'protected' | 'attention' | 'not-protected' | 'unknown' {
  if (!backup.seen) return 'unknown';
  const replicated = replication.seen && replication.value !== undefined;
  if (backup.value === undefined) return replicated ? 'attention' : 'not-protected';
  return backupTone(backup.value) === 'good' ? 'protected' : 'attention';
}

function suggestionsFor(vm: Vm, { backup, replication }: Findings): readonly Suggestion[] {
  const to = (key: string, operation: string): Suggestion => ({
    title: message(key),
    wish: { operation, parameters: { vm: vm.id } },
  });
  const item = backup.seen ? backup.value : undefined;
  const allowed = replication.seen ? (replication.value?.allowedOperations ?? []) : [];
  return [
    ...(backup.seen && item === undefined ? [to('do-enable', 'protection.enable')] : []),
    ...(item?.softDeleted ? [to('do-undelete', 'protection.undelete')] : []),
    ...(item && isStopped(item) ? [to('do-resume', 'protection.resume')] : []),
    ...(item && !item.softDeleted && !isStopped(item)
      ? [to('do-backup', 'backup.start'), to('do-points', 'recovery-point.list')]
      : [to('do-snapshot', 'snapshot.create')]),
    ...(allowed.includes('TestFailoverCleanup')
      ? [to('do-cleanup', 'failover.test-cleanup')]
      : allowed.includes('TestFailover')
        ? [to('do-test', 'failover.test')]
        : []),
  ];
}

function isStopped(item: ProtectedItem): boolean {
  return !item.softDeleted && item.protectionState === 'ProtectionStopped';
}
