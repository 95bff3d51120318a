import assert from 'node:assert/strict';
import { verifyAudit } from '../../src/runs/audit.ts';
import type { KillPoint } from '../../src/runs/index.ts';
import { onHome } from '../support/store.ts';
import { AzureServer } from './azure-server.ts';
import { startReplica } from './processes.ts';

const kills: readonly KillPoint[] = ['after-starting-written', 'before-submit', 'after-submit', 'before-progress-read'];

describe('replicas on one server', () => {
  onHome('server', (place) => {
    it('take over what killed ones held, within thirty seconds, and submit nothing twice', async function () {
      this.timeout(180_000);
      const azure = new AzureServer();
      const at = await place();
      const parts = { url: at.options.databaseUrl, azure: await azure.listen() };
      const vm = (index: number) => ({ vm: `vm-${index}` });
      for (const [index, kill] of kills.entries()) {
        assert.equal(await startReplica({ ...parts, ...vm(index), kill }).ended, 'killed', kill);
      }
      const killed = Date.now();
      const done = azure.succeeded(kills.length);
      const survivors = kills.slice(0, 2).map((_, index) => startReplica({ ...parts, ...vm(index) }, ['--follow']));
      await done;
      const seconds = (Date.now() - killed) / 1000;
      for (const survivor of survivors) survivor.stop();
      for (const survivor of survivors) assert.equal(await survivor.ended, 'stopped');
      azure.close();
      assert.ok(seconds < 30, `${seconds} s`);
      const store = await at.open();
      const runs = await store.runs.recent('tenant', 10);
      assert.deepEqual(
        runs.map(({ state }) => state),
        kills.map(() => 'succeeded'),
      );
      assert.deepEqual(azure.taken.toSorted(), runs.map(({ clientRequestId }) => clientRequestId).toSorted());
      assert.equal((await verifyAudit(store.audit)).whole, true);
    });
  });
});
