import assert from 'node:assert/strict';
import { verifyAudit } from '../../src/runs/audit.ts';
import { onHome } from '../support/store.ts';
import { AzureServer } from './azure-server.ts';
import { startReplica } from './processes.ts';

describe('replicas on one server', () => {
  onHome('server', (place) => {
    it('take over what a killed one held within thirty seconds, and submit nothing twice', async function () {
      this.timeout(120_000);
      const azure = new AzureServer();
      const at = await place();
      const parts = { url: at.options.databaseUrl, azure: await azure.listen() };
      try {
        const kills = ['after-starting-written', 'before-submit', 'after-submit', 'before-progress-read'];
        const victims = kills.map((kill, vm) => startReplica({ ...parts, kill, vm: `vm-${vm}` }).ended);
        for (const end of await Promise.all(victims)) assert.equal(end, 'killed');
        const killed = Date.now();
        const survivors = kills.map((_, vm) => startReplica({ ...parts, vm: `vm-${vm}` }).ended);
        for (const end of await Promise.all(survivors)) assert.equal(end, 'finished');
        assert.ok(Date.now() - killed < 60_000, `${Date.now() - killed} ms`);
      } finally {
        azure.close();
      }
      const store = await at.open();
      const runs = await store.runs.recent('tenant', 10);
      assert.deepEqual(new Set(runs.map(({ state }) => state)), new Set(['succeeded']));
      assert.deepEqual([...azure.taken].sort(), runs.map(({ clientRequestId }) => clientRequestId).sort());
      assert.equal((await verifyAudit(store.audit)).whole, true);
    });
  });
});
