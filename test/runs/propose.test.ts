import assert from 'node:assert/strict';
import { CatalogueError } from '../../src/errors.ts';
import { isMessage } from '../../src/message.ts';
import { onUsualHome } from '../support/store.ts';
import { auditOf } from './audit-of.ts';
import { vmId } from './fake-azure.ts';
import { Harness, people } from './harness.ts';

const refusedWith = (code: string) => (error: unknown) => error instanceof CatalogueError && error.code === code;

onUsualHome('a proposal', (place) => {
  it('is refused without the right in Azure, naming the action and the scope, and the refusal is on record', async () => {
    const runs = await Harness.open(await place());
    runs.azure.withoutRight.add(people.ana.oid);
    await assert.rejects(runs.propose('reversible'), (error) => {
      assert.ok(refusedWith('no-right')(error) && error instanceof CatalogueError);
      assert.equal(error.values.action, 'Test/act/action');
      assert.deepEqual(error.values.scope, vmId('sql-01'));
      return true;
    });
    const [record] = await auditOf(runs.store);
    assert.equal(record?.kind, 'proposal-refused');
    assert.equal(record?.details?.code, 'no-right');
  });

  it('names the missing right even when the preview fails as well', async () => {
    const runs = await Harness.open(await place());
    runs.azure.withoutRight.add(people.ana.oid);
    runs.azure.previewFault = new CatalogueError('azure-unavailable');
    await assert.rejects(runs.propose('reversible'), refusedWith('no-right'));
  });

  it('is refused by a check that blocks, with the texts of the checks, and is not stored', async () => {
    const runs = await Harness.open(await place());
    const text = { message: 'test.soft-deleted' };
    runs.azure.findings = [{ id: 'soft-deleted', severity: 'blocks', text, advice: { message: 'test.undelete' } }];
    await assert.rejects(runs.propose('reversible'), (error) => {
      assert.ok(error instanceof CatalogueError);
      const { findings, advice } = error.values;
      assert.ok(Array.isArray(findings) && findings.every(isMessage));
      assert.deepEqual([findings, advice], [[text], [{ message: 'test.undelete' }]]);
      return true;
    });
    assert.deepEqual(await runs.runs.reader.recent('tenant', 10), []);
    assert.equal((await auditOf(runs.store))[0]?.kind, 'proposal-refused');
  });

  it('is refused while another run holds the target, naming who holds it and its code', async () => {
    const runs = await Harness.open(await place());
    const first = await runs.propose('disruptive', people.ben);
    await assert.rejects(runs.propose('reversible'), (error) => {
      assert.ok(refusedWith('target-busy')(error) && error instanceof CatalogueError);
      assert.deepEqual(error.values, { target: 'sql-01', holder: 'Ben', code: first.code });
      return true;
    });
    await runs.decide(first, 'withdraw', people.ben);
    assert.equal((await runs.propose('reversible')).state, 'draft');
  });

  it('is refused while another run holds what it would hold, such as a VM of a plan, and the other way round', async () => {
    const runs = await Harness.open(await place());
    const busyBy = (name: string) => (error: unknown) => {
      assert.ok(refusedWith('target-busy')(error) && error instanceof CatalogueError);
      return error.values.target === name;
    };
    runs.azure.holds = [vmId('WEB-01'), vmId('web-02')];
    const plan = await runs.propose('disruptive', people.ben, 'plan');
    runs.azure.holds = [];
    await assert.rejects(runs.propose('reversible', people.ana, 'web-01'), busyBy('plan'));
    await runs.decide(plan, 'withdraw', people.ben);
    await runs.propose('reversible', people.ana, 'web-01');
    runs.azure.holds = [vmId('web-01')];
    await assert.rejects(runs.propose('disruptive', people.ben, 'plan'), busyBy('web-01'));
  });

  it('is kept once when ten ask at once for the same target', async () => {
    const runs = await Harness.open(await place());
    const ends = await Promise.allSettled(Array.from({ length: 10 }, () => runs.propose('reversible')));
    assert.equal(ends.filter((end) => end.status === 'fulfilled').length, 1);
    for (const end of ends) if (end.status === 'rejected') assert.ok(refusedWith('target-busy')(end.reason));
  });

  it('asks for more the more it could hurt, and for the most in production or where it cannot be looked', async () => {
    const runs = await Harness.open(await place());
    const required = async (risk: 'reversible' | 'disruptive' | 'destructive', vm: string) =>
      (await runs.propose(risk, people.ana, vm)).requirement;
    assert.deepEqual(await required('reversible', 'a'), { confirmation: 'click', approvals: 0 });
    assert.deepEqual(await required('disruptive', 'b'), { confirmation: 'none', approvals: 1 });
    const rules = ['built-in-production'];
    assert.deepEqual(await required('destructive', 'unknown-vm'), { confirmation: 'typed-name', approvals: 2, rules });
    assert.deepEqual(await required('destructive', 'sql-01'), { confirmation: 'typed-name', approvals: 1 });
  });

  it('of a VM tagged env=prod needs two approvers when it destroys', async () => {
    const runs = await Harness.open(await place());
    runs.azure.tags = { Env: 'Prod' };
    assert.equal((await runs.propose('destructive')).requirement.approvals, 2);
  });

  it('stores nothing when it is only planned', async () => {
    const runs = await Harness.open(await place());
    const { operation, parameters, requester, reader } = await runs.propose('reversible', people.ana, 'other');
    const proposal = { operation, parameters, actor: requester, reader, conversationId: 'chat' };
    const plan = await runs.runs.service.plan(proposal);
    assert.equal(plan.requirement.confirmation, 'click');
    assert.equal((await runs.runs.reader.recent('tenant', 10)).length, 1);
  });

  it('has a code that people can say, and is found by it in any casing, within its tenant only', async () => {
    const runs = await Harness.open(await place());
    const run = await runs.propose('reversible');
    assert.match(run.code, /^(?=.*\d)(?=.*[A-Z])[0-9A-HJKMNP-TV-Z]{4}$/);
    assert.equal((await runs.runs.service.find(run.code.toLowerCase(), 'tenant'))?.id, run.id);
    assert.equal(await runs.runs.service.find(run.code, 'other-tenant'), undefined);
  });

  it('is refused by a rule about the request that it begins anew, and not about one that it carries on', async () => {
    const rules = [{ id: 'freeze', when: { operations: ['failover.start'] }, deny: 'Year end' }];
    const runs = await Harness.open(await place(), { policy: { groups: {}, rules } });
    runs.azure.continues = { operation: 'failover.start', parameters: {}, anew: true };
    await assert.rejects(runs.propose('reversible'), { code: 'denied-by-policy' });
    runs.azure.continues = { ...runs.azure.continues, anew: false };
    await runs.propose('reversible');
  });

  it('is refused by a rule of the policy, which is named, and on record', async () => {
    const rules = [{ id: 'freeze', when: {}, deny: 'Year end' }];
    const runs = await Harness.open(await place(), { policy: { groups: {}, rules } });
    await assert.rejects(runs.propose('reversible'), (error) => {
      assert.ok(error instanceof CatalogueError);
      assert.deepEqual([error.code, error.values], ['denied-by-policy', { rule: 'freeze', because: 'Year end' }]);
      return true;
    });
    assert.equal((await auditOf(runs.store))[0]?.details?.code, 'denied-by-policy');
  });
});
