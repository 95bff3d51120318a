import { z } from 'zod';
import { keyOf, nameOf } from '../../azure/arm-id.ts';
import type { ProtectedItem, ResourceGuard, VaultSettings } from '../../azure/types.ts';
import { fact, look, type Seen } from '../facts.ts';
import { type OperationTexts, type OwnLocale, own, reading } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Fact, Section, Suggestion, Tone } from '../screen.ts';
import { readVault, vaultChoices, vaultWithGroup } from '../vaults.ts';

const id = 'vault.show';
const message = own(id);

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Show a vault',
    does: 'see how safe a vault keeps its backups',
    example: 'show vault rsv-prod-weu',
    phrases: [
      'show vault {vault}',
      'vault {vault}',
      'settings of vault {vault}',
      'is vault {vault} immutable',
      'is vault {vault} geo-redundant',
      'soft delete of vault {vault}',
      'immutability of vault {vault}',
      'does {vault} have soft delete',
      'does {vault} have soft delete enabled',
      'is {vault} immutable',
      'how secure is vault {vault}',
      'how safe is vault {vault}',
      'is immutability enabled on vault {vault}',
      'is soft delete on for vault {vault}',
      'is cross region restore on for vault {vault}',
      'details of vault {vault}',
      'redundancy of vault {vault}',
      'does vault {vault} use geo redundant storage',
      'how is vault {vault} configured',
      'details of {vault}',
      'settings of {vault}',
      'show {vault}',
      'redundancy of {vault}',
      'immutability of {vault}',
      'soft delete of {vault}',
      'is soft delete enabled on {vault}',
      'is soft delete on in {vault}',
      'is immutability on in {vault}',
      'what redundancy does {vault} have',
      'which redundancy has {vault}',
      'how is {vault} set up',
      'how is {vault} configured',
      'info about vault {vault}',
      'what is in vault {vault}',
      'is {vault} geo redundant',
      'is {vault} zone redundant',
      'is {vault} locally redundant',
      'does {vault} have immutability',
      'does {vault} have cross region restore',
      'is cross region restore enabled on {vault}',
      'security settings of {vault}',
      'configuration of {vault}',
      'how many items does {vault} have',
      'what is {vault}',
      'status of vault {vault}',
      'encryption of {vault}',
      'storage type of {vault}',
    ],
    messages: {
      heading: 'Vault {vault}',
      where: '{vault} · {region}',
      storage: 'Storage',
      GeoRedundant: 'geo-redundant: copied to the paired region',
      LocallyRedundant: 'locally redundant: one data centre, lost with it',
      ZoneRedundant: 'zone-redundant: several zones of one region',
      unknown: 'not told by Azure',
      'cross-on': 'on: vault-tier points can be restored in the paired region',
      'cross-off': 'off',
      safety: 'Against deletion',
      'soft-off': 'off: deleted backup data is gone at once',
      'soft-on': 'on: deleted data can be brought back for {days, plural, one {# day} other {# days}}',
      'soft-always': 'always on: deleted data can be brought back for {days, plural, one {# day} other {# days}}',
      'immutable-off': 'off',
      'immutable-unlocked':
        'on, not locked: points cannot be deleted before they expire; an administrator can still switch it off',
      'immutable-locked': 'locked for good: points cannot be deleted before they expire',
      'guard-on': 'on: the Resource Guard {guard} protects {count, plural, one {# operation} other {# operations}}',
      'guard-off': 'off: one person can stop protection or delete',
      content: 'What it holds',
      items: '{count, plural, =0 {no VMs} one {# VM} other {# VMs}}',
      deleted: '{count, plural, =0 {no VMs} one {# VM, recoverable} other {# VMs, recoverable}}',
      'do-policies': 'Policies',
      'do-jobs': 'Jobs',
      'do-vaults': 'All vaults',
    },
  },
  'pt-BR': {
    title: 'Mostrar um cofre',
    does: 'ver com que segurança um cofre guarda os backups',
    example: 'mostrar o cofre rsv-prod-weu',
    phrases: [
      'mostrar o cofre {vault}',
      'cofre {vault}',
      'configurações do cofre {vault}',
      'o cofre {vault} é imutável',
      'imutabilidade do cofre {vault}',
      'exclusão temporária do cofre {vault}',
      '{vault} tem exclusão temporária',
      'quão seguro é o cofre {vault}',
      'a imutabilidade está ativada no cofre {vault}',
      'detalhes do cofre {vault}',
      'restauração entre regiões do cofre {vault}',
      'redundância do cofre {vault}',
      'como está configurado o cofre {vault}',
    ],
    messages: {
      heading: 'Cofre {vault}',
      where: '{vault} · {region}',
      storage: 'Armazenamento',
      GeoRedundant: 'com redundância geográfica: copiado para a região emparelhada',
      LocallyRedundant: 'com redundância local: um só data center, perdido com ele',
      ZoneRedundant: 'com redundância de zona: várias zonas de uma região',
      unknown: 'não informado pelo Azure',
      'cross-on': 'ativada: pontos da camada do cofre podem ser restaurados na região emparelhada',
      'cross-off': 'desativada',
      safety: 'Contra exclusão',
      'soft-off': 'desativada: dados de backup excluídos somem na hora',
      'soft-on': 'ativada: dados excluídos podem ser recuperados por {days, plural, one {# dia} other {# dias}}',
      'soft-always':
        'sempre ativada: dados excluídos podem ser recuperados por {days, plural, one {# dia} other {# dias}}',
      'immutable-off': 'desativada',
      'immutable-unlocked':
        'ativada, não bloqueada: os pontos não podem ser excluídos antes de expirar; um administrador ainda pode desativá-la',
      'immutable-locked': 'bloqueada em definitivo: os pontos não podem ser excluídos antes de expirar',
      'guard-on': 'ativada: o Resource Guard {guard} protege {count, plural, one {# operação} other {# operações}}',
      'guard-off': 'desativada: uma só pessoa pode parar a proteção ou excluir',
      content: 'O que contém',
      items: '{count, plural, =0 {nenhuma VM} one {# VM} other {# VMs}}',
      deleted: '{count, plural, =0 {nenhuma VM} one {# VM, recuperável} other {# VMs, recuperáveis}}',
      'do-policies': 'Políticas',
      'do-jobs': 'Trabalhos',
      'do-vaults': 'Todos os cofres',
    },
  },
  it: {
    title: 'Mostra un insieme di credenziali',
    does: 'vedere quanto è sicuro un insieme di credenziali',
    example: 'mostra l’insieme di credenziali rsv-prod-weu',
    phrases: [
      'mostra l’insieme di credenziali {vault}',
      'insieme di credenziali {vault}',
      'mostra il vault {vault}',
      'impostazioni del vault {vault}',
      'il vault {vault} è immutabile',
      'immutabilità del vault {vault}',
      '{vault} ha l’eliminazione temporanea',
      '{vault} ha l’eliminazione temporanea attiva',
      'quanto è sicuro il vault {vault}',
      'l’immutabilità è attiva nel vault {vault}',
      'dettagli del vault {vault}',
      'ripristino tra aree del vault {vault}',
      'ridondanza del vault {vault}',
      'come è configurato il vault {vault}',
      'soft delete del vault {vault}',
      'il vault {vault} ha il soft delete',
      'configurazione di {vault}',
      'com’è configurato {vault}',
      'dettagli di {vault}',
      'ridondanza di {vault}',
      'mostra {vault}',
      '{vault} è immutabile',
      'stato del vault {vault}',
      'sicurezza del vault {vault}',
      'cross region restore di {vault}',
    ],
    messages: {
      heading: 'Insieme di credenziali {vault}',
      where: '{vault} · {region}',
      storage: 'Archiviazione',
      GeoRedundant: 'con ridondanza geografica: copiato nell’area abbinata',
      LocallyRedundant: 'con ridondanza locale: un solo data center, perso con esso',
      ZoneRedundant: 'con ridondanza della zona: più zone di un’area',
      unknown: 'non comunicato da Azure',
      'cross-on': 'attivo: i punti del livello insieme di credenziali si ripristinano anche nell’area abbinata',
      'cross-off': 'non attivo',
      safety: 'Contro l’eliminazione',
      'soft-off': 'disattivata: i dati di backup eliminati spariscono subito',
      'soft-on': 'attiva: i dati eliminati si recuperano per {days, plural, one {# giorno} other {# giorni}}',
      'soft-always':
        'sempre attiva: i dati eliminati si recuperano per {days, plural, one {# giorno} other {# giorni}}',
      'immutable-off': 'disattivata',
      'immutable-unlocked':
        'attiva, non bloccata: i punti non si eliminano prima della scadenza; un amministratore può ancora disattivarla',
      'immutable-locked': 'bloccata per sempre: i punti non si eliminano prima della scadenza',
      'guard-on': 'attiva: il Resource Guard {guard} protegge {count, plural, one {# operazione} other {# operazioni}}',
      'guard-off': 'disattivata: una sola persona può interrompere la protezione o eliminare',
      content: 'Che cosa contiene',
      items: '{count, plural, =0 {nessuna VM} one {# VM} other {# VM}}',
      deleted: '{count, plural, =0 {nessuna VM} one {# VM, recuperabile} other {# VM, recuperabili}}',
      'do-policies': 'Criteri',
      'do-jobs': 'Processi',
      'do-vaults': 'Tutti gli insiemi',
    },
  },
};

