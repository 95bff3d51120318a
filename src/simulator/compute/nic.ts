import type { World } from '../exchange.ts';
import { keyOf, resourceId, stableNumber } from '../identity.ts';

interface Site {
  readonly subscription: string;
  readonly group: string;
  readonly location: string;
}

/** Puts a network card of that name into a subnet, for a VM. */
export function placeNic(world: World, of: { place: Site; vm: string; name: string; subnetId: string }): string {
  const { name } = of;
  const id = resourceId(of.place, 'Microsoft.Network/networkInterfaces', name);
  const privateIp = `10.99.1.${4 + (Number(stableNumber(id, 6)) % 250)}`;
  world.state.nics[keyOf(id)] = { ...of.place, id, name, tags: {}, subnetId: of.subnetId, privateIp, vm: of.vm };
  return id;
}
