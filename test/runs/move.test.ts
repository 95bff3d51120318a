import assert from 'node:assert/strict';
import { verifyAudit } from '../../src/runs/audit.ts';
import { moveStore, StoreFault } from '../../src/store/index.ts';
import { onHome, silent } from '../support/store.ts';
import { Harness, people } from './harness.ts';

describe('an embedded store that is moved to a server', () => {
  onHome('server', (server) => {
    onHome('embedded', (embedded) => {
      it('goes on there: runs are followed, decided and expire, locks hold, the trail is whole', async () => {
        const [from, to] = [await embedded(), await server()];
        const before = await Harness.open(from);
        const running = await before.propose('reversible', people.ana, 'a');
        await before.decide(running, 'confirm', people.ana);
        await before.settle();
        const pending = await before.propose('disruptive', people.ana, 'b');
        const left = await before.propose('disruptive', people.ana, 'c');
        await before.settle();
        await before.runs.stop();
        await before.store.close();
        const { dataFolder, databaseUrl } = { ...from.options, ...to.options };
        assert.ok(dataFolder !== undefined && databaseUrl !== undefined);
        const counts = await moveStore({ dataFolder, databaseUrl, log: silent });
        assert.deepEqual([counts.run, counts.run_target, counts.card], [3, 3, 3]);
        const after = await Harness.open(to, { time: before.time, azure: before.azure });
        after.azure.progress = { state: 'succeeded' };
        await after.pass(31);
        assert.equal((await after.stateOf(running)).state, 'succeeded');
        await assert.rejects(after.propose('reversible', people.cat, 'b'), /target-busy/);
        assert.equal((await after.decide(pending, 'approve', people.ben)).accepted, true);
        await after.pass(31 * 60);
        assert.equal((await after.stateOf(left)).state, 'expired');
        assert.equal((await verifyAudit(after.store.audit)).whole, true);
        const again = moveStore({ dataFolder, databaseUrl, log: silent });
        await assert.rejects(again, (error) => error instanceof StoreFault && error.code === 'not-empty');
      });
    });
  });
});