export const vaultShow = reading({
  id,
  area: 'status',
  intentions: ['protected'],
  risk: 'read',
  texts,
  parameters: z.object({ vault: parameter.vault() }),
  actions: [readVault, 'Microsoft.RecoveryServices/Vaults/backupResourceGuardProxies/read'],
  rights: async (_, { vault }) => [{ action: readVault, scope: vault }],
  choices: async (context, name) => (name === 'vault' ? await vaultChoices(context) : []),

  async answer(context, { vault: vaultId }) {
    const { backup, inventory } = context.azure;
    const [vault, guard, items] = await Promise.all([
      backup.vault(vaultId),
      look(nameOf(vaultId), backup.guardOf(vaultId)),
      inventory.protectedItems(),
    ]);
    const here = items.value.filter((item) => keyOf(item.vaultId) === keyOf(vaultId));
    return {
      title: message('heading', { vault: vault.name }),
      tone: toneOf(vault),
      lead: message('where', { vault: vaultWithGroup(vault.id), region: vault.location }),
      sections: [storage(vault), safety(vault, guard), content(here)],
      suggestions: after(vault.id),
    };
  },
});

const immutability = { off: 'immutable-off', unlocked: 'immutable-unlocked', locked: 'immutable-locked' } as const;

/** What can be deleted in a moment deserves a warning, whatever else is well. */
function toneOf({ softDelete, immutability }: VaultSettings): Tone {
  if (softDelete === 'unknown') return 'unknown';
  return softDelete === 'off' && immutability === 'off' ? 'warning' : 'good';
}

