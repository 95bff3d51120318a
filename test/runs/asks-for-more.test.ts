import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asksForMore } from '../../src/runs/asks-for-more.ts';
import type { Verdict } from '../../src/runs/policy.ts';
import type { Requirement } from '../../src/runs/run.ts';
import { touchedTags } from '../../src/runs/touched-tags.ts';
import { aVm, ids, now, stubContext } from '../support/stub-azure.ts';

const approvals = [{ actor: { tenantId: 't', oid: 'ben', name: 'Ben' }, at: '2026-03-02T08:00:00.000Z' }];
const was: Requirement = { confirmation: 'click', approvals: 1, approverGroups: ['a'] };
const verdict = (requirement: Partial<Requirement>, more: Partial<Verdict> = {}): Verdict => ({
  requirement: { ...was, ...requirement },
  rules: ['rule'],
  limits: [],
  ...more,
});

describe('what the policy says at the start', () => {
  const run = { requirement: was, approvals };

  it('is satisfied by what was agreed to, or by less', () => {
    const same: readonly Partial<Requirement>[] = [
      {},
      { confirmation: 'none' },
      { approvals: 0 },
      { approverGroups: [] },
      { approvers: ['ben'] },
    ];
    for (const one of same) assert.equal(asksForMore(run, verdict(one)), undefined);
  });

  it('is not satisfied by fewer or other people, a weaker confirmation, or people of whom no group was asked', () => {
    const more: readonly Partial<Requirement>[] = [
      { approvals: 2 },
      { confirmation: 'typed-name' },
      { approvers: ['cat'] },
      { approverGroups: ['a', 'b'] },
    ];
    for (const one of more) assert.ok(asksForMore(run, verdict(one)), JSON.stringify(one));
  });

  it('is satisfied by a broken glass, but for a refusal', () => {
    const actor = approvals[0]?.actor ?? assert.fail();
    const broken = {
      ...run,
      approvals: [],
      breakGlass: { actor, at: '', reason: '', usedAt: '2026-03-02T08:00:00.000Z' },
    };
    assert.equal(asksForMore(broken, verdict({ approvals: 2 })), undefined);
    const refusal = { code: 'denied-by-policy', rule: 'freeze', because: 'Year end' } as const;
    assert.match(JSON.stringify(asksForMore(broken, verdict({}, { refusal }))), /denied-by-policy.*freeze/);
  });

  it('never asks for more than before where nothing changed', () => {
    const requirement = fc.record({
      confirmation: fc.constantFrom('none', 'click', 'typed-name'),
      approvals: fc.constantFrom(0, 1),
    });
    fc.assert(
      fc.property(requirement, (one) => {
        assert.equal(
          asksForMore({ requirement: one, approvals }, { requirement: one, rules: [], limits: [] }),
          undefined,
        );
      }),
    );
  });
});

describe('the tags of what is touched', () => {
  const asOf = now.toISOString();
  const context = stubContext({
    inventory: {
      vms: async () => ({ value: [aVm({ tags: { env: 'dev' } })], asOf }),
      replicatedItems: async () => ({ value: [], asOf }),
    },
  });

  it('are those of all VMs, and unknown as soon as one VM is', async () => {
    assert.deepEqual(await touchedTags(context, [ids.vm, ids.vault]), [{ env: 'dev' }]);
    assert.equal(await touchedTags(context, [ids.vm, ids.vm.replace('sql-01', 'new-01')]), undefined);
    assert.equal(await touchedTags(context, [ids.vault]), undefined);
  });
});
