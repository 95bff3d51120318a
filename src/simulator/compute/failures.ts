import type { World } from '../exchange.ts';
import { takeFailure } from '../job-failures.ts';
import type { ComputeFailure } from './state.ts';

/** What compute can be told to fail at, as `verb` of `/_simulator/job-failures`. */
export type ComputeVerb = 'CreateDisk' | 'CreateSnapshot' | 'CreateVm' | 'UpdateVm' | 'StartVm' | 'DeallocateVm';

const texts: Readonly<Record<string, string>> = {
  AllocationFailed: 'There is not enough capacity for the requested VM size in this region.',
  OSProvisioningTimedOut: 'The operating system of the VM did not finish its provisioning in time.',
  DiskServiceInternalError: 'An internal error occurred in the disk management service.',
};

/** The failure that was wished for what is being made or changed. The request is taken all the same; its operation fails, and the resource stays as `Failed`. */
export function computeFailure(world: World, verb: ComputeVerb, name: string): ComputeFailure | undefined {
  const code = takeFailure(world, { vault: '', verb, entity: name });
  return code === undefined ? undefined : { code, message: texts[code] ?? 'The simulator was told to let this fail.' };
}

/** Notes on the resource how its change goes, and gives what its operation has to say. */
export function settle(
  resource: { failed?: ComputeFailure },
  failure: ComputeFailure | undefined,
): { readonly error?: ComputeFailure } {
  delete resource.failed;
  if (failure === undefined) return {};
  resource.failed = failure;
  return { error: failure };
}
