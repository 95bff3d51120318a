import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { changingOperations } from '../../src/operations/index.ts';
import { parsePolicy } from '../../src/runs/policy-file.ts';
import { policyTable, policyTableOf } from '../support/policy-table.ts';

describe('the guide to the policy file', () => {
  it('lists what the file may hold as the schema has it (node test/support/policy-table.ts writes the table)', () => {
    assert.equal(policyTableOf(), policyTable());
  });

  it('shows an example that is accepted', () => {
    const text = /```yaml\n([\s\S]*?)```/.exec(readFileSync('docs/guides/policy.md', 'utf8'))?.[1] ?? '';
    assert.equal(parsePolicy(text, 'policy.md', { operations: changingOperations }).rules.length, 4);
  });
});
