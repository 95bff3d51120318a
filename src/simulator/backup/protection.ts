import { z } from 'zod';
import { requireLinked } from '../authorization/linked.ts';
import { span } from '../clock.ts';
import { type Answer, type ArmRequest, bodyOf, param, type World } from '../exchange.ts';
import { keyOf, nameOf, stableNumber } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import { lasting } from '../schedule.ts';
import type { Vault } from '../state.ts';
import { checkGuard, checkUnlocked } from './guard.ts';
import { type JobPlan, startJob } from './jobs.ts';
import { backupNames, checkNames, invalidInput, itemId, itemKey, vaultIn } from './names.ts';
import { accepted } from './operations.ts';
import { policyNotFound, protectionOf } from './reads.ts';
import type { BackupEffect, ProtectedItem } from './state.ts';
import { runningJob } from './trigger.ts';

const putBody = z.object({
  properties: z.looseObject({
    protectedItemType: z.string(),
    sourceResourceId: z.string().optional(),
    policyId: z.string().nullish(),
    protectionState: z.string().optional(),
    isRehydrate: z.boolean().optional(),
    resourceGuardOperationRequests: z.array(z.string()).nullish(),
  }),
});
type PutProperties = z.infer<typeof putBody>['properties'];

interface Put {
  readonly vault: Vault;
  readonly properties: PutProperties;
  readonly item: ProtectedItem | undefined;
}

/** PUT of a protected item: enable, change policy or resume, stop and keep, suspend, undelete. */
export function putItem(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  checkNames(request);
  const { properties } = bodyOf(request, putBody, invalidInput);
  const item = vault.backup.items[itemKey(param(request, 'item'))];
  const put = { vault, properties, item };
  if (properties.isRehydrate === true) return undelete(request, world, put);
  if (properties.protectionState === 'ProtectionStopped') return stop(request, world, put);
  if (properties.protectionState === 'BackupsSuspended') return suspend(request, world, put);
  return item === undefined ? enable(request, world, put) : changePolicy(request, world, put);
}

/** Starts the job of a change and answers 202; refused while another change of the item runs. */
function change(request: ArmRequest, world: World, of: { vault: Vault; item: ProtectedItem; plan: JobPlan }): Answer {
  const { vault, item, plan } = of;
  if (
    runningJob(world, { vault, item }, ['ConfigureBackup', 'DisableBackup', 'DeleteBackupData', 'Undelete']) !==
    undefined
  ) {
    const text = 'Another operation is in progress on the selected item.';
    throw new Refusal(409, 'BMSUserErrorObjectLocked', text, { cause: 'service' });
  }
  const job = startJob(world, { vault, item }, plan);
  const place = { vault, base: itemId(vault, item) };
  return accepted(request, world, { place, operation: { job: job.name } });
}

/** The one step, not shown as a task, that these jobs have. */
function step(world: World, seconds: [number, number], effects: BackupEffect[]): JobPlan['steps'] {
  const [azure, practice] = seconds;
  return [{ name: '', lasts: lasting(world, azure * span.second, practice * span.second), effects }];
}

function existing(request: ArmRequest, item: ProtectedItem | undefined): ProtectedItem {
  if (item !== undefined) return item;
  const text = `Item not found: ${param(request, 'item')}`;
  throw new Refusal(404, 'BMSUserErrorDataSourceObjectNotFound', text, { cause: 'service' });
}

function undelete(request: ArmRequest, world: World, { vault, item: found }: Put): Answer {
  const item = existing(request, found);
  if (item.deleted === undefined) {
    throw new Refusal(409, 'Conflict', 'The item is not in the soft-deleted state.', { cause: 'service' });
  }
  const effects: BackupEffect[] = [{ kind: 'item.undeleted', item: itemKey(item.name) }];
  const plan: JobPlan = {
    verb: 'Undelete',
    steps: step(world, [12, 2], effects),
    bag: { 'VM Name': item.friendlyName },
  };
  return change(request, world, { vault, item, plan });
}

function stop(request: ArmRequest, world: World, { vault, item: found, properties }: Put): Answer {
  const item = existing(request, found);
  checkNotDeleted(item);
  checkGuard(request, world, {
    vault,
    kind: 'updateProtectedItemRequests',
    requests: properties.resourceGuardOperationRequests ?? undefined,
  });
  const effects: BackupEffect[] = [{ kind: 'item.stopped', item: itemKey(item.name), state: 'ProtectionStopped' }];
  const plan: JobPlan = {
    verb: 'DisableBackup',
    steps: step(world, [30, 2], effects),
    bag: { 'VM Name': item.friendlyName },
  };
  return change(request, world, { vault, item, plan });
}

/** Suspending is for immutable vaults only; elsewhere Azure's refusal misleads in just these words. */
function suspend(request: ArmRequest, world: World, { vault, item: found, properties }: Put): Answer {
  const item = existing(request, found);
  checkNotDeleted(item);
  if (vault.immutability === 'Disabled') throw deniedOnImmutable();
  checkGuard(request, world, {
    vault,
    kind: 'updateProtectedItemRequests',
    requests: properties.resourceGuardOperationRequests ?? undefined,
  });
  const effects: BackupEffect[] = [{ kind: 'item.stopped', item: itemKey(item.name), state: 'BackupsSuspended' }];
  const plan: JobPlan = {
    verb: 'DisableBackup',
    steps: step(world, [30, 2], effects),
    bag: { 'VM Name': item.friendlyName },
  };
  return change(request, world, { vault, item, plan });
}

