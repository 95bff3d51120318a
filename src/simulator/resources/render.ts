import { computeTime } from '../clock.ts';
import { stableGuid } from '../identity.ts';
import { envelope } from './lookup.ts';
import type { Group, NetworkInterface, StorageAccount, Subscription, VirtualNetwork } from './state.ts';

/** A subscription as ARM shows it. */
export function renderSubscription(subscription: Subscription): Record<string, unknown> {
  return {
    id: `/subscriptions/${subscription.id}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId: subscription.id,
    tenantId: subscription.tenant,
    displayName: subscription.name,
    state: 'Enabled',
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'EnterpriseAgreement_2014-09-01',
      spendingLimit: 'Off',
    },
  };
}

/** A resource group as ARM shows it. */
export function renderGroup(group: Group): Record<string, unknown> {
  return {
    id: group.id,
    name: group.name,
    type: 'Microsoft.Resources/resourceGroups',
    location: group.location,
    tags: group.tags,
    properties: { provisioningState: 'Succeeded' },
  };
}

/** One subnet of a network. */
export function renderSubnet(
  network: VirtualNetwork,
  subnet: { name: string; prefix: string },
): Record<string, unknown> {
  const id = `${network.id}/subnets/${subnet.name}`;
  const properties = {
    provisioningState: 'Succeeded',
    addressPrefix: subnet.prefix,
    delegations: [],
    privateEndpointNetworkPolicies: 'Disabled',
    privateLinkServiceNetworkPolicies: 'Enabled',
  };
  return {
    name: subnet.name,
    id,
    etag: `W/"${stableGuid(id)}"`,
    type: 'Microsoft.Network/virtualNetworks/subnets',
    properties,
  };
}

/** A virtual network with its subnets. */
export function renderNetwork(network: VirtualNetwork): Record<string, unknown> {
  return {
    ...envelope(network, 'Microsoft.Network/virtualNetworks'),
    etag: `W/"${stableGuid(network.id)}"`,
    properties: {
      provisioningState: 'Succeeded',
      resourceGuid: stableGuid(`guid:${network.id}`),
      addressSpace: { addressPrefixes: network.prefixes },
      subnets: network.subnets.map((subnet) => renderSubnet(network, subnet)),
      virtualNetworkPeerings: [],
      enableDdosProtection: false,
    },
  };
}

/** A network interface with its one address. */
export function renderNic(nic: NetworkInterface): Record<string, unknown> {
  const ipConfiguration = {
    name: 'ipconfig1',
    id: `${nic.id}/ipConfigurations/ipconfig1`,
    type: 'Microsoft.Network/networkInterfaces/ipConfigurations',
    properties: {
      provisioningState: 'Succeeded',
      privateIPAddress: nic.privateIp,
      privateIPAllocationMethod: 'Dynamic',
      subnet: { id: nic.subnetId },
      primary: true,
      privateIPAddressVersion: 'IPv4',
    },
  };
  return {
    ...envelope(nic, 'Microsoft.Network/networkInterfaces'),
    etag: `W/"${stableGuid(nic.id)}"`,
    properties: {
      provisioningState: 'Succeeded',
      resourceGuid: stableGuid(`guid:${nic.id}`),
      ipConfigurations: [ipConfiguration],
      primary: true,
      enableIPForwarding: false,
      ...(nic.vm === undefined ? {} : { virtualMachine: { id: nic.vm } }),
    },
  };
}

/** A storage account. */
export function renderStorageAccount(account: StorageAccount): Record<string, unknown> {
  return {
    ...envelope(account, 'Microsoft.Storage/storageAccounts'),
    sku: { name: account.sku, tier: account.sku.split('_')[0] },
    kind: 'StorageV2',
    properties: {
      provisioningState: 'Succeeded',
      creationTime: computeTime(account.created),
      primaryLocation: account.location,
      statusOfPrimary: 'available',
      supportsHttpsTrafficOnly: true,
      primaryEndpoints: { blob: `https://${account.name}.blob.core.windows.net/` },
    },
  };
}
