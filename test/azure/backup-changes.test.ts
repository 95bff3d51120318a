import assert from 'node:assert/strict';
import { nameOf, protectedItemIdOf, resourceGroupScopeOf, sameId } from '../../src/azure/arm-id.ts';
import type { ProtectedItem, RestoreTarget } from '../../src/azure/types.ts';
import { diskId, itemId, refusal, vaultId, vmId, withArm } from './support/ports.ts';
import { type Simulated, withSimulator } from './support/simulated.ts';

const clientRequestId = 'c0000000-0000-4000-8000-000000000001';

async function itemOf({ ports, vmNamed }: Simulated, name: string): Promise<ProtectedItem> {
  const { itemId: found } = await ports.backup.protectionOf(await vmNamed(name));
  return await ports.backup.item(found ?? assert.fail());
}

async function restoreOf(simulated: Simulated, name: string, target: RestoreTarget) {
  const { ports } = simulated;
  const item = await itemOf(simulated, name);
  const [point] = await ports.backup.recoveryPoints(item.id);
  const { subscriptionId, location } = await simulated.vmNamed(name);
  const [account] = await ports.backup.storageAccounts(subscriptionId, location);
  const request = {
    pointName: point?.name ?? '',
    vmId: item.vmId,
    region: location,
    stagingAccountId: account?.id ?? '',
  };
  return { item, request: { ...request, target } };
}

async function newVm(simulated: Simulated, name: string): Promise<RestoreTarget> {
  const { id } = await simulated.vmNamed('sql-prod-01');
  const [network] = (await simulated.ports.inventory.networks('westeurope')).value;
  const networkId = network?.id ?? '';
  const subnetId = `${networkId}/subnets/${network?.subnets[0] ?? ''}`;
  return { kind: 'new-vm', vmId: id.replace(nameOf(id), name), groupId: resourceGroupScopeOf(id), networkId, subnetId };
}

describe('changes of a VM’s protection', () => {
  it('stops with the points kept, and goes on under a policy of the vault', async () => {
    await withSimulator(async (simulated) => {
      const { ports, follow } = simulated;
      const { id, vmId: vm, vaultId } = await itemOf(simulated, 'sql-test-01');
      assert.equal(
        (await follow(await ports.backup.stop(id, { vmId: vm, clientRequestId }))).at(-1)?.state,
        'succeeded',
      );
      assert.equal((await ports.backup.item(id)).protectionState, 'ProtectionStopped');
      assert.ok((await ports.backup.recoveryPoints(id)).length > 0);
      const policy = (await ports.backup.policies(vaultId)).find(({ name }) => name === 'DefaultPolicy');
      const request = { vmId: vm, policyId: policy?.id ?? '', clientRequestId };
      assert.equal((await follow(await ports.backup.protect(id, request))).at(-1)?.state, 'succeeded');
      const { protectionState, policyName } = await ports.backup.item(id);
      assert.deepEqual([protectionState, policyName], ['Protected', 'DefaultPolicy']);
    });
  });

  it('protects a VM under the names that Azure expects', async () => {
    await withSimulator(async (simulated) => {
      const { ports, follow, vmNamed } = simulated;
      const vm = await vmNamed('web-prod-03');
      const vault = (await ports.inventory.vaults()).value.find(({ name }) => name === 'rsv-prod-weu');
      const [policy] = await ports.backup.policies(vault?.id ?? '');
      const id = protectedItemIdOf(vault?.id ?? '', vm.id);
      const request = { vmId: vm.id, policyId: policy?.id ?? '', clientRequestId };
      assert.equal((await follow(await ports.backup.protect(id, request))).at(-1)?.state, 'succeeded');
      assert.equal((await ports.backup.item(id)).protectionState, 'IRPending');
    });
  });

  it('brings soft-deleted data back, and Azure refuses it where nothing is deleted', async () => {
    await withSimulator(async (simulated) => {
      const { ports, follow } = simulated;
      const deleted = await itemOf(simulated, 'legacy-print-01');
      const undo = (item: ProtectedItem) => ports.backup.undelete(item.id, { vmId: item.vmId, clientRequestId });
      assert.equal((await follow(await undo(deleted))).at(-1)?.state, 'succeeded');
      assert.equal((await ports.backup.item(deleted.id)).softDeleted, false);
      await assert.rejects(undo(await itemOf(simulated, 'sql-test-01')), { code: 'azure-conflict' });
    });
  });

  it('finds the job of a change again, by its kind', async () => {
    await withSimulator(async (simulated) => {
      const { ports, clock } = simulated;
      const { id, vmId: vm } = await itemOf(simulated, 'sql-test-01');
      const since = clock.now().toISOString();
      await ports.backup.stop(id, { vmId: vm, clientRequestId });
      assert.equal((await ports.backup.jobsSince(id, 'DisableBackup', since)).length, 1);
      assert.equal((await ports.backup.jobsSince(id, 'Restore', since)).length, 0);
    });
  });

  it('a deletion that finds nothing is not taken for one that was accepted', async () => {
    await withArm(
      () => ({ status: 204 }),
      async ({ ports }) => {
        await assert.rejects(ports.backup.deleteData(itemId, { clientRequestId }), { code: 'azure-not-found' });
      },
    );
  });
});

