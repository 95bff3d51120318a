import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { createBot } from '../../src/bot/index.ts';
import type { BotIdentity } from '../../src/bot/options.ts';
import { messageOf, type Trial, withBot } from './support/bot.ts';
import { fakeConnector, homeTenant } from './support/connector.ts';
import { appId, type FakeIssuer, fakeIssuer } from './support/issuer.ts';

/** A bot with Teams' identity, whose connector and issuer are ours. */
async function withTeamsBot(work: (trial: Trial, issuer: FakeIssuer) => Promise<void>): Promise<void> {
  const connector = await fakeConnector();
  const issuer = await fakeIssuer(connector);
  try {
    await withBot({ identity: issuer.identity, connector }, (trial) => work(trial, issuer));
  } finally {
    await issuer.close();
  }
}

const emulatorIssuer = (tenant: string) => `https://sts.windows.net/${tenant}/`;

describe('authentication in Teams', () => {
  it("hears an activity with the Bot Connector's token, and answers with the bot's own", async () => {
    const onMessage = async (turn: { sendActivity(text: string): Promise<unknown> }) =>
      void (await turn.sendActivity('yes'));
    const connector = await fakeConnector();
    const issuer = await fakeIssuer(connector);
    await withBot({ identity: issuer.identity, connector, onMessage }, async ({ heard, post }) => {
      const { status } = await post(messageOf(connector), { authorization: `Bearer ${issuer.token()}` });
      assert.equal(status, 200);
      assert.equal(heard.length, 1);
      const [sent] = connector.messages();
      assert.equal(sent?.authorization, 'Bearer for https://api.botframework.com/.default');
    });
    await issuer.close();
  });

  const refused: Record<string, { claims?: object; header?: object; activity?: object; authorization?: string }> = {
    'without a token': { authorization: '' },
    'with a lower-case scheme': { authorization: 'bearer x.y.z' },
    'for another bot': { claims: { aud: 'somebody-else' } },
    'that expired ten minutes ago': { claims: { exp: Math.floor(Date.now() / 1000) - 600 } },
    'by an unknown key': { header: { kid: 'k2' } },
    'without a signature': { header: { alg: 'none' } },
    'signed with the public key as a secret': { header: { alg: 'HS256' } },
    'of another issuer': { claims: { iss: 'https://example.org' } },
    "of the bot's own tenant, as the emulator's path takes it": {
      claims: {
        iss: emulatorIssuer('d6d49420-f39b-4df7-a1dc-d59a935871db'),
        appid: appId,
        ver: '1.0',
        aud: 'https://api.botframework.com',
      },
    },
    'of a foreign tenant, as the emulator’s path takes it': {
      claims: {
        iss: emulatorIssuer('99999999-0000-4000-8000-000000000000'),
        tid: '99999999-0000-4000-8000-000000000000',
        appid: appId,
        ver: '1.0',
      },
    },
    'for another service URL': { claims: { serviceurl: 'https://smba.trafficmanager.net/emea/' } },
    'without a service URL in the activity': { activity: { serviceUrl: undefined } },
    'with a service URL that is not of Teams': {
      claims: { serviceurl: 'https://evil.example/' },
      activity: { serviceUrl: 'https://evil.example/' },
    },
    'with an empty channel': { activity: { channelId: '' } },
    'from another channel': { activity: { channelId: 'webchat' } },
    'without a channel': { activity: { channelId: undefined } },
    'from a tenant that is not allowed': { activity: { conversation: { id: 'a:1', tenantId: 'foreign' } } },
    'whose two tenants differ': { activity: { channelData: { tenant: { id: 'foreign' } } } },
    'without any tenant': { activity: { conversation: { id: 'a:1' }, channelData: {} } },
  };

  for (const [name, { claims, header, activity, authorization }] of Object.entries(refused)) {
    it(`refuses an activity ${name}`, async () => {
      await withTeamsBot(async ({ connector, heard, post }, issuer) => {
        const bearer = authorization ?? `Bearer ${issuer.token(claims, header)}`;
        const answer = await post(messageOf(connector, activity), { authorization: bearer });
        assert.deepEqual(answer, { status: 401, body: { code: 'Unauthorized' } });
        assert.deepEqual(heard, []);
        assert.deepEqual(connector.sent, [], 'the bot spoke to somebody');
      });
    });
  }

  it('keeps no trace of the tenants that unverified tokens name', async () => {
    await withTeamsBot(async ({ connector, post }, issuer) => {
      const before = knownIssuers();
      for (const tid of ['t1', 't2', 't3']) {
        const token = issuer.token({ iss: emulatorIssuer(tid), tid, appid: appId, ver: '1.0' });
        await post(messageOf(connector), { authorization: `Bearer ${token}` });
      }
      assert.equal(knownIssuers(), before);
    });
  });

  it('acts once when the same request is sent again', async () => {
    await withTeamsBot(async ({ connector, heard, post }, issuer) => {
      const activity = messageOf(connector);
      const authorization = `Bearer ${issuer.token()}`;
      const statuses = [await post(activity, { authorization }), await post(activity, { authorization })];
      assert.deepEqual(
        statuses.map(({ status }) => status),
        [200, 200],
      );
      assert.equal(heard.length, 1);
    });
  });
});

/** The SDK's list of trusted issuers, which its emulator path lets anybody extend. */
function knownIssuers(): number {
  const sdk = createRequire(import.meta.url)('botframework-connector/lib/auth/tokenValidationParameters.js') as {
    readonly ToBotFromBotOrEmulatorTokenValidationParameters: { readonly issuer: readonly string[] };
  };
  return sdk.ToBotFromBotOrEmulatorTokenValidationParameters.issuer.length;
}

describe('the identity of the bot', () => {
  const teams = {
    kind: 'teams',
    appId,
    appType: 'SingleTenant',
    tenantId: homeTenant,
    credential: { getToken: () => Promise.resolve(null) },
  } as const;
  const start = (identity: unknown, allowedTenants: readonly string[] = [homeTenant]) =>
    createBot({ identity, allowedTenants } as Parameters<typeof createBot>[0] & { identity: BotIdentity });

  it('names everything that is missing, and does not start', () => {
    const wrong = { ...teams, appId: '', appType: 'SingelTenant', tenantId: ' ' };
    assert.throws(
      () => start(wrong, []),
      (error: Error) => {
        for (const part of ['MicrosoftAppId', 'SingelTenant', 'MicrosoftAppTenantId', 'ALLOWED_TENANTS'])
          assert.match(error.message, new RegExp(part));
        return true;
      },
    );
  });

  it('refuses a missing app id', () => assert.throws(() => start({ ...teams, appId: '' }), /MicrosoftAppId/));

  it('refuses an unknown app type', () =>
    assert.throws(() => start({ ...teams, appType: 'multi' }), /MicrosoftAppType/));

  it('refuses practice mode with credentials of Teams', () =>
    assert.throws(() => start({ ...teams, kind: 'practice' }), /practice mode/));
});
