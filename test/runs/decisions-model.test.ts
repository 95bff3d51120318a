import assert from 'node:assert/strict';
import fc from 'fast-check';
import { verifyAudit } from '../../src/runs/audit.ts';
import { builtInPolicy } from '../../src/runs/policy.ts';
import type { Run, Verb } from '../../src/runs/run.ts';
import { onHome, type Place } from '../support/store.ts';
import { Harness, people } from './harness.ts';

type Person = keyof typeof people;

/** What happens to one run, in any order and any number of times. */
type Action =
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
  | { readonly do: 'restart' };

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
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 10, arbitrary: decision },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(1, 16, 31) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'drift' } as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' } as const) },
);
const policy = { ...builtInPolicy, breakGlass: { group: [people.ana.oid, people.ben.oid] } };
const risk = fc.constantFrom('reversible', 'disruptive', 'destructive');

/** The rules again, told in the simplest way: what a run must do, whatever the engine does. */
class Model {
  state: 'draft' | 'awaiting' | 'decided' | 'gone';
  readonly approvers = new Set<Person>();
  readonly needed: number;
  #minutes = 0;
  #asked: { readonly by: Person; readonly at: number } | undefined;
  readonly wantsName: boolean;

  constructor(run: Run) {
    this.state = run.state === 'draft' ? 'draft' : 'awaiting';
    this.needed = run.requirement.approvals;
    this.wantsName = run.requirement.confirmation === 'typed-name';
  }

  decide(wish: Action & { readonly do: 'decide' }): string {
    if (wish.by === 'eve') return 'run-not-found';
    if (this.state === 'decided' || this.state === 'gone') return 'already-decided';
    if (wish.version !== undefined && wish.version !== 1) return 'stale-card';
    if (wish.verb === 'break-glass') return this.#breakGlass(wish);
    return wish.verb === 'confirm' || wish.verb === 'withdraw' ? this.#own(wish) : this.#review(wish);
  }

  wait(minutes: number): void {
    this.#minutes += minutes;
    if (this.#minutes >= 30 && this.state !== 'decided') this.state = 'gone';
  }

  /** Ana and Ben may; time is what passes between actions. */
  #breakGlass({ by, typed, comment }: Action & { readonly do: 'decide' }): string {
    if (this.state === 'draft') return 'not-confirmed';
    if (!typed && !comment) return 'break-glass-reason-required';
    if (typed && (this.#asked?.by !== by || this.#minutes - this.#asked.at >= 5)) return 'break-glass-not-asked';
    if (by === 'cat') return 'not-in-the-group';
    if (typed) return this.#become('decided');
    this.#asked = { by, at: this.#minutes };
    return 'accepted';
  }

  #own({ verb, by, typed }: Action & { readonly do: 'decide' }): string {
    if (by !== 'ana') return 'not-the-requester';
    if (verb === 'withdraw') return this.#become('gone');
    if (this.state !== 'draft') return 'already-decided';
    if (this.wantsName && !typed) return 'typed-name-wrong';
    return this.#become(this.needed > 0 ? 'awaiting' : 'decided');
  }

  #review({ verb, by, comment }: Action & { readonly do: 'decide' }): string {
    if (by === 'ana') return 'own-request';
    if (this.state === 'draft') return 'not-confirmed';
    if (verb === 'reject') return comment ? this.#become('gone') : 'rejection-reason-required';
    if (verb === 'request-changes') return comment ? this.#become('gone') : 'changes-comment-required';
    if (this.approvers.has(by)) return 'already-approved';
    this.approvers.add(by);
    return this.#become(this.approvers.size >= this.needed ? 'decided' : 'awaiting');
  }

  #become(state: Model['state']): string {
    this.state = state;
    return 'accepted';
  }
}

describe('decisions in any order', () => {
  onHome('embedded', (place) => {
    it('do what the rules say, submit at most once, and only what was agreed to and has not changed', async function () {
      this.timeout(180_000);
      const at = await place();
      let runs = await Harness.open(at, { policy });
      runs.azure.tags = { env: 'prod' };
      let count = 0;
      await fc.assert(
        fc.asyncProperty(risk, fc.array(action, { minLength: 3, maxLength: 14 }), async (kind, actions) => {
          count += 1;
          runs.azure.measured = { 'fact.state': 'Protected' };
          const run = await runs.propose(kind, people.ana, kind === 'destructive' ? `sql-01` : `vm-${count}`);
          runs = await live(at, runs, run, actions);
        }),
        { numRuns: 30, endOnFailure: true },
      );
      assert.equal((await verifyAudit(runs.store.audit)).whole, true);
    });
  });

  async function live(at: Place, first: Harness, run: Run, actions: readonly Action[]): Promise<Harness> {
    const model = new Model(run);
    let runs = first;
    let drifted = false;
    for (const one of actions) {
      if (one.do === 'decide') {
        const typed = one.typed ? { typedName: run.targetName } : {};
        const comment = one.comment ? { comment: 'Because' } : {};
        const version = one.version === undefined ? {} : { version: one.version };
        const result = await runs.decide(run, one.verb, people[one.by], { ...typed, ...version, ...comment });
        assert.equal(result.accepted ? 'accepted' : result.code, model.decide(one));
        await runs.settle();
      } else if (one.do === 'wait') {
        await runs.pass(one.minutes * 60);
        model.wait(one.minutes);
      } else if (one.do === 'drift') {
        drifted ||= model.state !== 'decided';
        runs.azure.measured = { 'fact.state': 'ProtectionStopped' };
      } else runs = await restarted(at, runs);
    }
    const submissions = runs.azure.taken.filter((id) => id === run.clientRequestId).length;
    assert.equal(submissions, model.state === 'decided' && !drifted ? 1 : 0);
    return await ended(runs, run);
  }

  async function restarted(at: Place, runs: Harness): Promise<Harness> {
    await runs.runs.stop();
    await runs.store.close();
    return await Harness.open(at, { time: runs.time, azure: runs.azure, policy });
  }

  /** Brings the run to a terminal state, so that the next one finds its target free. */
  async function ended(runs: Harness, run: Run): Promise<Harness> {
    runs.azure.progress = { state: 'succeeded' };
    await runs.pass(31 * 60);
    assert.match((await runs.stateOf(run)).state, /succeeded|rejected|withdrawn|expired|superseded/);
    runs.azure.progress = {};
    return runs;
  }
});
