import { z } from 'zod';
import { sameId, vaultOf } from '../../azure/arm-id.ts';
import type { ArmId, BackupJob } from '../../azure/types.ts';
import { azRest } from '../by-hand.ts';
import type { Context } from '../context.ts';
import { fact, moment } from '../facts.ts';
import { atLeastOne } from '../offered.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Finding, Suggestion } from '../screen.ts';
import { backupJobsSeen, jobChoice, jobOperation, jobStatus } from '../status/backup-jobs.ts';
import { vaultWithGroup } from '../vaults.ts';
import { orReady, succeeded } from './item-change.ts';

const id = 'backup-job.cancel';
const message = own(id);
const action = 'Microsoft.RecoveryServices/Vaults/backupJobs/cancel/action';
/** Azure cancels no other jobs. */
const cancellable = new Set(['Backup', 'Restore']);
/** Azure's name of the task during which it accepts a cancellation and then lets it fail (azure-api.md 1.1). */
const transfer = /^transfer data to vault$/i;

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Cancel a backup job',
    does: 'cancel a running backup or restore job',
    example: 'cancel backup job',
    phrases: [
      'cancel backup job',
      'cancel the backup job',
      'cancel a backup job',
      'stop the backup job',
      'abort the backup job',
      'cancel the running backup job',
      'stop the running backup',
      'cancel the running restore',
      'stop the running restore',
      'cancel the restore job',
      'cancel the job',
      'cancel the backup',
      'cancel the running job',
      'stop the job',
      'stop the running job',
      'cancel the restore',
      'cancel the running backup of the vm',
    ],
    messages: {
      undo: 'What is cancelled is not taken up again; a backup can be started anew.',
      preview:
        'Cancels the running job: {operation} of {target}. {kind, select, Restore {What it has already restored stays and has to be removed by hand.} other {It leaves no recovery point.}}',
      'not-running': 'The job is {status}: there is nothing to cancel.',
      'not-running.advice': 'Look at the jobs again: “backup jobs”.',
      'not-cancellable': 'Azure does not allow this job to be cancelled.',
      'not-cancellable.advice': 'Only backups and restores can be cancelled. Wait until it has ended.',
      transferring:
        'The job is transferring data to the vault: Azure accepts a cancellation now, and then lets it fail.',
      'transferring.advice': 'Wait until the transfer has ended; the recovery point can be restored already.',
      ready: 'Azure allows this job to be cancelled.',
      done: 'The job of {target} is cancelled.',
      failed: 'The job of {target} could not be cancelled; it goes on, or has ended by itself.',
      left: 'Back up again when it suits: there is no recovery point from this job.',
      list: 'Backup jobs',
      show: 'Show the job',
    },
  },
  'pt-BR': {
    title: 'Cancelar um trabalho de backup',
    does: 'cancelar um trabalho de backup ou restauração em andamento',
    example: 'cancelar o trabalho de backup',
    phrases: [
      'cancelar o trabalho de backup',
      'cancelar trabalho de backup',
      'cancele o trabalho de backup',
      'interromper o trabalho de backup',
      'cancelar o job de backup',
      'parar o backup que está rodando',
      'parar o backup em andamento',
      'cancelar a restauração em andamento',
      'parar a restauração que está rodando',
      'cancelar o trabalho de restauração',
    ],
    messages: {
      undo: 'O que é cancelado não é retomado; pode-se iniciar um novo backup.',
      preview:
        'Cancela o trabalho em andamento: {operation} de {target}. {kind, select, Restore {O que já foi restaurado fica e precisa ser removido manualmente.} other {Não deixa ponto de recuperação.}}',
      'not-running': 'O trabalho está assim: {status}. Não há o que cancelar.',
      'not-running.advice': 'Veja os trabalhos de novo: “trabalhos de backup”.',
      'not-cancellable': 'O Azure não permite cancelar este trabalho.',
      'not-cancellable.advice': 'Só backups e restaurações podem ser cancelados. Espere terminar.',
      transferring:
        'O trabalho está transferindo dados ao cofre: o Azure aceita o cancelamento agora e depois o deixa falhar.',
      'transferring.advice': 'Espere a transferência terminar; o ponto de recuperação já pode ser restaurado.',
      ready: 'O Azure permite cancelar este trabalho.',
      done: 'O trabalho de {target} está cancelado.',
      failed: 'Não foi possível cancelar o trabalho de {target}; ele continua ou terminou sozinho.',
      left: 'Faça outro backup quando convier: este trabalho não deixou ponto de recuperação.',
      list: 'Trabalhos de backup',
      show: 'Mostrar o trabalho',
    },
  },
  it: {
    title: 'Annulla un processo di backup',
    does: 'annullare un processo di backup o ripristino in corso',
    example: 'annulla il processo di backup',
    phrases: [
      'annulla il processo di backup',
      'annulla processo di backup',
      'annullare il processo di backup',
      'interrompi il processo di backup',
      'annulla il job di backup',
      'ferma il backup in corso',
      'annulla il ripristino in corso',
      'ferma il ripristino in corso',
      'annulla il processo di ripristino',
      'annulla il backup in corso',
      'elimina il processo di backup',
      'ferma il ripristino',
      'annulla il backup',
      'annulla il job in corso',
      'ferma il job in corso',
      'annulla il job {job} di backup',
    ],
    messages: {
      undo: 'Ciò che è annullato non viene ripreso; si può avviare un nuovo backup.',
      preview:
        'Annulla il processo in corso: {operation} di {target}. {kind, select, Restore {Ciò che è già ripristinato resta e va rimosso a mano.} other {Non lascia alcun punto di ripristino.}}',
      'not-running': 'Il processo è {status}: non c’è nulla da annullare.',
      'not-running.advice': 'Guarda di nuovo i processi: “processi di backup”.',
      'not-cancellable': 'Azure non consente di annullare questo processo.',
      'not-cancellable.advice': 'Si possono annullare solo backup e ripristini. Attendi la fine.',
      transferring:
        'Il processo sta trasferendo dati nell’insieme di credenziali: ora Azure accetta l’annullamento e poi lo lascia fallire.',
      'transferring.advice': 'Attendi la fine del trasferimento; il punto di ripristino si può già usare.',
      ready: 'Azure consente di annullare questo processo.',
      done: 'Il processo di {target} è annullato.',
      failed: 'Non è stato possibile annullare il processo di {target}; prosegue o è finito da solo.',
      left: 'Esegui un altro backup quando conviene: questo processo non ha lasciato alcun punto di ripristino.',
      list: 'Processi di backup',
      show: 'Mostra il processo',
    },
  },
};

