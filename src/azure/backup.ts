import { z } from 'zod';
import { vaultOf } from './arm-id.ts';
import { backupChanges } from './backup-changes.ts';
import { backupFiles } from './backup-files.ts';
import { backupHistory } from './backup-history.ts';
import { backupJobReads } from './backup-job-reads.ts';
import { protectedItem, recoveryPoint } from './backup-models.ts';
import { itemNames as names, operationIn } from './backup-requests.ts';
import { backupRestore } from './backup-restore.ts';
import { backupSecondary } from './backup-secondary.ts';
import { backupVaults } from './backup-vaults.ts';
import { read, readAll, submitted } from './exchange.ts';
import { words } from './fields.ts';
import { backupFilterTime, quoted } from './filter-time.ts';
import type { VaultGatewayOptions } from './gateway-options.ts';
import { protectedItemPath } from './paths.ts';
import type { BackupGateway } from './ports.ts';
import type { ArmId, Instant, RecoveryPoint, Vm } from './types.ts';

const farPast = '2010-01-01T00:00:00Z';
const daySeconds = 86_400;

/** Azure Backup for virtual machines. */
export function openBackup(options: VaultGatewayOptions): BackupGateway {
  const itemNow = protectedItem(options.now);
  return {
    protectionOf: (vm) => protectionOf(options, vm),
    async item(itemId) {
      const at = protectedItemPath(itemId);
      const client = await options.clients.backup(at.subscriptionId, 'patient');
      return await read(itemNow, options.now, (callOptions) => client.protectedItems.get(...names(at), callOptions));
    },
    recoveryPoints: (itemId, range = {}) => recoveryPoints(options, itemId, range),
    start: (itemId, request) => start(options, itemId, request),
    ...backupHistory(options),
    ...backupVaults(options),
    ...backupJobReads(options),
    ...backupChanges(options),
    ...backupRestore(options),
    ...backupFiles(options),
    ...backupSecondary(options),
  };
}

/** Azure's status of a VM. Anything but "not protected" must name a vault, else nobody knows. */
const status = z
  .object({
    protectionStatus: z.string(),
    vaultId: words,
    fabricName: words,
    containerName: words,
    protectedItemName: words,
  })
  .refine((one) => isUnprotected(one) || one.vaultId !== undefined, { path: ['vaultId'] });

type Status = z.infer<typeof status>;

function isUnprotected({ protectionStatus }: { readonly protectionStatus: string }): boolean {
  return /^NotProtected$/i.test(protectionStatus);
}

async function protectionOf({ clients, now }: VaultGatewayOptions, vm: Vm) {
  const client = await clients.backup(vm.subscriptionId, 'patient');
  const found = await read(status, now, (callOptions) =>
    client.backupStatus.get(vm.location, { resourceType: 'VM', resourceId: vm.id }, callOptions),
  );
  return isUnprotected(found) ? { protected: false } : { protected: true, ...placeOf(found) };
}

function placeOf({ vaultId, fabricName, containerName, protectedItemName }: Status) {
  if (vaultId === undefined) return {};
  if (containerName === undefined || protectedItemName === undefined) return { vaultId };
  const container = `${vaultId}/backupFabrics/${fabricName ?? 'Azure'}/protectionContainers/${containerName}`;
  return { vaultId, itemId: `${container}/protectedItems/${protectedItemName}` };
}

async function recoveryPoints(
  { clients, now }: VaultGatewayOptions,
  itemId: ArmId,
  range: { readonly since?: Instant; readonly until?: Instant },
): Promise<readonly RecoveryPoint[]> {
  const at = protectedItemPath(itemId);
  const client = await clients.backup(at.subscriptionId, 'patient');
  const filter = dateFilter(range, now());
  const points = await readAll(recoveryPoint, now, (callOptions) =>
    client.recoveryPoints.list(...names(at), { ...callOptions, ...filter }),
  );
  return points
    .filter((point): point is RecoveryPoint => point !== undefined && within(point.time, range))
    .toSorted((a, b) => b.time.localeCompare(a.time));
}

/** Whole seconds, one more at the end: Azure's filter knows no smaller ones, and the exact limits are applied to what comes back. */
function dateFilter({ since, until }: { since?: Instant; until?: Instant }, now: Date): { filter?: string } {
  if (since === undefined && until === undefined) return {};
  const from = new Date(since ?? farPast);
  const to = until === undefined ? new Date(now.getTime() + daySeconds * 1000) : new Date(Date.parse(until) + 1000);
  const [start, end] = [from, to].map((time) => quoted(backupFilterTime(time)));
  return { filter: `startDate eq ${start} and endDate eq ${end}` };
}

function within(time: Instant, { since, until }: { since?: Instant; until?: Instant }): boolean {
  const at = Date.parse(time);
  return (since === undefined || at >= Date.parse(since)) && (until === undefined || at <= Date.parse(until));
}

async function start(
  { clients, now }: VaultGatewayOptions,
  itemId: ArmId,
  request: { readonly expiresAt: Instant; readonly clientRequestId: string },
) {
  const at = protectedItemPath(itemId);
  const client = await clients.backup(at.subscriptionId, 'once');
  const recoveryPointExpiryTimeInUTC = new Date(request.expiresAt);
  const properties = { objectType: 'IaasVMBackupRequest' as const, recoveryPointExpiryTimeInUTC };
  const answer = await submitted({ clientRequestId: request.clientRequestId, now }, (callOptions) =>
    client.backups.trigger(...names(at), { properties }, callOptions),
  );
  return { kind: 'backup' as const, vaultId: vaultOf(itemId), operationId: operationIn(answer) };
}
