import assert from 'node:assert/strict';
import type { JobRef } from '../../src/azure/types.ts';
import { CatalogueError } from '../../src/errors.ts';
import type { ChangingOperation } from '../../src/operations/operation.ts';
import type { Run } from '../../src/runs/run.ts';
import { onUsualHome } from '../support/store.ts';
import { FakeAzure } from './fake-azure.ts';
import { Harness, people } from './harness.ts';
import { testOperations } from './operations.ts';

const second: JobRef = { kind: 'backup', vaultId: '/vaults/rsv-prod', operationId: 'second' };

onUsualHome('a run of several steps', (place) => {
  /** The usual test operation with a further step, which `answers` gives one after the other; then nothing is left. */
  async function running(answers: (JobRef | CatalogueError)[]): Promise<[Harness, Run, () => number]> {
    let asked = 0;
    const advance: ChangingOperation['advance'] = () => {
      asked += 1;
      const next = answers.shift();
      return next instanceof CatalogueError ? Promise.reject(next) : Promise.resolve(next);
    };
    const azure = new FakeAzure();
    const operations = new Map([...testOperations(azure)].map(([id, one]) => [id, { ...one, advance }]));
    const runs = await Harness.open(await place(), { azure, operations });
    const run = await runs.propose('reversible');
    await runs.decide(run, 'confirm', people.ana);
    azure.progress = { state: 'succeeded' };
    await runs.settle();
    await runs.pass(5);
    return [runs, run, () => asked];
  }

  it('goes on with the next job when one has succeeded, and ends with the last', async () => {
    const [runs, run, asked] = await running([second]);
    for (let look = 0; look < 3; look += 1) await runs.pass(5);
    const end = await runs.stateOf(run);
    assert.deepEqual([end.state, end.job, asked()], ['succeeded', second, 2]);
    assert.equal(runs.azure.taken.length, 1);
  });

  it('fails with Azure’s reason when a further step is refused', async () => {
    const azure = { status: 409, code: 'OperationNotAllowed', message: 'The disk is attached.' };
    const [runs, run] = await running([new CatalogueError('azure-conflict', { azure, values: azure })]);
    const end = await runs.stateOf(run);
    assert.equal(end.state, 'failed');
    assert.deepEqual(end.outcome?.sentence, { message: 'test.failed' });
    assert.equal((end.why as { message: string }).message, 'error.azure-conflict');
  });

  it('asks again when the answer proves nothing, and says since when it waits', async () => {
    const [runs, run, asked] = await running([new CatalogueError('azure-unavailable'), second]);
    const waiting = await runs.stateOf(run);
    assert.deepEqual([waiting.state, waiting.waiting?.why], ['running', new CatalogueError('azure-unavailable').text]);
    for (let look = 0; look < 4; look += 1) await runs.pass(60);
    assert.deepEqual([(await runs.stateOf(run)).state, asked()], ['succeeded', 3]);
  });
});
