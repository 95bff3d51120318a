import assert from 'node:assert/strict';
import type { JobRef, ReplicatedItem } from '../../src/azure/types.ts';
import { explained } from '../../src/azure-codes.ts';
import { CatalogueError } from '../../src/errors.ts';
import { planReprotect } from '../../src/operations/recovery/plan-reprotect.ts';
import { anAccount, aVm, execution, now, stubContext } from '../support/stub-azure.ts';
import { aCommitted, aPlanOf, aReplicationEnd, recoveryIds } from './support/recovery.ts';

const names = ['r1', 'r2', 'r3'];
const parameters = { plan: recoveryIds.plan, items: names };
const items = [aCommitted(1), aCommitted(2), aCommitted(3)];
const turned = (number: number) =>
  aCommitted(number, { allowedOperations: ['UnplannedFailover'], primaryRegion: 'n', recoveryRegion: 'w' });

/** An Azure that takes reprotects, refuses or loses some of them, and lists their jobs at once unless `lag` is set. */
function anAzure(change: { readonly now?: readonly ReplicatedItem[]; readonly lag?: boolean } = {}) {
  const jobs = new Map<string, string>();
  const sent: string[] = [];
  const answers = new Map<string, CatalogueError>();
  let vms = change.now ?? items;
  const context = stubContext({
    recovery: {
      plan: async () => aPlanOf(items),
      items: async () => vms,
      itemJobsSince: async () => (change.lag ? [] : [...jobs].map(([itemId, jobId]) => ({ itemId, jobId }))),
      reprotect: async (id) => {
        const name = id.slice(id.lastIndexOf('/') + 1);
        sent.push(name);
        const answer = answers.get(name);
        answers.delete(name);
        if (answer?.code !== 'azure-conflict') {
          jobs.set(id, `job-${name}`);
          vms = vms.map((item) => (item.id === id ? { ...item, allowedOperations: [] } : item));
        }
        if (answer !== undefined) throw answer;
        return { kind: 'replication', vaultId: recoveryIds.vault, jobId: `job-${name}` };
      },
    },
    backup: { storageAccounts: async () => [anAccount('stasr')] },
    compute: { vm: async (id) => aVm({ id }) },
  });
  return { context, sent, answers };
}

const refused = new CatalogueError('azure-conflict', { azure: { status: 409, code: 'Busy', message: 'It is busy' } });
const lost = () => new CatalogueError('azure-unavailable', { azure: { status: 503, code: 'x', message: 'y' } });
const partsOf = (ref: JobRef | string) =>
  typeof ref === 'object' && ref.kind === 'replications'
    ? ref.parts.map((part) =>
        'jobId' in part ? `${part.itemName} ${part.jobId}` : `${part.itemName} ${part.fault.code}`,
      )
    : [ref];

