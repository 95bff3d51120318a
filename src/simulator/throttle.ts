import { randomUUID } from 'node:crypto';
import { azureTime, span } from './clock.ts';
import type { ArmRequest } from './exchange.ts';
import { Refusal } from './refusal.ts';

/** So many requests of an action in an hour, for a whole subscription: the provider's own quotas. */
const hourly: readonly (readonly [pattern: RegExp, limit: number])[] = [
  [/^microsoft\.recoveryservices\/vaults\/backupjobs\/read$/i, 150],
  [
    /^microsoft\.recoveryservices\/vaults\/backup(operations|protecteditems|policies|protectableitems|protectioncontainers|config|storageconfig)\/read$/i,
    300,
  ],
  [
    /^microsoft\.recoveryservices\/vaults\/backupfabrics\/.*\/(recoverypoints|operationresults|operationsstatus)\/read$/i,
    300,
  ],
  [/^microsoft\.recoveryservices\/vaults\/backupfabrics\/operation(results|sstatus)\/read$/i, 300],
  [/^microsoft\.recoveryservices\/vaults\/write$/i, 300],
  [/^microsoft\.recoveryservices\/vaults\/delete$/i, 50],
];

/** ARM's token buckets, for each subscription and caller: size, and tokens a second. */
const buckets = {
  read: { size: 250, perSecond: 25, header: 'x-ms-ratelimit-remaining-subscription-reads' },
  write: { size: 200, perSecond: 10, header: 'x-ms-ratelimit-remaining-subscription-writes' },
  delete: { size: 200, perSecond: 10, header: 'x-ms-ratelimit-remaining-subscription-deletes' },
} as const;

/** Compute's quotas, each over three minutes and over thirty. */
const compute: readonly (readonly [pattern: RegExp, name: string, three: number, thirty: number])[] = [
  [/snapshots\/write$/i, 'HighCostSnapshotCreateHydrate', 1000, 8000],
  [/disks\/write$/i, 'CreateUpdateDisks', 1000, 8000],
  [/virtualmachines\/write$/i, 'PutVM', 240, 1200],
  [/virtualmachines\/\w+\/action$/i, 'UpdateVM', 240, 1200],
  [/virtualmachines\/.*read$/i, 'LowCostGet', 4000, 32_000],
  [/(disks|snapshots)\/read$/i, 'LowCostGet', 15_000, 120_000],
  [/operations\/read$/i, 'GetOperation', 50_000, 400_000],
];

type Headers = Record<string, string>;

/** Counts requests against Azure's limits, by the simulator's clock. Off, it only shows full limits. */
export class Throttle {
  readonly #windows = new Map<string, { start: number; count: number }>();
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  /** Forgets all that was counted. */
  clear(): void {
    this.#windows.clear();
    this.#buckets.clear();
  }

  /** Counts a request and gives the headers that say what is left; throws Azure's 429 when nothing is. */
  count(request: ArmRequest, action: string, of: { now: number; strict: boolean }): Headers {
    const subscription =
      request.params.subscription?.toLowerCase() ?? /\/subscriptions\/([^/]+)/i.exec(request.path)?.[1] ?? '';
    if (action === 'Microsoft.ResourceGraph/resources/read') return this.#graph(request, of);
    return {
      ...this.#bucket(request, subscription, of),
      ...this.#hourly(subscription, action, of),
      ...this.#compute(subscription, action, of),
    };
  }

