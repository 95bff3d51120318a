import assert from 'node:assert/strict';
import { messageOf, withBot } from './support/bot.ts';

describe('a turn', () => {
  it('hands a message to the talk with the person behind it, and answers 200', async () => {
    await withBot({}, async ({ connector, heard, post }) => {
      const answer = await post(messageOf(connector, { text: 'is sql-prod-01 protected?' }));
      assert.equal(answer.status, 200);
      const text = 'is sql-prod-01 protected?';
      assert.deepEqual(heard, [
        { text, name: 'Ana Souza', kind: 'personal', locale: 'en-GB', timeZone: 'Europe/Rome' },
      ]);
    });
  });

  it('sends what the talk says to the service URL of the activity', async () => {
    const onMessage = async (turn: { sendActivity(text: string): Promise<unknown> }) =>
      void (await turn.sendActivity('yes'));
    await withBot({ onMessage }, async ({ connector, post }) => {
      await post(messageOf(connector));
      assert.deepEqual(
        connector.messages().map(({ method, body }) => [method, body.text]),
        [['POST', 'yes']],
      );
    });
  });
});
