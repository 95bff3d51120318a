import { execFile } from 'node:child_process';
import { join } from 'node:path';

/** How a command ended, and what it said. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Both, its answers first. */
  readonly said: string;
}

/** What `npm run` starts, with these arguments. */
export function command(
  file: string,
  given: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: join(import.meta.dirname, '../..'), env: { ...process.env, ...env } };
    execFile(process.execPath, [file, ...given], options, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err, said: out + err });
    });
  });
}
