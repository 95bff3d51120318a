import type { TurnContext } from 'botbuilder';
import pino from 'pino';
import { connectAzure, FixedTokenCredential } from '../src/azure/index.ts';
import { type Bot, type BotIdentity, createBot } from '../src/bot/index.ts';
import { compose } from '../src/compose.ts';
import { createSpeech } from '../src/language/speak.ts';
import { loadLocales } from '../src/locales/index.ts';
import { operations } from '../src/operations/index.ts';
import { practice } from '../src/practice.ts';
import { openStore } from '../src/store/index.ts';

/** What a bench's server is told by its parent. */
export interface ServerOrder {
  readonly kind: 'echo' | 'product';
  readonly openIdMetadataUrl: string;
  readonly connectorHost: string;
  readonly simulatorUrl: string;
  readonly databaseUrl: string;
}

const log = pino({ level: 'silent' });
const now = () => new Date();
const limits = { personPerMinute: 1e9, conversationPerMinute: 1e9, underWay: 1e9 };

function identityOf({ openIdMetadataUrl, connectorHost }: ServerOrder, appId: string): BotIdentity {
  const credential = { getToken: async (scope: string) => ({ token: `for ${scope}` }) };
  const tenant = { appType: 'SingleTenant' as const, tenantId: practice.tenantId };
  return { kind: 'teams', appId, ...tenant, credential, openIdMetadataUrl, extraServiceHosts: [connectorHost] };
}

/** The same restify, adapter and authentication, and nothing behind them: what a turn costs at least. */
function echoBot(identity: BotIdentity): Bot {
  const nothing = async () => undefined;
  return createBot({
    identity,
    allowedTenants: [practice.tenantId],
    limits,
    log,
    now,
    speech: createSpeech(operations, loadLocales()),
    runs: () => {
      throw new TypeError('an echo has no runs');
    },
    conversations: { remember: nothing, find: nothing, personalOf: nothing, personal: async () => [] },
    deliveries: { firstTime: async () => true },
    talk: {
      message: async (turn: TurnContext) => void (await turn.sendActivity(`echo: ${turn.activity.text ?? ''}`)),
      action: async () => '',
      file: nothing,
      refused: nothing,
      welcome: nothing,
    },
  });
}

async function product(order: ServerOrder, identity: BotIdentity): Promise<Bot> {
  const credential = new FixedTokenCredential({ oid: practice.botOid, tid: practice.tenantId });
  const azure = { credential, subscriptionIds: [practice.subscriptionId], simulatorUrl: order.simulatorUrl, now };
  const app = compose({
    identity,
    allowedTenants: [practice.tenantId],
    own: { id: async () => practice.botOid, subscriptionIds: [practice.subscriptionId] },
    azure: connectAzure({ ...azure, log: () => undefined }),
    store: await openStore({ databaseUrl: order.databaseUrl, log }),
    log,
    now,
    limits,
    pace: 1,
  });
  await app.runs.start();
  return app.bot;
}

async function serve(order: ServerOrder & { readonly appId: string }): Promise<void> {
  const identity = identityOf(order, order.appId);
  const bot = order.kind === 'echo' ? echoBot(identity) : await product(order, identity);
  process.once('disconnect', () => process.exit());
  const { url } = await bot.listen(0, '127.0.0.1');
  process.send?.({ url });
  process.on('message', () => {
    const [cpu, memory] = [process.cpuUsage(), process.memoryUsage.rss()];
    // With --expose-gc also what is really held: how much the process has taken says more about the collector's mood.
    globalThis.gc?.();
    process.send?.({ cpu, memory, held: process.memoryUsage().heapUsed });
  });
}

process.once('message', (order: ServerOrder & { readonly appId: string }) => void serve(order));
