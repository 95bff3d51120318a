import assert from 'node:assert/strict';
import { backupStart } from '../../src/operations/backup/backup-start.ts';
import { aJob, anItem, execution, ids, now, stubContext } from '../support/stub-azure.ts';

const keepUntil = '2026-05-01T08:00:00.000Z';
const parameters = { vm: ids.vm, keepUntil };
const job = { kind: 'backup', vaultId: ids.vault, operationId: 'o' } as const;

describe('backup.start', () => {
  it('keeps the point for thirty days when nothing was said', async () => {
    assert.deepEqual(await backupStart.defaults?.(stubContext(), { vm: ids.vm }), {
      keepUntil: '2026-04-01T08:00:00.000Z',
    });
  });

  it('refuses an end in the past or beyond what Azure keeps, and names the limit', async () => {
    const preview = (until: string) => backupStart.preview(stubContext(), { vm: ids.vm, keepUntil: until });
    await assert.rejects(preview('2026-03-01T00:00:00.000Z'), { code: 'expiry-in-the-past' });
    await assert.rejects(
      preview('2090-01-01T00:00:00.000Z'),
      (error: { code: string; values: Record<string, unknown> }) =>
        error.code === 'expiry-too-late' && JSON.stringify(error.values.limit).includes('2053'),
    );
  });

  it('asks for the right at the vault that holds the item', async () => {
    const [right] = await backupStart.rights(stubContext(), parameters);
    assert.equal(right?.scope, ids.vault);
    assert.match(right?.action ?? '', /backup\/action$/);
  });

  it('is blocked while protection is stopped or deleted, and warns after a failed backup', async () => {
    for (const [change, id, severity] of [
      [{ protectionState: 'ProtectionStopped' }, 'protection-stopped', 'blocks'],
      [{ softDeleted: true }, 'soft-deleted', 'blocks'],
      [{ lastBackupStatus: 'Failed' }, 'last-failed', 'warns'],
      [{}, 'ready', 'passed'],
    ] as const) {
      const context = stubContext({ backup: { item: async () => anItem(change) } });
      const [finding] = await backupStart.checks(context, parameters, await backupStart.preview(context, parameters));
      assert.deepEqual([finding?.id, finding?.severity], [id, severity]);
    }
  });

  it('sends one request with the expiry and the run’s own request id', async () => {
    const sent: unknown[] = [];
    const start = async (...request: unknown[]) => {
      sent.push(request);
      return job;
    };
    assert.deepEqual(await backupStart.submit(stubContext({ backup: { start } }), parameters, execution), job);
    assert.deepEqual(sent, [[ids.item, { expiresAt: keepUntil, clientRequestId: execution.clientRequestId }]]);
  });

  it('finds its own job again, and does not choose between two', async () => {
    const found = async (jobs: readonly (typeof job)[]) =>
      await backupStart.findSubmitted(
        stubContext({ backup: { backupsSince: async () => jobs } }),
        parameters,
        execution,
      );
    assert.equal(await found([]), 'nothing');
    assert.deepEqual(await found([job]), job);
    assert.equal(await found([job, job]), 'unclear');
  });

  it('names the new recovery point, or says that Azure does not list it yet', async () => {
    const point = {
      id: 'x',
      name: 'x',
      time: now.toISOString(),
      consistency: 'application',
      tiers: ['instant'],
    } as const;
    const result = async (points: readonly (typeof point)[]) =>
      (
        await backupStart.result(
          stubContext({ backup: { recoveryPoints: async () => points } }),
          parameters,
          execution,
          aJob('succeeded'),
        )
      ).sentence.message;
    assert.equal(await result([point]), 'backup.start.done');
    assert.equal(await result([]), 'backup.start.done-unseen');
  });
});
