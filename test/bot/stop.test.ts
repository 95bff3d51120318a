import assert from 'node:assert/strict';
import { clickOf, withBot } from './support/bot.ts';

describe('a stop', () => {
  it('waits for the answer to a click that is under way to be with Teams, not only for the work behind it', async () => {
    let finish = (): void => undefined;
    const arrived = Promise.withResolvers<void>();
    const onAction = async () => {
      arrived.resolve();
      return await new Promise<string>((resolve) => {
        finish = () => resolve('It is done.');
      });
    };
    await withBot({ onAction }, async (trial) => {
      const answer = trial.post(
        clickOf(trial.connector, { verb: 'wish', data: { operation: 'vault.list', parameters: {} } }),
      );
      await arrived.promise;
      const closed = trial.bot.close();
      finish();
      assert.match(JSON.stringify((await answer).body), /It is done/);
      await closed;
    });
  });
});
