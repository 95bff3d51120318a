import assert from 'node:assert/strict';
import { changingOperations } from '../../../src/operations/index.ts';
import { startOf } from '../starts.ts';
import { type Lane, startLane } from './lane.ts';
import type { Reading } from './readings.ts';
import { askFor, type Manner, words } from './talk.ts';

/** Never an empty list, never silence: what Azure did, or that this is what it said before. */
const refusals =
  /does not allow|lacks|takes no more requests|does not answer|does not reach|could not (look|be)|cannot be reached|no answer/i;

/** Asks each question of the table in every manner, and while Azure refuses. To be called inside `describe`. */
export function readThrough(table: Readonly<Record<string, Reading>>): void {
  let lane: Lane;
  let code: string;

  before(async () => {
    lane = await startLane();
    const drilled = changingOperations.get('failover.test-cleanup') ?? assert.fail();
    await startOf(drilled, lane.world());
    const run = await askFor(lane, { says: 'back up dev-build-01' }, { where: 'personal', by: 'typing' });
    code = /^([0-9A-Z]{4})-[0-9a-f]{6}$/m.exec(words(lane, run))?.[1] ?? assert.fail(words(lane, run));
  });
  after(async () => await lane[Symbol.asyncDispose]());
  afterEach(async () => await lane.simulator.control.clearFaults());

  const shown = async (reading: Reading, manner: Manner): Promise<string> => {
    const says = reading.says.replace('{code}', code);
    return words(lane, await askFor(lane, { ...reading, says }, manner), manner.as);
  };

  for (const [id, reading] of Object.entries(table))
    describe(id, () => {
      it('is answered alone in words, in the group by card, and in a channel in words', async () => {
        assert.match(await shown(reading, { where: 'personal', by: 'typing' }), reading.sees);
        assert.match(await shown(reading, { where: 'group', by: 'card' }), reading.sees);
        assert.match(await shown(reading, { where: 'channel', by: 'typing' }), reading.sees);
      });

      if (reading.ownStore === true) return;
      for (const status of [403, 429, 503])
        it(`says that Azure answered ${status}, or how old its answer is`, async () => {
          const error = { code: 'AzureSaysNo', message: 'Not now.' };
          await lane.simulator.control.fault({ status, body: { error }, headers: { 'retry-after': '1' } });
          const seen = await shown(reading, { where: 'personal', by: 'typing' });
          assert.match(seen, refusals);
          assert.doesNotMatch(seen, /Something went wrong/);
        });
    });
}
