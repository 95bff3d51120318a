import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const program = join(import.meta.dirname, '../../src/language/main.ts');
const lineShape = z.object({
  text: z.string(),
  locale: z.string(),
  operation: z.string().nullable(),
  parameters: z.record(z.string(), z.unknown()),
  dryRun: z.boolean(),
  confidence: z.number(),
  ask: z.string().nullable(),
  alternatives: z.array(z.string()),
});

/** Runs the command; one answer per sentence, in the order of the sentences. */
async function recognize(args: readonly string[], input = '') {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(input);
  const lines = (await text(child.stdout)).split('\n').filter(Boolean);
  return lines.map((line) => lineShape.parse(JSON.parse(line)));
}

describe('the recognize command', () => {
  it('prints how each sentence is understood, with parameters as plain values', async () => {
    const now = ['--now', '2026-11-21T13:02:00Z'];
    const [first, second] = await recognize([
      ...now,
      'back up sql-prod-01, keep it for 60 days',
      'is app-01 protected?',
    ]);
    assert.equal(first?.operation, 'backup.start');
    assert.deepEqual(first?.parameters, { vm: 'sql-prod-01', keepUntil: '2027-01-20T13:02:00.000Z' });
    assert.equal(second?.operation, 'protection.show');
    assert.deepEqual(second?.parameters, { vm: 'app-01' });
  });

  it('reads plain lines and JSON lines from standard input, in their order', async () => {
    const input = ['runs', '{"text":"cosa non è protetto?","locale":"it"}', '"help"', '{not json', 'blah'].join('\n');
    const answers = await recognize([], input);
    const heard = answers.map(({ operation, locale }) => [operation, locale]);
    assert.deepEqual(heard.slice(0, 3), [
      ['run.list', 'en'],
      ['protection.list-unprotected', 'it'],
      ['help', 'en'],
    ]);
    assert.deepEqual(heard.slice(3), [
      [null, 'en'],
      [null, 'en'],
    ]);
  });

  it('asks back in the language of the person', async () => {
    const [answer] = await recognize(['--locale', 'it', 'bla bla']);
    assert.equal(answer?.operation, null);
    assert.match(answer?.ask ?? '', /Non ho capito/);
  });
});
