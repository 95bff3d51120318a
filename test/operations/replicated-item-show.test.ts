import assert from 'node:assert/strict';
import { replicatedItemShow } from '../../src/operations/status/replicated-item-show.ts';
import { aReplica, ids, stubContext } from '../support/stub-azure.ts';

const answerFor = (change: Parameters<typeof aReplica>[0]) =>
  replicatedItemShow.answer(stubContext({ recovery: { item: async () => aReplica(change) } }), { vm: ids.vm });

describe('replicated-item.show', () => {
  it('tells health with causes and what Azure recommends', async () => {
    const healthErrors = [{ code: '1', message: 'no point in 60 minutes', action: 'look at the cache' }];
    const { tone, sections } = await answerFor({ replicationHealth: 'Critical', healthErrors });
    assert.equal(tone, 'bad');
    assert.match(JSON.stringify(sections), /no point in 60 minutes.*look at the cache/);
  });

  it('tells the RPO with its age, the agent and the last failover', async () => {
    const at = '2026-03-02T07:59:00.000Z';
    const { sections } = await answerFor({
      rpoMeasuredAt: at,
      agentVersion: '9.1',
      lastHeartbeat: at,
      agentOutdated: true,
    });
    assert.match(JSON.stringify(sections), /show.measured.*"seconds":240.*agent-old.*9\.1/);
  });

  it('offers exactly what Azure allows, and says when that is nothing', async () => {
    const offered = async (...allowedOperations: string[]) =>
      (await answerFor({ allowedOperations })).suggestions?.map(({ wish }) => wish.operation);
    assert.deepEqual(await offered('TestFailover'), ['failover.test']);
    assert.deepEqual(await offered('TestFailoverCleanup'), ['failover.test-cleanup']);
    assert.deepEqual(await offered(), []);
    assert.match(JSON.stringify(await answerFor({ allowedOperations: [] })), /replicated-item.show.nothing/);
  });
});
