import assert from 'node:assert/strict';
import { connectAzure } from '../../src/azure/index.ts';
import { type ActingPeople, openActingPeople } from '../../src/azure/on-behalf-of.ts';
import { CatalogueError } from '../../src/errors.ts';
import { type FakeEntra, forged, signInApp, startFakeEntra } from '../support/entra.ts';
import {
  botObjectId,
  practiceSubscription,
  redirectTo,
  startTestSimulator,
  type TestSimulator,
} from '../support/simulator.ts';

const tenantId = '7e4a4700-0000-4000-8000-000000000001';
const ana = { tenantId, oid: 'aaaaaaaa-0000-4000-8000-00000000000a', name: 'Ana' };
const ben = { tenantId, oid: 'bbbbbbbb-0000-4000-8000-00000000000b', name: 'Ben' };
const contributor = 'b24988ac-6180-42a0-ab88-20f7382dd24c';
const scope = `/subscriptions/${practiceSubscription}`;

describe('Azure on behalf of a person', () => {
  let entra: FakeEntra;
  let simulator: TestSimulator;
  let people: ActingPeople;
  let lines: unknown[];
  let time: Date;

  before(async () => {
    simulator = await startTestSimulator({ strictAuthorization: true });
  });

  after(() => simulator.close());

  beforeEach(async () => {
    entra = await startFakeEntra();
    lines = [];
    time = new Date();
    const log = (line: object) => void lines.push(line);
    people = openActingPeople({
      app: signInApp,
      now: () => time,
      log,
      httpClient: redirectTo(entra.url),
      connect: (credential) =>
        connectAzure({
          credential,
          subscriptionIds: [practiceSubscription],
          simulatorUrl: simulator.url,
          now: () => new Date(),
          log,
        }),
    });
  });

  afterEach(() => entra.close());

  const tokenOf = (person: typeof ana) => entra.teamsToken({ oid: person.oid, tid: person.tenantId });

  async function snapshotAs(person: typeof ana): Promise<unknown> {
    const id = `${scope}/resourceGroups/rg-sql/providers/Microsoft.Compute/snapshots/of-${person.name}`;
    await simulator.control.clearLog();
    return await people
      .azureAs(person)
      .compute.deleteSnapshot(id, { clientRequestId: 'c0000000-0000-4000-8000-000000000001' })
      .catch((error: unknown) => error);
  }

  it('is Azure as that person: the request names their object id, and not the bot’s', async () => {
    await simulator.control.grant({ objectId: ana.oid, role: contributor, scope, name: 'Ana' });
    assert.equal(await people.signIn(ana, tokenOf(ana)), 'signed-in');
    const became = await snapshotAs(ana);
    assert.ok(!(became instanceof CatalogueError && became.code === 'azure-forbidden'), String(became));
    const log = await simulator.control.log();
    assert.deepEqual([...new Set(log.map(({ principal }) => principal))], [ana.oid]);
    const [exchange] = entra.requests;
    assert.equal(exchange?.path, `/${tenantId}/oauth2/v2.0/token`);
    assert.equal(exchange?.form.get('requested_token_use'), 'on_behalf_of');
    assert.match(exchange?.form.get('scope') ?? '', /https:\/\/management\.azure\.com\/\.default/);
  });

  it('refuses by itself what the person may not do, although the bot may', async () => {
    await simulator.control.grant({ objectId: botObjectId, role: contributor, scope, name: 'bot' });
    await people.signIn(ben, tokenOf(ben));
    const refused = await snapshotAs(ben);
    assert.ok(refused instanceof CatalogueError, String(refused));
    assert.equal(refused.code, 'azure-forbidden');
    assert.equal(refused.azure?.status, 403);
    assert.deepEqual(
      (await simulator.control.log()).map(({ principal, status }) => [principal, status]),
      [[ben.oid, 403]],
    );
  });

  const others = {
    'of another person': { oid: ben.oid },
    'of another tenant': { tid: '99999999-0000-4000-8000-000000000001' },
    'for another app': { aud: '33333333-2222-4333-8444-555555555555' },
    'that is over': { exp: 1_700_000_000 },
    'of an app instead of a person': { scp: '' },
  };
  for (const [what, said] of Object.entries(others)) {
    it(`takes no token ${what}, and does not even show it to Entra`, async () => {
      const token = entra.teamsToken({ oid: ana.oid, tid: tenantId, ...said });
      assert.equal(await people.signIn(ana, token), 'not-theirs');
      assert.deepEqual(entra.requests, []);
      assert.throws(() => people.azureAs(ana), { code: 'sign-in-needed' });
    });
  }

  it('takes a token for the app by its URI as well', async () => {
    const token = entra.teamsToken({ oid: ana.oid, tid: tenantId, aud: signInApp.resource });
    assert.equal(await people.signIn(ana, token), 'signed-in');
  });

  it('believes no token that Entra has not made, nor one that Entra gave for somebody else', async () => {
    assert.equal(await people.signIn(ana, forged(tokenOf(ana))), 'refused');
    assert.equal(await people.signIn(ana, 'no token at all'), 'not-theirs');
    entra.mixUp(ben.oid);
    assert.equal(await people.signIn(ana, tokenOf(ana)), 'not-theirs');
    assert.equal(people.isSignedIn(ana), false);
    assert.equal(people.isSignedIn(ben), false);
  });

  it('ends some minutes before the token does, and is never another person’s', async () => {
    await people.signIn(ana, tokenOf(ana));
    assert.equal(people.isSignedIn(ana), true);
    assert.equal(people.isSignedIn({ ...ana, tenantId: 'another' }), false);
    assert.throws(() => people.azureAs(ben), { code: 'sign-in-needed' });
    time = new Date(time.getTime() + 56 * 60 * 1000);
    assert.equal(people.isSignedIn(ana), false);
    assert.throws(() => people.azureAs(ana), { code: 'sign-in-needed' });
  });

  it('asks Entra once, however many of the person’s devices send a token', async () => {
    await people.signIn(ana, tokenOf(ana));
    await people.signIn(ana, tokenOf(ana));
    assert.equal(entra.requests.length, 1);
  });

  it('leaves nothing of a token in the log', async () => {
    const token = tokenOf(ana);
    await people.signIn(ana, forged(token));
    await people.signIn(ben, token);
    await people.signIn(ana, token);
    await snapshotAs(ana);
    const written = JSON.stringify([lines, await simulator.control.log()]);
    for (const part of [...token.split('.'), ...forged(token).split('.'), signInApp.secret.secret])
      assert.ok(!written.includes(part), part);
    assert.match(written, /AADSTS500133/);
  });
});
