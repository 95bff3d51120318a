import { vaultIn } from '../backup/names.ts';
import { azureTime } from '../clock.ts';
import { type Answer, type ArmRequest, ok, queryOf, type World } from '../exchange.ts';
import { parseFilter, wanted } from '../filters.ts';
import { keyOf, stableGuid } from '../identity.ts';
import { fabricId, siteId } from './names.ts';

const vaults = 'Microsoft.RecoveryServices/vaults';

/** GET of alert settings. */
export function listAlertSettings(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const name = 'defaultAlertSetting';
  const id = `${siteId(vault)}/replicationAlertSettings/${name}`;
  const properties = { sendToOwners: 'Send', customEmailAddresses: vault.recovery.alertEmails, locale: 'en-US' };
  return ok({ value: [{ type: `${vaults}/replicationAlertSettings`, id, name, properties }] });
}

/** GET of the vault's health: counts, and the items that have errors. */
export function vaultHealth(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const items = Object.values(vault.recovery.items);
  const issues = items.flatMap((item) =>
    item.errors.map((error) => ({
      summaryCode: error.code,
      category: error.category,
      severity: error.level,
      summaryMessage: error.message,
      affectedResourceType: 'replicationProtectedItems',
      affectedResourceSubtype: 'A2A',
      affectedResourceCorrelationIds: [item.internalId],
    })),
  );
  const id = `${siteId(vault)}/replicationVaultHealth/Default`;
  const fabrics = { resourceCount: Object.keys(vault.recovery.fabrics).length, issues: [] };
  const properties = {
    vaultErrors: [],
    protectedItemsHealth: { resourceCount: items.length, issues },
    fabricsHealth: fabrics,
    containersHealth: { resourceCount: Object.keys(vault.recovery.containers).length, issues: [] },
  };
  return ok({ name: 'Default', type: `${vaults}/replicationVaultHealth`, id, properties });
}

/** GET of events: one for each health error, newest first. */
export function listEvents(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const severity = wanted(parseFilter(queryOf(request, '$filter')), 'Severity');
  const value = Object.values(vault.recovery.items)
    .flatMap((item) => item.errors.map((error) => ({ item, error })))
    .filter(({ error }) => severity === undefined || keyOf(severityOf(error.level)) === keyOf(severity))
    .sort((a, b) => b.error.at - a.error.at)
    .map(({ item, error }) => {
      const name = `VmMonitoringEvent;${stableGuid(`${item.internalId}:${error.code}`)}`;
      const properties = {
        eventCode: error.code,
        description: error.message,
        eventType: 'VmHealth',
        affectedObjectFriendlyName: item.friendlyName,
        severity: severityOf(error.level),
        timeOfOccurrence: azureTime(error.at),
        fabricId: fabricId(vault, item.fabric),
        providerSpecificDetails: { instanceType: 'A2A' },
        healthErrors: [],
      };
      return {
        type: `${vaults}/replicationEvents`,
        id: `${siteId(vault)}/replicationEvents/${name}`,
        name,
        properties,
      };
    });
  return ok({ value });
}

function severityOf(level: string): string {
  return level === 'Error' ? 'Critical' : 'Warning';
}
