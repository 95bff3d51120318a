import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

/** A replica that runs, and where it takes requests. */
interface Desk {
  readonly url: string;
  readonly kill: () => Promise<unknown>;
}

/** A few replicas of `desk.ts` on one database. One can be killed at any time, and a new one then takes its place. */
export class Desks implements AsyncDisposable {
  readonly #args: readonly string[];
  #desks: Desk[] = [];

  constructor(parts: { readonly url: string; readonly azure: string }) {
    this.#args = ['--url', parts.url, '--azure', parts.azure];
  }

  async open(count: number): Promise<void> {
    this.#desks.push(...(await Promise.all(Array.from({ length: count }, () => this.#start()))));
  }

  /** `kill -9` of the oldest, and a new one. */
  async replaceOldest(): Promise<void> {
    const [oldest, ...rest] = this.#desks;
    this.#desks = rest;
    await oldest?.kill();
    await this.open(1);
  }

  /** Sends to the replica of that number, and to the next one when that one is gone, as Teams delivers again what was not answered. */
  async send(to: number, body: object): Promise<unknown> {
    for (let at = to; ; at += 1) {
      const desk = this.#desks[at % this.#desks.length];
      const response = await fetch(desk?.url ?? '', { method: 'POST', body: JSON.stringify(body) }).catch(
        () => undefined,
      );
      if (response?.ok === true) return await response.json();
      await wait(50);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#desks.map((desk) => desk.kill()));
  }

  async #start(): Promise<Desk> {
    const program = join(import.meta.dirname, 'desk.ts');
    const child = spawn(process.execPath, [program, ...this.#args], { stdio: ['ignore', 'pipe', 'inherit'] });
    const kill = async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    };
    for await (const url of createInterface({ input: child.stdout })) return { url, kill };
    throw new Error('a replica did not start');
  }
}
