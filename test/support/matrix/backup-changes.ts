import { type Asked, operationFails } from './asked.ts';

const backupContributor = '5e467623-bb1f-42f4-a55d-6e525e11384b';
const item = '/protectedItems/[^/]+$';

/** Azure Backup. */
export const backupChanges: Readonly<Record<string, Asked>> = {
  'backup.start': {
    says: 'back up sql-prod-01',
    sends: ['POST', '/backup$'],
    done: /The new recovery point of sql-prod-01 exists/,
    fails: { code: 'UserErrorFsFreezeFailed' },
  },
  'backup-job.cancel': {
    says: 'cancel backup job',
    answers: ['1'],
    sends: ['POST', '/backupJobs/[^/]+/cancel$'],
    done: /The job of sql-prod-01 is cancelled/,
    fails: operationFails,
  },
  'protection.enable': {
    says: 'protect web-prod-03',
    answers: ['1'],
    sends: ['PUT', item],
    done: /web-prod-03 is protected with the policy/,
    fails: operationFails,
  },
  'protection.change-policy': {
    says: 'change the policy of sql-prod-01',
    answers: ['1'],
    sends: ['PUT', item],
    done: /sql-prod-01 is under the policy/,
    fails: operationFails,
  },
  'protection.stop': {
    says: 'stop protection of sql-test-01',
    sends: ['PUT', item],
    done: /The protection of sql-test-01 is stopped/,
    fails: operationFails,
  },
  'protection.resume': {
    says: 'resume protection of legacy-fs-01',
    answers: ['1'],
    sends: ['PUT', item],
    done: /legacy-fs-01 is backed up again/,
    fails: operationFails,
  },
  'protection.stop-delete': {
    says: 'stop protection of sql-test-01 and delete the data',
    sends: ['DELETE', item],
    done: /The protection of sql-test-01 is stopped and its recovery points are deleted/,
    fails: operationFails,
    needs: [backupContributor],
  },
  'protection.undelete': {
    says: 'undelete legacy-print-01',
    sends: ['PUT', item],
    done: /The recovery points of legacy-print-01 are back/,
    fails: operationFails,
  },
};
