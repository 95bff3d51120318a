import {
  type Pipeline,
  type PipelinePolicy,
  type PipelineResponse,
  RestError,
  type RetryModifiers,
  retryPolicy,
} from '@azure/core-rest-pipeline';
import { correlationIdOf, sentIdOf } from './correlation.ts';
import type { JobBudget } from './jobs/job-budget.ts';
import { measured } from './measured.ts';
import type { Reach } from './reach.ts';
import { retryAfterSeconds } from './retry-after.ts';
import type { SendLease } from './send-lease.ts';
import type { TurnTime } from './turn-time.ts';

/** `patient`: a read, repeated while that is sensible. `once`: sent once, whatever comes back; changes and budgeted reads. */
export type Manner = 'patient' | 'once';

/** Writes one line about a request. Never a query, a header or a body: they can hold tokens and scripts. */
export type Log = (entry: { level: 'debug' | 'info' | 'warn'; event: string; [field: string]: unknown }) => void;

/** What every request passes through. */
export interface Wire {
  readonly log: Log;
  readonly now: () => Date;
  readonly budget: JobBudget;
  readonly reach: Reach;
  /** Reads of a turn end with it; what changes something has its own time. */
  readonly turnTime: TurnTime;
  /** What changes something is sent only by whoever holds the work. */
  readonly sendLease: SendLease;
  /** For a request with all its repetitions. */
  readonly timeoutSeconds: number;
}

/** A longer wait is not slept through in a person's turn; it becomes `azure-throttled` with the seconds. */
const longestSleepSeconds = 4;
const firstPauseMs = 150;
const repetitions = 2;

/** Gives a client's pipeline our manners. The client must have been built with `retryOptions: { maxRetries: 0 }`: the SDKs' own policy repeats POSTs and sleeps as long as a server says. */
export function equip(pipeline: Pipeline, manner: Manner, wire: Wire): void {
  pipeline.addPolicy(totalTimeout(manner, wire), { phase: 'Serialize' });
  if (manner === 'patient') pipeline.addPolicy(patience(wire.now), { phase: 'Retry' });
  pipeline.addPolicy(wire.budget.policy(), { afterPhase: 'Sign' });
  pipeline.addPolicy(logged(wire.log), { afterPhase: 'Sign' });
  pipeline.addPolicy(measured(), { afterPhase: 'Sign' });
  pipeline.addPolicy(wire.reach.policy(), { afterPhase: 'Sign' });
  pipeline.addPolicy(wire.sendLease.policy(), { afterPhase: 'Sign' });
}

function totalTimeout(manner: Manner, { timeoutSeconds, turnTime }: Wire): PipelinePolicy {
  return {
    name: 'total-timeout',
    async sendRequest(request, next) {
      const given = request.abortSignal;
      if (given instanceof AbortSignal) given.throwIfAborted();
      const isRead = manner === 'patient' || request.method === 'GET';
      const milliseconds = Math.ceil(
        Math.min(timeoutSeconds * 1000, isRead ? turnTime.left() : Number.POSITIVE_INFINITY),
      );
      const limit = AbortSignal.timeout(milliseconds);
      request.abortSignal = given instanceof AbortSignal ? AbortSignal.any([given, limit]) : limit;
      try {
        return await next(request);
      } catch (error) {
        if (!limit.aborted) throw error;
        throw new RestError(`No answer within ${milliseconds / 1000} seconds`, { code: 'Timeout', request });
      }
    },
  };
}

function patience(now: () => Date): PipelinePolicy {
  return retryPolicy(
    [
      {
        name: 'patience',
        retry: ({ response, retryCount }) => nextTry(response, { tries: retryCount, now: now() }),
      },
    ],
    { maxRetries: repetitions },
  );
}

function nextTry(response: PipelineResponse | undefined, at: { tries: number; now: Date }): RetryModifiers {
  if (response === undefined) return { retryAfterInMs: pauseMs(at.tries) };
  const asked = retryAfterSeconds(response.headers, at.now);
  if (asked !== undefined && (response.status === 429 || response.status === 503)) {
    return asked <= longestSleepSeconds ? { retryAfterInMs: asked * 1000 } : { skipStrategy: true };
  }
  return mayPass(response.status) ? { retryAfterInMs: pauseMs(at.tries) } : { skipStrategy: true };
}

function mayPass(status: number): boolean {
  return status === 408 || (status >= 500 && status !== 501 && status !== 505);
}

function pauseMs(tries: number): number {
  return firstPauseMs * 2 ** tries * (0.5 + Math.random() / 2);
}

function logged(log: Log): PipelinePolicy {
  return {
    name: 'request-log',
    async sendRequest(request, next) {
      const started = performance.now();
      const line = { method: request.method, path: new URL(request.url).pathname };
      try {
        const answer = await next(request);
        log({
          level: levelOf(request.method, answer.status),
          event: 'azure.answer',
          ...line,
          ...seen(answer, started),
        });
        return answer;
      } catch (error) {
        const milliseconds = Math.round(performance.now() - started);
        log({ level: 'warn', event: 'azure.no-answer', ...line, correlationId: sentIdOf(request), milliseconds });
        throw error;
      }
    },
  };
}

function seen(answer: PipelineResponse, started: number) {
  const milliseconds = Math.round(performance.now() - started);
  return { status: answer.status, correlationId: correlationIdOf(answer), milliseconds };
}

function levelOf(method: string, status: number): 'debug' | 'info' | 'warn' {
  if (status === 429 || status >= 500) return 'warn';
  return method === 'GET' ? 'debug' : 'info';
}
