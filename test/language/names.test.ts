import assert from 'node:assert/strict';
import { NameIndex } from '../../src/language/names.ts';
import { createRecognizer } from '../../src/language/recognize.ts';
import { operations } from '../../src/operations/index.ts';
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

  it('tells VMs of one name apart by their subscription, by its name or id', () => {
    const [one, other] = ['a', 'b'].map((letter) => ({
      ...named('app-01', 'rg-app'),
      id: letter,
      subscriptionId: `guid-${letter}`,
    }));
    assert.ok(one && other);
    const index = new NameIndex(
      [one, other],
      [
        { id: 'guid-a', name: 'Contoso Prod' },
        { id: 'guid-b', name: 'Test' },
      ],
    );
    const found = (subscription: string) => index.find('vm', 'app-01', { subscription }).found.map(({ id }) => id);
    assert.deepEqual([found('contoso prod'), found('GUID-B'), found('another')], [['a'], ['b'], []]);
    assert.ok(index.hasSubscription('CONTOSO PROD'));
    const recognizer = createRecognizer(operations);
    const speaker = { locale: 'en', timeZone: 'UTC', now: new Date('2026-11-21T13:02:00Z'), names: index };
    for (const text of [
      'back up app-01 in Contoso Prod',
      'back up app-01 in subscription Contoso Prod',
      'app-01 in sub guid-a: back up',
    ]) {
      const { operation, parameters } = recognizer.understand(text, speaker);
      assert.deepEqual([operation, parameters.vm?.value], ['backup.start', 'a'], text);
    }
    assert.equal(
      recognizer.understand('back up app-01', speaker).parameters.vm?.value,
      undefined,
      'both are candidates',
    );
  });
});
