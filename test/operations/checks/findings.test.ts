import assert from 'node:assert/strict';
import type { Ports } from '../../../src/azure/ports.ts';
import type { RestoreTarget } from '../../../src/azure/types.ts';
import { backupFindings } from '../../../src/operations/checks/backup.ts';
import { sameNameFindings, sizeFindings } from '../../../src/operations/checks/machine.ts';
import { ownRightFindings } from '../../../src/operations/checks/own-rights.ts';
import { lockFindings, madeFindings, subnetFindings } from '../../../src/operations/checks/place.ts';
import { restoreFindings } from '../../../src/operations/checks/restore.ts';
import type { Context } from '../../../src/operations/context.ts';
import { type Simulated, withSimulator } from '../../azure/support/simulated.ts';
import { botObjectId, practiceSubscription } from '../../support/simulator.ts';
import { aVm, stubContext } from '../../support/stub-azure.ts';

const group = `/subscriptions/${practiceSubscription}/resourceGroups/rg-sql`;

/** What the checks of the practice estate's sql-prod-01 look at, over real requests. */
interface Place {
  readonly simulated: Simulated;
  readonly context: Context;
  readonly vmId: string;
  readonly subnetId: string;
  readonly found: (kind: RestoreTarget['kind']) => Promise<readonly string[]>;
  readonly backedUp: () => Promise<readonly string[]>;
}

async function withPlace(test: (place: Place) => Promise<void>): Promise<void> {
  await withSimulator(async (simulated) => await test(await placeOf(simulated)));
}

async function placeOf(simulated: Simulated): Promise<Place> {
  const ports: Ports = simulated.ports;
  const context = { ...stubContext(), azure: ports, now: simulated.clock.now };
  const vm = await ports.compute.vm((await simulated.vmNamed('sql-prod-01')).id);
  const { itemId = '' } = await ports.backup.protectionOf(vm);
  const [item, points, networks] = await Promise.all([
    ports.backup.item(itemId),
    ports.backup.recoveryPoints(itemId),
    ports.inventory.networks(vm.location),
  ]);
  const [network] = networks.value;
  const [point] = points;
  assert.ok(point && network);
  const subnetId = `${network.id}/subnets/${network.subnets[0]}`;
  const targets = {
    disks: { kind: 'disks', groupId: group },
    'replace-disks': { kind: 'replace-disks' },
    'new-vm': {
      kind: 'new-vm',
      groupId: group,
      vmId: `${group}/providers/Microsoft.Compute/virtualMachines/sql-prod-01-restored`,
      networkId: network.id,
      subnetId,
    },
  } as const;
  const ids = (findings: readonly { id: string; severity: string }[]) =>
    findings.map(({ id, severity }) => `${id} ${severity}`);
  return {
    simulated,
    context,
    vmId: vm.id,
    subnetId,
    async found(kind) {
      const fresh = (await ports.backup.recoveryPoints(itemId))[0] ?? point;
      return ids(await restoreFindings(context, { item, point: fresh, region: vm.location }, targets[kind]));
    },
    backedUp: async () => ids(await backupFindings(context, item)),
  };
}

