import assert from 'node:assert/strict';
import type { ProtectedItem } from '../../src/azure/types.ts';
import { writeItem } from '../../src/operations/backup/item-change.ts';
import { protectionStop } from '../../src/operations/backup/protection-stop.ts';
import { aGuard, aJob, anItem, execution, ids, stubContext } from '../support/stub-azure.ts';

const parameters = { vm: ids.vm };
const job = { kind: 'backup', vaultId: ids.vault, operationId: 'o' } as const;

async function findings(change: Partial<ProtectedItem>, guardOf: () => Promise<ReturnType<typeof aGuard> | undefined>) {
  const context = stubContext({ backup: { item: async () => anItem(change), guardOf } });
  const found = await protectionStop.checks(context, parameters, await protectionStop.preview(context, parameters));
  return found.map(({ id, severity }) => [id, severity]);
}

describe('protection.stop', () => {
  it('is blocked where there is nothing to stop', async () => {
    const none = async () => undefined;
    assert.deepEqual(await findings({}, none), [['ready', 'passed']]);
    assert.deepEqual(await findings({ protectionState: 'ProtectionStopped' }, none), [['already-stopped', 'blocks']]);
    assert.deepEqual(await findings({ softDeleted: true }, none), [['deleted', 'blocks']]);
  });

  it('is not attempted under multi-user authorization, and names the guard', async () => {
    for (const guarded of [writeItem.toUpperCase(), `${writeItem}#stopProtectionWithRetainData`])
      assert.deepEqual(await findings({}, async () => aGuard(guarded)), [['guarded', 'blocks']]);
    assert.deepEqual(await findings({}, async () => aGuard('Microsoft.RecoveryServices/vaults/other/write')), [
      ['ready', 'passed'],
    ]);
  });

  it('warns when nobody can tell whether a guard protects it', async () => {
    const failing = async () => {
      throw new Error('403');
    };
    assert.deepEqual(await findings({}, failing), [['guard-unseen', 'warns']]);
  });

  it('keeps the data: it stops, and sends nothing else', async () => {
    const sent: unknown[] = [];
    const stop = async (...request: unknown[]) => {
      sent.push(request);
      return job;
    };
    assert.deepEqual(await protectionStop.submit(stubContext({ backup: { stop } }), parameters, execution), job);
    assert.deepEqual(sent, [[ids.item, { vmId: ids.vm, clientRequestId: execution.clientRequestId }]]);
  });

  it('finds its own job again by Azure’s kind', async () => {
    const asked: unknown[] = [];
    const jobsSince = async (...request: unknown[]) => {
      asked.push(request);
      return [job];
    };
    const context = stubContext({ backup: { jobsSince } });
    assert.deepEqual(await protectionStop.findSubmitted(context, parameters, execution), job);
    assert.deepEqual(asked, [[ids.item, 'DisableBackup', execution.startingAt]]);
  });

  it('says what cannot be restored any more only when it has stopped', async () => {
    const left = async (state: 'succeeded' | 'failed') =>
      (await protectionStop.result(stubContext(), parameters, execution, aJob(state))).leftToDo.length;
    assert.deepEqual([await left('succeeded'), await left('failed')], [1, 0]);
  });
});
