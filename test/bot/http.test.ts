import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { messageOf, type Trial, withBot } from './support/bot.ts';

/** Sends bytes as they are. */
async function send(url: string, body: string | Buffer, headers: Record<string, string>, path = '/api/messages') {
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: new Uint8Array(Buffer.from(body)) });
  return { status: response.status, text: await response.text() };
}

/** That the process serves on. */
async function alive({ url, connector, heard, post }: Trial): Promise<void> {
  assert.equal((await fetch(`${url}/healthz`)).status, 200);
  const before = heard.length;
  assert.equal((await post(messageOf(connector))).status, 200);
  assert.equal(heard.length, before + 1);
}

const json = { 'content-type': 'application/json' };

describe('the HTTP door', () => {
  const bad: Record<string, { body: string | Buffer; headers: Record<string, string>; status: number }> = {
    'a body that says gzip and is not': {
      body: 'rubbish',
      headers: { ...json, 'content-encoding': 'gzip' },
      status: 415,
    },
    'a gzip bomb': {
      body: gzipSync(Buffer.alloc(50 * 1024 * 1024)),
      headers: { ...json, 'content-encoding': 'gzip' },
      status: 415,
    },
    'a form': { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' }, status: 415 },
    'a body without a type': { body: '{}', headers: {}, status: 415 },
    'JSON that only pretends': { body: '{}', headers: { 'content-type': 'application/jsonp' }, status: 415 },
    '300 KB': { body: JSON.stringify({ text: 'x'.repeat(300 * 1024) }), headers: json, status: 413 },
    'broken JSON': { body: '{"type":', headers: json, status: 400 },
    'JSON 100,000 levels deep': { body: '['.repeat(100_000), headers: json, status: 400 },
    'an array': { body: '[]', headers: json, status: 400 },
    'an activity whose type is a number': { body: '{"type":5}', headers: json, status: 400 },
    'a message without a conversation': { body: '{"type":"message","id":"1"}', headers: json, status: 400 },
  };

  for (const [name, { body, headers, status }] of Object.entries(bad)) {
    it(`answers ${status} to ${name}, with a code and nothing else, and lives on`, async () => {
      await withBot({}, async (trial) => {
        const answer = await send(trial.url, body, headers);
        assert.equal(answer.status, status);
        assert.match(answer.text, /^\{"code":"\w+"\}$/);
        await alive(trial);
      });
    });
  }

  it('writes no upload to disk', async () => {
    await withBot({}, async (trial) => {
      const before = new Set(readdirSync(tmpdir()));
      const form = '--b\r\ncontent-disposition: form-data; name="f"; filename="f.txt"\r\n\r\nhello\r\n--b--\r\n';
      const answer = await send(trial.url, form, { 'content-type': 'multipart/form-data; boundary=b' });
      assert.equal(answer.status, 415);
      assert.deepEqual(
        readdirSync(tmpdir()).filter((file) => !before.has(file) && file.startsWith('upload_')),
        [],
      );
      await alive(trial);
    });
  });

  it('says that it lives, and whether it is ready', async () => {
    const parts = { ok: true, store: true };
    await withBot({ ready: () => Promise.resolve(parts) }, async ({ url }) => {
      assert.deepEqual(await (await fetch(`${url}/healthz`)).json(), { ok: true });
      assert.deepEqual(await (await fetch(`${url}/readyz`)).json(), parts);
    });
  });

  it('keeps a quiet connection open for a turn to come, for more than a minute', async () => {
    await withBot({}, async ({ url }) => {
      assert.equal((await fetch(`${url}/healthz`)).headers.get('keep-alive'), 'timeout=75');
    });
  });

  it('is not ready while a part is not, or when nobody can tell', async () => {
    for (const ready of [
      () => Promise.resolve({ ok: false }),
      () => Promise.reject(new TypeError('secret of the store')),
    ]) {
      await withBot({ ready }, async ({ url }) => {
        const response = await fetch(`${url}/readyz`);
        assert.equal(response.status, 503);
        assert.deepEqual(await response.json(), { ok: false });
      });
    }
  });

  it('gives every other path to the fallback, body and all, and answers 404 where it does not want it', async () => {
    const fallback: NonNullable<Parameters<typeof withBot>[0]['fallback']> = (request, response) => {
      if (request.url !== '/page') return false;
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => response.end(`page ${Buffer.concat(chunks).toString()}`));
      return true;
    };
    await withBot({ fallback }, async ({ url }) => {
      assert.equal((await send(url, 'a=b', { 'content-type': 'text/plain' }, '/page')).text, 'page a=b');
      assert.equal((await fetch(`${url}/elsewhere`)).status, 404);
      assert.equal((await fetch(`${url}/api/messages`)).status, 405);
    });
  });
});

describe('practice mode', () => {
  it('listens on this machine only', async () => {
    await withBot({}, async ({ bot }) => {
      for (const host of ['0.0.0.0', '::', '192.168.1.4', 'example.org']) {
        await assert.rejects(bot.listen(0, host), /Practice mode/);
      }
    });
  });

  it('refuses requests that come by another name of this machine', async () => {
    await withBot({}, async ({ url, heard, connector }) => {
      assert.equal(await statusAs('evil.example:80', url, JSON.stringify(messageOf(connector))), 403);
      assert.deepEqual(heard, []);
    });
  });

  it('refuses a service URL that is not on this machine', async () => {
    await withBot({}, async ({ post, heard, connector }) => {
      for (const serviceUrl of [
        'https://smba.trafficmanager.net/emea/',
        'http://127.0.0.1.evil.example/',
        'http://evil.example/?127.0.0.1',
        '',
        undefined,
      ]) {
        assert.equal((await post(messageOf(connector, { serviceUrl }))).status, 401);
      }
      assert.deepEqual(heard, []);
    });
  });
});

/** `fetch` does not let a Host header be set. */
function statusAs(host: string, url: string, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(`${url}/api/messages`, { method: 'POST', headers: { ...json, host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

describe('whatever JSON is sent', () => {
  it('is answered without a fault of ours, and the bot lives on', async () => {
    await withBot({}, async (trial) => {
      const sendable = messageOf(trial.connector);
      const fields = fc.constantFrom(
        ...Object.keys(sendable),
        'value',
        'name',
        'membersAdded',
        'deliveryMode',
        'action',
      );
      const types = fc.constantFrom('message', 'invoke', 'conversationUpdate', 'installationUpdate', 'event');
      const mangled = fc.tuple(types, fc.dictionary(fields, fc.jsonValue({ maxDepth: 3 })), fc.uuid());
      const answered = async ([type, given, id]: readonly [string, Record<string, unknown>, string]) => {
        const { status } = await trial.post({ ...sendable, id, type, ...given });
        assert.ok([200, 400, 401].includes(status), `${status}`);
      };
      await fc.assert(fc.asyncProperty(mangled, answered), { numRuns: 150 });
      await alive(trial);
    });
  });
});
