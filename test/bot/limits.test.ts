import assert from 'node:assert/strict';
import { TurnLimits } from '../../src/bot/turn/limits.ts';
import { UnderWay } from '../../src/bot/turn/under-way.ts';
import { messageOf, withBot } from './support/bot.ts';

const limits = { personPerMinute: 3, conversationPerMinute: 100, underWay: 100 };

describe('too many turns', () => {
  it('of one person are told once, and not done', async () => {
    await withBot({ limits }, async ({ connector, heard, post }) => {
      for (let count = 0; count < 10; count++) assert.equal((await post(messageOf(connector))).status, 200);
      assert.equal(heard.length, 3);
      const cards = connector.messages().map(({ body }) => JSON.stringify(body.attachments?.[0]?.content));
      assert.equal(cards.length, 1);
      assert.match(cards[0] ?? '', /faster than I can read/);
    });
  });

  it('leave other people and other conversations alone', async () => {
    const counted = new TurnLimits({ personPerMinute: 2, conversationPerMinute: 4, underWay: 100 }, new UnderWay());
    const turned = async (person: string, conversation: string) =>
      (await counted.turned({ person, conversation }))?.why;
    for (let count = 0; count < 2; count++) assert.equal(await turned('ana', 'group'), undefined);
    assert.equal(await turned('ana', 'personal'), 'too-fast');
    for (let count = 0; count < 2; count++) assert.equal(await turned('luca', 'group'), undefined);
    assert.equal(await turned('priya', 'group'), 'too-fast');
    assert.equal(await turned('tom', 'personal'), undefined);
  });

  it('at once are turned away until some have ended', async () => {
    const underWay = new UnderWay();
    const counted = new TurnLimits({ personPerMinute: 99, conversationPerMinute: 99, underWay: 1 }, underWay);
    const { promise, resolve } = Promise.withResolvers<void>();
    const both = [underWay.during(() => promise), underWay.during(() => promise)];
    assert.equal((await counted.turned({ person: 'ana', conversation: 'a' }))?.why, 'busy');
    resolve();
    await Promise.all(both);
    assert.equal(await counted.turned({ person: 'ana', conversation: 'a' }), undefined);
  });
});
