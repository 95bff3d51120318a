import type { Resource } from '../resources/state.ts';

/** A disk as a VM refers to it; `lun` on data disks only. */
export interface AttachedDisk {
  name: string;
  id: string;
  lun?: number;
}

/** Why the last change of a resource came to nothing: its provisioningState is `Failed` then, until another change goes well. */
export interface ComputeFailure {
  code: string;
  message: string;
}

/** A VM. `busyUntil` is when a change in progress is done: until then its provisioningState is `Updating`. */
export interface VirtualMachine extends Resource {
  vmId: string;
  size: string;
  osType: 'Windows' | 'Linux';
  computerName: string;
  image?: { publisher: string; offer: string; sku: string; version: string };
  osDisk: AttachedDisk;
  dataDisks: AttachedDisk[];
  nics: string[];
  power: 'running' | 'deallocated' | 'stopped';
  created: number;
  busyUntil: number;
  busyWith: 'Creating' | 'Updating' | 'Deleting';
  failed?: ComputeFailure;
  zones?: string[];
}

/** What a disk or a snapshot was made from. */
export interface CreationData {
  createOption: string;
  sourceResourceId?: string;
  sourceUniqueId?: string;
}

/** A managed disk; `ready` is when its making is done. It is there until its deletion, once begun, is over. */
export interface Disk extends Resource {
  sku: string;
  sizeGB: number;
  osType?: 'Windows' | 'Linux';
  creation: CreationData;
  uniqueId: string;
  created: number;
  ready: number;
  deleting?: boolean;
  failed?: ComputeFailure;
  /** The VM that holds it, absent when unattached. */
  vm?: string;
  zones?: string[];
  sasUntil?: number;
}

/** A snapshot; `copied` is when a cross-region copy (CopyStart) is complete. */
export interface Snapshot extends Resource {
  sku: string;
  sizeGB: number;
  osType?: 'Windows' | 'Linux';
  incremental: boolean;
  creation: CreationData;
  uniqueId: string;
  familyId?: string;
  created: number;
  ready: number;
  deleting?: boolean;
  failed?: ComputeFailure;
  copied?: number;
  sasUntil?: number;
}

/** An asynchronous operation of compute's, read at `DiskOperations` or `operations` of a location. */
export interface ComputeOperation {
  name: string;
  location: string;
  start: number;
  end: number;
  /** The resource that a disk operation gives back when done. */
  output?: { kind: 'disk' | 'snapshot'; key: string };
  /** The access URI that beginGetAccess gives back. */
  access?: string;
  error?: ComputeFailure;
}

/** What compute does when a span of time is over. */
export type ComputeEffect =
  | { kind: 'vm.power'; vm: string; power: VirtualMachine['power'] }
  | { kind: 'vm.remove'; vm: string }
  | { kind: 'disk.remove'; disk: string }
  | { kind: 'snapshot.remove'; snapshot: string };
