import assert from 'node:assert/strict';
import type { ProtectedItem } from '../../src/azure/types.ts';
import { protectionResume } from '../../src/operations/backup/protection-resume.ts';
import { anItem, execution, ids, now, stubContext } from '../support/stub-azure.ts';

const parameters = { vm: ids.vm, policy: ids.policy('daily') };
const stopped = { protectionState: 'ProtectionStopped' };

async function finding(change: Partial<ProtectedItem>, policy = parameters.policy) {
  const context = stubContext({ backup: { item: async () => anItem(change) } });
  const given = { vm: ids.vm, policy };
  const preview = await protectionResume.preview(
    stubContext({ backup: { item: async () => anItem(change) } }),
    parameters,
  );
  return (await protectionResume.checks(context, given, preview)).map(({ id }) => id);
}

describe('protection.resume', () => {
  it('goes on only where protection is stopped, under a policy of the same vault', async () => {
    assert.deepEqual(await finding(stopped), ['ready']);
    assert.deepEqual(await finding({}), ['running']);
    assert.deepEqual(await finding({ ...stopped, softDeleted: true }), ['deleted']);
    assert.deepEqual(await finding(stopped, ids.policy('daily').replace('rsv-prod', 'rsv-other')), ['other-vault']);
  });

  it('offers VMs whose protection is stopped, and the policies of their vault', async () => {
    const value = [anItem({ ...stopped, friendlyName: 'old-01' }), anItem()];
    const inventory = { protectedItems: async () => ({ value, asOf: now.toISOString() }) };
    const context = stubContext({ inventory });
    const vms = await protectionResume.choices?.(context, 'vm', {});
    assert.deepEqual(
      vms?.map(({ title }) => title),
      ['old-01'],
    );
    const policies = await protectionResume.choices?.(context, 'policy', { vm: ids.vm });
    assert.deepEqual(
      policies?.map(({ value: id }) => id),
      [ids.policy('daily'), ids.policy('short')],
    );
  });

  it('refuses a policy that the vault has no more', async () => {
    const given = { vm: ids.vm, policy: ids.policy('gone') };
    await assert.rejects(protectionResume.preview(stubContext(), given), { code: 'azure-not-found' });
  });

  it('puts the item under the policy', async () => {
    const sent: unknown[] = [];
    const protect = async (...request: unknown[]) => {
      sent.push(request);
      return { kind: 'backup', vaultId: ids.vault, operationId: 'o' } as const;
    };
    await protectionResume.submit(stubContext({ backup: { protect } }), parameters, execution);
    const { clientRequestId } = execution;
    assert.deepEqual(sent, [[ids.item, { vmId: ids.vm, policyId: parameters.policy, clientRequestId }]]);
  });
});
