import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { practiceSubscription, startTestSimulator, type TestSimulator } from '../support/simulator.ts';
import { skipBecause } from '../support/skip.ts';
import { type AzureCli, hasAzureCli, openAzureCli } from './azure-cli.ts';

const groups = `/subscriptions/${practiceSubscription}/resourceGroups`;
const vault = ['-g', 'rg-backup-weu', '-v', 'rsv-prod-weu'];
const names = ['-c', 'sql-prod-01', '-i', 'sql-prod-01'];
const item = [...names, '--backup-management-type', 'AzureIaasVM'];

describe('the Azure CLI, unmodified', function () {
  this.timeout(300_000);
  let simulator: TestSimulator | undefined;
  let cli: AzureCli;
  before(async function () {
    if (!hasAzureCli())
      skipBecause(this, 'the Azure CLI or openssl is not on this machine (Debian packages azure-cli, openssl)');
    simulator = await startTestSimulator({ clock: 'real', pace: 0.001 });
    cli = await openAzureCli(simulator.url);
  });
  after(async () => {
    if (simulator === undefined) return;
    await cli.close();
    await simulator.close();
  });

  it('lists vaults, items, policies and recovery points', async () => {
    assert.equal(((await cli.run('backup', 'vault', 'list')) as unknown[]).length, 4);
    assert.equal(((await cli.run('backup', 'item', 'list', ...vault)) as unknown[]).length, 14);
    assert.equal(((await cli.run('backup', 'policy', 'list', ...vault)) as unknown[]).length, 3);
    const containers = ['container', 'list', ...vault, '--backup-management-type', 'AzureIaasVM'];
    assert.ok(((await cli.run('backup', ...containers)) as unknown[]).length > 5);
    assert.equal(((await cli.run('backup', 'recoverypoint', 'list', ...vault, ...item)) as unknown[]).length, 14);
  });

  it('backs up now and follows the job', async () => {
    const job = (await cli.run('backup', 'protection', 'backup-now', ...vault, ...item)) as { name: string };
    const waited = await cli.run('backup', 'job', 'wait', ...vault, '-n', job.name, '--timeout', '60');
    const done = waited as { properties: { status: string } };
    assert.equal(done.properties.status, 'Completed');
  });

  it('restores disks', async () => {
    const [point] = (await cli.run('backup', 'recoverypoint', 'list', ...vault, ...item)) as { name: string }[];
    const account = `${groups}/rg-backup-weu/providers/Microsoft.Storage/storageAccounts/stcontosobackupweu`;
    const target = ['--storage-account', account, '--target-resource-group', 'rg-data'];
    const job = await cli.run(
      'backup',
      'restore',
      'restore-disks',
      ...vault,
      ...names,
      '-r',
      point?.name ?? '',
      ...target,
    );
    assert.equal((job as { properties: { operation: string } }).properties.operation, 'Restore');
  });

  it('stops protection and resumes it', async () => {
    const stop = (await cli.run('backup', 'protection', 'disable', ...vault, ...item, '--yes')) as {
      properties: { operation: string };
    };
    assert.equal(stop.properties.operation, 'DisableBackup');
    const policy = ['--policy-name', 'DefaultPolicy'];
    const resume = (await cli.run('backup', 'protection', 'resume', ...vault, ...item, ...policy)) as typeof stop;
    assert.equal(resume.properties.operation, 'ConfigureBackup');
  });

  it('shows, stops and starts a VM', async () => {
    const hybrid = await openAzureCli(simulator?.url ?? '', '2020-09-01-hybrid');
    const vm = ['-g', 'rg-web', '-n', 'web-prod-02'];
    try {
      const listed = (await hybrid.run('vm', 'list')) as { name: string }[];
      assert.ok(listed.some(({ name }) => name === 'web-prod-02'));
      assert.equal(((await hybrid.run('vm', 'show', ...vm, '-d')) as { powerState: string }).powerState, 'VM running');
      await hybrid.run('vm', 'deallocate', ...vm);
      const view = await hybrid.run('vm', 'get-instance-view', ...vm);
      const { statuses } = (view as { instanceView: { statuses: { code: string }[] } }).instanceView;
      assert.ok(statuses.some(({ code }) => code === 'PowerState/deallocated'));
      await hybrid.run('vm', 'start', ...vm);
      assert.equal(((await hybrid.run('vm', 'show', ...vm, '-d')) as { powerState: string }).powerState, 'VM running');
    } finally {
      await hybrid.close();
    }
  });

  it('snapshots a disk and makes a disk of it', async () => {
    const source = `${groups}/rg-web/providers/Microsoft.Compute/disks/web-prod-02_DataDisk_0`;
    const at = ['-g', 'rg-web', '-n', 'cli-snap'];
    const made = (await cli.run('snapshot', 'create', ...at, '--source', source, '--incremental', 'true')) as {
      provisioningState: string;
    };
    assert.equal(made.provisioningState, 'Succeeded');
    const disk = (await cli.run('disk', 'create', '-g', 'rg-web', '-n', 'cli-disk', '--source', 'cli-snap')) as {
      diskSizeGb: number;
    };
    assert.equal(disk.diskSizeGb, 128);
  });
});
