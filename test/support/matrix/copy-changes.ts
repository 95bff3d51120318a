import { type Asked, operationFails } from './asked.ts';

/** Restores, snapshots, and what is made from them. */
export const copyChanges: Readonly<Record<string, Asked>> = {
  'restore.new-vm': {
    says: 'restore sql-prod-01 to a new VM',
    answers: ['1', '1'],
    sends: ['POST', '/restore$'],
    done: /The new VM sql-prod-01-restored-\S+ runs/,
    fails: { code: 'UserErrorOfTomorrow' },
  },
  'restore.disks': {
    says: 'restore the disks of sql-test-01',
    answers: ['1'],
    sends: ['POST', '/restore$'],
    done: /The disks of sql-test-01 are restored/,
    fails: { code: 'UserErrorOfTomorrow' },
  },
  'restore.replace-disks': {
    says: 'replace the disks of sql-test-01',
    answers: ['1'],
    sends: ['POST', '/restore$'],
    done: /sql-test-01 stands at the recovery point again/,
    fails: { code: 'UserErrorOfTomorrow' },
  },
  'restore.files': {
    says: 'recover files of sql-prod-01',
    answers: ['1'],
    sends: ['POST', '/provisionInstantItemRecovery$'],
    done: /The files of sql-prod-01 can be mounted until/,
    pace: 0.001,
    fails: operationFails,
  },
  'snapshot.create': {
    says: 'snapshot web-stage-01',
    sends: ['PUT', '/snapshots/[^/]+$'],
    done: /1 snapshot of web-stage-01 taken/,
    fails: 'the simulator makes what it has taken the request for',
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
    fails: 'the simulator makes what it has taken the request for',
  },
};
