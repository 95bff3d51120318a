import { nameOf } from './arm-id.ts';
import { backupPolicy, guardProxy, vaultSettings } from './backup-vault-models.ts';
import { read, readAll } from './exchange.ts';
import type { VaultGatewayOptions } from './gateway-options.ts';
import { vaultPath } from './paths.ts';
import type { BackupGateway } from './ports.ts';

type Vaults = Pick<BackupGateway, 'vault' | 'guardOf' | 'policies'>;

/** What a vault is set to, who guards it, and the policies in it. */
export function backupVaults({ clients, now }: VaultGatewayOptions): Vaults {
  return {
    async vault(vaultId) {
      const { subscriptionId, resourceGroup, vault } = vaultPath(vaultId);
      const client = await clients.vaults(subscriptionId, 'patient');
      return await read(vaultSettings, now, (options) => client.vaults.get(resourceGroup, vault, options));
    },
    async guardOf(vaultId) {
      const { subscriptionId, resourceGroup, vault } = vaultPath(vaultId);
      const client = await clients.backup(subscriptionId, 'patient');
      const [found] = await readAll(guardProxy, now, (options) =>
        client.resourceGuardProxies.list(vault, resourceGroup, options),
      );
      return found === undefined ? undefined : { id: found.guard, name: nameOf(found.guard), protects: found.protects };
    },
    async policies(vaultId) {
      const { subscriptionId, resourceGroup, vault } = vaultPath(vaultId);
      const client = await clients.backup(subscriptionId, 'patient');
      const filter = "backupManagementType eq 'AzureIaasVM'";
      const found = await readAll(backupPolicy, now, (options) =>
        client.backupPolicies.list(vault, resourceGroup, { ...options, filter }),
      );
      return found.toSorted((a, b) => a.name.localeCompare(b.name));
    },
  };
}
