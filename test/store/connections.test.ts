import assert from 'node:assert/strict';
import { CLOCK_OVERRIDE_SETTING } from 'pg-boss';
import { Harness, people } from '../runs/harness.ts';
import { onHome } from '../support/store.ts';
import { watchOverlaps } from './overlaps.ts';

describe('a connection to the database', () => {
  onHome('server', (place) => {
    it('is given one statement at a time, whatever moves together', async () => {
      const overlaps = watchOverlaps();
      try {
        const runs = await Harness.open(await place());
        const names = Array.from({ length: 12 }, (_, at) => `vm-${at}`);
        const all = await Promise.all(names.map((name) => runs.propose('disruptive', people.ana, name)));
        await Promise.all(all.map((run) => runs.decide(run, 'approve', people.ben)));
        await runs.settle();
        runs.azure.progress = { state: 'succeeded' };
        await runs.pass(31);
        const states = await Promise.all(all.map(async (run) => (await runs.stateOf(run)).state));
        assert.deepEqual([...new Set(states)], ['succeeded']);
      } finally {
        overlaps.end();
      }
      // pg-boss itself makes its test clock known to a connection that it has just opened, beside the first statement.
      const ours = overlaps.found.filter((text) => !text.includes(CLOCK_OVERRIDE_SETTING));
      assert.deepEqual(ours, []);
    });
  });
});
