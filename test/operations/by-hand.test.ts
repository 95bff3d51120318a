import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { quoted } from '../../src/operations/by-hand.ts';
import { changingOperations } from '../../src/operations/index.ts';
import { otherKinds, plansNamed } from '../support/by-hand-plans.ts';

const hostile = 'it\'s $(id) `id` \\ "x" ; | & \n';

const { parameters, kept, previewed } = plansNamed(hostile);

/** Each operation's own words of `az`; where the CLI has none, as for all of Site Recovery without its extension, `az rest`. */
const verbs: Readonly<Record<string, RegExp>> = {
  'protection.enable': /^backup protection enable-for-vm /,
  'restore.new-vm': /^backup restore restore-disks .*--restore-mode 'AlternateLocation' --target-vm-name /s,
  'restore.disks': /^backup restore restore-disks (?!.*--restore-mode)/s,
  'restore.replace-disks': /^backup restore restore-disks .*--restore-mode 'OriginalLocation'/s,
  'restore.files': /^backup restore files mount-rp /,
  'restore.files-close': /^backup restore files unmount-rp /,
  'snapshot.create': /^snapshot create /,
  'snapshot.delete': /^snapshot delete /,
  'disk.create': /^disk create /,
  'vm.rebuild': /^(?:disk|vm) create /,
  'vm.rebuild-in-place': /^(?:disk create|vm deallocate|vm update|vm disk detach|vm disk attach|vm start) /,
};

/** What bash hands to `az`, a word on a line: itself says whether a word is lost and whether something else is run. `az` asked within a command answers alike. */
function heard(commands: readonly string[]): string {
  const script = ['az() { printf \'%s\\n\' "$@"; }', 'set -eu', ...commands].join('\n');
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' });
}

describe('the commands of a run', () => {
  for (const [id, operation] of changingOperations) {
    const commands = operation.byHand({ ...kept, parameters: { ...parameters, ...otherKinds[id] }, ...previewed[id] });

    it(`are there: ${id}`, () => {
      assert.ok(commands.length > 0);
      const own = commands.filter((command) => command.startsWith('az '));
      for (const command of own)
        assert.match(command.slice(3), verbs[id] ?? /^rest --method (?:post|put|delete) --url '/);
      assert.ok(commands.every((command) => own.includes(command) || /^(?:zone|lun)="\$\(az /.test(command)));
    });

    it(`are words of a shell, whatever people wrote, and name what Azure holds: ${id}`, () => {
      const printed = heard(commands);
      assert.match(printed, /0a1b2c3d/);
      assert.doesNotMatch(printed, /uid=/);
    });

    it(`need nothing but the approved plan, and are none where it lacks something: ${id}`, () => {
      assert.doesNotThrow(() =>
        operation.byHand({ parameters, resources: [], code: '4F7K', runId: kept.runId, said: {}, measured: {} }),
      );
    });
  }

  const commandsOf = (id: string, said: object, more: object = {}): readonly string[] =>
    changingOperations.get(id)?.byHand({ ...kept, parameters: { ...parameters, ...said }, ...more }) ?? [];

  it('are JSON where Azure reads a body, with what Azure answered put in', () => {
    const [command = ''] = commandsOf('failover.reprotect', {});
    const answering = `az() { case "$*" in *switchprotection*) printf '%s\\n' "$@";; *policyId*) printf '"p"';; *'vm show'*) printf '[{"diskId":"d"}]';; *) printf '%s\\n' "$@";; esac; }`;
    const printed = execFileSync('bash', ['-c', `${answering}\n${command}`], { encoding: 'utf8' });
    const body = JSON.parse(printed.slice(printed.indexOf('{'))) as { properties: { providerSpecificDetails: object } };
    assert.partialDeepStrictEqual(body.properties.providerSpecificDetails, {
      instanceType: 'A2A',
      policyId: 'p',
      vmManagedDisks: [{ diskId: 'd' }],
    });
  });

  it('go the way that was approved, and are none for a plan whose way nobody kept', () => {
    for (const [way, direction] of [
      ['over', 'PrimaryToRecovery'],
      ['back', 'RecoveryToPrimary'],
    ] as const)
      assert.match(commandsOf('plan.failover', { point: 'latest' }, { said: { way } })[0] ?? '', new RegExp(direction));
    const plan = { parameters: { ...parameters, point: 'latest' }, ...kept, said: {} };
    assert.deepEqual(changingOperations.get('plan.failover')?.byHand(plan), []);
  });

  it('restore in the other region only where that was approved', () => {
    assert.doesNotMatch(commandsOf('restore.disks', {})[0] ?? '', /secondary/);
    assert.match(commandsOf('restore.disks', { region: 'secondary' })[0] ?? '', /--use-secondary-region$/);
  });

  it('exchange the disks of a stopped VM, each for its own', () => {
    const done = commandsOf('vm.rebuild-in-place', {}, previewed['vm.rebuild-in-place']);
    const order = done.map((command) => /^(?:az )?([a-z]+(?: [a-z]+)*)/.exec(command)?.[1]);
    assert.deepEqual(order, [
      'zone',
      'disk create',
      'disk create',
      'vm deallocate',
      'vm update',
      'lun',
      'vm disk detach',
      'vm disk attach',
      'vm start',
    ]);
    assert.match(done[5] ?? '', /\?name==/);
    assert.match(done[6] ?? '', /--name 'data'$/);
  });

  it('quote so that bash gives back the very word', () => {
    for (const word of ["a'b", '$(id)', '"', '\\', '`id`'])
      assert.equal(execFileSync('bash', ['-c', `printf %s ${quoted(word)}`], { encoding: 'utf8' }), word);
  });
});
