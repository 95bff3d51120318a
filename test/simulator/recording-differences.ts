const newerJob = { 'added properties.isUserTriggered': 'shown since api-version 2023-06-01; the recording is older' };
const newerPoint = 'shown since api-version 2023-06-01; the recording is older';
const newerVault = 'shown since api-version 2024-04-01; the recording is older';
const oneUser = 'the recorded answer is of a subscription with hundreds of vaults; the practice estate has four';

/** Differences from a recording that are meant: `folder/name` → the line → why. */
export const meant: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'recoveryservicesbackup/crr_job_inprogress': newerJob,
  'recoveryservicesbackup/job_alr_inprogress': newerJob,
  'recoveryservicesbackup/job_backup_inprogress_snapshot': newerJob,
  'recoveryservicesbackup/job_backup_inprogress_transfer': newerJob,
  'recoveryservicesbackup/job_backup_completed': newerJob,
  'recoveryservicesbackup/job_configurebackup_completed': newerJob,
  'recoveryservicesbackup/job_delete_completed': newerJob,
  'recoveryservicesbackup/job_restoredisks_inprogress': newerJob,
  'recoveryservicesbackup/job_restoredisks_completed': newerJob,
  'recoveryservicesbackup/recoveryPoints_list': { 'added value[].properties.recoveryPointProperties': newerPoint },
  'recoveryservicesbackup/vault_get': {
    'added properties.bcdrSecurityLevel': newerVault,
    'added properties.secureScore': newerVault,
    'added properties.securitySettings.softDeleteSettings.enhancedSecurityState': newerVault,
  },
  'recoveryservicesbackup/vaults_list_sub_page1': {
    'missing nextLink': oneUser,
    'missing value[].identity': 'the practice vaults have no managed identity',
  },
};
