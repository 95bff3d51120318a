import assert from 'node:assert/strict';
import { protectionUndelete } from '../../src/operations/backup/protection-undelete.ts';
import { anItem, execution, ids, stubContext } from '../support/stub-azure.ts';

const parameters = { vm: ids.vm };

describe('protection.undelete', () => {
  it('says when nothing is soft-deleted', async () => {
    for (const [softDeleted, expected] of [
      [true, 'ready'],
      [false, 'not-deleted'],
    ] as const) {
      const context = stubContext({ backup: { item: async () => anItem({ softDeleted }) } });
      const preview = await protectionUndelete.preview(context, parameters);
      const [found] = await protectionUndelete.checks(context, parameters, preview);
      assert.equal(found?.id, expected);
    }
  });

  it('shows until when the data can be brought back', async () => {
    const item = async () => anItem({ softDeleted: true, deletedForGoodAt: '2026-03-10T00:00:00.000Z' });
    const { facts } = await protectionUndelete.preview(stubContext({ backup: { item } }), parameters);
    assert.match(JSON.stringify(facts), /fact.recoverable.*2026-03-10/);
  });

  it('sends one request, and says that protection stays stopped', async () => {
    let sent = 0;
    const undelete = async () => {
      sent += 1;
      return { kind: 'backup', vaultId: ids.vault, operationId: 'o' } as const;
    };
    await protectionUndelete.submit(stubContext({ backup: { undelete } }), parameters, execution);
    assert.equal(sent, 1);
    assert.deepEqual(
      protectionUndelete.next(parameters).map(({ wish }) => wish.operation),
      ['protection.resume', 'recovery-point.list'],
    );
  });
});
