import { parseArgs } from 'node:util';
import { StoreFault } from './fault.ts';
import type { Log } from './log.ts';
import { moveStore } from './move.ts';

const usage = `Usage: npm run store -- move --database-url URL [--data FOLDER]
  Takes the embedded store (default ./data/store) to a PostgreSQL server. Stop the bot first; the folder is left as it is.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string', default: './data/store' }, 'database-url': { type: 'string' } },
});

const toStandardError = (details: object, text: string) => console.error(text, details);
const log: Log = { debug: () => undefined, info: () => undefined, warn: toStandardError, error: toStandardError };

async function main(): Promise<number> {
  const databaseUrl = values['database-url'];
  if (positionals[0] !== 'move' || databaseUrl === undefined) {
    console.error(usage);
    return 2;
  }
  const counts = await moveStore({ dataFolder: values.data, databaseUrl, log });
  for (const [table, rows] of Object.entries(counts)) console.log(`${table}: ${rows}`);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof StoreFault)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
