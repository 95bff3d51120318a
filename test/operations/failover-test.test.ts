import assert from 'node:assert/strict';
import { failoverTest } from '../../src/operations/recovery/failover-test.ts';
import { aJob, aNetwork, aReplica, execution, ids, stubContext } from '../support/stub-azure.ts';

const parameters = { vm: ids.vm, point: 'latest-processed', network: ids.network('vnet-dr-test') };
const networks = async () => ({
  value: [aNetwork('vnet-prod-neu'), aNetwork('vnet-other'), aNetwork('vnet-dr-test')],
  asOf: '2026-03-02T08:00:00.000Z',
});

async function findingsWith(replica: Parameters<typeof aReplica>[0], network = parameters.network) {
  const context = stubContext({ recovery: { item: async () => aReplica(replica) } });
  const request = { ...parameters, network };
  return (await failoverTest.checks(context, request, await failoverTest.preview(context, request))).map(
    (finding) => `${finding.id} ${finding.severity}`,
  );
}

describe('failover.test', () => {
  it('offers isolated networks first and the production one last but for none', async () => {
    const choices = await failoverTest.choices?.(stubContext({ inventory: { networks } }), 'network', { vm: ids.vm });
    assert.deepEqual(
      choices?.map((choice) => choice.value),
      [ids.network('vnet-dr-test'), ids.network('vnet-other'), ids.network('vnet-prod-neu'), 'none'],
    );
  });

  it('offers the latest processed point and then all others, newest first', async () => {
    const points = Array.from({ length: 9 }, (_, at) => ({
      id: `p${at}`,
      time: `2026-03-02T0${at}:00:00.000Z`,
      consistency: 'crash' as const,
    }));
    const choices = await failoverTest.choices?.(
      stubContext({ recovery: { recoveryPoints: async () => points } }),
      'point',
      { vm: ids.vm },
    );
    assert.deepEqual(
      choices?.map((choice) => choice.value),
      ['latest-processed', ...points.map(({ id }) => id)],
    );
  });

  it('names a point only when one was chosen, and no network for none', async () => {
    const sent: unknown[] = [];
    const testFailover = async (_: string, request: unknown) => {
      sent.push(request);
      return { kind: 'replication', vaultId: 'v', jobId: 'j' } as const;
    };
    const context = stubContext({ recovery: { testFailover } });
    await failoverTest.submit(context, parameters, execution);
    await failoverTest.submit(context, { ...parameters, point: 'p1', network: 'none' }, execution);
    assert.deepEqual(sent, [
      { networkId: parameters.network, clientRequestId: execution.clientRequestId },
      { recoveryPointId: 'p1', clientRequestId: execution.clientRequestId },
    ]);
  });

  it('goes by what Azure allows now', async () => {
    assert.deepEqual(await findingsWith({}), ['ready passed']);
    assert.deepEqual(await findingsWith({ allowedOperations: ['TestFailoverCleanup'] }), ['cleanup-pending blocks']);
    assert.deepEqual(await findingsWith({ allowedOperations: ['Commit'] }), ['not-allowed blocks']);
  });

  it('warns of the production network and of bad replication', async () => {
    assert.deepEqual(await findingsWith({}, ids.network('VNET-prod-neu')), ['into-production warns']);
    assert.deepEqual(await findingsWith({ replicationHealth: 'Critical' }), ['unhealthy warns']);
  });

  it('measures drift on what the approver saw', async () => {
    const measured = async (change: Parameters<typeof aReplica>[0]) =>
      (await failoverTest.preview(stubContext({ recovery: { item: async () => aReplica(change) } }), parameters))
        .measured;
    assert.deepEqual(await measured({}), await measured({ rpoSeconds: 900 }));
    assert.notDeepEqual(await measured({}), await measured({ activeLocation: 'Recovery' }));
  });

  it('says where the test VM is and that it waits for cleanup', async () => {
    const context = stubContext({ recovery: { item: async () => aReplica({ testVmName: 'sql-01-test' }) } });
    const outcome = await failoverTest.result(context, parameters, execution, aJob('succeeded'));
    assert.deepEqual(outcome.sentence, {
      message: 'failover.test.done',
      values: { vm: 'sql-01', test: 'sql-01-test', region: 'northeurope' },
    });
    assert.equal(outcome.suggestions[0]?.wish.operation, 'failover.test-cleanup');
    assert.equal(outcome.leftToDo.length, 1);
    const failed = await failoverTest.result(context, parameters, execution, aJob('failed'));
    const offered = failed.suggestions.map(({ wish }) => wish.operation);
    assert.ok(
      !offered.includes('failover.test-cleanup') && offered.includes('failover.test'),
      'there is nothing to clean',
    );
  });

  it('ends with what was measured, by whom, and how old the point was that it used', async () => {
    const at = (minute: number) => `2026-03-02T08:${String(minute).padStart(2, '0')}:00.000Z`;
    const points = [at(9), at(4), at(0)].map((time, index) => ({
      id: `/p/${index}`,
      time,
      consistency: 'crash' as const,
    }));
    const context = stubContext({ recovery: { recoveryPoints: async () => points } });
    const end = { ...aJob('succeeded'), startedAt: at(5), endedAt: at(8) };
    const report = async (point: string) =>
      (await failoverTest.result(context, { ...parameters, point }, execution, end)).facts.flatMap(
        ({ label, value }) => (['fact.rto', 'fact.rpo-used', 'fact.drilled-by'].includes(label.message) ? [value] : []),
      );
    assert.deepEqual(await report('latest-processed'), ['Ana', { seconds: 180 }, { seconds: 60 }]);
    assert.deepEqual(await report('/p/2'), ['Ana', { seconds: 180 }, { seconds: 300 }]);
  });
});
