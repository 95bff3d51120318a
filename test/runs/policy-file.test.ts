import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CatalogueError } from '../../src/errors.ts';
import { assertGroupsKnown, PolicyFault, parsePolicy } from '../../src/runs/policy-file.ts';
import { assertPolicyGroups } from '../../src/runs/policy-start.ts';

const ana = '7e4a4700-0000-4000-8000-00000000000a';
const operations = new Map([
  ['failover.start', { risk: 'destructive' }],
  ['backup.start', { risk: 'reversible' }],
] as const);
const subscription = '/subscriptions/0a1b2c3d-1111-4111-8111-000000000001';
const subscriptionIds = ['0a1b2c3d-1111-4111-8111-000000000001'];
const read = (text: string) => parsePolicy(text, 'policy.yaml', { operations, subscriptionIds });

function faultOf(text: string): string {
  try {
    read(text);
  } catch (error) {
    assert.ok(error instanceof PolicyFault);
    return error.message;
  }
  return '';
}

const good = `groups:
  leads: [${ana}]
rules:
  - id: failover-by-leads
    when: { operations: [failover.*], outside: { days: [mon, tue], from: "08:00", to: "18:00", timeZone: Europe/Rome } }
    require: { approvers: leads, approvals: 1, ticket: "^INC" }
`;

const scoped = (scope: string) => `rules:\n  - id: a\n    when: { scopes: ["${scope}"] }\n    deny: no\n`;
const luca = '7e4a4700-0000-4000-8000-00000000000b';
const withGroups = (...rules: readonly string[]) =>
  `groups:\n  leads: [${ana}]\n  owners: [${luca}]\nrules:\n${rules.map((rule) => `  - ${rule}\n`).join('')}`;

