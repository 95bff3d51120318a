import type { BotIdentity, TeamsIdentity } from '../options.ts';

const appTypes: readonly string[] = [
  'SingleTenant',
  'UserAssignedMSI',
  'MultiTenant',
] satisfies TeamsIdentity['appType'][];

/**
 * Refuses an identity with which Bot Framework would quietly switch authentication off (teams-platform 0.5): no app id, a
 * mistyped app type. All faults at once.
 * @throws TypeError
 */
export function checkIdentity(identity: BotIdentity, allowedTenants: readonly string[]): void {
  const faults = identity.kind === 'practice' ? practiceFaults(identity) : teamsFaults(identity);
  if (allowedTenants.length === 0) faults.push('no tenant is allowed (ALLOWED_TENANTS)');
  if (faults.length > 0) throw new TypeError(`The bot cannot start: ${faults.join('; ')}.`);
}

function practiceFaults(identity: object): string[] {
  const borrowed = ['appId', 'credential', 'tenantId'].filter((field) => field in identity);
  return borrowed.length === 0 ? [] : [`practice mode must not have Teams credentials (${borrowed.join(', ')})`];
}

function teamsFaults(identity: TeamsIdentity): string[] {
  const faults: string[] = [];
  if (identity.appId.trim() === '') faults.push('the app id is missing (MicrosoftAppId)');
  if (!appTypes.includes(identity.appType)) {
    faults.push(`"${identity.appType}" is no app type (MicrosoftAppType: ${appTypes.join(', ')})`);
  }
  if (identity.tenantId.trim() === '') faults.push('the tenant of the app is missing (MicrosoftAppTenantId)');
  return faults;
}
