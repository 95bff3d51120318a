import { z } from 'zod';
import { nameOf, vaultOf } from '../../azure/arm-id.ts';
import type { ReplicationJob, ReplicationTask } from '../../azure/recovery-types.ts';
import { azRest } from '../by-hand.ts';
import { fact } from '../facts.ts';
import { atLeastOne } from '../offered.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Finding, Suggestion } from '../screen.ts';
import {
  replicationJobChoice,
  replicationJobStatus,
  replicationJobsSeen,
  scenarioText,
} from '../status/replication-jobs.ts';
import { hitBy } from './job-hit.ts';
import { failedSteps } from './plan-report.ts';
import { touching } from './replication-job-act.ts';

const id = 'replication-job.resume';
const message = own(id);
const action = 'Microsoft.RecoveryServices/vaults/replicationJobs/resume/action';

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Complete a manual action',
    does: 'say that a manual action of a recovery plan is done, so that the job goes on',
    example: 'complete the manual action',
    phrases: [
      'complete the manual action',
      'complete a manual action',
      'resume the replication job',
      'resume a replication job',
      'continue the replication job',
      'go on with the replication job',
      'manual action done continue the replication job',
      'manual action done resume the job',
      'complete the manual action of the replication job',
      'complete the manual step of the job',
      'complete the manual step of the replication job',
      'resume the waiting job',
      'continue the waiting replication job',
      'let the job continue',
      'let the replication job continue',
      'let the job go on',
      'continue the site recovery job after the manual action',
      'resume the job after the manual action',
      'mark the manual action as done',
      'mark the manual step as complete',
      'confirm the manual step',
      'unblock the replication job',
      'finish the manual action',
      'complete the pending manual action',
      'manual action complete continue',
      'manual action of the replication job done continue',
      'mark the manual action of the job as done',
      'complete the manual action waiting in the job',
    ],
    messages: {
      undo: 'The step was told as done, and the plan has gone on: that cannot be taken back. While Azure allows it, the job can be cancelled.',
      preview: 'Tells Azure that “{step}” is done: {scenario} of {target} goes on at once with its next step.',
      'not-waiting': '{scenario} of {target} waits for nobody.',
      'not-waiting.advice': 'Look at its tasks in the list of replication jobs.',
      ready: 'The job waits for this action.',
      'no-instructions': 'the plan gives none',
      done: '{scenario} of {target} went on and ended well.',
      failed: '{scenario} of {target} went on, but did not end well.',
      left: 'Look at the job: it tells what failed.',
      show: 'Show the job',
    },
  },
  'pt-BR': {
    title: 'Concluir uma ação manual',
    does: 'dizer que uma ação manual de um plano está feita, para o trabalho seguir',
    example: 'concluir a ação manual',
    phrases: [
      'concluir a ação manual',
      'concluir uma ação manual',
      'retomar o trabalho de replicação',
      'retomar um trabalho de replicação',
      'continuar o trabalho de replicação',
      'continuar o job do site recovery',
      'a ação manual do job de replicação {job} está feita',
      'a ação manual foi concluída',
      'a ação manual do job {job} está feita continuar',
      'concluir a ação manual do job de replicação {job}',
      'ação manual concluída no job de replicação {job}',
      'liberar a ação manual do job de replicação {job}',
      'marcar como concluída a ação manual do job de replicação {job}',
      'continuar o job de replicação {job} a ação manual está feita',
      'continuar o job de replicação {job} depois do passo manual',
    ],
    messages: {
      undo: 'O passo foi dado como feito, e o plano seguiu: isso não volta atrás. Enquanto o Azure permitir, o trabalho pode ser cancelado.',
      preview: 'Diz ao Azure que “{step}” está feita: {scenario} de {target} segue logo para a próxima etapa.',
      'not-waiting': '{scenario} de {target} não espera por ninguém.',
      'not-waiting.advice': 'Veja as tarefas na lista de trabalhos de replicação.',
      ready: 'O trabalho espera por esta ação.',
      'no-instructions': 'o plano não dá nenhuma',
      done: '{scenario} de {target} seguiu e terminou bem.',
      failed: '{scenario} de {target} seguiu, mas não terminou bem.',
      left: 'Veja o trabalho: ele diz o que falhou.',
      show: 'Mostrar o trabalho',
    },
  },
  it: {
    title: 'Completa un’azione manuale',
    does: 'dire che un’azione manuale di un piano è fatta, perché il processo prosegua',
    example: 'riprendi il processo di replica',
    phrases: [
      'completa l’azione manuale',
      'completa un’azione manuale',
      'riprendi il processo di replica',
      'riprendi un processo di replica',
      'continua il processo di replica',
      'riprendi il processo di site recovery',
      'riprendi i processi di replica',
      'continua il job di site recovery',
      'azione manuale completata',
      'azione manuale fatta riprendi',
      'azione manuale completata sul job di replica {job}',
      'riprendi il job {job}',
      'ho fatto l’azione manuale riprendi',
      'ho fatto l’azione manuale riprendi il job',
      'conferma l’azione manuale del job di replica',
      'fai proseguire il piano',
      'azione manuale fatta sul job di replica {job} riprendi',
      'prosegui con l’azione manuale',
    ],
    messages: {
      undo: 'Il passo è stato dato per fatto, e il piano è andato avanti: non si torna indietro. Finché Azure lo permette, il processo si può annullare.',
      preview: 'Dice ad Azure che “{step}” è fatta: {scenario} di {target} prosegue subito con il passo successivo.',
      'not-waiting': '{scenario} di {target} non attende nessuno.',
      'not-waiting.advice': 'Guarda le attività nell’elenco dei processi di replica.',
      ready: 'Il processo attende questa azione.',
      'no-instructions': 'il piano non ne dà',
      done: '{scenario} di {target} è proseguito e si è concluso bene.',
      failed: '{scenario} di {target} è proseguito, ma non si è concluso bene.',
      left: 'Guarda il processo: dice che cosa è fallito.',
      show: 'Mostra il processo',
    },
  },
};

