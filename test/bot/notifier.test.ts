import assert from 'node:assert/strict';
import { ConnectorFault } from '../../src/bot/index.ts';
import { ana, luca, sampleRun } from '../cards/support/runs.ts';
import { messageOf, type Trial, withBot } from './support/bot.ts';
import { homeTenant } from './support/connector.ts';

const run = sampleRun({ conversationId: '19:g' });
const group = { id: '19:g', tenantId: homeTenant, conversationType: 'groupChat' };

/** A bot that has met the group. */
async function inGroup(options: Parameters<typeof withBot>[0], work: (trial: Trial) => Promise<void>): Promise<void> {
  await withBot(options, async (trial) => {
    await trial.post(messageOf(trial.connector, { conversation: group }));
    await work(trial);
  });
}

function fault(status: number, retryAfterSeconds?: number) {
  return (error: unknown) => {
    assert.ok(error instanceof ConnectorFault);
    assert.deepEqual([error.status, error.retryAfterSeconds], [status, retryAfterSeconds]);
    return true;
  };
}

describe("a run's card outside a turn", () => {
  it('is posted into its conversation, rings because somebody is needed, and returns its id', async () => {
    await inGroup({}, async ({ bot, connector }) => {
      const id = await bot.cards.post('19:g', run);
      const [sent] = connector.messages();
      assert.match(id, /^m\d+$/);
      assert.match(sent?.path ?? '', /^\/v3\/conversations\/19:g\/activities/);
      assert.match(JSON.stringify(sent?.body), /"alert":true/);
      assert.match(sent?.body.summary ?? '', /Waiting for approval/);
      assert.equal(sent?.body.text, undefined);
    });
  });

  it('is updated in place', async () => {
    await inGroup({}, async ({ bot, connector }) => {
      await bot.cards.update('19:g', 'm7', { ...run, state: 'rejected' });
      const [sent] = connector.messages();
      assert.deepEqual([sent?.method, sent?.path], ['PUT', '/v3/conversations/19:g/activities/m7']);
      assert.match(JSON.stringify(sent?.body), /Rejected/);
    });
  });

  it('speaks the language of the one person of a personal chat and shows their own buttons', async () => {
    await withBot({}, async ({ bot, connector, post, conversations }) => {
      const entities = [{ type: 'clientInfo', locale: 'it-IT', timezone: 'Europe/Rome' }];
      await post(messageOf(connector, { locale: 'it-IT', entities }));
      const mine = conversations.get('a:1ana')?.oid ?? '';
      await bot.cards.post('a:1ana', { ...run, requester: { ...ana, oid: mine } });
      await bot.cards.post('a:1ana', { ...run, requester: luca });
      const [own, others] = connector.messages().map(({ body }) => JSON.stringify(body));
      assert.match(own ?? '', /deve approvarla un’altra persona/);
      assert.match(others ?? '', /"title":"Approva"/);
    });
  });

  it('cannot go where the bot has never been', async () => {
    await withBot({}, async ({ bot }) => assert.rejects(bot.cards.post('19:x', run), fault(404)));
  });

  it('is not posted again by itself when Teams fails: the same message came up to four times', async () => {
    await inGroup({}, async ({ bot, connector }) => {
      connector.answers.push(500, 502);
      await assert.rejects(bot.cards.post('19:g', run), fault(500));
      await assert.rejects(bot.cards.update('19:g', 'm1', run), fault(502));
      assert.equal(connector.messages().length, 2);
    });
  });

  it('says how long Teams wants to be left alone', async () => {
    await inGroup({}, async ({ bot, connector }) => {
      connector.retryAfter.seconds = 30;
      connector.answers.push(429);
      await assert.rejects(bot.cards.post('19:g', run), fault(429, 30));
      assert.equal(connector.messages().length, 1);
    });
  });

  it('is sent again when Teams did not take it and asks for a short wait, three times at most', async () => {
    await inGroup({}, async ({ bot, connector }) => {
      connector.retryAfter.seconds = 0;
      connector.answers.push(429);
      assert.match(await bot.cards.post('19:g', run), /^m\d+$/);
      connector.answers.push(429, 429, 429, 429);
      await assert.rejects(bot.cards.post('19:g', run), fault(429, 0));
      assert.equal(connector.messages().length, 2 + 4);
    });
  });

  it('says that Teams refused it', async () => {
    await inGroup({}, async ({ bot, connector }) => {
      connector.answers.push(403);
      await assert.rejects(bot.cards.post('19:g', run), fault(403));
    });
  });

  it('does not wait for ever', async () => {
    await inGroup({ outboundSeconds: 0.1 }, async ({ bot, connector }) => {
      connector.answers.push('hang');
      await assert.rejects(bot.cards.post('19:g', run), fault(0));
      assert.equal(connector.messages().length, 1);
    });
  });

  it('never goes to a service URL that is not of Teams, even from the book', async () => {
    await inGroup({}, async ({ bot, conversations }) => {
      const known = conversations.get('19:g');
      assert.ok(known);
      const stolen = JSON.stringify(known.reference).replace(/http:\/\/127\.0\.0\.1:\d+/, 'https://evil.example');
      conversations.set('19:g', { ...known, reference: JSON.parse(stolen) as unknown });
      await assert.rejects(bot.cards.post('19:g', run), (error: Error) =>
        /not a service of Teams: evil\.example/.test(error.message),
      );
    });
  });
});