function deniedOnImmutable(): Refusal {
  const text = 'The operation is not allowed, as it could lead to loss of recovery points and the vault is immutable.';
  return new Refusal(400, 'UserErrorOperationDeniedOnImmutableItem', text, { cause: 'service' });
}

function checkNotDeleted(item: ProtectedItem): void {
  if (item.deleted === undefined) return;
  const text = 'The item is in the soft-deleted state. Undelete it first.';
  throw new Refusal(400, 'BMSUserErrorConflictingProtectionOperation', text, { cause: 'service' });
}

function changePolicy(request: ArmRequest, world: World, { vault, item: found, properties }: Put): Answer {
  const item = existing(request, found);
  checkNotDeleted(item);
  const policy = policyIn(vault, properties.policyId);
  if (item.policy !== '' && keyOf(item.policy) !== keyOf(policy)) {
    checkGuard(request, world, {
      vault,
      kind: 'updateProtectedItemRequests',
      requests: properties.resourceGuardOperationRequests ?? undefined,
    });
  }
  const effects: BackupEffect[] = [{ kind: 'item.configured', item: itemKey(item.name), policy }];
  const bag = { 'VM Name': item.friendlyName, 'Policy Name': policy };
  return change(request, world, {
    vault,
    item,
    plan: { verb: 'ConfigureBackup', steps: step(world, [40, 3], effects), bag },
  });
}

function policyIn(vault: Vault, id: string | null | undefined): string {
  if (id === undefined || id === null || id === '') throw invalidInput('policyId is required.');
  const found = vault.backup.policies[keyOf(nameOf(id))];
  if (found === undefined) throw policyNotFound(id);
  return found.name;
}

/** Protects a VM that no vault protects, in the vault's region; needs the right to write the VM too. */
function enable(request: ArmRequest, world: World, { vault, properties }: Put): Answer {
  const policy = policyIn(vault, properties.policyId);
  const vm = world.state.vms[keyOf(properties.sourceResourceId ?? '')];
  if (vm === undefined) throw badConfigure(`The virtual machine '${properties.sourceResourceId ?? ''}' was not found.`);
  const names = backupNames(vm.id);
  if (itemKey(names.item) !== itemKey(param(request, 'item')))
    throw badConfigure('The item does not belong to the virtual machine.');
  if (keyOf(vm.location) !== keyOf(vault.location))
    throw badConfigure('The virtual machine and the vault are in different regions.');
  const other = protectionOf(world, vm.id);
  if (other !== undefined) throw protectedElsewhere(other.vault);
  requireLinked(request, world, {
    own: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/write',
    linked: [{ action: 'Microsoft.Compute/virtualMachines/write', scope: vm.id }],
  });
  const item: ProtectedItem = {
    container: names.container,
    name: names.item,
    friendlyName: vm.name,
    vm: vm.id,
    policy,
    state: 'IRPending',
    dataId: stableNumber(`${vault.id}${vm.id}`, 15),
    lastStatus: '',
    points: [],
    triggered: [],
  };
  const effects: BackupEffect[] = [{ kind: 'item.created', item: itemKey(item.name), protectedItem: item }];
  const bag = { 'VM Name': vm.name, 'Policy Name': policy };
  return change(request, world, {
    vault,
    item,
    plan: { verb: 'ConfigureBackup', steps: step(world, [40, 3], effects), bag },
  });
}

function badConfigure(text: string): Refusal {
  return new Refusal(400, 'BMSUserErrorInvalidConfigureProtectionRequest', text, { cause: 'service' });
}

function protectedElsewhere(vault: Vault): Refusal {
  const text = `The virtual machine is already protected in another vault: ${vault.name}.`;
  return new Refusal(409, 'UserErrorProtectedInAnotherVault', text, { cause: 'service' });
}

/** DELETE of a protected item: stops and deletes its data, softly unless the vault says otherwise. */
export function deleteItem(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  checkNames(request);
  const item = vault.backup.items[itemKey(param(request, 'item'))];
  if (item === undefined) return { status: 204 };
  checkNotDeleted(item);
  if (vault.immutability !== 'Disabled' && item.points.some((point) => point.expires > world.now))
    throw deniedOnImmutable();
  checkUnlocked(vault, world);
  if (runningJob(world, { vault, item }, ['DeleteBackupData', 'ConfigureBackup', 'DisableBackup']) !== undefined) {
    throw new Refusal(409, 'BMSUserErrorObjectLocked', 'Another operation is in progress on the selected item.');
  }
  const job = startJob(
    world,
    { vault, item },
    {
      verb: 'DeleteBackupData',
      steps: step(world, [12, 2], [{ kind: 'item.deleted', item: itemKey(item.name) }]),
      bag: { 'VM Name': item.friendlyName, 'Number of Recovery Points': String(item.points.length) },
    },
  );
  const place = { vault, base: vault.id, status: 'backupOperations', result: 'backupOperationResults' };
  return accepted(request, world, { place, operation: { job: job.name } });
}
