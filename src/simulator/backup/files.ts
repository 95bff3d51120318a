import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { span } from '../clock.ts';
import { type Answer, type ArmRequest, bodyOf, type World } from '../exchange.ts';
import { stableNumber } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import { lasting } from '../schedule.ts';
import { invalidInput, itemId, itemIn, vaultIn } from './names.ts';
import { accepted } from './operations.ts';
import { pointIn } from './reads.ts';
import type { BackupPoint, ProtectedItem } from './state.ts';

const provisionBody = z.object({
  properties: z.looseObject({
    objectType: z.literal('IaasVMILRRegistrationRequest'),
    recoveryPointId: z.string(),
    virtualMachineId: z.string(),
    initiatorName: z.string().optional(),
    renewExistingRegistration: z.boolean().optional(),
  }),
});

/** How long a file-recovery session lasts. */
const session = 12 * span.hour;

/** POST provisionInstantItemRecovery: the script and its password come back in the operation's status. */
export function mountFiles(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const item = itemIn(request, vault);
  const point = pointIn(request, item, world);
  const { properties } = bodyOf(request, provisionBody, invalidInput);
  const mounted = (point.filesUntil ?? 0) > world.now;
  if (mounted && properties.renewExistingRegistration !== true) {
    const text = 'The recovery point is already mounted for file recovery.';
    throw new Refusal(400, 'UserErrorInstantItemRecoveryInProgress', text, { cause: 'service' });
  }
  const ready = world.now + lasting(world, 60 * span.second, 3 * span.second);
  point.filesUntil = ready + session;
  return accepted(request, world, {
    place: { vault, base: itemId(vault, item) },
    operation: { ready, properties: scriptsOf(item, point) },
  });
}

/** POST revokeInstantItemRecovery: ends the session. */
export function unmountFiles(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const item = itemIn(request, vault);
  const point = pointIn(request, item, world);
  delete point.filesUntil;
  const ready = world.now + lasting(world, 20 * span.second, 2 * span.second);
  return accepted(request, world, { place: { vault, base: itemId(vault, item) }, operation: { ready } });
}

/**
 * The scripts as Azure gives them: Linux as base64 text, Windows as an address; the password hides in the name's
 * suffix (15 characters after the 33rd of its last part), where the CLI takes it from.
 */
function scriptsOf(item: ProtectedItem, point: BackupPoint): Record<string, unknown> {
  const password = stableNumber(`${randomUUID()}`, 15);
  const mark = `${item.dataId}${point.name}`.padEnd(33, '0').slice(0, 33);
  const suffix = `${item.friendlyName}_we_${mark}${password}${'0'.repeat(8)}`;
  const script = `#!/bin/sh\n# Simulated: nothing is mounted.\nTargetPassword="${password}"\necho "$TargetPassword" > /dev/null\n`;
  const linux = {
    scriptContent: Buffer.from(script).toString('base64'),
    scriptExtension: '.py',
    osType: 'Linux',
    url: null,
    scriptNameSuffix: suffix,
  };
  const windows = {
    scriptContent: null,
    scriptExtension: '.exe',
    osType: 'Windows',
    url: 'https://download.microsoft.com/simulated/IaasVMILRExe.exe',
    scriptNameSuffix: suffix,
  };
  return { objectType: 'OperationStatusProvisionILRExtendedInfo', recoveryTarget: { clientScripts: [linux, windows] } };
}
