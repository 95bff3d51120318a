import { z } from 'zod';
import { createSpeech } from './language/speak.ts';
import { operations } from './operations/index.ts';
import { anchorOf, auditLines, type Verification, verifyAudit } from './runs/audit.ts';
import { auditReport, type SpeakAt } from './runs/audit-report.ts';
import { carryOut, openTyped, type Store, typedCommand, UsageFault } from './store/index.ts';

const usage = `Usage: npm run audit -- verify [--anchor RECORDS:HASH] | export [--run UUID] | report --run UUID
  --anchor              what an earlier verification printed: tells as well whether the end was cut off since, or all was written anew
  --data FOLDER         the embedded store (default ./data/store); the bot must be stopped
  --database-url URL    a PostgreSQL server instead`;

const options = {
  data: { type: 'string', default: './data/store' },
  'database-url': { type: 'string' },
  run: { type: 'string' },
  anchor: { type: 'string' },
} as const;

interface Typed {
  readonly run?: string | undefined;
  readonly anchor?: string | undefined;
}

/** Each command answers the exit code: 0 when all is well, 1 when a record is broken or missing, 2 on wrong usage. */
const commands: Record<string, (store: Store, typed: Typed) => Promise<number>> = {
  async verify({ audit }, { anchor }) {
    const found = await verifyAudit(audit, anchor === undefined ? undefined : anchorOf(anchor));
    console.log(found.whole ? wholeText(found) : brokenText(found));
    return found.whole ? 0 : 1;
  },
  async export({ audit }, { run }) {
    for await (const line of auditLines(audit, run)) process.stdout.write(line);
    return 0;
  },
  async report({ audit }, { run = '' }) {
    const report = await auditReport(audit, run, inEnglish());
    if (report === undefined) console.error('No such run.');
    else console.log(report);
    return report === undefined ? 1 : 0;
  },
};

/** Records are read in English and in UTC, whoever asked for the run. */
function inEnglish(): SpeakAt {
  const speech = createSpeech(operations);
  return (text, at) => speech.speakerFor({ locale: 'en', timeZone: 'UTC', now: new Date(at) })(text);
}

function wholeText({ records, head }: Extract<Verification, { whole: true }>): string {
  return `${records} records, whole. Last hash ${head}\nKeep this elsewhere, for the next time: --anchor ${records}:${head}`;
}

function brokenText({ records, broken, reason }: Extract<Verification, { whole: false }>): string {
  if (reason === 'rewritten') return `The trail was written anew: its record ${broken} is not the one of the anchor.`;
  if (reason === 'cut')
    return `The trail was cut off after ${records} records, all of them whole: the anchor had more.`;
  return `Record ${broken} is broken (${reason}); ${records} records before it are whole.`;
}

/** @throws UsageFault before the store is opened */
function assertTyped(command: string, { run, anchor }: Typed): void {
  if (command === 'report' && run === undefined) throw new UsageFault('Of which run? --run UUID');
  if (run !== undefined && !z.uuid().safeParse(run).success) throw new UsageFault(`Not the UUID of a run: ${run}`);
  if (anchor !== undefined && anchorOf(anchor) === undefined)
    throw new UsageFault(`Not an anchor, which is RECORDS:HASH: ${anchor}`);
}

await carryOut(async () => {
  const { command: name, values } = typedCommand(usage, options);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    console.error(usage);
    return 2;
  }
  assertTyped(name, values);
  const store = await openTyped(values);
  try {
    return await command(store, values);
  } finally {
    await store.close();
  }
});
