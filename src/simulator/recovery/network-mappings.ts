import { z } from 'zod';
import { type Answer, type ArmRequest, bodyOf, param, type World } from '../exchange.ts';
import { keyOf } from '../identity.ts';
import { fabricInPath } from './find.ts';
import { siteInvalid, siteNotFound } from './refusals.ts';
import { done } from './setup.ts';
import type { Fabric } from './state.ts';

const networkMappingBody = z.object({
  properties: z.looseObject({
    recoveryFabricName: z.string(),
    recoveryNetworkId: z.string(),
    fabricSpecificDetails: z.looseObject({ instanceType: z.literal('AzureToAzure'), primaryNetworkId: z.string() }),
  }),
});

/** PUT of a network mapping: both networks exist, each in the region of its fabric. */
export function putNetworkMapping(request: ArmRequest, world: World): Answer {
  const { vault, one: fabric } = fabricInPath(request, world);
  const { properties } = bodyOf(request, networkMappingBody, siteInvalid);
  const recovery = vault.recovery.fabrics[keyOf(properties.recoveryFabricName)];
  if (recovery === undefined) throw siteNotFound(properties.recoveryFabricName);
  const primaryNetwork = networkIn(world, fabric, properties.fabricSpecificDetails.primaryNetworkId);
  const recoveryNetwork = networkIn(world, recovery, properties.recoveryNetworkId);
  const name = param(request, 'mapping');
  const networks = { primaryNetwork, recoveryNetwork };
  vault.recovery.networkMappings[keyOf(name)] = {
    name,
    fabric: fabric.name,
    recoveryFabric: recovery.name,
    ...networks,
  };
  return done(request, world, {
    vault,
    name,
    resource: `/replicationFabrics/${fabric.name}`,
    scenario: 'NetworkPairing',
    friendlyName: 'Map networks',
    seconds: 10,
  });
}

function networkIn(world: World, fabric: Fabric, id: string): string {
  const network = world.state.networks[keyOf(id)];
  if (network === undefined) throw siteInvalid(`the virtual network '${id}' does not exist.`);
  if (keyOf(network.location) === keyOf(fabric.location)) return network.id;
  throw siteInvalid(`the virtual network '${network.name}' is not in the region '${fabric.location}'.`);
}
