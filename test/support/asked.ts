import assert from 'node:assert/strict';
import { cardText } from './chat.ts';
import type { Product } from './product.ts';

/** What Ana's question in her own chat is answered; in time, or the test fails. */
export async function askedWithin(product: Product, longestMs: number, text: string): Promise<string> {
  const started = performance.now();
  const answer = cardText(product.chat.card('ana-souza', await product.chat.ask('ana-souza', 'personal', text)));
  const took = performance.now() - started;
  assert.ok(took < longestMs, `${text}: ${took.toFixed(0)} ms`);
  return answer;
}
