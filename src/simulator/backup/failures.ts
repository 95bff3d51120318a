import type { BackupError } from './state.ts';

/** The failures that the simulator can give to a job, by the name that the portal shows. Wording is our own. */
export const failures: Readonly<Record<string, BackupError>> = {
  UserErrorBackupOperationInProgress: {
    code: 400126,
    title: 'UserErrorBackupOperationInProgress',
    text: 'Another backup of this virtual machine is already in progress.',
    recommendations: ['Wait until the running backup is over, then try again.'],
  },
  UserErrorRestoreOperationInProgress: {
    code: 400127,
    title: 'UserErrorRestoreOperationInProgress',
    text: 'A restore of this virtual machine is already in progress.',
    recommendations: ['Wait until the running restore is over, then try again.'],
  },
  UserErrorVmNotFoundV2: {
    code: 400094,
    title: 'UserErrorVmNotFoundV2',
    text: 'The virtual machine does not exist any more.',
    recommendations: ['Restore it from a recovery point, or stop its protection.'],
  },
  UserErrorGuestAgentStatusUnavailable: {
    code: 400035,
    title: 'UserErrorGuestAgentStatusUnavailable',
    text: 'The VM agent could not be reached, so that no snapshot could be taken.',
    recommendations: ['Check that the VM agent runs and can reach the Azure platform.'],
  },
  UserErrorFsFreezeFailed: {
    code: 400031,
    title: 'UserErrorFsFreezeFailed',
    text: 'A file system of the virtual machine could not be frozen for a consistent snapshot.',
    recommendations: ['Check the mounted file systems with fsck, then try again.'],
  },
  ExtensionFailedVssWriterInBadState: {
    code: 400049,
    title: 'ExtensionFailedVssWriterInBadState',
    text: 'A VSS writer inside the virtual machine is in a bad state.',
    recommendations: ['List the writers with vssadmin, restart the services of those in error, then try again.'],
  },
  UserErrorVmAlreadyExistWithSameName: {
    code: 400117,
    title: 'UserErrorVmAlreadyExistWithSameName',
    text: 'A virtual machine with the same name exists in the target resource group.',
    recommendations: ['Choose another name or another resource group.'],
  },
  UserErrorJobSuccessfullyCancelled: {
    code: 400137,
    title: 'UserErrorJobSuccessfullyCancelled',
    text: 'The job was cancelled at the request of a user.',
    recommendations: [],
  },
  CloudInternalError: {
    code: 130001,
    title: 'CloudInternalError',
    text: 'The backup service met an internal error.',
    recommendations: ['Wait a few minutes, then try again.'],
  },
};

/** A failure by its name, an internal error for a name that is not known. */
export function failureOf(name: string): BackupError {
  return (
    failures[name] ?? {
      code: 130001,
      title: name,
      text: `The job failed with ${name}.`,
      recommendations: ['Try again.'],
    }
  );
}
