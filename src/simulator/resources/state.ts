/** Tags as Azure keeps them. */
export type Tags = Record<string, string>;

/** What every resource in a group has; ids are written as Azure writes them, indexes are lower case. */
export interface Resource {
  id: string;
  name: string;
  group: string;
  subscription: string;
  location: string;
  tags: Tags;
}

/** A subscription. */
export interface Subscription {
  id: string;
  name: string;
  tenant: string;
}

/** A resource group. */
export interface Group {
  id: string;
  name: string;
  subscription: string;
  location: string;
  tags: Tags;
}

/** A virtual network with its subnets. */
export interface VirtualNetwork extends Resource {
  prefixes: string[];
  subnets: { name: string; prefix: string }[];
}

/** A network interface; `vm` is the VM that it is attached to. */
export interface NetworkInterface extends Resource {
  subnetId: string;
  privateIp: string;
  vm?: string;
}

/** A storage account. */
export interface StorageAccount extends Resource {
  sku: string;
  created: number;
}
