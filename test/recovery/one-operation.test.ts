import assert from 'node:assert/strict';
import { changingOperations } from '../../src/operations/index.ts';
import { onServerOrEmbedded } from '../support/store.ts';
import { assertEnd, type Kill, liveThrough } from './lives.ts';
import { Stage } from './stage.ts';

/** Before and after what must not happen twice, and where the end is about to be written; all other gaps are those of `every-operation.proof.ts`. */
const life: readonly Kill[] = [['after-starting-written', 'before-submit'], ['after-submit'], ['before-result-read']];

describe('a process that is killed with a backup in it', () => {
  onServerOrEmbedded((place) => {
    it('submits it once, and after the next starts it ends well, on its card too', async function () {
      this.timeout(240_000);
      const backup = changingOperations.get('backup.start') ?? assert.fail();
      await using stage = await Stage.open([backup]);
      assertEnd(await liveThrough(life, await place(), stage), backup.id, 'succeeded', 1);
    });
  });
});
