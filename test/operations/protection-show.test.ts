import assert from 'node:assert/strict';
import { CatalogueError } from '../../src/errors.ts';
import { protectionShow } from '../../src/operations/status/protection-show.ts';
import { anItem, aReplica, ids, stubContext } from '../support/stub-azure.ts';

const unreachable = new CatalogueError('azure-unavailable', { values: { where: 'rsv-prod' } });

async function answer(stubs: Parameters<typeof stubContext>[0] = {}) {
  return await protectionShow.answer(stubContext(stubs), { vm: ids.vm });
}

describe('protection.show', () => {
  it('says yes with the vault, the policy and the last good recovery point', async () => {
    const { title, tone, sections } = await answer();
    assert.deepEqual(title, { message: 'protection.show.protected', values: { vm: 'sql-01' } });
    assert.equal(tone, 'good');
    const facts = Object.fromEntries(sections?.[0]?.facts.map((fact) => [fact.label.message, fact.value]) ?? []);
    assert.equal(facts['fact.vault'], 'rsv-prod');
    assert.equal(facts['fact.policy'], 'daily');
    assert.deepEqual(facts['fact.last-point'], {
      message: 'fact.moment',
      values: { time: { time: '2026-03-02T01:02:00.000Z' }, age: { age: '2026-03-02T01:02:00.000Z' } },
    });
  });

  it('says no when neither service has it', async () => {
    const none = { value: [], asOf: '2026-03-02T08:00:00.000Z' };
    const { title, tone } = await answer({
      backup: { protectionOf: async () => ({ protected: false }) },
      inventory: { replicatedItems: async () => none },
    });
    assert.deepEqual([title, tone], [{ message: 'protection.show.not-protected', values: { vm: 'sql-01' } }, 'bad']);
  });

  it('says that it could not look, and where, instead of no', async () => {
    const { title, tone, sections } = await answer({
      backup: { protectionOf: async () => Promise.reject(unreachable) },
    });
    assert.deepEqual([title, tone], [{ message: 'protection.show.unknown', values: { vm: 'sql-01' } }, 'unknown']);
    assert.match(JSON.stringify(sections?.[0]?.lead), /fact.could-not-look.*rsv-prod/);
  });

  it('asks for attention when the last backup failed, protection is stopped or the data is deleted', async () => {
    for (const change of [
      { lastBackupStatus: 'Failed' },
      { protectionState: 'ProtectionStopped' },
      { softDeleted: true, deletedForGoodAt: '2026-03-10T00:00:00.000Z' },
    ]) {
      const { title } = await answer({ backup: { item: async () => anItem(change) } });
      assert.deepEqual(
        title,
        { message: 'protection.show.attention', values: { vm: 'sql-01' } },
        JSON.stringify(change),
      );
    }
  });

  it('offers the cleanup instead of another test while a test VM is there', async () => {
    const { suggestions } = await answer({
      recovery: { item: async () => aReplica({ allowedOperations: ['TestFailoverCleanup'] }) },
    });
    const offered = suggestions?.map((suggestion) => suggestion.wish.operation);
    assert.ok(offered?.includes('failover.test-cleanup'));
    assert.ok(!offered?.includes('failover.test'));
  });

  it('does not offer a backup of what is soft-deleted', async () => {
    const { suggestions } = await answer({ backup: { item: async () => anItem({ softDeleted: true }) } });
    assert.ok(!suggestions?.some((suggestion) => suggestion.wish.operation === 'backup.start'));
  });

  it('leads to what would help: protect, resume, or undelete', async () => {
    const first = async (backup: Parameters<typeof answer>[0]) =>
      (await answer(backup)).suggestions?.[0]?.wish.operation;
    assert.equal(await first({ backup: { protectionOf: async () => ({ protected: false }) } }), 'protection.enable');
    const stopped = async () => anItem({ protectionState: 'ProtectionStopped' });
    assert.equal(await first({ backup: { item: stopped } }), 'protection.resume');
    const deleted = async () => anItem({ softDeleted: true, protectionState: 'ProtectionStopped' });
    assert.equal(await first({ backup: { item: deleted } }), 'protection.undelete');
  });
});
