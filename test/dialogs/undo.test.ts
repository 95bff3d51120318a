import assert from 'node:assert/strict';
import { createSpeech } from '../../src/language/speak.ts';
import { operations } from '../../src/operations/index.ts';
import { isChanging } from '../../src/operations/operation.ts';
import type { RunSummary } from '../../src/operations/run-summary.ts';
import type { Run } from '../../src/runs/run.ts';
import { estate } from '../language/estate.ts';
import { startConversation } from './support/conversation.ts';

const vm = estate.find(({ name }) => name === 'erp-prod-01')?.id ?? '';

function aRun(code: string, operation: string, change: Partial<Run & RunSummary> = {}) {
  return {
    code,
    operation,
    state: 'succeeded',
    target: 'erp-prod-01',
    targetName: 'erp-prod-01',
    parameters: { vm },
    requester: { tenantId: 'tenant', oid: 'ana', name: 'Ana' },
    conversationId: 'c',
    ...change,
  } as unknown as Run & RunSummary;
}

/** A conversation about runs that were, newest first. */
function withRuns(...runs: readonly (Run & RunSummary)[]) {
  return startConversation({ recent: runs, runs: { find: async (code) => runs.find((run) => run.code === code) } });
}

describe('undo?', () => {
  for (const [operation, ways] of [
    ['failover.start', ['failover.change-point', 'failover.commit']],
    ['failover.test', ['failover.test-cleanup']],
    ['protection.stop', ['protection.resume']],
    ['protection.stop-delete', ['protection.undelete']],
    ['snapshot.create', ['snapshot.delete']],
    ['restore.new-vm', []],
    ['vm.rebuild', []],
    ['vm.rebuild-in-place', []],
    ['restore.files', ['restore.files-close']],
    ['replication-job.restart', ['replication-job.cancel']],
    ['replication-job.resume', ['replication-job.cancel']],
    ['backup-job.cancel', []],
  ] as const) {
    it(`says what undoes ${operation}, and does nothing`, async () => {
      const { screens, done } = await withRuns(aRun('4F7K', operation)).say('undo?');
      const [screen] = screens;
      assert.ok(screen?.screen === 'answer');
      assert.deepEqual(
        screen.answer.suggestions?.map(({ wish }) => wish.operation),
        ways,
      );
      assert.deepEqual(screen.answer.items?.[0]?.details, [{ message: `${operation}.undo` }]);
      assert.deepEqual(done, []);
    });
  }

  it('tells of the newest run of a target, for it decides what can be undone, whoever asked for it', async () => {
    const commit = aRun('7QQ2', 'failover.commit', { requester: { tenantId: 'tenant', oid: 'luca', name: 'Luca' } });
    const talk = withRuns(commit, aRun('4F7K', 'failover.start'));
    const told = talk.words((await talk.say('undo?')).screens[0]);
    assert.match(told, /7QQ2/);
    assert.doesNotMatch(told, /4F7K/);
    assert.match(told, /A commit is final/);
  });

  it('says what is not decided, still going on, or beyond undoing', async () => {
    const said = async (change: Parameters<typeof aRun>[2], operation = 'snapshot.delete') => {
      const talk = withRuns(aRun('4F7K', operation, change));
      return talk.words((await talk.say('undo 4F7K')).screens[0]);
    };
    assert.match(await said({ state: 'awaiting-approval' }), /withdraw 4F7K/);
    assert.match(await said({ state: 'running' }), /not over yet/);
    assert.match(await said({ state: 'failed' }), /did not finish/);
    assert.match(await said({}), /cannot be undone/);
  });

  it('leads on to the way back by its number, as a request of its own', async () => {
    const talk = withRuns(aRun('4F7K', 'protection.resume'));
    await talk.say('undo?');
    const { done } = await talk.say('1');
    assert.deepEqual([done[0]?.how, done[0]?.operation, done[0]?.parameters.vm], ['proposed', 'protection.stop', vm]);
  });

  it('has nothing to tell of what came to nothing, or of others in another conversation', async () => {
    const theirs = aRun('7QQ2', 'snapshot.create', {
      requester: { tenantId: 'tenant', oid: 'luca', name: 'Luca' },
      conversationId: 'x',
    });
    for (const run of [aRun('4F7K', 'failover.start', { state: 'rejected' }), theirs]) {
      const talk = withRuns(run);
      assert.match(talk.words((await talk.say('undo?')).screens[0]), /No run of yours/);
    }
  });

  it('is told in every language by every operation that has a way back', () => {
    const speech = createSpeech(operations);
    const silent = operations
      .filter(isChanging)
      .filter((operation) => 'undo' in operation)
      .flatMap(({ id }) => speech.tags.filter((tag) => !speech.knows(`${id}.undo`, tag)).map((tag) => `${tag} ${id}`));
    assert.deepEqual(silent, []);
  });
});
