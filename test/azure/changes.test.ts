import assert from 'node:assert/strict';
import type { Ports } from '../../src/azure/ports.ts';
import { CatalogueError } from '../../src/errors.ts';
import type { Reply } from './support/fake-arm.ts';
import { diskId, itemId, refusal, replicatedId, snapshotId, vaultId, vmId, withArm } from './support/ports.ts';

const clientRequestId = '0b5c6a52-7d7d-4a52-9f7b-0f4a4c1f1a11';
const disk = { id: diskId, name: 'sql-01-os', location: 'westeurope', sizeGib: 128, sku: 'Premium_LRS' };
const restore = {
  pointName: 'p',
  vmId,
  region: 'westeurope',
  stagingAccountId: '/a',
  target: { kind: 'disks', groupId: '/g' },
} as const;
const accepted: Reply = {
  status: 202,
  headers: {
    'azure-asyncoperation': `https://management.azure.com${itemId}/operationsStatus/op-1?api-version=2023-06-01&t=1`,
    location: `https://management.azure.com${replicatedId}/operationresults/job-1?api-version=2023-06-01`,
  },
};

interface Change {
  readonly name: string;
  readonly method: string;
  send(ports: Ports): Promise<unknown>;
}

const changes: readonly Change[] = [
  {
    name: 'backup.start',
    method: 'POST',
    send: ({ backup }) => backup.start(itemId, { expiresAt: '2026-03-11T00:00:00.000Z', clientRequestId }),
  },
  {
    name: 'recovery.testFailover',
    method: 'POST',
    send: ({ recovery }) => recovery.testFailover(replicatedId, { networkId: '/net', clientRequestId }),
  },
  {
    name: 'recovery.cleanUpTestFailover',
    method: 'POST',
    send: ({ recovery }) => recovery.cleanUpTestFailover(replicatedId, { comments: 'done', clientRequestId }),
  },
  {
    name: 'compute.createSnapshot',
    method: 'PUT',
    send: ({ compute }) => compute.createSnapshot({ snapshotId, disk, tags: { run: '4F7K' }, clientRequestId }),
  },
  { name: 'backup.stop', method: 'PUT', send: ({ backup }) => backup.stop(itemId, { vmId, clientRequestId }) },
  {
    name: 'backup.deleteData',
    method: 'DELETE',
    send: ({ backup }) => backup.deleteData(itemId, { clientRequestId }),
  },
  {
    name: 'backup.restore',
    method: 'POST',
    send: ({ backup }) => backup.restore(itemId, { ...restore, clientRequestId }),
  },
  {
    name: 'backup.cancelJob',
    method: 'POST',
    send: ({ backup }) => backup.cancelJob(`${vaultId}/backupJobs/j`, { clientRequestId }),
  },
  {
    name: 'compute.deleteSnapshot',
    method: 'DELETE',
    send: ({ compute }) => compute.deleteSnapshot(snapshotId, { clientRequestId }),
  },
];

describe('changes in Azure', () => {
  for (const change of changes) {
    it(`${change.name} is sent once, with the run's own request id, and nothing is polled`, async () => {
      await withArm(
        ({ method }) => (method === 'GET' ? { body: { value: [] } } : { ...accepted, body: { properties: {} } }),
        async ({ arm, ports }) => {
          await change.send(ports);
          // A poll would be on its way by now, and would arrive before what is asked after it.
          for (let nth = 0; nth < 3; nth += 1) await ports.backup.recoveryPoints(itemId);
          const others = arm.received.filter(({ path }) => !path.endsWith('/recoveryPoints'));
          assert.equal(others.length, 1);
          assert.equal(others[0]?.method, change.method);
          assert.equal(others[0]?.headers['x-ms-client-request-id'], clientRequestId);
        },
      );
    });

    for (const status of [500, 503, 429]) {
      it(`${change.name} is not repeated on ${status}, not even when Azure names a time`, async () => {
        const headers = { 'retry-after': '0' };
        await withArm(
          () => ({ status, headers, body: refusal('Busy', 'busy') }),
          async ({ arm, ports }) => {
            await assert.rejects(change.send(ports), CatalogueError);
            assert.equal(arm.received.length, 1);
          },
        );
      });
    }

    it(`${change.name} is not repeated when the connection breaks, and nobody claims that Azure refused`, async () => {
      await withArm(
        () => ({ cut: true }),
        async ({ arm, ports }) => {
          await assert.rejects(change.send(ports), { code: 'azure-unavailable' });
          assert.equal(arm.received.length, 1);
        },
      );
    });

    it(`${change.name} gives up after its time`, async () => {
      await withArm(
        () => ({ hang: true }),
        async ({ arm, ports }) => {
          const failed = await change.send(ports).catch((error: unknown) => error);
          assert.ok(failed instanceof CatalogueError);
          assert.deepEqual([failed.code, failed.azure?.code], ['azure-unavailable', 'Timeout']);
          assert.equal(failed.azure?.correlationId, arm.received[0]?.headers['x-ms-client-request-id']);
          assert.equal(arm.received.length, 1);
        },
        { timeoutSeconds: 0.3 },
      );
    });
  }
});

