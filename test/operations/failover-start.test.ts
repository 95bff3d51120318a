import assert from 'node:assert/strict';
import { failoverStart } from '../../src/operations/recovery/failover-start.ts';
import { aReplica, aVm, execution, ids, stubContext } from '../support/stub-azure.ts';
import { aFailedOver, aPlan, aReplicationEnd, onePlan, sentBy } from './support/recovery.ts';

const parameters = { vm: ids.vm, source: 'shut-down', point: 'latest-processed' } as const;
const noPlan = { recoveryPlans: async () => ({ value: [], asOf: '2026-03-02T08:00:00.000Z' }) };

async function findingsWith(
  replica: Parameters<typeof aReplica>[0],
  given: object = {},
  { inventory = noPlan, conditions = {} }: { readonly inventory?: object; readonly conditions?: object } = {},
) {
  const recovery = { item: async () => aReplica(replica), plan: async () => aPlan() };
  const context = stubContext({ recovery, inventory, conditions });
  const request = { ...parameters, ...given };
  return (await failoverStart.checks(context, request, await failoverStart.preview(context, request))).map(
    (finding) => `${finding.id} ${finding.severity}`,
  );
}

describe('failover.start', () => {
  it('goes by what Azure allows now', async () => {
    assert.deepEqual(await findingsWith({}), ['ready passed']);
    assert.deepEqual(await findingsWith({ allowedOperations: ['TestFailoverCleanup'] }), ['not-accepted blocks']);
  });

  it('warns of a source that is called gone and still runs, of bad replication, and of a plan', async () => {
    assert.deepEqual(await findingsWith({}, { source: 'gone' }), ['still-up warns']);
    assert.deepEqual(await findingsWith({ replicationHealth: 'Critical' }), ['unhealthy warns']);
    assert.deepEqual(await findingsWith({}, {}, { inventory: onePlan }), ['in-plan warns']);
  });

  it('warns, and never blocks, where the other region has too few cores or the group is locked', async () => {
    const groupId = '/subscriptions/s/resourceGroups/rg-dr';
    const conditions = {
      quotas: async () => [{ name: 'cores', used: 9, limit: 10 }],
      locks: async () => [{ name: 'keep', scope: groupId, level: 'ReadOnly' }],
    };
    const there = { recoveryResourceGroupId: groupId, recoveryVmSize: 'Standard_D2s_v5' };
    assert.deepEqual(await findingsWith(there, {}, { conditions }), ['quota-short warns', 'group-locked warns']);
  });

  it('says what is lost at most, who owns it and what belongs together', async () => {
    const inventory = {
      ...onePlan,
      vms: async () => ({ value: [aVm({ tags: { owner: 'dba-team' } })], asOf: '2026-03-02T08:00:00.000Z' }),
    };
    const context = stubContext({ inventory, recovery: { plan: async () => aPlan() } });
    const { sentence, facts } = await failoverStart.preview(context, parameters);
    assert.equal(sentence.message, 'failover.start.preview-shut-down');
    assert.match(JSON.stringify(facts), /fact.loses-at-most"},"value":{"seconds":240}.*erp-plan.*dba-team/);
    // A listed point tells it: two spans would contradict each other.
    const time = new Date(context.now().getTime() - 149_000).toISOString();
    const recoveryPoints = async () => [{ id: 'p', time, consistency: 'crash' as const }];
    const listed = stubContext({ inventory, recovery: { plan: async () => aPlan(), recoveryPoints } });
    const told = JSON.stringify((await failoverStart.preview(listed, parameters)).facts);
    assert.match(told, /fact.lost-since","values":{"span":{"seconds":149}/);
    assert.doesNotMatch(told, /loses-at-most/);
  });

  it('sends whether to shut down, and a point only when one was chosen', async () => {
    const { sent, stub } = sentBy('failOver');
    const context = stubContext({ recovery: stub });
    const { clientRequestId } = execution;
    await failoverStart.submit(context, parameters, execution);
    await failoverStart.submit(context, { ...parameters, source: 'gone', point: 'p1' }, execution);
    assert.deepEqual(sent, [
      { shutDownSource: true, clientRequestId },
      { shutDownSource: false, recoveryPointId: 'p1', clientRequestId },
    ]);
  });

  it('asks about the source, and offers the latest point first', async () => {
    const context = stubContext({ recovery: { recoveryPoints: async () => [] } });
    const values = async (name: string) =>
      (await failoverStart.choices?.(context, name, { vm: ids.vm }))?.map(({ value }) => value);
    assert.deepEqual(await values('source'), ['shut-down', 'gone']);
    assert.deepEqual(await values('point'), ['latest-processed']);
  });

  it('ends with the commit still to do, and does not claim success for a job that failed', async () => {
    const context = stubContext({ recovery: { item: async () => aFailedOver() } });
    const outcome = await failoverStart.result(context, parameters, execution, aReplicationEnd('succeeded'));
    assert.equal(outcome.sentence.message, 'failover.start.done');
    assert.deepEqual(
      outcome.suggestions.map(({ wish }) => wish.operation),
      ['failover.commit', 'failover.change-point'],
    );
    const failed = await failoverStart.result(stubContext(), parameters, execution, aReplicationEnd('failed'));
    assert.equal(failed.sentence.message, 'failover.start.failed');
  });

  it('does not guess between two jobs after a crash', async () => {
    const job = { kind: 'replication', vaultId: 'v', jobId: 'j' } as const;
    const found = (jobs: readonly (typeof job)[]) =>
      failoverStart.findSubmitted(stubContext({ recovery: { jobsSince: async () => jobs } }), parameters, execution);
    assert.deepEqual([await found([]), await found([job]), await found([job, job])], ['nothing', job, 'unclear']);
  });
});
