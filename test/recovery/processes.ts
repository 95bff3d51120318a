import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** How a replica ended: it came to the end of its run, it was killed on the way, or it was told to stop. */
export type End = 'finished' | 'killed' | 'stopped';

/** Named options of the program. */
type Options = Readonly<Record<string, string | undefined>>;

/** Starts a replica; `ended` tells how it ended. @throws when it fails by itself, with what it said. */
export function startReplica(options: Options, flags: readonly string[] = []) {
  return start('replica.ts', options, flags);
}

/** Starts a replica with a run of every operation; see `startReplica`. */
export function startOneOfEach(options: Options) {
  return start('one-of-each.ts', options, []);
}

function start(file: string, options: Options, flags: readonly string[]) {
  const given = Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
  const program = join(import.meta.dirname, file);
  const child = spawn(process.execPath, [program, ...given, ...flags], { stdio: ['ignore', 'ignore', 'pipe'] });
  const said = text(child.stderr);
  const ended = once(child, 'exit').then(async ([code, signal]): Promise<End> => {
    if (signal === 'SIGKILL') return 'killed';
    if (signal === 'SIGTERM') return 'stopped';
    if (code === 0) return 'finished';
    throw new TypeError(`a replica failed: ${await said}`);
  });
  return { ended, stop: () => child.kill('SIGTERM'), kill: () => child.kill('SIGKILL') };
}
