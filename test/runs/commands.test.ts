import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openServer } from '../../src/store/server.ts';
import { emptyStore } from '../support/empty-store.ts';
import { onHome, silent } from '../support/store.ts';
import { Harness, people } from './harness.ts';

interface Ended {
  readonly code: number;
  readonly said: string;
}

/** What `npm run` starts, with these arguments. */
function command(file: string, given: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: join(import.meta.dirname, '../..'), env: { ...process.env, ...env } };
    execFile(process.execPath, [file, ...given], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, said: stdout + stderr });
    });
  });
}

describe('npm run audit', () => {
  onHome('server', (place) => {
    it('verifies a whole trail, prints an anchor of it, and tells by the anchor what was cut off', async function () {
      this.timeout(60_000);
      const at = await place();
      const runs = await Harness.open(at);
      await runs.decide(await runs.propose('disruptive'), 'withdraw', people.ana);
      const { databaseUrl = '' } = at.options;
      const verify = (...more: string[]) =>
        command('src/runs/audit-main.ts', ['verify', '--database-url', databaseUrl, ...more]);
      const whole = await verify();
      const anchor = /--anchor (2:[0-9a-f]{64})/.exec(whole.said)?.[1] ?? assert.fail(whole.said);
      assert.equal(whole.code, 0);
      const home = openServer({ databaseUrl, log: silent });
      await sql`delete from audit_event where seq = 2`.execute(home.db);
      await home.close();
      const cut = await verify('--anchor', anchor);
      assert.deepEqual([cut.code, /cut off after 1 records/.test(cut.said)], [1, true], cut.said);
      assert.equal((await verify('--anchor', 'yesterday')).code, 2);
    });
  });
});

describe('npm run policy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'policy-'));
  const file = join(folder, 'policy.yaml');
  const policy = (text: string, ...given: string[]) => {
    writeFileSync(file, text);
    return command('src/runs/policy-main.ts', [...given, '--file', file]);
  };
  after(() => rmSync(folder, { recursive: true }));

  it('tells what a request would need or which rule refuses it, without acting', async function () {
    this.timeout(60_000);
    const text = 'rules: [{ id: freeze, when: { operations: [failover.*] }, deny: Year end }]';
    const tested = await policy(text, 'test', '--operation', 'failover.start', '--tag', 'env=prod');
    const { refusal, requirement } = JSON.parse(tested.said) as Record<string, Record<string, unknown>>;
    assert.deepEqual(refusal, { code: 'denied-by-policy', rule: 'freeze', because: 'Year end' });
    assert.deepEqual([requirement?.approvals, requirement?.confirmation], [2, 'typed-name']);
  });

  it('and the product itself stop at a file with a fault, and say file, line and reason', async function () {
    this.timeout(60_000);
    const text = 'rules:\n  - id: nobody\n    when: {}\n    require: { approvals: 0 }\n';
    const checked = await policy(text, 'check');
    assert.equal(checked.code, 1);
    assert.match(checked.said, /policy\.yaml:4: rules\.0\.require\.approvals: /);
    cpSync(await emptyStore(), join(folder, 'store'), { recursive: true });
    const env = { POLICY_FILE: file, DATA_FOLDER: folder, PORT: '0' };
    const started = await command('src/main.ts', ['practice'], env);
    assert.equal(started.code, 1);
    assert.match(started.said, /policy\.yaml:4: rules\.0\.require\.approvals: /);
  });
});
