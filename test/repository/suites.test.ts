import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { type Suite, suiteOf } from '../support/suites.ts';

const read = (path: string): string => readFileSync(path, 'utf8');
const files = globSync('test/**/*.ts').filter((file) => file !== 'test/repository/suites.test.ts');
/** How each suite is run. */
const commands: Readonly<Record<Suite, string>> = { unit: 'npm test', proof: 'npm run proof', e2e: 'npm run e2e' };

describe('the suites of tests', () => {
  it('have every file that holds tests, each in one of them', () => {
    const holdsTests = /^(describe|it|onBothHomes|onUsualHome|putThrough|await onTheEmbeddedStore)\(/m;
    const astray = files.filter((file) => suiteOf(file) === undefined && holdsTests.test(read(file)));
    assert.deepEqual(astray, []);
    for (const suite of Object.keys(commands))
      assert.ok(
        files.some((file) => suiteOf(file) === suite),
        suite,
      );
  });

  it('keep the browser apart', () => {
    const browser = files.filter((file) => suiteOf(file) !== undefined && read(file).includes('launchBrowser'));
    assert.deepEqual([...new Set(browser.map(suiteOf))], ['e2e']);
    assert.deepEqual(
      files.filter((file) => file.startsWith('test/e2e/') && suiteOf(file) === 'proof'),
      [],
    );
  });

  for (const [suite, command] of Object.entries(commands))
    it(`are all run by what a clean checkout must pass, and counted there: ${suite}`, () => {
      const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
      assert.equal(scripts[command.split(' ').at(-1) ?? ''], `node test/support/run.ts ${suite}`);
      assert.match(read('.ci/run'), new RegExp(`^step ${command} -- --counts "\\$counts"$`, 'm'));
      assert.match(read('.github/workflows/ci.yml'), new RegExp(`- run: ${command}$`, 'm'));
      assert.ok(read('README.md').includes(`\`${command}\``), `the README tells of ${command}`);
      assert.ok(read('CONTRIBUTING.md').includes(`${command} `), `CONTRIBUTING tells of ${command}`);
    });
});
