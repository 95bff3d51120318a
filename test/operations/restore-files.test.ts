import assert from 'node:assert/strict';
import type { FilesRequest } from '../../src/azure/ports.ts';
import type { FileScript, JobRef, RecoveryPoint } from '../../src/azure/types.ts';
import { CatalogueError } from '../../src/errors.ts';
import { restoreFiles } from '../../src/operations/restore/restore-files.ts';
import { aJob, anItem, aPoint, aVm, execution, ids, stubContext } from '../support/stub-azure.ts';

const parameters = { vm: ids.vm, point: ids.point };
const session: JobRef = { kind: 'files', vaultId: ids.vault, pointId: ids.point, operationId: 'op-1', wanted: 'open' };
const scripts: readonly FileScript[] = [
  { osType: 'Linux', fileName: 'sql-01_we_1.py', password: 'secret-of-linux', content: 'echo' },
  { osType: 'Windows', fileName: 'sql-01_we_1.exe', password: 'secret-of-windows', url: 'https://example.org/a.exe' },
];

function contextWith(point: Partial<RecoveryPoint>, change: Parameters<typeof stubContext>[0] = {}) {
  const backup = { recoveryPoints: async () => [aPoint(point)], fileScripts: async () => scripts, ...change.backup };
  return stubContext({ ...change, backup });
}

async function findings(context: ReturnType<typeof stubContext>) {
  const preview = await restoreFiles.preview(context, parameters);
  return (await restoreFiles.checks(context, parameters, preview)).map(({ id, severity }) => `${severity} ${id}`);
}

describe('restore.files', () => {
  it('asks for nothing from Azure where the requester could not be shown the script alone', async () => {
    const context = { ...contextWith({}), ownChat: async () => false };
    assert.deepEqual(await findings(context), ['blocks no-own-chat']);
    assert.deepEqual(await findings(contextWith({})), ['passed ready']);
  });

  it('is blocked by an open session, an archived point, deleted data and a guard', async () => {
    assert.deepEqual(await findings(contextWith({ filesOpen: true })), ['blocks files-open']);
    assert.deepEqual(await findings(contextWith({ tiers: ['archive'] })), ['blocks archived']);
    const deleted = { backup: { item: async () => anItem({ softDeleted: true }) } };
    assert.deepEqual(await findings(contextWith({}, deleted)), ['blocks data-deleted']);
  });

  it('opens the chosen point in the name of the run', async () => {
    const sent: [string, FilesRequest][] = [];
    const openFiles = async (id: string, request: FilesRequest) => {
      sent.push([id, request]);
      return { ...session } as const;
    };
    await restoreFiles.submit(stubContext({ backup: { openFiles } }), parameters, execution);
    const { clientRequestId, code } = execution;
    assert.deepEqual(sent, [[ids.point, { vmId: ids.vm, initiator: `vaultkeeper-${code}`, clientRequestId }]]);
  });

  it('leaves a request whose answer was lost to a person, and never opens a second session', async () => {
    const found = (point: Partial<RecoveryPoint>) =>
      restoreFiles.findSubmitted(contextWith(point), parameters, execution);
    assert.equal(await found({ filesOpen: true }), 'unclear');
    assert.equal(await found({}), 'unclear');
  });

  it('says how long it is open, where the script went and what is left to do, and holds no secret', async () => {
    const outcome = await restoreFiles.result(stubContext(), parameters, execution, {
      ...aJob('succeeded'),
      ref: session,
    });
    assert.match(JSON.stringify(outcome.sentence), /"until":\{"time":"2026-03-02T\d\d:/);
    assert.equal(outcome.leftToDo.length, 2);
    assert.ok(outcome.reveals);
    assert.doesNotMatch(JSON.stringify(outcome), /secret/);
    const failed = await restoreFiles.result(stubContext(), parameters, execution, { ...aJob('failed'), ref: session });
    assert.deepEqual([failed.reveals, failed.suggestions], [undefined, []]);
  });

  it('reveals the script that fits the VM’s operating system, and no script without its password', async () => {
    const open = { filesOpen: true };
    const windows = JSON.stringify(await restoreFiles.reveal?.(contextWith(open), parameters, session));
    assert.match(windows, /secret-of-windows/);
    assert.match(windows, /example\.org/);
    assert.doesNotMatch(windows, /secret-of-linux/);
    const vms = async () => ({ value: [aVm({ osType: 'Linux' })], asOf: '2026-03-02T08:00:00.000Z' });
    const context = contextWith(open, { inventory: { vms } });
    const linux = JSON.stringify(await restoreFiles.reveal?.(context, parameters, session));
    assert.match(linux, /secret-of-linux/);
    assert.match(linux, /az rest --url .*backupOperations\/op-1/);
    assert.doesNotMatch(linux, /secret-of-windows/);
  });

  it('names neither password nor file in what a notification would show', async () => {
    const answer = await restoreFiles.reveal?.(contextWith({ filesOpen: true }), parameters, session);
    assert.doesNotMatch(JSON.stringify([answer?.title, answer?.lead, answer?.notes]), /secret-of|sql-01_we/);
  });

  it('has nothing to reveal once the session is over, or Azure has forgotten the operation', async () => {
    const gone = async () => {
      throw new CatalogueError('azure-not-found');
    };
    const forgotten = contextWith({ filesOpen: true }, { backup: { fileScripts: gone } });
    for (const context of [contextWith({}), forgotten])
      await assert.rejects(Promise.resolve(restoreFiles.reveal?.(context, parameters, session)), {
        code: 'script-gone',
      });
  });
});