describe('cancelling a job', () => {
  it('has succeeded when the job is cancelled', async () => {
    await withSimulator(async (simulated) => {
      const { ports, clock, follow, advance } = simulated;
      const item = await itemOf(simulated, 'sql-prod-01');
      const since = clock.now().toISOString();
      const expiresAt = new Date(clock.now().getTime() + 86_400_000).toISOString();
      await ports.backup.start(item.id, { expiresAt, clientRequestId });
      await advance(5);
      const [job] = await ports.backup.jobs(item.vaultId, since);
      const seen = await follow(await ports.backup.cancelJob(job?.id ?? '', { clientRequestId }));
      assert.equal(seen.at(-1)?.state, 'succeeded');
      assert.equal((await ports.backup.job(job?.id ?? '')).status, 'Cancelled');
    });
  });

  it('fails with Azure’s words during the transfer to the vault, although Azure accepted it', async () => {
    await withSimulator(async (simulated) => {
      const { ports, clock, follow, advance } = simulated;
      const item = await itemOf(simulated, 'sql-prod-01');
      const since = clock.now().toISOString();
      const expiresAt = new Date(clock.now().getTime() + 86_400_000).toISOString();
      await ports.backup.start(item.id, { expiresAt, clientRequestId });
      await advance(600);
      const [job] = await ports.backup.jobs(item.vaultId, since);
      const last = (await follow(await ports.backup.cancelJob(job?.id ?? '', { clientRequestId }))).at(-1);
      assert.deepEqual([last?.state, last?.fault?.code], ['failed', 'UserErrorCancelNotSupported']);
    });
  });
});

describe('a cancelling that was found again', () => {
  it('came too late when the job ended otherwise, and has succeeded when it was cancelled', async () => {
    for (const [status, state, code] of [
      ['Completed', 'failed', 'JobAlreadyOver'],
      ['Failed', 'failed', 'JobAlreadyOver'],
      ['Cancelled', 'succeeded', undefined],
    ] as const) {
      const properties = { jobType: 'AzureIaaSVMJob', status, operation: 'Backup' };
      const job = { id: `${vaultId}/backupJobs/j`, name: 'j', properties };
      await withArm(
        ({ path }) => ({ body: path.endsWith('/j') ? job : { value: [job] } }),
        async ({ ports }) => {
          const seen = await ports.jobs.progress({ kind: 'backup-cancel', vaultId, operationId: '', jobId: 'j' });
          assert.deepEqual([seen.state, seen.fault?.code], [state, code]);
        },
      );
    }
  });
});

