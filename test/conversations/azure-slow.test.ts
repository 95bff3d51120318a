import assert from 'node:assert/strict';
import { askedWithin } from '../support/asked.ts';
import { type Product, startProduct } from '../support/product.ts';

/** A read of a silent Azure takes twenty; a machine that is busy gets the rest. */
const longestMs = 9000;

describe('Azure silent or away, with lists that are known', function () {
  this.timeout(60_000);
  let product: Product;
  let passed = 0;

  before(async () => {
    product = await startProduct({ now: () => new Date(Date.now() + passed) });
  });

  after(async () => {
    await product.simulator.clearFaults();
    await product[Symbol.asyncDispose]();
  });

  const asked = async (text: string): Promise<string> => await askedWithin(product, longestMs, text);

  it('is waited for once, for a moment, and the last known lists stand in with their age', async () => {
    await asked('summary');
    await asked('is sql-prod-02 protected?');
    await product.simulator.fault({ hang: true, path: 'Microsoft.ResourceGraph' });
    assert.match(await asked('summary'), /this is what it said/);
    assert.match(await asked('summary'), /this is what it said/);
    assert.match(await asked('is sql-prod-02 protected?'), /sql-prod-02[\s\S]*Resource Graph/);
  });

  it('shows for an hour what people could read before, with the time of their rights, and begins no change', async () => {
    await product.simulator.clearFaults();
    passed = 40_000;
    await asked('summary');
    await asked('is sql-prod-02 protected?');
    await product.simulator.fault({ status: 503, path: '^/(?!_simulator)' });
    passed += 65_000;
    const rights = /who may do what: what you see here goes by your rights/;
    assert.match(await asked('summary'), /this is what it said/);
    assert.match(await asked('summary'), rights);
    assert.match(await asked('is sql-prod-02 protected?'), rights);
    assert.match(await asked('back up sql-prod-02'), /^.*Azure does not answer/m);
    passed += 3_600_000;
    assert.doesNotMatch(await asked('summary'), rights);
  });
});
