import { type Asked, operationFails } from './asked.ts';

/** Restores, snapshots, and what is made from them. */
export const copyChanges: Readonly<Record<string, Asked>> = {
  'restore.new-vm': {
    says: 'restore sql-prod-01 to a new VM',
    answers: ['1', '1'],
    sends: ['POST', '/restore$'],
    done: /The new VM sql-prod-01-restored-\S+ runs/,
    fails: { code: 'UserErrorVmAlreadyExistWithSameName' },
  },
  'restore.disks': {
    says: 'restore the disks of sql-test-01',
    answers: ['1'],
    sends: ['POST', '/restore$'],
    done: /The disks of sql-test-01 are restored/,
    fails: { code: 'CloudInternalError' },
  },
  'restore.replace-disks': {
    says: 'replace the disks of sql-test-01',
    answers: ['1'],
    sends: ['POST', '/restore$'],
    done: /sql-test-01 stands at the recovery point again/,
    fails: { code: 'CloudInternalError' },
  },
  'restore.files': {
    says: 'recover files of sql-prod-01',
    answers: ['1'],
    sends: ['POST', '/provisionInstantItemRecovery$'],
    done: /The files of sql-prod-01 can be mounted until/,
    pace: 0.001,
    fails: operationFails,
  },
  'restore.files-close': {
    says: 'close file recovery of sql-prod-01',
    answers: ['1'],
    sends: ['POST', '/revokeInstantItemRecovery$'],
    done: /File recovery of sql-prod-01 is closed/,
    pace: 0.001,
    fails: operationFails,
  },
  'snapshot.create': {
    says: 'snapshot web-stage-01',
    sends: ['PUT', '/snapshots/[^/]+$'],
    done: /1 snapshot of web-stage-01 taken/,
    fails: { verb: 'CreateSnapshot', code: 'DiskServiceInternalError' },
    failed: /0 of 1 snapshots of web-stage-01 exist/,
  },
  'snapshot.delete': {
    says: 'delete a snapshot',
    answers: ['1'],
    sends: ['DELETE', '/snapshots/[^/]+$'],
    done: /The snapshot \S+ is deleted/,
    fails: 'Azure keeps no record of a deletion: the snapshot is there or it is not',
  },
  'disk.create': {
    says: 'create a disk from a snapshot',
    answers: ['1'],
    sends: ['PUT', '/disks/[^/]+$'],
    done: /The disk \S+ exists and is attached to nothing/,
    fails: { verb: 'CreateDisk', code: 'DiskServiceInternalError' },
  },
  'vm.rebuild': {
    says: 'rebuild web-prod-02 from snapshots',
    answers: ['1', '1'],
    sends: ['PUT', '/virtualMachines/[^/]+$'],
    done: /The new VM web-prod-02-rebuilt-\S+ runs, rebuilt from the snapshots of web-prod-02/,
    fails: { verb: 'CreateVm', code: 'AllocationFailed' },
  },
  'vm.rebuild-in-place': {
    says: 'rebuild web-prod-02 in place from snapshots',
    answers: ['1'],
    sends: ['PATCH', '/virtualMachines/[^/]+$'],
    done: /web-prod-02 runs with the disks from its snapshots/,
    fails: { verb: 'UpdateVm', code: 'ConflictOfTomorrow' },
  },
};
