import { type ParseArgsConfig, parseArgs } from 'node:util';
import { mistyped, tellUsage } from '../command-line.ts';
import { StoreFault } from './fault.ts';
import type { Log } from './log.ts';
import { assertStoreIn, openStore } from './open.ts';
import type { Store } from './store.ts';

/** What was typed cannot be carried out; the reason is one line. */
export class UsageFault extends Error {
  override readonly name = 'UsageFault';
}

/** What goes wrong beside a command stands on standard error; its answer is all that stands on standard output. */
export const commandLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: toStandardError,
  error: toStandardError,
};

function toStandardError(details: object, text: string): void {
  console.error(text, details);
}

/** The typed arguments: one command and its options. `--help` prints the usage and ends the process. @throws UsageFault for an unknown option, one without its value, or a second command. */
export function typedCommand<const O extends NonNullable<ParseArgsConfig['options']>>(usage: string, options: O) {
  tellUsage(usage);
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options });
    const [command = '', ...more] = positionals;
    if (more.length === 0) return { command, values };
  } catch (error) {
    throw new UsageFault(`${mistyped(error)} “--help” tells what can be typed.`);
  }
  throw new UsageFault('One command at a time.');
}

/** Where a command's store is: a server's database, else a folder. */
export interface TypedHome {
  readonly data: string;
  readonly 'database-url'?: string | undefined;
}

/** Opens a store that is there: a mistyped folder is not to be taken for an empty store. @throws StoreFault @throws UsageFault */
export async function openTyped({ data, 'database-url': url }: TypedHome): Promise<Store> {
  if (url !== undefined) return await openStore({ databaseUrl: serverUrl(url), log: commandLog });
  assertStoreIn(data);
  return await openStore({ dataFolder: data, log: commandLog });
}

/** Never repeated in an answer: it may hold a password. @throws UsageFault */
export function serverUrl(typed: string): string {
  if (/^postgres(ql)?:$/.test(URL.parse(typed)?.protocol ?? '')) return typed;
  throw new UsageFault('The URL of a PostgreSQL server begins with postgres://');
}

/**
 * Carries out a command, and ends the process with its exit code: 2 for what cannot be carried out as it was typed, 1 for a store, or one of the
 * `known` faults, that keeps it from being done. These are told in one line.
 */
export async function carryOut(
  command: () => Promise<number> | number,
  known: readonly (new (...given: never[]) => Error)[] = [],
): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    const expected = [UsageFault, StoreFault, ...known].some((kind) => error instanceof kind);
    if (!(expected && error instanceof Error)) throw error;
    console.error(error.message);
    process.exitCode = error instanceof UsageFault ? 2 : 1;
  }
}
