import assert from 'node:assert/strict';
import { CatalogueError } from '../../src/errors.ts';
import type { PolicyRule } from '../../src/runs/policy-schema.ts';
import { onUsualHome } from '../support/store.ts';
import { Harness, people } from './harness.ts';

const twoEach: PolicyRule = { id: 'two-an-hour', when: {}, limit: { runs: 2, per: 'hour', by: 'requester' } };
const policy = { groups: {}, rules: [twoEach] };

onUsualHome('a limit per hour', (place) => {
  it('refuses the next run, names the rule and when it is possible again, and lets it pass then', async () => {
    const runs = await Harness.open(await place(), { policy });
    const first = runs.time.now();
    await runs.propose('disruptive', people.ana, 'a');
    await runs.pass(600);
    await runs.propose('disruptive', people.ana, 'b');
    const again = { time: new Date(first.getTime() + 3600_000).toISOString() };
    await assert.rejects(runs.propose('disruptive', people.ana, 'c'), (error) => {
      assert.ok(error instanceof CatalogueError);
      assert.deepEqual([error.code, error.values], ['limit-reached', { rule: 'two-an-hour', runs: 2, again }]);
      return true;
    });
    await runs.propose('disruptive', people.ben, 'd');
    await runs.pass(25 * 60);
    assert.equal((await runs.stateOf(await runs.propose('disruptive', people.ana, 'e'))).state, 'awaiting-approval');
  });

  it('does not count a run that ended before anything was done', async () => {
    const runs = await Harness.open(await place(), { policy });
    const run = await runs.propose('disruptive', people.ana, 'a');
    await runs.propose('disruptive', people.ana, 'b');
    await runs.decide(run, 'withdraw', people.ana);
    assert.equal((await runs.propose('disruptive', people.ana, 'c')).state, 'awaiting-approval');
  });

  it('is not passed by requests at the same moment', async () => {
    const runs = await Harness.open(await place(), { policy });
    const wishes = ['a', 'b', 'c', 'd', 'e', 'f'].map((vm) => runs.propose('disruptive', people.ana, vm));
    const kept = (await Promise.allSettled(wishes)).filter(({ status }) => status === 'fulfilled');
    assert.equal(kept.length, 2);
  });
});
