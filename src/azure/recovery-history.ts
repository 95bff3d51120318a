import { z } from 'zod';
import { nameOf, sameId, vaultOf } from './arm-id.ts';
import { read, readAll, readFirstPage } from './exchange.ts';
import { moment, words } from './fields.ts';
import { quoted } from './filter-time.ts';
import type { VaultGatewayOptions } from './gateway-options.ts';
import { jobState } from './jobs/job-view.ts';
import { refuseWhenUsedUp } from './jobs/used-up.ts';
import { durationsBook } from './past-durations.ts';
import { replicatedItemPath, vaultPath } from './paths.ts';
import type { SiteRecoveryGateway } from './ports.ts';
import type { JobsOf } from './recovery-port.ts';
import type { ArmId, Instant, JobRef } from './types.ts';

const dayMs = 86_400_000;
const historyDays = 30;

const job = z.object({
  name: z.string(),
  properties: z.object({
    scenarioName: words,
    targetObjectId: words,
    targetObjectName: words,
    targetInstanceType: words,
    state: words,
    startTime: moment,
    endTime: moment,
  }),
});
const friendly = z.object({ properties: z.object({ friendlyName: words }) });

type Job = z.infer<typeof job>;
type History = Pick<
  SiteRecoveryGateway,
  'jobsSince' | 'itemJobsSince' | 'planJobsSince' | 'pastDurations' | 'setupUnderWay'
>;

/** What Azure calls the jobs that make fabrics, containers, policies and mappings (azure-api.md 2.0). */
const setupScenarios = [
  'CreateSite',
  'CreateCloud',
  'AddProtectionProfile',
  'AssociateProtectionProfile',
  'NetworkPairing',
];

/** What a vault's list of jobs is searched for. */
interface Wanted {
  readonly scenario: string;
  readonly since: Instant;
  readonly isOf: (job: Job) => boolean;
}

/** What a vault's list of replication jobs tells about the past. */
export function recoveryHistory(options: VaultGatewayOptions): History {
  const durations = durationsBook(options);
  return {
    async jobsSince(itemId, scenario, since) {
      refuseWhenUsedUp(options.budget, vaultPath(itemId).subscriptionId);
      const friendlyName = await friendlyNameOf(options, itemId);
      return await jobsSince(options, itemId, { scenario, since, isOf: (one) => isOf({ itemId, friendlyName }, one) });
    },
    async itemJobsSince(vaultId, { items, scenarios, since }) {
      const jobs = await allSince(options, vaultId, since);
      const wanted = jobs.filter((one) => scenarios.some((scenario) => matches({ scenario, since }, one)));
      return wanted.flatMap((one) => {
        const of = items.find(({ id, friendlyName }) => isOf({ itemId: id, friendlyName }, one));
        return of === undefined ? [] : [{ itemId: of.id, jobId: one.name }];
      });
    },
    planJobsSince: (planId, scenario, since) =>
      jobsSince(options, planId, {
        scenario,
        since,
        isOf: ({ properties }) => sameWord(properties.targetObjectName, nameOf(planId)),
      }),
    async setupUnderWay(vaultId, since) {
      const jobs = await allSince(options, vaultId, since);
      const going = jobs.find(
        (one) =>
          setupScenarios.some((scenario) => matches({ scenario, since }, one)) &&
          jobState(one.properties.state) === 'running',
      );
      return going === undefined ? undefined : { kind: 'replication', vaultId, jobId: going.name };
    },
    pastDurations: (vaultId, scenario, of) =>
      durations(vaultId, `${scenario} of ${of}`, () => finished(options, vaultId, { scenario, of })),
  };
}

async function jobsSince(options: VaultGatewayOptions, id: ArmId, wanted: Wanted): Promise<readonly JobRef[]> {
  const jobs = await allSince(options, id, wanted.since);
  return jobs
    .filter((one) => wanted.isOf(one) && matches(wanted, one))
    .map(({ name }) => ({ kind: 'replication' as const, vaultId: vaultOf(id), jobId: name }));
}

/** All jobs of the vault that began at or after the moment. */
async function allSince(
  { clients, budget, now }: VaultGatewayOptions,
  id: ArmId,
  since: Instant,
): Promise<readonly Job[]> {
  const { subscriptionId, resourceGroup, vault } = vaultPath(id);
  refuseWhenUsedUp(budget, subscriptionId);
  const client = await clients.recovery(subscriptionId, 'once');
  const filter = between(new Date(since), now());
  return await readAll(job, now, (callOptions) =>
    client.replicationJobs.list(vault, resourceGroup, { ...callOptions, filter }),
  );
}

async function friendlyNameOf({ clients, now }: VaultGatewayOptions, itemId: ArmId): Promise<string | undefined> {
  const at = replicatedItemPath(itemId);
  const client = await clients.recovery(at.subscriptionId, 'patient');
  const found = await read(friendly, now, (callOptions) =>
    client.replicationProtectedItems.get(at.vault, at.resourceGroup, at.fabric, at.container, at.item, callOptions),
  );
  return found.properties.friendlyName;
}

/** The first page only, see the backup's history. */
async function finished(
  { clients, now }: VaultGatewayOptions,
  vaultId: ArmId,
  { scenario, of }: { readonly scenario: string; readonly of: JobsOf },
) {
  const { subscriptionId, resourceGroup, vault } = vaultPath(vaultId);
  const client = await clients.recovery(subscriptionId, 'once');
  const filter = `${between(new Date(now().getTime() - historyDays * dayMs), now())} and JobStatus eq 'Succeeded'`;
  const first = await readFirstPage(job, now, (callOptions) =>
    client.replicationJobs.list(vault, resourceGroup, { ...callOptions, filter }),
  );
  return first
    .map(({ properties }) => properties)
    .filter(
      (one) =>
        sameWord(one.scenarioName, scenario) && (of === 'plans') === sameWord(one.targetInstanceType, 'RecoveryPlan'),
    );
}

function between(from: Date, now: Date): string {
  const [start, end] = [from, new Date(now.getTime() + dayMs)].map((time) => quoted(time.toISOString()));
  return `StartTime eq ${start} and EndTime eq ${end}`;
}

/** A job names its target by the item's id, by its name (a GUID where the portal made it), or only by the VM's name. */
function isOf(item: { itemId: ArmId; friendlyName: string | undefined }, { properties }: Job): boolean {
  const target = properties.targetObjectId;
  if (target !== undefined && (sameId(target, item.itemId) || sameId(target, nameOf(item.itemId)))) return true;
  return sameWord(properties.targetObjectName, item.friendlyName);
}

function matches({ scenario, since }: { scenario: string; since: Instant }, { properties }: Job): boolean {
  if (!sameWord(properties.scenarioName, scenario)) return false;
  return properties.startTime !== undefined && Date.parse(properties.startTime) >= Date.parse(since);
}

function sameWord(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}
