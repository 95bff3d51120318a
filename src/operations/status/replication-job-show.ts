import { z } from 'zod';
import { vaultOf } from '../../azure/arm-id.ts';
import type { ReplicationJob, ReplicationTask } from '../../azure/recovery-types.ts';
import { say, type Text } from '../../message.ts';
import { fact, moment } from '../facts.ts';
import { type OperationTexts, type OwnLocale, own, reading } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Fact, Section, Suggestion } from '../screen.ts';
import { vaultWithGroup } from '../vaults.ts';
import {
  readReplicationJobs,
  replicationJobChoice,
  replicationJobStatus,
  replicationJobsSeen,
  replicationJobTone,
  scenarioText,
} from './replication-jobs.ts';

const id = 'replication-job.show';
const message = own(id);
/** More than these are not worth choosing from by number. */
const offered = 10;

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Show a replication job',
    does: 'see the tasks of a replication job, and what it waits for',
    example: 'show a replication job',
    phrases: [
      'show a replication job',
      'show the replication job',
      'details of a replication job',
      'show the site recovery job',
      'tasks of the replication job',
      'why did the replication job fail',
      'how far is the replication job',
      'progress of the failover job',
      'status of the replication job',
      'what is the replication job waiting for',
      'why is the replication job stuck',
      'error of the replication job',
      'what is the replication job doing',
      'is the replication job still running',
      'what happened to the replication job',
      'which step is the replication job at',
      'steps of the replication job',
      'how is the replication job doing',
      'at which task is the failover job',
      'what does the replication job wait for',
    ],
    messages: {
      heading: '{scenario} of {target}: {status}',
      job: 'Job',
      task: '{name}: {state}',
      'inner-task': '– {name}: {state}',
      waiting: 'not yet',
      running: 'running',
      succeeded: 'done',
      failed: 'failed',
      skipped: 'skipped',
      waits: 'waits for a person',
      'to-do': '{name}: {instructions}',
      cause: 'Cause',
      list: 'All replication jobs',
    },
  },
  'pt-BR': {
    title: 'Mostrar um trabalho de replicação',
    does: 'ver as tarefas de um trabalho de replicação e o que ele espera',
    example: 'mostrar um trabalho de replicação',
    phrases: [
      'mostrar um trabalho de replicação',
      'mostrar o trabalho de replicação',
      'abrir o trabalho de replicação',
      'detalhes do trabalho de replicação',
      'mostrar o trabalho do site recovery',
      'por que o trabalho de replicação falhou',
      'andamento do trabalho de replicação',
      'status do trabalho de replicação',
      'o que o trabalho de replicação está esperando',
      'por que o trabalho de replicação está parado',
      'erro do trabalho de replicação',
      'o job de replicação {job} andou',
    ],
    messages: {
      heading: '{scenario} de {target}: {status}',
      job: 'Trabalho',
      task: '{name}: {state}',
      'inner-task': '– {name}: {state}',
      waiting: 'ainda não',
      running: 'em execução',
      succeeded: 'feito',
      failed: 'falhou',
      skipped: 'ignorado',
      waits: 'espera por uma pessoa',
      'to-do': '{name}: {instructions}',
      cause: 'Causa',
      list: 'Todos os trabalhos de replicação',
    },
  },
  it: {
    title: 'Mostra un processo di replica',
    does: 'vedere le attività di un processo di replica e che cosa attende',
    example: 'mostra un processo di replica',
    phrases: [
      'mostra un processo di replica',
      'mostra il processo di replica',
      'apri il processo di replica',
      'dettagli del processo di replica',
      'mostra il processo di site recovery',
      'perché il processo di replica è fallito',
      'a che punto è il processo di replica',
      'stato del processo di replica',
      'cosa sta aspettando il processo di replica',
      'perché il processo di replica è bloccato',
      'errore del processo di replica',
    ],
    messages: {
      heading: '{scenario} di {target}: {status}',
      job: 'Processo',
      task: '{name}: {state}',
      'inner-task': '– {name}: {state}',
      waiting: 'non ancora',
      running: 'in corso',
      succeeded: 'fatto',
      failed: 'fallito',
      skipped: 'saltato',
      waits: 'attende una persona',
      'to-do': '{name}: {instructions}',
      cause: 'Causa',
      list: 'Tutti i processi di replica',
    },
  },
};

