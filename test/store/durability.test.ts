import assert from 'node:assert/strict';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { PGlite } from '@electric-sql/pglite';
import { DurableFolder, durableStart } from '../../src/store/durable-folder.ts';

describe('the embedded database', () => {
  it('calls fsync for every commit', async function () {
    this.timeout(60_000);
    const folder = fs.mkdtempSync('/tmp/vaultkeeper-fsync-');
    const original = fs.fsyncSync;
    let calls = 0;
    fs.fsyncSync = (file) => {
      calls += 1;
      original(file);
    };
    syncBuiltinESMExports();
    try {
      const database = await PGlite.create({ fs: new DurableFolder(folder), startParams: [...durableStart] });
      await database.exec('create table note (text text)');
      const before = calls;
      for (let commit = 0; commit < 20; commit += 1) await database.query('insert into note values ($1)', ['kept']);
      assert.ok(calls - before >= 20, `${calls - before} calls of fsync for 20 commits`);
      await database.close();
    } finally {
      fs.fsyncSync = original;
      syncBuiltinESMExports();
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
});
