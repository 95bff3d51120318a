import assert from 'node:assert/strict';
import { changingOperations } from '../../src/operations/index.ts';
import { verifyAudit } from '../../src/runs/audit.ts';
import { type KillPoint, killPoints } from '../../src/runs/index.ts';
import type { Run } from '../../src/runs/run.ts';
import { onHome, type Place } from '../support/store.ts';
import { Stage } from './stage.ts';
import { askAPerson } from './worlds.ts';

/** A run's life: the process is killed when the run of every operation is at the first point, started again, killed at the next, and so on. */
const life: readonly KillPoint[] = [
  'before-proposal-kept',
  'after-proposal-kept',
  'before-card-sent',
  'after-card-sent',
  'after-card-noted',
  'before-decision-kept',
  'after-decision-kept',
  'step-taken',
  'before-starting-written',
  'after-starting-written',
  'before-submit',
  'after-unknown-written',
  'before-find-submitted',
  'after-find-submitted',
  'after-submit',
  'after-running-written',
  'before-progress-read',
  'before-progress-written',
  'after-progress-written',
  'before-result-read',
  'before-end-written',
  'after-end-written',
];
/** Holds a transaction open, which the embedded store cannot do for two runs at once: `kill-points.test.ts` ends the process there. */
const insideChange: readonly KillPoint[] = ['inside-change'];
const undecided: readonly KillPoint[] = ['before-expiry-written', 'after-expiry-written'];

/** Progress is written only of a job that goes on for a while; these do, whatever others do. */
const goOn =
  /^(backup\.start|restore\.(new-vm|disks|replace-disks)|failover\.(test|start|reprotect)|plan\.(test-)?failover)$/;
const mayGoPast = (cell: string) => /-progress-written$/.test(cell) && !goOn.test(cell.split(' ')[0] ?? '');

const ids = [...changingOperations.keys()];
const cells = (points: readonly KillPoint[]) => points.flatMap((point) => ids.map((id) => `${id} at ${point}`));

async function assertEnded(at: Place, stage: Stage, usual: Run['state']): Promise<void> {
  const store = await at.open();
  const runs = await store.runs.recent('tenant', 100);
  assert.deepEqual(runs.map(({ operation }) => operation).sort(), ids.toSorted());
  for (const run of runs) {
    const state = usual === 'succeeded' && askAPerson.includes(run.operation) ? 'needs-attention' : usual;
    assert.equal(run.state, state, `${run.operation}: ${JSON.stringify(run.why ?? run.differences)}`);
    assert.equal(stage.chat.cards.get(run.id)?.at(-1), state, `the card of ${run.operation}`);
    const taken = await stage.taken(run);
    assert.deepEqual(taken, [...new Set(taken)], `${run.operation} was submitted twice`);
    // Killed just before it was sent, a run that only a person can look for in Azure was never sent.
    if (state === 'needs-attention') assert.ok(taken.length <= 1, run.operation);
    else assert.equal(taken.length > 0, usual === 'succeeded', `${run.operation} was sent ${taken.length} times`);
  }
  assert.equal((await verifyAudit(store.audit)).whole, true);
}

describe('a process that is killed with a run of every operation in it', () => {
  it('is killed at every point there is, in the tests below', () => {
    assert.deepEqual([...life, ...insideChange, ...undecided].sort(), [...killPoints].sort());
  });

  onHome('embedded', (place) => {
    it('ends all of them as if nothing had been: one submission each, a whole trail, the right cards', async function () {
      this.timeout(1_200_000);
      const at = await place();
      await using stage = await Stage.open(at);
      for (const [index, kill] of life.entries()) {
        if (kill === 'before-submit') await stage.slow();
        if (kill === 'before-result-read') await stage.over();
        const later = life.slice(index + 1).join(',');
        const asked = index < life.indexOf('before-decision-kept') ? { undecided: 'never' } : {};
        assert.equal(await stage.start({ kill, later, ...asked }), 'killed', kill);
      }
      assert.equal(await stage.start(), 'finished');
      const hits = stage.hits();
      const missed = cells(life).filter((cell) => !hits.has(cell) && !mayGoPast(cell));
      const afterSubmit = life.slice(life.indexOf('after-submit'));
      const asksAPerson = cells(afterSubmit).filter((cell) => askAPerson.includes(cell.split(' ')[0] ?? ''));
      assert.deepEqual(
        missed,
        asksAPerson.filter((cell) => missed.includes(cell)),
      );
      await assertEnded(at, stage, 'succeeded');
    });

    it('while nobody decides, lets them expire, and Azure hears nothing', async function () {
      this.timeout(300_000);
      const at = await place();
      await using stage = await Stage.open(at);
      for (const kill of undecided) assert.equal(await stage.start({ kill, undecided: 'soon' }), 'killed', kill);
      assert.equal(await stage.start({ undecided: 'soon' }), 'finished');
      const hits = stage.hits();
      assert.deepEqual(
        cells(undecided).filter((cell) => !hits.has(cell)),
        [],
      );
      await assertEnded(at, stage, 'expired');
    });
  });
});
