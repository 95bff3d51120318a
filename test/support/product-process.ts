import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { emptyStore } from './empty-store.ts';

/** Practice mode as a process of its own, as `npm start` starts it; it can be killed in the middle and started again on the same data. */
export interface ProductProcess extends AsyncDisposable {
  readonly url: string;
  readonly dataFolder: string;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** Starts `node src/main.ts practice`; resolves when it has printed its address. */
export async function startProductProcess(
  options: {
    readonly dataFolder?: string;
    readonly simulatorUrl?: string;
    readonly port?: number;
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Promise<ProductProcess> {
  const dataFolder = options.dataFolder ?? (await freshFolder());
  const env = {
    ...process.env,
    PORT: String(options.port ?? 0),
    DATA_FOLDER: dataFolder,
    LOG_LEVEL: 'warn',
    ...(options.simulatorUrl && { AZURE_SIMULATOR_URL: options.simulatorUrl }),
    ...options.env,
  };
  const child = spawn(process.execPath, ['src/main.ts', 'practice'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const url = await addressOf(child);
  const ended = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    child.kill(signal);
    await once(child, 'exit');
    return child.exitCode;
  };
  return {
    url,
    dataFolder,
    kill: async () => void (await ended('SIGKILL')),
    stop: async () => await ended('SIGTERM'),
    async [Symbol.asyncDispose]() {
      await ended('SIGKILL');
      if (options.dataFolder === undefined) rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

async function freshFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'vaultkeeper-'));
  cpSync(await emptyStore(), join(folder, 'store'), { recursive: true });
  return folder;
}

async function addressOf(child: ChildProcess): Promise<string> {
  const errors: string[] = [];
  child.stderr?.on('data', (data: Buffer) => errors.push(data.toString()));
  if (child.stdout === null) throw new TypeError('the process has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /http:\/\/\S+/.exec(line)?.[0];
    if (found !== undefined) {
      child.stdout.resume();
      return found;
    }
  }
  throw new Error(`practice mode did not start: ${errors.join('')}`);
}
