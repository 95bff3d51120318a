import assert from 'node:assert/strict';
import { sameId } from '../../src/azure/arm-id.ts';
import type { Ports } from '../../src/azure/ports.ts';
import type { Vm } from '../../src/azure/types.ts';
import { CatalogueError } from '../../src/errors.ts';
import { engineerOid, readerOid, type Simulated, withSimulator } from './support/simulated.ts';

const clientRequestId = 'c0000000-0000-4000-8000-000000000001';

async function itemOf({ ports, vmNamed }: Simulated, name: string): Promise<string> {
  const { itemId } = await ports.backup.protectionOf(await vmNamed(name));
  assert.ok(itemId);
  return itemId;
}

function snapshotIdOf(vm: Vm): string {
  return vm.id.replace(/virtualMachines\/[^/]+$/i, `snapshots/${vm.name}-4F7K`);
}

describe('over the simulated Azure', () => {
  it('a backup is followed from its operation to its recovery point', async () => {
    await withSimulator(async (simulated) => {
      const { ports, clock, follow } = simulated;
      const itemId = await itemOf(simulated, 'sql-prod-01');
      const before = await ports.backup.recoveryPoints(itemId);
      const expiresAt = new Date(clock.now().getTime() + 60 * 86_400_000).toISOString();
      const seen = await follow(await ports.backup.start(itemId, { expiresAt, clientRequestId }));
      const last = seen.at(-1);
      assert.equal(last?.state, 'succeeded');
      assert.deepEqual(
        last?.tasks.map(({ name, state }) => [name, state]),
        [
          ['Take Snapshot', 'succeeded'],
          ['Transfer data to vault', 'succeeded'],
        ],
      );
      assert.ok(seen.some(({ tasks }) => tasks.some(({ state }) => state === 'running')));
      const after = await ports.backup.recoveryPoints(itemId);
      assert.equal(after.length, before.length + 1);
      assert.equal(after[0]?.expiresAt?.slice(0, 10), expiresAt.slice(0, 10));
    });
  });

  it('one POST starts a backup, and the same request id stands in its headers', async () => {
    await withSimulator(async (simulated) => {
      const { ports, simulator, clock } = simulated;
      const itemId = await itemOf(simulated, 'sql-prod-01');
      await simulator.control.fault({ method: 'POST', path: '/backup$', status: 500, after: true });
      const expiresAt = new Date(clock.now().getTime() + 86_400_000 * 30).toISOString();
      const started = ports.backup.start(itemId, { expiresAt, clientRequestId });
      await assert.rejects(started, { code: 'azure-unavailable' });
      const posts = (await simulator.control.log()).filter(({ path }) => /\/backup$/i.test(path));
      assert.equal(posts.length, 1);
    });
  });

  it('a backup of which the answer was lost is found by what Azure has recorded since', async () => {
    await withSimulator(async (simulated) => {
      const { ports, simulator, clock, follow } = simulated;
      const itemId = await itemOf(simulated, 'sql-prod-01');
      const since = clock.now().toISOString();
      assert.deepEqual(await ports.backup.backupsSince(itemId, since), []);
      await simulator.control.fault({ method: 'POST', path: '/backup$', cut: true, after: true, count: 1 });
      const expiresAt = new Date(clock.now().getTime() + 86_400_000 * 30).toISOString();
      await ports.backup.start(itemId, { expiresAt, clientRequestId }).catch(() => undefined);
      await simulated.advance(120);
      const found = await ports.backup.backupsSince(itemId, since);
      assert.equal(found.length, 1);
      assert.equal((await follow(found[0] ?? assert.fail())).at(-1)?.state, 'succeeded');
      assert.deepEqual(await ports.backup.backupsSince(await itemOf(simulated, 'web-prod-02'), since), []);
    });
  });

  it('a job that fails tells why', async () => {
    await withSimulator(async (simulated) => {
      const { ports, simulator, clock, follow } = simulated;
      const itemId = await itemOf(simulated, 'sql-prod-01');
      await simulator.control.failJob({ verb: 'Backup', code: 'UserErrorFsFreezeFailed' });
      const expiresAt = new Date(clock.now().getTime() + 86_400_000 * 30).toISOString();
      const last = (await follow(await ports.backup.start(itemId, { expiresAt, clientRequestId }))).at(-1);
      assert.equal(last?.state, 'failed');
      assert.ok(last?.fault?.message);
      assert.ok(last.recommendations.length > 0);
    });
  });

  it('durations of the past are known, and asked for once', async () => {
    await withSimulator(async ({ ports, simulator }) => {
      const vault = (await ports.inventory.vaults()).value.find(({ name }) => name === 'rsv-prod-weu');
      assert.ok(vault);
      const first = await ports.backup.pastDurations(vault.id, 'Backup');
      assert.ok(first.length > 0 && first.every((seconds) => seconds > 0));
      assert.deepEqual(await ports.backup.pastDurations(vault.id, 'Backup'), first);
      const lists = (await simulator.control.log()).filter(({ path }) => /\/backupJobs$/i.test(path));
      assert.equal(lists.length, 1);
    });
  });

  it('the inventory and the vaults agree on what is protected', async () => {
    await withSimulator(async ({ ports }) => {
      const items = (await ports.inventory.protectedItems()).value;
      const vms = (await ports.inventory.vms()).value;
      assert.ok(vms.length >= 20 && items.length > 0);
      for (const vm of vms) {
        const listed = items.find(({ vmId }) => sameId(vmId, vm.id));
        const { itemId } = await ports.backup.protectionOf(vm);
        assert.equal(itemId === undefined, listed === undefined, vm.name);
        if (itemId === undefined || listed === undefined) continue;
        const item = await ports.backup.item(itemId);
        const same = ({
          id,
          vmId,
          vaultId,
          deletedForGoodAt: _vaultOnly,
          policyId: _listedOnly,
          ...rest
        }: typeof item) => [[id, vmId, vaultId].map((one) => one.toLowerCase()), rest];
        assert.deepEqual(same(item), same(listed), vm.name);
      }
    });
  });

  it('a VM and its disks are the same in compute and in the inventory', async () => {
    await withSimulator(async ({ ports, vmNamed }) => {
      const listed = await vmNamed('web-prod-02');
      const found = await ports.compute.vm(listed.id);
      assert.deepEqual(found.diskIds, listed.diskIds);
      assert.equal(found.diskIds.length, 3);
      assert.deepEqual([found.osType, found.powerState], ['Linux', 'PowerState/running']);
      for (const id of found.diskIds) assert.ok((await ports.compute.disk(id)).sizeGib > 0);
    });
  });

  it('a snapshot is created once, however often it is asked for, and is then listed', async () => {
    await withSimulator(async ({ ports, vmNamed, follow }) => {
      const vm = await vmNamed('web-prod-02');
      const disk = await ports.compute.disk(vm.diskIds[0] ?? '');
      const snapshotId = snapshotIdOf(vm);
      assert.equal(await ports.compute.snapshot(snapshotId), undefined);
      const request = { snapshotId, disk, tags: { run: '4F7K' }, clientRequestId };
      await ports.compute.createSnapshot(request);
      await ports.compute.createSnapshot(request);
      const seen = await follow({ kind: 'snapshots', snapshotIds: [snapshotId] });
      assert.equal(seen.at(-1)?.state, 'succeeded');
      const found = await ports.compute.snapshot(snapshotId);
      assert.deepEqual([found?.incremental, found?.tags, found?.sourceDiskId], [true, { run: '4F7K' }, disk.id]);
      const listed = await ports.inventory.snapshotsOf(vm.diskIds);
      assert.deepEqual(
        listed.value.map(({ id }) => id.toLowerCase()),
        [snapshotId.toLowerCase()],
      );
    });
  });
});

