import { type AzureOptions, connectAzure, FixedTokenCredential } from '../../../src/azure/index.ts';
import type { Ports } from '../../../src/azure/ports.ts';
import { type FakeArm, type Script, startFakeArm } from './fake-arm.ts';

export const subscriptionId = '11111111-1111-4111-8111-111111111111';
export const vaultId = `/subscriptions/${subscriptionId}/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-weu`;
export const itemId = `${vaultId}/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-sql;sql-01/protectedItems/VM;iaasvmcontainerv2;rg-sql;sql-01`;
export const replicatedId = `${vaultId}/replicationFabrics/fabric-weu/replicationProtectionContainers/container-weu/replicationProtectedItems/erp-01`;
export const vmId = `/subscriptions/${subscriptionId}/resourceGroups/rg-sql/providers/Microsoft.Compute/virtualMachines/sql-01`;
export const diskId = `/subscriptions/${subscriptionId}/resourceGroups/rg-sql/providers/Microsoft.Compute/disks/sql-01-os`;
export const snapshotId = `/subscriptions/${subscriptionId}/resourceGroups/rg-sql/providers/Microsoft.Compute/snapshots/sql-01-os-4F7K`;

/** A clock that only moves when it is told to. */
export class ManualClock {
  #now: number;

  constructor(start = '2026-01-10T08:00:00Z') {
    this.#now = Date.parse(start);
  }

  readonly now = (): Date => new Date(this.#now);

  advance(seconds: number): void {
    this.#now += seconds * 1000;
  }
}

/** Everything that a test of the Azure edge needs: scripted answers, the ports, a clock and the log. */
export interface Bench {
  readonly arm: FakeArm;
  readonly ports: Ports;
  readonly clock: ManualClock;
  readonly log: Record<string, unknown>[];
}

/** Runs a test against ports that talk to a scripted ARM over real HTTP, and closes it. */
export async function withArm(
  script: Script,
  test: (bench: Bench) => Promise<void>,
  options: Partial<AzureOptions> = {},
): Promise<void> {
  const arm = await startFakeArm(script);
  const clock = new ManualClock();
  const log: Record<string, unknown>[] = [];
  const credential = new FixedTokenCredential({ oid: 'b0000000-0000-4000-8000-000000000001', tid: 'tenant-1' });
  const base = { credential, subscriptionIds: [subscriptionId], now: clock.now, simulatorUrl: arm.url };
  const ports = connectAzure({ ...base, log: (entry) => log.push(entry), ...options });
  try {
    await test({ arm, ports, clock, log });
  } finally {
    await arm.close();
  }
}

/** ARM's error envelope. */
export function refusal(code: string, message: string) {
  return { error: { code, message } };
}
