import assert from 'node:assert/strict';
import { missingRight } from '../../src/azure/missing-right.ts';
import { roleFor } from '../../src/azure/roles.ts';

const subscription = '/subscriptions/s';

describe('the right that a 403 is about', () => {
  it('is the one on the linked resource, when that is what is missing', () => {
    const message = `The client has permission to perform action 'Microsoft.Compute/snapshots/write' on scope '${subscription}/a'; however, it does not have permission to perform action(s) 'Microsoft.Compute/disks/beginGetAccess/action' on the linked scope(s) '${subscription}/b,${subscription}/c' or the linked scope(s) are invalid.`;
    assert.deepEqual(missingRight(message), {
      action: 'Microsoft.Compute/disks/beginGetAccess/action',
      scope: `${subscription}/b`,
    });
  });

  it('is unknown when Azure does not say, as on a policy', () => {
    assert.deepEqual(missingRight('Resource was disallowed by policy.'), { action: '', scope: '' });
  });
});

describe('the role that is advised', () => {
  const item = 'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems';
  const replicated =
    'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems';
  for (const [action, role] of [
    [`${item}/backup/action`, 'Backup Operator'],
    [`${item}/read`, 'Backup Reader'],
    [`${item}/recoveryPoints/restore/action`, 'Backup Operator'],
    [`${item}/delete`, 'Backup Contributor'],
    ['Microsoft.RecoveryServices/locations/backupStatus/action', 'Backup Reader'],
    ['Microsoft.RecoveryServices/Vaults/backupJobs/cancel/action', 'Backup Operator'],
    [`${replicated}/testFailover/action`, 'Site Recovery Operator'],
    [`${replicated}/testFailoverCleanup/action`, 'Site Recovery Operator'],
    [`${replicated}/remove/action`, 'Site Recovery Contributor'],
    ['Microsoft.RecoveryServices/vaults/replicationProtectedItems/read', 'Reader'],
    ['Microsoft.Compute/disks/read', 'Reader'],
    ['microsoft.compute/SNAPSHOTS/write', 'Disk Snapshot Contributor'],
    ['Microsoft.Compute/virtualMachines/start/action', 'Virtual Machine Contributor'],
    ['Microsoft.Something/else/action', ''],
    ['', ''],
  ] as const) {
    it(`for ${action || 'nothing'} is ${role || 'none that we know'}`, () => assert.equal(roleFor(action), role));
  }
});
