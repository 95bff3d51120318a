import { z } from 'zod';
import { span } from '../clock.ts';
import { type Answer, type ArmRequest, bodyOf, ok, type World } from '../exchange.ts';
import { keyOf, nameOf } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import { lasting } from '../schedule.ts';
import type { Vault } from '../state.ts';
import { invalidInput, vaultIn } from './names.ts';
import { accepted } from './operations.ts';
import { livePoints } from './reads.ts';
import { checkRestore, restoreProperties, targetOf } from './restore.ts';
import type { ProtectedItem } from './state.ts';

const validateBody = z.object({
  id: z.string().optional(),
  properties: z.looseObject({
    objectType: z.string(),
    restoreRequest: restoreProperties,
  }),
});
const oldBody = z.looseObject({ objectType: z.string(), restoreRequest: restoreProperties });

/** POST backupTriggerValidateOperation: what is wrong with a restore comes back in the operation's result. */
export function triggerValidate(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const body = bodyOf(request, validateBody, invalidInput);
  const result = {
    validateOperationResponse: { validationResults: validate(world, vault, body.properties.restoreRequest) },
  };
  const place = {
    vault,
    base: vault.id,
    status: 'backupValidateOperationsStatuses',
    result: 'backupValidateOperationResults',
  };
  const ready = world.now + lasting(world, 10 * span.second, span.second);
  const properties = { objectType: 'OperationStatusValidateOperationExtendedInfo', ...result };
  return accepted(request, world, { place, operation: { ready, result, properties } });
}

/** POST backupValidateOperation: the same at once. */
export function validateNow(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const body = bodyOf(request, oldBody, invalidInput);
  return ok({ validateOperationResponse: { validationResults: validate(world, vault, body.restoreRequest) } });
}

type Finding = { code: string; message: string; recommendations: string[] };

/** The refusals that a restore would meet, as findings; none where it would start. */
function validate(world: World, vault: Vault, properties: z.infer<typeof restoreProperties>): Finding[] {
  const item = itemOfVm(vault, properties.sourceResourceId);
  const point =
    item === undefined
      ? undefined
      : livePoints(item, world).find(({ name }) => name === nameOf(properties.recoveryPointId));
  if (item === undefined || point === undefined)
    return [finding('UserErrorRecoveryPointNotFound', 'The recovery point was not found.')];
  try {
    const restore = { vault, item, point, properties };
    checkRestore(world, restore, targetOf(world, restore));
    return [];
  } catch (cause) {
    if (cause instanceof Refusal) return [finding(cause.code, cause.message)];
    throw cause;
  }
}

function finding(code: string, message: string): Finding {
  return { code, message, recommendations: [] };
}

function itemOfVm(vault: Vault, vm: string | undefined): ProtectedItem | undefined {
  return Object.values(vault.backup.items).find((item) => keyOf(item.vm) === keyOf(vm ?? ''));
}
