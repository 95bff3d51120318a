import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { sendFile } from '../../src/bot/identity/file-upload.ts';
import { teamsFileUrls } from '../../src/bot/identity/service-hosts.ts';
import { clickOf, type Trial, withBot } from './support/bot.ts';
import { oidOf } from './support/connector.ts';

interface Put {
  readonly range: string | undefined;
  readonly body: string;
  readonly authorization: string | undefined;
}

/** A place for files that takes them, or answers with the status. */
async function withPlace(work: (url: string, puts: Put[]) => Promise<void>, status = 201): Promise<void> {
  const puts: Put[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { authorization, 'content-range': range } = request.headers;
      puts.push({ range, body, authorization });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/upload?token=x`, puts);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const wish = { operation: 'fleet.export', parameters: {} };
const file = { name: 'fleet.csv', type: 'text/csv', text: 'vm\r\nsão\r\n' };

/** Answers the bot's offer as Teams does. */
async function consent({ connector, post }: Trial, value: object, given: object = {}) {
  const { value: _action, ...click } = clickOf(connector, { verb: '' }, given);
  return await post({ ...click, name: 'fileConsent/invoke', value: { type: 'fileUpload', ...value } });
}

const placeAt = (uploadUrl: string) => ({
  uploadUrl,
  contentUrl: 'https://contoso-my.sharepoint.com/personal/ana/fleet.csv',
  name: 'fleet.csv',
  uniqueId: 'u-1',
  fileType: 'csv',
});

describe('a file that a person has allowed', () => {
  it('is made now and for the verified person, is put where Teams says, and its offer goes', async () => {
    await withPlace(async (url, puts) => {
      const asked: unknown[] = [];
      const onFile = async (_turn: unknown, { actor }: { actor: { oid: string } }, about: unknown) => {
        asked.push([actor.oid, about]);
        return file;
      };
      await withBot({ onFile }, async (trial) => {
        const forged = { ...wish, actor: { oid: 'somebody' } };
        const { status } = await consent(trial, { action: 'accept', context: forged, uploadInfo: placeAt(url) });
        assert.equal(status, 200);
        assert.deepEqual(asked, [[oidOf('29:ana'), forged]]);
        assert.deepEqual(puts, [{ range: 'bytes 0-9/10', body: file.text, authorization: undefined }]);
        const [info, gone] = trial.connector.messages();
        assert.match(JSON.stringify(info?.body), /teams.card.file.info.*fleet\.csv.*"uniqueId":"u-1"/);
        assert.deepEqual([gone?.method, gone?.path.endsWith('/m1')], ['DELETE', true]);
      });
    });
  });

  it('is not made when they decline', async () => {
    const onFile = () => assert.fail('it was declined');
    await withBot({ onFile }, async (trial) => {
      await consent(trial, { action: 'decline', context: {} });
      assert.deepEqual(
        trial.connector.messages().map(({ method }) => method),
        ['DELETE'],
      );
    });
  });

  it('goes to no other place than Teams', async () => {
    await withBot({ onFile: async () => file }, async (trial) => {
      await consent(trial, { action: 'accept', context: wish, uploadInfo: placeAt('https://evil.example/upload') });
      assert.match(JSON.stringify(trial.connector.messages()), /could not be put into your OneDrive/);
    });
    const allowed = teamsFileUrls();
    assert.ok(allowed('https://contoso-my.sharepoint.com/personal/a/_api/v2.0/drive/items/x/uploadSession?guid=1'));
    for (const url of [
      'http://contoso.sharepoint.com/',
      'https://sharepoint.com.evil.example/',
      'https://u:p@a.sharepoint.com/',
      'https://xsharepoint.com/',
      'http://127.0.0.1/',
    ])
      assert.ok(!allowed(url), url);
  });

  it('that its place does not take is said, and its offer stays', async () => {
    await withPlace(async (url) => {
      await withBot({ onFile: async () => file }, async (trial) => {
        await consent(trial, { action: 'accept', context: wish, uploadInfo: placeAt(url) });
        const messages = trial.connector.messages();
        assert.match(JSON.stringify(messages), /could not be put into your OneDrive/);
        assert.ok(messages.every(({ method }) => method === 'POST'));
      });
    }, 507);
  });

  it('is for their own chat alone', async () => {
    const onFile = () => assert.fail('in a group no file is made');
    await withBot({ onFile }, async (trial) => {
      const conversation = { id: '19:group', conversationType: 'groupChat', isGroup: true };
      await consent(
        trial,
        { action: 'accept', context: wish, uploadInfo: placeAt('https://a.sharepoint.com') },
        { conversation },
      );
      assert.deepEqual(trial.connector.messages(), []);
    });
  });

  it('goes in pieces that OneDrive takes, when it is large', async () => {
    await withPlace(async (url, puts) => {
      const large = { ...file, text: 'x'.repeat(11 * 1024 * 1024) };
      await sendFile(url, large);
      assert.deepEqual(
        puts.map(({ range }) => range),
        ['bytes 0-10485759/11534336', 'bytes 10485760-11534335/11534336'],
      );
      assert.equal(puts.map(({ body }) => body).join(''), large.text);
    });
  });
});
