import assert from 'node:assert/strict';
import fc from 'fast-check';
import { builtInPolicy, evaluate, matchesId, type Policy, type PolicyRequest } from '../../src/runs/policy.ts';
import { isWithin } from '../../src/runs/policy-hours.ts';
import { type Counted, limitReached } from '../../src/runs/policy-limits.ts';
import type { PolicyRule } from '../../src/runs/policy-schema.ts';

const request: PolicyRequest = {
  operation: 'failover.start',
  risk: 'destructive',
  resources: ['/subscriptions/S/resourceGroups/rg-sql/providers/Microsoft.Compute/virtualMachines/sql-01'],
  tags: [{ env: 'dev' }],
  requester: 'ana',
  at: new Date('2026-03-02T20:00:00.000Z'),
};
const groups = { pair: ['ben', 'cat'], other: ['dan'], entra: { entra: 'group' } };
const withRules = (...rules: readonly PolicyRule[]): Policy => ({ groups, rules: [...builtInPolicy.rules, ...rules] });

const conditions = fc.record(
  {
    risk: fc.constantFrom<PolicyRule['when']['risk']>(['destructive'], ['reversible', 'disruptive']),
    operations: fc.constantFrom<string[]>(['failover.*'], ['backup.start'], ['*']),
    scopes: fc.constantFrom<string[]>(['/subscriptions/s'], ['/subscriptions/other']),
    tags: fc.constantFrom<Record<string, string[]>>({ env: ['prod'] }, { Env: ['DEV'] }),
  },
  { requiredKeys: [] },
);
const requirements = fc.record(
  {
    confirmation: fc.constantFrom('click', 'typed-name'),
    approvals: fc.integer({ min: 1, max: 3 }),
    approvers: fc.constantFrom('pair', 'other', 'entra'),
    reason: fc.boolean(),
    ticket: fc.constantFrom('^INC'),
    rejectionReason: fc.boolean(),
  },
  { requiredKeys: [] },
);
const limits = fc.record({
  runs: fc.integer({ min: 1, max: 3 }),
  per: fc.constant('hour' as const),
  by: fc.constantFrom('requester', 'operation', 'scope'),
});
const rules: fc.Arbitrary<PolicyRule> = fc.record(
  {
    id: fc.constantFrom('a', 'b', 'c'),
    when: conditions,
    require: requirements,
    limit: limits,
    deny: fc.constant('no'),
  },
  { requiredKeys: ['id', 'when'] },
);
const requests: fc.Arbitrary<PolicyRequest> = fc.record({
  operation: fc.constantFrom('failover.start', 'backup.start'),
  risk: fc.constantFrom('reversible', 'disruptive', 'destructive'),
  resources: fc.constant(request.resources),
  tags: fc.constantFrom(undefined, [{ env: 'prod' }], [{ env: 'dev' }]),
  requester: fc.constantFrom('ana', 'ben'),
  reason: fc.constantFrom('', 'INC1'),
  at: fc.constant(request.at),
});

const earlier: fc.Arbitrary<Counted[]> = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 120 }).map((ago) => new Date(request.at.getTime() - ago * 60_000).toISOString()),
    rules: fc.subarray(['a', 'b', 'c']),
    requester: fc.constantFrom('ana', 'ben'),
    operation: fc.constantFrom('failover.start', 'backup.start'),
    resources: fc.constant(request.resources),
  }),
  { maxLength: 8 },
);

