import assert from 'node:assert/strict';
import { protectedItemIdOf } from '../../src/azure/arm-id.ts';
import type { BackupGateway } from '../../src/azure/ports.ts';
import { protectionEnable } from '../../src/operations/backup/protection-enable.ts';
import { anItem, aVault, aVm, execution, ids, now, someSettings, stubContext } from '../support/stub-azure.ts';

const asOf = now.toISOString();
const parameters = { vm: ids.vm, policy: ids.policy('daily') };
const unprotected = async () => ({ protected: false });

async function finding(backup: Partial<BackupGateway>) {
  const context = stubContext({ backup: { protectionOf: unprotected, ...backup } });
  const preview = await protectionEnable.preview(context, parameters);
  return (await protectionEnable.checks(context, parameters, preview)).map(({ id }) => id);
}

describe('protection.enable', () => {
  it('offers only policies of vaults in the VM’s region, with the vault’s name', async () => {
    const value = [aVault(), aVault({ name: 'rsv-far', location: 'northeurope' })];
    const context = stubContext({ inventory: { vaults: async () => ({ value, asOf }) } });
    const choices = await protectionEnable.choices?.(context, 'policy', { vm: ids.vm });
    assert.deepEqual(
      choices?.map(({ title }) => title),
      ['rsv-prod / daily', 'rsv-prod / short'],
    );
  });

  it('offers VMs that are in no vault', async () => {
    const other = aVm({ id: `${ids.vm}-2`, name: 'new-01' });
    const inventory = {
      vms: async () => ({ value: [aVm(), other], asOf }),
      protectedItems: async () => ({ value: [anItem()], asOf }),
    };
    const choices = await protectionEnable.choices?.(stubContext({ inventory }), 'vm', {});
    assert.deepEqual(
      choices?.map(({ title }) => title),
      ['new-01'],
    );
  });

  it('is blocked for a VM that is protected, deleted in a vault, or in another region', async () => {
    const itsItem = async () => ({ protected: true, vaultId: ids.vault, itemId: ids.item });
    assert.deepEqual(await finding({}), ['ready']);
    assert.deepEqual(await finding({ protectionOf: itsItem }), ['protected']);
    const softDeleted = async () => anItem({ softDeleted: true });
    assert.deepEqual(await finding({ protectionOf: itsItem, item: softDeleted }), ['deleted']);
    assert.deepEqual(await finding({ vault: async () => someSettings({ location: 'northeurope' }) }), ['region']);
  });

  it('needs the right at the vault and at the VM', async () => {
    const rights = await protectionEnable.rights(stubContext(), parameters);
    assert.deepEqual(
      rights.map(({ scope }) => scope),
      [ids.vault, ids.vm],
    );
  });

  it('asks the policy’s vault for an item with Azure’s name for the VM', async () => {
    const sent: unknown[] = [];
    const protect = async (itemId: string) => {
      sent.push(itemId);
      return { kind: 'backup', vaultId: ids.vault, operationId: 'o' } as const;
    };
    await protectionEnable.submit(stubContext({ backup: { protect } }), parameters, execution);
    assert.deepEqual(sent, [protectedItemIdOf(ids.vault, ids.vm)]);
  });
});
