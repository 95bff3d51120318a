import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { practiceSubscription, startTestSimulator, type TestSimulator } from '../support/simulator.ts';
import { clientsOf } from './clients.ts';

type Row = Record<string, unknown>;

describe('Resource Graph through the vendor client', () => {
  let simulator: TestSimulator;
  before(async () => {
    simulator = await startTestSimulator();
  });
  after(() => simulator.close());

  async function ask(name: string, options: Record<string, unknown> = {}) {
    const { graph } = clientsOf(simulator);
    const query = `// q:${name}\nresources`;
    const subscriptions = [practiceSubscription];
    return graph.resources({ query, subscriptions, options: { resultFormat: 'objectArray', ...options } });
  }

  it('lists VMs with their disks, the OS disk first', async () => {
    const rows = (await ask('virtual-machines')).data as Row[];
    const sql = rows.find((row) => row.name === 'sql-prod-01') ?? assert.fail();
    assert.equal(sql.powerState, 'PowerState/running');
    const disks = sql.diskIds as string[];
    assert.equal(disks.length, 3);
    assert.match(disks[0] ?? '', /OsDisk/);
  });

  it('lists protected items, the failed, stopped and deleted ones among them', async () => {
    const rows = (await ask('protected-items')).data as Row[];
    assert.ok(rows.some((row) => row.lastBackupStatus === 'Failed'));
    assert.ok(rows.some((row) => row.protectionState === 'ProtectionStopped'));
    assert.ok(rows.some((row) => row.isScheduledForDeferredDelete === true));
    const sql = rows.find((row) => row.friendlyName === 'sql-prod-01') ?? assert.fail();
    assert.match(
      String(sql.datasourceId),
      /^\/subscriptions\/.*\/resourcegroups\/rg-sql\/.*\/virtualmachines\/sql-prod-01$/,
    );
  });

  it('lists replicated items, one of them in critical health with hours of RPO', async () => {
    const rows = (await ask('replicated-items')).data as Row[];
    const bad = rows.find((row) => row.replicationHealth === 'Critical') ?? assert.fail();
    assert.ok(Number(bad.rpoInSeconds) > 3600);
  });

  it('answers all other queries of the product', async () => {
    for (const name of ['vaults', 'recovery-plans', 'snapshots', 'networks', 'jobs']) {
      assert.ok((await ask(name)).count > 0, name);
    }
  });

  it('pages with a skip token', async () => {
    const first = await ask('virtual-machines', { top: 20 });
    assert.equal(first.count, 20);
    assert.ok(first.skipToken);
    const second = await ask('virtual-machines', { top: 20, skipToken: first.skipToken });
    assert.equal(second.count, first.totalRecords - 20);
    assert.equal(second.skipToken, undefined);
  });

  it('honours conditions on one column, as the product writes them', async () => {
    const { graph } = clientsOf(simulator);
    const names = async (name: string, where: string) => {
      const query = `// q:${name}\nresources\n| where type =~ 'any'\n| where ${where}\n| project id`;
      const rows = (await graph.resources({ query, subscriptions: [practiceSubscription] })).data as Row[];
      return rows.map((row) => row.name);
    };
    assert.deepEqual(await names('networks', "location =~ 'NorthEurope'"), ['vnet-dr-test', 'vnet-prod-neu']);
    assert.deepEqual(await names('vaults', "name in~ ('RSV-prod-weu', 'it\\'s')"), ['rsv-prod-weu']);
    assert.deepEqual(await names('vaults', "name in~ ('none')"), []);
  });

  it('shows nothing of other subscriptions', async () => {
    const { graph } = clientsOf(simulator);
    const other = '0a1b2c3d-2222-4222-8222-000000000002';
    const answer = await graph.resources({ query: '// q:vaults\nresources', subscriptions: [other] });
    assert.equal(answer.totalRecords, 0);
  });

  it('refuses any other query with the parser failure of Azure', async () => {
    const { graph } = clientsOf(simulator);
    await assert.rejects(graph.resources({ query: 'where where', subscriptions: [practiceSubscription] }), (cause) => {
      const { statusCode, details } = cause as {
        statusCode: number;
        details: { error: { details: { code: string }[] } };
      };
      assert.equal(statusCode, 400);
      assert.deepEqual(
        details.error.details.map((one) => one.code),
        ['InvalidQuery', 'ParserFailure'],
      );
      return true;
    });
  });
});
