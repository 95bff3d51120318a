import assert from 'node:assert/strict';
import type { BackupGateway } from '../../src/azure/ports.ts';
import { writeItem } from '../../src/operations/backup/item-change.ts';
import { protectionChangePolicy } from '../../src/operations/backup/protection-change-policy.ts';
import { aGuard, anItem, aPoint, ids, someSettings, stubContext } from '../support/stub-azure.ts';

const shorter = { vm: ids.vm, policy: ids.policy('short') };
const points = async () => [aPoint(), aPoint({ time: '2026-02-01T01:00:00.000Z' }), kept];
/** Kept by hand for a day less than the new policy would keep it. */
const kept = aPoint({ expiresAt: '2026-03-08T01:02:00.000Z' });

async function looked(backup: Partial<BackupGateway>, parameters = shorter) {
  const mutable = async () => someSettings({ immutability: 'off' });
  const context = stubContext({ backup: { recoveryPoints: points, vault: mutable, ...backup } });
  const preview = await protectionChangePolicy.preview(context, parameters);
  const findings = await protectionChangePolicy.checks(context, parameters, preview);
  return { preview, ids: findings.map(({ id, severity }) => `${id} ${severity}`) };
}

describe('protection.change-policy', () => {
  it('says how many points would expire sooner, and measures it', async () => {
    const { preview, ids: found } = await looked({});
    assert.equal(preview.sentence.values?.count, 2);
    assert.equal(preview.measured['fact.points'], '2');
    assert.deepEqual(found, ['sooner warns']);
  });

  it('loses nothing under a policy that keeps as long', async () => {
    const item = async () => anItem({ policyName: 'short' });
    const { preview, ids: found } = await looked({ item }, { vm: ids.vm, policy: ids.policy('daily') });
    assert.equal(preview.sentence.values?.count, 1);
    assert.deepEqual(found, ['sooner warns']);
    const fresh = await looked(
      { item, recoveryPoints: async () => [aPoint()] },
      { ...shorter, policy: ids.policy('daily') },
    );
    assert.deepEqual(fresh.ids, ['ready passed']);
  });

  it('is not attempted on an immutable vault or under a guard', async () => {
    assert.deepEqual((await looked({ vault: async () => someSettings() })).ids, ['immutable blocks']);
    const guardOf = async () => aGuard(writeItem);
    assert.ok((await looked({ guardOf })).ids.includes('guarded blocks'));
  });

  it('is blocked for the same policy, a stopped VM, and another vault’s policy', async () => {
    assert.deepEqual((await looked({ item: async () => anItem({ policyName: 'SHORT' }) })).ids, ['same blocks']);
    const stopped = async () => anItem({ protectionState: 'ProtectionStopped' });
    assert.deepEqual((await looked({ item: stopped })).ids, ['stopped blocks']);
    const elsewhere = async () => anItem({ vaultId: `${ids.vault}-2` });
    assert.deepEqual((await looked({ item: elsewhere })).ids, ['other-vault blocks']);
  });
});
