import assert from 'node:assert/strict';
import { verifyAudit } from '../../src/runs/audit.ts';
import { type KillPoint, killPoints } from '../../src/runs/index.ts';
import { onHome } from '../support/store.ts';
import { AzureServer } from './azure-server.ts';
import { startReplica } from './processes.ts';

/** Lives of one run each: the process is killed at the first point, started again, killed at the next, and so on to the end. */
const lives: Readonly<Record<string, readonly KillPoint[]>> = {
  'while it is asked for and approved': [
    'before-proposal-kept',
    'after-proposal-kept',
    'before-decision-kept',
    'after-decision-kept',
  ],
  'around the call to Azure, and while it is looked for there': [
    'step-taken',
    'before-starting-written',
    'after-starting-written',
    'before-submit',
    'after-unknown-written',
    'before-find-submitted',
    'after-find-submitted',
    'after-submit',
  ],
  'while Azure works, and at its end': [
    'after-running-written',
    'before-progress-read',
    'before-progress-written',
    'after-progress-written',
    'before-result-read',
    'before-end-written',
    'after-end-written',
  ],
  'inside a change, and while its card is sent': [
    'inside-change',
    'before-card-sent',
    'after-card-sent',
    'after-card-noted',
  ],
};
const undecided: readonly KillPoint[] = ['before-expiry-written', 'after-expiry-written'];

describe('a process that is killed', () => {
  it('is killed at every point there is, in the tests below', () => {
    assert.deepEqual([...Object.values(lives).flat(), ...undecided].sort(), [...killPoints].sort());
  });

  onHome('embedded', (place) => {
    for (const [when, points] of Object.entries(lives)) {
      it(`${when}, ends its run as if nothing had been: one submission, a whole trail, the right card`, async function () {
        this.timeout(points.length * 30_000);
        const { run, azure } = await livesOf(points, []);
        assert.equal(run.state, 'succeeded');
        assert.deepEqual(azure.taken, [run.clientRequestId]);
      });
    }

    it('while its run expires, lets it expire, and Azure hears nothing', async function () {
      this.timeout(60_000);
      const { run, azure } = await livesOf(undecided, ['--undecided']);
      assert.equal(run.state, 'expired');
      assert.deepEqual(azure.taken, []);
    });

    async function livesOf(points: readonly KillPoint[], flags: readonly string[]) {
      const azure = new AzureServer();
      const at = await place();
      const parts = { data: at.options.dataFolder, azure: await azure.listen() };
      try {
        for (const kill of points) assert.equal(await startReplica({ ...parts, kill }, flags).ended, 'killed', kill);
        assert.equal(await startReplica(parts, flags).ended, 'finished');
      } finally {
        azure.close();
      }
      const store = await at.open();
      const [run] = await store.runs.recent('tenant', 10);
      assert.ok(run);
      assert.equal((await verifyAudit(store.audit)).whole, true);
      assert.equal(azure.cards.get(run.id)?.at(-1), run.state);
      return { run, azure };
    }
  });
});
