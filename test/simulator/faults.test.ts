import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { startTestSimulator, type TestSimulator } from '../support/simulator.ts';
import { clientsOf, itemOf } from './clients.ts';

const sql = itemOf('rg-sql', 'sql-prod-01');
const body = { properties: { objectType: 'IaasVMBackupRequest' as const } };

describe('faults', () => {
  let simulator: TestSimulator;
  beforeEach(async () => {
    simulator = await startTestSimulator();
  });
  afterEach(() => simulator.close());

  const read = () => clientsOf(simulator).compute.virtualMachines.get('rg-sql', 'sql-prod-01');
  const triggers = async () =>
    (await simulator.control.log()).filter((one) => one.method === 'POST' && one.path.endsWith('/backup')).length;

  it('answer with a status and a body, as often as asked', async () => {
    const error = { error: { code: 'InternalServerError', message: 'broken' } };
    await simulator.control.fault({ method: 'GET', path: 'virtualMachines/sql', status: 500, body: error, count: 2 });
    await assert.rejects(read(), { statusCode: 500, code: 'InternalServerError' });
    await assert.rejects(read(), { statusCode: 500 });
    assert.equal((await read()).name, 'sql-prod-01');
  });

  it('carry headers, such as Retry-After', async () => {
    await simulator.control.fault({ path: '/backup$', status: 429, headers: { 'retry-after': '7' }, count: 1 });
    await assert.rejects(clientsOf(simulator).backup.backups.trigger(...sql, body), (cause) => {
      const { response } = cause as { response: { headers: { get(name: string): string } } };
      return response.headers.get('retry-after') === '7';
    });
  });

  it('cut the connection before the effect, or after it', async () => {
    const { backup } = clientsOf(simulator);
    const running = async () => Object.values(await jobs()).filter((job) => job.byUser).length;
    await simulator.control.fault({ path: '/backup$', cut: true, count: 1 });
    await assert.rejects(backup.backups.trigger(...sql, body));
    assert.equal(await running(), 0);
    await simulator.control.fault({ path: '/backup$', cut: true, after: true, count: 1 });
    await assert.rejects(backup.backups.trigger(...sql, body));
    assert.equal(await running(), 1);
    assert.equal(await triggers(), 2);
  });

  async function jobs() {
    const state = await simulator.control.state();
    const vault = Object.values(state.vaults).find((one) => one.name === 'rsv-prod-weu') ?? assert.fail();
    return vault.backup.jobs;
  }

  it('send a body that is not JSON', async () => {
    await simulator.control.fault({ path: 'sql-prod-01', malformed: true, count: 1 });
    await assert.rejects(read(), { code: 'PARSE_ERROR' });
  });

  it('delay, and hang until the caller gives up', async () => {
    await simulator.control.fault({ path: 'sql-prod-01', delayMs: 30, count: 1 });
    const before = performance.now();
    await read();
    assert.ok(performance.now() - before >= 29);
    await simulator.control.fault({ path: 'sql-prod-01', hang: true, count: 1 });
    const { compute } = clientsOf(simulator);
    const abortSignal = AbortSignal.timeout(50);
    await assert.rejects(compute.virtualMachines.get('rg-sql', 'sql-prod-01', { abortSignal }), { name: 'AbortError' });
  });

  it('strike the same requests for the same seed', async () => {
    const pattern = async () => {
      await simulator.control.clearFaults();
      await simulator.control.fault({ path: 'sql-prod-01', status: 503, probability: 0.5, seed: 7 });
      const outcomes: boolean[] = [];
      for (let index = 0; index < 12; index += 1)
        outcomes.push(
          await read().then(
            () => true,
            () => false,
          ),
        );
      return outcomes;
    };
    const first = await pattern();
    assert.ok(first.includes(true) && first.includes(false));
    assert.deepEqual(await pattern(), first);
  });

  it('are refused when their pattern is not a regular expression', async () => {
    await assert.rejects(simulator.control.fault({ path: '(' }), /not a regular expression/);
  });
});
