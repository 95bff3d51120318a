import assert from 'node:assert/strict';
import type { BackupGateway } from '../../src/azure/ports.ts';
import { vaultShow } from '../../src/operations/status/vault-show.ts';
import { anItem, aVault, ids, now, someSettings, stubContext } from '../support/stub-azure.ts';

const asOf = now.toISOString();
const inventory = {
  vaults: async () => ({ value: [aVault()], asOf }),
  protectedItems: async () => ({ value: [anItem()], asOf }),
};

async function shown(backup: Partial<BackupGateway>) {
  const answer = await vaultShow.answer(stubContext({ inventory, backup }), { vault: ids.vault });
  const facts = answer.sections?.flatMap((section) => section.facts) ?? [];
  return { answer, facts: Object.fromEntries(facts.map(({ label, value }) => [label.message, JSON.stringify(value)])) };
}

describe('vault.show', () => {
  it('tells redundancy, cross-region restore, soft delete, immutability and the guard', async () => {
    const guard = { id: 'g', name: 'guard-prod', protects: ['a', 'b'] };
    const { facts, answer } = await shown({ vault: async () => someSettings(), guardOf: async () => guard });
    assert.match(facts['fact.redundancy'] ?? '', /GeoRedundant/);
    assert.match(facts['fact.cross-region'] ?? '', /cross-on/);
    assert.match(facts['fact.soft-delete'] ?? '', /soft-always.*14/);
    assert.match(facts['fact.immutability'] ?? '', /immutable-unlocked/);
    assert.match(facts['fact.guard'] ?? '', /guard-on.*guard-prod.*2/);
    assert.equal(answer.tone, 'good');
  });

  it('warns where a deletion is final at once', async () => {
    const settings = async () => someSettings({ softDelete: 'off', immutability: 'off' });
    const { answer, facts } = await shown({ vault: settings, guardOf: async () => undefined });
    assert.equal(answer.tone, 'warning');
    assert.match(facts['fact.guard'] ?? '', /guard-off/);
  });

  it('says that it could not look for a guard instead of saying that there is none', async () => {
    const guardOf = async () => {
      throw new Error('403');
    };
    const { facts } = await shown({ vault: async () => someSettings(), guardOf });
    assert.match(facts['fact.guard'] ?? '', /could-not-look/);
  });

  it('offers the vaults that the person may read', async () => {
    const choices = await vaultShow.choices?.(stubContext({ inventory }), 'vault', {});
    assert.deepEqual(
      choices?.map(({ value, title }) => [value, title]),
      [[ids.vault, 'rsv-prod']],
    );
  });
});
