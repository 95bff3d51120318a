import assert from 'node:assert/strict';
import pg from 'pg';
import { onHome } from '../support/store.ts';
import { Harness, people } from './harness.ts';

/** How often the worker of a step has died with it before. */
const deaths = [0, 3, 9];

/** As a worker leaves it that is killed now: in its hands, and just heard of. */
const inDeadHands = `update pgboss.job set state = 'active', retry_count = $1, started_on = $2, heartbeat_on = $2
  where name = 'step' and state = 'created' returning id`;

describe('a step whose worker is killed', () => {
  onHome('server', (place) => {
    for (const times of deaths) {
      it(`is taken over within thirty seconds, when ${times} workers were killed with it before`, async () => {
        const at = await place();
        const harness = await Harness.open(at);
        const run = await harness.propose('reversible');
        await harness.settle();
        await harness.runs.stop();
        await harness.decide(run, 'confirm', people.ana);
        const client = new pg.Client({ connectionString: at.options.databaseUrl });
        await client.connect();
        assert.equal((await client.query(inDeadHands, [times, harness.time.now()])).rowCount, 1);
        await client.end();
        await harness.runs.start();
        const killed = harness.time.clock.now();
        while ((await harness.stateOf(run)).state === 'approved') {
          assert.ok(harness.time.clock.now() - killed <= 30_000, 'not within thirty seconds');
          await harness.pass(1);
        }
        assert.ok(harness.time.clock.now() - killed > 9_000, 'before it was silent');
      });
    }
  });
});
