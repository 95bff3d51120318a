import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { operations } from '../../src/operations/index.ts';
import { settings } from '../../src/settings.ts';
import { operationsTable, settingsTable } from '../support/readme-tables.ts';

const readme = readFileSync('README.md', 'utf8');

function between(name: string): string {
  return new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)<!-- /${name} -->`).exec(readme)?.[1] ?? '';
}

describe('the README', () => {
  it('lists the operations as the registry has them (npm run readme writes the tables)', () => {
    assert.equal(between('operations'), operationsTable(operations));
  });

  it('lists the settings as the code reads them', () => {
    assert.equal(between('settings'), settingsTable(settings));
  });

  it('names only scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const named = [...readme.matchAll(/npm run ([\w-]+)/g)].map((match) => match[1] ?? '');
    assert.ok(named.length > 4);
    assert.deepEqual(
      named.filter((name) => !(name in scripts)),
      [],
    );
  });
});
