import assert from 'node:assert/strict';
import type { Snapshot } from '../../src/azure/types.ts';
import { snapshotDelete } from '../../src/operations/snapshots/snapshot-delete.ts';
import { aSnapshot, execution, ids, now, stubContext } from '../support/stub-azure.ts';

const parameters = { snapshot: ids.snapshot };
const asOf = now.toISOString();

async function findings(snapshot: Snapshot, others: readonly Snapshot[]) {
  const context = stubContext({
    compute: { snapshot: async () => snapshot },
    inventory: { snapshotsOf: async () => ({ value: [snapshot, ...others], asOf }) },
  });
  const preview = await snapshotDelete.preview(context, parameters);
  return (await snapshotDelete.checks(context, parameters, preview)).map(({ id }) => id);
}

describe('snapshot.delete', () => {
  it('warns of the last copy: the only snapshot, a disk that is gone, an end that lies ahead', async () => {
    const sibling = aSnapshot({ id: `${ids.snapshot}-2` });
    assert.deepEqual(await findings(aSnapshot(), [sibling]), ['ready']);
    assert.deepEqual(await findings(aSnapshot(), []), ['only']);
    assert.deepEqual(await findings(aSnapshot({ sourceDiskId: ids.disk('gone') }), []), ['orphaned']);
    const tags = { 'vaultkeeper-expires': '2026-04-01T00:00:00.000Z' };
    assert.deepEqual(await findings(aSnapshot({ tags }), [sibling]), ['not-expired']);
  });

  it('does not count on a snapshot that is gone, going or cannot be read, whatever Resource Graph still lists', async () => {
    const sibling = aSnapshot({ id: `${ids.snapshot}-2` });
    const found = async (second: () => Promise<Snapshot | undefined>) => {
      const context = stubContext({
        compute: { snapshot: async (id) => (id === ids.snapshot ? aSnapshot() : await second()) },
        inventory: { snapshotsOf: async () => ({ value: [aSnapshot(), sibling], asOf }) },
      });
      const preview = await snapshotDelete.preview(context, parameters);
      return (await snapshotDelete.checks(context, parameters, preview)).map(({ id }) => id);
    };
    assert.deepEqual(await found(async () => undefined), ['only']);
    assert.deepEqual(await found(async () => ({ ...sibling, deleting: true })), ['only']);
    assert.deepEqual(await found(async () => Promise.reject(new Error('403'))), ['only']);
    assert.deepEqual(await found(async () => sibling), ['ready']);
  });

  it('is destructive, is named after the snapshot, and counts the VM for who must agree', async () => {
    assert.equal(snapshotDelete.risk, 'destructive');
    assert.deepEqual(snapshotDelete.targets(parameters), [ids.snapshot]);
    const context = stubContext({ compute: { snapshot: async () => aSnapshot() } });
    const { resources } = await snapshotDelete.preview(context, parameters);
    assert.ok(resources.includes(ids.vm));
  });

  it('refuses a snapshot that is not there', async () => {
    const context = stubContext({ compute: { snapshot: async () => undefined } });
    await assert.rejects(snapshotDelete.preview(context, parameters), { code: 'azure-not-found' });
  });

  it('takes a snapshot that is gone, or that Azure is just deleting, for its deletion', async () => {
    const found = async (snapshot: Snapshot | undefined) =>
      await snapshotDelete.findSubmitted(
        stubContext({ compute: { snapshot: async () => snapshot } }),
        parameters,
        execution,
      );
    assert.equal(await found(aSnapshot()), 'nothing');
    const taken = { kind: 'resource', id: ids.snapshot, wanted: 'gone' };
    assert.deepEqual(await found(aSnapshot({ deleting: true })), taken);
    assert.deepEqual(await found(undefined), taken);
  });
});
