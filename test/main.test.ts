import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type ProductProcess, startProductProcess } from './support/product-process.ts';

/** Runs the composition root with no settings but these, and tells how it ended. */
async function run(
  mode: string,
  env: Record<string, string>,
): Promise<{ readonly code: number | null; readonly errors: string }> {
  const child = spawn(process.execPath, ['src/main.ts', mode], { env: { PATH: process.env.PATH ?? '', ...env } });
  const errors: string[] = [];
  child.stderr.on('data', (data: Buffer) => errors.push(data.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, errors: errors.join('') };
}

describe('the process', function () {
  this.timeout(60_000);
  let practice: ProductProcess;

  before(async () => {
    practice = await startProductProcess();
  });

  after(async () => {
    await practice[Symbol.asyncDispose]();
  });

  it('refuses Teams mode and lists all that is missing at once', async () => {
    const { code, errors } = await run('serve', {});
    assert.equal(code, 1);
    for (const name of [
      'MicrosoftAppId',
      'MicrosoftAppType',
      'MicrosoftAppTenantId',
      'MicrosoftAppPassword',
      'AZURE_SUBSCRIPTION_IDS',
    ])
      assert.match(errors, new RegExp(name));
    assert.doesNotMatch(errors, /at .*main\.ts/);
  });

  it('refuses practice mode together with Teams credentials', async () => {
    const { code, errors } = await run('practice', { MicrosoftAppId: '00000000-0000-4000-8000-000000000001' });
    assert.equal(code, 1);
    assert.match(errors, /must not be set in practice mode/);
  });

  it('says that its port or its data are in use, without a stack', async () => {
    const { port } = new URL(practice.url);
    const samePort = await run('practice', { PORT: port, DATA_FOLDER: `${practice.dataFolder}/other` });
    assert.match(samePort.errors, /Port \d+ is in use/);
    const sameData = await run('practice', { PORT: '0', DATA_FOLDER: practice.dataFolder });
    assert.match(sameData.errors, /used by a second process/);
    for (const { code, errors } of [samePort, sameData]) {
      assert.equal(code, 1);
      assert.doesNotMatch(errors, /node:internal/);
    }
  });

  it('answers its probes, and stops when it is told to', async () => {
    const health = await fetch(`${practice.url}/healthz`);
    const ready = await fetch(`${practice.url}/readyz`);
    assert.deepEqual([health.status, ready.status], [200, 200]);
    assert.partialDeepStrictEqual(await ready.json(), { ok: true, store: 'ok', azure: 'ok' });
    assert.equal(await practice.stop(), 0);
  });
});
