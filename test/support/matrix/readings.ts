import type { Question } from './talk.ts';

/** How a reading operation is asked for in the practice estate, and what is seen then. */
export interface Reading extends Question {
  readonly sees: RegExp;
  /** It tells of runs, which are in our own store. */
  readonly ownStore?: true;
}

/** Every reading operation, by id. */
export const readings: Readonly<Record<string, Reading>> = {
  'protection.show': { says: 'is sql-prod-01 protected?', sees: /sql-prod-01[\s\S]*rsv-prod-weu/ },
  'protection.list-unprotected': { says: 'what is not protected?', sees: /web-prod-03/ },
  'fleet.summary': { says: 'summary', sees: /\b18\b/ },
  'fleet.list': { says: 'details of the summary', answers: ['1'], sees: /-\d\d/ },
  'fleet.export': { says: 'export the fleet as CSV', sees: /\d+ VMs[\s\S]*vm,resource_group[\s\S]*\napp-01,rg-crm/ },
  'recovery-point.list': { says: 'recovery points of sql-prod-01', sees: /application-consistent/ },
  'vault.list': { says: 'list vaults', sees: /4 vaults[\s\S]*rsv-prod-weu/ },
  'vault.show': { says: 'show vault rsv-prod-weu', sees: /geo-redundant/ },
  'policy.list': { says: 'backup policies', answers: ['1'], sees: /dev-daily-7d/ },
  'backup-job.list': { says: 'backup jobs', sees: /sql-prod-01|crm-db-01|Backup of/ },
  'backup-job.show': { says: 'show backup job', answers: ['1'], sees: /Backup of \S+: completed/ },
  'replicated-item.list': { says: 'replicated items', sees: /crm-db-01/ },
  'replicated-item.show': { says: 'replication of sql-prod-01', sees: /Test failover/ },
  'recovery-plan.list': { says: 'recovery plans', sees: /erp-plan/ },
  'recovery-plan.show': { says: 'show a recovery plan', answers: ['1'], sees: /Check the database/ },
  'replication-job.list': { says: 'replication jobs', sees: /Test failover of erp-prod-01/ },
  'replication-job.show': { says: 'show a replication job', answers: ['1'], sees: /Test failover of erp-prod-01/ },
  'snapshot.list': { says: 'list snapshots', sees: /legacy-fs-01-before-patch/ },
  'run.list': { says: 'runs', sees: /dev-build-01/, ownStore: true },
  'run.show': { says: 'show run {code}', sees: /Back up[^\n]* · dev-build-01/, ownStore: true },
  'run.commands': { says: 'commands {code}', sees: /is not approved/, ownStore: true },
};
