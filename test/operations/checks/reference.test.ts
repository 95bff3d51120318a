import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { loadLocales } from '../../../src/locales/index.ts';
import { checks } from '../../../src/operations/checks/check.ts';
import { operations } from '../../../src/operations/index.ts';
import { isChanging } from '../../../src/operations/operation.ts';
import { planChecks } from '../../../src/operations/recovery/plan-checks.ts';

const [shared = '', own = '', plans = ''] = readFileSync('docs/reference/checks.md', 'utf8').split(
  /^## Findings of (?:single|recovery plans)/m,
);
const rowsOf = (table: string) =>
  [...table.matchAll(/^\| `([\w.-]+)` \| (.+?) \|/gm)].map((row) => [row[1] ?? '', row[2] ?? ''] as const);

describe('docs/reference/checks.md', () => {
  it('has a row for every finding that operations share, with its severity, and no other', () => {
    const rows = new Map(rowsOf(shared));
    const texts = [...(loadLocales().get('en')?.texts.keys() ?? [])];
    const told = texts.filter((id) => id.startsWith('check.') && !id.endsWith('.advice')).map((id) => id.slice(6));
    // The other words of `not-accepted`.
    assert.deepEqual([...rows.keys()].sort(), told.filter((id) => id !== 'not-accepted-job').sort());
    for (const [id, severity] of Object.entries(checks)) assert.equal(rows.get(id), severity, id);
  });

  it('has the own findings of every changing operation (write the row by hand when this fails)', () => {
    const wanted = operations.filter(isChanging).flatMap(({ id, texts }) => {
      const advised = Object.keys(texts.en.messages).filter((key) => key.endsWith('.advice'));
      const ids = advised.map((key) => `\`${key.slice(0, -'.advice'.length)}\``).sort();
      return ids.length === 0 ? [] : [[id, ids.join(' ')]];
    });
    assert.deepEqual(Object.fromEntries(rowsOf(own)), Object.fromEntries(wanted));
  });

  it('has a row for every finding of recovery plans, with its severity, and no other', () => {
    assert.deepEqual(Object.fromEntries(rowsOf(plans)), planChecks);
    const shown = operations.find(({ id }) => id === 'recovery-plan.show')?.texts.en.messages ?? {};
    const advised = Object.keys(shown).filter((key) => key.endsWith('.advice'));
    assert.deepEqual(
      advised.sort(),
      Object.keys(planChecks)
        .map((id) => `${id}.advice`)
        .sort(),
    );
  });

  it('every shared finding blocks or warns with advice in every language', () => {
    for (const [tag, { texts }] of loadLocales())
      for (const id of Object.keys(checks)) assert.ok(texts.has(`check.${id}.advice`), `${tag}: ${id}`);
  });
});