describe('checks over the simulated Azure', () => {
  it('find nothing where nothing is in the way', async () => {
    await withPlace(async ({ found, backedUp }) => {
      for (const kind of ['disks', 'new-vm', 'replace-disks'] as const) assert.deepEqual(await found(kind), [], kind);
      assert.deepEqual(await backedUp(), []);
    });
  });

  it('find locks, by their level and by what has to be done', async () => {
    await withPlace(async ({ simulated: { simulator }, context, vmId, found, backedUp }) => {
      const points = `/subscriptions/${practiceSubscription}/resourceGroups/AzureBackupRG_westeurope_1`;
      const keep = { scope: group, name: 'keep', level: 'CanNotDelete' as const };
      await simulator.control.conditions({ locks: [keep, { ...keep, scope: points }] });
      assert.deepEqual(await found('disks'), []);
      assert.equal((await lockFindings(context, group, { deletes: true }))[0]?.id, 'group-locked');
      assert.deepEqual(await backedUp(), ['points-locked warns']);
      await simulator.control.conditions({ locks: [{ ...keep, scope: group, level: 'ReadOnly' }] });
      assert.deepEqual(await found('disks'), ['group-locked blocks']);
      // Each tells of the VM and its group together, once.
      assert.deepEqual(await found('replace-disks'), ['group-locked blocks']);
      await simulator.control.conditions({ locks: [{ ...keep, scope: vmId, level: 'ReadOnly' }] });
      assert.deepEqual(await found('disks'), []);
      assert.deepEqual(await found('replace-disks'), ['group-locked blocks']);
    });
  });

  it('find what Azure Policy would deny, with its reason', async () => {
    await withPlace(async ({ simulated: { simulator }, context, found }) => {
      const policy = { scope: group, type: 'Microsoft.Compute/disks', assignment: 'no-disks', reason: 'Not here.' };
      await simulator.control.conditions({ policies: [policy] });
      assert.deepEqual(await found('disks'), ['policy-denies blocks']);
      const snapshot = { type: 'Microsoft.Compute/snapshots', name: 's', location: 'westeurope' };
      assert.deepEqual(await madeFindings(context, group, snapshot), []);
    });
  });

  it('find a full and a missing subnet, only where a VM is made', async () => {
    await withPlace(async ({ simulated: { simulator }, context, found, subnetId }) => {
      await simulator.control.conditions({ fullSubnets: [subnetId] });
      assert.deepEqual(await found('new-vm'), ['subnet-full blocks']);
      assert.deepEqual(await found('disks'), []);
      assert.equal((await subnetFindings(context, `${subnetId}-gone`))[0]?.id, 'subnet-missing');
      const nowhere = subnetId.replace(/virtualNetworks\/[^/]+/, 'virtualNetworks/nowhere');
      assert.equal((await subnetFindings(context, nowhere))[0]?.id, 'subnet-missing');
    });
  });

  it('find a size, a zone and a quota that are not to be had', async () => {
    await withPlace(async ({ simulated: { simulator }, context, vmId, found }) => {
      const { size: name = '' } = await context.azure.compute.vm(vmId);
      await simulator.control.conditions({
        quotas: [{ location: 'westeurope', name: 'cores', used: 349, limit: 350 }],
      });
      assert.deepEqual(await found('new-vm'), ['quota-used-up blocks']);
      await simulator.control.conditions({ sizes: [{ location: 'westeurope', name }] });
      assert.ok(name !== '' && (await context.azure.conditions.size(practiceSubscription, 'northeurope', name)));
    });
    await withPlace(async ({ simulated: { simulator }, context, vmId, found }) => {
      const { size: name = '' } = await context.azure.compute.vm(vmId);
      await simulator.control.conditions({ sizes: [{ location: 'westeurope', name }] });
      assert.deepEqual(await found('new-vm'), ['size-missing blocks']);
    });
  });

  it('find a zone that does not give the size, and only where the VM is in it', async () => {
    await withPlace(async ({ simulated: { simulator }, context, vmId }) => {
      const vm = await context.azure.compute.vm(vmId);
      await simulator.control.conditions({ sizes: [{ location: 'westeurope', name: vm.size ?? '', zones: ['2'] }] });
      const inZone = async (zone: string) =>
        (await sizeFindings(context, { ...vm, zones: [zone] })).map(({ id }) => id);
      assert.deepEqual([await inZone('2'), await inZone('1')], [['zone-missing'], []]);
    });
  });

  it('find disks whose key is gone or cannot be reached', async () => {
    await withPlace(async ({ simulated: { simulator }, context, vmId, found }) => {
      const [disk = ''] = (await context.azure.compute.vm(vmId)).diskIds;
      const set = `${group}/providers/Microsoft.Compute/diskEncryptionSets/des-sql`;
      const keyVault = `${group}/providers/Microsoft.KeyVault/vaults/kv-sql`;
      const encryptedDisks = [{ disk, set }];
      await simulator.control.conditions({ encryptedDisks });
      assert.deepEqual(await found('disks'), ['encryption-set-missing blocks']);
      await simulator.control.conditions({ encryptedDisks, encryptionSets: [{ id: set, keyVault }] });
      assert.deepEqual(await found('disks'), ['key-unreachable blocks']);
      const failing = { id: set, keyVault, fault: 'The vault is not reachable.' };
      await simulator.control.conditions({ encryptedDisks, encryptionSets: [failing], keyVaults: [keyVault] });
      assert.deepEqual(await found('disks'), ['key-unreachable blocks']);
      await simulator.control.conditions({
        encryptedDisks,
        encryptionSets: [{ id: set, keyVault }],
        keyVaults: [keyVault],
      });
      assert.deepEqual(await found('disks'), []);
    });
  });

  it('find a VM that cannot be stopped, a silent agent, and points that do not replace disks', async () => {
    await withPlace(async ({ simulated: { simulator }, vmId, found, backedUp }) => {
      await simulator.control.conditions({ vms: [{ id: vmId, agent: 'Not Ready', ephemeral: true }] });
      assert.deepEqual(await found('replace-disks'), ['not-deallocatable blocks']);
      assert.deepEqual(await found('disks'), []);
      assert.deepEqual(await backedUp(), ['agent-not-ready warns']);
      await simulator.control.conditions({ vms: [{ id: vmId, provisioning: 'Failed' }] });
      assert.deepEqual(await found('replace-disks'), ['not-deallocatable blocks']);
      await simulator.control.conditions({ points: [{ vm: vmId, attached: 3, included: 2, encrypted: true }] });
      assert.deepEqual(await found('replace-disks'), ['disks-excluded blocks', 'point-encrypted blocks']);
      assert.deepEqual(await found('new-vm'), []);
    });
  });

  it('find a job that is running, and believe the vault rather than Resource Graph about its end', async () => {
    await withPlace(async ({ simulated, context, found, backedUp, vmId }) => {
      const { itemId = '' } = await context.azure.backup.protectionOf(await context.azure.compute.vm(vmId));
      const expiresAt = new Date(context.now().getTime() + 86_400_000).toISOString();
      await context.azure.backup.start(itemId, { expiresAt, clientRequestId: crypto.randomUUID() });
      await simulated.advance(60);
      assert.deepEqual(await backedUp(), ['conflicting-job blocks']);
      assert.deepEqual(await found('replace-disks'), ['conflicting-job blocks']);
      assert.deepEqual(await found('disks'), []);
      await simulated.advance(24 * 3600);
      assert.deepEqual(await backedUp(), []);
    });
  });

  it('find what the bot’s own identity lacks, where, and the role that grants it', async () => {
    await withPlace(async ({ simulated, context }) => {
      const { simulator } = simulated;
      const rights = [{ action: 'Microsoft.Compute/snapshots/write', scope: group }];
      assert.deepEqual(await ownRightFindings(context, rights), []);
      await simulator.control.revoke(botObjectId);
      await simulator.control.grant({
        objectId: botObjectId,
        role: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
        scope: `/subscriptions/${practiceSubscription}`,
      });
      await simulated.advance(61);
      const [missing] = await ownRightFindings(context, rights);
      assert.deepEqual([missing?.id, missing?.severity], ['own-right-missing', 'blocks']);
      assert.deepEqual(missing?.text.values, { ...rights[0], role: 'Disk Snapshot Contributor' });
    });
  });

  it('say that they could not look where Azure forbids it, and block nothing for that', async () => {
    await withPlace(async ({ simulated: { simulator }, context }) => {
      await simulator.control.fault({ path: 'locks', status: 403 });
      const found = await lockFindings(context, group, { deletes: false });
      assert.deepEqual(
        found.map(({ id, severity }) => [id, severity]),
        [['not-looked', 'warns']],
      );
    });
  });

  it('find a zone that does not give the size, and VMs of the same name in other groups', async () => {
    const vm = { ...aVm(), size: 'Standard_D2s_v5', zones: ['1', '3'] };
    const size = async () => ({ name: vm.size, family: 'f', cores: 2, restricted: false, zones: ['1'] });
    const [missing, ...more] = await sizeFindings(stubContext({ conditions: { size } }), vm);
    assert.deepEqual([missing?.id, missing?.text.values?.zone, more], ['zone-missing', '3', []]);
    const twin = aVm({ id: vm.id.replace(/resourceGroups\/[^/]+/, 'resourceGroups/rg-other') });
    const vms = async () => ({ value: [aVm(), twin], asOf: '2026-03-02T08:00:00.000Z' });
    const found = await sameNameFindings(stubContext({ inventory: { vms } }), vm.id);
    assert.deepEqual(
      found.map(({ id, severity }) => [id, severity]),
      [['same-name', 'warns']],
    );
    assert.match(JSON.stringify(found[0]?.text), /rg-other/);
  });
});
