import { practiceSubscription } from '../support/simulator.ts';
import { minutes } from './clients.ts';
import { type Answer, given, type Stage } from './recordings.ts';

/** Plays a recorded request, or what comes nearest to it in the practice estate, and gives the simulator's answer. */
export type Scene = (stage: Stage) => Promise<Answer>;

export const subscription = `/subscriptions/${practiceSubscription}`;
export const rg = (name: string) => `${subscription}/resourceGroups/${name}`;
export const vaultOf = (group: string, name: string) =>
  `${rg(group)}/providers/Microsoft.RecoveryServices/vaults/${name}`;
export const prod = vaultOf('rg-backup-weu', 'rsv-prod-weu');
export const dev = vaultOf('rg-dev', 'rsv-dev-weu');
export const dr = vaultOf('rg-backup-neu', 'rsv-dr-neu');
export const vm = (group: string, name: string) => `${rg(group)}/providers/Microsoft.Compute/virtualMachines/${name}`;
export const compute = `${rg('rg-web')}/providers/Microsoft.Compute`;
export const location = (name: string) => `${subscription}/providers/Microsoft.RecoveryServices/locations/${name}`;

/** The address of a protected item as the CLI writes it. */
export const itemOf = (vault: string, group: string, name: string) =>
  `${vault}/backupFabrics/Azure/protectionContainers/IaasVMContainer%3Biaasvmcontainerv2%3B${group}%3B${name}/protectedItems/VM%3Biaasvmcontainerv2%3B${group}%3B${name}`;
export const sql = itemOf(prod, 'rg-sql', 'sql-prod-01');

/** The body of a write of a protected item. */
export const protection = (group: string, name: string, more: object) => ({
  properties: { protectedItemType: 'Microsoft.Compute/virtualMachines', sourceResourceId: vm(group, name), ...more },
});

interface Named {
  readonly name: string;
  readonly id: string;
}

/** The `value` of a list. */
export function rowsOf<T = Named>(answer: Answer): T[] {
  return (answer.body as { value: T[] }).value;
}

/** Follows the Azure-AsyncOperation of an answer. */
export async function follow(stage: Stage, answer: Answer): Promise<Answer> {
  const url = new URL(given(answer.headers['azure-asyncoperation']));
  return stage.send('GET', url.pathname + url.search);
}

/** The job that an answer of backup's leads to, as it is after `ms`. */
export async function jobOf(stage: Stage, of: { answer: Answer; vault: string; ms: number }): Promise<Answer> {
  await stage.advance(2000);
  const status = (await follow(stage, of.answer)).body as { properties: { jobId: string } };
  await stage.advance(of.ms - 2000);
  return stage.send('GET', `${of.vault}/backupJobs/${status.properties.jobId}`);
}

/** Starts a backup of sql-prod-01. */
export const startBackup: Scene = (stage) =>
  stage.send('POST', `${sql}/backup`, { properties: { objectType: 'IaasVMBackupRequest' } });

/** Enables protection of a VM that has none. */
export const enable: Scene = (stage) =>
  stage.send(
    'PUT',
    itemOf(prod, 'rg-web', 'web-prod-03'),
    protection('rg-web', 'web-prod-03', { policyId: `${prod}/backupPolicies/DefaultPolicy` }),
  );

/** Starts a restore of sql-prod-01 from its newest point. */
export async function startRestore(stage: Stage, more: object): Promise<Answer> {
  const [point] = rowsOf(await stage.send('GET', `${sql}/recoveryPoints`));
  const name = given(point).name;
  return stage.send('POST', `${sql}/recoveryPoints/${name}/restore`, { properties: restoreRequest(name, more) });
}

/** The body of a restore. */
export function restoreRequest(point: string, more: object): object {
  return {
    objectType: 'IaasVMRestoreRequest',
    recoveryPointId: point,
    sourceResourceId: vm('rg-sql', 'sql-prod-01'),
    storageAccountId: `${rg('rg-backup-weu')}/providers/Microsoft.Storage/storageAccounts/stcontosobackupweu`,
    region: 'westeurope',
    createNewCloudService: false,
    originalStorageAccountOption: false,
    ...more,
  };
}

/** A restore of disks. */
export const disks = { recoveryType: 'RestoreDisks', targetResourceGroupId: rg('rg-data') };

/** Half an hour and more: the end of every job. */
export const late = minutes(90);
