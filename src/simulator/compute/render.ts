import { computeTime } from '../clock.ts';
import { conditionsOf } from '../conditions/state.ts';
import type { World } from '../exchange.ts';
import { keyOf } from '../identity.ts';
import { envelope } from '../resources/lookup.ts';
import type { AttachedDisk, CreationData, Disk, Snapshot, VirtualMachine } from './state.ts';

/** A VM in compute's words, without its instance view. */
export function renderVm(vm: VirtualMachine, world: World): Record<string, unknown> {
  return {
    ...envelope(vm, 'Microsoft.Compute/virtualMachines'),
    ...(vm.zones === undefined ? {} : { zones: vm.zones }),
    properties: {
      vmId: vm.vmId,
      hardwareProfile: { vmSize: vm.size },
      storageProfile: renderStorage(vm, world),
      osProfile: renderOs(vm),
      networkProfile: { networkInterfaces: vm.nics.map((id) => ({ id })) },
      provisioningState: provisioningOf(vm, world),
      timeCreated: computeTime(vm.created),
    },
  };
}

function provisioningOf(vm: VirtualMachine, world: World): string {
  if (world.now < vm.busyUntil) return vm.busyWith;
  return amissWith(vm, world)?.provisioning ?? settledAs(vm);
}

function settledAs({ failed }: VirtualMachine | Disk | Snapshot): string {
  return failed === undefined ? 'Succeeded' : 'Failed';
}

function copyState(copy: Disk | Snapshot, world: World): string {
  if (copy.deleting === true) return 'Deleting';
  return world.now < copy.ready ? 'Updating' : settledAs(copy);
}

/** What `instanceView` adds: power, agent, disks. */
export function renderInstanceView(vm: VirtualMachine, world: World): Record<string, unknown> {
  const time = computeTime(vm.created);
  const provisioned = {
    code: 'ProvisioningState/succeeded',
    level: 'Info',
    displayStatus: 'Provisioning succeeded',
    time,
  };
  const agent = {
    code: 'ProvisioningState/succeeded',
    level: 'Info',
    displayStatus: amissWith(vm, world)?.agent ?? 'Ready',
    time: computeTime(world.now),
  };
  return {
    ...(vm.power === 'running'
      ? {
          computerName: vm.computerName,
          osName: vm.image?.offer ?? vm.osType,
          vmAgent: { vmAgentVersion: vm.osType === 'Windows' ? '2.7.41491.1172' : '2.13.1.1', statuses: [agent] },
        }
      : {}),
    hyperVGeneration: 'V2',
    disks: [vm.osDisk, ...vm.dataDisks].map((disk) => ({ name: disk.name, statuses: [provisioned] })),
    statuses: [
      standingOf(vm, world) ?? provisioned,
      { code: `PowerState/${vm.power}`, level: 'Info', displayStatus: `VM ${vm.power}` },
    ],
  };
}

/** Azure tells why a VM could not be provisioned in its instance view alone. */
function standingOf({ failed, busyUntil }: VirtualMachine, world: World) {
  if (failed === undefined || world.now < busyUntil) return undefined;
  const { code, message } = failed;
  const time = computeTime(busyUntil);
  return {
    code: `ProvisioningState/failed/${code}`,
    level: 'Error',
    displayStatus: 'Provisioning failed',
    message,
    time,
  };
}

function ephemeralOf(vm: VirtualMachine, world: World): Record<string, unknown> {
  return amissWith(vm, world)?.ephemeral === true ? { diffDiskSettings: { option: 'Local' } } : {};
}

function amissWith({ id }: VirtualMachine, world: World) {
  return conditionsOf(world).vms.find((one) => keyOf(one.id) === keyOf(id));
}

/** A managed disk. */
export function renderDisk(disk: Disk, world: World): Record<string, unknown> {
  return {
    ...envelope(disk, 'Microsoft.Compute/disks'),
    ...(disk.vm === undefined ? {} : { managedBy: disk.vm }),
    ...(disk.zones === undefined ? {} : { zones: disk.zones }),
    sku: { name: disk.sku, tier: disk.sku.split('_')[0] },
    properties: {
      ...(disk.osType === undefined ? {} : { osType: disk.osType }),
      hyperVGeneration: 'V2',
      supportedCapabilities: { architecture: 'x64' },
      creationData: disk.creation,
      diskSizeGB: disk.sizeGB,
      diskIOPSReadWrite: 500,
      diskMBpsReadWrite: 100,
      ...security,
      ...encryptionOf(disk, world),
      timeCreated: computeTime(disk.created),
      provisioningState: copyState(disk, world),
      diskState: diskState(disk, world),
      diskSizeBytes: disk.sizeGB * 2 ** 30,
      uniqueId: disk.uniqueId,
      ...(disk.sku.startsWith('Premium') ? { tier: `P${tierOf(disk.sizeGB)}` } : {}),
    },
  };
}

/** Where the customer's own key encrypts it. */
function encryptionOf({ id }: Disk, world: World): Record<string, unknown> {
  const found = conditionsOf(world).encryptedDisks.find((one) => keyOf(one.disk) === keyOf(id));
  if (found === undefined) return {};
  return { encryption: { type: 'EncryptionAtRestWithCustomerKey', diskEncryptionSetId: found.set } };
}

