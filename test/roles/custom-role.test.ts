import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { operations } from '../../src/operations/index.ts';
import { stillEnoughFor } from '../../src/roles/custom-role.ts';

const subscription = '0a1b2c3d-1111-4111-8111-000000000001';

function role(...flags: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/roles/main.ts', ...flags], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('npm run role', () => {
  it('writes a role for subscriptions and resource groups', () => {
    const group = `/subscriptions/${subscription}/resourceGroups/rg`;
    const text = execFileSync(
      process.execPath,
      ['src/roles/main.ts', '--subscription', `${subscription},${subscription}`, '--scope', group],
      { encoding: 'utf8' },
    );
    const written = JSON.parse(text) as { Name: string; AssignableScopes: string[]; Actions: string[] };
    assert.equal(written.Name, 'Vaultkeeper');
    assert.deepEqual(written.AssignableScopes, [
      `/subscriptions/${subscription}`,
      `/subscriptions/${subscription}`,
      group,
    ]);
    assert.ok(written.Actions.length > 20);
  });

  it('says how it is used, without a scope and with one that is none', () => {
    assert.equal(role().status, 2);
    const { status, stderr, stdout } = role('--scope', '/providers/Microsoft.Management/managementGroups/all/x');
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /Not a subscription, a resource group or a management group.*all\/x/);
  });

  it('writes a role for a management group, and says that Azure takes one only', () => {
    const [one, two] = ['one', 'two'].map((name) => `/providers/Microsoft.Management/managementGroups/${name}`) as [
      string,
      string,
    ];
    const { stdout } = role('--scope', one, '--subscription', subscription);
    assert.deepEqual((JSON.parse(stdout) as { AssignableScopes: string[] }).AssignableScopes, [
      `/subscriptions/${subscription}`,
      one,
    ]);
    const refused = role('--scope', one, '--scope', two);
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /one management group only/);
  });

  it('says what a role without destructive operations is still enough for, because Azure has no narrower actions', () => {
    const { stdout, stderr } = role('--subscription', subscription, '--without-destructive');
    const { Actions } = JSON.parse(stdout) as { Actions: string[] };
    const missing = operations
      .filter(({ risk }) => risk === 'destructive')
      .filter(({ actions }) => actions.some((action) => !Actions.includes(action)))
      .map(({ id }) => id);
    assert.ok(missing.length > 5);
    const left = stillEnoughFor(operations);
    assert.deepEqual([...left], ['restore.replace-disks']);
    assert.equal(missing.length + left.length, operations.filter(({ risk }) => risk === 'destructive').length);
    assert.match(stderr, /still enough for restore\.replace-disks\. With DESTRUCTIVE_OPERATIONS=off/);
  });
});
