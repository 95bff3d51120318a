import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestChat, type TestChat } from '../support/chat.ts';
import { openStream } from '../support/chat-stream.ts';
import { startFakeBot } from '../support/fake-bot.ts';

const echo = () => startFakeBot(async ({ activity, send }) => void (await send({ text: `echo: ${activity.text}` })));

/** Opens a stream and collects the texts on it until one of them is `last`. */
async function textsUntil(chat: TestChat, query: { as: string; after?: string }, last: string) {
  const texts: string[] = [];
  const state = { snapshots: 0 };
  const { promise, resolve } = Promise.withResolvers<void>();
  const take = (text: string) => {
    texts.push(text);
    if (text === last) resolve();
  };
  const stream = await openStream(chat.url, query, {
    snapshot: ({ messages }) => {
      state.snapshots++;
      for (const { text } of messages) take(text);
    },
    record: (record) => record.kind === 'message' && take(record.message.text),
  });
  await promise;
  stream.close();
  return { texts, snapshots: state.snapshots, lastEventId: stream.lastEventId() };
}

describe('the event stream', () => {
  it('resumes behind the last event that the tab saw', async () => {
    await using bot = await echo();
    await using chat = await startTestChat({ botUrl: bot.url });
    await chat.ask('ana-souza', 'personal', 'one');
    const first = await textsUntil(chat, { as: 'ana-souza' }, 'echo: one');
    await chat.ask('ana-souza', 'personal', 'two');
    const second = await textsUntil(chat, { as: 'ana-souza', after: first.lastEventId }, 'echo: two');
    assert.deepEqual(second, { texts: ['two', 'echo: two'], snapshots: 0, lastEventId: second.lastEventId });
  });

  it('resumes after the server was started anew', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'local-chat-'));
    const dataFile = join(folder, 'chat.jsonl');
    await using bot = await echo();
    const seen = { lastEventId: '' };
    {
      await using chat = await startTestChat({ botUrl: bot.url, dataFile });
      await chat.ask('ana-souza', 'personal', 'one');
      seen.lastEventId = (await textsUntil(chat, { as: 'ana-souza' }, 'echo: one')).lastEventId;
      await chat.ask('ana-souza', 'personal', 'two');
    }
    await using chat = await startTestChat({ botUrl: bot.url, dataFile });
    const after = await textsUntil(chat, { as: 'ana-souza', after: seen.lastEventId }, 'echo: two');
    assert.deepEqual([after.snapshots, after.texts], [0, ['two', 'echo: two']]);
    await rm(folder, { recursive: true });
  });

  it('begins anew when the position belongs to another past', async () => {
    await using bot = await echo();
    await using chat = await startTestChat({ botUrl: bot.url });
    await chat.ask('ana-souza', 'personal', 'one');
    for (const after of ['other-epoch.1', 'nonsense', '.', 'x.NaN']) {
      assert.equal((await textsUntil(chat, { as: 'ana-souza', after }, 'echo: one')).snapshots, 1);
    }
  });

  it('begins with the newest two hundred messages of a conversation and the posts that they answer', async () => {
    await using bot = await startFakeBot(async () => undefined);
    await using chat = await startTestChat({ botUrl: bot.url });
    const post = await chat.say('ana-souza', 'channel', 'post');
    for (let count = 1; count <= 250; count++)
      await chat.say('ana-souza', 'channel', String(count), { thread: post.id });
    const { texts } = await textsUntil(chat, { as: 'tom-baker' }, '250');
    assert.deepEqual([texts.length, texts[0], texts[1]], [201, 'post', '51']);
  });

  it("carries nothing of other people's personal chats, neither at its beginning, nor live, nor on resuming", async () => {
    await using bot = await echo();
    await using chat = await startTestChat({ botUrl: bot.url });
    await chat.ask('ana-souza', 'group', '@Vaultkeeper begin');
    const begun = await textsUntil(chat, { as: 'tom-baker' }, 'echo: <at>Vaultkeeper</at> begin');
    const live = textsUntil(chat, { as: 'tom-baker' }, 'echo: <at>Vaultkeeper</at> end');
    await chat.ask('ana-souza', 'personal', 'secret');
    await chat.ask('ana-souza', 'group', '@Vaultkeeper end');
    const end = ['<at>Vaultkeeper</at> end', 'echo: <at>Vaultkeeper</at> end'];
    assert.deepEqual((await live).texts.slice(2), end);
    const resumed = await textsUntil(chat, { as: 'tom-baker', after: begun.lastEventId }, end[1] ?? '');
    assert.deepEqual(resumed.texts, end);
    const late = await textsUntil(chat, { as: 'tom-baker' }, end[1] ?? '');
    assert.equal(late.texts.length, 4);
  });
});
