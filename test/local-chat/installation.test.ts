import assert from 'node:assert/strict';
import { startTestChat } from '../support/chat.ts';
import { startFakeBot } from '../support/fake-bot.ts';

describe('opening a conversation', () => {
  it('tells the bot once that it was installed and added', async () => {
    await using bot = await startFakeBot(async ({ activity, send }) => {
      if (activity.type === 'conversationUpdate') await send({ text: 'welcome' });
    });
    await using chat = await startTestChat({ botUrl: bot.url });
    await chat.open('ana-souza', 'personal');
    await chat.waitFor(() => chat.view('ana-souza', 'personal').fromBot[0]?.text === 'welcome');
    await chat.open('ana-souza', 'personal');
    await chat.open('tom-baker', 'group');
    await chat.open('ana-souza', 'group');
    await chat.waitFor(() => chat.view('tom-baker', 'group').fromBot[0]);
    const seen = bot.received.map(({ type, action, membersAdded, conversation }) => [
      type,
      action,
      membersAdded,
      conversation.conversationType,
    ]);
    const ana = { id: '29:ana-souza', aadObjectId: '00000000-0000-4000-8000-000000000001' };
    assert.deepEqual(seen, [
      ['installationUpdate', 'add', undefined, 'personal'],
      ['conversationUpdate', undefined, [{ id: '28:vaultkeeper' }, ana], 'personal'],
      ['installationUpdate', 'add', undefined, 'groupChat'],
      ['conversationUpdate', undefined, [{ id: '28:vaultkeeper' }], 'groupChat'],
    ]);
  });

  it('in a channel names the team and the channel, without a thread', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    await using bot = await startFakeBot(
      async ({ activity }) => void (activity.type === 'conversationUpdate' && resolve()),
    );
    await using chat = await startTestChat({ botUrl: bot.url });
    await chat.open('ana-souza', 'channel');
    await promise;
    const [got] = bot.received;
    assert.ok(got);
    assert.match(got.conversation.id, /^19:[^;]+@thread\.tacv2$/);
    assert.equal((got.channelData as { channel: { id: string } }).channel.id, got.conversation.id);
  });
});