describe('over the simulated Azure, rights', () => {
  const scope = '/subscriptions/0a1b2c3d-1111-4111-8111-000000000001/resourceGroups/rg-sql';

  it('of an engineer and of a reader are told apart, groups included', async () => {
    await withSimulator(async ({ ports }) => {
      const may = (oid: string, action: string) => ports.access.holds({ oid }, { action, scope });
      assert.equal(await may(engineerOid, 'Microsoft.Compute/snapshots/write'), true);
      assert.equal(await may(readerOid, 'Microsoft.Compute/snapshots/write'), false);
      assert.equal(await may(readerOid, 'Microsoft.Compute/snapshots/read'), true);
      assert.equal(await may('f0000000-0000-4000-8000-00000000000f', 'Microsoft.Compute/snapshots/read'), false);
    });
  });

  it('that the bot lacks are named with the role that would grant them', async () => {
    const strict = { oid: readerOid, simulator: { strictAuthorization: true } };
    await withSimulator(async (simulated) => {
      const vm = await simulated.vmNamed('web-prod-02');
      const disk = await simulated.ports.compute.disk(vm.diskIds[0] ?? '');
      const request = { snapshotId: snapshotIdOf(vm), disk, tags: {}, clientRequestId };
      const failed = await simulated.ports.compute.createSnapshot(request).catch((error: unknown) => error);
      assert.ok(failed instanceof CatalogueError);
      assert.equal(failed.code, 'azure-forbidden');
      assert.deepEqual(
        [failed.values.action, failed.values.role],
        ['Microsoft.Compute/snapshots/write', 'Disk Snapshot Contributor'],
      );
    }, strict);
  });
});

