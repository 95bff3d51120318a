import assert from 'node:assert/strict';
import type { PlanAction, PlanGroup, RecoveryPlan } from '../../src/azure/recovery-types.ts';
import type { ChangingOperation } from '../../src/operations/operation.ts';
import { planCommit } from '../../src/operations/recovery/plan-commit.ts';
import { planFailover } from '../../src/operations/recovery/plan-failover.ts';
import { planTestFailover } from '../../src/operations/recovery/plan-test-failover.ts';
import { differencesBetween } from '../../src/runs/drift.ts';
import { aReplica, ids, stubContext } from '../support/stub-azure.ts';
import { aPlan, recoveryIds } from './support/recovery.ts';

const runbook: PlanAction = {
  name: 'Dns',
  kind: 'runbook',
  does: '/automationAccounts/a/runbooks/Dns',
  timeout: 'PT30M',
  runsIn: 'Recovery',
  failoverTypes: ['TestFailover', 'UnplannedFailover'],
  failoverDirections: ['PrimaryToRecovery'],
};
const script: PlanAction = { ...runbook, name: 'Mount', kind: 'script', does: String.raw`\\share\mount.ps1` };
const manual: PlanAction = { ...runbook, name: 'Check', kind: 'manual', does: 'Look at the database' };
const second = ids.replica.replace(/r$/, 'r2');
const boot = (itemIds: readonly string[], more: Partial<PlanGroup> = {}): PlanGroup => ({
  kind: 'Boot',
  itemIds,
  before: [],
  after: [],
  ...more,
});
const plan = (action: PlanAction = runbook) =>
  aPlan({ groups: [boot([ids.replica], { before: [manual], after: [action, script] }), boot([second])] });

/** One thing about an action or the order of a plan that somebody edits in the portal. */
const edits: Readonly<Record<string, RecoveryPlan>> = {
  'another runbook under the same name': plan({ ...runbook, does: '/automationAccounts/b/runbooks/Dns' }),
  'no kind of failover': plan({ ...runbook, failoverTypes: [] }),
  'another direction': plan({ ...runbook, failoverDirections: ['RecoveryToPrimary'] }),
  'another kind of action': plan({ ...runbook, kind: 'script' }),
  'another timeout': plan({ ...runbook, timeout: 'PT1M' }),
  'another side': plan({ ...runbook, runsIn: 'Primary' }),
  'other instructions': aPlan({
    groups: [
      boot([ids.replica], { before: [{ ...manual, does: 'Nothing' }], after: [runbook, script] }),
      boot([second]),
    ],
  }),
  'another script': aPlan({
    groups: [boot([ids.replica], { before: [manual], after: [runbook, { ...script, does: 'b.ps1' }] }), boot([second])],
  }),
  'another order of actions': aPlan({
    groups: [boot([ids.replica], { before: [manual], after: [script, runbook] }), boot([second])],
  }),
  'an action before the VMs instead of after them': aPlan({
    groups: [boot([ids.replica], { before: [manual, runbook], after: [script] }), boot([second])],
  }),
  'the groups the other way round': aPlan({
    groups: [boot([second], { before: [manual], after: [runbook, script] }), boot([ids.replica])],
  }),
  'both VMs in one group': aPlan({
    groups: [boot([ids.replica, second], { before: [manual], after: [runbook, script] })],
  }),
};

const parameters = { plan: recoveryIds.plan, source: 'shut-down', point: 'latest-processed', network: 'none' };
const items = [aReplica(), aReplica({ id: second, name: 'r2', friendlyName: 'web-01' })];

async function measured(operation: ChangingOperation, now: RecoveryPlan) {
  const context = stubContext({ recovery: { plan: async () => now, items: async () => items } });
  return (await operation.preview(context, parameters)).measured;
}

describe('a plan that was edited between its approval and its start', () => {
  for (const operation of [planFailover, planTestFailover, planCommit]) {
    for (const [edit, now] of Object.entries(edits))
      it(`supersedes ${operation.id} when it has ${edit}`, async () => {
        const differences = differencesBetween(await measured(operation, plan()), await measured(operation, now));
        assert.notDeepEqual(differences, []);
      });

    it(`lets ${operation.id} start when Azure only tells it in another order or case`, async () => {
      const told = { ...runbook, failoverTypes: runbook.failoverTypes.toReversed() };
      const now = aPlan({
        groups: plan(told).groups.map((one) => ({ ...one, itemIds: one.itemIds.map((id) => id.toUpperCase()) })),
      });
      assert.deepEqual(differencesBetween(await measured(operation, plan()), await measured(operation, now)), []);
    });
  }

  it('is told by the line of the action that changed, and by no other', async () => {
    const now = await measured(planFailover, edits['another timeout'] ?? plan());
    const [difference, ...others] = differencesBetween(await measured(planFailover, plan()), now);
    assert.equal(others.length, 0);
    assert.match(
      difference?.was ?? '',
      /^Boot 1 · end · Dns · runbook · \S+ · TestFailover, UnplannedFailover · PrimaryToRecovery · Recovery · PT30M$/,
    );
    assert.match(difference?.now ?? '', /^Boot 1 · end · Dns .* PT1M$/);
  });

  it('is told by all of its actions when only their order changed', async () => {
    const now = await measured(planFailover, edits['another order of actions'] ?? plan());
    const [difference] = differencesBetween(await measured(planFailover, plan()), now);
    assert.equal(difference?.was.split('\n').length, 3);
  });
});
