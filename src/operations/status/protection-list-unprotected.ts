import { z } from 'zod';
import { keyOf, resourceGroupOf } from '../../azure/arm-id.ts';
import type { ProtectedItem, Vault, Vm } from '../../azure/types.ts';
import type { Text } from '../../message.ts';
import { ageNote } from '../facts.ts';
import { type OperationTexts, type OwnLocale, own, reading } from '../operation.ts';
import { readable } from '../readable.ts';
import type { ListItem } from '../screen.ts';
import { goneForGoodAt, keepersOf } from '../soft-deleted.ts';
import { scopeParameters, scopeText, within } from './fleet-scope.ts';

const id = 'protection.list-unprotected';
const message = own(id);

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'List unprotected VMs',
    does: 'find VMs without a backup',
    example: 'what is not protected?',
    phrases: [
      'what is not protected',
      'what is unprotected',
      'which vms are not protected',
      'which vms have no backup',
      'unprotected vms',
      'list unprotected',
      'show unprotected vms',
      'vms without backup',
      'what is not backed up',
      'gaps in our backup',
      'what did we forget to back up',
      'machines missing from backup',
      'who is missing from backup',
      'what does nobody back up',
      'every vm that is not covered by a backup policy',
    ],
    messages: {
      some: '{count, plural, one {# VM of {total} has no working backup} other {# VMs of {total} have no working backup}}',
      none: 'All {total} VMs are protected',
      'never-protected': 'not in Azure Backup',
      stopped: 'protection is stopped, old recovery points are kept',
      deleted: 'backup data was deleted, recoverable until it is deleted for good {until}',
      'deleted-unsaid': 'backup data was deleted; Azure does not say how long it can be brought back',
      replicated: 'replicated by Site Recovery',
      where: '{group} · {region}',
    },
  },
  'pt-BR': {
    title: 'Listar VMs sem proteção',
    does: 'encontrar VMs sem backup',
    example: 'o que não está protegido?',
    phrases: [
      'o que não está protegido',
      'quais vms não estão protegidas',
      'quais vms não têm backup',
      'vms sem backup',
      'vms sem proteção',
      'listar vms desprotegidas',
      'vms desprotegidas',
      'o que está sem backup',
      'o que esquecemos de proteger',
      'o que nunca fez backup',
      'quem está fora do backup',
    ],
    messages: {
      some: '{count, plural, one {# VM de {total} está sem backup ativo} other {# VMs de {total} estão sem backup ativo}}',
      none: 'Todas as {total} VMs estão protegidas',
      'never-protected': 'fora do Azure Backup',
      stopped: 'a proteção está parada, os pontos antigos são mantidos',
      deleted: 'os dados de backup foram excluídos; recuperáveis até a exclusão definitiva {until}',
      'deleted-unsaid': 'os dados de backup foram excluídos; o Azure não diz até quando podem ser recuperados',
      replicated: 'replicada pelo Site Recovery',
      where: '{group} · {region}',
    },
  },
  it: {
    title: 'Elenca le VM non protette',
    does: 'trovare le VM senza backup',
    example: 'cosa non è protetto?',
    phrases: [
      'cosa non è protetto',
      'quali vm non sono protette',
      'quali vm non hanno backup',
      'vm senza backup',
      'vm non protette',
      'elenca le vm non protette',
      'cosa è senza backup',
      'cosa ci siamo dimenticati di proteggere',
      'quali vm non sono mai state salvate',
      'chi manca dal backup',
      'di cosa nessuno fa il backup',
    ],
    messages: {
      some: '{count, plural, one {# VM su {total} è senza un backup attivo} other {# VM su {total} sono senza un backup attivo}}',
      none: 'Tutte le {total} VM sono protette',
      'never-protected': 'non è in Azure Backup',
      stopped: 'la protezione è interrotta, i punti esistenti sono conservati',
      deleted: 'i dati di backup sono stati eliminati; recuperabili fino all’eliminazione definitiva {until}',
      'deleted-unsaid': 'i dati di backup sono stati eliminati; Azure non dice fino a quando si possono recuperare',
      replicated: 'replicata da Site Recovery',
      where: '{group} · {region}',
    },
  },
};

export const protectionListUnprotected = reading({
  id,
  area: 'status',
  intentions: ['protected', 'daily'],
  risk: 'read',
  texts,
  parameters: z.object(scopeParameters),
  actions: ['Microsoft.Compute/virtualMachines/read'],
  rights: async () => [],

  async answer(context, scope) {
    const { inventory } = context.azure;
    const [vms, items, replicated] = await Promise.all([
      inventory.vms(),
      inventory.protectedItems(),
      inventory.replicatedItems(),
    ]);
    const names = scope.subscription === undefined ? [] : (await inventory.subscriptions()).value;
    const wanted = vms.value.filter(within(scope, names));
    const seen = await readable(context, 'Microsoft.Compute/virtualMachines/read', wanted);
    const where = scopeText(scope);
    const itemOf = new Map(items.value.map((item) => [keyOf(item.vmId), item]));
    const keepers = await keepersOf(context, items.value);
    const replicas = new Set(replicated.value.map((item) => keyOf(item.vmId)));
    const lacking = seen.filter((vm) => !works(itemOf.get(keyOf(vm.id)))).sort((a, b) => a.name.localeCompare(b.name));
    return {
      title: message(lacking.length === 0 ? 'none' : 'some', { count: lacking.length, total: seen.length }),
      tone: lacking.length === 0 ? 'good' : 'warning',
      ...(where !== undefined && { lead: where }),
      items: lacking.map((vm) =>
        line(vm, { item: itemOf.get(keyOf(vm.id)), replicated: replicas.has(keyOf(vm.id)), keepers }),
      ),
      notes: [ageNote(vms)],
    };
  },
});

/** New recovery points are being made. A failed last backup is protection that needs attention, not its absence. */
function works(item: ProtectedItem | undefined): boolean {
  return item !== undefined && !item.softDeleted && item.protectionState !== 'ProtectionStopped';
}

interface Known {
  readonly item: ProtectedItem | undefined;
  readonly replicated: boolean;
  readonly keepers: readonly Vault[];
}

function line(vm: Vm, { item, replicated, keepers }: Known): ListItem {
  const why = whyOf(item, keepers);
  const details: Text[] = [message('where', { group: resourceGroupOf(vm.id), region: vm.location }), why];
  if (replicated) details.push(message('replicated'));
  return {
    title: vm.name,
    tone: item === undefined ? 'bad' : 'warning',
    details,
    opens: { operation: 'protection.show', parameters: { vm: vm.id } },
  };
}

function whyOf(item: ProtectedItem | undefined, keepers: readonly Vault[]): Text {
  if (item === undefined) return message('never-protected');
  if (!item.softDeleted) return message('stopped');
  const until = goneForGoodAt(item, keepers);
  return until === undefined ? message('deleted-unsaid') : message('deleted', { until: { age: until } });
}
