import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { startTestSimulator, type TestSimulator } from '../support/simulator.ts';
import { all, clientsOf, itemOf, minutes } from './clients.ts';

describe('the control of the simulator', () => {
  let simulator: TestSimulator;
  beforeEach(async () => {
    simulator = await startTestSimulator();
  });
  afterEach(() => simulator.close());

  const post = (path: string, body: unknown, method = 'POST') =>
    fetch(`${simulator.url}/_simulator/${path}`, { method, body: JSON.stringify(body) });

  it('stands in the README, every command of it', async () => {
    const readme = await readFile(new URL('../../src/simulator/README.md', import.meta.url), 'utf8');
    const answer = (await (await post('none', {})).json()) as { error: { message: string } };
    const commands = answer.error.message.split('one of: ')[1]?.split(', ') ?? [];
    assert.ok(commands.length > 12);
    for (const command of commands) assert.ok(readme.includes(`\`${command}`), `${command} is not in the README`);
  });

  it('makes the clock run faster, stops it, and sets it', async () => {
    await post('clock', { now: '2030-01-01T00:00:00Z' }, 'PUT');
    assert.equal((await simulator.control.now()).toISOString(), '2030-01-01T00:00:00.000Z');
    await post('clock', { factor: 100_000 }, 'PUT');
    while ((await simulator.control.now()).getTime() < Date.parse('2030-01-01T00:01:00Z'));
    await post('clock', { mode: 'manual' }, 'PUT');
    assert.deepEqual(await simulator.control.now(), await simulator.control.now());
  });

  it('goes back to where it began, with an empty log and no faults', async () => {
    const { backup } = clientsOf(simulator);
    const sql = itemOf('rg-sql', 'sql-prod-01');
    const before = (await all(backup.recoveryPoints.list(...sql))).length;
    await backup.backups.trigger(...sql, { properties: { objectType: 'IaasVMBackupRequest' } });
    await simulator.control.advance(minutes(60));
    await simulator.control.fault({ path: 'recoveryPoints', status: 500 });
    await simulator.control.reset();
    assert.equal((await all(backup.recoveryPoints.list(...sql))).length, before);
    assert.equal((await simulator.control.log()).length, 1);
  });

  it('seeds an empty estate and a generated one', async () => {
    await simulator.control.seed({ estate: 'empty' });
    assert.deepEqual(await all(clientsOf(simulator).vaults.vaults.listBySubscriptionId()), []);
    await simulator.control.seed({ estate: 'generated', vaults: 5, vms: 250, jobs: 20 });
    const { vaults, backup, compute } = clientsOf(simulator);
    assert.equal((await all(vaults.vaults.listBySubscriptionId())).length, 5);
    assert.equal((await all(compute.virtualMachines.listAll())).length, 250);
    assert.equal((await all(backup.backupProtectedItems.list('rsv-0001', 'rg-backup-northeurope'))).length, 50);
    await assert.rejects(simulator.control.seed({ estate: 'nowhere' }), /UnknownEstate/);
  });

  it('lets Resource Graph lag behind', async () => {
    const { graph, compute } = clientsOf(simulator);
    const count = async () => (await graph.resources({ query: '// q:snapshots\n' })).count;
    const before = await count();
    await simulator.control.settings({ graphLag: minutes(5) });
    await compute.snapshots.delete('rg-web', 'web-prod-01-before-patch').submitted();
    await simulator.control.advance(minutes(1));
    assert.equal(await count(), before);
    await simulator.control.advance(minutes(5));
    assert.equal(await count(), before - 1);
  });

  it('notes who called, with which ids, and what was answered', async () => {
    await clientsOf(simulator).compute.virtualMachines.get('rg-sql', 'sql-prod-01');
    const [entry] = await simulator.control.log();
    assert.equal(entry?.status, 200);
    assert.equal(entry?.principal, 'b0000000-0000-4000-8000-000000000001');
    assert.match(entry?.clientRequestId ?? '', /^[\da-f-]{36}$/);
    assert.match(entry?.correlationId ?? '', /^[\da-f-]{36}$/);
  });

  it('shows a page without script', async () => {
    const response = await fetch(`${simulator.url}/`);
    const html = await response.text();
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.ok(html.includes('sql-prod-01') && !html.includes('<script'));
  });
});