describe('the policy', () => {
  it('counts the rules about what a restarted job does, beside those about restarting', () => {
    const restart = { ...request, operation: 'replication-job.restart' };
    for (const pattern of ['failover.start', 'failover.*', 'replication-job.*']) {
      const policy = withRules({ id: 'freeze', when: { operations: [pattern] }, deny: 'Year end' });
      assert.equal(evaluate(policy, { ...restart, repeats: 'failover.start' }).refusal?.rule, 'freeze');
      assert.equal(evaluate(policy, restart).refusal?.rule, pattern === 'replication-job.*' ? 'freeze' : undefined);
    }
  });

  it('never lets pass more by a further rule that limits, whatever has run before', () => {
    fc.assert(
      fc.property(fc.array(rules, { maxLength: 4 }), rules, requests, earlier, (before, further, wish, past) => {
        const was = limitReached(evaluate(withRules(...before), wish).limits, past, wish.at);
        const is = limitReached(evaluate(withRules(...before, further), wish).limits, past, wish.at);
        if (was !== undefined) assert.ok(is !== undefined && is.again >= was.again);
      }),
    );
  });

  it('counts runs apart, by requester, operation or scope, within the hour', () => {
    const past = ['2026-03-02T19:10:00.000Z', '2026-03-02T19:40:00.000Z', '2026-03-02T18:59:59.000Z'].map((at) => ({
      at,
      rules: ['cap'],
      requester: 'ana',
      operation: 'failover.start',
      resources: request.resources,
    }));
    const reached = (by: 'requester' | 'operation' | 'scope', wish: Partial<PolicyRequest> = {}, runs = 2) => {
      const scopes = ['/subscriptions/s', '/subscriptions/other'];
      const rule: PolicyRule = { id: 'cap', when: { scopes }, limit: { runs, per: 'hour', by } };
      return limitReached(evaluate(withRules(rule), { ...request, ...wish }).limits, past, request.at)?.again;
    };
    assert.equal(reached('requester'), '2026-03-02T20:10:00.000Z');
    assert.equal(reached('requester', {}, 1), '2026-03-02T20:40:00.000Z');
    assert.equal(reached('requester', {}, 3), undefined);
    assert.equal(reached('requester', { requester: 'ben' }), undefined);
    assert.equal(reached('operation', { requester: 'ben' }), '2026-03-02T20:10:00.000Z');
    assert.equal(reached('operation', { operation: 'backup.start' }), undefined);
    assert.equal(reached('scope', { requester: 'ben', operation: 'backup.start' }), '2026-03-02T20:10:00.000Z');
    assert.equal(reached('scope', { resources: ['/subscriptions/other/vm'] }), undefined);
  });

  it('adds up the groups of Entra that rules ask for, and shows who gave no ticket what one looks like', () => {
    const rule: PolicyRule = {
      id: 'leads',
      when: {},
      require: { approvers: 'entra', ticket: '^CHG\\d+', ticketExample: 'CHG42' },
    };
    const { requirement, refusal } = evaluate(withRules(rule), request);
    assert.deepEqual([requirement.approverGroups, requirement.approvers], [['group'], undefined]);
    assert.deepEqual(refusal, { code: 'reason-required', rule: 'leads', because: 'CHG42' });
  });

  it('never permits more by a further rule, whatever the rule and the request', () => {
    fc.assert(
      fc.property(fc.array(rules, { maxLength: 4 }), rules, requests, (before, further, wish) => {
        const was = evaluate(withRules(...before), wish);
        const is = evaluate(withRules(...before, further), wish);
        if (was.refusal !== undefined) assert.ok(is.refusal !== undefined);
        assert.ok(is.requirement.approvals >= was.requirement.approvals);
        const order = ['none', 'click', 'typed-name'];
        assert.ok(order.indexOf(is.requirement.confirmation) >= order.indexOf(was.requirement.confirmation));
        for (const group of was.requirement.approverGroups ?? [])
          assert.ok(is.requirement.approverGroups?.includes(group));
        const allowed = was.requirement.approvers;
        if (allowed !== undefined)
          for (const oid of is.requirement.approvers ?? ['?']) assert.ok(allowed.includes(oid));
      }),
    );
  });

  it('refuses whatever a matching rule denies, and names the rule', () => {
    const { refusal } = evaluate(withRules({ id: 'freeze', when: {}, deny: 'Year end' }), request);
    assert.deepEqual(refusal, { code: 'denied-by-policy', rule: 'freeze', because: 'Year end' });
  });

  it('keeps quiet hours: outside of them a rule refuses, and says which it is', () => {
    const office = { days: ['mon' as const], from: '08:00', to: '18:00', timeZone: 'Europe/Rome' };
    const policy = withRules({ id: 'by-day', when: { outside: office }, deny: 'Only by day' });
    const refusal = (at: string) => evaluate(policy, { ...request, at: new Date(at) }).refusal?.rule;
    assert.deepEqual(
      [refusal('2026-03-02T12:00:00Z'), refusal('2026-03-02T23:00:00Z'), refusal('2026-03-03T12:00:00Z')],
      [undefined, 'by-day', 'by-day'],
    );
  });

  it('takes production for granted where the tags cannot be looked at', () => {
    assert.equal(evaluate(builtInPolicy, request).requirement.approvals, 1);
    assert.equal(evaluate(builtInPolicy, { ...request, tags: undefined }).requirement.approvals, 2);
    assert.equal(evaluate(builtInPolicy, { ...request, tags: [{ ENV: 'Prod' }] }).requirement.approvals, 2);
  });

  it('wants a reason, or a ticket, where a rule says so', () => {
    const policy = withRules({ id: 'ticket', when: {}, require: { ticket: '^INC\\d+' } });
    assert.equal(evaluate(policy, request).refusal?.code, 'reason-required');
    assert.equal(evaluate(policy, { ...request, reason: 'please' }).refusal?.code, 'reason-required');
    assert.equal(evaluate(policy, { ...request, reason: 'INC42' }).refusal, undefined);
  });

  it('lets only the people whom all matching groups share approve, and refuses where they are too few', () => {
    const pair: PolicyRule = { id: 'pair', when: {}, require: { approvers: 'pair', approvals: 2 } };
    assert.deepEqual(evaluate(withRules(pair), request).requirement.approvers, ['ben', 'cat']);
    assert.equal(evaluate(withRules(pair), { ...request, requester: 'ben' }).refusal?.code, 'denied-by-policy');
    const other: PolicyRule = { id: 'other', when: {}, require: { approvers: 'other' } };
    assert.equal(evaluate(withRules(pair, other), request).refusal?.rule, 'pair, other');
  });

  it('compares scopes by whole segments, in any casing', () => {
    const scoped = (scope: string) =>
      evaluate(withRules({ id: 's', when: { scopes: [scope] }, deny: 'no' }), request).refusal;
    assert.ok(scoped('/subscriptions/s/resourcegroups/RG-SQL'));
    assert.equal(scoped('/subscriptions/s/resourceGroups/rg-s'), undefined);
  });

  it('reads a star in an operation’s id as whatever text, and a dot as a dot', () => {
    assert.deepEqual(
      ['failover.start', 'failoverXstart', 'plan.failover'].map((id) => matchesId('failover.*', id)),
      [true, false, false],
    );
  });

  it('tells hours by the clock of their time zone, also over midnight', () => {
    const office = { days: ['mon' as const], from: '08:00', to: '18:00', timeZone: 'Europe/Rome' };
    assert.equal(isWithin(office, new Date('2026-03-02T07:00:00Z')), true);
    assert.equal(isWithin(office, new Date('2026-03-02T17:00:00Z')), false);
    const night = { ...office, from: '22:00', to: '06:00' };
    assert.equal(isWithin(night, new Date('2026-03-02T22:30:00Z')), true);
    assert.equal(isWithin(night, new Date('2026-03-03T04:59:00Z')), true);
    assert.equal(isWithin(night, new Date('2026-03-02T04:59:00Z')), false);
  });
});
