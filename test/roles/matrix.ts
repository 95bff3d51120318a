/** Built-in roles that may change nothing of ours, however high they are assigned (Azure's definitions of 2026-08-22). */
export const powerless = [
  'Reader',
  'Backup Reader',
  'Site Recovery Reader',
  'Disk Backup Reader',
  'Disk Pool Operator',
  'User Access Administrator',
  'Role Based Access Control Administrator',
  'Backup MUA Admin',
  'Backup MUA Operator',
  'Compute Recommendations Role',
] as const;

/** These may do everything here. */
export const almighty = ['Owner', 'Contributor'] as const;

const items = ['protection.change-policy', 'protection.stop', 'protection.resume', 'protection.undelete'];
const backups = ['backup.start', 'backup-job.cancel', ...items, 'restore.files', 'restore.files-close'];
const failovers = [
  'failover.test',
  'failover.test-cleanup',
  'failover.start',
  'failover.change-point',
  'failover.commit',
  'failover.reprotect',
  'plan.test-failover',
  'plan.test-cleanup',
  'plan.failover',
  'plan.commit',
  'plan.reprotect',
  'replication-job.resume',
  'replication-job.cancel',
  'replication-job.restart',
];

/**
 * What each of the others is enough for by itself, written down from Microsoft's tables of the built-in roles and not from any code of ours.
 * Virtual Machine Contributor may write protected items, so it may also stop a protection: so Azure has it.
 */
export const enough: Readonly<Record<string, readonly string[]>> = {
  'Backup Operator': backups,
  'Backup Contributor': [...backups, 'protection.stop-delete'],
  'Site Recovery Operator': failovers,
  'Site Recovery Contributor': [...failovers, 'replication.disable'],
  'Disk Snapshot Contributor': ['snapshot.create', 'snapshot.delete'],
  'Disk Restore Operator': [],
  'Virtual Machine Contributor': ['protection.enable', ...items],
};

/** Operations of which all rights lie in the backup vault's resource group; in the recovery vault's; in the VM's; or in the vault's and the VM's. */
export const places: Readonly<Record<'vault' | 'recovery' | 'machine' | 'both', readonly string[]>> = {
  vault: [...backups, 'protection.stop-delete'],
  recovery: [...failovers, 'replication.disable'],
  machine: ['snapshot.create', 'snapshot.delete', 'disk.create'],
  both: ['protection.enable', 'restore.new-vm', 'restore.disks', 'restore.replace-disks'],
};
