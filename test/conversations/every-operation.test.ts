import assert from 'node:assert/strict';
import { operations } from '../../src/operations/index.ts';
import { isChanging } from '../../src/operations/operation.ts';
import { backupChanges } from '../support/matrix/backup-changes.ts';
import { copyChanges } from '../support/matrix/copy-changes.ts';
import { planChanges } from '../support/matrix/plan-changes.ts';
import { readings } from '../support/matrix/readings.ts';
import { recoveryChanges } from '../support/matrix/recovery-changes.ts';

/** What a new operation lacks is said here; what it is put through is in the files named `every-…`, which `npm run proof` runs. */
describe('every operation in conversation', () => {
  const changes = { ...backupChanges, ...copyChanges, ...recoveryChanges, ...planChanges };

  for (const operation of operations)
    it(`knows how ${operation.id} is asked for`, () => {
      const known = isChanging(operation) ? changes[operation.id] : readings[operation.id];
      assert.ok(known, `say how it is asked for: a row in test/support/matrix for ${operation.id}`);
    });

  it('knows nothing of operations that are gone', () => {
    const ids = new Set(operations.map(({ id }) => id));
    assert.deepEqual(
      [...Object.keys(changes), ...Object.keys(readings)].filter((id) => !ids.has(id)),
      [],
    );
  });

  it('hides no message behind a text that every operation has', () => {
    const taken = ['title', 'does', 'example', 'phrases'];
    const hidden = operations.flatMap(({ id, texts }) =>
      Object.keys(texts.en.messages).flatMap((key) => (taken.includes(key) ? [`${id}.${key}`] : [])),
    );
    assert.deepEqual(hidden, []);
  });
});
