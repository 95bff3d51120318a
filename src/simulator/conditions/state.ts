/** What stands in the way of things, set through `POST /_simulator/conditions`; all ids and names compare without regard to case. */
export interface Conditions {
  locks: { scope: string; name: string; level: 'CanNotDelete' | 'ReadOnly' }[];
  /** Assignments of Azure Policy that deny a type of resource at a scope. */
  policies: { scope: string; type: string; assignment: string; reason: string }[];
  /** Limits of compute; what is not named has room. */
  quotas: { location: string; name: string; used: number; limit: number }[];
  /** Sizes that a region does not give, wholly or in some zones. */
  sizes: { location: string; name: string; zones?: string[] }[];
  /** Ids of subnets without a free address. */
  fullSubnets: string[];
  encryptionSets: { id: string; keyVault?: string; fault?: string }[];
  /** Ids of Key Vaults that exist. */
  keyVaults: string[];
  /** Ids of disks, each with the id of the set that encrypts it. */
  encryptedDisks: { disk: string; set: string }[];
  /** What is amiss with VMs: what the agent says of itself, whether the OS disk is ephemeral, the provisioning state. */
  vms: { id: string; agent?: string; ephemeral?: boolean; provisioning?: string }[];
  /** VMs whose recovery points lack disks, or were encrypted from inside. */
  points: { vm: string; attached?: number; included?: number; encrypted?: boolean }[];
}

/** Nothing in the way. */
export function noConditions(): Conditions {
  return {
    locks: [],
    policies: [],
    quotas: [],
    sizes: [],
    fullSubnets: [],
    encryptionSets: [],
    keyVaults: [],
    encryptedDisks: [],
    vms: [],
    points: [],
  };
}

/** The conditions of now; none where none were ever set. */
export function conditionsOf({ state }: { readonly state: { readonly conditions?: Conditions } }): Conditions {
  return state.conditions ?? noConditions();
}
