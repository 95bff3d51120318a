import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { startTestSimulator, type TestSimulator } from '../support/simulator.ts';
import { all, clientsOf, minutes } from './clients.ts';
import { argumentsOf, finish, group, jobFrom, replicated, vault } from './recovery-clients.ts';

const west = 'asr-a2a-default-westeurope';

describe('the setup of Site Recovery through the vendor client', () => {
  let simulator: TestSimulator;
  beforeEach(async () => {
    simulator = await startTestSimulator();
  });
  afterEach(() => simulator.close());

  it('is listed: fabrics, containers, mappings, policies, networks and their mappings', async () => {
    const { recovery } = clientsOf(simulator);
    const names = (rows: { name?: string }[]) => rows.map((row) => row.name ?? '').sort((a, b) => a.localeCompare(b));
    assert.deepEqual(names(await all(recovery.replicationFabrics.list(vault, group))), [
      'asr-a2a-default-northeurope',
      west,
    ]);
    assert.equal((await all(recovery.replicationProtectionContainers.list(vault, group))).length, 2);
    const mappings = await all(recovery.replicationProtectionContainerMappings.list(vault, group));
    assert.equal(mappings.find((one) => one.id?.includes(west))?.properties?.state, 'Paired');
    const policies = await all(recovery.replicationPolicies.list(vault, group));
    assert.equal(policies[0]?.properties?.providerSpecificDetails?.instanceType, 'A2A');
    const networks = await all(recovery.replicationNetworks.list(vault, group));
    assert.ok(networks.some((one) => one.properties?.friendlyName === 'vnet-dr-test'));
    const [pair] = await all(recovery.replicationNetworkMappings.list(vault, group));
    assert.equal(pair?.properties?.recoveryNetworkFriendlyName, 'vnet-prod-neu');
    await assert.rejects(recovery.replicationFabrics.get(vault, group, 'none'), { statusCode: 404 });
  });

  it('shows the health of the vault, its events and who is told of them', async () => {
    const { recovery } = clientsOf(simulator);
    const health = await recovery.replicationVaultHealth.get(vault, group);
    assert.equal(health.properties?.protectedItemsHealth?.resourceCount, 7);
    assert.ok((health.properties?.protectedItemsHealth?.issues?.length ?? 0) > 0);
    const events = await all(recovery.replicationEvents.list(vault, group, { filter: "Severity eq 'Critical'" }));
    assert.ok(events.every((event) => event.properties?.affectedObjectFriendlyName === 'crm-db-01'));
    const [alerts] = await all(recovery.replicationAlertSettings.list(vault, group));
    assert.deepEqual(alerts?.properties?.customEmailAddresses, ['oncall@contoso.example']);
  });

  it('says which VMs can be replicated', async () => {
    const { recovery } = clientsOf(simulator);
    const ask = (rg: string, vm: string) => recovery.replicationEligibilityResultsOperations.get(rg, vm);
    assert.deepEqual((await ask('rg-infra', 'mon-01')).properties?.errors, []);
    assert.equal((await ask('rg-erp', 'erp-prod-01')).properties?.errors?.length, 1);
    assert.equal((await ask('rg-dev', 'dev-win-01')).properties?.errors?.[0]?.code, '28061');
  });

  it('heals a broken replication when its errors are resolved', async () => {
    const { recovery } = clientsOf(simulator);
    const broken = await replicated(simulator, 'crm-db-01');
    assert.equal(broken.properties?.replicationHealth, 'Critical');
    const rpo = (item: typeof broken) =>
      (item.properties?.providerSpecificDetails as { rpoInSeconds?: number } | undefined)?.rpoInSeconds ?? 0;
    assert.ok(rpo(broken) > 3600);
    const properties = {
      healthErrors: (broken.properties?.healthErrors ?? []).map(({ errorId = '' }) => ({ healthErrorId: errorId })),
    };
    const job = await jobFrom((options) =>
      recovery.replicationProtectedItems.beginResolveHealthErrors(...argumentsOf(broken), { properties }, options),
    );
    assert.equal(await finish(simulator, job), 'Succeeded');
    const healed = await replicated(simulator, 'crm-db-01');
    assert.equal(healed.properties?.replicationHealth, 'Normal');
    assert.ok(rpo(healed) < 600);
  });

  it('saves, changes and deletes a plan; actions without failover types never run', async () => {
    const { recovery } = clientsOf(simulator);
    const item = await replicated(simulator, 'web-prod-01');
    const base = item.id?.split('/replicationProtectionContainers/')[0] ?? '';
    const action = {
      actionName: 'Look',
      failoverTypes: [],
      failoverDirections: ['PrimaryToRecovery'],
      customDetails: { instanceType: 'ManualActionDetails' as const, description: 'Look.' },
    };
    const members = [{ id: item.id ?? '', virtualMachineId: 'vm' }];
    const properties = {
      primaryFabricId: base,
      recoveryFabricId: base,
      groups: [
        { groupType: 'Boot', replicationProtectedItems: members, startGroupActions: [], endGroupActions: [action] },
      ],
    };
    await recovery.replicationRecoveryPlans.beginCreate(vault, group, 'web-plan', { properties });
    const plan = await recovery.replicationRecoveryPlans.get(vault, group, 'web-plan');
    assert.deepEqual(
      plan.properties?.groups?.map((one) => one.groupType),
      ['Shutdown', 'Failover', 'Boot'],
    );
    const test = {
      failoverDirection: 'PrimaryToRecovery',
      networkType: 'NoNetworkAttachAsInput',
      providerSpecificDetails: [],
    };
    const job = await jobFrom((options) =>
      recovery.replicationRecoveryPlans.beginTestFailover(vault, group, 'web-plan', { properties: test }, options),
    );
    await assert.rejects(recovery.replicationRecoveryPlans.beginDelete(vault, group, 'web-plan'), { statusCode: 409 });
    assert.equal(await finish(simulator, job), 'Succeeded');
    await recovery.replicationRecoveryPlans.beginDelete(vault, group, 'web-plan');
    await assert.rejects(recovery.replicationRecoveryPlans.get(vault, group, 'web-plan'), { statusCode: 404 });
  });

  it('refuses to reprotect a whole plan, as Azure does, after it was failed over and committed', async () => {
    const { recovery } = clientsOf(simulator);
    const at = [vault, group, 'erp-plan'] as const;
    const properties = {
      failoverDirection: 'PrimaryToRecovery',
      sourceSiteOperations: 'Required',
      providerSpecificDetails: [],
    };
    const failover = await jobFrom((options) =>
      recovery.replicationRecoveryPlans.beginUnplannedFailover(...at, { properties }, options),
    );
    await simulator.control.advance(minutes(10));
    await recovery.replicationJobs.beginResume(vault, group, failover, { properties: {} });
    assert.equal(await finish(simulator, failover), 'Succeeded');
    await finish(
      simulator,
      await jobFrom((options) => recovery.replicationRecoveryPlans.beginFailoverCommit(...at, options)),
    );
    const refused = { statusCode: 400, code: 'SimulatedOperationNoLongerWorks' };
    await assert.rejects(recovery.replicationRecoveryPlans.beginReprotect(...at), refused);
    for (const vm of ['erp-db-01', 'erp-app-01', 'erp-prod-01', 'erp-web-01']) {
      const { properties: now } = await replicated(simulator, vm);
      assert.equal(now?.protectionState, 'UnplannedFailoverCommitted');
    }
  });
});
