import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Prints the usage and ends the process where `--help` was typed. */
export function tellUsage(usage: string): void {
  if (!process.argv.slice(2).some((typed) => typed === '--help' || typed === '-h')) return;
  console.log(usage);
  process.exit(0);
}

/**
 * The options typed behind a command. `--help` prints the usage; what is mistyped is told in one line. Both end the process, the second one
 * with exit code 2.
 */
export function typedOptions<const O extends NonNullable<ParseArgsConfig['options']>>(usage: string, options: O) {
  tellUsage(usage);
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    console.error(`${mistyped(error)} “--help” tells what can be typed.`);
    return process.exit(2);
  }
}

/** Node's own words, up to where it begins to explain itself. */
export function mistyped(error: unknown): string {
  const [said = ''] = (error instanceof Error ? error.message : String(error)).split(/(?<=')\.(?: |$)|\n/);
  return said.endsWith('.') ? said : `${said}.`;
}
