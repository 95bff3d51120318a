import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Ports } from '../../src/azure/ports.ts';
import { CatalogueError } from '../../src/errors.ts';
import type { Reply } from './support/fake-arm.ts';
import { diskId, itemId, refusal, replicatedId, snapshotId, vaultId, vmId, withArm } from './support/ports.ts';

const action = 'Microsoft.Compute/snapshots/write';
const scope = '/subscriptions/s/resourceGroups/rg-sql';
const unauthorised = `The client 'bot' with object id 'b' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
const missing = `The Resource 'Microsoft.Compute/virtualMachines/sql-01' under resource group 'rg-sql' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
const throttled = `Number of requests for action 'Microsoft.RecoveryServices/vaults/backupJobs/read' exceeded the limit of '150' for time interval '01:00:00'. Please try again after '324' seconds.`;

const vm = {
  id: vmId,
  name: 'sql-01',
  resourceGroup: 'rg-sql',
  subscriptionId: 's',
  location: 'westeurope',
  osType: 'Windows',
  powerState: '',
  tags: {},
  diskIds: [],
} as const;
const disk = { id: diskId, name: 'd', location: 'westeurope', sizeGib: 1, sku: '' };
const clientRequestId = 'c0000000-0000-4000-8000-000000000001';

interface Call {
  readonly name: string;
  readonly changes?: boolean;
  send(ports: Ports): Promise<unknown>;
}

/** One read and, where there is one, one change of every gateway. */
const calls: readonly Call[] = [
  { name: 'inventory.vms', send: ({ inventory }) => inventory.vms() },
  { name: 'backup.protectionOf', send: ({ backup }) => backup.protectionOf(vm) },
  { name: 'backup.item', send: ({ backup }) => backup.item(itemId) },
  { name: 'backup.recoveryPoints', send: ({ backup }) => backup.recoveryPoints(itemId) },
  {
    name: 'backup.start',
    changes: true,
    send: ({ backup }) => backup.start(itemId, { expiresAt: '2026-03-01T00:00:00Z', clientRequestId }),
  },
  { name: 'recovery.item', send: ({ recovery }) => recovery.item(replicatedId) },
  { name: 'recovery.recoveryPoints', send: ({ recovery }) => recovery.recoveryPoints(replicatedId) },
  {
    name: 'recovery.testFailover',
    changes: true,
    send: ({ recovery }) => recovery.testFailover(replicatedId, { clientRequestId }),
  },
  {
    name: 'recovery.cleanUpTestFailover',
    changes: true,
    send: ({ recovery }) => recovery.cleanUpTestFailover(replicatedId, { comments: 'x', clientRequestId }),
  },
  { name: 'compute.vm', send: ({ compute }) => compute.vm(vmId) },
  { name: 'compute.disk', send: ({ compute }) => compute.disk(diskId) },
  {
    name: 'compute.createSnapshot',
    changes: true,
    send: ({ compute }) => compute.createSnapshot({ snapshotId, disk, tags: {}, clientRequestId }),
  },
  { name: 'access.holds', send: ({ access }) => access.holds({ oid: 'o' }, { action, scope }) },
  {
    name: 'jobs.progress of a backup',
    send: ({ jobs }) => jobs.progress({ kind: 'backup', vaultId, operationId: 'op', jobId: 'job' }),
  },
];

async function failureOf(call: Call, reply: Reply): Promise<CatalogueError> {
  let failed: unknown;
  await withArm(
    () => reply,
    async ({ ports }) => {
      failed = await call.send(ports).then(
        () => assert.fail('it was answered'),
        (error: unknown) => error,
      );
    },
    { timeoutSeconds: 5 },
  );
  assert.ok(failed instanceof CatalogueError, String(failed));
  return failed;
}

