import assert from 'node:assert/strict';
import { CatalogueError } from '../../src/errors.ts';
import type { Proposal } from '../../src/runs/run.ts';
import { startConversation } from './support/conversation.ts';

describe('what the settings turn off', () => {
  const asked: Proposal[] = [];
  const runs = {
    assertStartable: async (proposal: Proposal) => {
      asked.push(proposal);
      if (proposal.operation === 'failover.start') throw new CatalogueError('destructive-off');
    },
  };

  for (const [locale, text, words] of [
    ['en', 'fail over erp-prod-01', /turned off here/],
    ['pt-BR', 'failover da erp-prod-01', /desligado/],
    ['it', 'failover di erp-prod-01', /disattivato/],
  ] as const)
    it(`is refused before anything is asked, and the refusal can be asked about: ${text}`, async () => {
      const talk = startConversation({ runs });
      const { screens, done } = await talk.say(text, { locale });
      assert.deepEqual([asked.at(-1)?.operation, done, screens.length], ['failover.start', [], 1]);
      assert.match(talk.words(screens[0], locale), words);
      const why = await talk.say('why', { locale: 'en' });
      assert.match(talk.words(why.screens[0]), /turned off here/);
    });

  it('is not asked about for what only reads', async () => {
    asked.length = 0;
    await startConversation({ runs }).say('is sql-prod-01 protected?');
    assert.deepEqual(asked, []);
  });
});
