import { z } from 'zod';
import { CatalogueError } from '../errors.ts';
import { nameOf } from './arm-id.ts';
import type { ComputeOptions } from './compute.ts';
import { read } from './exchange.ts';
import { answered } from './faults.ts';
import { defined, maybe, words } from './fields.ts';
import type { AttachedDisk, Machine } from './machine-types.ts';
import { resourcePath } from './paths.ts';
import type { ComputeGateway } from './ports.ts';

type Machines = Pick<ComputeGateway, 'machine' | 'createVm' | 'swapDisks' | 'deallocate' | 'startVm'>;

/** The network API that Azure makes a VM's own card with. */
const networkApiVersion = '2022-11-01';

const attached = z.object({
  lun: maybe(z.number()),
  caching: maybe(z.enum(['None', 'ReadOnly', 'ReadWrite'])).catch(undefined),
  osType: words,
  managedDisk: z.object({ id: z.string() }),
});
const machine: z.ZodType<Machine> = z
  .object({
    id: z.string(),
    location: z.string(),
    zones: maybe(z.array(z.string())),
    hardwareProfile: z.object({ vmSize: z.string() }),
    storageProfile: z.object({ osDisk: attached, dataDisks: maybe(z.array(attached)) }),
    instanceView: maybe(z.object({ statuses: maybe(z.array(z.object({ code: words }))) })),
  })
  .transform(({ id, location, zones, hardwareProfile, storageProfile: { osDisk, dataDisks }, instanceView }) => {
    const power = instanceView?.statuses?.find(({ code }) => code?.startsWith('PowerState/'))?.code?.slice(11) ?? '';
    const osType: Machine['osType'] = /^windows$/i.test(osDisk.osType ?? '') ? 'Windows' : 'Linux';
    const disks = { osDisk: diskOf(osDisk), dataDisks: (dataDisks ?? []).map(diskOf) };
    return { id, location, size: hardwareProfile.vmSize, zones: zones ?? [], osType, power, ...disks };
  });

function diskOf({ lun, caching, managedDisk }: z.infer<typeof attached>): AttachedDisk {
  return defined({ diskId: managedDisk.id, lun, caching });
}

/** VMs as things that are built, and whose disks are exchanged. Every change is sent once and is harmless when it is sent again. */
export function openMachines({ clients, now }: ComputeOptions): Machines {
  const changed = async (vmId: string, clientRequestId: string, call: Call) => {
    const { subscriptionId, resourceGroup, name } = resourcePath(vmId);
    const client = await clients.compute(subscriptionId, 'once');
    const requestOptions = { headers: { 'x-ms-client-request-id': clientRequestId } };
    // Not awaited as a whole: the poller is a thenable that would wait for the end (azure-api.md 6).
    const poller = call(client.virtualMachines, [resourceGroup, name], { requestOptions });
    await answered(() => poller.submitted(), now);
  };
  return {
    async machine(vmId) {
      const { subscriptionId, resourceGroup, name } = resourcePath(vmId);
      const client = await clients.compute(subscriptionId, 'patient');
      const found = read(machine, now, (options) =>
        client.virtualMachines.get(resourceGroup, name, { ...options, expand: 'instanceView' }),
      );
      return await found.catch((error: unknown) => {
        if (error instanceof CatalogueError && error.code === 'azure-not-found') return undefined;
        throw error;
      });
    },
    async createVm({ id, location, size, zones, osType, osDisk, dataDisks, subnetId, tags, clientRequestId }) {
      const ipConfigurations = [{ name: 'ipconfig1', primary: true, subnet: { id: subnetId } }];
      const card = { name: `${nameOf(id)}-nic`, primary: true, ipConfigurations };
      const body = {
        location,
        tags: { ...tags },
        ...(zones.length === 0 ? {} : { zones: [...zones] }),
        hardwareProfile: { vmSize: size },
        storageProfile: { ...storageOf({ osDisk, dataDisks }), osDisk: { ...wireOf(osDisk), osType } },
        networkProfile: { networkApiVersion, networkInterfaceConfigurations: [card] },
      };
      await changed(id, clientRequestId, (vms, at, options) => vms.createOrUpdate(...at, body, options));
      return { kind: 'machine', vmId: id, wanted: 'running' };
    },
    async swapDisks(vmId, { clientRequestId, ...disks }) {
      const body = { storageProfile: storageOf(disks) };
      await changed(vmId, clientRequestId, (vms, at, options) => vms.update(...at, body, options));
      return { kind: 'machine', vmId, wanted: 'ready' };
    },
    async deallocate(vmId, { clientRequestId }) {
      await changed(vmId, clientRequestId, (vms, at, options) => vms.deallocate(...at, options));
      return { kind: 'machine', vmId, wanted: 'deallocated' };
    },
    async startVm(vmId, { clientRequestId }) {
      await changed(vmId, clientRequestId, (vms, at, options) => vms.start(...at, options));
      return { kind: 'machine', vmId, wanted: 'running' };
    },
  };
}

type Vms = Awaited<ReturnType<ComputeOptions['clients']['compute']>>['virtualMachines'];
interface CallOptions {
  readonly requestOptions: { readonly headers: Record<string, string> };
}
type Call = (vms: Vms, at: [string, string], options: CallOptions) => { submitted(): Promise<unknown> };

/** The whole list of data disks: what is not in it is taken off the VM, and stays as a disk. */
function storageOf({ osDisk, dataDisks }: Pick<Machine, 'osDisk' | 'dataDisks'>) {
  return {
    osDisk: wireOf(osDisk),
    dataDisks: dataDisks.map((disk, at) => ({ ...wireOf(disk), lun: disk.lun ?? at })),
  };
}

function wireOf({ diskId, caching }: AttachedDisk) {
  const cached = caching === undefined ? {} : { caching };
  return { name: nameOf(diskId), createOption: 'Attach', managedDisk: { id: diskId }, ...cached };
}
