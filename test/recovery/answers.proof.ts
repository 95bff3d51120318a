import assert from 'node:assert/strict';
import { changingOperations } from '../../src/operations/index.ts';
import { onServerOrEmbedded } from '../support/store.ts';
import { answers, wrongAfter } from './lost-answers.ts';

describe('an answer of Azure’s to the submission of any operation', () => {
  onServerOrEmbedded((place) => {
    for (const [what, fault] of Object.entries(answers)) {
      it(`that ${what} is looked for: nothing is submitted twice, and the run ends as it should`, async function () {
        this.timeout(180_000);
        assert.deepEqual(await wrongAfter(await place(), fault, [...changingOperations.values()]), []);
      });
    }
  });
});
