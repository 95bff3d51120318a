import assert from 'node:assert/strict';
import type { Actor } from '../../src/operations/context.ts';
import { onBothHomes } from '../support/store.ts';
import { Harness, people } from './harness.ts';

onBothHomes('what operations read of runs', (place) => {
  it('is the newest first, what awaits approval, and one by its code, within the tenant', async () => {
    const runs = await Harness.open(await place());
    const { reader } = runs.runs;
    const first = await runs.propose('reversible', people.ana, 'a');
    await runs.pass(5);
    const second = await runs.propose('disruptive', people.ana, 'b');
    assert.deepEqual(
      (await reader.recent('tenant', 10)).map(({ code }) => code),
      [second.code, first.code],
    );
    assert.deepEqual((await reader.recent('tenant', 1)).length, 1);
    assert.deepEqual(
      (await reader.awaitingApproval('tenant')).map(({ code }) => code),
      [second.code],
    );
    assert.deepEqual(await reader.recent('other-tenant', 10), []);
    assert.equal((await reader.find(first.code.toLowerCase(), 'tenant'))?.target, 'a');
  });

  it('is a run’s life in sentences, oldest first', async () => {
    const runs = await Harness.open(await place());
    const run = await runs.propose('disruptive');
    await runs.decide(run, 'approve', people.ana);
    await runs.decide(run, 'approve', people.ben);
    await runs.settle();
    const lines = await runs.runs.reader.timeline(run.code, 'tenant');
    const ids = lines.map(({ text }) => (typeof text === 'object' && 'message' in text ? text.message : ''));
    assert.deepEqual(ids, [
      'run.event.proposed',
      'run.event.decision-refused',
      'run.event.approved',
      'run.event.changed',
      'run.event.changed',
    ]);
  });

  it('hands commands to nobody before the approval, nor to whom the run is none of their business, and audits both', async () => {
    const runs = await Harness.open(await place());
    const { reader } = runs.runs;
    const run = await runs.propose('disruptive');
    const refusal = async (who: Actor) => {
      const found = await reader.byHand(run.code, who);
      return found !== undefined && 'refused' in found ? found.refused : found;
    };
    assert.equal(await refusal(people.ana), 'not-approved');
    assert.equal(await refusal(people.ben), 'not-involved');
    await runs.decide(run, 'approve', people.ben);
    assert.equal(await refusal(people.ben), 'none');
    assert.equal(await reader.byHand(run.code, { ...people.ana, tenantId: 'other-tenant' }), undefined);
    const lines = await reader.timeline(run.code, 'tenant');
    const refused = lines.filter(({ text }) => JSON.stringify(text).includes('run.event.commands-refused'));
    assert.equal(refused.length, 3);
  });
});
