import { z } from 'zod';
import type { Aged, ProtectedItem, ReplicatedItem, Snapshot, Vm } from '../../azure/types.ts';
import type { Context } from '../context.ts';
import { ageNote, look, type Seen, vmWithGroup } from '../facts.ts';
import { findProtectedItem, findReplicatedItem, vmOf } from '../located.ts';
import { type OperationTexts, type OwnLocale, own, reading } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Answer, Suggestion } from '../screen.ts';
import { backupSection, backupTone, replicationSection, snapshotSection } from './protection-sections.ts';

const id = 'protection.show';
const message = own(id);

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Show protection',
    does: 'see whether a VM is protected',
    example: 'is sql-prod-01 protected?',
    phrases: [
      'is {vm} protected',
      'is {vm} backed up',
      'is {vm} replicated',
      'protection of {vm}',
      'status of {vm}',
      'show {vm}',
      'check {vm}',
      'how is {vm}',
      'when was {vm} backed up',
      'did we back up {vm}',
      'last backup of {vm}',
      'show protection of {vm}',
      'does {vm} have a backup',
      'does {vm} have a valid backup',
      'is {vm} in backup',
      'tell me about {vm}',
    ],
    messages: {
      protected: '{vm} is protected',
      attention: '{vm} needs attention',
      'not-protected': '{vm} is not protected',
      unknown: 'I could not look whether {vm} is protected',
      lead: '{vm} · {os} · {region}',
      backup: 'Backup',
      'no-backup': 'Not in Azure Backup: there is no recovery point to restore from.',
      'backup-state': '{state}',
      'state-Protected': 'Protected',
      'state-LastFailed': 'Protected, but the last backup failed',
      'state-IRPending': 'Protected, but the first backup has not run yet',
      'state-ProtectionStopped': 'Protection is stopped: no new recovery points, the old ones are kept',
      'state-ProtectionError': 'Azure reports a protection error',
      'state-ProtectionPaused': 'Protection is paused',
      'state-BackupsSuspended': 'Backups are suspended',
      'state-Other': 'Azure reports an unusual state',
      'soft-deleted':
        'Backup was stopped and its data deleted; it can be brought back until it is deleted for good {until}',
      'soft-deleted-unsaid':
        'Backup was stopped and its data deleted; Azure does not say how long it can be brought back',
      'status-at': '{status}, {when}',
      replication: 'Replication',
      'no-replication': 'Not replicated by Site Recovery.',
      replicates: '{from} → {to}',
      'not-reported': 'not reported',
      'test-waiting': 'A test VM is running and waits to be cleaned up',
      never: 'never',
      snapshots: 'Snapshots',
      'snapshot-count': '{count, plural, =0 {No snapshots} one {# snapshot} other {# snapshots}}',
      'do-backup': 'Back up now',
      'do-enable': 'Protect it',
      'do-resume': 'Resume protection',
      'do-undelete': 'Undelete',
      'do-points': 'Recovery points',
      'do-snapshot': 'Snapshot',
      'do-test': 'Test failover',
      'do-cleanup': 'Clean up test',
    },
  },
  'pt-BR': {
    title: 'Mostrar a proteção',
    does: 'ver se uma VM está protegida',
    example: 'a sql-prod-01 está protegida?',
    phrases: [
      '{vm} está protegida',
      'a {vm} está protegida',
      '{vm} tem backup',
      '{vm} está replicada',
      'proteção da {vm}',
      'status da {vm}',
      'situação da {vm}',
      'mostrar {vm}',
      'verificar {vm}',
      'como está a {vm}',
      'último backup da {vm}',
      'quando foi o backup da {vm}',
      'fizemos backup da {vm}',
      'última cópia da {vm}',
      'a {vm} entra no backup',
      'me fala da {vm}',
    ],
    messages: {
      protected: '{vm} está protegida',
      attention: '{vm} precisa de atenção',
      'not-protected': '{vm} não está protegida',
      unknown: 'Não consegui verificar se {vm} está protegida',
      lead: '{vm} · {os} · {region}',
      backup: 'Backup',
      'no-backup': 'Não está no Azure Backup: não há ponto de recuperação para restaurar.',
      'backup-state': '{state}',
      'state-Protected': 'Protegida',
      'state-LastFailed': 'Protegida, mas o último backup falhou',
      'state-IRPending': 'Protegida, mas o primeiro backup ainda não foi executado',
      'state-ProtectionStopped': 'A proteção está parada: não há novos pontos de recuperação, os antigos são mantidos',
      'state-ProtectionError': 'O Azure relata um erro de proteção',
      'state-ProtectionPaused': 'A proteção está pausada',
      'state-BackupsSuspended': 'Os backups estão suspensos',
      'state-Other': 'O Azure relata um estado incomum',
      'soft-deleted':
        'O backup foi interrompido e os dados excluídos; ainda podem ser recuperados até a exclusão definitiva {until}',
      'soft-deleted-unsaid':
        'O backup foi interrompido e os dados excluídos; o Azure não diz até quando podem ser recuperados',
      'status-at': '{status}, {when}',
      replication: 'Replicação',
      'no-replication': 'Não é replicada pelo Site Recovery.',
      replicates: '{from} → {to}',
      'not-reported': 'não informado',
      'test-waiting': 'Uma VM de teste está em execução e aguarda limpeza',
      never: 'nunca',
      snapshots: 'Snapshots',
      'snapshot-count': '{count, plural, =0 {Nenhum snapshot} one {# snapshot} other {# snapshots}}',
      'do-backup': 'Fazer backup agora',
      'do-enable': 'Proteger',
      'do-resume': 'Retomar a proteção',
      'do-undelete': 'Desfazer a exclusão',
      'do-points': 'Pontos de recuperação',
      'do-snapshot': 'Snapshot',
      'do-test': 'Failover de teste',
      'do-cleanup': 'Limpar o teste',
    },
  },
  it: {
    title: 'Mostra la protezione',
    does: 'vedere se una VM è protetta',
    example: 'sql-prod-01 è protetta?',
    phrases: [
      '{vm} è protetta',
      '{vm} è protetto',
      '{vm} ha un backup',
      '{vm} è replicata',
      'protezione di {vm}',
      'stato di {vm}',
      'mostra {vm}',
      'controlla {vm}',
      'come sta {vm}',
      'ultimo backup di {vm}',
      'quando è stato fatto il backup di {vm}',
      'abbiamo fatto il backup di {vm}',
      'ultima copia di {vm}',
      '{vm} è compresa nel backup',
      'parlami di {vm}',
      'abbiamo un backup di {vm}',
    ],
    messages: {
      protected: '{vm} è protetta',
      attention: '{vm} richiede attenzione',
      'not-protected': '{vm} non è protetta',
      unknown: 'Non ho potuto verificare se {vm} è protetta',
      lead: '{vm} · {os} · {region}',
      backup: 'Backup',
      'no-backup': 'Non è in Azure Backup: non c’è nessun punto di ripristino.',
      'backup-state': '{state}',
      'state-Protected': 'Protetta',
      'state-LastFailed': 'Protetta, ma l’ultimo backup non è riuscito',
      'state-IRPending': 'Protetta, ma il primo backup non è ancora stato eseguito',
      'state-ProtectionStopped':
        'La protezione è interrotta: nessun nuovo punto di ripristino, quelli esistenti sono conservati',
      'state-ProtectionError': 'Azure segnala un errore di protezione',
      'state-ProtectionPaused': 'La protezione è in pausa',
      'state-BackupsSuspended': 'I backup sono sospesi',
      'state-Other': 'Azure segnala uno stato insolito',
      'soft-deleted':
        'Il backup è stato interrotto e i dati eliminati; si possono recuperare fino all’eliminazione definitiva {until}',
      'soft-deleted-unsaid':
        'Il backup è stato interrotto e i dati eliminati; Azure non dice fino a quando si possono recuperare',
      'status-at': '{status}, {when}',
      replication: 'Replica',
      'no-replication': 'Non è replicata da Site Recovery.',
      replicates: '{from} → {to}',
      'not-reported': 'non riportato',
      'test-waiting': 'Una VM di test è in esecuzione e attende la pulizia',
      never: 'mai',
      snapshots: 'Snapshot',
      'snapshot-count': '{count, plural, =0 {Nessuno snapshot} other {# snapshot}}',
      'do-backup': 'Esegui backup ora',
      'do-enable': 'Proteggi',
      'do-resume': 'Riprendi la protezione',
      'do-undelete': 'Annulla l’eliminazione',
      'do-points': 'Punti di ripristino',
      'do-snapshot': 'Snapshot',
      'do-test': 'Failover di test',
      'do-cleanup': 'Pulisci il test',
    },
  },
};

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
