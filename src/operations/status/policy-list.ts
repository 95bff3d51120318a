import { z } from 'zod';
import { keyOf, nameOf } from '../../azure/arm-id.ts';
import type { BackupPolicy, ProtectedItem } from '../../azure/types.ts';
import type { Text } from '../../message.ts';
import { type OperationTexts, type OwnLocale, own, reading } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { ListItem } from '../screen.ts';
import { readVault, vaultChoices } from '../vaults.ts';

const id = 'policy.list';
const message = own(id);
const action = 'Microsoft.RecoveryServices/Vaults/backupPolicies/read';

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'List backup policies',
    does: 'see the backup policies of a vault',
    example: 'backup policies of vault rsv-prod-weu',
    phrases: [
      'backup policies',
      'list backup policies',
      'backup policies of vault {vault}',
      'policies of vault {vault}',
      'show policies of vault {vault}',
      'which policies does vault {vault} have',
      'which backup policies exist',
      'which policies are there',
      'which policies do we have',
      'schedule and retention of the policies of vault {vault}',
      'how long do our policies keep backups',
      'what do our backup policies look like',
      'how often do our policies run',
    ],
    messages: {
      heading: '{count, plural, =0 {No policies in {vault}} one {# policy in {vault}} other {# policies in {vault}}}',
      Hourly: 'every few hours',
      Daily: 'every day',
      Weekly: 'every week',
      kept: 'kept {days, plural, one {# day} other {# days}}',
      instant: 'fast restore for {days, plural, one {# day} other {# days}}',
      enhanced: 'enhanced',
      'used-by': 'used by {count, plural, =0 {no VM} one {# VM} other {# VMs}}',
    },
  },
  'pt-BR': {
    title: 'Listar políticas de backup',
    does: 'ver as políticas de backup de um cofre',
    example: 'políticas de backup do cofre rsv-prod-weu',
    phrases: [
      'políticas de backup',
      'listar políticas de backup',
      'políticas de backup do cofre {vault}',
      'políticas do cofre {vault}',
      'mostrar as políticas do cofre {vault}',
      'quais políticas de backup existem',
      'quais políticas temos',
      'quais políticas o cofre {vault} tem',
    ],
    messages: {
      heading:
        '{count, plural, =0 {Nenhuma política em {vault}} one {# política em {vault}} other {# políticas em {vault}}}',
      Hourly: 'de poucas em poucas horas',
      Daily: 'todo dia',
      Weekly: 'toda semana',
      kept: 'mantido por {days, plural, one {# dia} other {# dias}}',
      instant: 'restauração rápida por {days, plural, one {# dia} other {# dias}}',
      enhanced: 'aprimorada',
      'used-by': 'usada por {count, plural, =0 {nenhuma VM} one {# VM} other {# VMs}}',
    },
  },
  it: {
    title: 'Elenca i criteri di backup',
    does: 'vedere i criteri di backup di un insieme di credenziali',
    example: 'criteri di backup del vault rsv-prod-weu',
    phrases: [
      'criteri di backup',
      'elenca i criteri di backup',
      'criteri di backup del vault {vault}',
      'criteri del vault {vault}',
      'mostra i criteri del vault {vault}',
      'quali criteri di backup ci sono',
      'quali criteri abbiamo',
      'quali criteri ha il vault {vault}',
    ],
    messages: {
      heading:
        '{count, plural, =0 {Nessun criterio in {vault}} one {# criterio in {vault}} other {# criteri in {vault}}}',
      Hourly: 'ogni poche ore',
      Daily: 'ogni giorno',
      Weekly: 'ogni settimana',
      kept: 'conservato {days, plural, one {# giorno} other {# giorni}}',
      instant: 'ripristino rapido per {days, plural, one {# giorno} other {# giorni}}',
      enhanced: 'avanzato',
      'used-by': 'usato da {count, plural, =0 {nessuna VM} one {# VM} other {# VM}}',
    },
  },
};

export const policyList = reading({
  id,
  area: 'status',
  intentions: ['protected'],
  risk: 'read',
  texts,
  parameters: z.object({ vault: parameter.vault() }),
  actions: [action],
  rights: async (_, { vault }) => [{ action: readVault, scope: vault }],
  choices: async (context, name) => (name === 'vault' ? await vaultChoices(context) : []),

  async answer(context, { vault }) {
    const [policies, items] = await Promise.all([
      context.azure.backup.policies(vault),
      context.azure.inventory.protectedItems(),
    ]);
    const here = items.value.filter((item) => keyOf(item.vaultId) === keyOf(vault));
    return {
      title: message('heading', { count: policies.length, vault: nameOf(vault) }),
      tone: 'neutral',
      items: policies.map((policy) => line(policy, here)),
    };
  },
});

function line(policy: BackupPolicy, items: readonly ProtectedItem[]): ListItem {
  const users = items.filter((item) => item.policyName !== undefined && keyOf(item.policyName) === keyOf(policy.name));
  return { title: policy.name, details: [...policyDetails(policy), message('used-by', { count: users.length })] };
}

/** How often a policy backs up and how long it keeps what it makes. */
export function policyDetails(policy: BackupPolicy): readonly Text[] {
  const { frequency = '', retentionDays, instantDays } = policy;
  const known = ['Hourly', 'Daily', 'Weekly'].includes(frequency);
  return [
    ...(known ? [message(frequency)] : frequency === '' ? [] : [frequency]),
    ...(retentionDays === undefined ? [] : [message('kept', { days: retentionDays })]),
    ...(instantDays === undefined ? [] : [message('instant', { days: instantDays })]),
    ...(policy.enhanced ? [message('enhanced')] : []),
  ];
}