describe('what Azure refuses, on every gateway', () => {
  for (const call of calls) {
    it(`${call.name}: a 403 names the action, the scope and a role that grants it`, async () => {
      const failed = await failureOf(call, { status: 403, body: refusal('AuthorizationFailed', unauthorised) });
      assert.equal(failed.code, 'azure-forbidden');
      assert.deepEqual(failed.values, {
        code: 'AuthorizationFailed',
        message: unauthorised,
        correlationId: 'corr-1',
        action,
        scope,
        role: 'Disk Snapshot Contributor',
      });
    });

    it(`${call.name}: a 409 is a conflict in Azure's own words`, async () => {
      const failed = await failureOf(call, { status: 409, body: refusal('Conflict', 'Another operation runs.') });
      assert.equal(failed.code, 'azure-conflict');
      assert.deepEqual(failed.azure, {
        status: 409,
        code: 'Conflict',
        message: 'Another operation runs.',
        correlationId: 'corr-1',
      });
    });

    it(`${call.name}: any other refusal keeps Azure's code and message`, async () => {
      const failed = await failureOf(call, { status: 400, body: refusal('BMSUserErrorInvalidInput', 'Input wrong.') });
      assert.equal(failed.code, 'azure-refused');
      assert.deepEqual([failed.values.code, failed.values.message], ['BMSUserErrorInvalidInput', 'Input wrong.']);
    });

    it(`${call.name}: a refusal without words of Azure's shows the status and not the body`, async () => {
      const failed = await failureOf(call, { status: 418, body: '<html>token=secret</html>' });
      assert.equal(failed.azure?.status, 418);
      assert.doesNotMatch(JSON.stringify([failed.message, failed.azure, failed.values]), /secret/);
    });
  }

  for (const call of calls.filter(({ name }) => name !== 'access.holds' && !name.startsWith('jobs'))) {
    it(`${call.name}: a 404 names what is missing`, async () => {
      const failed = await failureOf(call, { status: 404, body: refusal('ResourceNotFound', missing) });
      assert.equal(failed.code, 'azure-not-found');
      assert.equal(failed.values.resource, 'Microsoft.Compute/virtualMachines/sql-01');
    });
  }

  for (const call of calls.filter(({ name }) => !name.startsWith('jobs'))) {
    it(`${call.name}: a 429 tells how long to wait, from the header`, async () => {
      const headers = { 'retry-after': '324' };
      const failed = await failureOf(call, { status: 429, headers, body: refusal('TooManyRequests', 'Slow down.') });
      assert.equal(failed.code, 'azure-throttled');
      assert.equal(failed.azure?.retryAfterSeconds, 324);
      assert.deepEqual(failed.values.wait, { seconds: 324 });
    });

    it(`${call.name}: a 429 without the header tells it from Azure's words`, async () => {
      const failed = await failureOf(call, { status: 429, body: refusal('ResourceRequestsThrottled', throttled) });
      assert.equal(failed.azure?.retryAfterSeconds, 324);
    });
  }
});

describe('what Azure refuses without saying which right or resource', () => {
  const vms = calls.find(({ name }) => name === 'inventory.vms');
  it('has the values that the texts select on', async () => {
    assert.ok(vms);
    const forbidden = await failureOf(vms, { status: 403, body: refusal('Forbidden', 'No.') });
    const { action: what, scope: where, role } = forbidden.values;
    assert.deepEqual([what, where, role], ['none', 'none', 'none']);
    const lost = await failureOf(vms, { status: 404, body: refusal('NotFound', 'Gone.') });
    assert.equal(lost.values.resource, 'none');
  });
});

