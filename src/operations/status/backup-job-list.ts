import { z } from 'zod';
import { nameOf, sameId } from '../../azure/arm-id.ts';
import type { JobSummary } from '../../azure/types.ts';
import { ageNote } from '../facts.ts';
import { type OperationTexts, type OwnLocale, own, reading } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { ListItem } from '../screen.ts';
import { backupJobsSeen, jobOperation, jobStatus, jobTone, readBackupJobs } from './backup-jobs.ts';

const id = 'backup-job.list';
const message = own(id);
/** A phone screen or two; the rest is in the portal. */
const most = 25;

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'List backup jobs',
    does: 'see the backup and restore jobs of the last day',
    example: 'backup jobs',
    phrases: [
      'backup jobs',
      'backup jobs of {vm}',
      'restore jobs of {vm}',
      'failed backup jobs of {vm}',
      'list backup jobs',
      'show backup jobs',
      'backup jobs of today',
      'failed backup jobs',
      'which backups failed',
      'which backups failed last night',
      'what backups failed last night',
      'which backup jobs failed',
      'what backup jobs are running',
      'running backup jobs',
      'restore jobs',
      'which backups succeeded',
      'which restore jobs are running',
      'did the backups run',
      'is a restore running',
      'what failed',
      'what failed tonight',
      'which backups are running',
      'stuck backup jobs',
      'did all backups complete',
      'backup jobs in progress',
      'restores in progress',
      'which restores are running',
      'any backup jobs running',
      'any backup jobs still running',
      'are backup jobs running',
      'are any backups running',
      'is any backup running',
      'recent backup jobs',
      'any backup jobs stuck',
      'any stuck backup jobs',
      'backup job history',
      'did last nights backups work',
      'did the backups work',
      'how did the backups go',
      'how did last nights backups go',
      'which machines are being backed up',
      'is anything backing up at the moment',
      'are there any backup jobs in progress',
    ],
    messages: {
      heading:
        '{count, plural, =0 {No backup jobs} one {# backup job} other {# backup jobs}} {vm, select, none {} other {of {vm} }}in the last day',
      lead: '{running, plural, =0 {None is running} one {# is running} other {# are running}}, {failed, plural, =0 {none failed} one {# failed} other {# failed}}.',
      choice: '{operation} of {target}',
      line: '{status} · {vault} · {when}',
      more: 'Only the newest {most} are shown.',
      Backup: 'Backup',
      Restore: 'Restore',
      ConfigureBackup: 'Protection set up',
      DisableBackup: 'Protection stopped',
      DeleteBackupData: 'Backup data deleted',
      Undelete: 'Undelete',
      CrossRegionRestore: 'Cross-region restore',
      InProgress: 'running',
      Completed: 'completed',
      CompletedWithWarnings: 'completed with warnings',
      Failed: 'failed',
      Cancelled: 'cancelled',
      Cancelling: 'being cancelled',
    },
  },
  'pt-BR': {
    title: 'Listar trabalhos de backup',
    does: 'ver os trabalhos de backup e restauração do último dia',
    example: 'trabalhos de backup',
    phrases: [
      'trabalhos de backup da {vm}',
      'trabalhos de restauração da {vm}',
      'jobs de backup da {vm}',
      'trabalhos de backup',
      'listar trabalhos de backup',
      'mostrar os trabalhos de backup',
      'trabalhos de backup de hoje',
      'jobs de backup',
      'quais backups falharam',
      'quais jobs de backup falharam',
      'quais jobs de backup estão em execução',
      'quais jobs de backup estão rodando',
      'trabalhos de restauração',
      'quais backups deram certo',
      'os backups rodaram',
      'backups dessa noite',
      'tem alguma restauração rodando',
      'o que falhou',
      'o que falhou essa noite',
      'quais backups estão rodando',
      'jobs de backup travados',
      'tem backup rodando',
      'tem algum backup rodando',
      'todos os backups terminaram',
      'restaurações em andamento',
      'quais restaurações estão rodando',
      'tem algum job de backup travado',
      'que jobs de backup rodaram',
      'quanto falta para o backup da {vm} terminar',
    ],
    messages: {
      heading:
        '{count, plural, =0 {Nenhum trabalho de backup} one {# trabalho de backup} other {# trabalhos de backup}} {vm, select, none {} other {da {vm} }}no último dia',
      lead: '{running, plural, =0 {Nenhum em andamento} one {# em andamento} other {# em andamento}}, {failed, plural, =0 {nenhum falhou} one {# falhou} other {# falharam}}.',
      choice: '{operation} de {target}',
      line: '{status} · {vault} · {when}',
      more: 'Só os {most} mais novos são mostrados.',
      Backup: 'Backup',
      Restore: 'Restauração',
      ConfigureBackup: 'Proteção configurada',
      DisableBackup: 'Proteção parada',
      DeleteBackupData: 'Dados de backup excluídos',
      Undelete: 'Recuperação da exclusão',
      CrossRegionRestore: 'Restauração entre regiões',
      InProgress: 'em andamento',
      Completed: 'concluído',
      CompletedWithWarnings: 'concluído com avisos',
      Failed: 'falhou',
      Cancelled: 'cancelado',
      Cancelling: 'sendo cancelado',
    },
  },
  it: {
    title: 'Elenca i processi di backup',
    does: 'vedere i processi di backup e ripristino dell’ultimo giorno',
    example: 'processi di backup',
    phrases: [
      'processi di backup',
      'processi di backup di {vm}',
      'processi di ripristino di {vm}',
      'job di backup di {vm}',
      'elenca i processi di backup',
      'mostra i processi di backup',
      'processi di backup di oggi',
      'job di backup',
      'quali backup sono falliti',
      'quali job di backup sono falliti',
      'quali job di backup sono in corso',
      'processi di ripristino',
      'quali backup sono riusciti',
      'i backup sono girati',
      'c’è un ripristino in corso',
      'cosa è fallito',
      'cosa è fallito stanotte',
      'quali backup sono in corso',
      'job di backup bloccati',
      'c’è qualche backup in corso',
      'sono finiti tutti i backup',
      'ripristini in corso',
      'quali ripristini sono in corso',
      'c’è qualche processo di backup bloccato',
      'ci sono job di backup in corso',
      'errori dei backup',
    ],
    messages: {
      heading:
        '{count, plural, =0 {Nessun processo di backup} one {# processo di backup} other {# processi di backup}} {vm, select, none {} other {di {vm} }}nell’ultimo giorno',
      lead: '{running, plural, =0 {Nessuno in corso} one {# in corso} other {# in corso}}, {failed, plural, =0 {nessuno fallito} one {# fallito} other {# falliti}}.',
      choice: '{operation} di {target}',
      line: '{status} · {vault} · {when}',
      more: 'Sono mostrati solo i {most} più recenti.',
      Backup: 'Backup',
      Restore: 'Ripristino',
      ConfigureBackup: 'Protezione configurata',
      DisableBackup: 'Protezione interrotta',
      DeleteBackupData: 'Dati di backup eliminati',
      Undelete: 'Annullamento dell’eliminazione',
      CrossRegionRestore: 'Ripristino tra aree',
      InProgress: 'in corso',
      Completed: 'completato',
      CompletedWithWarnings: 'completato con avvisi',
      Failed: 'fallito',
      Cancelled: 'annullato',
      Cancelling: 'in annullamento',
    },
  },
};

