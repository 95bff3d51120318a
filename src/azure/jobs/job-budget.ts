import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';
import { meter } from '../../telemetry.ts';
import { retryAfterSeconds, saidSeconds } from '../retry-after.ts';

const hourSeconds = 3600;
/** A quarter may be spent at once, for jobs that have just begun; the rest flows in over the hour. Both together are the hour's limit. */
const burstShare = 1 / 4;
const unsaidPauseSeconds = 60;

interface Account {
  tokens: number;
  /** Milliseconds since 1970, of the last refill. */
  at: number;
  blockedUntil: number;
}

/**
 * Azure allows 150 reads of jobs an hour and subscription, lists and single reads together (azure-api.md 5.1). This is the account of them:
 * a bucket whose burst and inflow add up to the limit, so that no hour, wherever it begins, holds more. It is filled in by the pipeline,
 * which sees every page and every caller.
 */
export class JobBudget {
  readonly #perHour: number;
  readonly #now: () => Date;
  readonly #accounts = new Map<string, Account>();

  constructor(perHour: number, now: () => Date) {
    this.#perHour = perHour;
    this.#now = now;
    const left = meter().createObservableGauge('vaultkeeper.azure.job_reads_left', {
      description: 'reads of jobs that Azure allows now, by subscription',
    });
    left.addCallback((observed) => {
      for (const subscription of this.#accounts.keys())
        observed.observe(this.#account(subscription).tokens, { subscription });
    });
  }

  /** Seconds until a job of this subscription may be read; 0: now. */
  waitSeconds(subscriptionId: string): number {
    const account = this.#account(subscriptionId);
    const blocked = (account.blockedUntil - this.#now().getTime()) / 1000;
    const empty = account.tokens >= 1 ? 0 : (1 - account.tokens) * this.refillSeconds;
    return Math.max(0, blocked, empty);
  }

  /** Whether there is enough for single reads, which alone tell the tasks of a job. */
  comfortable(subscriptionId: string): boolean {
    return this.#account(subscriptionId).tokens >= this.#burst / 2;
  }

  /** Seconds in which one read flows in. */
  get refillSeconds(): number {
    return hourSeconds / (this.#perHour - this.#burst);
  }

  /** One read goes out. */
  spend(subscriptionId: string): void {
    this.#account(subscriptionId).tokens -= 1;
  }

  /** Azure has said how long it wants to be left alone. */
  block(subscriptionId: string, seconds: number): void {
    this.#account(subscriptionId).blockedUntil = this.#now().getTime() + seconds * 1000;
  }

  /** Counts what goes over the wire, and hears Azure's "too many". */
  policy(): PipelinePolicy {
    return {
      name: 'job-budget',
      sendRequest: async (request, next) => {
        const subscriptionId = request.method === 'GET' ? jobReadOf(request.url) : undefined;
        if (subscriptionId === undefined) return await next(request);
        this.spend(subscriptionId);
        const answer = await next(request);
        if (answer.status === 429) this.block(subscriptionId, this.#pause(answer));
        return answer;
      },
    };
  }

  #pause(answer: PipelineResponse): number {
    return retryAfterSeconds(answer.headers, this.#now()) ?? saidSeconds(answer.bodyAsText ?? '') ?? unsaidPauseSeconds;
  }

  get #burst(): number {
    return Math.max(1, Math.floor(this.#perHour * burstShare));
  }

  #account(subscriptionId: string): Account {
    const key = subscriptionId.toLowerCase();
    const now = this.#now().getTime();
    const account = this.#accounts.get(key) ?? { tokens: this.#burst, at: now, blockedUntil: 0 };
    this.#accounts.set(key, account);
    account.tokens = Math.min(this.#burst, account.tokens + (now - account.at) / 1000 / this.refillSeconds);
    account.at = now;
    return account;
  }
}

function jobReadOf(url: string): string | undefined {
  const path = new URL(url).pathname;
  return /\/subscriptions\/([^/]+)\/.*\/vaults\/[^/]+\/(?:backupJobs|replicationJobs)(?:\/[^/]+)?$/i.exec(path)?.[1];
}
