import assert from 'node:assert/strict';
import { cardText, startTestChat } from '../support/chat.ts';
import { demoBot } from '../support/demo-bot.ts';
import { startFakeBot } from '../support/fake-bot.ts';

describe('a click on a card', () => {
  it('reaches the bot as Teams sends Action.Execute', async () => {
    await using bot = await startFakeBot(demoBot);
    await using chat = await startTestChat({ botUrl: bot.url });
    const card = await chat.ask('ana-souza', 'personal', 'form');
    await chat.click('ana-souza', card, 'keep', { days: 7 });
    const [got] = bot.received.slice(-1);
    assert.ok(got);
    const { serviceUrl, timestamp, localTimestamp, ...invoke } = got;
    assert.equal(serviceUrl, chat.url);
    assert.match(invoke.id, /^f:/);
    assert.match(String(localTimestamp), /-03:00$/);
    assert.equal(Date.parse(String(localTimestamp)), Date.parse(String(timestamp)));
    assert.deepEqual(
      { ...invoke, id: 'f:' },
      {
        type: 'invoke',
        name: 'adaptiveCard/action',
        id: 'f:',
        channelId: 'msteams',
        localTimezone: 'America/Sao_Paulo',
        locale: 'en-US',
        from: { id: '29:ana-souza', name: 'Ana Souza', aadObjectId: '00000000-0000-4000-8000-000000000001' },
        recipient: { id: '28:vaultkeeper', name: 'Vaultkeeper' },
        conversation: {
          id: card.conversation,
          tenantId: '11111111-1111-4111-8111-111111111111',
          conversationType: 'personal',
        },
        entities: [
          { type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Web', timezone: 'America/Sao_Paulo' },
        ],
        channelData: {
          tenant: { id: '11111111-1111-4111-8111-111111111111' },
          source: { name: 'message' },
          legacy: { replyToId: card.id },
        },
        replyToId: card.id,
        value: {
          action: { type: 'Action.Execute', verb: 'keep', data: { run: '4F7K', days: 7, reason: '', tier: 'vault' } },
          trigger: 'manual',
        },
      },
    );
  });

  it('replaces the card for the one who clicked and for nobody else', async () => {
    await using bot = await startFakeBot(demoBot);
    await using chat = await startTestChat({ botUrl: bot.url });
    const card = await chat.ask('ana-souza', 'group', '@Vaultkeeper approval');
    await chat.refresh('priya-nair', card);
    assert.match(cardText(chat.card('priya-nair', card)), /For Priya Nair only/);
    assert.match(cardText(chat.card('ana-souza', card)), /Approve the test failover/);
  });

  it('keeps the own card that came with a change of the message, and loses it with the next change', async () => {
    await using bot = await startFakeBot(demoBot);
    await using chat = await startTestChat({ botUrl: bot.url });
    const card = await chat.ask('ana-souza', 'group', '@Vaultkeeper approval');
    await chat.click('priya-nair', card, 'approve');
    await chat.waitFor(() => chat.now(card).version === 2);
    assert.match(cardText(chat.card('priya-nair', card)), /Thank you/);
    assert.match(cardText(chat.card('tom-baker', card)), /Approved by Priya Nair/);
    await chat.execute('tom-baker', card, { verb: 'approve' });
    await chat.waitFor(() => chat.now(card).version === 3);
    assert.match(cardText(chat.card('priya-nair', card)), /Approved by Tom Baker/);
  });

  it('tells the clicker what the bot refused', async () => {
    await using bot = await startFakeBot(demoBot);
    await using chat = await startTestChat({ botUrl: bot.url });
    const card = await chat.ask('ana-souza', 'personal', 'approval');
    const outcome = await chat.click('ana-souza', card, 'Reject');
    assert.deepEqual(outcome, { kind: 'error', code: 'NotYou', text: 'You asked for it, so somebody else decides.' });
  });

  it('shows a line of text when the bot answers with one', async () => {
    await using bot = await startFakeBot(demoBot);
    await using chat = await startTestChat({ botUrl: bot.url });
    const card = await chat.ask('ana-souza', 'personal', 'form');
    const outcome = await chat.click('ana-souza', card, 'Keep', { days: 3 });
    assert.deepEqual(outcome, { kind: 'message', text: 'Kept 3 days (vault)' });
  });

  it('is an error on the card and a notice when the bot fails', async () => {
    await using bot = await startFakeBot(demoBot);
    await using chat = await startTestChat({ botUrl: bot.url });
    const card = await chat.ask('ana-souza', 'personal', 'approval');
    assert.equal((await chat.click('ana-souza', card, 'Details')).kind, 'error');
    await chat.waitFor(() => chat.view('ana-souza', 'personal').notices.some(({ code }) => code === 'BotError'));
  });

  it('is not possible by the driver where no button is, or where a required input is empty', async () => {
    await using bot = await startFakeBot(demoBot);
    await using chat = await startTestChat({ botUrl: bot.url });
    const card = await chat.ask('ana-souza', 'personal', 'form');
    await assert.rejects(chat.click('ana-souza', card, 'approve'), /There are: Keep \(keep\)/);
    await assert.rejects(chat.click('ana-souza', card, 'keep'), /"days" is required/);
  });

  it('does not come from somebody who is not in the conversation', async () => {
    await using bot = await startFakeBot(demoBot);
    await using chat = await startTestChat({ botUrl: bot.url });
    const card = await chat.ask('ana-souza', 'personal', 'approval');
    await assert.rejects(chat.execute('tom-baker', card, { verb: 'approve' }), /404/);
  });

  it('refuses a card in the answer that Teams would refuse', async () => {
    const value = { type: 'AdaptiveCard', version: '1.3', actions: [{ type: 'Action.Execute', verb: 'x' }] };
    await using bot = await startFakeBot(async (turn) => {
      if (turn.activity.type !== 'invoke') return demoBot(turn);
      return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value };
    });
    await using chat = await startTestChat({ botUrl: bot.url });
    const card = await chat.ask('ana-souza', 'personal', 'approval');
    const outcome = await chat.click('ana-souza', card, 'approve');
    assert.equal(outcome.kind === 'error' && outcome.code, 'BadSyntax');
  });
});

describe('Action.Submit', () => {
  it('is a message with a value and without text', async () => {
    await using bot = await startFakeBot(demoBot);
    await using chat = await startTestChat({ botUrl: bot.url });
    const card = await chat.ask('ana-souza', 'personal', 'form');
    await chat.submit('ana-souza', card, { days: 7 });
    await chat.waitFor(() =>
      chat.view('ana-souza', 'personal').fromBot.some(({ text }) => text === 'submitted {"days":7}'),
    );
    const { text, replyToId, type } = bot.received.at(-1) ?? {};
    assert.deepEqual({ text, replyToId, type }, { text: undefined, replyToId: card.id, type: 'message' });
  });

  it('of the form imBack says the words in the person’s name, with a mention where one is needed', async () => {
    await using bot = await startFakeBot(demoBot);
    await using chat = await startTestChat({ botUrl: bot.url });
    const card = await chat.ask('ana-souza', 'group', '@Vaultkeeper form');
    await chat.submit('ana-souza', card, { msteams: { type: 'imBack', value: 'status' } });
    await chat.waitFor(() => chat.view('ana-souza', 'group').fromBot.at(-1)?.summary === 'sql-prod-01 is protected');
    assert.equal(
      chat.messages('tom-baker', 'group').findLast(({ author }) => author.kind === 'person')?.text,
      '<at>Vaultkeeper</at> status',
    );
  });
});
