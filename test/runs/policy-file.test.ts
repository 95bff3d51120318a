import assert from 'node:assert/strict';
import { PolicyFault, parsePolicy } from '../../src/runs/policy-file.ts';

const ana = '7e4a4700-0000-4000-8000-00000000000a';
const operations = new Map([
  ['failover.start', { risk: 'destructive' }],
  ['backup.start', { risk: 'reversible' }],
] as const);
const read = (text: string) => parsePolicy(text, 'policy.yaml', operations);

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
    ['an unknown key', good.replace('require:', 'requires:'), /^policy\.yaml:4: rules\.0: .*requires/],
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
  ];
  for (const [what, text, expected] of faults) {
    it(`with ${what} is refused with its line and the reason`, () => assert.match(faultOf(text), expected));
  }
});
