/** The beginnings of Azure's paths, as the router writes them. */
export const paths = {
  subscription: '/subscriptions/{subscription}',
  group: '/subscriptions/{subscription}/resourceGroups/{group}',
  vaults: '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.RecoveryServices/vaults',
  vault: '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.RecoveryServices/vaults/{vault}',
  location: '/subscriptions/{subscription}/providers/Microsoft.RecoveryServices/locations/{location}',
  compute: '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Compute',
} as const;

/** A protected item of Azure Backup. */
export const itemPath = `${paths.vault}/backupFabrics/{fabric}/protectionContainers/{container}/protectedItems/{item}`;

/** A container of Site Recovery, and the replicated items in it. */
export const recoveryContainerPath = `${paths.vault}/replicationFabrics/{fabric}/replicationProtectionContainers/{container}`;
export const replicatedItemPath = `${recoveryContainerPath}/replicationProtectedItems/{item}`;
