import { parseArgs } from 'node:util';
import { type Log, openStore, type Store, StoreFault } from '../store/index.ts';
import { anchorOf, auditLines, type Verification, verifyAudit } from './audit.ts';
import { auditReport } from './audit-report.ts';

const usage = `Usage: npm run audit -- verify [--anchor RECORDS:HASH] | export [--run UUID] | report --run UUID
  --anchor              what an earlier verification printed: tells as well whether the end was cut off since, or all was written anew
  --data FOLDER         the embedded store (default ./data/store); the bot must be stopped
  --database-url URL    a PostgreSQL server instead`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    'database-url': { type: 'string' },
    run: { type: 'string' },
    anchor: { type: 'string' },
  },
});

const toStandardError = (details: object, text: string) => console.error(text, details);
const log: Log = { debug: () => undefined, info: () => undefined, warn: toStandardError, error: toStandardError };

/** Each command answers the exit code: 0 when all is well, 1 when a record is broken or missing, 2 on wrong usage. */
const commands: Record<string, (store: Store) => Promise<number>> = {
  async verify({ audit }) {
    const anchor = values.anchor === undefined ? undefined : anchorOf(values.anchor);
    if (values.anchor !== undefined && anchor === undefined) {
      console.error(`Not an anchor, which is RECORDS:HASH: ${values.anchor}\n${usage}`);
      return 2;
    }
    const found = await verifyAudit(audit, anchor);
    console.log(found.whole ? wholeText(found) : brokenText(found));
    return found.whole ? 0 : 1;
  },
  async export({ audit }) {
    for await (const line of auditLines(audit, values.run)) process.stdout.write(line);
    return 0;
  },
  async report({ audit }) {
    const report = values.run === undefined ? undefined : await auditReport(audit, values.run);
    console.log(report ?? 'No such run.');
    return report === undefined ? 1 : 0;
  },
};

function wholeText({ records, head }: Extract<Verification, { whole: true }>): string {
  return `${records} records, whole. Last hash ${head}\nKeep this elsewhere, for the next time: --anchor ${records}:${head}`;
}

function brokenText({ records, broken, reason }: Extract<Verification, { whole: false }>): string {
  if (reason === 'rewritten') return `The trail was written anew: its record ${broken} is not the one of the anchor.`;
  if (reason === 'cut')
    return `The trail was cut off after ${records} records, all of them whole: the anchor had more.`;
  return `Record ${broken} is broken (${reason}); ${records} records before it are whole.`;
}

async function main(): Promise<number> {
  const command = commands[positionals[0] ?? ''];
  if (command === undefined) {
    console.error(usage);
    return 2;
  }
  const url = values['database-url'];
  const home = url === undefined ? { dataFolder: values.data ?? './data/store' } : { databaseUrl: url };
  const store = await openStore({ ...home, log });
  try {
    return await command(store);
  } finally {
    await store.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof StoreFault)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
