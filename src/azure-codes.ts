import { type Message, say } from './message.ts';

/**
 * What Azure's error codes of a VM's jobs mean, by the name of the explanation: `azure-code.<name>` in the locales, its next step with `.advice`.
 * The names are Microsoft's; a test compares them with the list of its documentation. What stands here besides is what Azure answers in practice.
 */
export const azureCodes: Readonly<Record<string, string>> = {
  GuestAgentStatusUnavailableUserError: 'agent-silent',
  UserErrorGuestAgentStatusUnavailable: 'agent-silent',
  GuestAgentSnapshotTaskStatusErrorWindows: 'agent-silent',
  NoExtensionStatusButStatusBlobAvailable: 'agent-silent',
  UserErrorGuestAgentVersionUnsupported: 'agent-old',
  GuestAgentCertificateNotFound: 'agent-broken',
  GuestAgentPluginInstallCommandProcessingFailed: 'agent-broken',
  ExtensionOperationFailed: 'extension-failed',
  ExtensionCommandExecFailure: 'extension-failed',
  ExtensionOperationInProgress: 'extension-busy',
  ExtensionStuckInDeletionState: 'extension-stuck',
  ExtensionConfigParsingFailure: 'extension-config',
  VMBackupLinuxExtensionConfFileWrongEncodingFormat: 'extension-config',
  ExtensionVCRedistInstallationFailure: 'extension-runtime',
  ExtensionSnapshotFailedCOM: 'com-failed',
  ExtensionInstallProviderCOMMemoryQuotaReached: 'com-failed',
  ExtensionFailedOutOfMemoryError: 'extension-memory',
  ExtensionFailedSnapshotLimitReachedError: 'snapshot-limit',
  ExtensionFailedSnapshotRateExceededError: 'snapshot-rate',
  ExtensionFailedTimeoutVMNetworkUnresponsive: 'vm-slow',
  ExtensionFailedTimeoutDelayInNetwork: 'vm-slow',
  ExtensionSnapshotFailedNoNetwork: 'no-network',
  UserErrorVMInternetConnectivityIssue: 'no-network',
  ExtensionFailedVssWriterInBadState: 'vss-writer',
  ExtensionFailedVssServiceInBadState: 'vss-service',
  ExtensionPreScriptTimeout: 'pre-script',
  UserErrorFsFreezeFailed: 'freeze',
  UserErrorFsFreezeTimeout: 'freeze',
  UserErrorUnableToOpenMount: 'mounts',
  ManagedRPCreationFailedInCrpButExtensionSucceeded: 'compute-failed',
  BCMCrpInternalError: 'compute-failed',
  UserErrorCrpReportedUserError: 'compute-refused',
  AzureIaaSVMBackupPerfIsIR: 'first-backup-long',
  AzureIaaSVMBackupPerfMoreBackupQueueTime: 'queue-long',
  AzureIaaSVMRecoveryPerfDifferentSA: 'restore-other-account',
  AzureIaaSVMRecoveryPerfDiskNumberGreaterThan8: 'restore-many-disks',
  CopyingVHDsFromBackUpVaultTakingLongTime: 'transfer-long',
  UserErrorBackupOperationInProgress: 'backup-running',
  UserErrorRestoreOperationInProgress: 'restore-running',
  UserErrorAnotherRestoreInProgressOnSameTarget: 'restore-running',
  BMSUserErrorObjectLocked: 'item-busy',
  BMSUserErrorConflictingProtectionOperation: 'item-busy',
  OperationCancelledBecauseConflictingOperationRunningUserError: 'item-busy',
  CloudInternalError: 'service-internal',
  CloudTimeoutError: 'service-internal',
  CloudStorageUnexpectedError: 'service-internal',
  UserErrorVmNotFoundV2: 'vm-gone',
  UserErrorBcmDatasourceNotPresent: 'vm-gone',
  ResourceNotFound: 'resource-gone',
  UserErrorGenericResourceNotFound: 'resource-gone',
  UserErrorVmProvisioningStateFailed: 'vm-state',
  UserErrorVmNotInDesirableState: 'vm-state',
  VMNotInRunningStateUserError: 'vm-off',
  UserErrorVmVaultLocationMismatch: 'other-region',
  UserErrorVmAlreadyExistWithSameName: 'name-exists',
  UserErrorCoreCountSubscriptionQuotaReached: 'cores-used',
  UserErrorHostedServiceSubscriptionQuotaReached: 'services-used',
  UserErrorProtectionQuotaExceeded: 'protection-quota',
  UserErrorSkuNotAvaialable: 'sku-missing',
  UserErrorSkuNotAvailable: 'sku-missing',
  UserErrorRequestDisallowedByPolicy: 'policy-denied',
  RequestDisallowedByPolicy: 'policy-denied',
  UserErrorResourceIsInLockedState: 'locked',
  ScopeLocked: 'locked',
  UserErrorRpCollectionLimitReached: 'points-limit',
  UserErrorRpCollectionDeleted: 'points-deleted',
  UserErrorRpCollectionMarkedForDeletion: 'points-deleted',
  UserErrorBCMRestoreStorageAccountNotFound: 'staging-missing',
  UserErrorStorageAccountNotFound: 'staging-missing',
  UserErrorNetworkAclSANotSupported: 'staging-firewall',
  UserErrorStorageAccountIsLocked: 'staging-locked',
  UserErrorRestoreDestinationBlobNotFound: 'blob-missing',
  UserErrorKeyVaultPermissionsNotConfigured: 'key-vault',
  UserErrorInvalidVMEncryptionInfo: 'encryption-info',
  UserErrorBCMUnsupportedDiskCount: 'disk-count',
  UserErrorUnsupportedDiskSize: 'disk-size',
  UserErrorUnsupportedDiskConfiguration: 'disk-kind',
  UserErrorUnsupportedStorageType: 'disk-kind',
  UserErrorStandardSSDNotSupported: 'disk-kind',
  UserErrorSharedDiskBackupNotSupported: 'shared-disk',
  UserErrorWAEnabledDisksNotSupported: 'write-accelerator',
  UserErrorComputeVmWithClassicStorage: 'managed-mix',
  UserErrorInvalidManagedDiskOperation: 'managed-mix',
  UserErrorInvalidNetworkConfigV1: 'network-config',
  UserErrorMarketPlaceVMNotSupported: 'marketplace',
  UserErrorOlrNotSupported: 'replace-unsupported',
  UserErrorOlrNotSupportedOnRpWithDisksExcluded: 'replace-excluded',
  OlrBackupFailed: 'replace-no-backup',
  UserErrorJobSuccessfullyCancelled: 'cancelled',
  UserErrorUnSupportedDistribution: 'distribution',
  UserErrorInvalidAuthenticationTokenTenant: 'other-tenant',
  UserErrorPermissionDenied: 'not-permitted',
  IscsiMountFailure: 'file-mount',
  UserErrorOperationDeniedOnImmutableItem: 'immutable',
  ProvisioningFailed: 'not-provisioned',
  OSProvisioningTimedOut: 'system-slow',
  AllocationFailed: 'no-capacity',
  ZonalAllocationFailed: 'no-capacity',
};

