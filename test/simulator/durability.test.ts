import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { redirectTo, startTestSimulator } from '../support/simulator.ts';
import { all, clientsOf, itemOf, minutes } from './clients.ts';

const sql = itemOf('rg-sql', 'sql-prod-01');
const main = new URL('../../src/simulator/main.ts', import.meta.url).pathname;

describe('a simulator with a state file', () => {
  let folder: string;
  let stateFile: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-'));
    stateFile = join(folder, 'state.json');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function spawnSimulator(): Promise<{ url: string; child: ChildProcess }> {
    const child = spawn(process.execPath, [main, '--port', '0', '--clock', 'manual', '--state-file', stateFile]);
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /http:\/\/[\d.:]+/.exec(line)?.[0];
      if (url !== undefined) return { url, child };
    }
    return assert.fail('the simulator did not start');
  }

  const clientsAt = (url: string) => {
    const credential = { getToken: () => Promise.resolve({ token: 'a.e30.c', expiresOnTimestamp: Date.now() + 1e6 }) };
    return clientsOf({ httpClient: redirectTo(url), credential: () => credential } as unknown as Parameters<
      typeof clientsOf
    >[0]);
  };

  it('has lost nothing that it had answered when it was killed', async () => {
    const first = await spawnSimulator();
    await clientsAt(first.url).backup.backups.trigger(...sql, { properties: { objectType: 'IaasVMBackupRequest' } });
    const before = await all(
      clientsAt(first.url).backup.backupJobs.list(sql[0], sql[1], { filter: "status eq 'InProgress'" }),
    );
    const gone = once(first.child, 'exit');
    first.child.kill('SIGKILL');
    await gone;
    const second = await spawnSimulator();
    try {
      const after = await all(
        clientsAt(second.url).backup.backupJobs.list(sql[0], sql[1], { filter: "status eq 'InProgress'" }),
      );
      assert.deepEqual(
        after.map((job) => job.name),
        before.map((job) => job.name),
      );
      await fetch(`${second.url}/_simulator/clock/advance`, {
        method: 'POST',
        body: JSON.stringify({ ms: minutes(60) }),
      });
      const job = await clientsAt(second.url).backup.jobDetails.get(sql[0], sql[1], before[0]?.name ?? '');
      assert.equal(job.properties?.status, 'Completed');
    } finally {
      second.child.kill('SIGKILL');
    }
  });

  it('keeps what time alone has brought about once somebody has seen it', async () => {
    const first = await startTestSimulator({ stateFile });
    await clientsOf(first).backup.backups.trigger(...sql, { properties: { objectType: 'IaasVMBackupRequest' } });
    await first.control.advance(minutes(50));
    const seen = await all(clientsOf(first).backup.recoveryPoints.list(...sql));
    await first.close();
    const second = await startTestSimulator({ stateFile });
    const kept = await all(clientsOf(second).backup.recoveryPoints.list(...sql));
    await second.close();
    assert.deepEqual(
      kept.map((point) => point.name),
      seen.map((point) => point.name),
    );
  });

  it('refuses to start over a file that is something else', async () => {
    await writeFile(stateFile, '{"hello": "world"}');
    await assert.rejects(startTestSimulator({ stateFile }), /not a state of this simulator/);
  });
});
