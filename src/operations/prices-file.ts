import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Prices } from './prices.ts';

const price = z.number().positive();
const prices: z.ZodType<Prices> = z.strictObject({
  asOf: z.iso.datetime(),
  source: z.string().min(1).max(200),
  snapshot: price,
  disk: z.record(z.string(), price),
});

/** Reads a company's own prices of storage: JSON of the shape of `Prices`. @throws Error that names the file and what is wrong in it */
export function loadPrices(file: string): Prices {
  try {
    return prices.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`PRICES_FILE ${file}: ${error instanceof Error ? error.message : 'unreadable'}`, { cause: error });
  }
}
