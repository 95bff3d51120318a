import { z } from 'zod';
import { vaultOf } from '../../azure/arm-id.ts';
import type { BackupJob } from '../../azure/types.ts';
import { explained } from '../../azure-codes.ts';
import type { AzureFault } from '../../errors.ts';
import type { Text } from '../../message.ts';
import { fact, moment } from '../facts.ts';
import { atLeastOne } from '../offered.ts';
import { type OperationTexts, type OwnLocale, own, reading } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Fact, Suggestion } from '../screen.ts';
import { vaultWithGroup } from '../vaults.ts';
import { backupJobsSeen, jobChoice, jobOperation, jobStatus, jobTone, readBackupJobs } from './backup-jobs.ts';

const id = 'backup-job.show';
const message = own(id);
/** As many as are easily told apart on a phone. */
const offered = 8;

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Show a backup job',
    does: 'see how far a backup or restore job is, or why it failed',
    example: 'show backup job',
    phrases: [
      'show backup job',
      'show the backup job',
      'details of the backup job',
      'backup job details',
      'why did the backup job fail',
      'how far is the backup job',
      'progress of the backup job',
      'progress of the restore job',
      'status of the backup job',
      'error of the backup job',
      'error message of the backup job',
      'progress of the backup',
      'how much longer does the backup job take',
      'how long until the backup job is done',
      'what error did the backup job have',
      'what is wrong with the backup job',
      'what happened to the backup job',
      'how is the backup job doing',
      'is the backup job done',
      'is the backup job still running',
      'why is the backup job slow',
      'what is the job doing',
      'show the job',
      'what is the backup job doing',
      'has the backup job finished',
      'is the job done',
      'is the job still running',
      'what went wrong in the restore job',
      'percentage of the backup job',
      'when did the backup job start',
      'when will the backup job finish',
      'how long has the backup job been running',
      'why is the backup job taking so long',
      'why is the backup job still running',
    ],
    messages: {
      heading: '{operation} of {target}: {status}',
      job: 'Job',
      task: '{name}: {state}',
      waiting: 'waiting',
      running: 'running',
      succeeded: 'done',
      failed: 'failed',
      skipped: 'skipped',
      cause: 'Why it failed',
      percent: '{percent} %',
      cancel: 'Cancel the job',
      list: 'All jobs',
    },
  },
  'pt-BR': {
    title: 'Mostrar um trabalho de backup',
    does: 'ver o andamento de um trabalho de backup ou restauração, ou por que falhou',
    example: 'mostrar o trabalho de backup',
    phrases: [
      'mostrar o trabalho de backup',
      'mostrar trabalho de backup',
      'detalhes do trabalho de backup',
      'ver o trabalho de backup',
      'por que o trabalho de backup falhou',
      'andamento do trabalho de backup',
      'status do trabalho de backup',
      'em que pé está o trabalho de backup',
      'erro do trabalho de backup',
      'andamento do backup',
      'quanto tempo falta para o trabalho de backup',
      'quanto falta para o trabalho de backup',
      'como está o job de backup {job}',
      'mostrar o job de backup {job}',
      'o job de backup {job} terminou',
      'o job de backup {job} andou',
      'por que o job de backup {job} falhou',
      'erro do job de backup {job}',
    ],
    messages: {
      heading: '{operation} de {target}: {status}',
      job: 'Trabalho',
      task: '{name}: {state}',
      waiting: 'aguardando',
      running: 'em andamento',
      succeeded: 'feito',
      failed: 'falhou',
      skipped: 'ignorado',
      cause: 'Por que falhou',
      percent: '{percent} %',
      cancel: 'Cancelar o trabalho',
      list: 'Todos os trabalhos',
    },
  },
  it: {
    title: 'Mostra un processo di backup',
    does: 'vedere a che punto è un processo di backup o ripristino, o perché è fallito',
    example: 'mostra il processo di backup',
    phrases: [
      'mostra il processo di backup',
      'mostra processo di backup',
      'dettagli del processo di backup',
      'vedi il processo di backup',
      'perché il processo di backup è fallito',
      'a che punto è il processo di backup',
      'avanzamento del processo di backup',
      'stato del processo di backup',
      'errore del processo di backup',
      'avanzamento del backup',
      'quanto manca al processo di backup',
      'quanto tempo manca al processo di backup',
      'mostra il job {job}',
      'errore del job {job}',
      'perché è fallito il job di backup {job}',
      'com’è andato il job di backup {job}',
    ],
    messages: {
      heading: '{operation} di {target}: {status}',
      job: 'Processo',
      task: '{name}: {state}',
      waiting: 'in attesa',
      running: 'in corso',
      succeeded: 'fatto',
      failed: 'fallito',
      skipped: 'saltato',
      cause: 'Perché è fallito',
      percent: '{percent} %',
      cancel: 'Annulla il processo',
      list: 'Tutti i processi',
    },
  },
};

