import { z } from 'zod';
import { vaultOf } from '../../azure/arm-id.ts';
import { azRest } from '../by-hand.ts';
import { fact } from '../facts.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Finding } from '../screen.ts';
import { replicationJobStatus } from '../status/replication-jobs.ts';
import { hitBy, hitsNobodyKnows, jobRadius } from './job-hit.ts';
import { heldBy } from './plan-now.ts';
import { failedSteps } from './plan-report.ts';
import { jobChoices, jobPreview, named, placeOf, showJob } from './replication-job-act.ts';

const id = 'replication-job.restart';
const message = own(id);
const action = 'Microsoft.RecoveryServices/vaults/replicationJobs/restart/action';

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Restart a replication job',
    does: 'begin a failed job of Site Recovery again',
    example: 'restart the replication job',
    phrases: [
      'restart the replication job',
      'restart a replication job',
      'retry the replication job',
      'rerun the replication job',
      'restart the failed replication job',
      'rerun the job',
      'restart the failed job',
      'start the failed replication job again',
      'run the replication job again',
      'try the replication job again',
    ],
    messages: {
      undo: 'What is going on again can be cancelled while Azure allows it; what the job has done by then stays.',
      preview:
        'Begins the failed job again from its start: {scenario} of {target}. It does the same as the first time, with the same choices.',
      'same-again': 'The same as {scenario} of {target}: what that cannot undo, this cannot either.',
      'not-restartable': 'Azure does not allow this job to be begun again: it is {status}.',
      'not-restartable.advice': 'Only jobs that failed can, and not all of them: ask for the same anew instead.',
      'nobody-known':
        'I cannot find the VM or the plan ({target}) that this job works on, so no rule can tell whether it may begin again.',
      'nobody-known.advice': 'Look at it in the Azure portal; or begin what it did anew, by name.',
      ready: 'Azure allows this job to be begun again.',
      done: '{scenario} of {target} was begun again and ended well.',
      failed: '{scenario} of {target} was begun again, but did not end well.',
      left: 'Look at the job: it tells what failed.',
    },
  },
  'pt-BR': {
    title: 'Reiniciar um trabalho de replicação',
    does: 'começar de novo um trabalho do Site Recovery que falhou',
    example: 'reiniciar o trabalho de replicação',
    phrases: [
      'reiniciar o trabalho de replicação',
      'reiniciar um trabalho de replicação',
      'reinicie o trabalho de replicação',
      'repetir o trabalho de replicação',
      'reiniciar o trabalho de replicação que falhou',
    ],
    messages: {
      undo: 'O que está em andamento de novo pode ser cancelado enquanto o Azure permitir; o que o trabalho já fez permanece.',
      preview:
        'Começa de novo, do início, o trabalho que falhou: {scenario} de {target}. Ele faz o mesmo que da primeira vez, com as mesmas escolhas.',
      'same-again': 'O mesmo que {scenario} de {target}: o que aquilo não desfaz, isto também não.',
      'not-restartable': 'O Azure não permite começar este trabalho de novo: ele está {status}.',
      'not-restartable.advice': 'Só trabalhos que falharam podem, e nem todos: em vez disso, peça o mesmo outra vez.',
      'nobody-known':
        'Não encontro a VM ou o plano ({target}) deste trabalho; assim nenhuma regra pode dizer se ele pode recomeçar.',
      'nobody-known.advice': 'Veja-o no portal do Azure; ou peça de novo, pelo nome, o que ele fazia.',
      ready: 'O Azure permite começar este trabalho de novo.',
      done: '{scenario} de {target} foi reiniciado e terminou bem.',
      failed: '{scenario} de {target} foi reiniciado, mas não terminou bem.',
      left: 'Veja o trabalho: ele diz o que falhou.',
    },
  },
  it: {
    title: 'Riavvia un processo di replica',
    does: 'ricominciare un processo di Site Recovery non riuscito',
    example: 'riavvia il processo di replica',
    phrases: [
      'riavvia il processo di replica',
      'riavvia un processo di replica',
      'riprova il processo di replica',
      'riavvia il processo di replica non riuscito',
      'riavvia il processo di site recovery',
    ],
    messages: {
      undo: 'Ciò che è di nuovo in corso si può annullare finché Azure lo permette; ciò che il processo ha già fatto resta.',
      preview:
        'Ricomincia dall’inizio il processo non riuscito: {scenario} di {target}. Fa lo stesso della prima volta, con le stesse scelte.',
      'same-again': 'Lo stesso di {scenario} di {target}: ciò che quello non annulla, non lo annulla nemmeno questo.',
      'not-restartable': 'Azure non consente di ricominciare questo processo: è {status}.',
      'not-restartable.advice': 'Solo quelli non riusciti, e non tutti: chiedi piuttosto la stessa cosa da capo.',
      'nobody-known':
        'Non trovo la VM o il piano ({target}) di questo processo: nessuna regola può dire se può ricominciare.',
      'nobody-known.advice': 'Guardalo nel portale di Azure; oppure richiedi da capo, per nome, ciò che faceva.',
      ready: 'Azure consente di ricominciare questo processo.',
      done: '{scenario} di {target} è ricominciato e si è concluso bene.',
      failed: '{scenario} di {target} è ricominciato, ma non si è concluso bene.',
      left: 'Guarda il processo: dice che cosa è fallito.',
    },
  },
};

