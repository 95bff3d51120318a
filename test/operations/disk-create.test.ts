import assert from 'node:assert/strict';
import { resourceGroupScopeOf } from '../../src/azure/arm-id.ts';
import type { ComputeGateway } from '../../src/azure/ports.ts';
import { diskCreate } from '../../src/operations/snapshots/disk-create.ts';
import { aSnapshot, aVm, execution, ids, stubContext } from '../support/stub-azure.ts';

const parameters = { snapshot: ids.snapshot, name: 'os-copy' };
const disk = { id: ids.disk('os'), name: 'os', location: 'westeurope', sizeGib: 128, sku: 'Premium_LRS' };

function context(compute: Partial<ComputeGateway> = {}) {
  const findDisk = async (id: string) => (id === disk.id ? disk : undefined);
  return stubContext({ compute: { snapshot: async () => aSnapshot(), findDisk, ...compute } });
}

describe('disk.create', () => {
  it('names the disk after its source and the minute, within what ARM allows', async () => {
    assert.deepEqual(await diskCreate.defaults?.(context(), { snapshot: ids.snapshot }), { name: 'os-202603020800' });
    const long = async () => aSnapshot({ sourceDiskId: ids.disk('d'.repeat(80)) });
    const given = await diskCreate.defaults?.(context({ snapshot: long }), { snapshot: ids.snapshot });
    assert.ok(String(given?.name).length <= 80);
  });

  it('is as fast as its source, and plain when the source is gone', async () => {
    const type = async (compute: Partial<ComputeGateway>) =>
      (await diskCreate.preview(context(compute), parameters)).measured['fact.disk-type'];
    assert.equal(await type({}), 'Premium_LRS');
    assert.equal(await type({ findDisk: async () => undefined }), 'StandardSSD_LRS');
  });

  it('offers the resource groups of the snapshot’s subscription that something lies in', async () => {
    const asOf = '2026-03-02T08:00:00.000Z';
    const elsewhere = aVm({
      id: '/subscriptions/other/resourceGroups/rg-far/providers/Microsoft.Compute/virtualMachines/v',
    });
    const inventory = {
      vms: async () => ({ value: [aVm(), elsewhere], asOf }),
      vaultsAndSnapshots: async () => ({ value: { vaults: [], snapshots: [aSnapshot()] }, asOf }),
    };
    const offered = await diskCreate.choices?.(stubContext({ inventory }), 'group', { snapshot: ids.snapshot });
    const wanted = [...new Set([resourceGroupScopeOf(aVm().id), resourceGroupScopeOf(ids.snapshot)])];
    assert.deepEqual(offered?.map(({ value }) => value).toSorted(), wanted.toSorted());
  });

  it('is blocked when the name is taken', async () => {
    const ask = async (compute: Partial<ComputeGateway>) => {
      const preview = await diskCreate.preview(context(), parameters);
      return (await diskCreate.checks(context(compute), parameters, preview)).map(({ id }) => id);
    };
    assert.deepEqual(await ask({}), ['ready']);
    assert.deepEqual(await ask({ findDisk: async () => disk }), ['taken']);
  });

  it('asks for one disk beside the snapshot, in its region, marked with the run', async () => {
    const sent: { diskId: string; location: string; tags: unknown }[] = [];
    const createDisk: ComputeGateway['createDisk'] = async (request) => {
      sent.push(request);
      return { kind: 'resource', id: request.diskId, wanted: 'ready' };
    };
    await diskCreate.submit(context({ createDisk }), parameters, execution);
    assert.equal(sent.length, 1);
    assert.equal(sent[0]?.diskId, ids.disk('os-copy'));
    assert.equal(sent[0]?.location, 'westeurope');
    assert.match(JSON.stringify(sent[0]?.tags), /3f2a9c1e/);
  });

  it('finds its disk again by its name', async () => {
    assert.equal(await diskCreate.findSubmitted(context(), parameters, execution), 'nothing');
    const found = await diskCreate.findSubmitted(context({ findDisk: async () => disk }), parameters, execution);
    assert.deepEqual(found, { kind: 'resource', id: ids.disk('os-copy'), wanted: 'ready' });
  });

  it('takes the size, type, zone and group that were asked for, and refuses a size that cannot hold the snapshot', async () => {
    const group = ids.snapshot.replace(/\/providers.*/, '').replace('rg-sql', 'rg-lab');
    const wanted = { snapshot: ids.snapshot, name: 'copy', size: 512, sku: 'Standard_LRS', zone: '2', group } as const;
    const sent: unknown[] = [];
    const compute = {
      snapshot: async () => aSnapshot({ location: 'westeurope' }),
      findDisk: async () => undefined,
      createDisk: async (request: { readonly diskId: string }) => {
        sent.push(request);
        return { kind: 'resource', id: request.diskId, wanted: 'ready' } as const;
      },
    };
    const context = stubContext({ compute });
    await diskCreate.submit(context, wanted, execution);
    const [{ diskId, sizeGib, sku, zone }] = sent as [{ diskId: string; sizeGib: number; sku: string; zone: string }];
    assert.deepEqual([diskId.split('/')[4], sizeGib, sku, zone], ['rg-lab', 512, 'Standard_LRS', '2']);
    const preview = await diskCreate.preview(context, wanted);
    assert.match(JSON.stringify(preview.facts), /fact.cost.*"cost":24\.\d/);
    const small = await diskCreate.checks(context, { ...wanted, size: 4 }, preview);
    assert.deepEqual(
      small.map(({ id }) => id),
      ['too-small'],
    );
    const rights = await diskCreate.rights(context, wanted);
    assert.ok(rights.some(({ action, scope }) => action.endsWith('disks/write') && scope === group));
  });
});
