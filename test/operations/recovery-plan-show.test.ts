import assert from 'node:assert/strict';
import { planFailover } from '../../src/operations/recovery/plan-failover.ts';
import type { RunSummary } from '../../src/operations/run-summary.ts';
import { recoveryPlanShow } from '../../src/operations/status/recovery-plan-show.ts';
import { aReplica, now, stubContext } from '../support/stub-azure.ts';
import { aCommitted, aPlan, aPlanOf, recoveryIds } from './support/recovery.ts';

const asOf = now.toISOString();
const aPolicy = { id: 'p', name: 'p' };

function answerFor(plan: ReturnType<typeof aPlan>, replica = aReplica(), runs: readonly RunSummary[] = []) {
  const recovery = { plan: async () => plan, items: async () => [replica] };
  return recoveryPlanShow.answer(stubContext({ recovery }, { recent: async () => runs }), { plan: recoveryIds.plan });
}

describe('recovery-plan.show', () => {
  it('tells groups in order with their VMs and manual actions', async () => {
    const { sections, tone } = await answerFor(aPlan());
    assert.equal(tone, 'good');
    assert.match(JSON.stringify(sections), /"number":1.*sql-01.*after-start.*Look at the database/);
  });

  it('tells its last runs, and no others', async () => {
    const run = (code: string, change: Partial<RunSummary>): RunSummary => ({
      ...{ code, operation: 'plan.test-failover', state: 'succeeded', target: 'erp-plan', createdAt: asOf },
      ...{ requester: { oid: 'o', name: 'Ana' }, approvals: [], approvalsNeeded: 1 },
      ...change,
    });
    const others = [run('BBBB', { target: 'crm-plan' }), run('CCCC', { operation: 'backup.start' })];
    const { sections } = await answerFor(aPlan(), aReplica(), [run('AAAA', {}), ...others]);
    const told = JSON.stringify(sections?.at(-1));
    assert.match(told, /last-runs.*"code":"AAAA".*plan.test-failover.title.*run.state.succeeded.*"who":"Ana"/);
    assert.doesNotMatch(told, /BBBB|CCCC/);
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

  it('finds VMs that would go the other way, and offers nothing that moves all of them', async () => {
    const items = [1, 2, 3].map((number) => aCommitted(number, { allowedOperations: ['UnplannedFailover'] }));
    const back = aCommitted(4, { primaryRegion: 'northeurope', recoveryRegion: 'westeurope' });
    const plan = aPlanOf([...items, back], { allowedOperations: ['UnplannedFailover', 'TestFailover'] });
    const recovery = { plan: async () => plan, items: async () => [...items, back], policy: async () => aPolicy };
    const context = stubContext({ recovery }, { recent: async () => [] });
    const { sections, suggestions } = await recoveryPlanShow.answer(context, { plan: recoveryIds.plan });
    assert.match(JSON.stringify(sections?.at(-1)), /both-ways","values":\{"vms":\["shop-4"\]/);
    const offered = suggestions?.map(({ wish }) => wish.operation);
    assert.deepEqual(offered, ['plan.reprotect', 'recovery-plan.list']);
    const request = { plan: recoveryIds.plan, source: 'shut-down', point: 'latest-processed' };
    const preview = await planFailover.preview(context, request);
    const findings = await planFailover.checks(context, request, preview);
    assert.ok(findings.some(({ id, severity }) => id === 'both-ways' && severity === 'blocks'));
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