function storage(vault: VaultSettings): Section {
  const known = ['GeoRedundant', 'LocallyRedundant', 'ZoneRedundant'];
  const { redundancy = '' } = vault;
  return {
    title: message('storage'),
    tone: redundancy === 'LocallyRedundant' ? 'warning' : redundancy === '' ? 'unknown' : 'good',
    facts: [
      fact('redundancy', known.includes(redundancy) ? message(redundancy) : redundancy || message('unknown')),
      fact('cross-region', message(vault.crossRegionRestore ? 'cross-on' : 'cross-off')),
    ],
  };
}

function safety(vault: VaultSettings, guard: Seen<ResourceGuard | undefined>): Section {
  return {
    title: message('safety'),
    tone: toneOf(vault),
    facts: [
      fact('soft-delete', softDelete(vault)),
      fact('immutability', message(immutability[vault.immutability])),
      guardFact(guard),
    ],
  };
}

function softDelete({ softDelete: state, softDeleteDays = 14 }: VaultSettings) {
  if (state === 'unknown') return message('unknown');
  return state === 'off'
    ? message('soft-off')
    : message(state === 'on' ? 'soft-on' : 'soft-always', { days: softDeleteDays });
}

function guardFact(guard: Seen<ResourceGuard | undefined>): Fact {
  if (!guard.seen) return fact('guard', guard.why);
  const found = guard.value;
  return fact(
    'guard',
    found === undefined
      ? message('guard-off')
      : message('guard-on', { guard: found.name, count: found.protects.length }),
  );
}

function content(items: readonly ProtectedItem[]): Section {
  const deleted = items.filter((item) => item.softDeleted).length;
  return {
    title: message('content'),
    tone: 'neutral',
    facts: [
      fact('protected-vms', message('items', { count: items.length - deleted })),
      fact('soft-deleted', message('deleted', { count: deleted })),
    ],
  };
}

function after(vault: string): readonly Suggestion[] {
  return [
    { title: message('do-policies'), wish: { operation: 'policy.list', parameters: { vault } } },
    { title: message('do-jobs'), wish: { operation: 'backup-job.list', parameters: {} } },
    { title: message('do-vaults'), wish: { operation: 'vault.list', parameters: {} } },
  ];
}
