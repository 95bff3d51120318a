import { setTimeout as delay } from 'node:timers/promises';
import { type HttpClient, HttpHeaders } from 'botbuilder-stdlib/lib/azureCoreHttpCompat.js';
import type { ServiceUrlRule } from './service-hosts.ts';

/** Teams did not take what the bot sent. `status` 0: no answer in time, or no connection. */
export class ConnectorFault extends Error {
  override readonly name = 'ConnectorFault';
  readonly status: number;
  /** What Teams asked for, if it did. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, text: string, retryAfterSeconds?: number) {
    super(`${status} ${text}`);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * The only way out to Teams: a limit of time (the SDK has none), the allow-list for every URL, and no repetition by the SDK — it repeats a
 * POST on 5xx, and people got a message four times (teams-platform 0.7). Whoever sends decides about trying again.
 */
export function outboundClient(allowed: ServiceUrlRule, seconds: number): HttpClient {
  return {
    async sendRequest(request) {
      if (!allowed(request.url)) throw new ConnectorFault(0, `not a service of Teams: ${hostOf(request.url)}`);
      const init: RequestInit = {
        method: request.method,
        headers: request.headers.toJson(),
        ...(typeof request.body === 'string' && { body: request.body }),
        redirect: 'error',
      };
      const response = await whenTaken(
        () => answered(request.url, { ...init, signal: AbortSignal.timeout(seconds * 1000) }),
        seconds,
      );
      if (response.status >= 400) throw faultOf(response);
      const headers = new HttpHeaders();
      for (const [name, value] of response.headers) headers.set(name, value);
      return { status: response.status, headers, bodyAsText: response.text, request };
    },
  };
}

/** Most times that Teams may ask us to wait for one message. */
const mostWaits = 3;

/**
 * A 429 says that nothing was taken, so it is the one answer after which a message is sent again: when Teams says how long to wait, and all
 * waiting together is not longer than the given seconds.
 */
async function whenTaken(send: () => Promise<Answer>, seconds: number): Promise<Answer> {
  let left = seconds;
  for (let waits = 0; ; waits += 1) {
    const answer = await send();
    const wait = Number(answer.headers.get('retry-after') ?? Number.NaN);
    if (answer.status !== 429 || !(wait <= left) || waits === mostWaits) return answer;
    left -= wait;
    await delay(wait * 1000);
  }
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function answered(url: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, init);
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    throw new ConnectorFault(0, error instanceof Error ? `${error.name}: ${error.message}` : 'no answer');
  }
}

function faultOf({ status, headers, text }: Answer): ConnectorFault {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return new ConnectorFault(status, text.slice(0, 200), Number.isFinite(seconds) ? seconds : undefined);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'unreadable';
}
