import type { IaasVMRestoreRequest } from '@azure/arm-recoveryservicesbackup';
import type { RestoreRequest, RestoreTarget } from './types.ts';

/**
 * The body of a restore (azure-api.md 1.2). Each target has its own recovery type, written out beside it: `OriginalLocation` overwrites the VM and stands
 * only where disks are to be replaced.
 */
export function restoreBody(request: RestoreRequest): IaasVMRestoreRequest {
  return {
    objectType: 'IaasVMRestoreRequest',
    recoveryPointId: request.pointName,
    sourceResourceId: request.vmId,
    storageAccountId: request.stagingAccountId,
    region: request.region,
    createNewCloudService: false,
    originalStorageAccountOption: false,
    ...targetBody(request.target),
  };
}

function targetBody(target: RestoreTarget) {
  switch (target.kind) {
    case 'disks':
      return { recoveryType: 'RestoreDisks', targetResourceGroupId: target.groupId };
    case 'new-vm':
      return {
        recoveryType: 'AlternateLocation',
        targetResourceGroupId: target.groupId,
        targetVirtualMachineId: target.vmId,
        virtualNetworkId: target.networkId,
        subnetId: target.subnetId,
      };
    case 'replace-disks':
      return { recoveryType: 'OriginalLocation' };
  }
}
