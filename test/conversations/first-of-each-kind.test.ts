import assert from 'node:assert/strict';
import { backupChanges } from '../support/matrix/backup-changes.ts';
import { putThrough } from '../support/matrix/lanes.ts';
import { readThrough } from '../support/matrix/read-through.ts';
import { readings } from '../support/matrix/readings.ts';

/** The first line of what `npm run proof` puts every operation through. */
describe('a question and a change, as people ask for them', function () {
  this.timeout(300_000);
  readThrough({ 'protection.show': readings['protection.show'] ?? assert.fail() });
  putThrough({ 'backup.start': backupChanges['backup.start'] ?? assert.fail() });
});