describe('the policy file', () => {
  it('is read on top of the built-in rules, as YAML or JSON', () => {
    const { rules, groups } = read(good);
    assert.deepEqual(
      [rules.map(({ id }) => id), groups],
      [['built-in-production', 'failover-by-leads'], { leads: [ana] }],
    );
    assert.equal(read('{"rules": [{"id": "a", "when": {}, "deny": "no"}]}').rules.length, 2);
  });

  const faults: readonly (readonly [string, string, RegExp])[] = [
    ['an unknown key', good.replace('require:', 'requires:'), /^policy\.yaml:6: rules\.0\.requires: is no key/],
    ['an unknown key at the top', `${good}rulez: []\n`, /^policy\.yaml:7: rulez: is no key/],
    ['an unknown group', good.replace('approvers: leads', 'approvers: chiefs'), /^policy\.yaml:6: .*no group "chiefs"/],
    ['a rule that can never match', good.replace('failover.*', 'failovers.*'), /^policy\.yaml:5: .*never match/],
    ['hours that end as they begin', good.replace('18:00', '08:00'), /^policy\.yaml:5: .*never matches/],
    [
      'a quorum of nobody',
      good.replace('approvals: 1', 'approvals: 0'),
      /^policy\.yaml:6: rules\.0\.require\.approvals: /,
    ],
    [
      'a quorum larger than the group',
      good.replace('approvals: 1', 'approvals: 2'),
      /^policy\.yaml:6: .*asks for 2 of a group of 1/,
    ],
    ['a ticket that is no pattern', good.replace('^INC', '(INC'), /^policy\.yaml:6: .*no regular expression/],
    [
      'a time zone that does not exist',
      good.replace('Europe/Rome', 'Europe/Roma'),
      /^policy\.yaml:5: .*no IANA time zone/,
    ],
    [
      'two rules of one id',
      `${good}  - { id: failover-by-leads, when: {}, deny: no }`,
      /^policy\.yaml:7: .*another rule/,
    ],
    [
      'a rule that says nothing',
      'rules:\n  - { id: a, when: {} }',
      /^policy\.yaml:2: .*neither requires, limits nor denies/,
    ],
    ['broken YAML', 'rules: [', /^policy\.yaml:\d: /],
    [
      'a risk that none of its operations has',
      good.replace('operations: [failover.*]', 'operations: [failover.*], risk: [reversible]'),
      /^policy\.yaml:5: .*none of its operations/,
    ],
    [
      'hours inside of which it is always outside',
      good.replace('outside:', 'within: { days: [tue], from: "09:00", to: "17:00", timeZone: Europe/Rome }, outside:'),
      /^policy\.yaml:5: .*covers all of within/,
    ],
    [
      'an id of a built-in rule',
      good.replace('failover-by-leads', 'built-in-production'),
      /^policy\.yaml:4: .*built-in/,
    ],
    [
      'a limit of none',
      'rules:\n  - id: a\n    when: {}\n    limit: { runs: 0, per: hour, by: requester }',
      /^policy\.yaml:4: /,
    ],
    [
      'a limit by scope without scopes',
      'rules:\n  - id: a\n    when: {}\n    limit: { runs: 2, per: hour, by: scope }',
      /^policy\.yaml:4: .*names no scopes/,
    ],
    [
      'an example that is no such ticket',
      good.replace('ticket: "^INC"', 'ticket: "^INC", ticketExample: CHG1'),
      /^policy\.yaml:6: .*no such ticket/,
    ],
    [
      'an unknown group that may break the glass',
      `${good}breakGlass: { group: chiefs }`,
      /^policy\.yaml:7: .*no group "chiefs"/,
    ],
    [
      'a group that every object has',
      good.replace('approvers: leads', 'approvers: constructor'),
      /^policy\.yaml:6: .*no group "constructor"/,
    ],
    [
      'a group that every object has, to break the glass',
      `${good}breakGlass: { group: toString }`,
      /^policy\.yaml:7: .*no group "toString"/,
    ],
    [
      'a subscription that is not looked after',
      scoped('/subscriptions/0a1b2c3d-2222-4111-8111-000000000001/resourceGroups/rg-erp'),
      /^policy\.yaml:3: rules\.0\.when\.scopes\.0: .*never match/,
    ],
    ['a scope with a hole', scoped(`${subscription}//resourceGroups/rg-erp`), /^policy\.yaml:3: .*no ARM id/],
    ['a scope of words', scoped('/subscriptions/not a guid'), /^policy\.yaml:3: .*no ARM id/],
    [
      'a group of one where production needs two',
      withGroups('{ id: db, when: { risk: [destructive], tags: { ENV: [prod] } }, require: { approvers: leads } }'),
      /^policy\.yaml:5: rules\.0\.require\.approvers: asks for 2 of a group of 1, together with built-in-production/,
    ],
    [
      'two groups that have nobody in common',
      withGroups(
        '{ id: wide, when: { risk: [destructive] }, require: { approvers: leads } }',
        '{ id: narrow, when: { operations: [failover.start] }, require: { approvers: owners } }',
      ),
      /asks for 1 of a group of 0, together with narrow[\s\S]*policy\.yaml:6: .*asks for 1 of a group of 0, together with wide/,
    ],
    ['a group that is neither', good.replace(`[${ana}]`, '{ azure: x }'), /^policy\.yaml:2: .*must be a list/],
    ['an empty group', good.replace(`[${ana}]`, '[]'), /^policy\.yaml:2: /],
  ];
  for (const [what, text, expected] of faults) {
    it(`with ${what} is refused with its line and the reason`, () => assert.match(faultOf(text), expected));
  }

  it('is refused for the same faults with the line when it is JSON', () => {
    const lines = (when: object, wanted: object) =>
      JSON.stringify({ groups: { leads: [ana] }, rules: [{ id: 'a', when, require: wanted }] }, undefined, 1);
    const json: readonly (readonly [object, object, RegExp])[] = [
      [{}, { approver: 'leads' }, /^policy\.yaml:12: .*approver/],
      [{}, { approvers: 'chiefs' }, /^policy\.yaml:12: .*no group "chiefs"/],
      [{ operations: ['none.*'] }, { approvals: 1 }, /^policy\.yaml:12: .*never match/],
      [{}, { approvals: 0 }, /^policy\.yaml:12: rules\.0\.require\.approvals: /],
      [{}, { approvers: 'leads', approvals: 2 }, /^policy\.yaml:13: .*2 of a group of 1/],
    ];
    for (const [when, wanted, expected] of json) assert.match(faultOf(lines(when, wanted)), expected);
  });

  it('may ask small groups of what is not asked of more people elsewhere', () => {
    const two = [
      `{ id: wide, when: { scopes: ["${subscription}"] }, require: { approvals: 2 } }`,
      `{ id: leads, when: { operations: [backup.*] }, require: { approvers: leads } }`,
      `{ id: at-night, when: { tags: { env: [test] } }, require: { approvers: owners } }`,
    ];
    assert.equal(read(withGroups(...two)).rules.length, 4);
    assert.equal(read(scoped(`${subscription}/resourceGroups/rg-erp`)).rules.length, 2);
  });

  it('names who may break the glass, and compares object ids in any casing', () => {
    const upper = good.replace(ana, ana.toUpperCase());
    const { groups, breakGlass } = read(`${upper}breakGlass: { group: leads }\n`);
    assert.deepEqual([groups, breakGlass], [{ leads: [ana] }, { group: [ana] }]);
    assert.equal(read(good).breakGlass, undefined);
  });

  it('with a group that Entra does not know is refused, and starts while Azure does not tell', async () => {
    const text = good.replace(`[${ana}]`, `{ entra: ${ana} }`);
    await assert.rejects(
      assertGroupsKnown(text, 'policy.yaml', () => Promise.resolve(false)),
      /^PolicyFault: policy\.yaml:2: groups\.leads\.entra: .*no role assignment/,
    );
    await assertGroupsKnown(text, 'policy.yaml', (group) => Promise.resolve(group === ana));
    const folder = mkdtempSync(join(tmpdir(), 'policy-'));
    const policyFile = join(folder, 'policy.yaml');
    writeFileSync(policyFile, text);
    const warnings: string[] = [];
    const log = { warn: (_fields: object, words: string) => void warnings.push(words) };
    const knowsGroup = () => Promise.reject(new CatalogueError('azure-unavailable'));
    await assertPolicyGroups({ policyFile, access: { knowsGroup }, log });
    assert.match(warnings.join(), /nobody is in them/);
    rmSync(folder, { recursive: true });
  });
});