/** Azure's words may be a page; a card is a phone screen. In characters. */
const longestWords = 300;

/** Jobs give a number, and the name only where the title is one. */
const numbers: Readonly<Record<string, string>> = {
  400094: 'UserErrorVmNotFoundV2',
  320001: 'ResourceNotFound',
  130001: 'CloudInternalError',
};

/** An error of Azure's in our words. */
export interface Explained {
  /** What happened, with Azure's own words and its code. */
  readonly text: Message;
  readonly advice: Message;
}

/** What is known of Azure's error; see `AzureFault`. */
interface Told {
  readonly code: string;
  readonly message: string;
  readonly missing?: Readonly<Record<'action' | 'scope' | 'role', string>>;
}

/** Our words for Azure's error; undefined for a code that we do not know, which is then shown with Azure's own text. */
export function explained({ code, message, missing }: Told): Explained | undefined {
  if (missing !== undefined)
    return { text: say('error.azure-forbidden'), advice: say('error.azure-forbidden.advice', missing) };
  const title = /^(\w+)(?::|$)/.exec(message)?.[1] ?? '';
  // A name that we do not know is believed before a number that we do: what it means is for Azure's own words to tell.
  const numbered = /^UserError\w/.test(title) ? '' : (numbers[code] ?? '');
  const name = [code, title, numbered].find((one) => Object.hasOwn(azureCodes, one));
  if (name === undefined) return undefined;
  const id = azureCodes[name] ?? '';
  return {
    text: say('azure-code.told', { text: say(`azure-code.${id}`), code: name, message: wordsOf(message, name) }),
    advice: say(`azure-code.${id}.advice`),
  };
}

/** A job's message begins with its title, which is the code again. */
function wordsOf(message: string, name: string): string {
  const words = message.startsWith(`${name}: `) ? message.slice(name.length + 2) : message;
  return words.slice(0, longestWords);
}
