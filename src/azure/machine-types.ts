import type { ArmId } from './ids.ts';

/** How a disk hangs on a VM; `lun` on data disks only. */
export interface AttachedDisk {
  readonly diskId: ArmId;
  readonly lun?: number;
  readonly caching?: 'None' | 'ReadOnly' | 'ReadWrite';
}

/** What is needed to build a VM once more, or to put other disks into it. */
export interface Machine {
  readonly id: ArmId;
  readonly location: string;
  /** As Azure writes it: Standard_D2s_v5. */
  readonly size: string;
  readonly zones: readonly string[];
  readonly osType: 'Windows' | 'Linux';
  /** running, deallocated, stopped, … */
  readonly power: string;
  readonly osDisk: AttachedDisk;
  readonly dataDisks: readonly AttachedDisk[];
}

/** A new VM from disks that exist, with a new network card in the subnet. */
export interface NewMachine extends Omit<Machine, 'power'> {
  readonly subnetId: ArmId;
  readonly tags: Readonly<Record<string, string>>;
  readonly clientRequestId: string;
}

/** The disks that a VM is to have in place of those it has. */
export interface DiskSwap extends Pick<Machine, 'osDisk' | 'dataDisks'> {
  readonly clientRequestId: string;
}
