import type { ArmId } from './types.ts';

/** A lock on a resource, its group or its subscription. */
export interface Lock {
  readonly name: string;
  /** `CanNotDelete` lets everything be read and written, `ReadOnly` nothing be written. */
  readonly level: 'CanNotDelete' | 'ReadOnly';
  /** Where the lock lies; the scope that was asked for, or above it. */
  readonly scope: ArmId;
}

/** A resource before it is made, as far as Azure Policy looks at it. */
export interface Planned {
  /** `Microsoft.Compute/disks` */
  readonly type: string;
  readonly name: string;
  readonly location: string;
}

/** An assignment of Azure Policy that would deny a resource. */
export interface PolicyDenial {
  readonly assignment: string;
  readonly reason: string;
}

/** How much of a limit of compute is used in a region. */
export interface Quota {
  /** Azure's name: `cores`, or a family of sizes such as `standardDSv5Family`. */
  readonly name: string;
  readonly used: number;
  readonly limit: number;
}

/** A VM size in a region, for this subscription. */
export interface VmSize {
  readonly name: string;
  readonly family: string;
  readonly cores: number;
  /** Azure does not give it to this subscription in the whole region. */
  readonly restricted: boolean;
  /** Zones in which it can be had. */
  readonly zones: readonly string[];
}

/** How many addresses of a subnet are taken. */
export interface SubnetRoom {
  readonly name: string;
  readonly used: number;
  readonly limit: number;
}

/** Whose key encrypts a disk. */
export interface EncryptionSet {
  readonly id: ArmId;
  readonly keyVaultId?: ArmId;
  /** Azure's words when it cannot reach the key. */
  readonly fault?: string;
}
