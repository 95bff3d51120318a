import assert from 'node:assert/strict';
import { onHome } from '../support/store.ts';
import { AzureServer } from './azure-server.ts';
import { startReplica } from './processes.ts';

describe('an answer of Azure’s that is lost after the effect', () => {
  onHome('embedded', (place) => {
    for (const ending of ['lost', 'refused'] as const) {
      it(`(${ending === 'lost' ? 'the connection breaks' : 'a 500'}) is looked for, even by a process that starts after a kill`, async function () {
        this.timeout(60_000);
        const azure = new AzureServer();
        azure.endings.push(ending);
        const parts = { data: (await place()).options.dataFolder, azure: await azure.listen() };
        try {
          assert.equal(await startReplica({ ...parts, kill: 'before-find-submitted' }).ended, 'killed');
          assert.equal(await startReplica(parts).ended, 'finished');
        } finally {
          azure.close();
        }
        assert.equal(azure.taken.length, 1);
      });
    }
  });
});
