import assert from 'node:assert/strict';
import { CatalogueError } from '../../src/errors.ts';
import { recoveryPlanList } from '../../src/operations/status/recovery-plan-list.ts';
import { now, stubContext } from '../support/stub-azure.ts';
import { aPlan, recoveryIds } from './support/recovery.ts';

const { id, vaultId, name } = aPlan();
const inventory = { recoveryPlans: async () => ({ value: [{ id, vaultId, name }], asOf: now.toISOString() }) };

describe('recovery-plan.list', () => {
  it('counts VMs and groups, tells the last test, and opens the plan', async () => {
    const plan = async () => aPlan({ lastTestFailover: '2026-02-01T08:00:00.000Z' });
    const { items } = await recoveryPlanList.answer(stubContext({ inventory, recovery: { plan } }), {});
    assert.match(JSON.stringify(items), /"vms":1,"groups":1.*list.tested/);
    assert.deepEqual(items?.[0]?.opens, { operation: 'recovery-plan.show', parameters: { plan: recoveryIds.plan } });
  });

  it('leaves the name of a plan whose vault does not answer, and says so', async () => {
    const plan = async () => {
      throw new CatalogueError('azure-unavailable');
    };
    const { items } = await recoveryPlanList.answer(stubContext({ inventory, recovery: { plan } }), {});
    assert.equal(items?.[0]?.title, 'erp-plan');
    assert.match(JSON.stringify(items), /fact.could-not-look/);
  });
});
