import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { sql } from 'kysely';
import { openStore, StoreFault } from '../../src/store/index.ts';
import { openServer } from '../../src/store/server.ts';
import { onHome, silent } from '../support/store.ts';

const isFault = (code: string) => (error: unknown) => error instanceof StoreFault && error.code === code;

describe('a database that cannot be used', () => {
  it('is told as unreachable when nobody listens there', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await new Promise((resolve) => server.close(resolve));
    const databaseUrl = `postgres://nobody@127.0.0.1:${port}/nothing`;
    await assert.rejects(openStore({ databaseUrl, log: silent }), isFault('unreachable'));
  });

  onHome('server', (place) => {
    it('is told as read-only', async () => {
      const at = await place();
      const { databaseUrl } = at.options;
      assert.ok(databaseUrl);
      const store = await at.open();
      await store.check();
      const home = openServer({ databaseUrl, log: silent });
      const name = new URL(databaseUrl).pathname.slice(1);
      await sql`alter database ${sql.id(name)} set default_transaction_read_only = on`.execute(home.db);
      await home.close();
      await assert.rejects(openStore({ databaseUrl, log: silent }), isFault('read-only'));
    });

    it('asks for a password per connection, as an Entra token needs', async () => {
      const { databaseUrl } = (await place()).options;
      assert.ok(databaseUrl);
      const url = new URL(databaseUrl);
      const secret = url.password;
      url.password = '';
      let asked = 0;
      const password = () => {
        asked += 1;
        return Promise.resolve(secret);
      };
      const store = await openStore({ databaseUrl: url.href, password, log: silent });
      await store.check();
      await store.close();
      assert.ok(asked >= 2, `${asked}`);
    });
  });
});
