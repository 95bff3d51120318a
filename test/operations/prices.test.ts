import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disksCost, snapshotCost, usualPrices } from '../../src/operations/prices.ts';
import { loadPrices } from '../../src/operations/prices-file.ts';
import { stubContext } from '../support/stub-azure.ts';

describe('prices of storage', () => {
  it('are the dated list prices, or a company’s own from a file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'prices-')), 'prices.json');
    writeFileSync(file, JSON.stringify({ ...usualPrices, source: 'our contract', disk: { Premium_LRS: 0.1 } }));
    const own = { ...stubContext(), prices: loadPrices(file) };
    const disk = { sizeGib: 100, sku: 'Premium_LRS' };
    assert.deepEqual([disksCost(stubContext(), [disk]), disksCost(own, [disk])], [16.5, 10]);
    assert.equal(own.prices.source, 'our contract');
  });

  it('are not made up: an unknown type of disk and a full snapshot have none', () => {
    assert.equal(disksCost(stubContext(), [{ sizeGib: 100, sku: 'UltraSSD_LRS' }]), undefined);
    assert.equal(snapshotCost(stubContext(), { sizeGib: 100, incremental: false }), undefined);
    assert.equal(snapshotCost(stubContext(), { sizeGib: 100, incremental: true }), 5);
  });

  it('are written down as the guide shows it', () => {
    const guide = readFileSync('docs/reference/costs.md', 'utf8');
    const file = join(mkdtempSync(join(tmpdir(), 'prices-')), 'prices.json');
    writeFileSync(file, /```json\n([^`]+)```/.exec(guide)?.[1] ?? '');
    assert.equal(loadPrices(file).source, 'our contract');
    assert.ok(guide.includes(`list prices of ${usualPrices.asOf.slice(0, 10)}`));
  });

  it('with a fault in the file stop the start, and name it', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'prices-')), 'prices.json');
    writeFileSync(file, JSON.stringify({ ...usualPrices, snapshot: -1 }));
    assert.throws(() => loadPrices(file), /PRICES_FILE .*prices\.json/);
  });
});
