import assert from 'node:assert/strict';
import { changingOperations } from '../../src/operations/index.ts';
import { onServerOrEmbedded } from '../support/store.ts';
import { answers, wrongAfter } from './lost-answers.ts';

describe('an answer of Azure’s to the submission of a backup', () => {
  const backup = changingOperations.get('backup.start') ?? assert.fail();

  onServerOrEmbedded((place) => {
    for (const [what, fault] of Object.entries(answers)) {
      it(`that ${what} is looked for: it is not submitted twice, and ends as it should`, async function () {
        this.timeout(60_000);
        assert.deepEqual(await wrongAfter(await place(), fault, [backup]), []);
      });
    }

    it('is missed here when an operation does not look for it', async function () {
      this.timeout(60_000);
      const blind = { ...backup, findSubmitted: () => Promise.resolve('nothing' as const) };
      const wrong = await wrongAfter(await place(), { status: 500 }, [blind]);
      assert.match(wrong.join('\n'), /^backup\.start was submitted twice: POST /);
    });
  });
});
