import assert from 'node:assert/strict';
import { CatalogueError } from '../../src/errors.ts';
import { planFailover } from '../../src/operations/recovery/plan-failover.ts';
import { aReplica, aVm, execution, ids, now, stubContext } from '../support/stub-azure.ts';
import {
  aFailedOver,
  aPlan,
  aPlanOf,
  aReplicationEnd,
  aReplicationJob,
  recoveryIds,
  sentBy,
} from './support/recovery.ts';

const parameters = { plan: recoveryIds.plan, source: 'shut-down', point: 'latest-processed' } as const;
const asOf = now.toISOString();
const back = aReplica({ primaryRegion: 'northeurope', recoveryRegion: 'westeurope' });

function contextWith(more: object = {}, inventory: object = {}) {
  return stubContext({ recovery: { plan: async () => aPlan(), ...more }, inventory });
}

const labels = (facts: readonly { readonly label: { readonly message: string } }[]) =>
  facts.map(({ label }) => label.message);

describe('plan.failover', () => {
  it('tells whom it hits, how long it takes, and what cannot be undone', async () => {
    const vms = async () => ({
      value: [
        aVm({ tags: { Owner: 'erp-team', app: 'erp' } }),
        aVm({ id: ids.vm.replace('sql-01', 'web-01'), name: 'web-01', tags: { app: 'erp' } }),
      ],
      asOf,
    });
    const { facts, sentence } = await planFailover.preview(contextWith({}, { vms }), parameters);
    assert.equal(sentence.values?.way, 'over');
    assert.ok(
      ['fact.neighbours', 'fact.owner', 'fact.downtime', 'fact.for-good'].every((one) => labels(facts).includes(one)),
    );
    assert.match(JSON.stringify(facts), /erp-team/);
    assert.match(JSON.stringify(facts.find(({ label }) => label.message === 'fact.neighbours')), /web-01/);
  });

  it('sends the point and what to do with the source, once, and finds its job again', async () => {
    const { sent, stub } = sentBy('failOverPlan');
    await planFailover.submit(contextWith(stub), { ...parameters, source: 'gone', point: 'latest' }, execution);
    const { clientRequestId } = execution;
    assert.deepEqual(sent, [{ shutDownSource: false, point: 'latest', back: false, clientRequestId }]);
    const job = { kind: 'replication', vaultId: 'v', jobId: 'j' } as const;
    const found = (jobs: readonly object[]) =>
      planFailover.findSubmitted(contextWith({ planJobsSince: async () => jobs }), parameters, execution);
    assert.deepEqual([await found([]), await found([job]), await found([job, job])], ['nothing', job, 'unclear']);
  });

  it('is a failback, and named so, when the VMs run in the recovery region', async () => {
    const { sent, stub } = sentBy('failOverPlan');
    const context = contextWith({ ...stub, items: async () => [back] });
    const { sentence, facts } = await planFailover.preview(context, parameters);
    assert.deepEqual([sentence.values?.way, sentence.values?.from], ['back', 'northeurope']);
    assert.ok(labels(facts).includes('fact.skipped-actions'), 'its actions are meant for the other direction');
    await planFailover.submit(context, parameters, execution);
    assert.match(JSON.stringify(sent), /"back":true/);
  });

  it('finds what is wrong before it is approved', async () => {
    const ids = async (more: object, inventory: object = {}) => {
      const context = contextWith(more, inventory);
      return (await planFailover.checks(context, parameters, await planFailover.preview(context, parameters))).map(
        ({ id }) => id,
      );
    };
    assert.deepEqual(await ids({}), ['waits-for-person']);
    const old = aReplica({ rpoSeconds: 3 * 3600, policyId: `${recoveryIds.vault}/replicationPolicies/p` });
    assert.ok((await ids({ items: async () => [old] })).includes('old-point'));
    const policy = async (id: string) => ({ id, name: 'p', rpoThresholdMinutes: 240 });
    assert.ok(!(await ids({ items: async () => [old], policy })).includes('old-point'));
    const runbook = { name: 'Dns', kind: 'runbook', does: '/runbooks/dns' } as const;
    const every = { failoverTypes: ['UnplannedFailover'], failoverDirections: ['PrimaryToRecovery'] };
    const [, , group] = aPlan().groups;
    const plan = async () => aPlan({ groups: group ? [{ ...group, after: [{ ...runbook, ...every }] }] : [] });
    assert.ok((await ids({ plan })).includes('runbook-gone'));
    const runbooks = async () => ({ value: [{ id: '/runbooks/DNS' }], asOf });
    assert.ok(!(await ids({ plan }, { runbooks })).includes('runbook-gone'));
    const vms = async () => ({
      value: [aVm({ tags: { app: 'erp' } }), aVm({ id: '/vm/2', tags: { app: 'erp' } })],
      asOf,
    });
    assert.ok((await ids({}, { vms })).includes('left-out'));
    assert.deepEqual(await ids({ items: async () => [] }), ['no-vms']);
    assert.ok((await ids({ plan: async () => aPlan({ allowedOperations: [] }) })).includes('not-accepted'));
  });

  it('warns of every VM that is called gone and still runs, and of none that is to be shut down', async () => {
    const items = [
      aReplica(),
      aReplica({ id: `${ids.replica}2`, name: 'r2', vmId: `${ids.vm}2`, friendlyName: 'web-01' }),
    ];
    const vm = async (id: string) => {
      if (id === ids.vm) return aVm();
      throw new Error('the region does not answer');
    };
    const context = stubContext({
      recovery: { plan: async () => aPlanOf(items), items: async () => items },
      compute: { vm },
    });
    const warned = async (source: 'gone' | 'shut-down') => {
      const given = { ...parameters, source };
      const found = await planFailover.checks(context, given, await planFailover.preview(context, given));
      return found.filter(({ id }) => id === 'still-up').map(({ text }) => text.values?.vm);
    };
    assert.deepEqual([await warned('gone'), await warned('shut-down')], [['sql-01'], []]);
  });

  it('warns when the other region has too few cores left for all of its VMs', async () => {
    const items = async () =>
      [1, 2, 3].map((number) => aReplica({ name: `r${number}`, recoveryVmSize: 'Standard_D2' }));
    const group = { kind: 'Boot', itemIds: ['/i/r1', '/i/r2', '/i/r3'], before: [], after: [] };
    const plan = async () => aPlan({ groups: [group] });
    const short = async (limit: number) => {
      const quotas = async () => [{ name: 'cores', used: 5, limit }];
      const context = stubContext({ recovery: { plan, items }, conditions: { quotas } });
      const found = await planFailover.checks(context, parameters, await planFailover.preview(context, parameters));
      return found.find(({ id }) => id === 'quota-short')?.text.values;
    };
    assert.equal(await short(11), undefined);
    assert.deepEqual(await short(10), { name: 'cores', region: 'northeurope', cores: 6, left: 5 });
  });

  it('says what it could not look at, instead of a clean card: limits of the region, runbooks, policies', async () => {
    const refused = async () => {
      throw new CatalogueError('azure-throttled', { values: { minutes: 1 } });
    };
    const replica = aReplica({ policyId: `${recoveryIds.vault}/replicationPolicies/p`, rpoSeconds: 3 * 3600 });
    const runbook = { name: 'Dns', kind: 'runbook', does: '/runbooks/dns' } as const;
    const every = { failoverTypes: ['UnplannedFailover'], failoverDirections: ['PrimaryToRecovery'] };
    const [, , group] = aPlan().groups;
    const plan = async () => aPlan({ groups: group ? [{ ...group, after: [{ ...runbook, ...every }] }] : [] });
    const unseen = async (stubs: Parameters<typeof stubContext>[0]) => {
      const recovery = { plan, items: async () => [replica], ...stubs?.recovery };
      const context = stubContext({ ...stubs, recovery });
      const found = await planFailover.checks(context, parameters, await planFailover.preview(context, parameters));
      assert.ok(!found.some(({ id }) => id === 'runbook-gone') || stubs?.inventory === undefined);
      return found.filter(({ id }) => id === 'not-looked').map(({ severity, text }) => [severity, text.values?.where]);
    };
    assert.deepEqual(await unseen({ conditions: { quotas: refused } }), [['warns', 'northeurope']]);
    assert.deepEqual(await unseen({ inventory: { runbooks: refused } }), [['warns', 'Resource Graph']]);
    assert.deepEqual(await unseen({ recovery: { policy: refused } }), [['warns', 'p']]);
  });

  it('tells how long it took per VM, who did not get there, and that nothing is committed', async () => {
    const vmTask = { name: 'Failover', state: 'succeeded', waits: false, vmName: 'sql-01', tasks: [] } as const;
    const job = async () =>
      aReplicationJob({
        startedAt: '2026-03-02T08:00:00.000Z',
        endedAt: '2026-03-02T08:10:00.000Z',
        tasks: [{ ...vmTask, endedAt: '2026-03-02T08:04:00.000Z' }],
      });
    const plan = async () => aPlan({ allowedOperations: ['Commit'] });
    const end = async (items: readonly object[], state: 'succeeded' | 'failed' = 'succeeded') =>
      await planFailover.result(
        contextWith({ job, plan, items: async () => items }),
        parameters,
        execution,
        aReplicationEnd(state),
      );
    const done = await end([aFailedOver()]);
    assert.equal(done.sentence.message, 'plan.failover.done');
    assert.match(JSON.stringify(done.facts), /"fact.rto"[^}]*\},"value":\{"seconds":600\}/);
    assert.match(JSON.stringify(done.facts), /"vm":"sql-01","time":\{"seconds":240\}/);
    assert.equal(done.suggestions[0]?.wish.operation, 'plan.commit');
    const partly = await end([aReplica()]);
    assert.ok(labels(partly.facts).includes('fact.not-failed-over'));
    assert.equal((await end([aReplica()], 'failed')).sentence.message, 'plan.failover.failed');
  });
});
