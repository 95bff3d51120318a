import assert from 'node:assert/strict';
import type { JobRef, RecoveryPoint } from '../../src/azure/types.ts';
import { restoreFilesClose } from '../../src/operations/restore/restore-files-close.ts';
import { aJob, aPoint, execution, ids, stubContext } from '../support/stub-azure.ts';

const parameters = { vm: ids.vm, point: ids.point };
const session: JobRef = { kind: 'files', vaultId: ids.vault, pointId: ids.point, operationId: 'op-1', wanted: 'open' };
const contextWith = (point: Partial<RecoveryPoint>) =>
  stubContext({ backup: { recoveryPoints: async () => [aPoint(point)] } });

describe('restore.files-close', () => {
  it('offers only points that are open, and says so where none is', async () => {
    const offered = async (point: Partial<RecoveryPoint>) =>
      await restoreFilesClose.choices?.(contextWith(point), 'point', { vm: ids.vm });
    assert.deepEqual(
      (await offered({ filesOpen: true }))?.map(({ value }) => value),
      [ids.point],
    );
    await assert.rejects(offered({}), { code: 'no-files-open' });
  });

  it('is blocked on a point that is closed, with what that means', async () => {
    const found = async (point: Partial<RecoveryPoint>) => {
      const context = contextWith(point);
      const preview = await restoreFilesClose.preview(context, parameters);
      return (await restoreFilesClose.checks(context, parameters, preview)).map(({ id }) => id);
    };
    assert.deepEqual(await found({ filesOpen: true }), ['open']);
    assert.deepEqual(await found({}), ['closed']);
  });

  it('takes a closed session for its own after a crash, and asks again for an open one', async () => {
    const found = (point: Partial<RecoveryPoint>) =>
      restoreFilesClose.findSubmitted(contextWith(point), parameters, execution);
    assert.deepEqual(await found({}), { ...session, operationId: '', wanted: 'closed' });
    assert.equal(await found({ filesOpen: true }), 'nothing');
  });

  it('says that the script may still open files when the closing failed', async () => {
    const of = async (state: 'succeeded' | 'failed') =>
      (await restoreFilesClose.result(stubContext(), parameters, execution, aJob(state))).leftToDo.length;
    assert.deepEqual([await of('succeeded'), await of('failed')], [0, 1]);
  });
});
