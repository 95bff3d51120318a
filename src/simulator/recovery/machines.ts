import { type NewDisk, placeVm, removeVmWithParts } from '../compute/place.ts';
import type { VirtualMachine } from '../compute/state.ts';
import type { World } from '../exchange.ts';
import { keyOf, nameOf, segmentAfter } from '../identity.ts';
import type { Vault } from '../state.ts';
import { testVmName } from './a2a-render.ts';
import type { ReplicatedItem } from './state.ts';

/** Makes the VM of a test failover in the recovery region, on the network of the test. */
export function makeTestVm(world: World, vault: Vault, item: ReplicatedItem): VirtualMachine {
  return makeVm(world, vault, { item, name: testVmName(item), suffix: '-ASRtest', network: item.test?.network });
}

/** Makes the VM of a failover; a former source of the same name is replaced. */
export function makeRecoveryVm(world: World, vault: Vault, item: ReplicatedItem): VirtualMachine {
  if (item.formerVm !== undefined) removeVmWithParts(world, item.formerVm);
  delete item.formerVm;
  return makeVm(world, vault, { item, name: item.recoveryVmName, suffix: '', network: item.recoveryNetwork });
}

function makeVm(
  world: World,
  vault: Vault,
  of: { item: ReplicatedItem; name: string; suffix: string; network: string | undefined },
): VirtualMachine {
  const { item } = of;
  const subnetId = subnetIn(world, of.network, item.recoverySubnet);
  const source = world.state.vms[keyOf(item.vm)];
  return placeVm(world, {
    place: {
      subscription: segmentAfter(item.recoveryGroup, 'subscriptions') ?? vault.subscription,
      group: nameOf(item.recoveryGroup),
      location: vault.recovery.fabrics[keyOf(item.recoveryFabric)]?.location ?? vault.location,
    },
    name: of.name,
    size: item.recoveryVmSize,
    osType: item.osType,
    disks: item.disks.map(
      (disk, index): NewDisk => ({
        name: `${disk.name}${of.suffix}`,
        sizeGB: Math.round(disk.bytes / 2 ** 30),
        sku: disk.type,
        ...(disk.os ? { osType: item.osType } : { lun: index - 1 }),
      }),
    ),
    ...(subnetId === undefined ? {} : { subnetId }),
    tags: { ...source?.tags },
  });
}

/** The subnet of the name, or the network's first; undefined without a network. */
function subnetIn(world: World, network: string | undefined, subnet: string | undefined): string | undefined {
  const found = network === undefined ? undefined : world.state.networks[keyOf(network)];
  const name = found?.subnets.find((one) => one.name === subnet)?.name ?? found?.subnets[0]?.name;
  return found === undefined || name === undefined ? undefined : `${found.id}/subnets/${name}`;
}
