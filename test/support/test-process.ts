import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import type { FileResult } from './run-files.ts';

/** Where a process of tests writes, and what it finds in its environment. */
interface Surroundings {
  readonly log: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A process that runs files of tests one by one; one that ends in the middle of a file is replaced. */
export class TestProcess {
  readonly #surroundings: Surroundings;
  #child: ChildProcess | undefined;
  #printed = 0;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Runs a file and prints what it printed, whole, so that two do not mix. */
  async run(file: string): Promise<FileResult | undefined> {
    this.#child ??= this.#start();
    const child = this.#child;
    child.send(file);
    const result = await resultOf(child);
    this.#print();
    if (result === undefined) this.#child = undefined;
    return result;
  }

  async end(): Promise<void> {
    if (this.#child === undefined) return;
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }

  #start(): ChildProcess {
    const { log, env } = this.#surroundings;
    const output = openSync(log, 'a');
    const execArgv = ['--disable-warning=ExperimentalWarning'];
    return fork('test/support/run-files.ts', { env, execArgv, stdio: ['ignore', output, output, 'ipc'] });
  }

  #print(): void {
    const all = readFileSync(this.#surroundings.log);
    process.stdout.write(all.subarray(this.#printed));
    this.#printed = all.length;
  }
}

/** What the process tells of its file; nothing when it ends before. */
async function resultOf(child: ChildProcess): Promise<FileResult | undefined> {
  const heard = new AbortController();
  const { signal } = heard;
  const ended = once(child, 'exit', { signal }).then(() => []);
  const [result] = (await Promise.race([once(child, 'message', { signal }), ended])) as [FileResult?];
  heard.abort();
  return result;
}
