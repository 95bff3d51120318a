import type { Asked } from './asked.ts';

const quota = { code: '28031' };

/** Recovery plans, and jobs of Site Recovery. */
export const planChanges: Readonly<Record<string, Asked>> = {
  'plan.test-failover': {
    says: 'test failover of the recovery plan erp-plan',
    answers: ['1', '1'],
    sends: ['POST', '/testFailover$'],
    done: /The test VMs of erp-plan run in northeurope/,
    manual: true,
    fails: quota,
  },
  'plan.test-cleanup': {
    says: 'clean up the recovery plan erp-plan',
    answers: ['all went well'],
    sends: ['POST', '/testFailoverCleanup$'],
    done: /The test VMs of erp-plan are removed/,
    fails: quota,
  },
  'plan.failover': {
    says: 'fail over the recovery plan erp-plan',
    answers: ['1', '1'],
    sends: ['POST', '/unplannedFailover$'],
    done: /The VMs of erp-plan run in northeurope/,
    manual: true,
    fails: quota,
  },
  'plan.commit': {
    says: 'commit the recovery plan erp-plan',
    sends: ['POST', '/failoverCommit$'],
    done: /The failover of erp-plan is committed/,
    fails: quota,
  },
  'plan.reprotect': {
    says: 'reprotect the recovery plan erp-plan',
    sends: ['POST', '/switchprotection$'],
    requests: 4,
    done: /4 VMs of erp-plan are replicated from northeurope to westeurope/,
    fails: quota,
    told: {
      forbidden:
        /lacks \S+switchprotection\/action at \/subscriptions\/[\s\S]*The role .+ has it[\s\S]*Retry those that failed/i,
      conflict: /ConflictOfTomorrow: Another operation is in progress[\s\S]*see why, then retry/,
    },
    failed: /3 of 4 VMs of erp-plan are reprotected/,
  },
  'replication-job.resume': {
    says: 'complete the manual action',
    answers: ['1', 'the database is fine'],
    sends: ['POST', '/resume$'],
    done: /went on and ended well/,
    fails: 'the simulator lets a job fail at its beginning, not after its manual action',
  },
  'replication-job.cancel': {
    says: 'cancel the replication job',
    answers: ['1'],
    sends: ['POST', '/replicationJobs/[^/]+/cancel$'],
    done: /of erp-plan is cancelled/,
    fails: 'cancelling has no job of its own in Site Recovery',
  },
  'replication-job.restart': {
    says: 'restart the replication job',
    answers: ['1'],
    sends: ['POST', '/restart$'],
    done: /was begun again and ended well/,
    fails: 'the simulator lets a job fail the first time only',
  },
};
