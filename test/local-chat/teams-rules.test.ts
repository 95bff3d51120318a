import assert from 'node:assert/strict';
import { startTestChat } from '../support/chat.ts';
import { callConnector, startFakeBot } from '../support/fake-bot.ts';

const card = (extra: object = {}) => ({
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'hi' }], ...extra },
    },
  ],
});
const execute = { type: 'ActionSet', actions: [{ type: 'Action.Execute', title: 'Go', verb: 'go' }] };
const userIds = (count: number) => Array.from({ length: count }, (_, index) => `29:user-${index}`);
const refresh = (count: number) => ({
  refresh: { action: { type: 'Action.Execute', verb: 'r' }, userIds: userIds(count) },
});

async function sendOnce(activity: object) {
  await using bot = await startFakeBot(async () => undefined);
  await using chat = await startTestChat({ botUrl: bot.url });
  const { conversation } = await chat.say('ana-souza', 'personal', 'hello');
  const path = `/v3/conversations/${encodeURIComponent(conversation)}/activities`;
  const answer = await callConnector(chat.url, 'POST', path, { type: 'message', ...activity });
  const error = (answer.body as { error?: { code: string } }).error?.code;
  await chat.waitFor(
    () => chat.view('ana-souza', 'personal').fromBot[0] ?? chat.view('ana-souza', 'personal').notices[0],
  );
  const { notices, fromBot } = chat.view('ana-souza', 'personal');
  return {
    status: answer.status,
    error,
    levels: notices.map(({ level, code }) => `${level} ${code}`),
    shown: fromBot.length,
  };
}

describe('what Teams refuses', () => {
  it('is a message over 28 KB, with 413 MessageSizeTooBig', async () => {
    const seen = await sendOnce({ text: 'x'.repeat(28 * 1024) });
    assert.deepEqual(seen, {
      status: 413,
      error: 'MessageSizeTooBig',
      levels: ['refused MessageSizeTooBig'],
      shown: 0,
    });
  });

  it('is not a message just under 28 KB', async () => {
    const seen = await sendOnce({ text: 'x'.repeat(28 * 1024 - 100) });
    assert.deepEqual(seen, { status: 201, error: undefined, levels: [], shown: 1 });
  });

  it('is a card without a version', async () => {
    const seen = await sendOnce(card({ version: undefined }));
    assert.deepEqual(seen, { status: 400, error: 'BadSyntax', levels: ['refused BadSyntax'], shown: 0 });
  });

  it('is Action.Execute on a card of version 1.3, but not of 1.4', async () => {
    assert.equal((await sendOnce(card({ version: '1.3', body: [execute] }))).status, 400);
    assert.equal((await sendOnce(card({ version: '1.4', body: [execute] }))).status, 201);
    assert.equal((await sendOnce(card({ version: '1.3' }))).status, 201);
  });

  it('is a refresh for 61 people, but not for 60', async () => {
    assert.equal((await sendOnce(card(refresh(61)))).error, 'BadArgument');
    assert.equal((await sendOnce(card(refresh(60)))).status, 201);
  });

  it('is not text beside a card, but the person at the keyboard is warned', async () => {
    const seen = await sendOnce({ text: 'look:', ...card() });
    assert.deepEqual(seen, { status: 201, error: undefined, levels: ['warning TextBesideCard'], shown: 1 });
  });
});

describe('the send limit', () => {
  it('refuses the eighth message of one second with Retry-After and takes it a second later', async () => {
    const clock = { now: new Date('2026-01-05T10:00:00Z') };
    await using bot = await startFakeBot(async () => undefined);
    await using chat = await startTestChat({ botUrl: bot.url, now: () => clock.now });
    const { conversation } = await chat.say('ana-souza', 'personal', 'hello');
    const path = `/v3/conversations/${encodeURIComponent(conversation)}/activities`;
    const send = () => callConnector(chat.url, 'POST', path, { type: 'message', text: 'x' });
    for (let count = 0; count < 7; count++) assert.equal((await send()).status, 201);
    const refused = await send();
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get('retry-after'), '1');
    clock.now = new Date('2026-01-05T10:00:01.001Z');
    assert.equal((await send()).status, 201);
  });
});
