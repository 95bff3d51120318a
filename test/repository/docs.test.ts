import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { operations } from '../../src/operations/index.ts';
import { architectureDiagram } from '../support/architecture.ts';
import { operationsReference } from '../support/reference.ts';

const pages = [...globSync('docs/**/*.md'), ...globSync('*.md'), 'src/simulator/README.md'].toSorted();
const read = (path: string): string => readFileSync(path, 'utf8');

describe('the documentation', () => {
  it('draws the architecture as the code imports it (npm run readme draws it anew)', () => {
    const drawn = /<!-- diagram -->\n([\s\S]*?)<!-- \/diagram -->/.exec(read('docs/architecture.md'))?.[1];
    assert.equal(drawn, architectureDiagram());
    assert.match(architectureDiagram(), /bot --> runs|bot -\.-> runs/);
  });

  it('describes the operations as the registry has them', () => {
    assert.equal(read('docs/reference/operations.md'), operationsReference(operations));
  });

  it('links only to files that exist', () => {
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
        .map(([, target = '']) => join(dirname(page), target))
        .filter((target) => !existsSync(target))
        .map((target) => `${page}: ${target}`),
    );
    assert.deepEqual(broken, []);
  });

  it('names only scripts and settings that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
    for (const page of pages)
      for (const [, script = ''] of read(page).matchAll(/npm run (?:-s )?([a-z][\w-]*)/g))
        assert.ok(script in scripts, `${page}: npm run ${script}`);
  });

  it('has every decision numbered once', () => {
    const numbers = globSync('docs/decisions/*.md').map((path) => path.split('/').at(-1)?.slice(0, 4));
    assert.equal(new Set(numbers).size, numbers.length);
  });
});

describe('the threat model', () => {
  const model = read('docs/threat-model.md');
  const tests = globSync('test/**/*.{test,proof}.ts').map((path) => ({ path, text: read(path) }));

  it('names for every line the tests that prove it, and those tests exist', () => {
    const rows = model.split('\n').filter((line) => /^\| T\d+ \|/.test(line));
    assert.ok(rows.length >= 15);
    for (const row of rows) {
      const proofs = [...row.matchAll(/`(test\/[\w./-]+)`: “([^”]+)”/g)];
      assert.ok(proofs.length > 0, row.slice(0, 80));
      for (const [, path = '', title = ''] of proofs) {
        const file = tests.find((test) => test.path === path);
        assert.ok(file !== undefined, `${path} is not there`);
        assert.ok(flat(file.text).includes(flat(title)), `${path} has no test “${title}”`);
      }
    }
  });
});

function flat(text: string): string {
  return text.replaceAll(/\\'/g, "'").replaceAll(/\s+/g, ' ');
}
