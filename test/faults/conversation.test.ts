import assert from 'node:assert/strict';
import { askedWithin } from '../support/asked.ts';
import { type Product, startProduct } from '../support/product.ts';
import type { FaultOrder } from '../support/simulator.ts';

const disturbances: readonly { readonly what: string; readonly fault: FaultOrder; readonly words: RegExp }[] = [
  {
    what: 'a 429 with Retry-After',
    fault: { status: 429, headers: { 'retry-after': '300' } },
    words: /takes no more requests[\s\S]*5 min/,
  },
  { what: 'a 429 without', fault: { status: 429 }, words: /takes no more requests[\s\S]*1 min/ },
  { what: 'a 500', fault: { status: 500 }, words: /Azure does not answer/ },
  { what: 'a 503', fault: { status: 503 }, words: /Azure does not answer/ },
  { what: 'silence', fault: { hang: true }, words: /Azure does not answer/ },
  { what: 'a cut connection', fault: { cut: true }, words: /Azure does not answer/ },
  { what: 'a malformed body', fault: { malformed: true }, words: /Azure does not answer/ },
];

/** After so long Teams' request is answered while the turn goes on (`turnSeconds`). */
const longestMs = 10_000;

describe('a conversation while Azure is disturbed', function () {
  this.timeout(60_000);
  let product: Product;

  before(async () => {
    product = await startProduct({ azureTimeoutSeconds: 2 });
  });

  after(async () => await product[Symbol.asyncDispose]());

  afterEach(async () => await product.simulator.clearFaults());

  const asked = async (text: string): Promise<string> => await askedWithin(product, longestMs, text);

  for (const { what, fault, words } of disturbances)
    it(`says so where nothing is known yet, at ${what}`, async () => {
      await product.simulator.fault({ ...fault, path: '^/(?!_simulator)' });
      for (const text of ['list vaults', 'is web-prod-02 protected?', 'show recovery plans'])
        assert.match(await asked(text), words);
    });

  it('knows the lists once it has seen them', async () => {
    assert.match(await asked('what is not protected?'), /not in Azure Backup/);
  });

  for (const { what, fault } of disturbances)
    it(`shows the last known list with its age, at ${what}`, async () => {
      await product.simulator.fault({ ...fault, path: '^/(?!_simulator)' });
      assert.match(await asked('what is not protected?'), /this is what it said/);
    });
});
