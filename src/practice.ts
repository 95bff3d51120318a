import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { connectAzure, FixedTokenCredential, Reach, SendLease, TurnTime } from './azure/index.ts';
import type { Ports } from './azure/ports.ts';
import { type App, compose } from './compose.ts';
import type { PracticeConfig } from './config.ts';
import { createLocalChat, type LocalChat, type Person } from './local-chat/index.ts';
import { type Simulator, startSimulator } from './simulator/index.ts';
import { openStore } from './store/index.ts';

/** The tenant, the subscription and the bot's own identity of the practice estate; a test compares them with the simulator's. */
export const practice = {
  tenantId: '7e4a4700-0000-4000-8000-000000000001',
  subscriptionId: '0a1b2c3d-1111-4111-8111-000000000001',
  botOid: 'b0000000-0000-4000-8000-000000000001',
  botId: '28:vaultkeeper',
  botName: 'Vaultkeeper',
  /** Azure's durations are scaled by it: a backup of forty minutes takes about twenty-five seconds. */
  pace: 0.01,
} as const;

/** Who can be in the practice chat: two who are on call, one who approves, one who may only read. */
export const people: readonly Person[] = [
  person(1, 'Ana Souza', 'On-call engineer', { locale: 'en-GB', timeZone: 'Europe/Lisbon' }),
  person(2, 'Luca Ferri', 'On-call engineer', { locale: 'en-GB', timeZone: 'Europe/Rome' }),
  person(3, 'Priya Nair', 'Approver', { locale: 'en-GB', timeZone: 'Europe/London' }),
  person(4, 'Tom Reed', 'Reader: may look, may not act', { locale: 'en-US', timeZone: 'America/New_York' }),
];

/** The first things to type. */
export const firstExamples: readonly string[] = [
  'is sql-prod-01 protected?',
  'back up sql-prod-01, keep it for 60 days',
  'snapshot web-prod-02',
  'test failover erp-prod-01',
  'what is not protected?',
  'help',
];

/** Practice mode, listening. */
export interface Practice {
  readonly url: string;
  readonly simulatorUrl: string;
  readonly app: App;
  close(): Promise<void>;
}

/** What a start of practice mode is given; tests make Azure and the cards faster still. */
export interface PracticeOptions {
  readonly log: Logger;
  readonly now: () => Date;
  readonly pace?: number;
  readonly cardSeconds?: number;
  /** See `AzureOptions.timeoutSeconds`. */
  readonly azureTimeoutSeconds?: number;
}

/** Starts the bot, the simulator and the chat page on this machine; nothing outside it is called. */
export async function startPractice(config: PracticeConfig, options: PracticeOptions): Promise<Practice> {
  const { log, now, pace = practice.pace } = options;
  mkdirSync(config.dataFolder, { recursive: true });
  const opening = openStore({
    dataFolder: join(config.dataFolder, 'store'),
    log,
    ...(config.databaseUrl && { databaseUrl: config.databaseUrl }),
  });
  const starting = config.simulatorUrl === undefined ? ownSimulator(config, pace) : undefined;
  const [store, simulator] = await Promise.all([opening, starting]);
  const simulatorUrl = simulator?.url ?? config.simulatorUrl ?? '';
  const reach = new Reach(now);
  const turnTime = new TurnTime();
  const sendLease = new SendLease();
  let chat: LocalChat | undefined;
  const app = compose({
    policyFile: config.policyFile,
    pricesFile: config.pricesFile,
    destructive: config.destructive,
    keepDays: config.keepDays,
    identity: { kind: 'practice' },
    allowedTenants: [practice.tenantId],
    azure: practiceAzure(simulatorUrl, { ...options, pace, reach, turnTime, sendLease }),
    reach,
    turnTime,
    sendLease,
    own: { id: () => Promise.resolve(practice.botOid), subscriptionIds: [practice.subscriptionId] },
    store,
    log,
    now,
    pace,
    ...(options.cardSeconds !== undefined && { cardSeconds: options.cardSeconds }),
    // One person tries things out here, and tests type faster than people.
    limits: { personPerMinute: 6000, conversationPerMinute: 6000, underWay: 200 },
    fallback: (request, response) => chat?.handle(request, response) ?? false,
  });
  const { url } = await app.bot.listen(config.port, config.host);
  chat = await openChat(config, { url, now });
  await app.start();
  void app.checkOwnRights();
  return {
    url,
    simulatorUrl,
    app,
    close: async () => await closeAll([() => app.close(), () => chat?.close(), () => simulator?.close()]),
  };
}

/** The page and its conversations; the bot listens already, so that its address is known. */
async function openChat(
  config: PracticeConfig,
  { url, now }: { readonly url: string; readonly now: () => Date },
): Promise<LocalChat> {
  const { tenantId, botId, botName } = practice;
  return await createLocalChat({
    botUrl: `${url}/api/messages`,
    serviceUrl: () => url,
    tenantId,
    botId,
    botName,
    people,
    firstExamples,
    now,
    dataFile: join(config.dataFolder, 'chat.jsonl'),
  });
}

async function ownSimulator(config: PracticeConfig, pace: number): Promise<Simulator> {
  const stateFile = join(config.dataFolder, 'simulator.json');
  return await startSimulator({ estate: 'practice', strictAuthorization: true, pace, stateFile });
}

function practiceAzure(
  simulatorUrl: string,
  {
    log,
    now,
    reach,
    turnTime,
    sendLease,
    pace = practice.pace,
    azureTimeoutSeconds,
  }: PracticeOptions & { readonly reach: Reach; readonly turnTime: TurnTime; readonly sendLease: SendLease },
): Ports {
  return connectAzure({
    ...(azureTimeoutSeconds !== undefined && { timeoutSeconds: azureTimeoutSeconds }),
    credential: new FixedTokenCredential({ oid: practice.botOid, tid: practice.tenantId }),
    subscriptionIds: [practice.subscriptionId],
    simulatorUrl,
    now,
    reach,
    turnTime,
    sendLease,
    log: ({ level, event, ...fields }) => log[level](fields, event),
    // A job of practice is over in seconds, so it is looked at as often; the simulator does not count.
    firstLookSeconds: 150 * pace,
    jobReadsPerHour: 100_000,
    memory: { freshSeconds: 15 * pace, standInSeconds: 12 * 3600 },
  });
}

async function closeAll(closing: readonly (() => Promise<void> | undefined)[]): Promise<void> {
  for (const close of closing) await close();
}

function person(
  number: number,
  name: string,
  role: string,
  reader: { readonly locale: string; readonly timeZone: string },
): Person {
  const oid = `a0000000-0000-4000-8000-00000000000${number}`;
  return { id: `29:${oid}`, aadObjectId: oid, name, role, ...reader };
}
