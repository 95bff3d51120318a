import assert from 'node:assert/strict';
import type { BackupGateway } from '../../src/azure/ports.ts';
import { restoreBody } from '../../src/azure/restore-body.ts';
import type { RestoreRequest } from '../../src/azure/types.ts';
import { CatalogueError } from '../../src/errors.ts';
import { restoreNewVm } from '../../src/operations/restore/restore-new-vm.ts';
import { aNetwork, anAccount, anItem, aVm, execution, ids, now, stubContext } from '../support/stub-azure.ts';

const network = `${ids.network('vnet-test')}/subnets/default`;
const parameters = { vm: ids.vm, point: ids.point, network, name: 'sql-copy', staging: anAccount('stbackup').id };

/** Only the VM that is restored exists. */
const onlyTheOld = async (id: string) => {
  if (id === ids.vm) return aVm();
  throw new CatalogueError('azure-not-found');
};

async function sent(given: typeof parameters): Promise<RestoreRequest> {
  const requests: RestoreRequest[] = [];
  const restore: BackupGateway['restore'] = async (_, request) => {
    requests.push(request);
    return { kind: 'backup', vaultId: ids.vault, operationId: 'o' };
  };
  await restoreNewVm.submit(stubContext({ backup: { restore } }), given, execution);
  return requests[0] ?? assert.fail('nothing was sent');
}

describe('restore.new-vm', () => {
  it('never sends OriginalLocation: the VM that is restored is not overwritten', async () => {
    const request = await sent(parameters);
    const body = restoreBody(request);
    assert.equal(body.recoveryType, 'AlternateLocation');
    assert.equal(body.targetVirtualMachineId, ids.vm.replace('sql-01', 'sql-copy'));
    assert.notEqual(body.targetVirtualMachineId, ids.vm);
    assert.equal(body.virtualNetworkId, ids.network('vnet-test'));
    assert.equal(body.subnetId, network);
  });

  it('cannot be aimed at the VM itself, in any casing', async () => {
    for (const name of ['sql-01', 'SQL-01']) await assert.rejects(sent({ ...parameters, name }), { code: 'internal' });
  });

  it('proposes a name of its own within what Azure allows', async () => {
    const given = await restoreNewVm.defaults?.(stubContext(), { vm: ids.vm });
    assert.deepEqual(given, { name: 'sql-01-restored-0302-0800', staging: anAccount('stbackup').id });
    const long = await restoreNewVm.defaults?.(stubContext(), { vm: ids.vm.replace('sql-01', 'v'.repeat(64)) });
    assert.ok(String(long?.name).length <= 64);
  });

  it('is blocked when the name is taken', async () => {
    const found = async (vm: (id: string) => Promise<ReturnType<typeof aVm>>) => {
      const context = stubContext({ compute: { vm } });
      const preview = await restoreNewVm.preview(context, parameters);
      return (await restoreNewVm.checks(context, parameters, preview)).map(({ id }) => id);
    };
    assert.deepEqual(await found(onlyTheOld), ['validated']);
    assert.deepEqual(await found(async () => aVm()), ['name-taken', 'validated']);
  });

  it('offers the subnets of the VM’s region by number', async () => {
    const networks = async () => ({ value: [aNetwork('vnet-test')], asOf: now.toISOString() });
    const choices = await restoreNewVm.choices?.(stubContext({ inventory: { networks } }), 'network', { vm: ids.vm });
    assert.deepEqual(
      choices?.map(({ value, title }) => [value, title]),
      [[network, 'vnet-test / default']],
    );
  });

  it('restores a VM that is gone from what the vault still holds of it', async () => {
    const asOf = now.toISOString();
    const inventory = {
      vms: async () => ({ value: [], asOf }),
      protectedItems: async () => ({ value: [anItem()], asOf }),
      networks: async () => ({ value: [aNetwork('vnet-test')], asOf }),
    };
    const gone = async () => {
      throw new CatalogueError('azure-not-found');
    };
    const context = stubContext({ inventory, compute: { vm: gone } });
    assert.equal((await restoreNewVm.choices?.(context, 'network', { vm: ids.vm }))?.length, 1);
    const preview = await restoreNewVm.preview(context, parameters);
    const findings = await restoreNewVm.checks(context, parameters, preview);
    assert.deepEqual(
      findings.map(({ id }) => id),
      ['validated'],
    );
  });

  it('shows how much is not in the point, and needs the right to make VMs', async () => {
    const { facts } = await restoreNewVm.preview(stubContext(), parameters);
    assert.match(JSON.stringify(facts), /fact.lost.*"seconds":25080/);
    const rights = await restoreNewVm.rights(stubContext(), parameters);
    assert.ok(rights.some(({ action }) => action === 'Microsoft.Compute/virtualMachines/write'));
  });
});
