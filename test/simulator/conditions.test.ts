import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { practiceSubscription, startTestSimulator, type TestSimulator } from '../support/simulator.ts';

const group = `/subscriptions/${practiceSubscription}/resourceGroups/rg-sql`;
const disk = `${group}/providers/Microsoft.Compute/disks/new`;
const body = JSON.stringify({
  location: 'westeurope',
  properties: { creationData: { createOption: 'Empty' }, diskSizeGB: 4 },
});

describe('locks and policies that the simulator is told', () => {
  let simulator: TestSimulator;
  beforeEach(async () => {
    simulator = await startTestSimulator();
  });
  afterEach(() => simulator.close());

  async function ask(method: string, path: string): Promise<string> {
    const init = method === 'PUT' ? { method, body, headers: { 'content-type': 'application/json' } } : { method };
    const response = await fetch(`${simulator.url}${path}?api-version=2024-03-02`, init);
    const text = await response.text();
    const { error } = (text === '' ? {} : JSON.parse(text)) as { error?: { code: string } };
    return `${response.status} ${error?.code ?? ''}`.trim();
  }

  it('are in the way: a ReadOnly lock of every change beneath it, and of no reading', async () => {
    await simulator.control.conditions({ locks: [{ scope: group.toUpperCase(), name: 'keep', level: 'ReadOnly' }] });
    assert.equal(await ask('PUT', disk), '409 ScopeLocked');
    assert.equal(await ask('DELETE', disk), '409 ScopeLocked');
    assert.equal(
      await ask('POST', `${group}/providers/Microsoft.Compute/virtualMachines/sql-prod-01/deallocate`),
      '409 ScopeLocked',
    );
    assert.equal(await ask('GET', `${group}/providers/Microsoft.Compute/virtualMachines/sql-prod-01`), '200');
    assert.doesNotMatch(await ask('PUT', disk.replace('rg-sql', 'rg-web')), /ScopeLocked/);
  });

  it('are in the way: a CanNotDelete lock of deletion alone', async () => {
    await simulator.control.conditions({ locks: [{ scope: group, name: 'keep', level: 'CanNotDelete' }] });
    assert.equal(await ask('DELETE', disk), '409 ScopeLocked');
    assert.doesNotMatch(await ask('PUT', disk), /ScopeLocked/);
  });

  it('are in the way: a policy of the type that it denies', async () => {
    const policy = { scope: group, type: 'microsoft.compute/Disks', assignment: 'no-disks', reason: 'Not here.' };
    await simulator.control.conditions({ policies: [policy] });
    assert.equal(await ask('PUT', disk), '403 RequestDisallowedByPolicy');
    assert.doesNotMatch(await ask('PUT', disk.replace('/disks/', '/snapshots/')), /Disallowed/);
    assert.doesNotMatch(await ask('DELETE', disk), /Disallowed/);
  });
});
