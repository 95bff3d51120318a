import assert from 'node:assert/strict';
import { startTestChat } from '../support/chat.ts';
import { startFakeBot } from '../support/fake-bot.ts';

const never = () => new Promise<never>(() => {});

describe('a turn that takes too long', () => {
  it('is shown as failed and delivered once more, the same activity', async () => {
    await using bot = await startFakeBot(never);
    await using chat = await startTestChat({ botUrl: bot.url, turnTimeoutMs: 50 });
    await chat.say('ana-souza', 'personal', 'hello');
    await chat.waitFor(() => chat.view('ana-souza', 'personal').notices.length === 2);
    const [notice] = chat.view('ana-souza', 'personal').notices;
    assert.equal(notice?.code, 'GatewayTimeout');
    assert.match(notice?.text ?? '', /0\.05 s/);
    assert.equal(bot.received.length, 2);
    assert.deepEqual(bot.received[0], bot.received[1]);
  });

  it('answers a click with an error at once and delivers it again behind', async () => {
    await using bot = await startFakeBot(async ({ activity, send }) => {
      if (activity.type === 'invoke') return never();
      await send({
        attachments: [
          { contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard', version: '1.5' } },
        ],
      });
    });
    await using chat = await startTestChat({ botUrl: bot.url, turnTimeoutMs: 200 });
    const card = await chat.ask('ana-souza', 'personal', 'hello');
    const outcome = await chat.execute('ana-souza', card, { verb: 'go' });
    assert.equal(outcome.kind === 'error' && outcome.text, 'Unable to reach app. Please try again.');
    await chat.waitFor(() => chat.view('ana-souza', 'personal').notices.length === 2);
    const invokes = bot.received.filter(({ type }) => type === 'invoke');
    assert.equal(invokes.length, 2);
    assert.equal(invokes[0]?.id, invokes[1]?.id);
  });

  it('is not repeated when it was just in time', async () => {
    await using bot = await startFakeBot(async ({ send }) => void (await send({ text: 'done' })));
    await using chat = await startTestChat({ botUrl: bot.url, turnTimeoutMs: 5000 });
    await chat.ask('ana-souza', 'personal', 'hello');
    await chat.ask('ana-souza', 'personal', 'again');
    assert.equal(bot.received.length, 2);
    assert.deepEqual(chat.view('ana-souza', 'personal').notices, []);
  });
});

describe('a bot that is not there', () => {
  it('is reported in the conversation', async () => {
    const bot = await startFakeBot(never);
    await bot[Symbol.asyncDispose]();
    await using chat = await startTestChat({ botUrl: bot.url });
    await chat.say('ana-souza', 'personal', 'hello');
    const notice = await chat.waitFor(() => chat.view('ana-souza', 'personal').notices[0]);
    assert.deepEqual([notice.level, notice.code], ['failed', 'BotUnreachable']);
  });
});
