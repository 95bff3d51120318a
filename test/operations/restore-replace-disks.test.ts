import assert from 'node:assert/strict';
import type { BackupGateway } from '../../src/azure/ports.ts';
import { restoreReplaceDisks } from '../../src/operations/restore/restore-replace-disks.ts';
import { aJob, anAccount, aVm, execution, ids, stubContext } from '../support/stub-azure.ts';

const parameters = { vm: ids.vm, point: ids.point, staging: anAccount('stbackup').id };

describe('restore.replace-disks', () => {
  it('is destructive, says which disks are replaced, and measures them with the power state', async () => {
    assert.equal(restoreReplaceDisks.risk, 'destructive');
    const { sentence, measured, resources } = await restoreReplaceDisks.preview(stubContext(), parameters);
    assert.equal(sentence.values?.count, 2);
    assert.equal(measured['fact.power'], 'PowerState/running');
    assert.match(measured['fact.disks'] ?? '', /disks\/data .*disks\/os/);
    assert.ok(resources.includes(ids.disk('os')));
  });

  it('warns that a running VM is stopped', async () => {
    const found = async (powerState: string) => {
      const context = stubContext({ compute: { vm: async () => aVm({ powerState }) } });
      const preview = await restoreReplaceDisks.preview(context, parameters);
      return (await restoreReplaceDisks.checks(context, parameters, preview)).map(({ id }) => id);
    };
    assert.deepEqual(await found('PowerState/running'), ['running', 'validated']);
    assert.deepEqual(await found('PowerState/deallocated'), ['validated']);
  });

  it('asks for its own disks to be replaced, and for nothing else', async () => {
    const sent: unknown[] = [];
    const restore: BackupGateway['restore'] = async (_, { target }) => {
      sent.push(target);
      return { kind: 'backup', vaultId: ids.vault, operationId: 'o' };
    };
    await restoreReplaceDisks.submit(stubContext({ backup: { restore } }), parameters, execution);
    assert.deepEqual(sent, [{ kind: 'replace-disks' }]);
  });

  it('says that the old disks stay and cost; after a failure, what to look at first', async () => {
    const left = async (state: 'succeeded' | 'failed') =>
      (await restoreReplaceDisks.result(stubContext(), parameters, execution, aJob(state))).leftToDo.map(
        ({ message }) => message,
      );
    assert.deepEqual(await left('succeeded'), ['restore.replace-disks.left-check', 'restore.replace-disks.left']);
    assert.deepEqual(await left('failed'), ['restore.replace-disks.left-failed']);
  });
});
