import { z } from 'zod';
import { vaultOf } from '../../azure/arm-id.ts';
import { azRest } from '../by-hand.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Finding } from '../screen.ts';
import { replicationJobStatus } from '../status/replication-jobs.ts';
import { hitBy, jobRadius } from './job-hit.ts';
import { failedSteps } from './plan-report.ts';
import { jobChoices, jobPreview, named, placeOf, showJob } from './replication-job-act.ts';

const id = 'replication-job.cancel';
const message = own(id);
const action = 'Microsoft.RecoveryServices/vaults/replicationJobs/cancel/action';

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Cancel a replication job',
    does: 'cancel a running job of Site Recovery',
    example: 'cancel the replication job',
    phrases: [
      'cancel the replication job',
      'cancel a replication job',
      'abort the replication job',
      'stop the replication job',
      'cancel the running replication job',
      'cancel the waiting replication job',
      'cancel the running failover',
      'cancel the failover in progress',
      'stop the running failover',
      'cancel the running test failover',
      'cancel the running reprotect',
    ],
    messages: {
      undo: 'What is cancelled is not taken up again; the same can be asked for anew.',
      preview:
        'Cancels the running job: {scenario} of {target}. What it has already done stays: VMs that were made run on, those that were shut down stay off.',
      'not-cancellable': 'Azure does not allow this job to be cancelled: it is {status}.',
      'not-cancellable.advice': 'Look at it again: its last steps cannot be cancelled, and what is over cannot either.',
      ready: 'Azure allows this job to be cancelled.',
      done: '{scenario} of {target} is cancelled.',
      failed: '{scenario} of {target} could not be cancelled; it goes on or has ended by itself.',
      left: 'Look at what stands half-way: each VM tells what Azure allows now.',
    },
  },
  'pt-BR': {
    title: 'Cancelar um trabalho de replicação',
    does: 'cancelar um trabalho em andamento do Site Recovery',
    example: 'cancelar o trabalho de replicação',
    phrases: [
      'cancelar o trabalho de replicação',
      'cancelar um trabalho de replicação',
      'cancele o trabalho de replicação',
      'interromper o trabalho de replicação',
      'parar o trabalho de replicação',
      'cancelar o failover que está rodando',
    ],
    messages: {
      undo: 'O que é cancelado não é retomado; o mesmo pode ser pedido de novo.',
      preview:
        'Cancela o trabalho em andamento: {scenario} de {target}. O que ele já fez fica: VMs criadas continuam rodando, as desligadas continuam desligadas.',
      'not-cancellable': 'O Azure não permite cancelar este trabalho: ele está {status}.',
      'not-cancellable.advice':
        'Veja-o de novo: as últimas etapas não podem ser canceladas, e o que terminou também não.',
      ready: 'O Azure permite cancelar este trabalho.',
      done: '{scenario} de {target} foi cancelado.',
      failed: '{scenario} de {target} não pôde ser cancelado; segue ou terminou sozinho.',
      left: 'Verifique o que ficou no meio do caminho: cada VM diz o que o Azure permite agora.',
    },
  },
  it: {
    title: 'Annulla un processo di replica',
    does: 'annullare un processo in corso di Site Recovery',
    example: 'annulla il processo di replica',
    phrases: [
      'annulla il processo di replica',
      'annulla un processo di replica',
      'interrompi il processo di replica',
      'ferma il processo di replica',
      'annulla il processo di site recovery',
      'ferma il failover in corso',
      'elimina il processo di replica',
    ],
    messages: {
      undo: 'Ciò che è annullato non viene ripreso; si può chiedere da capo.',
      preview:
        'Annulla il processo in corso: {scenario} di {target}. Ciò che ha già fatto resta: le VM create continuano a girare, quelle arrestate restano spente.',
      'not-cancellable': 'Azure non consente di annullare questo processo: è {status}.',
      'not-cancellable.advice':
        'Guardalo di nuovo: gli ultimi passi non si possono annullare, e nemmeno ciò che è finito.',
      ready: 'Azure consente di annullare questo processo.',
      done: '{scenario} di {target} è annullato.',
      failed: '{scenario} di {target} non si è potuto annullare; prosegue o è finito da solo.',
      left: 'Guarda ciò che è rimasto a metà: ogni VM dice che cosa Azure consente ora.',
    },
  },
};

export const replicationJobCancel = changing({
  id,
  area: 'recovery',
  risk: 'disruptive',
  texts,
  parameters: z.object({ job: parameter.replicationJob() }),
  actions: [action],
  rights: async (_, { job }) => [{ action, scope: vaultOf(job) }],
  targets: ({ job }) => [job],
  choices: async (context) =>
    await jobChoices(context, {
      states: ['NotStarted', 'InProgress', 'Suspended'],
      none: 'no-replication-job-running',
    }),

  async preview(context, { job: jobId }) {
    const job = await context.azure.recovery.job(jobId);
    const hit = await hitBy(context, job);
    // It holds nothing: whoever's run follows the job holds its VMs, and this is what stops it.
    const more = await jobRadius(context, job, hit);
    return jobPreview(job, hit, { sentence: message('preview', named(job)), more, anew: false });
  },

  async checks(context, { job: jobId }): Promise<readonly Finding[]> {
    const { allowedActions, status } = await context.azure.recovery.job(jobId);
    if (allowedActions.includes('Cancel')) return [{ id: 'ready', severity: 'passed', text: message('ready') }];
    const text = message('not-cancellable', { status: replicationJobStatus(status) });
    return [{ id: 'not-cancellable', severity: 'blocks', text, advice: message('not-cancellable.advice') }];
  },

  async submit(context, { job }, { clientRequestId, code, requester }) {
    const comments = `Vaultkeeper run ${code}, ${requester.name}`;
    return await context.azure.recovery.actOnJob(job, { action: 'Cancel', comments, clientRequestId });
  },

  /** A job that is being cancelled may be so by somebody else; either way it is what was wanted. */
  async findSubmitted(context, { job: jobId }) {
    const { status } = await context.azure.recovery.job(jobId);
    return /^cancel/i.test(status) ? { kind: 'replication-cancel', ...placeOf(jobId) } : 'nothing';
  },

  async result(context, { job: jobId }, _execution, progress) {
    const job = await context.azure.recovery.job(jobId);
    const done = progress.state === 'succeeded';
    return {
      sentence: message(done ? 'done' : 'failed', named(job)),
      facts: failedSteps(progress),
      leftToDo: done ? [message('left')] : [],
      suggestions: showJob(jobId),
    };
  },

  undo: () => [],
  byHand: ({ parameters: { job } }) => [azRest('post', `${job}/cancel`)],
  next: ({ job }) => showJob(job),
});
