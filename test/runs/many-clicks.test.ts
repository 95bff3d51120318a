import assert from 'node:assert/strict';
import { verifyAudit } from '../../src/runs/audit.ts';
import { onHome } from '../support/store.ts';
import { auditOf } from './audit-of.ts';
import { Harness, people } from './harness.ts';

const crowd = Array.from({ length: 10 }, (_, at) => ({ tenantId: 'tenant', oid: `oid-${at}`, name: `Person ${at}` }));

describe('two hundred clicks at once, by ten people, on twenty runs, at two replicas', () => {
  onHome('server', (place) => {
    it('decide each run once and submit it once, and every click is on record', async function () {
      this.timeout(120_000);
      const at = await place();
      const first = await Harness.open(at);
      const second = await Harness.open(at, { time: first.time, azure: first.azure });
      const names = Array.from({ length: 20 }, (_, vm) => `vm-${vm}`);
      const runs = await Promise.all(names.map((name) => first.propose('disruptive', people.ana, name)));
      const clicks = runs.flatMap((run) => crowd.map((person) => ({ run, person })));
      // Whoever clicks first usually decides: that is a rejection in some runs only.
      const results = await Promise.all(
        clicks.map(({ run, person }, click) =>
          (click % 2 === 0 ? first : second).decide(run, click % 7 === 0 ? 'reject' : 'approve', person, {
            version: 1,
            comment: 'No',
          }),
        ),
      );
      assert.equal(results.filter(({ accepted }) => accepted).length, runs.length);
      await first.settle();
      await second.settle();
      first.azure.progress = { state: 'succeeded' };
      await first.pass(40);
      const ends = await Promise.all(runs.map((run) => second.stateOf(run)));
      const going = ends.filter(({ state }) => state !== 'rejected');
      assert.notEqual(going.length, 0);
      assert.deepEqual(new Set(going.map(({ state }) => state)), new Set(['succeeded']));
      assert.deepEqual(first.azure.taken.toSorted(), going.map(({ clientRequestId }) => clientRequestId).toSorted());
      const refused = (await auditOf(first.store)).filter(({ kind }) => kind === 'decision-refused');
      assert.equal(refused.length, clicks.length - runs.length);
      assert.equal((await verifyAudit(second.store.audit)).whole, true);
    });
  });
});
