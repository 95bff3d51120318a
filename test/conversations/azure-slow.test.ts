import assert from 'node:assert/strict';
import { cardText } from '../support/chat.ts';
import { type Product, startProduct } from '../support/product.ts';

/** A read of a silent Azure takes twenty; a machine that is busy gets the rest. */
const longestMs = 9000;

describe('Azure silent, with lists that are known', function () {
  this.timeout(60_000);
  let product: Product;

  before(async () => {
    product = await startProduct();
  });

  after(async () => {
    await product.simulator.clearFaults();
    await product[Symbol.asyncDispose]();
  });

  const asked = async (text: string): Promise<string> => {
    const started = performance.now();
    const answer = cardText(product.chat.card('ana-souza', await product.chat.ask('ana-souza', 'personal', text)));
    const took = performance.now() - started;
    assert.ok(took < longestMs, `${text}: ${took.toFixed(0)} ms`);
    return answer;
  };

  it('is waited for once, for a moment, and the last known lists stand in with their age', async () => {
    await asked('summary');
    await asked('is sql-prod-02 protected?');
    await product.simulator.fault({ hang: true, path: 'Microsoft.ResourceGraph' });
    assert.match(await asked('summary'), /this is what it said/);
    assert.match(await asked('summary'), /this is what it said/);
    assert.match(await asked('is sql-prod-02 protected?'), /sql-prod-02[\s\S]*Resource Graph/);
  });
});
