import assert from 'node:assert/strict';
import type { RunSummary } from '../../src/operations/run-summary.ts';
import { runShow } from '../../src/operations/status/run-show.ts';
import { stubContext } from '../support/stub-azure.ts';

const run: RunSummary = {
  code: '4F7K',
  operation: 'backup.start',
  state: 'succeeded',
  target: 'sql-01',
  requester: { oid: 'oid-ana', name: 'Ana' },
  approvals: [],
  approvalsNeeded: 0,
  createdAt: '2026-03-02T07:00:00.000Z',
  startedAt: '2026-03-02T07:01:00.000Z',
  endedAt: '2026-03-02T07:41:00.000Z',
};

describe('run.show', () => {
  it('shows who asked, how long it took and what happened when', async () => {
    const timeline = async () => [{ at: '2026-03-02T07:01:00.000Z', text: { message: 'run.event.started' } }];
    const { items, sections } = await runShow.answer(stubContext({}, { find: async () => run, timeline }), {
      run: '4f7k',
    });
    assert.match(JSON.stringify(sections), /"fact.took"\},"value":\{"seconds":2400\}/);
    assert.equal(items?.length, 1);
  });

  it('says that there is no such run', async () => {
    await assert.rejects(runShow.answer(stubContext({}, { find: async () => undefined }), { run: 'zzzz' }), {
      code: 'run-not-found',
    });
  });
});
