import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { type PracticeConfig, parseConfig } from '../../src/config.ts';
import { type Practice, startPractice } from '../../src/practice.ts';
import { connectTestChat, type TestChat } from './chat.ts';
import { type SimulatorControl, simulatorControl } from './simulator.ts';
import { type HomeName, lastingPlace } from './store.ts';

/** The whole product on free ports with data of its own: the real bot, store, simulator and chat. */
export interface Product extends AsyncDisposable {
  readonly practice: Practice;
  readonly chat: TestChat;
  readonly simulator: SimulatorControl;
  readonly dataFolder: string;
}

/** A backup takes two seconds and a half. */
const testPace = 0.001;

/** Data for one product, until `end`: a folder, and the address of its store where that is not in the folder. */
async function freshData(home: HomeName | undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'vaultkeeper-'));
  const { options, end } = await lastingPlace(home);
  if (options.dataFolder !== undefined) renameSync(options.dataFolder, join(folder, 'store'));
  return {
    dataFolder: folder,
    databaseUrl: options.databaseUrl,
    end: async (): Promise<void> => {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function policyFile(folder: string, text: string): string {
  const file = join(folder, 'policy.yaml');
  writeFileSync(file, text);
  return file;
}

/** Starts practice mode as `npm start` does, only faster. When a test fails, its data folder stays (`keep`). */
export async function startProduct(
  options: {
    /** Of an earlier start, with its embedded store. */
    readonly dataFolder?: string;
    /** Where its own data is; see `lastingPlace`. */
    readonly home?: HomeName;
    readonly simulatorUrl?: string;
    readonly pace?: number;
    /** Of an earlier start, so that the conversation finds the bot again. */
    readonly port?: number;
    /** The product's clock, for a test that moves it together with the simulator's. */
    readonly now?: () => Date;
    /** How long one request to Azure may be silent. */
    readonly azureTimeoutSeconds?: number;
    /** The text of a policy file, YAML. */
    readonly policy?: string;
  } = {},
): Promise<Product> {
  const data = options.dataFolder === undefined ? await freshData(options.home) : undefined;
  const dataFolder = data?.dataFolder ?? options.dataFolder ?? '';
  const env = {
    PORT: String(options.port ?? 0),
    DATA_FOLDER: dataFolder,
    DATABASE_URL: data?.databaseUrl,
    ...(options.policy !== undefined && { POLICY_FILE: policyFile(dataFolder, options.policy) }),
    ...(options.simulatorUrl && { AZURE_SIMULATOR_URL: options.simulatorUrl }),
  };
  const log = pino(
    { level: 'debug' },
    pino.destination({ dest: join(dataFolder, 'log.jsonl'), mkdir: true, sync: true }),
  );
  const practice = await startPractice(parseConfig('practice', env) as PracticeConfig, {
    log,
    now: options.now ?? (() => new Date()),
    pace: options.pace ?? testPace,
    cardSeconds: 0.5,
    ...(options.azureTimeoutSeconds !== undefined && { azureTimeoutSeconds: options.azureTimeoutSeconds }),
  });
  const chat = await connectTestChat({ url: practice.url });
  return {
    practice,
    chat,
    dataFolder,
    simulator: simulatorControl(practice.simulatorUrl),
    async [Symbol.asyncDispose]() {
      await chat[Symbol.asyncDispose]();
      await practice.close();
      await data?.end();
    },
  };
}
