import assert from 'node:assert/strict';
import { CatalogueError } from '../../src/errors.ts';
import type { Run } from '../../src/runs/run.ts';
import { onUsualHome } from '../support/store.ts';
import { auditOf } from './audit-of.ts';
import { Harness, people } from './harness.ts';

onUsualHome('a run that needs attention', (place) => {
  async function inNeed(): Promise<[Harness, Run]> {
    const runs = await Harness.open(await place());
    const run = await runs.propose('reversible');
    const fault = { status: 0, code: '', message: '' };
    runs.azure.submitFaults.push({ error: new CatalogueError('azure-unavailable', { azure: fault }), effect: 'none' });
    runs.azure.find = 'unclear';
    await runs.decide(run, 'confirm', people.ana);
    await runs.settle();
    assert.equal((await runs.stateOf(run)).state, 'needs-attention');
    return [runs, run];
  }
  const wish = { actor: people.ben, conversationId: 'chat', comment: 'No job in the vault.', found: 'failed' } as const;

  it('is ended by a person who holds the right, with what they saw, and frees its target', async () => {
    const [runs, run] = await inNeed();
    assert.equal((await runs.runs.settle({ ...wish, run: { code: run.code } })).accepted, true);
    const end = await runs.stateOf(run);
    assert.deepEqual([end.state, end.why, end.decidedBy?.name], ['failed', 'No job in the vault.', 'Ben']);
    assert.equal((await runs.propose('reversible')).state, 'draft');
    assert.ok((await auditOf(runs.store)).some(({ kind, actor }) => kind === 'run-settled' && actor?.name === 'Ben'));
  });

  it('is not ended without a word, without the right, from another tenant, or twice', async () => {
    const [runs, run] = await inNeed();
    const codeOf = async (change: Partial<Parameters<typeof runs.runs.settle>[0]>) => {
      const result = await runs.runs.settle({ ...wish, run: { id: run.id }, ...change });
      return result.accepted ? 'accepted' : result.code;
    };
    assert.equal(await codeOf({ comment: ' ' }), 'settle-comment-required');
    assert.equal(await codeOf({ actor: people.eve }), 'run-not-found');
    assert.equal(await codeOf({ found: 'look-again' }), 'no-job-to-follow');
    runs.azure.withoutRight.add(people.ben.oid);
    assert.equal(await codeOf({}), 'no-right');
    assert.equal(await codeOf({ actor: people.ana }), 'accepted');
    assert.equal(await codeOf({ actor: people.ana }), 'already-decided');
  });

  it('is taken up again when its job can be read by now', async () => {
    const runs = await Harness.open(await place());
    const run = await runs.propose('reversible');
    await runs.decide(run, 'confirm', people.ana);
    await runs.settle();
    runs.azure.progressFault = new CatalogueError('azure-forbidden');
    for (let look = 0; look < 20; look += 1) await runs.pass(130);
    runs.azure.progressFault = undefined;
    runs.azure.progress = { state: 'succeeded' };
    await runs.runs.settle({ ...wish, run: { id: run.id }, found: 'look-again' });
    await runs.settle();
    assert.equal((await runs.stateOf(run)).state, 'succeeded');
  });
});
