import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFolder } from '../../src/store/folder-lock.ts';

const holder = `
  const { lockFolder } = await import(process.argv[1]);
  lockFolder(process.argv[2]);
  console.log('held');
  setInterval(() => undefined, 1000);
`;

describe('the lock on the data folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vaultkeeper-lock-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('refuses a second process in words, and is free at once when the first is killed', async () => {
    const module = join(import.meta.dirname, '../../src/store/folder-lock.ts');
    const child = spawn(process.execPath, ['--input-type=module', '-e', holder, module, folder]);
    await once(child.stdout, 'data');
    assert.throws(() => lockFolder(folder), /second process.*one process at a time/);
    child.kill('SIGKILL');
    await once(child, 'exit');
    lockFolder(folder).release();
  });

  it('can be taken again after it was released', () => {
    lockFolder(folder).release();
    lockFolder(folder).release();
  });
});
