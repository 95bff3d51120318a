import assert from 'node:assert/strict';
import { itemId, vaultId, vmId, withArm } from './support/ports.ts';

const vm = {
  id: vmId,
  name: 'sql-01',
  resourceGroup: 'rg-sql',
  subscriptionId: '11111111-1111-4111-8111-111111111111',
  location: 'westeurope',
  osType: 'Windows',
  powerState: '',
  tags: {},
  diskIds: [],
} as const;

describe('whether a VM is protected', () => {
  for (const protectionStatus of ['Invalid', 'Protecting', 'ProtectionFailed', 'Protected']) {
    it(`is not known when Azure says ${protectionStatus} and names no vault: that is not a no`, async () => {
      await withArm(
        () => ({ body: { protectionStatus } }),
        async ({ ports }) => {
          await assert.rejects(ports.backup.protectionOf(vm), { code: 'azure-unavailable' });
        },
      );
    });
  }

  it('is a no when Azure says so', async () => {
    await withArm(
      () => ({ body: { protectionStatus: 'NotProtected', containerName: 'c', protectedItemName: 'i' } }),
      async ({ ports }) => assert.deepEqual(await ports.backup.protectionOf(vm), { protected: false }),
    );
  });

  it('is a yes with the vault alone when Azure does not name the item', async () => {
    await withArm(
      () => ({ body: { protectionStatus: 'Protected', vaultId } }),
      async ({ ports }) => assert.deepEqual(await ports.backup.protectionOf(vm), { protected: true, vaultId }),
    );
  });
});

describe('a protected item', () => {
  const properties = {
    protectedItemType: 'Microsoft.Compute/virtualMachines',
    sourceResourceId: vmId,
    protectionState: 'ProtectionStopped',
    policyId: '',
  };

  it('that is soft-deleted tells when it goes for good, from the time that is left', async () => {
    const deleted = {
      ...properties,
      isScheduledForDeferredDelete: true,
      deferredDeleteTimeInUTC: '2026-01-09T08:00:00Z',
      deferredDeleteTimeRemaining: '13.00:30:00.6',
    };
    await withArm(
      () => ({ body: { id: itemId, properties: deleted } }),
      async ({ ports }) => {
        assert.deepEqual(await ports.backup.item(itemId), {
          id: itemId,
          vaultId,
          vmId,
          friendlyName: 'sql-01',
          protectionState: 'ProtectionStopped',
          softDeleted: true,
          deletedAt: '2026-01-09T08:00:00.000Z',
          deletedForGoodAt: '2026-01-23T08:30:00.000Z',
        });
      },
    );
  });

  it('has the name of its policy even where only the id is told', async () => {
    const policyId = `${vaultId}/backupPolicies/EnhancedPolicy`;
    await withArm(
      () => ({ body: { id: itemId, properties: { ...properties, policyId } } }),
      async ({ ports }) => assert.equal((await ports.backup.item(itemId)).policyName, 'EnhancedPolicy'),
    );
  });

  it('without a VM is no answer', async () => {
    await withArm(
      () => ({ body: { id: itemId, properties: { ...properties, sourceResourceId: null } } }),
      async ({ ports }) => {
        await assert.rejects(ports.backup.item(itemId), { code: 'azure-unavailable' });
      },
    );
  });
});
