import { z } from 'zod';
import type { AzureFault } from '../../errors.ts';
import type { Clients } from '../clients.ts';
import { readAll, readText } from '../exchange.ts';
import { defined, maybe, moment, words } from '../fields.ts';
import { quoted } from '../filter-time.ts';
import { vaultPath } from '../paths.ts';
import type { ArmId, JobTask, ManualStep } from '../types.ts';
import { type JobSource, type JobView, jobState, taskState } from './job-view.ts';

const dayMs = 86_400_000;

const serviceError = maybe(z.object({ code: words, message: words, possibleCauses: words, recommendedAction: words }));
const providerError = maybe(
  z.object({ errorCode: maybe(z.union([z.number(), z.string()])), errorMessage: words, recommendedAction: words }),
);

/** Azure has been seen to write `seriveErrorDetails`; its own description says `serviceErrorDetails` (azure-api.md 2.0). */
const jobError = z
  .object({
    serviceErrorDetails: serviceError,
    seriveErrorDetails: serviceError,
    providerErrorDetails: providerError,
  })
  .transform(({ serviceErrorDetails, seriveErrorDetails, providerErrorDetails: provider }) => {
    const service = serviceErrorDetails ?? seriveErrorDetails;
    return {
      code: service?.code ?? (provider?.errorCode === undefined ? undefined : String(provider.errorCode)),
      message: service?.message ?? provider?.errorMessage,
      action: service?.recommendedAction ?? provider?.recommendedAction,
    };
  });
/** What went wrong in a job or a task; empty when nothing did. */
export const jobErrors = maybe(z.array(jobError)).transform((list) => list ?? []);

interface Task {
  readonly name: string;
  readonly state: JobTask['state'];
  readonly waits: boolean;
  readonly instructions: string | undefined;
  readonly errors: readonly z.infer<typeof jobError>[];
  readonly children: readonly Task[];
}

const task: z.ZodType<Task> = z
  .object({
    name: words,
    friendlyName: words,
    state: words,
    errors: jobErrors,
    customDetails: maybe(z.object({ instructions: words })),
    groupTaskCustomDetails: maybe(z.object({ childTasks: maybe(z.array(z.lazy(() => task))) })),
  })
  .transform((one) => ({
    name: one.friendlyName ?? one.name ?? '',
    state: taskState(one.state),
    waits: isSuspended(one.state),
    instructions: one.customDetails?.instructions,
    errors: one.errors,
    children: one.groupTaskCustomDetails?.childTasks ?? [],
  }));

const properties = z.object({
  state: z.string(),
  activityId: words,
  tasks: maybe(z.array(task)),
  errors: jobErrors,
  startTime: moment,
  endTime: moment,
});
const job = z.object({ name: z.string(), properties });

/** Jobs of Site Recovery. Sent once: a repeated read would cost twice. */
export function replicationJobs({ clients, now }: { readonly clients: Clients; readonly now: () => Date }): JobSource {
  return {
    async get(vaultId, jobId) {
      const { subscriptionId, resourceGroup, vault } = vaultPath(vaultId);
      const client = await clients.recovery(subscriptionId, 'once');
      const found = await readText(job, now, (options) =>
        client.replicationJobs.get(vault, resourceGroup, jobId, options),
      );
      return viewOf(found.properties, `${vaultId}/replicationJobs/${jobId}`);
    },
    async list(vaultId, since) {
      const { subscriptionId, resourceGroup, vault } = vaultPath(vaultId);
      const client = await clients.recovery(subscriptionId, 'once');
      const [start, end] = [since, new Date(now().getTime() + dayMs)].map((time) => quoted(time.toISOString()));
      const filter = `StartTime eq ${start} and EndTime eq ${end}`;
      const found = await readAll(job, now, (options) =>
        client.replicationJobs.list(vault, resourceGroup, { ...options, filter }),
      );
      return new Map(
        found.map((one) => [one.name.toLowerCase(), viewOf(one.properties, `${vaultId}/replicationJobs/${one.name}`)]),
      );
    },
  };
}

type Properties = z.infer<typeof properties>;

function viewOf(one: Properties, jobId: ArmId): JobView {
  const flat = (one.tasks ?? []).flatMap(flattened);
  const found = [...one.errors, ...flat.flatMap((part) => part.errors)];
  const state = jobState(one.state);
  return defined({
    state: state === 'succeeded' && found.length > 0 ? 'succeeded-with-warnings' : state,
    tasks: one.tasks === undefined ? undefined : flat.map(({ name, state: of }) => ({ name, state: of })),
    startedAt: one.startTime,
    endedAt: one.endTime,
    fault: state === 'failed' || found.length > 0 ? faultOf(one, found) : undefined,
    recommendations: [...new Set(found.flatMap(({ action }) => action ?? []))],
    waitsFor: isSuspended(one.state) ? flat.flatMap((part) => manualStep(part, jobId)) : undefined,
  });
}

/** Azure's word for what waits for a person. */
function isSuspended(state: string | undefined): boolean {
  return /^suspended$/i.test(state ?? '');
}

/** The group around a step that waits is shown as waiting too. */
function manualStep({ waits, children, name, instructions }: Task, jobId: ArmId): readonly ManualStep[] {
  if (!waits || children.flatMap(flattened).some((inner) => inner.waits)) return [];
  return [defined({ jobId, name, instructions })];
}

/** A group, then what is in it: groups of a recovery plan hold the work on their VMs. */
function flattened(one: Task): readonly Task[] {
  return [one, ...one.children.flatMap(flattened)];
}

/** The first error of a job as Azure's fault. */
export function faultOf(
  one: { readonly state: string; readonly activityId?: string | undefined },
  found: readonly z.infer<typeof jobError>[],
): AzureFault {
  const first = found[0];
  const code = first?.code ?? one.state;
  return defined({ status: 200, code, message: first?.message ?? one.state, correlationId: one.activityId });
}
