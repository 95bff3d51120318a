import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { UnderWay } from './under-way.ts';

/** How much is heard. Beyond it the bot says so instead of letting everybody wait. */
export interface Limits {
  /** Messages and clicks of one person in a minute. */
  readonly personPerMinute: number;
  /** Messages and clicks in one conversation in a minute. */
  readonly conversationPerMinute: number;
  /** Turns under way at once in this process. */
  readonly underWay: number;
}

/** Far above what people do, far below what a script can. */
export const usualLimits: Limits = { personPerMinute: 60, conversationPerMinute: 240, underWay: 200 };

/** Why a turn is not taken. `first`: the first one in its minute, which alone is answered; a flood is not answered with a flood. */
export interface Turned {
  readonly why: 'too-fast' | 'busy';
  readonly seconds: number;
  readonly first: boolean;
}

const busySeconds = 30;

/** Counts turns in this process: several replicas together let through as many times more, which still protects each. */
export class TurnLimits {
  readonly #limits: Limits;
  readonly #people: RateLimiterMemory;
  readonly #conversations: RateLimiterMemory;
  readonly #underWay: Pick<UnderWay, 'count'>;

  constructor(limits: Limits, underWay: Pick<UnderWay, 'count'>) {
    this.#limits = limits;
    this.#underWay = underWay;
    this.#people = new RateLimiterMemory({ points: limits.personPerMinute, duration: 60 });
    this.#conversations = new RateLimiterMemory({ points: limits.conversationPerMinute, duration: 60 });
  }

  /** Whether so much is under way that a further turn would only wait. */
  get busy(): boolean {
    return this.#underWay.count > this.#limits.underWay;
  }

  /** Counts a turn; says why it is not taken, or nothing. */
  async turned(by: { readonly person: string; readonly conversation: string }): Promise<Turned | undefined> {
    if (this.busy) return { why: 'busy', seconds: busySeconds, first: true };
    return (await over(this.#people, by.person)) ?? (await over(this.#conversations, by.conversation));
  }
}

async function over(limiter: RateLimiterMemory, key: string): Promise<Turned | undefined> {
  try {
    await limiter.consume(key);
    return undefined;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    const seconds = Math.ceil(refused.msBeforeNext / 1000);
    return { why: 'too-fast', seconds, first: refused.consumedPoints === limiter.points + 1 };
  }
}
