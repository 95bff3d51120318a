import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { verifyAudit } from '../../src/runs/audit.ts';
import { onHome } from '../support/store.ts';
import { AzureServer } from './azure-server.ts';
import { Desks } from './desks.ts';

const vms = Array.from({ length: 20 }, (_, at) => `vm-${at}`);
const crowd = Array.from({ length: 10 }, (_, at) => `person-${at}`);
const asked = z.object({ id: z.string() });

for (const count of [2, 3]) {
  describe(`two hundred clicks by ten people on twenty runs, each delivered twice, at ${count} replicas of which one is killed again and again`, () => {
    onHome('server', (place) => {
      it('decide each run once and submit it once, and its work is taken over within thirty seconds', async function () {
        this.timeout(180_000);
        const azure = new AzureServer();
        const at = await place();
        const store = await at.open();
        await using desks = new Desks({ url: at.options.databaseUrl ?? '', azure: await azure.listen() });
        await desks.open(count);
        const runs = await Promise.all(
          vms.map(async (vm, nth) => asked.parse(await desks.send(nth, { do: 'ask', vm })).id),
        );
        const clicks = runs.flatMap((id, run) =>
          crowd.map((by, nth) => ({ do: 'decide', id, by, verb: (run + nth) % 5 === 0 ? 'reject' : 'approve' })),
        );
        const sent = clicks.flatMap((click, nth) => [desks.send(nth, click), desks.send(nth + 1, click)]);
        const answered = Promise.all(sent);
        for (let kills = 0; kills < 3; kills += 1) {
          await desks.replaceOldest();
          await wait(500);
        }
        await answered;
        const killed = Date.now();
        const states = async () => (await store.runs.recent('tenant', 100)).map(({ state }) => state);
        while ((await states()).some((state) => state !== 'succeeded' && state !== 'rejected')) {
          assert.ok(Date.now() - killed < 30_000, `after thirty seconds: ${(await states()).join(' ')}`);
          await wait(200);
        }
        const ends = await store.runs.recent('tenant', 100);
        const going = ends.filter(({ state }) => state === 'succeeded');
        assert.deepEqual(azure.taken.toSorted(), going.map(({ clientRequestId }) => clientRequestId).toSorted());
        for (const { id, code } of ends) {
          const kinds = (await store.audit.ofRun(id)).map(
            ({ body }) => z.object({ kind: z.string() }).parse(JSON.parse(body)).kind,
          );
          assert.equal(kinds.filter((kind) => kind === 'run-approved' || kind === 'run-rejected').length, 1, code);
        }
        assert.equal((await verifyAudit(store.audit)).whole, true);
        azure.close();
      });
    });
  });
}