describe('restores', () => {
  it('a new VM is made beside the old one, which is never overwritten', async () => {
    await withSimulator(async (simulated) => {
      const { ports, follow } = simulated;
      const { item, request } = await restoreOf(simulated, 'sql-prod-01', await newVm(simulated, 'sql-restored'));
      assert.deepEqual(await withTime(simulated, ports.backup.validateRestore(item.id, request)), []);
      const before = await simulated.vmNamed('sql-prod-01');
      const ref = await ports.backup.restore(item.id, { ...request, clientRequestId });
      assert.equal((await follow(ref)).at(-1)?.state, 'succeeded');
      assert.ok((await simulated.vmNamed('sql-restored')).diskIds.length > 0);
      assert.deepEqual((await simulated.vmNamed('sql-prod-01')).diskIds, before.diskIds);
    });
  });

  it('send the recovery type of their target and no other', async () => {
    const targets: readonly [RestoreTarget, string][] = [
      [{ kind: 'disks', groupId: '/g' }, 'RestoreDisks'],
      [{ kind: 'new-vm', vmId: '/v', groupId: '/g', networkId: '/n', subnetId: '/n/subnets/s' }, 'AlternateLocation'],
      [{ kind: 'replace-disks' }, 'OriginalLocation'],
    ];
    for (const [target, recoveryType] of targets) {
      await withArm(
        () => ({ status: 202, headers: { location: 'https://management.azure.com/x/operationResults/op-1' } }),
        async ({ arm, ports }) => {
          const request = { pointName: 'p', vmId, region: 'westeurope', stagingAccountId: '/a', target };
          await ports.backup.restore(itemId, { ...request, clientRequestId });
          const [sent] = arm.received;
          const { properties } = (sent ?? assert.fail()).body as { properties: Record<string, unknown> };
          assert.equal(properties.recoveryType, recoveryType);
          assert.equal('targetVirtualMachineId' in properties, target.kind === 'new-vm');
        },
      );
    }
  });

  it('Azure’s validation names what it would refuse', async () => {
    await withSimulator(async (simulated) => {
      const { item, request } = await restoreOf(simulated, 'sql-prod-01', await newVm(simulated, 'sql-prod-02'));
      const faults = await withTime(simulated, simulated.ports.backup.validateRestore(item.id, request));
      assert.deepEqual(
        faults?.map(({ code }) => code),
        ['UserErrorVmAlreadyExistWithSameName'],
      );
    });
  });

  it('disks are restored into a resource group', async () => {
    await withSimulator(async (simulated) => {
      const { ports, follow } = simulated;
      const groupId = resourceGroupScopeOf((await simulated.vmNamed('sql-prod-01')).id);
      const { item, request } = await restoreOf(simulated, 'sql-prod-01', { kind: 'disks', groupId });
      const ref = await ports.backup.restore(item.id, { ...request, clientRequestId });
      assert.equal((await follow(ref)).at(-1)?.state, 'succeeded');
    });
  });
});

describe('disks and snapshots', () => {
  it('a disk that Azure could not provision has failed; one that is not there yet has not', async () => {
    const ref = { kind: 'resource', id: diskId, wanted: 'ready' } as const;
    for (const [reply, state] of [
      [{ body: { id: diskId, name: 'd', location: 'l', properties: { provisioningState: 'Failed' } } }, 'failed'],
      [{ status: 404, body: refusal('ResourceNotFound', 'none') }, 'running'],
    ] as const)
      await withArm(
        () => reply,
        async ({ ports }) => assert.equal((await ports.jobs.progress(ref)).state, state),
      );
  });

  it('a disk is made from a snapshot, and the snapshot deleted', async () => {
    await withSimulator(async (simulated) => {
      const { ports, follow } = simulated;
      const [snapshot] = (await ports.inventory.snapshots()).value;
      assert.ok(snapshot);
      const diskId = `${resourceGroupScopeOf(snapshot.id)}/providers/Microsoft.Compute/disks/from-snapshot`;
      assert.equal(await ports.compute.findDisk(diskId), undefined);
      const request = { diskId, snapshot, location: 'westeurope', sku: 'Premium_LRS', tags: {}, clientRequestId };
      assert.equal((await follow(await ports.compute.createDisk(request))).at(-1)?.state, 'succeeded');
      assert.equal((await ports.compute.findDisk(diskId))?.sizeGib, snapshot.sizeGib);
      const gone = await ports.compute.deleteSnapshot(snapshot.id, { clientRequestId });
      assert.equal((await follow(gone)).at(-1)?.state, 'succeeded');
      const { value } = await ports.inventory.snapshots();
      assert.ok(!value.some(({ id }) => sameId(id, snapshot.id)));
    });
  });
});

/** Lets the simulated time pass while Azure thinks. */
async function withTime<T>({ advance }: Simulated, waiting: Promise<T>): Promise<T> {
  const tick = setInterval(() => void advance(30), 50);
  try {
    return await waiting;
  } finally {
    clearInterval(tick);
  }
}
