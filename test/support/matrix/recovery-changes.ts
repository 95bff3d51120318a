import type { Asked } from './asked.ts';

const quota = { code: '28031' };

/** Site Recovery of one VM, and its jobs. */
export const recoveryChanges: Readonly<Record<string, Asked>> = {
  'failover.test': {
    says: 'test failover erp-prod-01',
    answers: ['1', '1'],
    sends: ['POST', '/testFailover$'],
    done: /The test VM \S+ of erp-prod-01 runs in northeurope/,
    fails: quota,
  },
  'failover.test-cleanup': {
    says: 'clean up erp-prod-01',
    answers: ['all went well'],
    sends: ['POST', '/testFailoverCleanup$'],
    done: /The test VM of erp-prod-01 is removed/,
    fails: quota,
  },
  'failover.start': {
    says: 'fail over erp-prod-01',
    answers: ['1', '1'],
    sends: ['POST', '/unplannedFailover$'],
    done: /erp-prod-01 runs in northeurope/,
    fails: quota,
  },
  'failover.change-point': {
    says: 'change the recovery point of erp-prod-01',
    answers: ['1'],
    sends: ['POST', '/applyRecoveryPoint$'],
    done: /erp-prod-01 runs in northeurope from/,
    fails: quota,
  },
  'failover.commit': {
    says: 'commit erp-prod-01',
    sends: ['POST', '/failoverCommit$'],
    done: /The failover of erp-prod-01 is committed/,
    fails: quota,
  },
  'failover.reprotect': {
    says: 'reprotect erp-prod-01',
    sends: ['POST', '/switchprotection$'],
    done: /erp-prod-01 is replicated from northeurope to westeurope/,
    fails: quota,
  },
  'replication.enable': {
    says: 'enable replication of web-prod-02',
    answers: ['1', '1', '1', '1'],
    sends: ['PUT', '/replicationProtectedItems/[^/]+$'],
    done: /web-prod-02 is being replicated to northeurope/,
    fails: quota,
  },
  'replication.disable': {
    says: 'disable replication of sql-prod-01',
    sends: ['POST', '/remove$'],
    done: /sql-prod-01 is no longer replicated/,
    fails: quota,
  },
};
