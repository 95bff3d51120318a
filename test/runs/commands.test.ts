import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import { openServer } from '../../src/store/server.ts';
import { testClock } from '../support/clock.ts';
import { command } from '../support/command.ts';
import { emptyStore } from '../support/empty-store.ts';
import { onHome, silent } from '../support/store.ts';
import { Harness, people } from './harness.ts';

const auditLine = z.object({ seq: z.number(), hash: z.string(), event: z.looseObject({ kind: z.string() }) });

describe('npm run audit', () => {
  onHome('server', (place) => {
    it('verifies a whole trail, prints an anchor of it, and tells by the anchor what was cut off', async function () {
      this.timeout(60_000);
      const at = await place();
      const runs = await Harness.open(at);
      await runs.decide(await runs.propose('disruptive'), 'withdraw', people.ana);
      const { databaseUrl = '' } = at.options;
      const verify = (...more: string[]) =>
        command('src/audit-main.ts', ['verify', '--database-url', databaseUrl, ...more]);
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

    it('exports the trail, and one run of it, as JSON lines, the same bytes every time, and reports a run', async function () {
      this.timeout(60_000);
      const at = await place();
      const runs = await Harness.open(at);
      const run = await runs.propose('disruptive');
      await runs.decide(run, 'withdraw', people.ana);
      await runs.propose('disruptive', people.ben, 'another');
      const { databaseUrl = '' } = at.options;
      const audit = (...given: string[]) => command('src/audit-main.ts', [...given, '--database-url', databaseUrl]);
      const [all, again, one, report, none] = await Promise.all([
        audit('export'),
        audit('export'),
        audit('export', '--run', run.id),
        audit('report', '--run', run.id),
        audit('report', '--run', '00000000-0000-4000-8000-000000000000'),
      ]);
      assert.equal(all.out, again.out);
      const lines = ({ out }: typeof all) =>
        out
          .trim()
          .split('\n')
          .map((line) => auditLine.parse(JSON.parse(line)));
      assert.deepEqual(
        lines(all).map(({ seq }) => seq),
        [1, 2, 3],
      );
      assert.deepEqual(
        lines(one).map(({ event }) => event.kind),
        ['run-proposed', 'run-withdrawn'],
      );
      assert.match(report.out, new RegExp(`^# Run ${run.code} [\\s\\S]*withdrawn`));
      assert.deepEqual([none.code, none.out, none.err], [1, '', 'No such run.\n']);
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

  onHome('server', (place) => {
    it('replays the runs on record, and tells which of them it would have treated otherwise, as JSON lines', async function () {
      this.timeout(60_000);
      const at = await place();
      const runs = await Harness.open(at, { time: testClock(new Date().toISOString()) });
      const { code } = await runs.propose('disruptive');
      const text = 'rules: [{ id: freeze, when: { risk: [disruptive] }, deny: Year end }]';
      const url = ['--database-url', at.options.databaseUrl ?? ''];
      const replayed = await policy(text, 'replay', '--days', '2', ...url);
      assert.equal(replayed.code, 0, replayed.err);
      const [first, ...more] = replayed.out.trim().split('\n');
      const { code: of, was, wouldBe } = JSON.parse(first ?? '') as Record<string, string>;
      assert.deepEqual([of, was, wouldBe, more], [code, 'none, 1 approvals', 'refused by freeze', []]);
    });
  });
});

/** What is typed, and the one line that answers it. */
const mistakes: readonly (readonly [typed: string, code: number, line: RegExp])[] = [
  ['store/main.ts move --database-url mysql://root:secret@host/db', 2, /begins with postgres:\/\//],
  ['store/main.ts move --database-url postgres://127.0.0.1:1/db --data no-such-folder', 1, /no store.*no-such-folder/],
  ['audit-main.ts verify --data no-such-folder', 1, /no store.*no-such-folder/],
  ['audit-main.ts verify --database-url postgres://ana:secret@127.0.0.1:1/db', 1, /cannot be reached/],
  ['audit-main.ts verify --ancor 1', 2, /Unknown option '--ancor'/],
  ['audit-main.ts verify export', 2, /One command at a time/],
  ['audit-main.ts export --run 4F7K', 2, /Not the UUID of a run: 4F7K/],
  ['audit-main.ts report', 2, /Of which run/],
  ['runs/policy-main.ts test --operation backup.stop', 2, /no operation "backup.stop"/],
  ['runs/policy-main.ts test --operation backup.start --at yesterday', 2, /Not a time.*yesterday/],
  ['runs/policy-main.ts test --operation backup.start --tag prod', 2, /Not a tag.*prod/],
  ['runs/policy-main.ts replay --days soon', 2, /Not a number of days: soon/],
  ['runs/policy-main.ts check --file no-such-file.yaml', 1, /no-such-file\.yaml: cannot be read \(ENOENT\)/],
];

describe('a command that was mistyped', function () {
  this.timeout(60_000);
  for (const [typed, code, line] of mistakes) {
    it(`is answered in one line: ${typed.replace(/^\w+\//, '')}`, async () => {
      const [file = '', ...given] = typed.split(' ');
      const ended = await command(`src/${file}`, given);
      assert.deepEqual([ended.code, ended.out], [code, ''], ended.err);
      assert.match(ended.err, line);
      assert.equal(ended.err.trim().split('\n').length, 1, ended.err);
      assert.doesNotMatch(ended.err, /secret/);
    });
  }

  it('is answered with how it is used, where it names no command', async () => {
    for (const file of ['store/main.ts', 'audit-main.ts', 'runs/policy-main.ts']) {
      const { code, out, err } = await command(`src/${file}`, ['constructor']);
      assert.deepEqual([code, out, err.startsWith('Usage: npm run ')], [2, '', true], err);
    }
  });
});
