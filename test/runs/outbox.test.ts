import assert from 'node:assert/strict';
import { onUsualHome } from '../support/store.ts';
import { Harness, people } from './harness.ts';

onUsualHome('the cards of a run', (place) => {
  it('are posted at once, updated at most once in five seconds, and end with the last state', async () => {
    const runs = await Harness.open(await place());
    const run = await runs.propose('reversible');
    await runs.settle();
    assert.deepEqual(
      runs.shown.map(({ what }) => what),
      ['post'],
    );
    await runs.decide(run, 'confirm', people.ana);
    for (let task = 0; task < 12; task += 1) {
      runs.azure.progress = { tasks: [{ name: `task ${task}`, state: 'running' }], nextLookSeconds: 3 };
      await runs.pass(1);
    }
    runs.azure.progress = { state: 'succeeded' };
    await runs.pass(3);
    await runs.pass(10);
    const { shown } = runs;
    for (const [at, one] of shown.entries()) {
      const before = shown[at - 1];
      if (before !== undefined) assert.ok(one.at - before.at >= 5000, `${one.at - before.at} ms between two updates`);
    }
    assert.equal(shown.filter(({ what }) => what === 'post').length, 1);
    assert.equal(shown.at(-1)?.run.state, 'succeeded');
  });

  it('are delivered within the turn that asks for it, and not a second time by the queue', async () => {
    const runs = await Harness.open(await place());
    await runs.runs.stop();
    const run = await runs.propose('reversible');
    await runs.runs.deliverCards(run.id);
    assert.equal(runs.shown.length, 1);
    await runs.runs.start();
    await runs.pass(10);
    assert.equal(runs.shown.length, 1);
  });

  it('are shown in further conversations, once each', async () => {
    const runs = await Harness.open(await place());
    const run = await runs.propose('disruptive');
    await runs.settle();
    await runs.runs.addCard(run.id, 'chat with Ben');
    await runs.runs.addCard(run.id, 'chat with Ben');
    await runs.settle();
    assert.deepEqual(
      runs.shown.map(({ conversationId }) => conversationId),
      ['chat', 'chat with Ben'],
    );
    await runs.decide(run, 'approve', people.ben);
    await runs.pass(10);
    await runs.pass(10);
    const last = new Map(runs.shown.map((one) => [one.conversationId, one.run.state]));
    assert.deepEqual([...last.values()], ['running', 'running']);
  });

  it('are tried again, ever more slowly, when Teams does not take them, and hold up nothing', async () => {
    const runs = await Harness.open(await place());
    runs.cardFaults.push(...Array.from({ length: 5 }, () => new RangeError('Teams is away')));
    const run = await runs.propose('reversible');
    await runs.decide(run, 'confirm', people.ana);
    await runs.settle();
    assert.equal((await runs.stateOf(run)).state, 'running');
    assert.equal(runs.shown.length, 0);
    for (let minute = 0; minute < 6; minute += 1) await runs.pass(30);
    assert.equal(runs.cardFaults.length, 0);
    assert.deepEqual(
      runs.shown.slice(-1).map((one) => one.run.state),
      ['running'],
    );
  });
});
