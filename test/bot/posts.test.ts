import assert from 'node:assert/strict';
import type { Outgoing } from '../../src/posts/index.ts';
import { messageOf, type Trial, withBot } from './support/bot.ts';
import { homeTenant } from './support/connector.ts';

const group = { id: '19:g', tenantId: homeTenant, conversationType: 'groupChat' };
const what: Outgoing = {
  screen: { screen: 'notice', notice: { tone: 'warning', title: 'The failover of erp-prod-01 is not committed' } },
  reader: { locale: 'en', timeZone: 'UTC' },
  rings: true,
};

/** A bot that has met the group. */
async function inGroup(work: (trial: Trial) => Promise<void>): Promise<void> {
  await withBot({}, async (trial) => {
    await trial.post(messageOf(trial.connector, { conversation: group }));
    await work(trial);
  });
}

describe('what the bot says by itself', () => {
  it('is a card that rings, is replaced where it stands, and is taken away', async () => {
    await inGroup(async ({ bot, connector }) => {
      connector.answers.push(201, 200, 200);
      const sent = await bot.posts.post('19:g', what);
      assert.ok(sent !== 'gone');
      await bot.posts.update('19:g', sent.messageId, { ...what, rings: false });
      await bot.posts.remove('19:g', sent.messageId);
      const seen = connector.messages().slice(-3);
      assert.deepEqual(
        seen.map(({ method }) => method),
        ['POST', 'PUT', 'DELETE'],
      );
      assert.match(JSON.stringify(seen[0]?.body), /"alert":true/);
      assert.match(seen[0]?.body.summary ?? '', /not committed/);
      assert.ok(seen.slice(1).every(({ path }) => path.endsWith(`/activities/${sent.messageId}`)));
    });
  });

  it('has no place where the bot was removed, and a later try where Teams is busy', async () => {
    await inGroup(async ({ bot, connector }) => {
      connector.answers.push(403, 404, 429);
      assert.equal(await bot.posts.post('19:g', what), 'gone');
      assert.equal(await bot.posts.post('19:g', what), 'gone');
      await assert.rejects(bot.posts.post('19:g', what), /429/);
      assert.equal(await bot.posts.post('19:unknown', what), 'gone');
    });
  });

  it('is in the language that the person of a personal chat speaks by then', async () => {
    let language = 'en';
    await withBot({ localeOf: () => Promise.resolve(language) }, async ({ bot, connector, post }) => {
      await post(messageOf(connector));
      language = 'it';
      await bot.posts.post('a:1ana', what);
      assert.match(JSON.stringify(connector.messages().at(-1)?.body), /"lang":"it"/);
    });
  });

  it('ends when Teams tells that the bot was removed from a group or by a person', async () => {
    await inGroup(async ({ connector, post, forgotten }) => {
      const bot = messageOf(connector, { conversation: group }) as { readonly recipient: { readonly id: string } };
      const update = { ...bot, type: 'conversationUpdate', id: 'u1', text: undefined };
      await post({ ...update, membersRemoved: [{ id: '29:somebody' }] });
      assert.deepEqual(forgotten, []);
      await post({ ...update, id: 'u2', membersRemoved: [{ id: bot.recipient.id }] });
      await post({ ...update, id: 'u3', type: 'installationUpdate', action: 'remove' });
      assert.deepEqual(forgotten, ['19:g', '19:g']);
    });
  });
});
