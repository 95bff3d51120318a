import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { quoted } from '../../src/operations/by-hand.ts';
import { changingOperations } from '../../src/operations/index.ts';
import { ids } from '../support/stub-azure.ts';

/** Why an operation has no commands. */
const without: Readonly<Record<string, string>> = {
  'protection.enable': 'the name of the item is made in the vault',
  'restore.new-vm': 'the request is made of what the vault says of the point',
  'restore.disks': 'the request is made of what the vault says of the point',
  'restore.replace-disks': 'the request is made of what the vault says of the point',
  'restore.files': 'its script is a secret',
  'restore.files-close': 'its request is made of the session',
  'snapshot.create': 'the names are made of the run and the disks at its start',
  'disk.create': 'the name and the zone are chosen at its start',
  'vm.rebuild': 'several steps, each by what the one before has made',
  'vm.rebuild-in-place': 'several steps, each by what the one before has made',
  'failover.reprotect': 'the targets are found in the vault',
  'plan.test-failover': 'the points and networks are found in the vault',
  'plan.test-cleanup': 'not written yet',
  'plan.failover': 'the points are found in the vault',
  'plan.reprotect': 'several steps, VM by VM',
  'replication-job.resume': 'it answers one waiting step',
  'replication.enable': 'the targets are found in the vault',
  'replication.disable': 'not written yet',
};

const hostile = 'it\'s $(id) `id` \\ "x" ; | & \n';

/** Parameters of every kind, each with something that would break out of a command. */
const parameters: Readonly<Record<string, unknown>> = {
  vm: `${ids.vm}${hostile}`,
  keepUntil: '2026-04-01T00:00:00.000Z',
  policy: ids.policy(hostile),
  job: `${ids.job}${hostile}`,
  snapshot: `${ids.snapshot}${hostile}`,
  plan: `${ids.vault}/replicationRecoveryPlans/p${hostile}`,
  point: `${ids.point}${hostile}`,
  notes: hostile,
  network: ids.network(hostile),
  source: 'gone',
};

describe('the commands of a run', () => {
  for (const [id, operation] of changingOperations) {
    it(`are there, or it is said why not: ${id}`, () => {
      assert.equal(operation.byHand === undefined, id in without);
    });

    if (operation.byHand === undefined) continue;
    it(`are words of a shell, whatever people wrote, and name what Azure holds: ${id}`, () => {
      const commands =
        operation.byHand?.({ parameters, resources: [ids.vm, ids.item, ids.replica], code: '4F7K' }) ?? [];
      assert.ok(commands.length > 0);
      for (const command of commands) {
        // bash itself says which words it would hand to az: none is lost, and none is run.
        const printed = execFileSync('bash', ['-c', command.replace(/^az /, "printf '%s\\n' ")], { encoding: 'utf8' });
        const [, verb = ''] = printed.split('\n');
        assert.match(command, /^az (?:rest --method (?:post|put|delete) --url '|snapshot delete --ids ')/);
        assert.ok(/subscriptions\/0a1b2c3d/.test(printed), printed);
        assert.ok(verb.length > 0 && !printed.includes('uid='), printed);
      }
    });

    it(`need nothing but the approved plan, and are none where it lacks something: ${id}`, () => {
      assert.doesNotThrow(() => operation.byHand?.({ parameters, resources: [], code: '4F7K' }));
    });
  }

  it('quote so that bash gives back the very word', () => {
    for (const word of ["a'b", '$(id)', '"', '\\', '`id`'])
      assert.equal(execFileSync('bash', ['-c', `printf %s ${quoted(word)}`], { encoding: 'utf8' }), word);
  });
});
