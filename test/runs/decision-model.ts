import fc from 'fast-check';
import { type KillPoint, killPoints } from '../../src/runs/kill-points.ts';
import { builtInPolicy } from '../../src/runs/policy.ts';
import type { Run, Verb } from '../../src/runs/run.ts';
import { people } from './harness.ts';

type Person = keyof typeof people;

/** What happens to one run, in any order and any number of times. */
export type Action =
  | {
      readonly do: 'decide';
      readonly verb: Verb;
      readonly by: Person;
      readonly version: number | undefined;
      readonly typed: boolean;
      readonly comment: boolean;
    }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'drift' }
  | { readonly do: 'restart' }
  | Crash;

/** The process ends when it next comes to this gap, whatever it does there. */
interface Crash {
  readonly do: 'crash';
  readonly at: KillPoint;
}

const decision = fc.record({
  do: fc.constant('decide' as const),
  verb: fc.constantFrom<Verb>(
    'confirm',
    'approve',
    'approve',
    'approve',
    'reject',
    'request-changes',
    'withdraw',
    'break-glass',
    'break-glass',
  ),
  by: fc.constantFrom<Person>('ana', 'ben', 'cat', 'eve'),
  version: fc.constantFrom(undefined, 1, 1, 1, 2),
  typed: fc.boolean(),
  comment: fc.boolean(),
});
/** What brings a run forward: by chance alone few would come to Azure. */
const agreement = fc
  .constantFrom(
    { verb: 'confirm', by: 'ana' } as const,
    { verb: 'approve', by: 'ben' } as const,
    { verb: 'approve', by: 'cat' } as const,
  )
  .map((wish) => ({ do: 'decide' as const, version: 1, typed: true, comment: true, ...wish }));
export const crash: fc.Arbitrary<Crash> = fc.record({ do: fc.constant('crash'), at: fc.constantFrom(...killPoints) });
export const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: decision },
  { weight: 6, arbitrary: agreement },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(1, 16, 31) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'drift' } as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' } as const) },
  { weight: 3, arbitrary: crash },
);
export const policy = { ...builtInPolicy, breakGlass: { group: [people.ana.oid, people.ben.oid] } };
export const risk = fc.constantFrom('reversible', 'disruptive', 'destructive');

/** The rules again, told in the simplest way: what a run must do, whatever the engine does. */
export class Model {
  readonly approvers = new Set<Person>();
  readonly #needed: number;
  readonly #wantsName: boolean;
  readonly #now: () => number;
  readonly #decideBy: number;
  #asked: { readonly by: Person; readonly at: number } | undefined;
  #state: 'draft' | 'awaiting' | 'decided' | 'gone';

  /** @param now milliseconds since 1970. */
  constructor(run: Run, now: () => number) {
    this.#state = run.state === 'draft' ? 'draft' : 'awaiting';
    this.#needed = run.requirement.approvals;
    this.#wantsName = run.requirement.confirmation === 'typed-name';
    this.#now = now;
    this.#decideBy = Date.parse(run.createdAt) + 30 * 60_000;
  }

  get state(): 'draft' | 'awaiting' | 'decided' | 'gone' {
    return this.#state !== 'decided' && this.#now() >= this.#decideBy ? 'gone' : this.#state;
  }

  decide(wish: Action & { readonly do: 'decide' }): string {
    if (wish.by === 'eve') return 'run-not-found';
    if (this.state === 'decided' || this.state === 'gone') return 'already-decided';
    if (wish.version !== undefined && wish.version !== 1) return 'stale-card';
    if (wish.verb === 'break-glass') return this.#breakGlass(wish);
    return wish.verb === 'confirm' || wish.verb === 'withdraw' ? this.#own(wish) : this.#review(wish);
  }

  /** Ana and Ben may; time is what passes between actions. */
  #breakGlass({ by, typed, comment }: Action & { readonly do: 'decide' }): string {
    if (this.state === 'draft') return 'not-confirmed';
    if (!typed && !comment) return 'break-glass-reason-required';
    if (typed && (this.#asked?.by !== by || this.#now() - this.#asked.at >= 5 * 60_000)) return 'break-glass-not-asked';
    if (by === 'cat') return 'break-glass-not-named';
    if (typed) return this.#become('decided');
    this.#asked = { by, at: this.#now() };
    return 'accepted';
  }

  #own({ verb, by, typed }: Action & { readonly do: 'decide' }): string {
    if (by !== 'ana') return 'not-the-requester';
    if (verb === 'withdraw') return this.#become('gone');
    if (this.state !== 'draft') return 'already-decided';
    if (this.#wantsName && !typed) return 'typed-name-wrong';
    return this.#become(this.#needed > 0 ? 'awaiting' : 'decided');
  }

  #review({ verb, by, comment }: Action & { readonly do: 'decide' }): string {
    if (by === 'ana') return 'own-request';
    if (this.state === 'draft') return 'not-confirmed';
    if (verb === 'reject') return comment ? this.#become('gone') : 'rejection-reason-required';
    if (verb === 'request-changes') return comment ? this.#become('gone') : 'changes-comment-required';
    if (this.approvers.has(by)) return 'already-approved';
    this.approvers.add(by);
    return this.#become(this.approvers.size >= this.#needed ? 'decided' : 'awaiting');
  }

  #become(state: Model['state']): string {
    this.#state = state;
    return 'accepted';
  }
}
