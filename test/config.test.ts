import assert from 'node:assert/strict';
import { parseConfig, SettingsError } from '../src/config.ts';
import { settings } from '../src/settings.ts';

const guid = '00000000-0000-4000-8000-000000000001';
const teams = {
  MicrosoftAppId: guid,
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppTenantId: guid,
  MicrosoftAppPassword: 'tiger-in-the-tank',
  AZURE_SUBSCRIPTION_IDS: guid,
};

function faultsOf(mode: 'practice' | 'serve', env: Record<string, string>): readonly string[] {
  try {
    parseConfig(mode, env);
  } catch (error) {
    assert.ok(error instanceof SettingsError);
    return error.faults;
  }
  return [];
}

describe('settings', () => {
  it('are all optional in practice mode', () => {
    const config = parseConfig('practice', {});
    assert.equal(config.port, 3978);
    assert.equal(config.host, '127.0.0.1');
    assert.ok(Object.isFrozen(config));
  });

  it('refuse practice mode together with Teams credentials', () => {
    assert.match(
      faultsOf('practice', { MicrosoftAppId: guid }).join(),
      /MicrosoftAppId must not be set in practice mode/,
    );
    assert.match(faultsOf('practice', { MicrosoftAppPassword: 'x' }).join(), /MicrosoftAppPassword must not be set/);
  });

  it('refuse practice mode on an address that others can reach', () => {
    for (const HOST of ['0.0.0.0', '10.0.0.4', '::', 'example.org'])
      assert.match(faultsOf('practice', { HOST }).join(), /loopback/, HOST);
  });

  it('list everything that Teams mode lacks at once', () => {
    const faults = faultsOf('serve', {}).join('\n');
    for (const name of [
      'MicrosoftAppId',
      'MicrosoftAppType',
      'MicrosoftAppTenantId',
      'MicrosoftAppPassword',
      'AZURE_SUBSCRIPTION_IDS',
    ])
      assert.match(faults, new RegExp(name));
  });

  it('take the on-behalf-of mode whole or not at all, with an app that is not the bot’s', () => {
    const app = {
      SIGN_IN_APP_ID: '00000000-0000-4000-8000-000000000002',
      SIGN_IN_APP_URI: 'api://vaultkeeper.example/app',
      SIGN_IN_APP_SECRET: 'lion',
    };
    const person = { ...teams, AZURE_ACTS_AS: 'person' };
    assert.deepEqual(faultsOf('serve', { ...person, ...app }), []);
    for (const name of ['SIGN_IN_APP_ID', 'SIGN_IN_APP_URI', 'SIGN_IN_APP_SECRET']) {
      assert.match(faultsOf('serve', { ...person, ...app, [name]: '' }).join(), new RegExp(`^${name}`), name);
      assert.match(
        faultsOf('serve', { ...teams, ...app }).join('\n'),
        new RegExp(`${name} is for AZURE_ACTS_AS=person`),
      );
    }
    assert.match(
      faultsOf('serve', { ...person, ...app, SIGN_IN_APP_ID: guid }).join(),
      /must not be the bot’s own app/,
    );
    assert.match(faultsOf('serve', { ...person, ...app, SIGN_IN_CERTIFICATE_PATH: 'x' }).join(), /one of them/);
  });

  it('refuse an unknown app type instead of taking it for MultiTenant as the SDK does', () => {
    assert.match(
      faultsOf('serve', { ...teams, MicrosoftAppType: 'SingelTenant' }).join(),
      /must be one of SingleTenant, UserAssignedMSI, MultiTenant/,
    );
  });

  it('refuse a secret beside a managed identity, and the simulator beside Teams', () => {
    assert.match(
      faultsOf('serve', { ...teams, MicrosoftAppType: 'UserAssignedMSI' }).join(),
      /must not be set with MicrosoftAppType UserAssignedMSI/,
    );
    assert.match(
      faultsOf('serve', { ...teams, AZURE_SIMULATOR_URL: 'http://127.0.0.1:1' }).join(),
      /practice mode and tests only/,
    );
  });

  it('want one credential of the bot, whichever it is', () => {
    const { MicrosoftAppPassword: _, ...without } = teams;
    assert.match(
      faultsOf('serve', without).join(),
      /MicrosoftAppPassword or CertificatePath or .* is needed, one of them/,
    );
    for (const [name, value] of [
      ['CertificatePath', '/run/bot.pem'],
      ['FederatedIdentityClientId', guid],
      ['FederatedTokenFile', '/run/token'],
    ] as const) {
      assert.deepEqual(faultsOf('serve', { ...without, [name]: value }), [], name);
      assert.match(faultsOf('serve', { ...teams, [name]: value }).join(), /one of them/, name);
      const managed = { ...without, MicrosoftAppType: 'UserAssignedMSI', [name]: value };
      assert.match(faultsOf('serve', managed).join(), new RegExp(`${name} must not be set with`));
      assert.match(faultsOf('practice', { [name]: value }).join(), new RegExp(`${name} must not be set in practice`));
    }
    assert.deepEqual(faultsOf('serve', { ...without, MicrosoftAppType: 'UserAssignedMSI' }), []);
  });

  it('keep what is there for 91 days at least, because a run’s code is its own for 90', () => {
    assert.equal(parseConfig('practice', {}).keepDays, 365);
    assert.equal(parseConfig('practice', { KEEP_DAYS: '91' }).keepDays, 91);
    for (const KEEP_DAYS of ['90', '0', '-1', 'never', '1e9'])
      assert.match(faultsOf('practice', { KEEP_DAYS }).join(), /KEEP_DAYS must be/);
  });

  it('never repeat a value in a fault', () => {
    const faults = faultsOf('serve', {
      ...teams,
      MicrosoftAppId: 'tiger-in-the-tank',
      DATABASE_URL: 'mysql://me:tiger-in-the-tank@db',
      PORT: 'tiger-in-the-tank',
    }).join();
    assert.equal(faultsOf('serve', teams).length, 0);
    assert.doesNotMatch(faults, /tiger/);
    assert.match(faults, /DATABASE_URL must be a URL/);
  });

  it('have one line each', () => {
    assert.equal(new Set(settings.map((setting) => setting.name)).size, settings.length);
  });

  it('leave destructive operations on, turn them off in both modes, and refuse anything else', () => {
    assert.equal(parseConfig('practice', {}).destructive, 'on');
    assert.equal(parseConfig('serve', { ...teams, DESTRUCTIVE_OPERATIONS: 'OFF' }).destructive, 'off');
    assert.match(
      faultsOf('serve', { ...teams, DESTRUCTIVE_OPERATIONS: 'false' }).join(),
      /DESTRUCTIVE_OPERATIONS must be/,
    );
  });

  it('hear no guests unless their tenants are named', () => {
    const serve = (env: Record<string, string>) => {
      const config = parseConfig('serve', { ...teams, ...env });
      return config.mode === 'serve' ? config.guestTenants : [];
    };
    assert.deepEqual(serve({}), []);
    assert.deepEqual(serve({ ALLOWED_GUEST_TENANTS: `${guid}, ${guid}` }), [guid, guid]);
    assert.match(
      faultsOf('serve', { ...teams, ALLOWED_GUEST_TENANTS: '*' }).join(),
      /ALLOWED_GUEST_TENANTS must be a GUID/,
    );
  });
});
