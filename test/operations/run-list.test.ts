import assert from 'node:assert/strict';
import type { RunSummary } from '../../src/operations/run-summary.ts';
import { pendingRuns, runList } from '../../src/operations/status/run-list.ts';
import { stubContext } from '../support/stub-azure.ts';

const run: RunSummary = {
  code: '4F7K',
  operation: 'failover.test',
  state: 'awaiting-approval',
  target: 'sql-01',
  requester: { oid: 'oid-ana', name: 'Ana' },
  approvals: [],
  approvalsNeeded: 1,
  createdAt: '2026-03-02T07:50:00.000Z',
  decideBy: '2026-03-02T08:20:00.000Z',
};

describe('run.list', () => {
  it('asks for the runs of the person’s own tenant and leads to each', async () => {
    const asked: unknown[] = [];
    const recent = async (tenantId: string) => {
      asked.push(tenantId);
      return [run];
    };
    const { items } = await runList.answer(stubContext({}, { recent }), {});
    assert.deepEqual(asked, ['tenant']);
    assert.deepEqual(items?.[0]?.opens, { operation: 'run.show', parameters: { run: '4F7K' } });
  });

  it('has what is still under way first, from further back too, and says how much that is', async () => {
    const ended = Array.from({ length: 20 }, (_, at) => ({ ...run, code: `E${at}`, state: 'succeeded' as const }));
    const runs = [...ended, { ...run, code: 'RUN1', state: 'running' as const }];
    const recent = async (_: string, most: number) => runs.slice(0, most);
    const { items, lead } = await runList.answer(stubContext({}, { recent }), {});
    assert.deepEqual(items?.[0]?.opens?.parameters, { run: 'RUN1' });
    assert.equal(items?.length, 15);
    assert.deepEqual(lead, { message: 'run.list.open', values: { count: 1 } });
    const none = await runList.answer(stubContext({}, { recent: async () => ended.slice(0, 2) }), {});
    assert.deepEqual(none.lead, { message: 'run.list.open', values: { count: 0 } });
  });

  it('tells for what waits how many agreed and until when', async () => {
    const { items, tone } = await pendingRuns(
      stubContext({}, { awaitingApproval: async () => [run], leftOpen: async () => [], owedReview: async () => [] }),
    );
    assert.equal(tone, 'warning');
    assert.match(JSON.stringify(items), /"approved":0,"needed":1,"by":\{"age":"2026-03-02T08:20:00.000Z"\}/);
  });

  it('lists what ended runs left open in Azure, and since when', async () => {
    const open = [{ run, kind: 'failover', openedAt: '2026-03-02T07:00:00.000Z', nextAt: '2026-03-02T11:00:00.000Z' }];
    const context = stubContext(
      {},
      { awaitingApproval: async () => [], leftOpen: async () => open, owedReview: async () => [] },
    );
    const { items, tone, lead } = await pendingRuns(context);
    assert.equal(tone, 'warning');
    assert.match(JSON.stringify(lead), /reminder.pending","values":\{"count":1\}/);
    assert.match(JSON.stringify(items), /reminder.kind.failover.*"age":"2026-03-02T07:00:00.000Z"/);
  });

  it('lists what was started without its approvals until a colleague has reviewed it', async () => {
    const brokenGlass = { by: 'Ana', reviewBy: '2026-03-03T08:00:00.000Z' };
    const owed = { ...run, state: 'succeeded', brokenGlass } as const;
    const none = async () => [];
    const stubs = { awaitingApproval: none, leftOpen: none, owedReview: async () => [owed] };
    const { items, tone } = await pendingRuns(stubContext({}, stubs));
    assert.equal(tone, 'warning');
    assert.match(
      JSON.stringify(items),
      /unreviewed","values":\{"by":"Ana","due":\{"age":"2026-03-03T08:00:00.000Z"\},"code":"4F7K"/,
    );
  });

  it('says of a run that was sent back that it was', async () => {
    const recent = async () => [{ ...run, state: 'rejected', sentBack: true } as const];
    assert.match(JSON.stringify((await runList.answer(stubContext({}, { recent }), {})).items), /run.state.sent-back/);
  });
});
