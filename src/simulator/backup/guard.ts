import { z } from 'zod';
import { requireLinked } from '../authorization/linked.ts';
import { azureTime, span } from '../clock.ts';
import { type Answer, type ArmRequest, bodyOf, ok, param, type World } from '../exchange.ts';
import { keyOf } from '../identity.ts';
import { Refusal, resourceNotFound } from '../refusal.ts';
import type { Vault } from '../state.ts';
import { invalidInput, vaultIn } from './names.ts';
import type { GuardLink } from './state.ts';

const items = 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems';

/** Critical operations and the request that the guard has for each (recorded in resourceGuardProxies_list). */
const critical = [
  [`${items}/delete`, 'deleteProtectedItemRequests'],
  [`${items}/write`, 'updateProtectedItemRequests'],
  ['Microsoft.RecoveryServices/vaults/backupPolicies/write', 'updateProtectionPolicyRequests'],
  ['Microsoft.RecoveryServices/vaults/backupResourceGuardProxies/delete', 'deleteResourceGuardProxyRequests'],
  ['Microsoft.RecoveryServices/vaults/backupSecurityPIN/action', 'getBackupSecurityPINRequests'],
  ['Microsoft.RecoveryServices/vaults/backupconfig/write', 'disableSoftDeleteRequests'],
] as const;

/**
 * Refuses a critical write on a vault with a Resource Guard that does not name the guard's request. The message is
 * Azure's; the code is ours, since Azure's is not known.
 */
export function checkGuard(
  request: ArmRequest,
  world: World,
  of: { vault: Vault; kind: string; requests: readonly string[] | undefined },
): void {
  const { guard } = of.vault.backup;
  if (guard === undefined) return;
  const wanted = keyOf(`${guard.guard}/${of.kind}/default`);
  if (!(of.requests ?? []).some((one) => keyOf(one) === wanted)) throw guardRefusal();
  const scope = `${guard.guard}/${of.kind}`;
  requireLinked(request, world, {
    own: `${items}/write`,
    linked: [{ action: `Microsoft.DataProtection/resourceGuards/${of.kind}/read`, scope }],
  });
}

/** Refuses the deletion of a guarded item that was not unlocked before. */
export function checkUnlocked(vault: Vault, world: World): void {
  const { guard } = vault.backup;
  if (guard !== undefined && (guard.unlockedUntil ?? 0) <= world.now) throw guardRefusal();
}

function guardRefusal(): Refusal {
  const text = 'ResourceGuard Operation requestid is either null or empty';
  return new Refusal(400, 'SimulatedResourceGuardRequestMissing', text, { cause: 'service' });
}

/** GET of the guard links of a vault: one or none. */
export function listGuards(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  return ok({ value: vault.backup.guard === undefined ? [] : [renderGuard(vault, vault.backup.guard)] });
}

/** GET of the guard link; 404 where MUA is off. */
export function getGuard(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  return ok(renderGuard(vault, guardOf(request, vault)));
}

function guardOf(request: ArmRequest, vault: Vault): GuardLink {
  if (vault.backup.guard !== undefined) return vault.backup.guard;
  const name = `${vault.name}/${param(request, 'guard')}`;
  throw resourceNotFound('Microsoft.RecoveryServices/vaults/backupResourceGuardProxies', name, vault.group);
}

const guardBody = z.object({ properties: z.looseObject({ resourceGuardResourceId: z.string() }) });

/** PUT of the guard link: switches multi-user authorization on. */
export function putGuard(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const { resourceGuardResourceId } = bodyOf(request, guardBody, invalidInput).properties;
  vault.backup.guard = { guard: resourceGuardResourceId, updated: world.now, description: 'Resource guard' };
  return ok(renderGuard(vault, vault.backup.guard));
}

/** DELETE of the guard link; itself critical, so it must be unlocked. */
export function deleteGuard(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  if (vault.backup.guard === undefined) return { status: 204 };
  checkUnlocked(vault, world);
  delete vault.backup.guard;
  return { status: 200 };
}

const unlockBody = z.object({
  resourceGuardOperationRequests: z.array(z.string()).min(1),
  resourceToBeDeleted: z.string().optional(),
});

/** POST unlockDelete: deletions are allowed for ten minutes. */
export function unlockDelete(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const guard = guardOf(request, vault);
  const { resourceGuardOperationRequests: requests } = bodyOf(request, unlockBody, invalidInput);
  if (!requests.every((one) => keyOf(one).startsWith(`${keyOf(guard.guard)}/`))) throw guardRefusal();
  guard.unlockedUntil = world.now + 10 * span.minute;
  return ok({ unlockDeleteExpiryTime: azureTime(guard.unlockedUntil) });
}

function renderGuard(vault: Vault, link: GuardLink): Record<string, unknown> {
  return {
    id: `${vault.id}/backupResourceGuardProxies/VaultProxy`,
    name: 'VaultProxy',
    type: 'Microsoft.RecoveryServices/vaults/backupResourceGuardProxies',
    properties: {
      resourceGuardResourceId: link.guard,
      resourceGuardOperationDetails: critical.map(([vaultCriticalOperation, kind]) => ({
        vaultCriticalOperation,
        defaultResourceRequest: `${link.guard}/${kind}/default`,
      })),
      lastUpdatedTime: azureTime(link.updated),
      description: link.description,
    },
  };
}
