import type { PipelinePolicy, PipelineRequest } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';

/** A part of Azure that does not answer, and since when (ISO 8601). */
export interface Silence {
  readonly part: string;
  readonly since: string;
}

/** A read is sent three times at most (`pipeline.ts`): one that was in vain is enough to be told, a single lost answer is not. */
const inVain = 3;
const entra = 'Microsoft Entra';

/**
 * Which parts of Azure answer, from the requests that are sent anyway: asking for the sake of a probe would cost of the budget of reads, and would
 * not know the vault's region that people are asking about. A part is a resource provider; it answers again with its first answer.
 */
export class Reach {
  readonly #now: () => Date;
  readonly #failed = new Map<string, { readonly since: string; readonly times: number }>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Whether a request to a part came back. */
  note(part: string, answered: boolean): void {
    const before = this.#failed.get(part);
    if (answered) this.#failed.delete(part);
    else this.#failed.set(part, { since: before?.since ?? this.#now().toISOString(), times: (before?.times ?? 0) + 1 });
  }

  /** The parts whose last requests were all in vain. */
  silent(): readonly Silence[] {
    return [...this.#failed].filter(([, { times }]) => times >= inVain).map(([part, { since }]) => ({ part, since }));
  }

  /** Sees every try of every request; what we gave up ourselves says nothing about Azure. */
  policy(): PipelinePolicy {
    return {
      name: 'reach',
      sendRequest: async (request, next) => {
        const part = partOf(request);
        try {
          const answer = await next(request);
          this.note(part, answer.status < 500);
          return answer;
        } catch (error) {
          if (!isGivenUp(request)) this.note(part, false);
          throw error;
        }
      },
    };
  }

  /** The same credential; without a token no request is sent at all, so Entra is a part of its own and its first refusal counts. */
  watching(credential: TokenCredential): TokenCredential {
    return {
      getToken: async (scopes, options) => {
        try {
          const token = await credential.getToken(scopes, options);
          this.note(entra, true);
          return token;
        } catch (error) {
          for (let time = 0; time < inVain; time += 1) this.note(entra, false);
          throw error;
        }
      },
    };
  }
}

function partOf({ url }: PipelineRequest): string {
  const provider = /\/providers\/([^/?]+)/gi;
  const named = [...new URL(url).pathname.matchAll(provider)].map(([, name]) => name);
  return named.at(-1) ?? 'Microsoft.Resources';
}

function isGivenUp({ abortSignal }: PipelineRequest): boolean {
  if (!(abortSignal instanceof AbortSignal) || !abortSignal.aborted) return false;
  return !(abortSignal.reason instanceof DOMException && abortSignal.reason.name === 'TimeoutError');
}