describe('over a disturbed Azure', () => {
  const disturbances = [
    { what: 'a 500', fault: { status: 500 }, code: 'azure-unavailable' },
    { what: 'a 429 without a time', fault: { status: 429 }, code: 'azure-throttled' },
    {
      what: 'a 429 with a long time',
      fault: { status: 429, headers: { 'retry-after': '300' } },
      code: 'azure-throttled',
    },
    { what: 'a cut connection', fault: { cut: true }, code: 'azure-unavailable' },
    { what: 'silence', fault: { hang: true }, code: 'azure-unavailable' },
    { what: 'a body that is no JSON', fault: { malformed: true }, code: 'azure-unavailable' },
    { what: 'a 409', fault: { status: 409 }, code: 'azure-conflict' },
  ] as const;
  const reads: readonly (readonly [name: string, send: (ports: Ports, vm: Vm, itemId: string) => Promise<unknown>])[] =
    [
      ['inventory.vms', (ports) => ports.inventory.vms()],
      ['backup.protectionOf', (ports, vm) => ports.backup.protectionOf(vm)],
      ['backup.item', (ports, _vm, itemId) => ports.backup.item(itemId)],
      ['compute.vm', (ports, vm) => ports.compute.vm(vm.id)],
      ['access.holds', (ports, vm) => ports.access.holds({ oid: readerOid }, { action: 'x/read', scope: vm.id })],
    ];

  for (const { what, fault, code } of disturbances) {
    it(`${what} is told on every gateway, and over when it is over`, async () => {
      await withSimulator(
        async (simulated) => {
          const { ports, simulator } = simulated;
          const vm = await simulated.vmNamed('sql-prod-01');
          const itemId = await itemOf(simulated, 'sql-prod-01');
          await simulator.control.fault({ ...fault, path: '.' });
          await Promise.all(reads.map(([name, send]) => assert.rejects(send(ports, vm, itemId), { code }, name)));
          await simulator.control.clearFaults();
          for (const [, send] of reads) await send(ports, vm, itemId);
        },
        { azure: { timeoutSeconds: 3 } },
      );
    });
  }
});
