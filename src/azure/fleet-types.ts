import type { ArmId } from './ids.ts';

/** What protects the data of a vault, as Resource Graph tells it: a missing field is not known, which is no "no". */
export interface Safeguards {
  readonly softDelete?: boolean;
  /** How long soft-deleted data is kept. */
  readonly softDeleteDays?: number;
  readonly immutable?: boolean;
  readonly geoRedundant?: boolean;
}

/** How often a backup policy promises a backup of a VM. */
export interface PolicyPromise {
  readonly id: ArmId;
  /** The longest time between two backups of its schedule; undefined for a schedule that we do not know. */
  readonly everyHours?: number;
}

/** A storage account. */
export interface StorageAccount {
  readonly id: ArmId;
  readonly name: string;
  readonly location: string;
}
