import assert from 'node:assert/strict';
import { sameId } from '../../src/azure/arm-id.ts';
import { CatalogueError } from '../../src/errors.ts';
import { type Simulated, withSimulator } from './support/simulated.ts';

const clientRequestId = 'c0000000-0000-4000-8000-000000000001';

async function testNetwork({ ports }: Simulated): Promise<string> {
  const { value } = await ports.inventory.networks('northeurope');
  return value.find(({ name }) => name === 'vnet-dr-test')?.id ?? assert.fail('no test network');
}

async function vmNames({ ports }: Simulated): Promise<readonly string[]> {
  return (await ports.inventory.vms()).value.map(({ name }) => name);
}

describe('over the simulated Site Recovery', () => {
  it('how long jobs took is told of single VMs and of whole plans apart', async () => {
    await withSimulator(async ({ ports }) => {
      const [plan = assert.fail('no plan')] = (await ports.inventory.recoveryPlans()).value;
      const past = async (of: 'vms' | 'plans') => await ports.recovery.pastDurations(plan.vaultId, 'TestFailover', of);
      assert.ok((await past('vms')).length > 0);
      assert.deepEqual(await past('plans'), []);
    });
  });

  it('a test failover is followed to its test VM, and the cleanup takes it away again', async () => {
    await withSimulator(async (simulated) => {
      const { ports, follow } = simulated;
      const item = await simulated.replicatedNamed('erp-prod-01');
      assert.ok(item.allowedOperations.includes('TestFailover'));
      const before = await vmNames(simulated);

      const [point] = await ports.recovery.recoveryPoints(item.id);
      assert.ok(point);
      const request = { recoveryPointId: point.id, networkId: await testNetwork(simulated), clientRequestId };
      const seen = await follow(await ports.recovery.testFailover(item.id, request));
      const last = seen.at(-1);
      assert.equal(last?.state, 'succeeded');
      assert.ok(last.tasks.length >= 3 && last.tasks.every(({ state }) => state === 'succeeded'));
      assert.ok(seen.some(({ tasks }) => tasks.some(({ state }) => state === 'waiting')));

      const tested = await ports.recovery.item(item.id);
      assert.deepEqual(tested.allowedOperations, ['TestFailoverCleanup']);
      assert.equal(tested.testFailoverState, 'WaitingForCompletion');
      const added = (await vmNames(simulated)).filter((name) => !before.includes(name));
      assert.deepEqual(added, [tested.testVmName ?? added[0]]);

      const cleanup = await ports.recovery.cleanUpTestFailover(item.id, { comments: 'drill', clientRequestId });
      assert.equal((await follow(cleanup)).at(-1)?.state, 'succeeded');
      assert.deepEqual(await vmNames(simulated), before);
      assert.ok((await ports.recovery.item(item.id)).allowedOperations.includes('TestFailover'));
    });
  });

  it('a test failover of which the answer was lost was sent once and is found again', async () => {
    await withSimulator(async (simulated) => {
      const { ports, simulator, clock, advance, follow } = simulated;
      const item = await simulated.replicatedNamed('erp-prod-01');
      const since = clock.now().toISOString();
      await simulator.control.fault({ method: 'POST', path: '/testFailover$', cut: true, after: true });
      const networkId = await testNetwork(simulated);
      const sent = ports.recovery.testFailover(item.id, { networkId, clientRequestId });
      await assert.rejects(sent, { code: 'azure-unavailable' });
      const posts = (await simulator.control.log()).filter(({ path }) => /\/testFailover$/i.test(path));
      assert.equal(posts.length, 1);
      await advance(5);
      const found = await ports.recovery.jobsSince(item.id, 'TestFailover', since);
      assert.equal(found.length, 1);
      assert.equal((await follow(found[0] ?? assert.fail())).at(-1)?.state, 'succeeded');
      const other = await simulated.replicatedNamed('sql-prod-01');
      assert.deepEqual(await ports.recovery.jobsSince(other.id, 'TestFailover', since), []);
    });
  });

  it('a second test failover is refused in the words of Azure', async () => {
    await withSimulator(async (simulated) => {
      const { ports, follow } = simulated;
      const item = await simulated.replicatedNamed('erp-prod-01');
      const request = { networkId: await testNetwork(simulated), clientRequestId };
      await follow(await ports.recovery.testFailover(item.id, request));
      const refused = await ports.recovery.testFailover(item.id, request).catch((error: unknown) => error);
      assert.ok(refused instanceof CatalogueError);
      assert.ok(['azure-conflict', 'azure-refused'].includes(refused.code), refused.code);
      assert.ok(refused.azure?.message);
    });
  });

  it('the vault and Resource Graph agree on what is replicated', async () => {
    await withSimulator(async ({ ports }) => {
      const { value } = await ports.inventory.replicatedItems();
      assert.ok(value.length > 0);
      for (const listed of value) {
        const item = await ports.recovery.item(listed.id);
        assert.ok(sameId(item.vmId, listed.vmId) && sameId(item.vaultId, listed.vaultId));
        assert.deepEqual(
          [item.friendlyName, item.protectionState, item.replicationHealth, item.testFailoverState],
          [listed.friendlyName, listed.protectionState, listed.replicationHealth, listed.testFailoverState],
        );
        assert.equal(item.lastTestFailover, listed.lastTestFailover);
      }
      const bad = value.find(({ replicationHealth }) => replicationHealth === 'Critical');
      assert.ok(bad, 'the estate has a replicated item with a bad RPO');
      const { healthErrors } = await ports.recovery.item(bad.id);
      assert.ok(healthErrors[0]?.message && healthErrors[0].action);
    });
  });
});
