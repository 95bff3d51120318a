import { setTimeout as wait } from 'node:timers/promises';
import type { TokenCredential } from '@azure/identity';
import { openAccess } from './access.ts';
import { openBackup } from './backup.ts';
import { openClients } from './clients.ts';
import { openCompute } from './compute.ts';
import { openConditions } from './conditions.ts';
import { openInventory } from './inventory.ts';
import { JobBudget } from './jobs/job-budget.ts';
import { openJobs } from './jobs/jobs.ts';
import { type Memory, usualMemory } from './last-known.ts';
import { withLastRights } from './last-rights.ts';
import type { Log } from './pipeline.ts';
import type { Ports } from './ports.ts';
import { Reach } from './reach.ts';
import { SendLease } from './send-lease.ts';
import { openSiteRecovery } from './site-recovery.ts';
import { TurnTime } from './turn-time.ts';

export { FixedTokenCredential } from './credential.ts';
export { Reach } from './reach.ts';
export { SendLease } from './send-lease.ts';
export { TurnTime } from './turn-time.ts';

/** How to reach Azure. Nothing is asked until a port is used. */
export interface AzureOptions {
  readonly credential: TokenCredential;
  /** Where the inventory looks. The other ports go wherever an id points. */
  readonly subscriptionIds: readonly string[];
  readonly now: () => Date;
  readonly log: Log;
  /** Practice and tests: requests go there, nothing else differs. */
  readonly simulatorUrl?: string;
  /** How many reads of jobs Azure allows in an hour and subscription; 150. */
  readonly jobReadsPerHour?: number;
  /** Seconds between two looks at a young job, 30; practice scales it down together with its jobs. */
  readonly firstLookSeconds?: number;
  /** How long lists of Resource Graph are remembered; practice scales it down together with its jobs. */
  readonly memory?: Memory;
  /** Learns which parts of Azure answer. */
  readonly reach?: Reach;
  /** Bounds what a person's turn reads. */
  readonly turnTime?: TurnTime;
  /** Bounds what changes something by who holds the work. */
  readonly sendLease?: SendLease;
  /** For one request with its repetitions; 20. */
  readonly timeoutSeconds?: number;
  /** Waits between two pages of a list when Resource Graph's quota is used up; tests do not wait. */
  readonly pause?: (seconds: number) => Promise<void>;
}

/** Opens the doors to Azure, or to the simulator. */
export function connectAzure(options: AzureOptions): Ports {
  const { subscriptionIds, now, log, jobReadsPerHour = 150, firstLookSeconds = 30 } = options;
  const { reach = new Reach(now), turnTime = new TurnTime(), pause = letPass } = options;
  const sendLease = options.sendLease ?? new SendLease();
  const credential = reach.watching(options.credential);
  const budget = new JobBudget(jobReadsPerHour, now);
  const wire = { log, now, budget, reach, turnTime, sendLease, timeoutSeconds: options.timeoutSeconds ?? 20 };
  const route = options.simulatorUrl === undefined ? {} : { simulatorUrl: options.simulatorUrl };
  const clients = openClients({ credential, wire, ...route });
  return {
    inventory: openInventory({ clients, subscriptionIds, now, memory: options.memory ?? usualMemory, turnTime, pause }),
    backup: openBackup({ clients, budget, now }),
    recovery: openSiteRecovery({ clients, budget, now }),
    compute: openCompute({ clients, now }),
    access: withLastRights(openAccess({ clients, subscriptionIds, now }), { now, turnTime }),
    conditions: openConditions({ clients, now }),
    jobs: openJobs({ clients, budget, now, firstLookSeconds }),
  };
}

async function letPass(seconds: number): Promise<void> {
  await wait(seconds * 1000);
}
