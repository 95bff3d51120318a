import assert from 'node:assert/strict';
import { NameIndex } from '../../src/language/names.ts';
import { estate, named, names } from './estate.ts';

const of = (found: readonly { readonly name: string }[]) => found.map(({ name }) => name);

describe('the index of names', () => {
  it('finds a name in any casing', () => {
    const { match, found } = names.find('vm', 'SQL-Prod-01');
    assert.equal(match, 'exact');
    assert.deepEqual(of(found), ['sql-prod-01']);
  });

  it('finds both VMs of one name, and the one in a resource group', () => {
    assert.equal(names.find('vm', 'app-01').found.length, 2);
    const { match, found } = names.find('vm', 'app-01', { resourceGroup: 'RG-ERP' });
    assert.equal(match, 'exact');
    assert.deepEqual(
      found.map(({ resourceGroup }) => resourceGroup),
      ['rg-erp'],
    );
  });

  it('offers what begins so, and then what is similar, the nearest first', () => {
    assert.deepEqual(of(names.find('vm', 'sql-prod').found), ['sql-prod-01', 'sql-prod-02']);
    const near = names.find('vm', 'sql-prd-01');
    assert.equal(near.match, 'near');
    assert.equal(near.found[0]?.name, 'sql-prod-01');
  });

  it('offers at most five', () => {
    const many = new NameIndex(Array.from({ length: 40 }, (_, n) => named(`web-00${n + 10}`, 'rg')));
    assert.equal(many.find('vm', 'web').found.length, 5);
    assert.equal(many.find('vm', 'wib-0010').found.length, 5);
  });

  it('finds nothing for what is far from everything, too short, empty or endless', () => {
    for (const said of ['unrelated-name', 'zz', '', 'x'.repeat(5000)]) {
      assert.deepEqual(names.find('vm', said), { match: 'none', found: [] });
    }
  });

  it('keeps kinds apart', () => {
    assert.equal(names.find('vault', 'rsv-prod-weu').match, 'exact');
    assert.equal(names.find('vm', 'rsv-prod-weu').match, 'none');
  });

  it('knows its groups and its size', () => {
    assert.ok(names.hasGroup('RG-DATA'));
    assert.ok(!names.hasGroup('rg-none'));
    assert.equal(names.size, estate.length);
  });
});
