import assert from 'node:assert/strict';
import { changingOperations } from '../../src/operations/index.ts';
import { verifyAudit } from '../../src/runs/audit.ts';
import type { KillPoint, KillSwitch } from '../../src/runs/index.ts';
import { Harness } from '../runs/harness.ts';
import { testClock } from '../support/clock.ts';
import { onServerOrEmbedded } from '../support/store.ts';
import { agreeTo, askFor, isOver, openWorlds } from './worlds.ts';

/** The gaps in which the engine is before, between and inside the steps of a run that takes several. */
const gaps: readonly KillPoint[] = [
  'step-taken',
  'after-starting-written',
  'before-submit',
  'after-submit',
  'before-find-submitted',
  'after-find-submitted',
  'before-progress-read',
  'before-result-read',
  'before-end-written',
];

describe('a replication to a region that no vault knows, of which every step dies in every gap that it comes to', () => {
  onServerOrEmbedded((place) => {
    it('makes each thing once, in its order, and ends as if nothing had been', async function () {
      this.timeout(120_000);
      const enable = changingOperations.get('replication.enable') ?? assert.fail();
      const [{ order, world } = assert.fail()] = (await openWorlds([enable])).values();
      await using opened = new AsyncDisposableStack();
      opened.defer(async () => await world.simulator.close());
      // Azure's clock is the machine's: ours, which waits for nobody, stays behind it.
      const time = testClock(new Date(Date.now() - 3_600_000).toISOString());
      const died = new Set<string>();
      const made = async () =>
        (await world.simulator.control.log())
          .filter(({ method }) => method === 'PUT')
          .map(({ path }) => path.split('/').at(-2));
      // What throws here leaves to the next attempt what a killed process leaves to the next one: what has been written, and what Azure has.
      const killPoint: KillSwitch = async (name, { id }) => {
        if (!gaps.includes(name)) return;
        const state = (await harness.store.runs.get(id))?.state;
        const count = (await made()).length;
        const death = `${name} of ${state}, ${count} made`;
        // The first two are sent by processes that look for the submission; what follows, by one that follows the run.
        if (died.has(death) || (state !== 'running' && count > 2)) return;
        died.add(death);
        throw new TypeError(death);
      };
      const harness: Harness = await Harness.open(await place(), {
        time,
        killPoint,
        operations: changingOperations,
        contextFor: (actor, reader) => ({ ...world.context, actor, reader }),
      });
      const asked = await askFor(harness.runs, order);
      await agreeTo(harness.runs, order, asked);
      for (let looks = 0; !isOver((await harness.stateOf(asked)).state); looks += 1) {
        assert.ok(looks < 500, `${JSON.stringify(await harness.stateOf(asked))}`);
        await harness.pass(10);
      }
      const run = await harness.stateOf(asked);
      assert.equal(run.state, 'succeeded', JSON.stringify(run.why));
      const mapping = 'replicationProtectionContainerMappings';
      const steps = ['replicationFabrics', 'replicationProtectionContainers', mapping, mapping];
      assert.deepEqual(await made(), [...steps, 'replicationProtectedItems']);
      assert.equal((await verifyAudit(harness.store.audit)).whole, true);
      for (const inside of [
        'after-submit of unknown, 1',
        'after-submit of unknown, 2',
        'before-end-written of running, 4',
      ])
        assert.ok(died.has(`${inside} made`), `inside: ${inside}`);
      for (const between of [
        'before-submit of unknown, 1',
        'before-result-read of running, 3',
        'before-result-read of running, 4',
      ])
        assert.ok(died.has(`${between} made`), `between: ${between}`);
    });
  });
});