export const backupJobShow = reading({
  id,
  area: 'status',
  risk: 'read',
  texts,
  parameters: z.object({ job: parameter.backupJob() }),
  actions: [readBackupJobs],
  rights: async (_, { job }) => [{ action: readBackupJobs, scope: vaultOf(job) }],
  choices: async (context, name) =>
    name === 'job'
      ? atLeastOne((await backupJobsSeen(context)).jobs.slice(0, offered).map(jobChoice), 'no-backup-jobs')
      : [],

  async answer(context, { job: jobId }) {
    const job = await context.azure.backup.job(jobId);
    const values = { operation: jobOperation(job.operation), target: job.target, status: jobStatus(job.status) };
    return {
      title: message('heading', values),
      tone: jobTone(job.status),
      sections: [
        { title: message('job'), tone: jobTone(job.status), facts: jobFacts(job) },
        ...(job.fault === undefined
          ? []
          : [{ title: message('cause'), tone: 'bad' as const, lead: causeOf(job.fault), facts: causeFacts(job) }]),
      ],
      notes: [...(job.fault === undefined ? [] : adviceOn(job.fault)), ...job.recommendations],
      suggestions: after(job),
    };
  },
});

const taskStates = {
  waiting: message('waiting'),
  running: message('running'),
  succeeded: message('succeeded'),
  failed: message('failed'),
  skipped: message('skipped'),
} as const;

function jobFacts(job: BackupJob): readonly Fact[] {
  const tasks: readonly Text[] = job.tasks.map(({ name, state }) =>
    message('task', { name, state: taskStates[state] }),
  );
  return [
    fact('vault', vaultWithGroup(job.vaultId)),
    fact('job-state', jobStatus(job.status)),
    ...(job.startedAt === undefined ? [] : [fact('started', moment(job.startedAt))]),
    ...(job.endedAt === undefined ? [] : [fact('ended', moment(job.endedAt))]),
    ...(tasks.length === 0 ? [] : [fact('tasks', tasks)]),
    ...(job.percent === undefined ? [] : [fact('progress', message('percent', { percent: job.percent }))]),
  ];
}

/** In our words where the code is known; otherwise in Azure's. */
function causeOf(fault: AzureFault): Text {
  return explained(fault)?.text ?? fault.message;
}

function adviceOn(fault: AzureFault): readonly Text[] {
  const known = explained(fault);
  return known === undefined ? [] : [known.advice];
}

function causeFacts({ fault }: BackupJob): readonly Fact[] {
  return fault?.correlationId === undefined ? [] : [fact('correlation', fault.correlationId)];
}

/** Cancelling is offered only while Azure's job says that it can be cancelled. */
function after({ id: job, cancellable }: BackupJob): readonly Suggestion[] {
  return [
    ...(cancellable
      ? [{ title: message('cancel'), wish: { operation: 'backup-job.cancel', parameters: { job } } }]
      : []),
    { title: message('list'), wish: { operation: 'backup-job.list', parameters: {} } },
  ];
}
