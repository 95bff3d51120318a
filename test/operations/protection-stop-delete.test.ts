import assert from 'node:assert/strict';
import type { BackupGateway } from '../../src/azure/ports.ts';
import { deleteItem } from '../../src/operations/backup/item-change.ts';
import { protectionStopDelete } from '../../src/operations/backup/protection-stop-delete.ts';
import { aGuard, aJob, anItem, execution, ids, someSettings, stubContext } from '../support/stub-azure.ts';

const parameters = { vm: ids.vm };

async function looked(backup: Partial<BackupGateway>) {
  const context = stubContext({ backup: { vault: async () => someSettings({ immutability: 'off' }), ...backup } });
  const preview = await protectionStopDelete.preview(context, parameters);
  const findings = await protectionStopDelete.checks(context, parameters, preview);
  return { preview, ids: findings.map(({ id, severity }) => `${id} ${severity}`) };
}

describe('protection.stop-delete', () => {
  it('is destructive, and says how long the data can be brought back', async () => {
    assert.equal(protectionStopDelete.risk, 'destructive');
    const { preview, ids: found } = await looked({});
    assert.match(JSON.stringify(preview.sentence), /"count":1.*recoverable.*14/);
    assert.deepEqual(found, ['ready passed']);
  });

  it('warns where a deletion is final', async () => {
    const vault = async () => someSettings({ immutability: 'off', softDelete: 'off' });
    const { preview, ids: found } = await looked({ vault });
    assert.match(JSON.stringify(preview.sentence), /at-once/);
    assert.deepEqual(found, ['final warns']);
  });

  it('is not attempted on an immutable vault, under a guard, or twice', async () => {
    assert.deepEqual((await looked({ vault: async () => someSettings() })).ids, ['immutable blocks']);
    assert.ok((await looked({ guardOf: async () => aGuard(deleteItem) })).ids.includes('guarded blocks'));
    assert.deepEqual((await looked({ item: async () => anItem({ softDeleted: true }) })).ids, [
      'already-deleted blocks',
    ]);
  });

  it('asks for the right to delete, which Backup Operator lacks', async () => {
    const [right] = await protectionStopDelete.rights(stubContext(), parameters);
    assert.match(right?.action ?? '', /protectedItems\/delete$/);
  });

  it('says until when it can be undone', async () => {
    const item = async () => anItem({ softDeleted: true, deletedForGoodAt: '2026-03-16T00:00:00.000Z' });
    const context = stubContext({ backup: { item } });
    const { leftToDo } = await protectionStopDelete.result(context, parameters, execution, aJob('succeeded'));
    assert.match(JSON.stringify(leftToDo), /2026-03-16/);
  });
});
