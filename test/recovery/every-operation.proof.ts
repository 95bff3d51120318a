import assert from 'node:assert/strict';
import { changingOperations } from '../../src/operations/index.ts';
import { killPoints } from '../../src/runs/index.ts';
import { onServerOrEmbedded } from '../support/store.ts';
import { asked, assertEnd, decided, type Ends, expireAll, liveThrough, stepped, undecided } from './lives.ts';
import { Stage } from './stage.ts';
import { askAPerson } from './worlds.ts';

const life = [...asked, ...decided, ...stepped];
const operations = [...changingOperations.values()];

describe('a process that is killed with a run of every operation in it', () => {
  it('is killed at every point there is, in the tests below', () => {
    assert.deepEqual([...life, ...undecided].flat().sort(), [...killPoints].sort());
  });

  onServerOrEmbedded((place) => {
    let expired: Ends | undefined;
    let ended: Ends | undefined;

    it('comes to every gap and, started again, to the end of all of them, with a whole audit trail', async function () {
      const at = await place();
      const embedded = at.options.databaseUrl === undefined;
      this.timeout(embedded ? 1_200_000 : 600_000);
      await using stage = await Stage.open(operations);
      // Azure hears nothing of these: the same worlds do for those that follow.
      expired = await expireAll(await place(), stage);
      // The embedded store has one transaction at a time.
      const kills = life.filter((kill) => !(embedded && kill.includes('inside-change')));
      ended = await liveThrough(kills, at, stage);
    });

    for (const { id } of operations) {
      const state = askAPerson.includes(id) ? 'needs-attention' : 'succeeded';
      it(`submits ${id} once and ends it as ${state}, and sends nothing of it that nobody decided on; its cards say so`, () => {
        assert.ok(expired !== undefined && ended !== undefined, 'the first test did not come to its end: it tells why');
        assertEnd(expired, id, 'expired', 0);
        assertEnd(ended, id, state, 1);
      });
    }
  });
});
