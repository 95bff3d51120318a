import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BotSecret, botCredential } from '../../src/azure/identities.ts';
import { redirectTo } from '../support/simulator.ts';
import { skipBecause } from '../support/skip.ts';
import { startTokenServer, type TokenServer } from './support/token-server.ts';

const appId = '11111111-2222-4333-8444-555555555555';
const identityId = '11111111-2222-4333-8444-777777777777';
const tenantId = '7e4a4700-0000-4000-8000-000000000001';
const scope = 'https://api.botframework.com/.default';
const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

describe('the bot’s credential towards Bot Framework', () => {
  let server: TokenServer;
  let folder: string;

  // The library remembers for the life of the process where managed identities are asked, so there is one server for all.
  before(async () => {
    server = await startTokenServer();
    folder = mkdtempSync(join(tmpdir(), 'vaultkeeper-credentials-'));
    process.env.IDENTITY_ENDPOINT = `${server.url}/identity`;
    process.env.IDENTITY_HEADER = 'header';
  });

  beforeEach(() => server.forget());

  after(async () => {
    delete process.env.IDENTITY_ENDPOINT;
    delete process.env.IDENTITY_HEADER;
    rmSync(folder, { recursive: true });
    await server.close();
  });

  async function tokenWith(secret: BotSecret, tenant = tenantId): Promise<string | undefined> {
    const credential = botCredential({ appId, tenantId: tenant, secret }, { httpClient: redirectTo(server.url) });
    return (await credential.getToken(scope))?.token;
  }

  it('is a client secret', async () => {
    assert.equal(await tokenWith({ kind: 'secret', secret: 'tiger' }), `app ${appId}`);
    const [{ path, form } = assert.fail()] = server.requests;
    assert.equal(path, `/${tenantId}/oauth2/v2.0/token`);
    assert.equal(form.get('client_secret'), 'tiger');
    assert.equal(form.get('grant_type'), 'client_credentials');
    assert.match(form.get('scope') ?? '', /https:\/\/api\.botframework\.com\/\.default/);
  });

  it('is a certificate, whose key signs and does not leave', async function () {
    const path = join(folder, 'bot.pem');
    try {
      const files = ['-keyout', join(folder, 'key'), '-out', join(folder, 'certificate')];
      execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=bot', ...files], {
        stdio: 'ignore',
      });
      writeFileSync(path, execFileSync('cat', [join(folder, 'key'), join(folder, 'certificate')]));
    } catch {
      skipBecause(this, 'openssl is not on this machine (Debian package openssl)');
    }
    assert.equal(await tokenWith({ kind: 'certificate', path }), `app ${appId}`);
    const [{ form } = assert.fail()] = server.requests;
    assert.equal(form.get('client_assertion_type'), jwtBearer);
    assert.equal(form.get('client_assertion')?.split('.').length, 3);
    assert.equal(form.has('client_secret'), false);
  });

  it('is a managed identity that the app trusts: its token for the exchange is the proof', async () => {
    assert.equal(await tokenWith({ kind: 'federated-identity', clientId: identityId }), `app ${appId}`);
    const [asked, exchanged] = server.requests;
    assert.match(asked?.form.get('resource') ?? '', /^api:\/\/AzureADTokenExchange/);
    assert.equal(asked?.form.get('client_id'), identityId);
    assert.equal(exchanged?.form.get('client_assertion'), `identity ${identityId}`);
    assert.equal(exchanged?.form.get('client_assertion_type'), jwtBearer);
    assert.equal(exchanged?.form.get('client_id'), appId);
  });

  it('is the token of a workload, read anew from its file because it is renewed there', async () => {
    const path = join(folder, 'token');
    writeFileSync(path, 'first\n');
    assert.equal(await tokenWith({ kind: 'federated-file', path }), `app ${appId}`);
    writeFileSync(path, 'second\n');
    assert.equal(await tokenWith({ kind: 'federated-file', path }, 'botframework.com'), `app ${appId}`);
    assert.deepEqual(
      server.requests.map(({ form }) => form.get('client_assertion')),
      ['first', 'second'],
    );
    assert.equal(server.requests[1]?.path, '/botframework.com/oauth2/v2.0/token');
  });

  it('is the managed identity that the bot itself is registered with', async () => {
    assert.equal(await tokenWith({ kind: 'managed-identity' }), `identity ${appId}`);
    assert.equal(server.requests[0]?.form.get('resource'), 'https://api.botframework.com');
  });
});
