import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { command } from './support/command.ts';

const root = join(import.meta.dirname, '..');
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

/** The commands for those who run the product: what `npm run` starts of ours, without flags of Node's. */
const commands = ['start', 'serve', 'simulator', 'recognize', 'audit', 'policy', 'role', 'fleet', 'package', 'store'];

describe('every command line', function () {
  this.timeout(60_000);

  for (const name of commands) {
    const [file = '', ...given] = (scripts[name] ?? '').split(' ').filter((word) => !/^(node|--.*)$/.test(word));

    it(`npm run ${name} -- --help tells how it is used`, async () => {
      const { code, out, err } = await command(join(root, file), [...given, '--help']);
      assert.equal(code, 0, err);
      assert.match(out, /Usage|npm run/);
      assert.equal(err, '');
    });

    it(`npm run ${name} refuses what is no option in a few words, without a stack`, async () => {
      const { code, err } = await command(join(root, file), [...given, '--wrong']);
      assert.notEqual(code, 0);
      assert.doesNotMatch(err, /\n\s+at |node:internal/);
      assert.match(err, /--wrong|Usage/);
    });
  }

  it('npm run simulator refuses a port that is none', async () => {
    const { code, err } = await command(join(root, 'src/simulator/main.ts'), ['--port', 'many']);
    assert.equal(code, 2);
    assert.match(err, /^--port: .*\n$/);
  });
});
