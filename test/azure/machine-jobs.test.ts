import assert from 'node:assert/strict';
import type { JobProgress } from '../../src/azure/types.ts';
import { explained } from '../../src/azure-codes.ts';
import { vmId, withArm } from './support/ports.ts';

const ref = { kind: 'machine', vmId, wanted: 'running' } as const;

describe('a VM that is made as a job', () => {
  const seen = async (statuses: readonly object[]) => {
    const properties = { provisioningState: 'Failed', instanceView: { statuses } };
    let found: JobProgress | undefined;
    await withArm(
      () => ({ body: { id: vmId, name: 'sql-01', location: 'westeurope', properties } }),
      async ({ ports }) => {
        found = await ports.jobs.progress(ref);
      },
    );
    return found ?? assert.fail('it was not looked at');
  };

  it('has failed for the reason that its instance view tells, in Azure’s words and in ours', async () => {
    const message = 'Allocation failed. We do not have sufficient capacity.';
    const { state, fault } = await seen([
      { code: 'ProvisioningState/failed/AllocationFailed', message },
      { code: 'PowerState/stopped' },
    ]);
    assert.deepEqual([state, fault], ['failed', { status: 200, code: 'AllocationFailed', message }]);
    assert.equal(fault && explained(fault)?.advice.message, 'azure-code.no-capacity.advice');
  });

  it('has failed with its state alone where Azure tells no reason', async () => {
    const { fault } = await seen([{ code: 'PowerState/stopped' }]);
    assert.deepEqual(fault, { status: 200, code: 'ProvisioningFailed', message: 'provisioningState failed' });
    assert.equal(fault && explained(fault)?.advice.message, 'azure-code.not-provisioned.advice');
  });
});