describe('backup now', () => {
  it('sends the expiry and names the operation that Azure opened', async () => {
    await withArm(
      () => accepted,
      async ({ arm, ports }) => {
        const ref = await ports.backup.start(itemId, { expiresAt: '2026-03-11T00:00:00.000Z', clientRequestId });
        assert.deepEqual(ref, { kind: 'backup', vaultId, operationId: 'op-1' });
        assert.deepEqual(arm.received[0]?.body, {
          properties: {
            objectType: 'IaasVMBackupRequest',
            recoveryPointExpiryTimeInUTC: '2026-03-11T00:00:00.000Z',
          },
        });
        assert.match(
          arm.received[0]?.rawPath ?? '',
          /\/protectedItems\/VM%3Biaasvmcontainerv2%3Brg-sql%3Bsql-01\/backup$/,
        );
      },
    );
  });

  it('counts an acceptance that names no operation as unknown, not as a refusal', async () => {
    await withArm(
      () => ({ status: 202 }),
      async ({ ports }) => {
        const start = ports.backup.start(itemId, { expiresAt: '2026-03-11T00:00:00.000Z', clientRequestId });
        await assert.rejects(start, { code: 'azure-unavailable' });
      },
    );
  });

  it('keeps the operation when the body of the acceptance is garbage', async () => {
    await withArm(
      () => ({ ...accepted, body: '<html>' }),
      async ({ ports }) => {
        const ref = await ports.backup.start(itemId, { expiresAt: '2026-03-11T00:00:00.000Z', clientRequestId });
        assert.deepEqual(ref, { kind: 'backup', vaultId, operationId: 'op-1' });
      },
    );
  });
});

describe('test failover', () => {
  it('names the job after the operation in Location, and sends the point and the network', async () => {
    await withArm(
      () => accepted,
      async ({ arm, ports }) => {
        const recoveryPointId = `${replicatedId}/recoveryPoints/rp-1`;
        const request = { recoveryPointId, networkId: '/net', clientRequestId };
        const ref = await ports.recovery.testFailover(replicatedId, request);
        assert.deepEqual(ref, { kind: 'replication', vaultId, jobId: 'job-1' });
        assert.deepEqual(arm.received[0]?.body, {
          properties: {
            failoverDirection: 'PrimaryToRecovery',
            networkType: 'VmNetworkAsInput',
            networkId: '/net',
            providerSpecificDetails: { instanceType: 'A2A', recoveryPointId },
          },
        });
      },
    );
  });

  it('attaches no network when none is given', async () => {
    await withArm(
      () => accepted,
      async ({ arm, ports }) => {
        await ports.recovery.testFailover(replicatedId, { clientRequestId });
        assert.deepEqual(arm.received[0]?.body, {
          properties: {
            failoverDirection: 'PrimaryToRecovery',
            networkType: 'NoNetworkAttachAsInput',
            providerSpecificDetails: { instanceType: 'A2A' },
          },
        });
      },
    );
  });

  it('sends the comments with the cleanup', async () => {
    await withArm(
      () => accepted,
      async ({ arm, ports }) => {
        await ports.recovery.cleanUpTestFailover(replicatedId, { comments: 'drill done', clientRequestId });
        assert.deepEqual(arm.received[0]?.body, { properties: { comments: 'drill done' } });
        assert.match(arm.received[0]?.path ?? '', /\/testFailoverCleanup$/);
      },
    );
  });
});

describe('snapshots', () => {
  it('are incremental copies of the disk, in its region, with the tags', async () => {
    await withArm(
      () => ({ status: 202, body: { properties: { provisioningState: 'Updating' } } }),
      async ({ arm, ports }) => {
        await ports.compute.createSnapshot({ snapshotId, disk, tags: { run: '4F7K' }, clientRequestId });
        assert.deepEqual(arm.received[0]?.body, {
          location: 'westeurope',
          tags: { run: '4F7K' },
          properties: { creationData: { createOption: 'Copy', sourceResourceId: diskId }, incremental: true },
        });
      },
    );
  });
});
