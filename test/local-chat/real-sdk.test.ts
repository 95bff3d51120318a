import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import {
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
  MessageFactory,
  TeamsInfo,
  TurnContext,
} from 'botbuilder';
import { restify } from '../../src/bot/http/restify.ts';
import { startTestChat } from '../support/chat.ts';

type Logic = (context: TurnContext) => Promise<void>;

/** A bot on the SDK that the product stands on, without authentication. */
async function startSdkBot(logic: Logic) {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const errors: unknown[] = [];
  adapter.onTurnError = async (_context, error) => void errors.push(error);
  const server = restify.createServer();
  server.use(restify.plugins.bodyParser());
  server.post('/api/messages', async (request, response) => {
    // The SDK's own type of a request does not know that a missing method may be undefined; the object is the same.
    await adapter.process(request as Parameters<typeof adapter.process>[0], response, logic);
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    adapter,
    errors,
    url: `http://127.0.0.1:${port}/api/messages`,
    async [Symbol.asyncDispose]() {
      server.server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

const card = (text: string) =>
  CardFactory.adaptiveCard({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] });

describe('the Bot Framework SDK on the local connector', () => {
  it('sends, shows typing, changes and takes back', async () => {
    await using bot = await startSdkBot(async (context) => {
      if (context.activity.type !== 'message') return;
      await context.sendActivity({ type: 'typing' });
      const sent = await context.sendActivity(MessageFactory.attachment(card('one')));
      await context.updateActivity({ ...MessageFactory.attachment(card('two')), id: sent?.id ?? '' });
      const gone = await context.sendActivity('gone soon');
      await context.deleteActivity(gone?.id ?? '');
      await context.sendActivity('done');
    });
    await using chat = await startTestChat({ botUrl: bot.url });
    await chat.say('ana-souza', 'channel', '@Vaultkeeper go');
    await chat.waitFor(() => chat.view('ana-souza', 'channel').fromBot.some(({ text }) => text === 'done'));
    const { messages, typed } = chat.view('ana-souza', 'channel');
    assert.deepEqual(
      messages.map(({ version, deleted }) => [version, deleted]),
      [
        [1, undefined],
        [2, undefined],
        [2, true],
        [1, undefined],
      ],
    );
    assert.equal(new Set(messages.map(({ thread }) => thread)).size, 1);
    assert.equal(typed, 1);
    assert.deepEqual(bot.errors, []);
  });

  it('finds members', async () => {
    await using bot = await startSdkBot(async (context) => {
      if (context.activity.type !== 'message') return;
      const me = await TeamsInfo.getMember(context, context.activity.from.id);
      const { members } = await TeamsInfo.getPagedMembers(context, 3);
      await context.sendActivity(`${me.name} ${me.tenantId} ${members.length}`);
    });
    await using chat = await startTestChat({ botUrl: bot.url });
    const answer = await chat.ask('tom-baker', 'group', '@Vaultkeeper who');
    assert.equal(answer.text, 'Tom Baker 11111111-1111-4111-8111-111111111111 3');
    assert.deepEqual(bot.errors, []);
  });

  it('speaks unasked, in a known conversation and in a new personal chat', async () => {
    const references: Partial<ConversationReference>[] = [];
    await using bot = await startSdkBot(async (context) => {
      if (context.activity.type !== 'message') return;
      references.push(TurnContext.getConversationReference(context.activity));
      await context.sendActivity('remembered');
    });
    await using chat = await startTestChat({ botUrl: bot.url });
    const { thread } = await chat.ask('ana-souza', 'channel', '@Vaultkeeper remember');
    await chat.ask('ana-souza', 'channel', '@Vaultkeeper remember again');
    await bot.adapter.continueConversationAsync('', references[0] ?? {}, async (context) => {
      await context.sendActivity('later');
    });
    const fromBot = () => chat.view('tom-baker', 'channel').fromBot;
    const later = await chat.waitFor(() => fromBot().find(({ text }) => text === 'later'));
    assert.equal(later.thread, thread);
    const parameters = {
      isGroup: false,
      members: [{ id: '29:priya-nair', name: '' }],
      tenantId: 't',
      bot: { id: '28:vaultkeeper', name: '' },
    };
    await bot.adapter.createConversationAsync(
      '',
      'msteams',
      chat.url,
      '',
      { ...parameters, channelData: {}, activity: undefined as never, topicName: '' },
      async (context) => {
        await context.sendActivity('for you');
      },
    );
    assert.equal((await chat.waitFor(() => chat.view('priya-nair', 'personal').fromBot[0])).text, 'for you');
  });

  it('waits and sends again when it is told to slow down', async () => {
    await using bot = await startSdkBot(async (context) => {
      if (context.activity.type !== 'message') return;
      for (let count = 1; count <= 8; count++) await context.sendActivity(String(count));
    });
    await using chat = await startTestChat({ botUrl: bot.url });
    await chat.say('ana-souza', 'personal', 'much');
    await chat.waitFor(() => chat.view('ana-souza', 'personal').fromBot.length === 8);
    assert.equal(chat.view('ana-souza', 'personal').notices[0]?.code, 'Throttled');
  });

  it('answers a click through the invoke response', async () => {
    await using bot = await startSdkBot(async (context) => {
      if (context.activity.type === 'message') await context.sendActivity(MessageFactory.attachment(card('base')));
      if (context.activity.type !== 'invoke') return;
      const body = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'noted' };
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
    });
    await using chat = await startTestChat({ botUrl: bot.url });
    const message = await chat.ask('ana-souza', 'personal', 'card');
    assert.deepEqual(await chat.execute('ana-souza', message, { verb: 'x' }), { kind: 'message', text: 'noted' });
  });
});
