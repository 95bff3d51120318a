import { z } from 'zod';
import { type Answer, type ArmRequest, bodyOf, ok, pageOf, param, type World } from '../exchange.ts';
import { keyOf } from '../identity.ts';
import { paths } from '../paths.ts';
import { groupNotFound, resourceNotFound } from '../refusal.ts';
import type { Route } from '../router.ts';
import { networkKind, nicKind, storageKind } from './kinds.ts';
import { groupKey, type Kind, resourceIn, resourcesIn } from './lookup.ts';
import {
  renderGroup,
  renderNetwork,
  renderNic,
  renderStorageAccount,
  renderSubnet,
  renderSubscription,
} from './render.ts';
import type { Resource } from './state.ts';

const locations = [
  ['westeurope', 'West Europe', 'northeurope'],
  ['northeurope', 'North Europe', 'westeurope'],
  ['eastus', 'East US', 'westus'],
  ['eastus2', 'East US 2', 'centralus'],
  ['uksouth', 'UK South', 'ukwest'],
  ['brazilsouth', 'Brazil South', 'southcentralus'],
  ['italynorth', 'Italy North', ''],
] as const;

/** Subscriptions, locations, groups, networks, interfaces and storage accounts. */
export function resourceRoutes(): Route[] {
  return [
    {
      method: 'GET',
      path: '/subscriptions',
      action: 'Microsoft.Resources/subscriptions/read',
      handle: listSubscriptions,
    },
    {
      method: 'GET',
      path: paths.subscription,
      action: 'Microsoft.Resources/subscriptions/read',
      handle: getSubscription,
    },
    {
      method: 'GET',
      path: `${paths.subscription}/locations`,
      action: 'Microsoft.Resources/subscriptions/locations/read',
      handle: listLocations,
    },
    {
      method: 'GET',
      path: `${paths.subscription}/resourceGroups`,
      action: 'Microsoft.Resources/subscriptions/resourceGroups/read',
      handle: listGroups,
    },
    {
      method: 'GET',
      path: paths.group,
      action: 'Microsoft.Resources/subscriptions/resourceGroups/read',
      handle: getGroup,
    },
    {
      method: 'HEAD',
      path: paths.group,
      action: 'Microsoft.Resources/subscriptions/resourceGroups/read',
      handle: headGroup,
    },
    {
      method: 'PUT',
      path: paths.group,
      action: 'Microsoft.Resources/subscriptions/resourceGroups/write',
      handle: putGroup,
    },
    ...readRoutes(networkKind, renderNetwork),
    ...readRoutes(nicKind, renderNic),
    ...readRoutes(storageKind, renderStorageAccount),
    {
      method: 'GET',
      path: `${paths.group}/providers/Microsoft.Network/virtualNetworks/{network}/subnets`,
      action: 'Microsoft.Network/virtualNetworks/subnets/read',
      handle: listSubnets,
    },
    {
      method: 'GET',
      path: `${paths.group}/providers/Microsoft.Network/virtualNetworks/{network}/subnets/{subnet}`,
      action: 'Microsoft.Network/virtualNetworks/subnets/read',
      handle: getSubnet,
    },
  ];
}

/** The three reads that every kind of resource has: of a subscription, of a group, of one. */
export function readRoutes<T extends Resource>(
  kind: Kind<T>,
  render: (resource: T, world: World) => Record<string, unknown>,
): Route[] {
  const action = `${kind.type}/read`;
  const list = (request: ArmRequest, world: World): Answer =>
    pageOf(request, resourcesIn(request, world, kind), { size: 200, render: (one) => render(one, world) });
  const get = (request: ArmRequest, world: World): Answer => ok(render(resourceIn(request, world, kind), world));
  return [
    { method: 'GET', path: `${paths.subscription}/providers/${kind.type}`, action, handle: list },
    { method: 'GET', path: `${paths.group}/providers/${kind.type}`, action, handle: list },
    { method: 'GET', path: `${paths.group}/providers/${kind.type}/{${kind.parameter}}`, action, handle: get },
  ];
}

function listSubscriptions(_request: ArmRequest, world: World): Answer {
  const value = Object.values(world.state.subscriptions).map(renderSubscription);
  return ok({ value, count: { type: 'Total', value: value.length } });
}

function getSubscription(request: ArmRequest, world: World): Answer {
  const found = world.state.subscriptions[keyOf(param(request, 'subscription'))];
  return found === undefined ? { status: 404 } : ok(renderSubscription(found));
}

function listLocations(request: ArmRequest): Answer {
  const value = locations.map(([name, displayName, paired]) => ({
    id: `/subscriptions/${param(request, 'subscription')}/locations/${name}`,
    name,
    type: 'Region',
    displayName,
    regionalDisplayName: displayName,
    metadata: { regionType: 'Physical', pairedRegion: paired === '' ? [] : [{ name: paired }] },
  }));
  return ok({ value });
}

function listGroups(request: ArmRequest, world: World): Answer {
  const subscription = keyOf(param(request, 'subscription'));
  const groups = Object.values(world.state.groups).filter((one) => keyOf(one.subscription) === subscription);
  return pageOf(request, groups, { size: 1000, render: renderGroup });
}

function getGroup(request: ArmRequest, world: World): Answer {
  const group = param(request, 'group');
  const found = world.state.groups[groupKey(param(request, 'subscription'), group)];
  if (found === undefined) throw groupNotFound(group);
  return ok(renderGroup(found));
}

function headGroup(request: ArmRequest, world: World): Answer {
  const found = world.state.groups[groupKey(param(request, 'subscription'), param(request, 'group'))];
  return { status: found === undefined ? 404 : 204 };
}

const groupBody = z.object({ location: z.string(), tags: z.record(z.string(), z.string()).optional() });

function putGroup(request: ArmRequest, world: World): Answer {
  const body = bodyOf(request, groupBody);
  const subscription = param(request, 'subscription');
  const name = param(request, 'group');
  const key = groupKey(subscription, name);
  const status = world.state.groups[key] === undefined ? 201 : 200;
  const id = world.state.groups[key]?.id ?? `/subscriptions/${subscription}/resourceGroups/${name}`;
  world.state.groups[key] = { id, name, subscription, location: body.location, tags: body.tags ?? {} };
  return { status, body: renderGroup(world.state.groups[key]) };
}

function listSubnets(request: ArmRequest, world: World): Answer {
  const network = resourceIn(request, world, networkKind);
  return ok({ value: network.subnets.map((subnet) => renderSubnet(network, subnet)) });
}

function getSubnet(request: ArmRequest, world: World): Answer {
  const network = resourceIn(request, world, networkKind);
  const name = param(request, 'subnet');
  const found = network.subnets.find((subnet) => keyOf(subnet.name) === keyOf(name));
  if (found !== undefined) return ok(renderSubnet(network, found));
  throw resourceNotFound('Microsoft.Network/virtualNetworks', `${network.name}/subnets/${name}`, network.group);
}
