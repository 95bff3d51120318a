import assert from 'node:assert/strict';
import { CatalogueError } from '../../src/errors.ts';
import type { DecisionResult } from '../../src/runs/run.ts';
import { onUsualHome } from '../support/store.ts';
import { auditOf } from './audit-of.ts';
import { Harness, people } from './harness.ts';

const codeOf = (result: DecisionResult) => (result.accepted ? 'accepted' : result.code);

onUsualHome('a decision', (place) => {
  it('to approve is never the requester’s, whatever rights they hold, and the attempt is on record', async () => {
    const runs = await Harness.open(await place());
    const run = await runs.propose('disruptive');
    runs.azure.withoutRight.add(people.ana.oid);
    assert.equal(codeOf(await runs.decide(run, 'approve', people.ana)), 'own-request');
    assert.equal(codeOf(await runs.decide(run, 'reject', people.ana)), 'own-request');
    const last = (await auditOf(runs.store)).at(-1);
    assert.deepEqual([last?.kind, last?.actor?.name, last?.details?.code], ['decision-refused', 'Ana', 'own-request']);
  });

  it('to approve needs the same right in Azure as the request', async () => {
    const runs = await Harness.open(await place());
    const run = await runs.propose('disruptive');
    runs.azure.withoutRight.add(people.ben.oid);
    assert.equal(codeOf(await runs.decide(run, 'approve', people.ben)), 'no-right');
    assert.equal(codeOf(await runs.decide(run, 'reject', people.ben, { comment: 'No' })), 'no-right');
    assert.equal((await runs.stateOf(run)).state, 'awaiting-approval');
  });

  it('counts people and not clicks, and two people who click on the same card both count', async () => {
    const runs = await Harness.open(await place());
    runs.azure.tags = { env: 'prod' };
    const run = await runs.propose('destructive');
    await runs.decide(run, 'confirm', people.ana, { typedName: ' SQL-01 ' });
    assert.equal(codeOf(await runs.decide(run, 'approve', people.ben, { version: 1 })), 'accepted');
    assert.equal(codeOf(await runs.decide(run, 'approve', people.ben, { version: 1 })), 'already-approved');
    assert.equal((await runs.stateOf(run)).state, 'awaiting-approval');
    assert.equal(codeOf(await runs.decide(run, 'approve', people.cat, { version: 1 })), 'accepted');
    assert.equal((await runs.stateOf(run)).state, 'approved');
  });

  it('is made once when two approvers click at once', async () => {
    const runs = await Harness.open(await place());
    const run = await runs.propose('disruptive');
    const results = await Promise.all([people.ben, people.cat].map((person) => runs.decide(run, 'approve', person)));
    assert.deepEqual(results.map(codeOf).sort(), ['accepted', 'already-decided']);
    await runs.settle();
    assert.deepEqual(runs.azure.taken, [run.clientRequestId]);
  });

  it('to confirm or withdraw is the requester’s alone', async () => {
    const runs = await Harness.open(await place());
    const run = await runs.propose('reversible');
    assert.equal(codeOf(await runs.decide(run, 'confirm', people.ben)), 'not-the-requester');
    assert.equal(codeOf(await runs.decide(run, 'withdraw', people.ben)), 'not-the-requester');
    assert.equal(codeOf(await runs.decide(run, 'withdraw', people.ana)), 'accepted');
    assert.equal((await runs.stateOf(run)).decidedBy?.name, 'Ana');
  });

  it('to confirm what destroys needs the name typed, and nobody can approve before', async () => {
    const runs = await Harness.open(await place());
    const run = await runs.propose('destructive');
    assert.equal(codeOf(await runs.decide(run, 'approve', people.ben)), 'not-confirmed');
    assert.equal(codeOf(await runs.decide(run, 'confirm', people.ana)), 'typed-name-wrong');
    assert.equal(codeOf(await runs.decide(run, 'confirm', people.ana, { typedName: 'sql-02' })), 'typed-name-wrong');
    assert.equal(codeOf(await runs.decide(run, 'confirm', people.ana, { typedName: 'sql-01' })), 'accepted');
    assert.equal((await runs.stateOf(run)).state, 'awaiting-approval');
  });

  it('on a card that shows another version is stale', async () => {
    const runs = await Harness.open(await place());
    const run = await runs.propose('disruptive');
    assert.equal(codeOf(await runs.decide(run, 'approve', people.ben, { version: 2 })), 'stale-card');
  });

  it('after another one is told what happened, by whom and when, and does nothing', async () => {
    const runs = await Harness.open(await place());
    const run = await runs.propose('disruptive');
    await runs.decide(run, 'reject', people.ben, { comment: 'Wrong VM' });
    const late = await runs.decide(run, 'approve', people.cat);
    assert.ok(!late.accepted);
    const at = { time: runs.time.now().toISOString() };
    assert.deepEqual(late.why, { message: 'run.happened.rejected', values: { by: 'Ben', at } });
    assert.equal((await runs.stateOf(run)).state, 'rejected');
  });

  it('does not exist for another tenant, and a forged one is on record', async () => {
    const runs = await Harness.open(await place());
    const run = await runs.propose('disruptive');
    assert.equal(codeOf(await runs.decide(run, 'approve', people.eve)), 'run-not-found');
    const forged = { ...run, id: "'; drop table run; --" };
    assert.equal(codeOf(await runs.decide(forged, 'approve', people.ben)), 'run-not-found');
    assert.deepEqual((await auditOf(runs.store)).map(({ kind }) => kind).slice(-2), [
      'decision-refused',
      'decision-refused',
    ]);
  });

  it('by a typed yes is for the only run that waits for it, and for none of several', async () => {
    const runs = await Harness.open(await place());
    const { service } = runs.runs;
    const run = await runs.propose('reversible');
    assert.equal((await service.awaitingConfirmation(people.ana.oid, 'chat'))?.id, run.id);
    assert.equal(await service.awaitingConfirmation(people.ben.oid, 'chat'), undefined);
    await runs.propose('reversible', people.ana, 'sql-02');
    assert.equal(await service.awaitingConfirmation(people.ana.oid, 'chat'), undefined);
  });

  it('to approve is for the people whom the policy names, and to reject always needs a reason', async () => {
    const rules = [{ id: 'leads', when: {}, require: { approvers: 'leads' } }];
    const runs = await Harness.open(await place(), { policy: { groups: { leads: [people.cat.oid] }, rules } });
    const run = await runs.propose('disruptive');
    assert.equal(codeOf(await runs.decide(run, 'approve', people.ben)), 'not-an-approver');
    assert.equal(codeOf(await runs.decide(run, 'reject', people.cat)), 'rejection-reason-required');
    assert.equal(codeOf(await runs.decide(run, 'reject', people.cat, { comment: '  ' })), 'rejection-reason-required');
    assert.equal(codeOf(await runs.decide(run, 'reject', people.cat, { comment: 'Not now' })), 'accepted');
    assert.equal((await runs.stateOf(run)).why, 'Not now');
  });

  it('to send a run back ends it, is told in the requester’s own chat, and their new request names the old one', async () => {
    const runs = await Harness.open(await place());
    const own = { id: 'a:ana', kind: 'personal', tenantId: 'tenant', oid: people.ana.oid, reference: {} } as const;
    await runs.store.conversations.remember(own);
    const run = await runs.propose('disruptive');
    assert.equal(codeOf(await runs.decide(run, 'request-changes', people.ana, { comment: 'x' })), 'own-request');
    assert.equal(codeOf(await runs.decide(run, 'request-changes', people.ben)), 'changes-comment-required');
    const wish = { comment: 'Use the test network' };
    assert.equal(codeOf(await runs.decide(run, 'request-changes', people.ben, wish)), 'accepted');
    const end = await runs.stateOf(run);
    assert.deepEqual([end.state, end.sentBack, end.why, end.decidedBy?.name], ['rejected', true, wish.comment, 'Ben']);
    await runs.settle();
    assert.ok(runs.shown.some(({ what, conversationId }) => what === 'post' && conversationId === 'a:ana'));
    const late = await runs.decide(run, 'approve', people.cat);
    assert.equal(
      !late.accepted && typeof late.why === 'object' && 'message' in late.why && late.why.message,
      'run.happened.sent-back',
    );
    assert.ok((await auditOf(runs.store)).some(({ kind, actor }) => kind === 'run-sent-back' && actor?.name === 'Ben'));
    assert.equal((await runs.propose('disruptive', people.ana, 'sql-02')).replaces, undefined);
    const next = await runs.propose('disruptive');
    assert.equal(next.replaces, run.code);
    await runs.decide(next, 'withdraw', people.ana);
    assert.equal((await runs.propose('disruptive')).replaces, undefined, 'it is replaced once');
  });

  it('to approve is for the members of an Entra group, and for nobody while Azure does not tell', async () => {
    const entra = '7e4a4700-0000-4000-8000-0000000000aa';
    const rules = [{ id: 'leads', when: {}, require: { approvers: 'leads' } }];
    const runs = await Harness.open(await place(), { policy: { groups: { leads: { entra } }, rules } });
    const run = await runs.propose('disruptive');
    runs.azure.members[entra] = [people.cat.oid];
    assert.equal(codeOf(await runs.decide(run, 'approve', people.ben)), 'not-in-the-group');
    runs.azure.membersFault = new CatalogueError('azure-unavailable');
    assert.equal(codeOf(await runs.decide(run, 'approve', people.cat)), 'azure-unavailable');
    runs.azure.membersFault = undefined;
    assert.equal(codeOf(await runs.decide(run, 'approve', people.cat)), 'accepted');
  });
});