export const replicationJobShow = reading({
  id,
  area: 'status',
  intentions: ['after-drill', 'down'],
  risk: 'read',
  texts,
  parameters: z.object({ job: parameter.replicationJob() }),
  actions: [readReplicationJobs],
  rights: async (_, { job }) => [{ action: readReplicationJobs, scope: vaultOf(job) }],
  choices: async (context, name) =>
    name === 'job' ? (await replicationJobsSeen(context)).jobs.slice(0, offered).map(replicationJobChoice) : [],

  async answer(context, { job: jobId }) {
    const job = await context.azure.recovery.job(jobId);
    const scenario = scenarioText(job.scenario);
    return {
      title: message('heading', { scenario, target: job.target, status: replicationJobStatus(job.status) }),
      tone: replicationJobTone(job.status),
      sections: [
        { title: message('job'), tone: replicationJobTone(job.status), facts: jobFacts(job) },
        ...causeSection(job),
      ],
      notes: job.recommendations,
      suggestions: [...actionsOn(job), ...after],
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

function jobFacts(job: ReplicationJob): readonly Fact[] {
  const tasks = job.tasks.flatMap((task) => taskLines(task, { depth: 0 }));
  return [
    ...waitingFor(job.tasks),
    fact('vault', vaultWithGroup(job.vaultId)),
    fact('job-state', replicationJobStatus(job.status)),
    ...(job.startedAt === undefined ? [] : [fact('started', moment(job.startedAt))]),
    ...(job.endedAt === undefined ? [] : [fact('ended', moment(job.endedAt))]),
    ...(tasks.length === 0 ? [] : [fact('tasks', tasks)]),
  ];
}

/** A group, then what is in it. */
function taskLines(task: ReplicationTask, { depth }: { readonly depth: number }): readonly Text[] {
  const state = task.waits ? message('waits') : taskStates[task.state];
  return [
    message(depth === 0 ? 'task' : 'inner-task', { name: task.name, state }),
    ...task.tasks.flatMap((inner) => taskLines(inner, { depth: depth + 1 })),
  ];
}

/** What a person has to do before the job goes on. */
function waitingFor(tasks: readonly ReplicationTask[]): readonly Fact[] {
  return tasks.flatMap(({ name, waits, instructions, tasks: inner }) => [
    ...(waits && instructions !== undefined ? [fact('waits-for', message('to-do', { name, instructions }))] : []),
    ...waitingFor(inner),
  ]);
}

function causeSection({ fault }: ReplicationJob): readonly Section[] {
  if (fault === undefined) return [];
  const facts = fault.correlationId === undefined ? [] : [fact('correlation', fault.correlationId)];
  return [{ title: message('cause'), tone: 'bad', lead: fault.message, facts }];
}

/** What may be done with a job, by Azure's word for it; the way on first. */
const actions: readonly (readonly [action: string, operation: string])[] = [
  ['Resume', 'replication-job.resume'],
  ['Restart', 'replication-job.restart'],
  ['Cancel', 'replication-job.cancel'],
];

function actionsOn({ id: job, allowedActions }: ReplicationJob): readonly Suggestion[] {
  return actions
    .filter(([action]) => allowedActions.includes(action))
    .map(([, operation]) => ({ title: say(`${operation}.title`), wish: { operation, parameters: { job } } }));
}

const after: readonly Suggestion[] = [
  { title: message('list'), wish: { operation: 'replication-job.list', parameters: {} } },
];
