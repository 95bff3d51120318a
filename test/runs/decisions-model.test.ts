import assert from 'node:assert/strict';
import fc from 'fast-check';
import { verifyAudit } from '../../src/runs/audit.ts';
import type { KillPoint } from '../../src/runs/kill-points.ts';
import type { Run } from '../../src/runs/run.ts';
import { onServerOrEmbedded, type Place } from '../support/store.ts';
import { type Action, action, crash, Model, policy, risk } from './decision-model.ts';
import { Harness, people } from './harness.ts';

/** Ends the engine in the gap that is named next, as the end of its process would: from there on it does nothing more. */
class Crashes {
  /** The gap in which it ends next. */
  next: KillPoint | undefined;
  /** Where it has ended. */
  ended: KillPoint | undefined;

  readonly killPoint = (name: KillPoint): void => {
    if (this.ended === undefined && name !== this.next) return;
    this.ended ??= name;
    throw new Error(`the process ended at ${this.ended}`);
  };
}

/** A run's whole life in the test's hands: the engine that is there now, and what it must do. */
class Life {
  readonly #at: Place;
  readonly #crashes = new Crashes();
  runs: Harness;
  model: Model | undefined;

  constructor(at: Place, runs: Harness) {
    this.#at = at;
    this.runs = runs;
  }

  static async begin(at: Place): Promise<Life> {
    const life = new Life(at, await Harness.open(at, { policy }));
    await life.restart();
    return life;
  }

  /** A new engine over the same store, as another process would be. */
  async restart(): Promise<void> {
    await this.runs.runs.stop();
    await this.runs.store.close();
    if (this.#crashes.ended !== undefined) this.#crashes.next = undefined;
    this.#crashes.ended = undefined;
    const { time, azure } = this.runs;
    const { killPoint } = this.#crashes;
    this.runs = await Harness.open(this.#at, { time, azure, policy, killPoint });
  }

  crashAt(point: KillPoint): void {
    this.#crashes.next = point;
  }

  /** Undefined when the process ended in it. */
  async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (this.#crashes.ended === undefined) throw error;
      return undefined;
    }
  }

  get endedAt(): KillPoint | undefined {
    return this.#crashes.ended;
  }

  /** After a crash a new process takes up what was left: within a minute and a half all of it has been. */
  async recover(): Promise<void> {
    if (this.#crashes.ended === undefined) return;
    await this.restart();
    for (let tries = 0; tries < 3; tries += 1) await this.runs.pass(30);
  }
}

describe('decisions in any order', () => {
  onServerOrEmbedded((place) => {
    it('do what the rules say, submit at most once, and only what was agreed to and has not changed, wherever the process ends', async function () {
      this.timeout(180_000);
      const life = await Life.begin(await place());
      life.runs.azure.tags = { env: 'prod' };
      const gaps = new Set<KillPoint>();
      let count = 0;
      const lives = fc.asyncProperty(
        risk,
        crash,
        fc.array(action, { minLength: 3, maxLength: 14 }),
        async (...given) => {
          const [kind, early, actions] = given;
          count += 1;
          life.runs.azure.measured = { 'fact.state': 'Protected' };
          life.crashAt(early.at);
          const run = await proposed(life, kind, kind === 'destructive' ? 'sql-01' : `vm-${count}`);
          for (const gap of await live(life, run, actions)) gaps.add(gap);
        },
      );
      await fc.assert(lives, { numRuns: 30, endOnFailure: true });
      assert.equal((await verifyAudit(life.runs.store.audit)).whole, true);
      assert.ok(gaps.size >= 4, `crashed only at ${[...gaps].join(', ')}`);
    });
  });

  /** A requester whose answer never came finds the run, or asks again. */
  async function proposed(life: Life, kind: 'reversible' | 'disruptive' | 'destructive', vm: string): Promise<Run> {
    const run = await life.attempt(() => life.runs.propose(kind, people.ana, vm));
    if (run !== undefined) return run;
    const kept = life.endedAt === 'after-proposal-kept';
    await life.recover();
    const [newest] = await life.runs.store.runs.recent(people.ana.tenantId, 1);
    return kept && newest !== undefined ? newest : await life.runs.propose(kind, people.ana, vm);
  }

  /** Answers the gaps in which processes ended. */
  async function live(life: Life, run: Run, actions: readonly Action[]): Promise<readonly KillPoint[]> {
    const model = new Model(run, () => life.runs.time.clock.now());
    const gaps: KillPoint[] = [];
    let drifted = false;
    for (const one of actions) {
      if (one.do === 'decide') await decideBoth(life, { run, model, wish: one });
      else if (one.do === 'wait') await life.runs.pass(one.minutes * 60);
      else if (one.do === 'drift') {
        drifted ||= model.state !== 'decided';
        life.runs.azure.measured = { 'fact.state': 'ProtectionStopped' };
      } else if (one.do === 'restart') await life.restart();
      // More would send the run to a person, who is not asked after two lost requests.
      else if (gaps.length < 2) life.crashAt(one.at);
      if (life.endedAt !== undefined) gaps.push(life.endedAt);
      await life.recover();
    }
    const submissions = life.runs.azure.taken.filter((id) => id === run.clientRequestId).length;
    assert.equal(submissions, model.state === 'decided' && !drifted ? 1 : 0);
    return [...gaps, ...(await end(life, run))];
  }

  /** Of a decision whose answer was lost only the gap tells whether it counts. */
  async function decideBoth(
    life: Life,
    { run, model, wish }: { run: Run; model: Model; wish: Action & { readonly do: 'decide' } },
  ): Promise<void> {
    const typed = wish.typed ? { typedName: run.targetName } : {};
    const comment = wish.comment ? { comment: 'Because' } : {};
    const version = wish.version === undefined ? {} : { version: wish.version };
    const more = { ...typed, ...version, ...comment };
    const result = await life.attempt(() => life.runs.decide(run, wish.verb, people[wish.by], more));
    if (result !== undefined) assert.equal(result.accepted ? 'accepted' : result.code, model.decide(wish));
    else if (life.endedAt === 'after-decision-kept') assert.equal(model.decide(wish), 'accepted');
    await life.runs.settle();
  }

  /** Brings the run to a terminal state, so that the next one finds its target free; its card shows it. Answers the gap in which a process ended meanwhile. */
  async function end(life: Life, run: Run): Promise<readonly KillPoint[]> {
    life.runs.azure.progress = { state: 'succeeded' };
    await life.runs.pass(31 * 60);
    const gap = life.endedAt;
    await life.recover();
    await life.runs.pass(31);
    const { state } = await life.runs.stateOf(run);
    assert.match(state, /succeeded|rejected|withdrawn|expired|superseded/);
    const cards = await life.runs.store.transaction((unit) => unit.cards.of(run.id));
    const { revision } = (await life.runs.store.runs.get(run.id)) ?? {};
    assert.deepEqual(
      cards.map(({ shown }) => shown),
      [revision],
    );
    life.runs.azure.progress = {};
    return gap === undefined ? [] : [gap];
  }
});
