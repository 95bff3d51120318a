import assert from 'node:assert/strict';
import { verifyAudit } from '../../src/runs/audit.ts';
import type { KillPoint } from '../../src/runs/index.ts';
import { onHome } from '../support/store.ts';
import { AzureServer } from './azure-server.ts';
import { startReplica } from './processes.ts';

/**
 * One life: the process is gone the moment that its run comes to the first gap, is started again, is gone at the next, and so on to the end. That it
 * may be gone at any gap, with any operation, is what `every-operation.proof.ts` proves on a server; here are those gaps at which the two homes differ:
 * in a transaction, and with a job in hand that only the next start takes back.
 */
const life: readonly KillPoint[] = [
  'inside-change',
  'before-submit',
  'after-submit',
  'before-find-submitted',
  'before-end-written',
];

describe('a process with the embedded store that is killed', () => {
  onHome('embedded', (place) => {
    it('ends its run as if nothing had been, though an answer of Azure’s was lost as well: one submission, a whole trail, the right card', async function () {
      this.timeout(120_000);
      const azure = new AzureServer();
      azure.endings.push('lost');
      const at = await place();
      const parts = { data: at.options.dataFolder, azure: await azure.listen() };
      try {
        for (const kill of life) assert.equal(await startReplica({ ...parts, kill }).ended, 'killed', kill);
        assert.equal(await startReplica(parts).ended, 'finished');
      } finally {
        azure.close();
      }
      const store = await at.open();
      const [run] = await store.runs.recent('tenant', 10);
      assert.ok(run);
      assert.equal(run.state, 'succeeded');
      assert.deepEqual(azure.taken, [run.clientRequestId]);
      assert.equal((await verifyAudit(store.audit)).whole, true);
      assert.equal(azure.cards.get(run.id)?.at(-1), run.state);
    });
  });
});
