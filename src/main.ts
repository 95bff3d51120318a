import { enableCompileCache } from 'node:module';
import pino from 'pino';
import { tellUsage } from './command-line.ts';
import { type Config, parseConfig, SettingsError } from './config.ts';
import { type Exporters, startExporters } from './exporters.ts';
import { fieldsUnderWay } from './telemetry.ts';

// Loading the SDKs is most of a start; from the second one on Node takes what it compiled before.
enableCompileCache();

const modes = ['practice', 'serve'] as const;

const usage = `Usage: node src/main.ts ${modes.join('|')}    (npm start, npm run serve)
  practice: the bot, a simulated Azure and a chat page on this machine. serve: the bot for Teams.
  Neither takes options: what is set, such as PORT and DATABASE_URL, is set in the environment; the README lists it.`;

/** Starts a mode and keeps it until the process is told to stop. Everything that comes from the environment comes in here. */
async function main(): Promise<void> {
  const mode = modes.find((name) => name === process.argv[2]);
  tellUsage(usage);
  if (mode === undefined || process.argv.length > 3) return fail(usage);
  try {
    const config = parseConfig(mode, process.env);
    const exporters = await startExporters(process.env);
    stopOnSignal(await start(config), exporters);
  } catch (error) {
    if (error instanceof SettingsError || isToldInWords(error)) return fail(error.message);
    if (isTaken(error))
      return fail(`Port ${process.env.PORT ?? 3978} is in use. Stop what uses it, or set PORT to another one.`);
    throw error;
  }
}

/** A mode's parts are loaded when it is started: a fault in the settings is told at once, and Teams mode never loads the simulator. */
async function start(config: Config): Promise<{ close(): Promise<void> }> {
  const log = pino({ level: config.logLevel, mixin: fieldsUnderWay }, pino.destination({ dest: 2, sync: false }));
  const now = () => new Date();
  if (config.mode === 'serve') {
    const { startServing } = await import('./serve.ts');
    return await startServing(config, { log, now });
  }
  const { firstExamples, startPractice } = await import('./practice.ts');
  const practice = await startPractice(config, { log, now });
  console.log(`\nVaultkeeper, practice mode: ${practice.url}\nType, for example: ${firstExamples[0]}\n`);
  return practice;
}

/** Ten seconds to finish what is under way; a second signal does not wait. */
function stopOnSignal(running: { close(): Promise<void> }, exporters: Exporters): void {
  const stop = (): void => {
    setTimeout(() => process.exit(1), 10_000).unref();
    process.once('SIGINT', () => process.exit(1));
    closed(running, exporters).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** What was measured up to the end is sent too. */
async function closed(running: { close(): Promise<void> }, exporters: Exporters): Promise<void> {
  try {
    await running.close();
  } finally {
    await exporters.close();
  }
}

/** Faults of the store and of the policy file say in words what is wrong; a stack would hide it. */
function isToldInWords(error: unknown): error is Error {
  return error instanceof Error && ['StoreFault', 'PolicyFault'].includes(error.name);
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

/** What was started before the fault keeps a process alive, so it is ended. */
function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

await main();
