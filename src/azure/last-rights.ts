import { keyOf, resourceGroupScopeOf, subscriptionOf } from './arm-id.ts';
import { unanswered } from './faults.ts';
import { isAway } from './last-known.ts';
import type { AccessGateway, HeldForReading, Right } from './ports.ts';
import { Silence } from './silence.ts';
import { heardWithin, type TurnTime } from './turn-time.ts';

/** An hour, less the minute that an answer may have been remembered when it was heard. */
const lastsMs = 59 * 60_000;
const patienceMs = 2500;
/** Enough for what is remembered, for which nobody has to be asked. */
const silentPatienceMs = 50;

/** What the last answers are kept by. */
export interface LastRightsOptions {
  readonly now: () => Date;
  readonly turnTime: TurnTime;
}

interface Heard {
  readonly held: boolean;
  readonly at: number;
}

/**
 * Access whose last answers stand in for reads, for at most an hour, while Azure's authorization cannot be asked (docs/decisions/0019). `holds` itself never
 * answers from them: it decides about changes, approvals and starts.
 */
export function withLastRights(
  access: Omit<AccessGateway, 'holdsForReading'>,
  { now, turnTime }: LastRightsOptions,
): AccessGateway {
  const silence = new Silence(now);
  const last = new LastHeard(now);
  const holds: AccessGateway['holds'] = async (principal, right, options) => {
    const held = await access.holds(principal, right, options);
    last.keep(principal.oid, right, held);
    silence.ended();
    return held;
  };
  return {
    ...access,
    holds,
    async holdsForReading(principal, right) {
      const known = last.of(principal.oid, right);
      const asking = turnTime.beyond(async () => await holds(principal, right));
      const patience = known === undefined ? Number.POSITIVE_INFINITY : silence.isOn() ? silentPatienceMs : patienceMs;
      try {
        const answer = await heardWithin(Math.min(patience, turnTime.left()), asking);
        if (answer !== undefined) return { held: answer.heard };
      } catch (error) {
        if (known === undefined || !isAway(error)) throw error;
        return known;
      }
      silence.begun();
      if (known === undefined) throw unanswered();
      return known;
    },
  };
}

/** The last answers about rights, for an hour. */
class LastHeard {
  readonly #now: () => Date;
  readonly #heard = new Map<string, Heard>();
  #swept = 0;

  constructor(now: () => Date) {
    this.#now = now;
  }

  keep(oid: string, right: Right, held: boolean): void {
    const at = this.#now().getTime();
    this.#sweep(at);
    this.#heard.set(keyFor(oid, right), { held, at });
  }

  /** The answer about the scope itself, or a yes for the nearest that it lies in: lists are cut by those as well (`readable`). */
  of(oid: string, right: Right): HeldForReading | undefined {
    const [nearest] = this.#above(oid, right);
    const found = this.#young(keyFor(oid, right)) ?? (nearest?.held === true ? nearest : undefined);
    return found && { held: found.held, asOf: new Date(found.at).toISOString() };
  }

  #above(oid: string, { action, scope }: Right): readonly Heard[] {
    const above = [resourceGroupScopeOf(scope), `/subscriptions/${subscriptionOf(scope)}`];
    return above.flatMap((wider) => this.#young(keyFor(oid, { action, scope: wider })) ?? []);
  }

  #young(key: string): Heard | undefined {
    const found = this.#heard.get(key);
    return found !== undefined && this.#now().getTime() - found.at < lastsMs ? found : undefined;
  }

  #sweep(at: number): void {
    if (at - this.#swept < lastsMs) return;
    this.#swept = at;
    for (const [key, heard] of this.#heard) if (at - heard.at >= lastsMs) this.#heard.delete(key);
  }
}

function keyFor(oid: string, { action, scope }: Right): string {
  return `${oid} ${action} ${keyOf(scope)}`.toLowerCase();
}
