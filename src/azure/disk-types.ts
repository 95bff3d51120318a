import type { ArmId, Instant } from './ids.ts';

/** A managed disk. */
export interface Disk {
  readonly id: ArmId;
  readonly name: string;
  readonly location: string;
  readonly sizeGib: number;
  readonly sku: string;
  /** Whose key encrypts it, where it is the customer's own. */
  readonly encryptionSetId?: ArmId;
}

/** A snapshot of a managed disk. */
export interface Snapshot {
  readonly id: ArmId;
  readonly name: string;
  readonly resourceGroup: string;
  readonly location?: string;
  readonly sourceDiskId: ArmId;
  readonly createdAt: Instant;
  readonly sizeGib: number;
  readonly incremental: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** Azure is deleting it; only asked of compute itself. */
  readonly deleting?: true;
}
