import assert from 'node:assert/strict';
import { failoverChangePoint } from '../../src/operations/recovery/failover-change-point.ts';
import { aReplica, execution, ids, stubContext } from '../support/stub-azure.ts';
import { aFailedOver, aReplicationEnd, recoveryVmId, sentBy } from './support/recovery.ts';

const points = [{ id: 'p1', time: '2026-03-02T07:00:00.000Z', consistency: 'crash' as const }];
const recoveryPoints = async () => points;
const over = () => stubContext({ recovery: { item: async () => aFailedOver(), recoveryPoints } });

async function findings(context: ReturnType<typeof stubContext>, point: string) {
  const request = { vm: ids.vm, point };
  const preview = await failoverChangePoint.preview(context, request);
  return (await failoverChangePoint.checks(context, request, preview)).map(({ id }) => id);
}

describe('failover.change-point', () => {
  it('is blocked before a failover and for what is no point of the VM', async () => {
    assert.deepEqual(await findings(over(), 'p1'), ['ready']);
    assert.deepEqual(await findings(over(), 'latest-processed'), ['no-such-point']);
    const before = stubContext({ recovery: { item: async () => aReplica(), recoveryPoints } });
    assert.deepEqual(await findings(before, 'p1'), ['not-accepted']);
  });

  it('finds the item also by the VM that the failover made', async () => {
    const preview = await failoverChangePoint.preview(over(), { vm: recoveryVmId, point: 'p1' });
    assert.ok(preview.resources.includes(ids.replica));
  });

  it('offers the points of the item, none of them the latest of whatever time', async () => {
    const choices = await failoverChangePoint.choices?.(over(), 'point', { vm: ids.vm });
    assert.deepEqual(
      choices?.map(({ value }) => value),
      ['p1'],
    );
  });

  it('asks for no point in vain: where Azure takes none any more, it says so at once', async () => {
    const item = async () => aFailedOver({ allowedOperations: ['SwitchProtection'] });
    const after = stubContext({ recovery: { item, recoveryPoints: async () => [] } });
    const asked = async () => await failoverChangePoint.choices?.(after, 'point', { vm: ids.vm });
    await assert.rejects(asked, { code: 'blocked-by-checks' });
  });

  it('sends the point, and leaves the commit to do', async () => {
    const { sent, stub } = sentBy('changePoint');
    await failoverChangePoint.submit(stubContext({ recovery: stub }), { vm: ids.vm, point: 'p1' }, execution);
    assert.deepEqual(sent, [{ recoveryPointId: 'p1', clientRequestId: execution.clientRequestId }]);
    const end = (state: 'succeeded' | 'failed') =>
      failoverChangePoint.result(over(), { vm: ids.vm, point: 'p1' }, execution, aReplicationEnd(state));
    assert.equal((await end('succeeded')).suggestions[0]?.wish.operation, 'failover.commit');
    assert.equal((await end('failed')).sentence.message, 'failover.change-point.failed');
  });
});