describe('plan.reprotect', () => {
  it('takes those that wait for it now, and freezes them with the run', async () => {
    const { context } = anAzure({ now: [turned(1), aCommitted(2), aCommitted(3)] });
    assert.deepEqual(await planReprotect.defaults?.(context, { plan: recoveryIds.plan }), { items: ['r2', 'r3'] });
    const { sentence } = await planReprotect.preview(context, { plan: recoveryIds.plan, items: ['r2', 'r3'] });
    assert.deepEqual(
      [sentence.values?.count, sentence.values?.from, sentence.values?.to],
      [2, 'northeurope', 'westeurope'],
    );
  });

  it('sends one request per VM; one that Azure refuses is a part that failed', async () => {
    const { context, sent, answers } = anAzure();
    answers.set('r2', refused);
    const ref = await planReprotect.submit(context, parameters, execution);
    assert.deepEqual(sent, names);
    assert.deepEqual(partsOf(ref), ['r1 job-r1', 'r2 Busy', 'r3 job-r3']);
  });

  it('leaves a right that is missing to the run, which names it with the role that has it, and repeats no words of Azure’s', async () => {
    const { context } = anAzure();
    const missing = { action: 'a/action', scope: '/s', role: 'Site Recovery Operator' };
    const fault = { status: 403, code: 'AuthorizationFailed', message: 'The client…', missing };
    assert.deepEqual(explained(fault)?.advice, { message: 'error.azure-forbidden.advice', values: missing });
    const outcome = await planReprotect.result(context, parameters, execution, { ...aReplicationEnd('failed'), fault });
    assert.ok(!JSON.stringify(outcome).includes('The client'));
    assert.deepEqual(outcome.suggestions[0]?.wish.operation, 'plan.reprotect');
  });

  it('is begun once per VM, though an answer was lost in the middle', async () => {
    const { context, sent, answers } = anAzure();
    answers.set('r2', lost());
    await assert.rejects(Promise.resolve(planReprotect.submit(context, parameters, execution)), {
      code: 'azure-unavailable',
    });
    assert.deepEqual(sent, ['r1', 'r2']);
    assert.equal(await planReprotect.findSubmitted(context, parameters, execution), 'nothing');
    const ref = await planReprotect.submit(context, parameters, execution);
    assert.deepEqual(partsOf(ref), ['r1 job-r1', 'r2 job-r2', 'r3 job-r3']);
    assert.deepEqual(sent, names);
    assert.deepEqual(await planReprotect.findSubmitted(context, parameters, execution), ref);
  });

  it('sends nothing again to a VM that is held while Azure does not list its job yet', async () => {
    const { context, sent, answers } = anAzure({ lag: true });
    const fresh = { ...execution, startingAt: now.toISOString() };
    answers.set('r1', lost());
    await assert.rejects(Promise.resolve(planReprotect.submit(context, parameters, fresh)));
    await assert.rejects(Promise.resolve(planReprotect.submit(context, parameters, fresh)), {
      code: 'azure-unavailable',
    });
    assert.deepEqual(sent, ['r1']);
  });

  it('gives up a VM that somebody else holds, long after the start', async () => {
    const held = aCommitted(2, { allowedOperations: [] });
    const { context, sent } = anAzure({ now: [aCommitted(1), held, aCommitted(3)] });
    const old = { ...execution, startingAt: new Date(now.getTime() - 600_000).toISOString() };
    const ref = await planReprotect.submit(context, parameters, old);
    assert.deepEqual(partsOf(ref).length, 3);
    assert.ok(sent.includes('r1'));
    assert.equal(partsOf(await planReprotect.findSubmitted(context, parameters, old)).length, 3);
  });

  it('ends with what succeeded, what failed, and a retry of only that', async () => {
    const { context } = anAzure({ now: [turned(1), turned(2), aCommitted(3)] });
    const outcome = await planReprotect.result(context, parameters, execution, aReplicationEnd('failed'));
    assert.deepEqual(outcome.sentence, {
      message: 'plan.reprotect.partly',
      values: { plan: 'erp-plan', count: 3, done: 2 },
    });
    const rows = outcome.facts.map(({ label, value }) => [label.message, value]);
    assert.deepEqual(rows, [
      ['fact.reprotected', ['shop-1', 'shop-2']],
      ['fact.not-reprotected', ['shop-3']],
    ]);
    assert.deepEqual(outcome.suggestions[0]?.wish, {
      operation: 'plan.reprotect',
      parameters: { plan: recoveryIds.plan },
    });
    assert.deepEqual(await planReprotect.defaults?.(context, { plan: recoveryIds.plan }), { items: ['r3'] });
    const all = anAzure({ now: [turned(1), turned(2), turned(3)] });
    const done = await planReprotect.result(all.context, parameters, execution, aReplicationEnd('succeeded'));
    assert.equal(done.sentence.message, 'plan.reprotect.done');
  });

  it('is blocked where nothing waits for it, and without a cache account; it leaves out what is not committed', async () => {
    const ids = async (now: readonly ReplicatedItem[]) => {
      const { context } = anAzure({ now });
      return (await planReprotect.checks(context, parameters, await planReprotect.preview(context, parameters))).map(
        ({ id }) => id,
      );
    };
    assert.deepEqual(await ids(items), ['ready']);
    assert.deepEqual(await ids([turned(1)]), ['nothing-to-do']);
    assert.deepEqual(await ids([aCommitted(1), aCommitted(2, { allowedOperations: ['Commit'] })]), ['not-committed']);
  });
});
