import assert from 'node:assert/strict';
import { say } from '../../src/message.ts';
import type { Actor } from '../../src/operations/context.ts';
import { verifyAudit } from '../../src/runs/audit.ts';
import type { DecisionResult, Run } from '../../src/runs/run.ts';
import { onUsualHome, type Place } from '../support/store.ts';
import { auditOf } from './audit-of.ts';
import { Harness, people } from './harness.ts';

const codeOf = (result: DecisionResult) => (result.accepted ? 'accepted' : result.code);
const reason = { comment: 'The site is down' };
const dan: Actor = { tenantId: 'tenant', oid: 'oid-dan', name: 'Dan' };

onUsualHome('breaking the glass', (place) => {
  it('is off unless the policy names who may, and is then for them alone', async () => {
    const off = await Harness.open(await place());
    const run = await off.propose('disruptive');
    assert.equal(codeOf(await off.decide(run, 'break-glass', people.ana, reason)), 'break-glass-off');
    const on = await open(place);
    const other = await on.propose('disruptive');
    assert.equal(codeOf(await on.decide(other, 'break-glass', people.ben, reason)), 'break-glass-not-named');
    assert.equal((await on.stateOf(other)).state, 'awaiting-approval');
  });

  it('takes a reason, and a second step by the same person within five minutes', async () => {
    const runs = await open(place);
    const run = await runs.propose('disruptive');
    const second = { typedName: run.code };
    assert.equal(codeOf(await runs.decide(run, 'break-glass', people.ana)), 'break-glass-reason-required');
    assert.equal(codeOf(await runs.decide(run, 'break-glass', people.ana, second)), 'break-glass-not-asked');
    assert.equal(codeOf(await runs.decide(run, 'break-glass', people.ana, reason)), 'accepted');
    assert.equal((await runs.stateOf(run)).state, 'awaiting-approval');
    assert.equal(codeOf(await runs.decide(run, 'break-glass', dan, second)), 'break-glass-not-asked');
    assert.equal(
      codeOf(await runs.decide(run, 'break-glass', people.ana, { typedName: 'sql-02' })),
      'typed-name-wrong',
    );
    await runs.pass(301);
    assert.equal(codeOf(await runs.decide(run, 'break-glass', people.ana, second)), 'break-glass-not-asked');
    await runs.decide(run, 'break-glass', people.ana, reason);
    assert.equal(codeOf(await runs.decide(run, 'break-glass', people.ana, second)), 'accepted');
    await runs.settle();
    assert.deepEqual(runs.azure.taken, [run.clientRequestId]);
  });

  it('bypasses neither the rights in Azure, nor what has changed, nor a check, nor the requester’s confirmation', async () => {
    const runs = await open(place);
    const draft = await runs.propose('destructive', people.ben, 'vm-1');
    assert.equal(codeOf(await runs.decide(draft, 'break-glass', people.ana, reason)), 'not-confirmed');
    const run = await runs.propose('disruptive', people.ben, 'vm-2');
    runs.azure.withoutRight.add(people.ana.oid);
    assert.equal(codeOf(await runs.decide(run, 'break-glass', people.ana, reason)), 'no-right');
    runs.azure.withoutRight.delete(people.ana.oid);
    await broken(runs, run);
    runs.azure.measured = { 'fact.state': 'ProtectionStopped' };
    await runs.settle();
    assert.equal((await runs.stateOf(run)).state, 'superseded');
    runs.azure.findings = [{ id: 'x', severity: 'blocks', text: say('no') }];
    const blocked = await runs.stateOf(run);
    assert.equal(blocked.breakGlass?.actor.name, 'Ana', 'the mark stays');
    await assert.rejects(runs.propose('disruptive', people.ben, 'vm-2'), { code: 'blocked-by-checks' });
    assert.deepEqual(runs.azure.taken, []);
  });

  it('does not start a run whose breaker has lost the right meanwhile', async () => {
    const runs = await open(place);
    const run = await runs.propose('disruptive', people.ben);
    runs.azure.lostRight.add(people.ana.oid);
    await broken(runs, run);
    await runs.settle();
    assert.equal((await runs.stateOf(run)).state, 'failed');
    assert.deepEqual(runs.azure.taken, []);
  });

  it('is told to those who may approve, and owes a review by one of them, who is reminded when it is due', async () => {
    const runs = await open(place);
    for (const { oid, tenantId } of [people.ana, people.ben, people.cat]) {
      await runs.store.conversations.remember({ id: `a:${oid}`, kind: 'personal', tenantId, oid, reference: {} });
    }
    runs.azure.withoutRight.add(people.cat.oid);
    const run = await runs.propose('disruptive');
    runs.azure.progress = { state: 'succeeded' };
    await broken(runs, run);
    await runs.settle();
    const posts = () => runs.shown.filter(({ what }) => what === 'post').map(({ conversationId }) => conversationId);
    assert.deepEqual(posts(), ['chat', 'a:oid-ben']);
    assert.deepEqual(
      (await runs.runs.reader.owedReview('tenant')).map(({ code }) => code),
      [run.code],
    );
    const wish = { run: { code: run.code }, conversationId: 'chat', comment: 'It could not wait' };
    const review = async (actor: Actor, more = {}) =>
      codeOf(await runs.runs.service.review({ ...wish, actor, ...more }));
    assert.equal(await review(people.ana), 'own-break-glass');
    assert.equal(await review(people.ben), 'review-too-early');
    await runs.pass(60);
    assert.equal(await review(people.cat), 'no-right');
    assert.equal(await review(people.eve), 'run-not-found');
    assert.equal(await review(people.ben, { comment: ' ' }), 'review-comment-required');
    await runs.pass(24 * 3600 + 60);
    assert.deepEqual(posts(), ['chat', 'a:oid-ben', 'a:oid-ben']);
    assert.equal(await review(people.ben), 'accepted');
    assert.equal(await review(people.ben), 'nothing-to-review');
    const end = await runs.stateOf(run);
    assert.deepEqual([end.state, end.breakGlass?.reviewed?.actor.name], ['succeeded', 'Ben']);
    assert.deepEqual(await runs.runs.reader.owedReview('tenant'), []);
    await runs.pass(25 * 3600);
    assert.equal(posts().length, 3);
    const kinds = (await auditOf(runs.store)).map(({ kind }) => kind).filter((kind) => kind.startsWith('break-glass'));
    const expected = ['asked', 'used', 'told', 'overdue', 'reviewed'].map((one) => `break-glass-${one}`);
    assert.deepEqual(kinds, expected);
    assert.equal((await verifyAudit(runs.store.audit)).whole, true);
  });
});

async function open(place: () => Promise<Place>): Promise<Harness> {
  const group = [people.ana.oid, dan.oid];
  return await Harness.open(await place(), { policy: { groups: {}, rules: [], breakGlass: { group } } });
}

async function broken(runs: Harness, run: Run): Promise<void> {
  await runs.decide(run, 'break-glass', people.ana, reason);
  const result = await runs.decide(run, 'break-glass', people.ana, { typedName: run.targetName });
  assert.equal(codeOf(result), 'accepted');
}
