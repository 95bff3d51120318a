import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { type PracticeConfig, parseConfig } from '../../../src/config.ts';
import { type Practice, startPractice } from '../../../src/practice.ts';
import { connectTestChat, type TestChat } from '../chat.ts';
import { type PracticeWorld, worldOver } from '../practice-world.ts';
import { startTestSimulator, type TestSimulator } from '../simulator.ts';
import { lastingPlace } from '../store.ts';

/** A hundredth of practice's: a look after a job comes after 15 ms. */
const pace = 0.0001;

/** One product with an Azure of its own, in which the operations of a lane are asked for one after another. */
export interface Lane extends AsyncDisposable {
  readonly chat: TestChat;
  readonly simulator: TestSimulator;
  /** The same Azure as it is now, to bring about what must have happened before an operation makes sense. What it has read it remembers. */
  world(): PracticeWorld;
}

/** Starts the product as practice mode does, but over an Azure in which jobs take no time. */
export async function startLane(): Promise<Lane> {
  const simulator = await startTestSimulator({ clock: 'real', pace: 0, strictAuthorization: true });
  const folder = mkdtempSync(join(tmpdir(), 'vaultkeeper-'));
  const { options, end } = await lastingPlace();
  if (options.dataFolder !== undefined) renameSync(options.dataFolder, join(folder, 'store'));
  const env = { PORT: '0', DATA_FOLDER: folder, AZURE_SIMULATOR_URL: simulator.url, DATABASE_URL: options.databaseUrl };
  const dest = pino.destination({ dest: join(folder, 'log.jsonl'), sync: true });
  const practice: Practice = await startPractice(parseConfig('practice', env) as PracticeConfig, {
    log: pino({ level: 'debug' }, dest),
    now: () => new Date(),
    pace,
    cardSeconds: 0.05,
  });
  const chat = await connectTestChat({ url: practice.url });
  // Whoever recovers files has to have a chat of their own.
  await chat.ask('ana-souza', 'personal', 'help');
  return {
    chat,
    simulator,
    world: () => worldOver(simulator),
    async [Symbol.asyncDispose]() {
      await chat[Symbol.asyncDispose]();
      await practice.close();
      await simulator.close();
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
