import { z } from 'zod';
import type { JobSummary } from '../../azure/types.ts';
import { ageNote } from '../facts.ts';
import { type OperationTexts, type OwnLocale, own, reading } from '../operation.ts';
import type { ListItem } from '../screen.ts';
import {
  readReplicationJobs,
  replicationJobChoice,
  replicationJobsSeen,
  replicationJobTone,
} from './replication-jobs.ts';

const id = 'replication-job.list';
const message = own(id);
/** A card holds no more lines on a phone. */
const most = 25;

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'List replication jobs',
    does: 'see the jobs of Site Recovery of the last day',
    example: 'replication jobs',
    phrases: [
      'replication jobs',
      'list replication jobs',
      'show replication jobs',
      'site recovery jobs',
      'replication jobs of today',
      'list site recovery jobs',
      'jobs of site recovery',
      'failed replication jobs',
      'which replication jobs failed',
      'which replication jobs are running',
      'failed site recovery jobs',
      'running replication jobs',
      'show site recovery jobs',
      'show the site recovery jobs',
      'failover jobs',
      'any replication jobs running',
      'any site recovery jobs running',
      'waiting replication jobs',
      'which replication jobs wait for a manual action',
      'which site recovery jobs are stuck',
      'site recovery job history',
      'jobs in site recovery',
      'is a failover job running',
      'is a replication job running',
      'is a site recovery job running',
      'is a test failover running',
      'is a failover running',
      'is anything running in site recovery',
      'overview of the replication jobs',
    ],
    messages: {
      heading:
        '{count, plural, =0 {No replication job in the last day} one {# replication job in the last day} other {# replication jobs in the last day}}',
      lead: '{running, plural, =0 {None is running} one {# is running} other {# are running}}, {waiting, plural, =0 {none waits for a person} one {# waits for a person} other {# wait for a person}}, {failed, plural, =0 {none failed} one {# failed} other {# failed}}.',
      choice: '{scenario} of {target}',
      line: '{status} · {vault} · {when}',
      more: 'Only the newest {most} are shown.',
      EnableDr: 'Replication enabled',
      DisableDr: 'Replication disabled',
      PrimaryIrCompletion: 'First copy',
      TestFailover: 'Test failover',
      TestFailoverCleanup: 'Test failover cleanup',
      UnplannedFailover: 'Failover',
      CommitFailover: 'Commit',
      ApplyRecoveryPoint: 'Change of recovery point',
      SwitchProtection: 'Reprotect',
      NotStarted: 'not started',
      InProgress: 'running',
      Suspended: 'waits for a manual action',
      Succeeded: 'succeeded',
      CompletedWithInformation: 'completed with information',
      Failed: 'failed',
      Cancelled: 'cancelled',
    },
  },
  'pt-BR': {
    title: 'Listar trabalhos de replicação',
    does: 'ver os trabalhos do Site Recovery do último dia',
    example: 'trabalhos de replicação',
    phrases: [
      'trabalhos de replicação',
      'listar trabalhos de replicação',
      'mostrar trabalhos de replicação',
      'trabalhos do site recovery',
      'trabalhos de replicação de hoje',
      'jobs do site recovery',
      'mostra os jobs do site recovery',
      'trabalhos de replicação com falha',
      'quais trabalhos de replicação falharam',
      'quais trabalhos de replicação estão em execução',
      'algum job do asr falhou',
      'últimos trabalhos de replicação',
      'mostrar trabalhos do site recovery',
      'quais trabalhos do site recovery rodaram',
      'tem algum job de replicação parado esperando',
    ],
    messages: {
      heading:
        '{count, plural, =0 {Nenhum trabalho de replicação no último dia} one {# trabalho de replicação no último dia} other {# trabalhos de replicação no último dia}}',
      lead: '{running, plural, =0 {Nenhum em execução} one {# em execução} other {# em execução}}, {waiting, plural, =0 {nenhum espera por uma pessoa} one {# espera por uma pessoa} other {# esperam por uma pessoa}}, {failed, plural, =0 {nenhum falhou} one {# falhou} other {# falharam}}.',
      choice: '{scenario} de {target}',
      line: '{status} · {vault} · {when}',
      more: 'Só os {most} mais novos aparecem.',
      EnableDr: 'Replicação habilitada',
      DisableDr: 'Replicação desabilitada',
      PrimaryIrCompletion: 'Primeira cópia',
      TestFailover: 'Failover de teste',
      TestFailoverCleanup: 'Limpeza do failover de teste',
      UnplannedFailover: 'Failover',
      CommitFailover: 'Confirmação',
      ApplyRecoveryPoint: 'Troca do ponto de recuperação',
      SwitchProtection: 'Nova proteção',
      NotStarted: 'não iniciado',
      InProgress: 'em execução',
      Suspended: 'espera uma ação manual',
      Succeeded: 'concluído',
      CompletedWithInformation: 'concluído com informações',
      Failed: 'falhou',
      Cancelled: 'cancelado',
    },
  },
  it: {
    title: 'Elenca i processi di replica',
    does: 'vedere i processi di Site Recovery dell’ultimo giorno',
    example: 'processi di replica',
    phrases: [
      'processi di replica',
      'elenca i processi di replica',
      'mostra i processi di replica',
      'processi di site recovery',
      'processi di replica di oggi',
      'job di site recovery',
      'mostra i job di site recovery',
      'processi di replica falliti',
      'quali processi di replica sono falliti',
      'quali processi di replica sono in corso',
      'è fallito qualche job di asr',
      'ultimi processi di replica',
      'mostra i processi di site recovery',
      'ci sono job di replica in corso',
      'ci sono job di site recovery in corso',
    ],
    messages: {
      heading:
        '{count, plural, =0 {Nessun processo di replica nell’ultimo giorno} one {# processo di replica nell’ultimo giorno} other {# processi di replica nell’ultimo giorno}}',
      lead: '{running, plural, =0 {Nessuno in corso} one {# in corso} other {# in corso}}, {waiting, plural, =0 {nessuno attende una persona} one {# attende una persona} other {# attendono una persona}}, {failed, plural, =0 {nessuno fallito} one {# fallito} other {# falliti}}.',
      choice: '{scenario} di {target}',
      line: '{status} · {vault} · {when}',
      more: 'Sono mostrati solo i {most} più recenti.',
      EnableDr: 'Attivazione della replica',
      DisableDr: 'Disattivazione della replica',
      PrimaryIrCompletion: 'Prima copia',
      TestFailover: 'Failover di test',
      TestFailoverCleanup: 'Pulizia del failover di test',
      UnplannedFailover: 'Failover',
      CommitFailover: 'Conferma',
      ApplyRecoveryPoint: 'Cambio del punto di ripristino',
      SwitchProtection: 'Nuova protezione',
      NotStarted: 'non avviato',
      InProgress: 'in corso',
      Suspended: 'attende un’azione manuale',
      Succeeded: 'completato',
      CompletedWithInformation: 'completato con informazioni',
      Failed: 'fallito',
      Cancelled: 'annullato',
    },
  },
};

export const replicationJobList = reading({
  id,
  area: 'status',
  intentions: ['after-drill', 'daily'],
  risk: 'read',
  texts,
  parameters: z.object({}),
  actions: [readReplicationJobs],
  rights: async () => [],

  async answer(context) {
    const { jobs, list } = await replicationJobsSeen(context);
    const having = (status: string) => jobs.filter((job) => job.status === status).length;
    const [running, waiting, failed] = [having('InProgress'), having('Suspended'), having('Failed')];
    return {
      title: message('heading', { count: jobs.length }),
      tone: failed + waiting > 0 ? 'warning' : 'neutral',
      lead: message('lead', { running, waiting, failed }),
      items: jobs.slice(0, most).map(line),
      notes: [ageNote(list), ...(jobs.length > most ? [message('more', { most })] : [])],
    };
  },
});

function line(job: JobSummary): ListItem {
  const { title, details } = replicationJobChoice(job);
  return {
    title,
    tone: replicationJobTone(job.status),
    ...(details !== undefined && { details: [details] }),
    opens: { operation: 'replication-job.show', parameters: { job: job.id } },
  };
}