  /** Counts in a window of `size` ms that opens with its first request. */
  #window(key: string, size: number, now: number): { count: number; endsIn: number } {
    const known = this.#windows.get(key);
    const window = known === undefined || now >= known.start + size ? { start: now, count: 0 } : known;
    window.count += 1;
    this.#windows.set(key, window);
    return { count: window.count, endsIn: window.start + size - now };
  }

  #hourly(subscription: string, action: string, of: { now: number; strict: boolean }): Headers {
    const found = hourly.find(([pattern]) => pattern.test(action));
    if (found === undefined) return {};
    const [, limit] = found;
    const header = 'x-ms-ratelimit-remaining-subscription-resource-requests';
    if (!of.strict) return { [header]: String(limit - 1) };
    const { count, endsIn } = this.#window(`${subscription}:${action}`, span.hour, of.now);
    if (count <= limit) return { [header]: String(limit - count) };
    const seconds = Math.max(1, Math.ceil(endsIn / span.second));
    const text = `Number of requests for action '${action}' exceeded the limit of '${limit}' for time interval '01:00:00'. Please try again after '${seconds}' seconds.`;
    throw tooMany('ResourceRequestsThrottled', text, seconds);
  }

  #bucket(request: ArmRequest, subscription: string, of: { now: number; strict: boolean }): Headers {
    const kind = { GET: 'read', HEAD: 'read', DELETE: 'delete' }[request.method] ?? 'write';
    const { size, perSecond, header } = buckets[kind as keyof typeof buckets];
    if (!of.strict) return { [header]: String(size - 1) };
    const caller = request.caller.objectId ?? '';
    const key = `${subscription}:${caller}:${kind}`;
    const known = this.#buckets.get(key) ?? { tokens: size, at: of.now };
    const tokens = Math.min(size, known.tokens + ((of.now - known.at) / span.second) * perSecond);
    this.#buckets.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, at: of.now });
    if (tokens >= 1) return { [header]: String(Math.floor(tokens - 1)) };
    const text = `Number of '${kind}' requests for subscription '${subscription}' actor '${caller}' exceeded. Please try again after '1' seconds after additional tokens are available. Refer to https://aka.ms/arm-throttling for additional information.`;
    throw tooMany('SubscriptionRequestsThrottled', text, 1);
  }

  #compute(subscription: string, action: string, of: { now: number; strict: boolean }): Headers {
    const found = /^microsoft\.compute\//i.test(action) ? compute.find(([pattern]) => pattern.test(action)) : undefined;
    if (found === undefined) return {};
    const [, name, three, thirty] = found;
    const counts = [3, 30].map((minutes) =>
      of.strict
        ? this.#window(`${subscription}:${name}:${minutes}`, minutes * span.minute, of.now)
        : { count: 1, endsIn: 0 },
    );
    const [short = { count: 1, endsIn: 0 }, long = short] = counts;
    if (short.count > three || long.count > thirty) {
      const seconds = Math.max(1, Math.ceil((short.count > three ? short : long).endsIn / span.second));
      const text = `The request is being throttled as the limit has been reached for operation type - ${name}. For more information, see - https://aka.ms/csthrottling`;
      throw tooMany('OperationNotAllowed', text, seconds);
    }
    const left = `Microsoft.Compute/${name}3Min;${three - short.count},Microsoft.Compute/${name}30Min;${thirty - long.count}`;
    return { 'x-ms-ratelimit-remaining-resource': left };
  }

  /** Resource Graph: fifteen requests in five seconds for each caller. */
  #graph(request: ArmRequest, of: { now: number; strict: boolean }): Headers {
    const { count, endsIn } = of.strict
      ? this.#window(`graph:${request.caller.objectId ?? ''}`, 5 * span.second, of.now)
      : { count: 1, endsIn: 5 * span.second };
    const resets = `00:00:0${Math.min(5, Math.ceil(endsIn / span.second))}`;
    const headers = {
      'x-ms-user-quota-remaining': String(Math.max(0, 15 - count)),
      'x-ms-user-quota-resets-after': resets,
      'x-ms-ratelimit-remaining-tenant-resource-requests': String(Math.max(0, 15 - count)),
    };
    if (count <= 15) return headers;
    const message = `Please provide below info when asking for support: timestamp = ${azureTime(of.now)}, correlationId = ${randomUUID()}.`;
    const details = [
      {
        code: 'RateLimiting',
        message:
          'Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed. Please see https://aka.ms/resourcegraph-throttling for help.',
      },
    ];
    const seconds = String(Math.max(1, Math.ceil(endsIn / span.second)));
    throw new Refusal(429, 'RateLimiting', message, {
      fields: { details },
      headers: { ...headers, 'retry-after': seconds },
    });
  }
}

function tooMany(code: string, text: string, seconds: number): Refusal {
  return new Refusal(429, code, text, {
    cause: 'gateway',
    headers: { connection: 'close', 'retry-after': String(seconds) },
  });
}
