import assert from 'node:assert/strict';
import { resourceGroupScopeOf } from '../../../src/azure/arm-id.ts';
import type { Ports } from '../../../src/azure/ports.ts';
import type { ArmId, Instant, ReplicatedItem, Vm } from '../../../src/azure/types.ts';
import type { Simulated } from '../../azure/support/simulated.ts';

type BackupSide = Awaited<ReturnType<typeof backupSide>>;
type ComputeSide = Awaited<ReturnType<typeof computeSide>>;
type RecoverySide = Awaited<ReturnType<typeof recoverySide>>;

/** Things of the practice estate with which every method of the ports can be called. */
export interface World extends BackupSide, ComputeSide, RecoverySide {
  readonly vm: Vm;
  readonly itemId: ArmId;
  readonly vaultId: ArmId;
  /** A day ago. */
  readonly since: Instant;
  readonly groupId: ArmId;
  readonly pointId: ArmId;
}

/** Asks a healthy simulator for them. */
export async function worldOf({ ports, vmNamed, replicatedNamed, clock }: Simulated): Promise<World> {
  const vm = await vmNamed('sql-prod-01');
  const { itemId = '', vaultId = '' } = await ports.backup.protectionOf(vm);
  const [point] = await ports.backup.recoveryPoints(itemId);
  const since = new Date(clock.now().getTime() - 86_400_000).toISOString();
  return {
    vm,
    itemId,
    vaultId,
    since,
    groupId: resourceGroupScopeOf(vm.id),
    pointId: point?.id ?? assert.fail('the estate has no recovery point'),
    ...(await backupSide(ports, { vaultId, location: vm.location, subscriptionId: vm.subscriptionId })),
    ...(await computeSide(ports, vm)),
    ...(await recoverySide(ports, await replicatedNamed('erp-prod-01'))),
  };
}

async function backupSide(ports: Ports, at: { vaultId: string; location: string; subscriptionId: string }) {
  const [policy] = await ports.backup.policies(at.vaultId);
  const [account] = await ports.backup.storageAccounts(at.subscriptionId, at.location);
  const [network] = (await ports.inventory.networks(at.location)).value;
  assert.ok(policy && account && network);
  return { policyId: policy.id, accountId: account.id, networkId: network.id };
}

async function computeSide(ports: Ports, { id, diskIds }: Vm) {
  const disk = await ports.compute.disk(diskIds[0] ?? '');
  const machine = await ports.compute.machine(id);
  const [snapshot] = (await ports.inventory.snapshots()).value;
  assert.ok(machine && snapshot);
  return { disk, machine, snapshot };
}

async function recoverySide(ports: Ports, replicated: ReplicatedItem) {
  const [replicationPoint] = await ports.recovery.recoveryPoints(replicated.id);
  const [mapping] = await ports.recovery.mappings(replicated.vaultId);
  const [plan] = (await ports.inventory.recoveryPlans()).value;
  assert.ok(replicationPoint && mapping && plan);
  return { replicated, replicationPointId: replicationPoint.id, mapping, planId: plan.id };
}
