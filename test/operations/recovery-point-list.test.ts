import assert from 'node:assert/strict';
import { recoveryPointList } from '../../src/operations/status/recovery-point-list.ts';
import { ids, stubContext } from '../support/stub-azure.ts';

const point = {
  id: `${ids.item}/recoveryPoints/1`,
  name: '1',
  time: '2026-03-02T01:02:00.000Z',
  consistency: 'application',
  tiers: ['instant', 'vault'],
} as const;

describe('recovery-point.list', () => {
  it('shows time, consistency and tiers of each point', async () => {
    const { items, title } = await recoveryPointList.answer(
      stubContext({ backup: { recoveryPoints: async () => [point] } }),
      { vm: ids.vm },
    );
    assert.deepEqual(title, { message: 'recovery-point.list.heading', values: { count: 1, vm: 'sql-01' } });
    assert.match(
      JSON.stringify(items),
      /recovery-point.list.application.*recovery-point.list.instant.*recovery-point.list.vault/,
    );
  });

  it('lets a point be chosen for a restore beside the VM, never over it', async () => {
    const context = stubContext({ backup: { recoveryPoints: async () => [point] } });
    const { items } = await recoveryPointList.answer(context, { vm: ids.vm });
    assert.deepEqual(items?.[0]?.opens, { operation: 'restore.new-vm', parameters: { vm: ids.vm, point: point.id } });
  });

  it('asks Azure for the range that was said', async () => {
    const asked: unknown[] = [];
    const recoveryPoints = async (_: string, range: unknown) => {
      asked.push(range);
      return [];
    };
    await recoveryPointList.answer(stubContext({ backup: { recoveryPoints } }), {
      vm: ids.vm,
      since: '2026-03-01T00:00:00.000Z',
    });
    assert.deepEqual(asked, [{ since: '2026-03-01T00:00:00.000Z' }]);
  });

  it('says that the VM is not protected rather than that it has no points', async () => {
    const context = stubContext({ backup: { protectionOf: async () => ({ protected: false }) } });
    await assert.rejects(recoveryPointList.answer(context, { vm: ids.vm }), { code: 'not-protected' });
  });
});
