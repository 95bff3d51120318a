import assert from 'node:assert/strict';
import type { FileScript, JobRef } from '../../src/azure/types.ts';
import { itemId, vaultId, vmId, withArm } from './support/ports.ts';
import { type Simulated, withSimulator } from './support/simulated.ts';

const clientRequestId = 'c0000000-0000-4000-8000-000000000001';
type Session = Extract<JobRef, { kind: 'files' }>;

async function pointOf({ ports, vmNamed }: Simulated, name: string) {
  const vm = await vmNamed(name);
  const { itemId: item = '' } = await ports.backup.protectionOf(vm);
  const points = async () => await ports.backup.recoveryPoints(item);
  const [point] = await points();
  return { vm, pointId: point?.id ?? '', isOpen: async () => (await points())[0]?.filesOpen };
}

async function opened(simulated: Simulated, name: string) {
  const { vm, pointId, isOpen } = await pointOf(simulated, name);
  const request = { vmId: vm.id, initiator: 'vaultkeeper-AAAA', clientRequestId };
  const ref = await simulated.ports.backup.openFiles(pointId, request);
  return { ref: ref as Session, pointId, isOpen, request };
}

describe('sessions of file recovery', () => {
  it('are open when Azure’s operation is over, though Azure makes no job of them', async () => {
    await withSimulator(async (simulated) => {
      const { ref, isOpen } = await opened(simulated, 'sql-prod-01');
      const seen = await simulated.follow(ref);
      assert.deepEqual([seen[0]?.state, seen.at(-1)?.state], ['running', 'succeeded']);
      assert.equal(await isOpen(), true);
    });
  });

  it('give the scripts from the operation, with the password taken out of name and script', async () => {
    await withSimulator(async (simulated) => {
      const { ref } = await opened(simulated, 'sql-prod-01');
      await simulated.follow(ref);
      const [linux, windows] = await simulated.ports.backup.fileScripts(ref);
      assert.equal(linux?.password.length, 15);
      assert.equal(linux?.password, windows?.password);
      assert.deepEqual([linux?.osType, windows?.osType], ['Linux', 'Windows']);
      for (const script of [linux, windows]) assert.ok(!script?.fileName.includes(linux?.password ?? ''));
      assert.match(linux?.content ?? '', /TargetPassword="UserInput012345"/);
      assert.ok(!linux?.content?.includes(linux.password));
      assert.match(windows?.url ?? '', /^https:/);
    });
  });

  it('are refused by Azure while one is open, and once more after they were closed', async () => {
    await withSimulator(async (simulated) => {
      const { ref, pointId, request, isOpen } = await opened(simulated, 'sql-prod-01');
      await simulated.follow(ref);
      await assert.rejects(simulated.ports.backup.openFiles(pointId, request), { code: 'azure-refused' });
      const closing = await simulated.ports.backup.closeFiles(pointId, { clientRequestId });
      assert.equal((await simulated.follow(closing)).at(-1)?.state, 'succeeded');
      assert.equal(await isOpen(), undefined);
      const found = { ...ref, operationId: '', wanted: 'closed' as const };
      assert.equal((await simulated.follow(found)).at(-1)?.state, 'succeeded');
    });
  });

  it('keep nothing of the script in the job’s progress or in the log', async () => {
    const lines: string[] = [];
    const azure = { log: (entry: object) => void lines.push(JSON.stringify(entry)) };
    await withSimulator(
      async (simulated) => {
        const { ref } = await opened(simulated, 'sql-prod-01');
        const seen = JSON.stringify(await simulated.follow(ref));
        const scripts = await simulated.ports.backup.fileScripts(ref);
        assert.ok(lines.length > 3);
        for (const { password } of scripts) for (const text of [seen, ...lines]) assert.ok(!text.includes(password));
      },
      { azure },
    );
  });

  it('without a password are not passed on', async () => {
    const clientScripts = [{ osType: 'Linux', scriptContent: '', scriptNameSuffix: 'short' }];
    const body = { status: 'Succeeded', properties: { recoveryTarget: { clientScripts } } };
    await withArm(
      () => ({ status: 200, body }),
      async ({ ports }) => {
        const ref: Session = {
          kind: 'files',
          vaultId,
          pointId: `${itemId}/recoveryPoints/1`,
          operationId: vmId.slice(-4),
          wanted: 'open',
        };
        const scripts: Promise<readonly FileScript[]> = ports.backup.fileScripts(ref);
        await assert.rejects(scripts, /names no password/);
      },
    );
  });
});
