import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { createSpeech } from '../../src/language/speak.ts';
import { usualDuration, usualOfOwnRuns } from '../../src/operations/facts.ts';
import { operations } from '../../src/operations/index.ts';
import { isChanging } from '../../src/operations/operation.ts';
import { stubContext } from '../support/stub-azure.ts';

const speech = createSpeech(operations);
const now = new Date('2026-03-02T08:00:00Z');

function told(seconds: readonly number[], locale = 'en'): string {
  return speech.speakerFor({ locale, timeZone: 'UTC', now })(usualDuration(seconds));
}

/** Nothing has been measured of these: they act on a job or a session that is there, and Azure keeps no job of that. */
const actOnJobs = /^(?:backup-job|replication-job)\.|restore\.files-close/;

describe('how long something usually takes', () => {
  it('is the range of past runs, and no history with fewer than three', () => {
    assert.equal(told([1500, 1800, 2400, 1600, 1700, 1900]), '25 to 40 min (6 runs)');
    assert.equal(told([1500, 1800, 2400], 'it'), 'da 25 a 40 min (3 esecuzioni)');
    assert.equal(told([1500, 2400]), 'no history yet');
    assert.equal(told([]), 'no history yet');
    assert.equal(told([600, 610, 605]), '10 min 10 sec (3 runs)');
    assert.equal(told([20, 30, 40]), '20 sec to 40 sec (3 runs)');
  });

  it('is measured over our own successful runs where Azure keeps no job', async () => {
    const run = (operation: string, state: 'succeeded' | 'failed', endedAt: string) => ({
      ...{ code: 'AAAA', target: 't', requester: { oid: 'o', name: 'n' }, approvals: [], approvalsNeeded: 0 },
      ...{ operation, state, createdAt: '2026-03-02T07:00:00Z', startedAt: '2026-03-02T07:00:00Z', endedAt },
    });
    const recent = async () => [
      run('snapshot.create', 'succeeded', '2026-03-02T07:02:00Z'),
      run('snapshot.create', 'succeeded', '2026-03-02T07:03:00Z'),
      run('snapshot.create', 'succeeded', '2026-03-02T07:05:00Z'),
      run('snapshot.create', 'failed', '2026-03-02T07:50:00Z'),
      run('backup.start', 'succeeded', '2026-03-02T07:40:00Z'),
    ];
    const { values } = await usualOfOwnRuns(stubContext({}, { recent }), 'snapshot.create');
    assert.deepEqual(values, { low: 2, high: 5, runs: 3 });
  });

  it('is on the card of every operation that changes something in Azure', () => {
    const sources = globSync('src/operations/*/*.ts').map((file) => readFileSync(file, 'utf8'));
    const without = operations.filter(isChanging).filter(({ id }) => {
      const own = sources.find((source) => source.includes(`const id = '${id}'`)) ?? '';
      return !/'usually'|usualFact|blastRadius|restoreFacts|rebuildFacts|rebuild/.test(own) && !actOnJobs.test(id);
    });
    assert.deepEqual(
      without.map(({ id }) => id),
      [],
    );
  });
});