describe('what nobody answers, on every gateway', () => {
  for (const call of calls) {
    for (const [what, reply] of [
      ['a 500', { status: 500, body: refusal('InternalServerError', 'Encountered internal server error.') }],
      ['a 503 for longer than anybody waits', { status: 503, headers: { 'retry-after': '600' } }],
      ['a cut connection', { cut: true }],
    ] as const) {
      it(`${call.name}: ${what} is "could not look", never a refusal`, async () => {
        const failed = await failureOf(call, reply);
        assert.equal(failed.code, 'azure-unavailable');
        assert.ok(failed.azure?.correlationId, 'there is something to give to support');
      });
    }

    it(`${call.name}: silence ends after the time that was set`, async () => {
      await withArm(
        () => ({ hang: true }),
        async ({ ports }) => {
          await assert.rejects(call.send(ports), { code: 'azure-unavailable' });
        },
        { timeoutSeconds: 0.2 },
      );
    });
  }

  for (const call of calls.filter(({ changes }) => changes !== true)) {
    it(`${call.name}: a body that is no JSON is no answer, and is not shown`, async () => {
      const failed = await failureOf(call, { body: '<html>token=secret' });
      assert.equal(failed.code, 'azure-unavailable');
      assert.doesNotMatch(JSON.stringify([failed.message, failed.azure, failed.values]), /secret/);
    });

    it(`${call.name}: JSON of another shape is no answer`, async () => {
      const failed = await failureOf(call, { body: { value: [{ unexpected: true }], data: [7], nonsense: 1 } });
      assert.equal(failed.code, 'azure-unavailable');
      assert.equal(failed.azure?.code, 'UnreadableAnswer');
    });
  }
});

describe('reads', () => {
  it('are repeated after a passing fault', async () => {
    await withArm(
      (_request, nth) => (nth === 1 ? { status: 500 } : { body: { data: [] } }),
      async ({ arm, ports }) => {
        assert.deepEqual((await ports.inventory.vms()).value, []);
        assert.equal(arm.received.length, 2);
      },
    );
  });

  it('wait out a short Retry-After', async () => {
    await withArm(
      (_request, nth) => (nth === 1 ? { status: 429, headers: { 'retry-after': '0' } } : { body: { data: [] } }),
      async ({ ports }) => assert.deepEqual((await ports.inventory.vms()).value, []),
    );
  });

  it('give up after three tries', async () => {
    await withArm(
      () => ({ status: 502 }),
      async ({ arm, ports }) => {
        await assert.rejects(ports.inventory.vms(), { code: 'azure-unavailable' });
        assert.equal(arm.received.length, 3);
      },
    );
  });
});

describe('an error that is written to a log with all that it holds', () => {
  const replies: readonly (readonly [what: string, reply: Reply])[] = [
    ['an unreadable body', { body: '<html>secret' }],
    ['a refusal with more in it', { status: 400, body: { error: { code: 'X', message: 'Y' }, script: 'secret' } }],
    ['an unreadable refusal', { status: 403, body: 'secret' }],
    ['a cut connection', { cut: true }],
  ];
  for (const [what, reply] of replies) {
    it(`holds neither the token nor the body: ${what}`, async () => {
      const reads = calls.filter(({ changes }) => changes !== true);
      const all = await Promise.all(reads.map(async (call) => [call, await failureOf(call, reply)] as const));
      for (const [call, failed] of all) {
        const text = inspect(failed, { depth: 20, showHidden: true }) + JSON.stringify(failed);
        assert.doesNotMatch(text, /secret|Bearer|eyJ/, call.name);
        assert.match(text, / at .*azure/, 'the way to it is kept');
      }
    });
  }
});

describe('the log', () => {
  it('has method, path, status, correlation id and time, and neither query, token nor body', async () => {
    await withArm(
      () => ({ status: 403, body: refusal('AuthorizationFailed', 'secret words') }),
      async ({ ports, log }) => {
        await ports.backup.recoveryPoints(itemId, { since: '2026-01-01T00:00:00Z' }).catch(() => undefined);
        assert.equal(log.length, 1);
        const { milliseconds, path, ...rest } = log[0] ?? {};
        assert.equal(typeof milliseconds, 'number');
        assert.match(String(path), /\/recoveryPoints$/);
        assert.deepEqual(rest, {
          level: 'debug',
          event: 'azure.answer',
          method: 'GET',
          status: 403,
          correlationId: 'corr-1',
        });
      },
    );
  });

  it('has a line for a request that nobody answered', async () => {
    await withArm(
      () => ({ cut: true }),
      async ({ ports, log }) => {
        await ports.recovery.testFailover(replicatedId, { clientRequestId }).catch(() => undefined);
        assert.deepEqual(
          log.map(({ event, correlationId }) => [event, correlationId]),
          [['azure.no-answer', clientRequestId]],
        );
      },
    );
  });
});
