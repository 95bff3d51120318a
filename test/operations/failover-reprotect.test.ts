import assert from 'node:assert/strict';
import { say } from '../../src/message.ts';
import { failoverReprotect } from '../../src/operations/recovery/failover-reprotect.ts';
import { aReplica, aVm, execution, ids, now, stubContext } from '../support/stub-azure.ts';
import { aFailedOver, aReplicationEnd, recoveryVmId, sentBy } from './support/recovery.ts';

const vm = ids.vm;
const committed = aFailedOver({
  protectionState: 'UnplannedFailoverCommitted',
  allowedOperations: ['SwitchProtection'],
});
const account = (name: string) => ({ id: `/accounts/${name}`, name, location: 'northeurope' });
const accounts = [account('stplain'), account('stasrcache')];

function contextWith(item = committed, storage = accounts, more: object = {}) {
  return stubContext({
    recovery: { item: async () => item, ...more },
    backup: { storageAccounts: async () => storage },
    compute: { vm: async (id) => aVm({ id, diskIds: ['/disks/failed-over'] }) },
  });
}

const findings = async (context: ReturnType<typeof contextWith>) =>
  (await failoverReprotect.checks(context, { vm }, await failoverReprotect.preview(context, { vm }))).map(
    ({ id }) => id,
  );

describe('failover.reprotect', () => {
  it('sends the disks of the VM that runs now, the old group, and a cache where it runs', async () => {
    const { sent, stub } = sentBy('reprotect');
    await failoverReprotect.submit(contextWith(committed, accounts, stub), { vm }, execution);
    assert.deepEqual(sent, [
      {
        diskIds: ['/disks/failed-over'],
        groupId: ids.vm.split('/providers/')[0],
        cacheAccountId: '/accounts/stasrcache',
        policyId: committed.policyId,
        clientRequestId: execution.clientRequestId,
      },
    ]);
  });

  it('names the regions in the direction of the way back', async () => {
    const { facts } = await failoverReprotect.preview(contextWith(), { vm });
    const { primaryRegion: to, recoveryRegion: from } = committed;
    assert.deepEqual(
      facts.find(({ label }) => label.message === 'fact.regions')?.value,
      say('fact.from-to', { from, to }),
    );
  });

  it('is blocked before the commit, without a cache account, and without the VM that was made', async () => {
    assert.deepEqual(await findings(contextWith()), ['ready']);
    assert.deepEqual(await findings(contextWith(aFailedOver())), ['not-accepted']);
    assert.deepEqual(await findings(contextWith(committed, [])), ['no-cache']);
    const { recoveryVmId: _, ...nameless } = committed;
    assert.deepEqual(await findings(contextWith(nameless)), ['no-vm']);
  });

  it('finds the item again in the other fabric, though the old source is its target now', async () => {
    const turned = aReplica({
      id: ids.replica.replace('/f/', '/f2/'),
      vmId: recoveryVmId,
      primaryRegion: 'northeurope',
      recoveryRegion: 'westeurope',
      recoveryResourceGroupId: ids.vm.split('/providers/')[0] ?? '',
    });
    const context = stubContext({
      recovery: { item: async () => turned },
      inventory: { replicatedItems: async () => ({ value: [turned], asOf: now.toISOString() }) },
    });
    const outcome = await failoverReprotect.result(context, { vm }, execution, aReplicationEnd('succeeded'));
    assert.deepEqual(outcome.sentence.values, { vm: 'sql-01', from: 'northeurope', to: 'westeurope' });
    const failed = await failoverReprotect.result(context, { vm }, execution, aReplicationEnd('failed'));
    assert.equal(failed.sentence.message, 'failover.reprotect.failed');
  });

  it('looks for its job under both names that Azure may give it', async () => {
    const job = { kind: 'replication', vaultId: 'v', jobId: 'j' } as const;
    const jobsSince = async (_: string, scenario: string) => (scenario === 'ReprotectVM' ? [job] : []);
    const found = await failoverReprotect.findSubmitted(
      contextWith(committed, accounts, { jobsSince }),
      { vm },
      execution,
    );
    assert.deepEqual(found, job);
  });
});
