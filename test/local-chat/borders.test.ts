import assert from 'node:assert/strict';
import { request } from 'node:http';
import { startTestChat, type TestChat } from '../support/chat.ts';
import { startFakeBot } from '../support/fake-bot.ts';

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
}

function call(chat: TestChat, path: string, { method = 'GET', headers = {}, body = '' } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(`${chat.url}${path}`, { method, headers }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
    });
    sent.on('error', reject).end(body);
  });
}

async function withChat(test: (chat: TestChat) => Promise<void>): Promise<void> {
  await using bot = await startFakeBot(async () => undefined);
  await using chat = await startTestChat({ botUrl: bot.url });
  await test(chat);
}

const json = { 'content-type': 'application/json' };
const say = { method: 'POST', body: JSON.stringify({ as: 'ana-souza', conversation: 'x', text: 'hi' }) };

describe('the border of the local chat', () => {
  it('answers only to loopback names, on the page, its deeds and the connector', () =>
    withChat(async (chat) => {
      for (const path of ['/', '/local-chat/api/events?as=ana-souza', '/v3/conversations/x/members']) {
        assert.equal((await call(chat, path, { headers: { host: 'evil.example' } })).status, 421, path);
        assert.notEqual((await call(chat, path, { headers: { host: '127.0.0.1.evil.example' } })).status, 200, path);
      }
      assert.equal((await call(chat, '/', { headers: { host: 'localhost:3978' } })).status, 200);
      assert.equal((await call(chat, '/', { headers: { host: '[::1]:3978' } })).status, 200);
    }));

  it('refuses what another page posts', () =>
    withChat(async (chat) => {
      for (const foreign of [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
      ]) {
        const answer = await call(chat, '/local-chat/api/messages', { ...say, headers: { ...json, ...foreign } });
        assert.equal(answer.status, 403, JSON.stringify(foreign));
      }
      const own = { ...json, origin: chat.url, 'sec-fetch-site': 'same-origin' };
      assert.equal((await call(chat, '/local-chat/api/messages', { ...say, headers: own })).status, 404);
    }));

  it('refuses a body that a form could send', () =>
    withChat(async (chat) => {
      const headers = { 'content-type': 'text/plain' };
      assert.equal((await call(chat, '/local-chat/api/messages', { ...say, headers })).status, 415);
      assert.equal((await call(chat, '/v3/conversations', { ...say, headers })).status, 415);
    }));

  it('answers broken requests with an error and stays alive', () =>
    withChat(async (chat) => {
      const post = { method: 'POST', headers: json };
      assert.equal((await call(chat, '/v3/conversations', { ...post, body: '{' })).status, 400);
      assert.equal((await call(chat, '/v3/conversations', { ...post, body: '[]' })).status, 400);
      assert.equal((await call(chat, '/v3/conversations/%E0%A4%A/activities', { ...post, body: '{}' })).status, 400);
      assert.equal(
        (await call(chat, '/local-chat/api/messages', { ...post, body: `"${'x'.repeat(1024 * 1024)}"` })).status,
        413,
      );
      assert.equal((await call(chat, '/local-chat/api/nothing', { ...post, body: '{}' })).status, 404);
      assert.equal((await call(chat, '/local-chat/api/messages')).status, 405);
      assert.equal((await call(chat, '/v3/elsewhere')).status, 404);
    }));

  it('serves its page under a policy that lets in nothing from elsewhere', () =>
    withChat(async (chat) => {
      const { headers } = await call(chat, '/');
      const policy = String(headers['content-security-policy']);
      assert.match(policy, /default-src 'none'/);
      assert.doesNotMatch(policy, /unsafe|https?:|\*/);
    }));

  it('serves its own files with the types taken out, and no others', () =>
    withChat(async (chat) => {
      const module = await fetch(`${chat.url}/local-chat/page/app.ts`);
      assert.equal(module.headers.get('content-type'), 'text/javascript; charset=utf-8');
      assert.doesNotMatch(await module.text(), /import type|: void/);
      for (const path of [
        '/local-chat/page/../index.ts',
        '/local-chat/page/%2e%2e/index.ts',
        '/local-chat/page/tsconfig.json',
        '/local-chat/lib/zod.js',
      ]) {
        assert.equal((await call(chat, path)).status, 404, path);
      }
    }));

  it('leaves all other routes to its host', () =>
    withChat(async (chat) => {
      for (const path of ['/api/messages', '/healthz', '/v3', '/local-chat', '/favicon.ico']) {
        const { status, headers } = await call(chat, path);
        assert.deepEqual([status, headers['content-type']], [404, undefined], path);
      }
    }));
});
