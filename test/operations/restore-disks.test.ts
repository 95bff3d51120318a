import assert from 'node:assert/strict';
import type { BackupGateway } from '../../src/azure/ports.ts';
import { restoreDisks } from '../../src/operations/restore/restore-disks.ts';
import { restoreAction } from '../../src/operations/restore/restore-source.ts';
import { aGuard, aJob, anAccount, anItem, aPoint, execution, ids, stubContext } from '../support/stub-azure.ts';

const parameters = { vm: ids.vm, point: ids.point, staging: anAccount('stbackup').id };

async function findings(backup: Partial<BackupGateway>, given: Partial<typeof parameters> = parameters) {
  const context = stubContext({ backup });
  const asked = { vm: ids.vm, point: ids.point, ...given };
  const found = await restoreDisks.checks(context, asked, await restoreDisks.preview(context, asked));
  return found.map(({ id, severity }) => `${id} ${severity}`);
}

describe('restore.disks', () => {
  it('passes through a storage account of the vault’s region, rather one for backups, frozen with the run', async () => {
    const staging = async (...names: readonly string[]) => {
      const storageAccounts = async () => names.map(anAccount);
      return await restoreDisks.defaults?.(stubContext({ backup: { storageAccounts } }), { vm: ids.vm });
    };
    assert.deepEqual(await staging('sta', 'stbackup'), { staging: anAccount('stbackup').id });
    assert.deepEqual(await staging('stb', 'sta'), { staging: anAccount('sta').id });
    assert.deepEqual(await staging(), {});
  });

  it('is checked by Azure’s own validation, whose silence only warns', async () => {
    assert.deepEqual(await findings({}), ['validated passed']);
    const refuse = async () => [{ code: 'UserErrorX', message: 'no' }];
    assert.deepEqual(await findings({ validateRestore: refuse }), ['azure-refuses blocks']);
    assert.deepEqual(await findings({ validateRestore: async () => undefined }), ['not-validated warns']);
    const fail = async () => {
      throw new Error('403');
    };
    assert.deepEqual(await findings({ validateRestore: fail }), ['not-validated warns']);
  });

  it('is blocked without a storage account, for deleted data, an archived point, and under a guard', async () => {
    assert.deepEqual(await findings({}, {}), ['no-staging blocks']);
    assert.deepEqual(await findings({ item: async () => anItem({ softDeleted: true }) }), ['data-deleted blocks']);
    assert.deepEqual(await findings({ recoveryPoints: async () => [aPoint({ tiers: ['archive'] })] }), [
      'archived blocks',
    ]);
    assert.ok((await findings({ guardOf: async () => aGuard(restoreAction) })).includes('guarded blocks'));
  });

  it('refuses a point that has expired meanwhile', async () => {
    const context = stubContext({ backup: { recoveryPoints: async () => [] } });
    await assert.rejects(restoreDisks.preview(context, parameters), { code: 'no-recovery-points' });
  });

  it('offers the newest points with consistency and tiers', async () => {
    const choices = await restoreDisks.choices?.(stubContext(), 'point', { vm: ids.vm });
    assert.deepEqual(
      choices?.map(({ value }) => value),
      [ids.point],
    );
    assert.match(JSON.stringify(choices), /recovery-point.list.application.*recovery-point.list.vault/);
  });

  it('says when there is no point to choose from', async () => {
    const context = stubContext({ backup: { recoveryPoints: async () => [] } });
    const asked = Promise.resolve(restoreDisks.choices?.(context, 'point', { vm: ids.vm }));
    await assert.rejects(asked, { code: 'no-recovery-points' });
  });

  it('asks for disks beside the VM, once', async () => {
    const sent: unknown[] = [];
    const restore: BackupGateway['restore'] = async (itemId, { target, pointName }) => {
      sent.push([itemId, target, pointName]);
      return { kind: 'backup', vaultId: ids.vault, operationId: 'o' };
    };
    await restoreDisks.submit(stubContext({ backup: { restore } }), parameters, execution);
    const groupId = ids.vm.split('/providers/')[0];
    assert.deepEqual(sent, [[ids.item, { kind: 'disks', groupId }, 'p1']]);
  });

  it('says what is left to do either way', async () => {
    for (const state of ['succeeded', 'failed'] as const)
      assert.equal((await restoreDisks.result(stubContext(), parameters, execution, aJob(state))).leftToDo.length, 1);
  });
});