export const backupJobCancel = changing({
  id,
  area: 'backup',
  intentions: ['before-change'],
  risk: 'reversible',
  texts,
  parameters: z.object({ job: parameter.backupJob() }),
  actions: [action],
  rights: async (_, { job }) => [{ action, scope: vaultOf(job) }],
  targets: ({ job }) => [job],

  async choices(context, name) {
    if (name !== 'job') return [];
    const { jobs } = await backupJobsSeen(context);
    const running = jobs.filter(({ status, operation }) => status === 'InProgress' && cancellable.has(operation));
    return atLeastOne(running.map(jobChoice), 'no-backup-job-running');
  },

  async preview(context, { job: jobId }) {
    const job = await context.azure.backup.job(jobId);
    const values = { operation: jobOperation(job.operation), target: job.target, kind: job.operation };
    return {
      sentence: message('preview', values),
      facts: [
        fact('operation', jobOperation(job.operation)),
        fact('vm', job.target),
        fact('vault', vaultWithGroup(job.vaultId)),
        ...(job.startedAt === undefined ? [] : [fact('started', moment(job.startedAt))]),
      ],
      target: job.target,
      // Whoever's run follows the job holds the VM, and this is what stops it: it holds nothing itself.
      resources: [job.id, job.vaultId, ...(await itemsOf(context, job))],
      measured: { 'fact.job-state': job.status, 'fact.operation': job.operation },
    };
  },

  checks: async (context, { job }) => findingsOf(await context.azure.backup.job(job)),

  submit: async (context, { job }, { clientRequestId }) =>
    await context.azure.backup.cancelJob(job, { clientRequestId }),

  /** A job that is being cancelled may be so by somebody else; either way it is what was wanted. */
  async findSubmitted(context, { job: jobId }) {
    const { status, name, vaultId } = await context.azure.backup.job(jobId);
    const asked = status === 'Cancelling' || status === 'Cancelled';
    return asked ? { kind: 'backup-cancel', vaultId, operationId: '', jobId: name } : 'nothing';
  },

  async result(context, { job: jobId }, _execution, progress) {
    const { target, operation } = await context.azure.backup.job(jobId);
    const done = succeeded(progress);
    return {
      sentence: message(done ? 'done' : 'failed', { target }),
      facts: [],
      leftToDo: done && operation === 'Backup' ? [message('left')] : [],
      suggestions: after(jobId),
    };
  },

  undo: () => [],
  byHand: ({ parameters: { job } }) => [azRest('post', `${job}/cancel`)],
  next: ({ job }) => after(job),
});

/** The protected items of the vault that bear the name by which the job tells its VM, and their VMs: of namesakes the rules about each count. */
async function itemsOf(context: Context, { vaultId, target }: BackupJob): Promise<readonly ArmId[]> {
  const { value } = await context.azure.inventory.protectedItems();
  const meant = value.filter((item) => sameId(item.vaultId, vaultId) && sameId(item.friendlyName, target));
  return meant.flatMap(({ id: item, vmId }) => [item, vmId]);
}

function findingsOf(job: BackupJob): readonly Finding[] {
  const found = (key: string): readonly Finding[] => {
    const text = message(key, { status: jobStatus(job.status) });
    return [{ id: key, severity: 'blocks', text, advice: message(`${key}.advice`) }];
  };
  if (job.status !== 'InProgress') return found('not-running');
  if (!job.cancellable) return found('not-cancellable');
  const transferring = job.tasks.some(({ name, state }) => state === 'running' && transfer.test(name));
  return orReady(transferring ? found('transferring') : [], message('ready'));
}

function after(job: string): readonly Suggestion[] {
  return [
    { title: message('show'), wish: { operation: 'backup-job.show', parameters: { job } } },
    { title: message('list'), wish: { operation: 'backup-job.list', parameters: {} } },
  ];
}