export const replicationJobResume = changing({
  id,
  area: 'recovery',
  intentions: ['after-drill', 'down'],
  risk: 'reversible',
  texts,
  parameters: z.object({
    job: parameter.replicationJob(),
    comment: parameter.words(),
    step: parameter.words().optional(),
  }),
  actions: [action],
  rights: async (_, { job }) => [{ action, scope: vaultOf(job) }],
  // A job may wait more than once, and the run of the first time follows it to its end.
  targets: ({ job, step }) => [step === undefined ? job : `${job}/${step}`],

  async choices(context, name) {
    if (name !== 'job') return [];
    const { jobs } = await replicationJobsSeen(context);
    const waiting = jobs.filter(({ status }) => status === 'Suspended');
    // One that has just come to its manual action may still be listed as being in progress.
    const open = waiting.length > 0 ? waiting : jobs.filter(({ status }) => status === 'InProgress');
    return atLeastOne(open.map(replicationJobChoice), 'no-job-waits');
  },

  async defaults(context, { job }) {
    if (job === undefined) return {};
    const step = waitingTask((await context.azure.recovery.job(job)).tasks);
    return step === undefined ? {} : { step: step.name };
  },

  async preview(context, { job: jobId, comment, step }) {
    const job = await context.azure.recovery.job(jobId);
    const waiting = waitingTask(job.tasks);
    return {
      sentence: message('preview', { ...named(job), step: step ?? '–' }),
      facts: [
        fact('waits-for', step ?? '–'),
        fact('cause', waiting?.instructions ?? message('no-instructions')),
        fact('vault', nameOf(job.vaultId)),
        fact('job-state', replicationJobStatus(job.status)),
        fact('comment', comment),
      ],
      ...touching(job, await hitBy(context, job), { anew: false }),
      measured: { 'fact.waits-for': waiting?.name ?? '', 'fact.job-state': job.status },
    };
  },

  async checks(context, { job: jobId, step }): Promise<readonly Finding[]> {
    const job = await context.azure.recovery.job(jobId);
    const waits = job.allowedActions.includes('Resume') && waitingTask(job.tasks)?.name === step;
    if (waits && step !== undefined) return [{ id: 'ready', severity: 'passed', text: message('ready') }];
    const text = message('not-waiting', named(job));
    return [{ id: 'not-waiting', severity: 'blocks', text, advice: message('not-waiting.advice') }];
  },

  async submit(context, { job, comment }, { clientRequestId, code, requester }) {
    const comments = `${comment} (Vaultkeeper run ${code}, ${requester.name})`;
    return await context.azure.recovery.actOnJob(job, { action: 'Resume', comments, clientRequestId });
  },

  /** The job has no record of who resumed it; but where it no longer waits for the action, nothing is left to send. */
  async findSubmitted(context, { job: jobId, step }) {
    const job = await context.azure.recovery.job(jobId);
    if (waitingTask(job.tasks)?.name === step) return 'nothing';
    return { kind: 'replication', vaultId: vaultOf(jobId), jobId: nameOf(jobId) };
  },

  async result(context, { job: jobId }, _execution, progress) {
    const job = await context.azure.recovery.job(jobId);
    const failed = progress.state === 'failed' || progress.state === 'cancelled';
    return {
      sentence: message(failed ? 'failed' : 'done', named(job)),
      facts: failedSteps(progress),
      leftToDo: failed ? [message('left')] : [],
      suggestions: after(jobId),
    };
  },

  undo: ({ job }) => [{ operation: 'replication-job.cancel', parameters: { job } }],
  byHand: ({ parameters: { job, comment } }) => [
    azRest('post', `${job}/resume`, { properties: { comments: comment } }),
  ],
  next: ({ job }) => after(job),
});

function named(job: ReplicationJob) {
  return { scenario: scenarioText(job.scenario), target: job.target };
}

/** The innermost task that waits: the group around it is shown as waiting too. */
function waitingTask(tasks: readonly ReplicationTask[]): ReplicationTask | undefined {
  const found = tasks.find(({ waits, tasks: inner }) => waits || waitingTask(inner) !== undefined);
  return found === undefined ? undefined : (waitingTask(found.tasks) ?? found);
}

function after(job: string): readonly Suggestion[] {
  return [{ title: message('show'), wish: { operation: 'replication-job.show', parameters: { job } } }];
}
