import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TokenCredential } from '@azure/identity';
import pino from 'pino';
import { connectAzure } from '../../src/azure/index.ts';
import { openActingPeople } from '../../src/azure/on-behalf-of.ts';
import { compose } from '../../src/compose.ts';
import { openStore } from '../../src/store/index.ts';
import { clickOf, messageOf } from '../bot/support/bot.ts';
import { fakeConnector, homeTenant, oidOf } from '../bot/support/connector.ts';
import { emptyStore } from '../support/empty-store.ts';
import { forged, signInApp, startFakeEntra } from '../support/entra.ts';
import { practiceSubscription, redirectTo, startTestSimulator } from '../support/simulator.ts';

const contributor = 'b24988ac-6180-42a0-ab88-20f7382dd24c';
const ana = { tenantId: homeTenant, oid: oidOf('29:ana'), name: 'Ana Souza' };

/** The whole product in the on-behalf-of mode, over a strict simulator and an Entra of the test. */
async function startActing() {
  const folder = mkdtempSync(join(tmpdir(), 'vaultkeeper-'));
  cpSync(await emptyStore(), join(folder, 'store'), { recursive: true });
  const logFile = join(folder, 'log.jsonl');
  const log = pino({ level: 'debug' }, pino.destination({ dest: logFile, sync: true }));
  const simulator = await startTestSimulator({ clock: 'real', pace: 0, strictAuthorization: true });
  const entra = await startFakeEntra();
  const connector = await fakeConnector();
  const store = await openStore({ dataFolder: join(folder, 'store'), log });
  const now = () => new Date();
  const subscriptionIds = [practiceSubscription];
  const connect = (credential: TokenCredential) =>
    connectAzure({
      credential,
      subscriptionIds,
      simulatorUrl: simulator.url,
      now,
      firstLookSeconds: 0.3,
      log: (line) => log.info(line),
    });
  const people = openActingPeople({
    app: signInApp,
    connect,
    now,
    httpClient: redirectTo(entra.url),
    log: (line) => log.info(line),
  });
  const azure = connect(simulator.credential());
  const app = compose({
    identity: { kind: 'practice' },
    allowedTenants: [homeTenant],
    azure,
    people: { ...people, resource: signInApp.resource },
    own: { id: async () => undefined, subscriptionIds },
    store,
    log,
    now,
    pace: 0.001,
    cardSeconds: 0.1,
  });
  const { url } = await app.bot.listen(0, '127.0.0.1');
  await app.start();
  const post = async (activity: object) => {
    const response = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    });
    return (await response.json()) as { readonly statusCode?: number };
  };
  return {
    app,
    azure,
    simulator,
    entra,
    connector,
    post,
    logged: () => readFileSync(logFile, 'utf8'),
    async [Symbol.asyncDispose]() {
      await connector.close();
      await app.close();
      await entra.close();
      await simulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describe('a backup on behalf of the person who asked', () => {
  it('is sent to Azure in their name, after they were asked to sign in; what follows is read by the bot', async () => {
    await using world = await startActing();
    const { app, azure, simulator, entra, connector, post } = world;
    await simulator.control.grant({
      objectId: ana.oid,
      role: contributor,
      scope: `/subscriptions/${practiceSubscription}`,
    });
    await post(messageOf(connector));
    const vm = (await azure.inventory.vms()).value.find(({ name }) => name === 'sql-prod-01');
    assert.ok(vm);
    const run = await app.runs.service.propose({
      operation: 'backup.start',
      parameters: { vm: vm.id, keepUntil: new Date(Date.now() + 864e5 * 20).toISOString() },
      actor: ana,
      reader: { locale: 'en-GB', timeZone: 'UTC' },
      conversationId: 'a:1ana',
    });
    await simulator.control.clearLog();
    const confirm = clickOf(connector, {
      verb: 'decide',
      data: { runId: run.id, version: run.version, decision: 'confirm' },
    });
    assert.equal((await post(confirm)).statusCode, 401);
    const token = entra.teamsToken({ oid: ana.oid, tid: ana.tenantId });
    await post({ ...confirm, value: { ...confirm.value, authentication: { id: 'x', token: forged(token) } } });
    assert.equal((await app.runs.service.get(run.id))?.state, 'draft');
    await post({ ...confirm, value: { ...confirm.value, authentication: { id: 'x', token } } });
    for (let left = 100; left > 0 && (await app.runs.service.get(run.id))?.state !== 'succeeded'; left -= 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    const end = await app.runs.service.get(run.id);
    assert.equal(end?.state, 'succeeded', JSON.stringify(end?.why));
    const changes = (await simulator.control.log()).filter(({ path }) => /\/backup$/i.test(path));
    assert.deepEqual(
      changes.map(({ method, principal }) => [method, principal]),
      [['POST', ana.oid]],
    );
    for (const part of token.split('.').slice(1)) assert.ok(!`${world.logged()}${JSON.stringify(end)}`.includes(part));
  }).timeout(30_000);
});
