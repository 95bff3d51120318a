import { z } from 'zod';
import { keyOf } from '../../azure/arm-id.ts';
import type { ProtectedItem, Vault } from '../../azure/types.ts';
import { ageNote } from '../facts.ts';
import { type OperationTexts, type OwnLocale, own, reading } from '../operation.ts';
import type { ListItem } from '../screen.ts';
import { readVault, vaultsSeen } from '../vaults.ts';

const id = 'vault.list';
const message = own(id);

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'List vaults',
    does: 'see the Recovery Services vaults',
    example: 'list vaults',
    phrases: [
      'list vaults',
      'vaults',
      'show vaults',
      'show all vaults',
      'which vaults are there',
      'recovery services vaults',
      'which vault holds our backups',
      'where are our backups stored',
      'overview of the vaults',
    ],
    messages: {
      heading: '{count, plural, =0 {No vaults} one {# vault} other {# vaults}}',
      items: '{count, plural, =0 {no protected VMs} one {# protected VM} other {# protected VMs}}',
      deleted: '{count, plural, one {# soft-deleted} other {# soft-deleted}}',
    },
  },
  'pt-BR': {
    title: 'Listar cofres',
    does: 'ver os cofres dos Serviços de Recuperação',
    example: 'listar cofres',
    phrases: [
      'listar cofres',
      'cofres',
      'mostrar os cofres',
      'quais cofres existem',
      'lista de cofres',
      'ver os cofres',
      'em qual cofre estão nossos backups',
    ],
    messages: {
      heading: '{count, plural, =0 {Nenhum cofre} one {# cofre} other {# cofres}}',
      items: '{count, plural, =0 {nenhuma VM protegida} one {# VM protegida} other {# VMs protegidas}}',
      deleted: '{count, plural, one {# em exclusão temporária} other {# em exclusão temporária}}',
    },
  },
  it: {
    title: 'Elenca gli insiemi di credenziali',
    does: 'vedere gli insiemi di credenziali di Servizi di ripristino',
    example: 'elenca gli insiemi di credenziali',
    phrases: [
      'elenca gli insiemi di credenziali',
      'insiemi di credenziali',
      'mostra gli insiemi di credenziali',
      'quali insiemi di credenziali ci sono',
      'elenca i vault',
      'mostra i vault',
      'in quale vault sono i nostri backup',
    ],
    messages: {
      heading:
        '{count, plural, =0 {Nessun insieme di credenziali} one {# insieme di credenziali} other {# insiemi di credenziali}}',
      items: '{count, plural, =0 {nessuna VM protetta} one {# VM protetta} other {# VM protette}}',
      deleted: '{count, plural, one {# eliminata temporaneamente} other {# eliminate temporaneamente}}',
    },
  },
};

export const vaultList = reading({
  id,
  area: 'status',
  intentions: ['protected'],
  risk: 'read',
  texts,
  parameters: z.object({}),
  actions: [readVault],
  rights: async () => [],

  async answer(context) {
    const [vaults, items] = await Promise.all([vaultsSeen(context), context.azure.inventory.protectedItems()]);
    return {
      title: message('heading', { count: vaults.length }),
      tone: 'neutral',
      items: vaults.map((vault) => line(vault, items.value)),
      notes: [ageNote(items)],
    };
  },
});

function line(vault: Vault, items: readonly ProtectedItem[]): ListItem {
  const here = items.filter((item) => keyOf(item.vaultId) === keyOf(vault.id));
  const deleted = here.filter((item) => item.softDeleted).length;
  return {
    title: vault.name,
    details: [
      { message: 'fact.place', values: { group: vault.resourceGroup, region: vault.location } },
      message('items', { count: here.length - deleted }),
      ...(deleted > 0 ? [message('deleted', { count: deleted })] : []),
    ],
    opens: { operation: 'vault.show', parameters: { vault: vault.id } },
  };
}