export const replicationJobRestart = changing({
  id,
  area: 'recovery',
  // The job may be a failover or a commit: it is agreed to as one.
  risk: 'destructive',
  texts,
  parameters: z.object({ job: parameter.replicationJob() }),
  actions: [action],
  rights: async (_, { job }) => [{ action, scope: vaultOf(job) }],
  targets: ({ job }) => [job],
  choices: async (context) =>
    await jobChoices(context, { states: ['Failed', 'Cancelled'], none: 'no-replication-job-failed' }),

  async preview(context, { job: jobId }) {
    const job = await context.azure.recovery.job(jobId);
    const why = job.fault === undefined ? [] : [fact('failed-steps', `${job.fault.code}: ${job.fault.message}`)];
    const hit = await hitBy(context, job);
    const radius = await jobRadius(context, job, { ...hit, forGood: message('same-again', named(job)) });
    return {
      ...jobPreview(job, hit, { sentence: message('preview', named(job)), more: [...why, ...radius], anew: true }),
      // It fails the VMs over, or commits them, as the run of whoever began it did.
      holds: [...(hit.planId === undefined ? [] : [hit.planId]), ...heldBy(hit)],
    };
  },

  async checks(context, { job: jobId }): Promise<readonly Finding[]> {
    const job = await context.azure.recovery.job(jobId);
    const { allowedActions, status } = job;
    if (hitsNobodyKnows(job, await hitBy(context, job)))
      return [
        {
          id: 'nobody-known',
          severity: 'blocks',
          text: message('nobody-known', named(job)),
          advice: message('nobody-known.advice'),
        },
      ];
    if (allowedActions.includes('Restart')) return [{ id: 'ready', severity: 'passed', text: message('ready') }];
    const text = message('not-restartable', { status: replicationJobStatus(status) });
    return [{ id: 'not-restartable', severity: 'blocks', text, advice: message('not-restartable.advice') }];
  },

  async submit(context, { job }, { clientRequestId, code, requester }) {
    const comments = `Vaultkeeper run ${code}, ${requester.name}`;
    return await context.azure.recovery.actOnJob(job, { action: 'Restart', comments, clientRequestId });
  },

  // A job that somebody has restarted meanwhile allows no restart, and Azure says so.
  sentAgainUnlooked: true,

  /** It goes on under its old name: running again, or ended after the run began, it was restarted. */
  async findSubmitted(context, { job: jobId }, { startingAt }) {
    const { status, endedAt } = await context.azure.recovery.job(jobId);
    const before = endedAt !== undefined && Date.parse(endedAt) < Date.parse(startingAt);
    if (before && /^(failed|cancelled)$/i.test(status)) return 'nothing';
    return { kind: 'replication-restart', ...placeOf(jobId), restartedAt: startingAt };
  },

  async result(context, { job: jobId }, _execution, progress) {
    const job = await context.azure.recovery.job(jobId);
    const done = progress.state === 'succeeded' || progress.state === 'succeeded-with-warnings';
    return {
      sentence: message(done ? 'done' : 'failed', named(job)),
      facts: failedSteps(progress),
      leftToDo: done ? [] : [message('left')],
      suggestions: showJob(jobId),
    };
  },

  undo: ({ job }) => [{ operation: 'replication-job.cancel', parameters: { job } }],
  byHand: ({ parameters: { job } }) => [azRest('post', `${job}/restart`)],
  next: ({ job }) => showJob(job),
});
