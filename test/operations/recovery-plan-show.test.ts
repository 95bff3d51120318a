import assert from 'node:assert/strict';
import { recoveryPlanShow } from '../../src/operations/status/recovery-plan-show.ts';
import { aReplica, now, stubContext } from '../support/stub-azure.ts';
import { aPlan, recoveryIds } from './support/recovery.ts';

const asOf = now.toISOString();

function answerFor(plan: ReturnType<typeof aPlan>, replica = aReplica()) {
  const recovery = { plan: async () => plan, items: async () => [replica] };
  return recoveryPlanShow.answer(stubContext({ recovery }), { plan: recoveryIds.plan });
}

describe('recovery-plan.show', () => {
  it('tells groups in order with their VMs and manual actions', async () => {
    const { sections, tone } = await answerFor(aPlan());
    assert.equal(tone, 'good');
    assert.match(JSON.stringify(sections), /"number":1.*sql-01.*after-start.*Look at the database/);
  });

  it('finds an empty group, an action that never runs, a VM in bad health and a test that waits', async () => {
    const silent = { name: 'Dns', kind: 'runbook', does: '/r/dns', failoverTypes: [], failoverDirections: [] } as const;
    const empty = { kind: 'Boot', itemIds: [], before: [silent], after: [] };
    const plan = aPlan({ groups: [...aPlan().groups, empty] });
    const replica = aReplica({ replicationHealth: 'Critical', testFailoverState: 'WaitingForCompletion' });
    const { sections, tone } = await answerFor(plan, replica);
    assert.equal(tone, 'warning');
    const said = JSON.stringify(sections?.at(-1));
    for (const finding of ['empty-group', 'never-runs', 'unhealthy', 'test-waits'])
      assert.match(said, new RegExp(`recovery-plan.show.${finding}"`));
    assert.match(JSON.stringify(sections), /"does":"dns"/);
  });

  it('offers the plans and asks for the right at the plan’s vault', async () => {
    const { id, vaultId, name } = aPlan();
    const inventory = { recoveryPlans: async () => ({ value: [{ id, vaultId, name }], asOf }) };
    const choices = await recoveryPlanShow.choices?.(stubContext({ inventory }), 'plan', {});
    assert.deepEqual(
      choices?.map(({ value, title }) => [value, title]),
      [[recoveryIds.plan, 'erp-plan']],
    );
    const [right] = await recoveryPlanShow.rights(stubContext(), { plan: recoveryIds.plan });
    assert.equal(right?.scope, recoveryIds.vault);
  });
});
