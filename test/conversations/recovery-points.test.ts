import assert from 'node:assert/strict';
import type { Message } from '../../src/local-chat/wire.ts';
import { cardText } from '../support/chat.ts';
import { type Product, startProduct } from '../support/product.ts';
import { practiceSubscription } from '../support/simulator.ts';

describe('A recovery point as people speak, and what stands in the way', () => {
  let product: Product;

  before(async () => {
    product = await startProduct();
  });

  after(async () => {
    await product[Symbol.asyncDispose]();
  });

  const words = (message: Message): string => cardText(product.chat.card('ana-souza', message));
  const ask = async (text: string): Promise<string> => words(await product.chat.ask('ana-souza', 'personal', text));

  it('is taken out of the sentence, and told with its time, age, consistency, tier and what it lacks', async () => {
    const card = await ask('plan: restore sql-prod-01 from before yesterday to disks');
    assert.match(card, /Recovery point\n.*\d\d:\d\d UTC\)?, \d+ (hours|days) ago/);
    assert.match(card, /Consistency\n.*consistent/i);
    assert.match(card, /Tier\n/);
    assert.match(card, /everything of the last [12] day/);
  });

  it('is an answer to the question: by number, by rank, by what it is', async () => {
    assert.match(await ask('plan restore the disks of sql-prod-01'), /Which recovery point\?/);
    assert.match(await ask('the second one'), /Plan only: Restore disks/);
    assert.match(await ask('plan restore the disks of sql-prod-01'), /Which recovery point\?/);
    assert.match(await ask('latest'), /Plan only: Restore disks/);
    assert.match(await ask('plan restore the disks of sql-prod-01'), /Which recovery point\?/);
    assert.match(await ask('last application-consistent'), /Plan only: Restore disks[\s\S]*application-consistent/i);
  });

  it('is asked for again, with the reason, when there is none so old', async () => {
    const card = await ask('plan restore the disks of sql-prod-01 from before 1 January 2001');
    assert.match(card, /No recovery point is as old as/);
    assert.match(card, /Which recovery point\?/);
  });

  it('leads to no approval where a lock or a policy is in the way, and says who can help', async () => {
    const scope = `/subscriptions/${practiceSubscription}/resourceGroups/rg-sql`;
    await product.simulator.conditions({
      locks: [{ scope, name: 'freeze', level: 'ReadOnly' }],
      policies: [{ scope, type: 'Microsoft.Compute/disks', assignment: 'no-new-disks', reason: 'Cost freeze.' }],
    });
    const card = await ask('plan restore the disks of sql-prod-01 from the latest point');
    for (const expected of [
      /The lock freeze \(ReadOnly\) on rg-sql forbids this/,
      /The policy no-new-disks denies Microsoft.Compute\/disks in rg-sql. Cost freeze/,
      /Ask the owner of rg-sql to take the lock off/,
    ])
      assert.match(card, expected);
    await product.simulator.conditions({});
  });
});
