import assert from 'node:assert/strict';
import { startTestChat } from '../support/chat.ts';
import { startFakeBot } from '../support/fake-bot.ts';

const echo = () =>
  startFakeBot(async ({ activity, send }) => {
    if (activity.type === 'message') await send({ text: `echo: ${activity.text}` });
  });

describe('conversations', () => {
  it('carries a personal message to the bot and its answer back', async () => {
    await using bot = await echo();
    await using chat = await startTestChat({ botUrl: bot.url });
    const answer = await chat.ask('ana-souza', 'personal', 'hello');
    assert.equal(answer.text, 'echo: hello');
    assert.deepEqual(chat.messages('marco-rossi', 'personal'), []);
  });

  it('gives the bot only what mentions it in a group chat', async () => {
    await using bot = await echo();
    await using chat = await startTestChat({ botUrl: bot.url });
    await chat.say('ana-souza', 'group', 'good morning all');
    const answer = await chat.ask('marco-rossi', 'group', '@vaultkeeper status');
    assert.equal(answer.text, 'echo: <at>Vaultkeeper</at> status');
    assert.equal(bot.received.length, 1);
  });

  it('answers in the thread of a channel post', async () => {
    await using bot = await echo();
    await using chat = await startTestChat({ botUrl: bot.url });
    const post = await chat.say('ana-souza', 'channel', '@Vaultkeeper one');
    const other = await chat.say('ana-souza', 'channel', 'something else');
    const answer = await chat.waitFor(() => chat.view('tom-baker', 'channel').fromBot[0]);
    assert.equal(answer.thread, post.id);
    const reply = await chat.ask('tom-baker', 'channel', '@Vaultkeeper two', { thread: other.id });
    assert.equal(reply.thread, other.id);
    assert.match(bot.received[0]?.conversation.id ?? '', new RegExp(`;messageid=${post.id}$`));
  });
});
