import { z } from 'zod';
import { keyOf } from '../../azure/arm-id.ts';
import type { ReplicatedItemSummary } from '../../azure/ports.ts';
import type { JobSummary, ProtectedItem, Snapshot, Vm } from '../../azure/types.ts';
import type { Context } from '../context.ts';
import { ageNote, fact } from '../facts.ts';
import { type OperationTexts, type OwnLocale, own, reading } from '../operation.ts';
import { readable } from '../readable.ts';
import type { Section, Suggestion } from '../screen.ts';

const id = 'fleet.summary';
const message = own(id);
const readVm = 'Microsoft.Compute/virtualMachines/read';

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Summary',
    does: 'see at a glance how backup and replication stand',
    example: 'summary',
    phrases: [
      'summary',
      'overview',
      'give me an overview',
      'how is everything',
      'show the summary',
      'fleet summary',
      'how are our backups',
      'how are our backups doing',
      'the big picture',
    ],
    messages: {
      well: 'All {total} VMs are protected, and nothing failed',
      attention: '{count, plural, one {# thing needs attention} other {# things need attention}}',
      backup: 'Backup',
      replication: 'Replication',
      snapshots: 'Snapshots',
      of: '{count} of {total}',
      'do-unprotected': 'Without backup',
      'do-jobs': 'Backup jobs',
      'do-snapshots': 'Snapshots',
    },
  },
  'pt-BR': {
    title: 'Resumo',
    does: 'ver num relance a situação do backup e da replicação',
    example: 'resumo',
    phrases: [
      'resumo',
      'visão geral',
      'me dê um resumo',
      'como está tudo',
      'mostrar o resumo',
      'resumo geral',
      'como estão os backups',
      'como vão os backups',
    ],
    messages: {
      well: 'Todas as {total} VMs estão protegidas, e nada falhou',
      attention: '{count, plural, one {# coisa precisa de atenção} other {# coisas precisam de atenção}}',
      backup: 'Backup',
      replication: 'Replicação',
      snapshots: 'Snapshots',
      of: '{count} de {total}',
      'do-unprotected': 'Sem backup',
      'do-jobs': 'Trabalhos de backup',
      'do-snapshots': 'Snapshots',
    },
  },
  it: {
    title: 'Riepilogo',
    does: 'vedere a colpo d’occhio come stanno backup e replica',
    example: 'riepilogo',
    phrases: [
      'riepilogo',
      'panoramica',
      'dammi un riepilogo',
      'come va tutto',
      'mostra il riepilogo',
      'quadro generale',
      'come vanno i backup',
      'come stanno i backup',
    ],
    messages: {
      well: 'Tutte le {total} VM sono protette e nulla è fallito',
      attention: '{count, plural, one {# cosa richiede attenzione} other {# cose richiedono attenzione}}',
      backup: 'Backup',
      replication: 'Replica',
      snapshots: 'Snapshot',
      of: '{count} su {total}',
      'do-unprotected': 'Senza backup',
      'do-jobs': 'Processi di backup',
      'do-snapshots': 'Snapshot',
    },
  },
};

export const fleetSummary = reading({
  id,
  area: 'status',
  risk: 'read',
  texts,
  parameters: z.object({}),
  actions: [readVm],
  rights: async () => [],

  async answer(context) {
    const { inventory } = context.azure;
    const vms = await inventory.vms();
    const fleet = await fleetOf(context, await readable(context, readVm, vms.value));
    const parts = [backupPart(fleet), replicationPart(fleet), snapshotPart(context, fleet)];
    const troubles = parts.reduce((sum, part) => sum + part.troubles, 0);
    return {
      title: troubles === 0 ? message('well', { total: fleet.vms.length }) : message('attention', { count: troubles }),
      tone: troubles === 0 ? 'good' : 'warning',
      sections: parts.map((part) => part.section),
      notes: [ageNote(vms)],
      suggestions,
    };
  },
});

interface Fleet {
  readonly vms: readonly Vm[];
  readonly items: readonly ProtectedItem[];
  readonly replicas: readonly ReplicatedItemSummary[];
  readonly jobs: readonly JobSummary[];
  readonly snapshots: readonly Snapshot[];
}

interface Part {
  readonly section: Section;
  readonly troubles: number;
}

/** Everything that belongs to the VMs that the person may see; nothing of the others is counted. */
async function fleetOf(context: Context, vms: readonly Vm[]): Promise<Fleet> {
  const { inventory } = context.azure;
  const [items, replicas, jobs, snapshots] = await Promise.all([
    inventory.protectedItems(),
    inventory.replicatedItems(),
    inventory.jobs(),
    inventory.snapshots(),
  ]);
  const ids = new Set(vms.map((vm) => keyOf(vm.id)));
  const names = new Set(vms.map((vm) => vm.name.toLowerCase()));
  return {
    vms,
    items: items.value.filter((item) => ids.has(keyOf(item.vmId))),
    replicas: replicas.value.filter((item) => ids.has(keyOf(item.vmId))),
    jobs: jobs.value.filter((job) => names.has(job.target.toLowerCase())),
    snapshots: await readable(context, 'Microsoft.Compute/snapshots/read', snapshots.value),
  };
}

function backupPart({ vms, items, jobs }: Fleet): Part {
  const working = items.filter((item) => !item.softDeleted && item.protectionState !== 'ProtectionStopped');
  const unprotected = vms.length - working.length;
  const failed = working.filter((item) => item.lastBackupStatus === 'Failed').length;
  const stopped = items.filter((item) => !item.softDeleted && item.protectionState === 'ProtectionStopped').length;
  const failedJobs = jobs.filter((job) => job.status === 'Failed').length;
  return part('backup', unprotected + failed + failedJobs, [
    fact('protected-vms', message('of', { count: working.length, total: vms.length })),
    fact('unprotected', String(unprotected)),
    fact('stopped', String(stopped)),
    fact('failed-backups', String(failed)),
    fact('failed-jobs', String(failedJobs)),
  ]);
}

function replicationPart({ replicas }: Fleet): Part {
  const unhealthy = replicas.filter((item) => item.replicationHealth !== 'Normal').length;
  const waiting = replicas.filter((item) => item.testFailoverState === 'WaitingForCompletion').length;
  return part('replication', unhealthy + waiting, [
    fact('replicated', String(replicas.length)),
    fact('unhealthy', String(unhealthy)),
    fact('tests-waiting', String(waiting)),
  ]);
}

function snapshotPart(context: Context, { snapshots }: Fleet): Part {
  const now = context.now().getTime();
  const expired = snapshots.filter(({ tags }) => Date.parse(tags['vaultkeeper-expires'] ?? '') <= now).length;
  return part('snapshots', expired, [fact('snapshots', String(snapshots.length)), fact('expired', String(expired))]);
}

function part(title: 'backup' | 'replication' | 'snapshots', troubles: number, facts: Section['facts']): Part {
  return { troubles, section: { title: message(title), tone: troubles === 0 ? 'good' : 'warning', facts } };
}

const suggestions: readonly Suggestion[] = [
  { title: message('do-unprotected'), wish: { operation: 'protection.list-unprotected', parameters: {} } },
  { title: message('do-jobs'), wish: { operation: 'backup-job.list', parameters: {} } },
  { title: message('do-snapshots'), wish: { operation: 'snapshot.list', parameters: {} } },
];
