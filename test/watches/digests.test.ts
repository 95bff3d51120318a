import assert from 'node:assert/strict';
import { onUsualHome } from '../support/store.ts';
import { minute, Trial } from './trial.ts';

onUsualHome('the daily summary', (place) => {
  it('comes once a day at the time of whoever asked for it, on both sides of the change of clocks', async () => {
    const trial = new Trial(await place());
    await trial.time.clock.setTime('2026-03-27T20:00:00.000Z');
    const service = await trial.open();
    const first = await service.digest({ ...trial.wish('chat'), time: '08:00' });
    assert.equal(first, '2026-03-28T08:00:00.000Z');
    await trial.pass(12.5 * 60 * minute);
    assert.equal(trial.chat.posted, 1);
    assert.equal((await service.digestOf('chat'))?.nextAt, '2026-03-29T07:00:00.000Z');
    await trial.pass(22.75 * 60 * minute);
    assert.deepEqual([trial.chat.posted, trial.summaries], [2, 2]);
    assert.equal((await service.digestOf('chat'))?.nextAt, '2026-03-30T07:00:00.000Z');
  });

  it('is replaced by another time, and ends when it is not wanted', async () => {
    const trial = new Trial(await place());
    const service = await trial.open();
    await service.digest({ ...trial.wish('chat'), time: '09:00' });
    await service.digest({ ...trial.wish('chat'), time: '10:00' });
    await trial.pass(61 * minute);
    assert.equal(trial.chat.posted, 0);
    await trial.pass(60 * minute);
    assert.equal(trial.chat.posted, 1);
    assert.deepEqual([await service.stopDigest('chat'), await service.stopDigest('chat')], [true, false]);
    await trial.pass(48 * 60 * minute);
    assert.equal(trial.chat.posted, 1);
  });

  it('comes in the language that whoever asked for it speaks by then', async () => {
    const trial = new Trial(await place());
    const service = await trial.open();
    await service.digest({ ...trial.wish('chat'), time: '09:00' });
    trial.language = 'it';
    await trial.pass(61 * minute);
    assert.deepEqual(
      [...trial.chat.messages.values()].map(({ reader }) => reader.locale),
      ['it'],
    );
  });
});