/** A snapshot; `completionPercent` only where Azure shows one, on cross-region copies. */
export function renderSnapshot(snapshot: Snapshot, world: World): Record<string, unknown> {
  return {
    ...envelope(snapshot, 'Microsoft.Compute/snapshots'),
    sku: { name: snapshot.sku, tier: 'Standard' },
    properties: {
      ...(snapshot.osType === undefined ? {} : { osType: snapshot.osType }),
      hyperVGeneration: 'V2',
      creationData: snapshot.creation,
      diskSizeGB: snapshot.sizeGB,
      encryption: security.encryption,
      incremental: snapshot.incremental,
      networkAccessPolicy: security.networkAccessPolicy,
      publicNetworkAccess: security.publicNetworkAccess,
      timeCreated: computeTime(snapshot.created),
      provisioningState: copyState(snapshot, world),
      ...completion(snapshot, world),
      diskState: (snapshot.sasUntil ?? 0) > world.now ? 'ActiveSAS' : 'Unattached',
      diskSizeBytes: snapshot.sizeGB * 2 ** 30,
      uniqueId: snapshot.uniqueId,
      ...(snapshot.familyId === undefined ? {} : { incrementalSnapshotFamilyId: snapshot.familyId }),
    },
  };
}

const security = {
  encryption: { type: 'EncryptionAtRestWithPlatformKey' },
  networkAccessPolicy: 'AllowAll',
  publicNetworkAccess: 'Enabled',
} as const;

/** What a disk or snapshot looks like in the answer to the PUT that makes it: what was sent, and `Updating`. */
export function renderAccepted(
  kind: string,
  made: Disk | Snapshot,
  sent: { creation: CreationData; incremental?: boolean },
): Record<string, unknown> {
  return {
    ...envelope(made, kind),
    sku: { name: made.sku },
    properties: {
      hyperVGeneration: 'V2',
      creationData: sent.creation,
      ...(sent.incremental === undefined ? {} : { incremental: sent.incremental }),
      provisioningState: 'Updating',
    },
  };
}

function completion(snapshot: Snapshot, world: World): { completionPercent?: number } {
  if (snapshot.copied === undefined) return {};
  const whole = snapshot.copied - snapshot.created;
  const part = whole <= 0 ? 1 : (world.now - snapshot.created) / whole;
  return { completionPercent: Math.min(100, Math.floor(part * 100)) };
}

/** The performance tier that a premium disk of a size has. */
function tierOf(sizeGB: number): number {
  const tiers = [
    [32, 4],
    [64, 6],
    [128, 10],
    [256, 15],
    [512, 20],
    [1024, 30],
    [2048, 40],
  ] as const;
  return tiers.find(([size]) => sizeGB <= size)?.[1] ?? 50;
}

function diskState(disk: Disk, world: World): string {
  if ((disk.sasUntil ?? 0) > world.now) return 'ActiveSAS';
  if (disk.vm === undefined) return 'Unattached';
  return world.state.vms[disk.vm.toLowerCase()]?.power === 'deallocated' ? 'Reserved' : 'Attached';
}

function renderStorage(vm: VirtualMachine, world: World): Record<string, unknown> {
  const managed = (disk: AttachedDisk) => {
    const found = world.state.disks[disk.id.toLowerCase()];
    return {
      ...(disk.lun === undefined ? {} : { lun: disk.lun }),
      name: disk.name,
      createOption: disk.lun === undefined && vm.image !== undefined ? 'FromImage' : 'Attach',
      caching: disk.lun === undefined ? 'ReadWrite' : 'ReadOnly',
      managedDisk: { ...(found === undefined ? {} : { storageAccountType: found.sku }), id: disk.id },
      deleteOption: 'Detach',
      ...(found === undefined ? {} : { diskSizeGB: found.sizeGB }),
    };
  };
  return {
    ...(vm.image === undefined ? {} : { imageReference: { ...vm.image, exactVersion: vm.image.version } }),
    osDisk: { osType: vm.osType, ...managed(vm.osDisk), ...ephemeralOf(vm, world) },
    dataDisks: vm.dataDisks.map(managed),
  };
}

const key = { path: '/home/azureadmin/.ssh/authorized_keys', keyData: 'ssh-rsa simulated' };
const windowsPatches = { patchMode: 'AutomaticByOS', assessmentMode: 'ImageDefault' };
const linux = {
  disablePasswordAuthentication: true,
  ssh: { publicKeys: [key] },
  provisionVMAgent: true,
  patchSettings: { patchMode: 'ImageDefault', assessmentMode: 'ImageDefault' },
  enableVMAgentPlatformUpdates: false,
};

function renderOs(vm: VirtualMachine): Record<string, unknown> {
  const configuration =
    vm.osType === 'Windows'
      ? {
          windowsConfiguration: { provisionVMAgent: true, enableAutomaticUpdates: true, patchSettings: windowsPatches },
        }
      : { linuxConfiguration: linux };
  return {
    computerName: vm.computerName,
    adminUsername: 'azureadmin',
    ...configuration,
    secrets: [],
    allowExtensionOperations: true,
    requireGuestProvisionSignal: true,
  };
}
