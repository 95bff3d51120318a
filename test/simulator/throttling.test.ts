import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { practiceSubscription, startTestSimulator, type TestSimulator } from '../support/simulator.ts';
import { all, clientsOf, minutes } from './clients.ts';

interface Throttled {
  statusCode: number;
  code: string;
  message: string;
  response: { headers: { get(name: string): string | undefined } };
}

describe('throttling', () => {
  let simulator: TestSimulator;
  beforeEach(async () => {
    simulator = await startTestSimulator({ throttling: true });
  });
  afterEach(() => simulator.close());

  async function refusalOf(send: () => Promise<unknown>): Promise<Throttled> {
    try {
      await send();
    } catch (cause) {
      return cause as Throttled;
    }
    return assert.fail('not throttled');
  }

  it('refuses the 151st job read of a subscription in an hour, whichever vault or call it is for', async () => {
    const { backup } = clientsOf(simulator);
    for (let index = 0; index < 75; index += 1) {
      await all(backup.backupJobs.list('rsv-prod-weu', 'rg-backup-weu'));
      await all(backup.backupJobs.list('rsv-dev-weu', 'rg-dev'));
      await simulator.control.advance(1000);
    }
    const refusal = await refusalOf(() => all(backup.backupJobs.list('rsv-prod-neu', 'rg-backup-neu')));
    assert.deepEqual([refusal.statusCode, refusal.code], [429, 'ResourceRequestsThrottled']);
    assert.match(refusal.message, /'Microsoft.RecoveryServices\/vaults\/backupJobs\/read' exceeded the limit of '150'/);
    assert.equal(refusal.response.headers.get('retry-after'), String(3600 - 75));
    assert.equal(refusal.response.headers.get('x-ms-failure-cause'), 'gateway');
    await simulator.control.advance(minutes(60));
    await all(backup.backupJobs.list('rsv-prod-neu', 'rg-backup-neu'));
  });

  it('empties the bucket of reads, which fills by 25 a second', async () => {
    const { compute } = clientsOf(simulator);
    const read = () => compute.disks.listByResourceGroup('rg-sql').next();
    for (let index = 0; index < 250; index += 1) await read();
    const refusal = await refusalOf(read);
    assert.deepEqual([refusal.statusCode, refusal.code], [429, 'SubscriptionRequestsThrottled']);
    await simulator.control.advance(1000);
    for (let index = 0; index < 25; index += 1) await read();
    assert.equal((await refusalOf(read)).statusCode, 429);
  });

  it('gives Resource Graph fifteen requests in five seconds', async () => {
    const { graph } = clientsOf(simulator);
    const ask = () => graph.resources({ query: '// q:vaults\nresources', subscriptions: [practiceSubscription] });
    for (let index = 0; index < 15; index += 1) await ask();
    const refusal = await refusalOf(ask);
    assert.deepEqual([refusal.statusCode, refusal.code], [429, 'RateLimiting']);
    assert.equal(refusal.response.headers.get('x-ms-user-quota-remaining'), '0');
    await simulator.control.advance(5000);
    await ask();
  });
});
