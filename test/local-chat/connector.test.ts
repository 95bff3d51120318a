import assert from 'node:assert/strict';
import { startTestChat, type TestChat } from '../support/chat.ts';
import { callConnector, startFakeBot } from '../support/fake-bot.ts';

const ana = { id: '29:ana-souza' };

async function withChat(test: (chat: TestChat, conversation: string) => Promise<void>): Promise<void> {
  await using bot = await startFakeBot(async () => undefined);
  await using chat = await startTestChat({ botUrl: bot.url });
  const { conversation } = await chat.say('ana-souza', 'personal', 'hello');
  await test(chat, `/v3/conversations/${encodeURIComponent(conversation)}`);
}

const idOf = ({ body }: { body: unknown }) => (body as { id: string }).id;

describe('the Bot Connector', () => {
  it('changes a message in place and marks it as edited', () =>
    withChat(async (chat, path) => {
      const id = idOf(await callConnector(chat.url, 'POST', `${path}/activities`, { type: 'message', text: 'one' }));
      const put = await callConnector(chat.url, 'PUT', `${path}/activities/${id}`, { type: 'message', text: 'two' });
      assert.equal(put.status, 200);
      const message = await chat.waitFor(() =>
        chat.view('ana-souza', 'personal').fromBot.find(({ version }) => version === 2),
      );
      assert.equal(message.text, 'two');
      assert.ok(message.editedAt);
    }));

  it('takes a message back and then knows it no more', () =>
    withChat(async (chat, path) => {
      const id = idOf(await callConnector(chat.url, 'POST', `${path}/activities`, { type: 'message', text: 'one' }));
      assert.equal((await callConnector(chat.url, 'DELETE', `${path}/activities/${id}`)).status, 200);
      await chat.waitFor(() => chat.messages('ana-souza', 'personal').some(({ deleted }) => deleted));
      assert.equal((await callConnector(chat.url, 'DELETE', `${path}/activities/${id}`)).status, 404);
    }));

  it("does not let the bot change a person's message", () =>
    withChat(async (chat, path) => {
      const own = chat.messages('ana-souza', 'personal')[0] ?? (await chat.say('ana-souza', 'personal', 'mine'));
      const put = await callConnector(chat.url, 'PUT', `${path}/activities/${own.id}`, { type: 'message', text: 'no' });
      assert.equal(put.status, 403);
    }));

  it('does not know a conversation that does not exist', () =>
    withChat(async (chat) => {
      const answer = await callConnector(chat.url, 'POST', '/v3/conversations/19:nobody/activities', {
        type: 'message',
      });
      assert.equal(answer.status, 404);
      assert.deepEqual((answer.body as { error: { code: string } }).error.code, 'ConversationNotFound');
    }));

  it('opens the personal chat with a member for a proactive message', () =>
    withChat(async (chat) => {
      const created = await callConnector(chat.url, 'POST', '/v3/conversations', { isGroup: false, members: [ana] });
      assert.equal(created.status, 201);
      const path = `/v3/conversations/${encodeURIComponent(idOf(created))}/activities`;
      await callConnector(chat.url, 'POST', path, { type: 'message', text: 'good news' });
      await chat.waitFor(() => chat.view('ana-souza', 'personal').fromBot.some(({ text }) => text === 'good news'));
    }));

  it('makes a new post in the channel and names its thread', () =>
    withChat(async (chat) => {
      const post = await chat.say('ana-souza', 'channel', 'hello');
      const body = {
        isGroup: true,
        channelData: { channel: { id: post.conversation } },
        activity: { type: 'message', text: 'alert' },
      };
      const created = await callConnector(chat.url, 'POST', '/v3/conversations', body);
      const { activityId } = created.body as { activityId: string };
      assert.equal(idOf(created), `${post.conversation};messageid=${activityId}`);
      const message = await chat.waitFor(() => chat.view('tom-baker', 'channel').fromBot[0]);
      assert.equal(message.thread, message.id);
    }));

  it('lists members whole, in pages, and one by one', () =>
    withChat(async (chat) => {
      const { conversation } = await chat.say('ana-souza', 'group', 'hello');
      const path = `/v3/conversations/${encodeURIComponent(conversation)}`;
      assert.equal(((await callConnector(chat.url, 'GET', `${path}/members`)).body as unknown[]).length, 4);
      const page = (await callConnector(chat.url, 'GET', `${path}/pagedmembers?pageSize=3`)).body as {
        members: unknown[];
        continuationToken: string;
      };
      const rest = (
        await callConnector(chat.url, 'GET', `${path}/pagedmembers?continuationToken=${page.continuationToken}`)
      ).body as { members: unknown[] };
      assert.deepEqual([page.members.length, rest.members.length], [3, 1]);
      const one = (await callConnector(chat.url, 'GET', `${path}/members/${encodeURIComponent(ana.id)}`)).body as {
        tenantId: string;
        userRole: string;
      };
      assert.equal(one.userRole, 'user');
      assert.equal((await callConnector(chat.url, 'GET', `${path}/members/29:nobody`)).status, 404);
    }));

  it('shows that the bot is typing and keeps nothing of it', () =>
    withChat(async (chat, path) => {
      assert.equal((await callConnector(chat.url, 'POST', `${path}/activities`, { type: 'typing' })).status, 201);
      await chat.waitFor(() => chat.view('ana-souza', 'personal').typed === 1);
      assert.equal(chat.view('ana-souza', 'personal').fromBot.length, 0);
    }));
});
