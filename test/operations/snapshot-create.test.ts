import assert from 'node:assert/strict';
import type { Snapshot } from '../../src/azure/types.ts';
import { snapshotCreate } from '../../src/operations/snapshots/snapshot-create.ts';
import { aJob, aVm, execution, ids, now, stubContext } from '../support/stub-azure.ts';

const parameters = { vm: ids.vm, keepUntil: '2026-03-09T08:00:00.000Z' };
const asOf = now.toISOString();

function aSnapshot(diskId: string, secondsAgo: number): Snapshot {
  const createdAt = new Date(now.getTime() - secondsAgo * 1000).toISOString();
  return {
    id: `${diskId}-s${secondsAgo}`,
    name: `s${secondsAgo}`,
    resourceGroup: 'rg-sql',
    sourceDiskId: diskId,
    createdAt,
    sizeGib: 128,
    incremental: true,
    tags: {},
  };
}

async function findings(existing: readonly Snapshot[]) {
  const context = stubContext({ inventory: { snapshotsOf: async () => ({ value: existing, asOf }) } });
  return (await snapshotCreate.checks(context, parameters, await snapshotCreate.preview(context, parameters))).map(
    (finding) => finding.id,
  );
}

describe('snapshot.create', () => {
  it('asks for a snapshot of every disk, named after the run and marked with run, requester and expiry', async () => {
    const asked: { snapshotId: string; tags: Readonly<Record<string, string>> }[] = [];
    const createSnapshot = async (request: (typeof asked)[number]) => void asked.push(request);
    const job = await snapshotCreate.submit(stubContext({ compute: { createSnapshot } }), parameters, execution);
    assert.deepEqual(job, { kind: 'snapshots', snapshotIds: asked.map((request) => request.snapshotId) });
    assert.deepEqual(
      asked.map((request) => request.snapshotId.split('/').at(-1)),
      ['os-3f2a9c1e', 'data-3f2a9c1e'],
    );
    assert.deepEqual(asked[0]?.tags, {
      'vaultkeeper-run': execution.runId,
      'vaultkeeper-requester': 'oid-ana',
      'vaultkeeper-expires': parameters.keepUntil,
    });
  });

  it('keeps names within the eighty characters that ARM allows', async () => {
    const vm = async () => aVm({ diskIds: [ids.disk('d'.repeat(80))] });
    const job = await snapshotCreate.submit(
      stubContext({ compute: { vm, createSnapshot: async () => undefined } }),
      parameters,
      execution,
    );
    assert.ok(job.kind === 'snapshots' && (job.snapshotIds[0]?.split('/').at(-1)?.length ?? 99) <= 80);
  });

  it('says that disks of a running VM are not of one instant, those of a stopped one or a single disk are', async () => {
    for (const [change, expected] of [
      [{}, 'not-one-instant'],
      [{ powerState: 'PowerState/deallocated' }, 'stopped'],
      [{ diskIds: [ids.disk('os')] }, 'one-disk'],
    ] as const) {
      const { facts } = await snapshotCreate.preview(
        stubContext({ compute: { vm: async () => aVm(change) } }),
        parameters,
      );
      assert.deepEqual(facts.find((fact) => fact.label.message === 'fact.one-instant')?.value, {
        message: `snapshot.create.${expected}`,
        values: {},
      });
    }
  });

  it('takes the disks that are named and no others, and says that those left out are not of the same instant', async () => {
    const asked: string[] = [];
    const createSnapshot = async ({ snapshotId }: { readonly snapshotId: string }) => void asked.push(snapshotId);
    const context = stubContext({ compute: { createSnapshot } });
    for (const [disks, taken, left] of [
      [['data'], 'data', 'os'],
      [['os'], 'os', 'data'],
      [['OS', ids.disk('data')], 'os,data', undefined],
    ] as const) {
      asked.length = 0;
      const chosen = { ...parameters, disks: [...disks] };
      const { facts, resources } = await snapshotCreate.preview(context, chosen);
      assert.equal(resources.map((id) => id.split('/').at(-1)).join(), taken);
      assert.deepEqual(
        facts.find((fact) => fact.label.message === 'fact.left-out')?.value,
        left === undefined ? undefined : { message: 'snapshot.create.left-out', values: { disks: [left] } },
      );
      await snapshotCreate.submit(context, chosen, execution);
      assert.equal(asked.map((id) => id.split('/').at(-1)?.replace('-3f2a9c1e', '')).join(), taken);
    }
  });

  it('takes nothing when a disk is named that the VM does not have', async () => {
    const given = { ...parameters, disks: ['data', 'other_0'] };
    const context = stubContext({ inventory: { snapshotsOf: async () => ({ value: [], asOf }) } });
    const [first] = await snapshotCreate.checks(context, given, await snapshotCreate.preview(context, given));
    assert.deepEqual([first?.id, first?.severity], ['no-such-disk', 'blocks']);
  });

  it('finds the VM by the name of its disk, and has it asked for in words where no disk says it', async () => {
    const context = stubContext({ inventory: { vms: async () => ({ value: [aVm()], asOf }) } });
    const found = await snapshotCreate.choices?.(context, 'vm', { disks: [ids.disk('os')] });
    assert.deepEqual(
      found?.map(({ value }) => value),
      [ids.vm],
    );
    for (const disks of [undefined, ['data'], ['other_0']])
      assert.equal(await snapshotCreate.choices?.(context, 'vm', { disks }), undefined);
  });

  it('blocks at Azure’s limits: 500 of a disk, 7 of a disk in five minutes', async () => {
    const disk = ids.disk('os');
    assert.deepEqual(await findings([]), ['room']);
    assert.deepEqual(await findings(Array.from({ length: 7 }, (_, at) => aSnapshot(disk, at))), ['limit-rate']);
    assert.deepEqual(await findings(Array.from({ length: 7 }, (_, at) => aSnapshot(disk, 400 + at))), ['room']);
    assert.deepEqual(await findings(Array.from({ length: 500 }, (_, at) => aSnapshot(disk, 400 + at))), [
      'limit-total',
    ]);
  });

  it('finds its snapshots by name after a crash, and takes up again when some are missing', async () => {
    const all = stubContext({ compute: { snapshot: async (id) => ({ ...aSnapshot('x', 0), id }) } });
    const some = stubContext({
      compute: { snapshot: async (id) => (id.includes('/os-') ? { ...aSnapshot('x', 0), id } : undefined) },
    });
    assert.notEqual(await snapshotCreate.findSubmitted(all, parameters, execution), 'nothing');
    assert.equal(await snapshotCreate.findSubmitted(some, parameters, execution), 'nothing');
  });

  it('tells how far apart the snapshots of a running VM are', async () => {
    const context = stubContext({ compute: { snapshot: async (id) => aSnapshot(id, id.includes('/os-') ? 3 : 0) } });
    const { sentence, facts } = await snapshotCreate.result(context, parameters, execution, aJob('succeeded'));
    assert.equal(sentence.message, 'snapshot.create.done');
    assert.match(JSON.stringify(facts), /"spread":\{"seconds":3\}/);
  });

  it('counts no snapshot that Azure could not make, although it stands there as failed', async () => {
    const name = (id: string): string => (id.includes('/os-') ? 'os' : 'data');
    const context = stubContext({
      compute: { snapshot: async (id) => ({ ...aSnapshot('x', 0), id, name: name(id) }) },
    });
    const job = { ...aJob('failed'), tasks: [{ name: 'os', state: 'failed' as const }] };
    const { sentence, facts } = await snapshotCreate.result(context, parameters, execution, job);
    assert.deepEqual(
      [sentence.message, sentence.values],
      ['snapshot.create.partly', { vm: 'sql-01', count: 1, total: 2 }],
    );
    assert.deepEqual(facts[0]?.value, ['data']);
  });
});
