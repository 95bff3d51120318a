import assert from 'node:assert/strict';
import { CatalogueError } from '../../src/errors.ts';
import type { Run } from '../../src/runs/run.ts';
import { onUsualHome } from '../support/store.ts';
import { auditOf } from './audit-of.ts';
import { Harness, people } from './harness.ts';

onUsualHome('a running run', (place) => {
  async function running(): Promise<[Harness, Run]> {
    const runs = await Harness.open(await place());
    const run = await runs.propose('reversible');
    await runs.decide(run, 'confirm', people.ana);
    await runs.settle();
    await runs.pass(5);
    return [runs, run];
  }

  it('is read as often as the budget says, and written only when people see a difference', async () => {
    const [runs, run] = await running();
    const before = await runs.store.runs.get(run.id);
    const reads = runs.azure.progressReads;
    for (let look = 0; look < 5; look += 1) await runs.pass(31);
    assert.equal(runs.azure.progressReads, reads + 5);
    assert.equal((await runs.store.runs.get(run.id))?.revision, before?.revision);
    runs.azure.progress = { tasks: [{ name: 'Take Snapshot', state: 'running' }] };
    await runs.pass(31);
    assert.deepEqual((await runs.stateOf(run)).progress?.tasks, [{ name: 'Take Snapshot', state: 'running' }]);
    assert.equal((await auditOf(runs.store)).at(-1)?.kind, 'run-progressed');
  });

  it('stays running while Azure does not answer, says so, and goes on when it is back', async () => {
    const [runs, run] = await running();
    const fault = new CatalogueError('azure-unavailable');
    runs.azure.progressFault = fault;
    await runs.pass(31);
    const waiting = await runs.stateOf(run);
    assert.deepEqual([waiting.state, waiting.waiting?.why], ['running', fault.text]);
    for (let hour = 0; hour < 3; hour += 1) await runs.pass(3600);
    const still = await runs.stateOf(run);
    assert.deepEqual([still.state, still.waiting?.since], ['running', waiting.waiting?.since]);
    runs.azure.progressFault = undefined;
    await runs.pass(130);
    assert.equal((await runs.stateOf(run)).waiting, undefined);
  });

  it('needs a person when Azure refuses to show its job for half an hour', async () => {
    const [runs, run] = await running();
    runs.azure.progressFault = new CatalogueError('azure-forbidden');
    for (let look = 0; look < 20; look += 1) await runs.pass(130);
    assert.equal((await runs.stateOf(run)).state, 'needs-attention');
  });

  it('fails with Azure’s fault, recommendations and correlation id', async () => {
    const [runs, run] = await running();
    const fault = { status: 200, code: 'UserErrorVmNotRunning', message: 'The VM is off.', correlationId: 'c-2' };
    runs.azure.progress = { state: 'failed', fault, recommendations: ['Start the VM.'] };
    await runs.pass(31);
    const end = await runs.stateOf(run);
    assert.equal(end.state, 'failed');
    assert.equal(end.why, 'UserErrorVmNotRunning: The VM is off.');
    assert.deepEqual([end.advice, end.correlationId], [['Start the VM.'], 'c-2']);
  });

  it('gives one advice for a fault that we know: Azure’s recommendation would say the same again', async () => {
    const [runs, run] = await running();
    const fault = { status: 200, code: 'UserErrorBackupOperationInProgress', message: 'A backup runs.' };
    runs.azure.progress = { state: 'failed', fault, recommendations: ['Wait until the running backup is over.'] };
    await runs.pass(31);
    const { advice } = await runs.stateOf(run);
    assert.match(JSON.stringify(advice), /^\[\{"message":"azure-code.backup-running.advice"[^[\]]*\}\]$/);
  });

  it('is cancelled when somebody cancelled the job in Azure', async () => {
    const [runs, run] = await running();
    runs.azure.progress = { state: 'cancelled' };
    await runs.pass(31);
    assert.equal((await runs.stateOf(run)).state, 'cancelled');
  });

  it('waits for the result of a finished job, and has succeeded even when the result cannot be read', async () => {
    const [runs, run] = await running();
    runs.azure.progress = { state: 'succeeded-with-warnings' };
    runs.azure.resultFault = new CatalogueError('azure-unavailable');
    await runs.pass(31);
    assert.equal((await runs.stateOf(run)).state, 'running');
    runs.azure.resultFault = new CatalogueError('azure-not-found');
    await runs.pass(31);
    const end = await runs.stateOf(run);
    assert.deepEqual([end.state, end.outcome, end.waiting], ['succeeded', undefined, undefined]);
  });

  it('goes on after the process was replaced by another', async () => {
    const at = await place();
    const first = await Harness.open(at);
    const run = await first.propose('reversible');
    await first.decide(run, 'confirm', people.ana);
    await first.settle();
    await first.runs.stop();
    await first.store.close();
    const second = await Harness.open(at, { time: first.time });
    second.azure.progress = { state: 'succeeded' };
    await second.pass(31);
    assert.equal((await second.stateOf(run)).state, 'succeeded');
  });
});
