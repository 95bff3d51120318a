import assert from 'node:assert/strict';
import { goneForGoodAt } from '../../src/operations/soft-deleted.ts';
import { anItem, aVault } from '../support/stub-azure.ts';

const deletedAt = '2026-03-01T06:00:00.000Z';
const keeping = (softDeleteDays: number) => [aVault({ safeguards: { softDeleteDays } })];

describe('when soft-deleted data is gone for good', () => {
  it('is what the vault tells, whatever a list would make of it', () => {
    const deletedForGoodAt = '2026-03-15T05:59:00.000Z';
    assert.equal(goneForGoodAt(anItem({ deletedAt, deletedForGoodAt }), keeping(30)), deletedForGoodAt);
  });

  it('is the deletion and the days of its own vault, where only a list was asked', () => {
    const item = anItem({ deletedAt });
    assert.equal(goneForGoodAt(item, keeping(30)), '2026-03-31T06:00:00.000Z');
    const other = aVault({ id: `${item.vaultId}-2`, safeguards: { softDeleteDays: 180 } });
    assert.equal(goneForGoodAt(item, [other]), '2026-03-15T06:00:00.000Z');
    assert.equal(goneForGoodAt(item), '2026-03-15T06:00:00.000Z');
  });

  it('is not known where Azure tells neither', () => {
    assert.equal(goneForGoodAt(anItem({ softDeleted: true })), undefined);
  });
});