export const backupJobList = reading({
  id,
  area: 'status',
  risk: 'read',
  texts,
  parameters: z.object({ vm: parameter.vm().optional() }),
  actions: [readBackupJobs],
  rights: async () => [],

  async answer(context, { vm }) {
    const { jobs: all, list } = await backupJobsSeen(context);
    // Azure keeps of a job's VM no more than its name.
    const jobs = vm === undefined ? all : all.filter(({ target }) => sameId(target, nameOf(vm)));
    const failed = jobs.filter((job) => job.status === 'Failed').length;
    const running = jobs.filter((job) => job.status === 'InProgress').length;
    return {
      title: message('heading', { count: jobs.length, vm: vm === undefined ? 'none' : nameOf(vm) }),
      tone: failed > 0 ? 'warning' : 'neutral',
      lead: message('lead', { running, failed }),
      items: jobs.slice(0, most).map(line),
      notes: [ageNote(list), ...(jobs.length > most ? [message('more', { most })] : [])],
    };
  },
});

function line(job: JobSummary): ListItem {
  const when = job.startedAt === undefined ? '–' : { age: job.startedAt };
  return {
    title: message('choice', { operation: jobOperation(job.operation), target: job.target }),
    tone: jobTone(job.status),
    details: [message('line', { status: jobStatus(job.status), vault: nameOf(job.vaultId), when })],
    opens: { operation: 'backup-job.show', parameters: { job: job.id } },
  };
}
