import { z } from 'zod';
import { nameOf } from '../../azure/arm-id.ts';
import type { RecoveryPoint } from '../../azure/types.ts';
import { moment } from '../facts.ts';
import { protectedItemOf } from '../located.ts';
import { type OperationTexts, type OwnLocale, own, reading } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { ListItem } from '../screen.ts';

const id = 'recovery-point.list';
const message = own(id);

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'List recovery points',
    does: 'see the recovery points of a VM',
    example: 'recovery points of sql-prod-01',
    phrases: [
      'recovery points of {vm}',
      'list recovery points of {vm}',
      'show recovery points of {vm}',
      'restore points of {vm}',
      'which recovery points does {vm} have',
      'points in time of {vm}',
      'backups of {vm}',
      'list backups of {vm}',
      'recovery points of {vm} since {since}',
      'recovery points of {vm} until {until}',
      'how far back can I restore {vm}',
      'how far back can I go with {vm}',
      'from when can I restore {vm}',
      'what can I restore {vm} from',
      'oldest recovery point of {vm}',
      'which backups do we have of {vm}',
      'points available to restore {vm}',
      'recovery points available for {vm}',
      'how far back can we go for {vm}',
      'to which moments can {vm} go back',
      'which backups are available for {vm}',
      'to when can {vm} be restored',
      'when can i go back to on {vm}',
      'oldest backup of {vm}',
    ],
    messages: {
      heading:
        '{count, plural, =0 {No recovery points of {vm}} one {# recovery point of {vm}} other {# recovery points of {vm}}}',
      lead: 'Newest first, from the vault {vault}. Choose one to restore the VM as a new one.',
      application: 'application-consistent',
      'file-system': 'file-system-consistent',
      crash: 'crash-consistent',
      instant: 'instant tier',
      vault: 'vault tier',
      archive: 'archive tier',
      line: '{consistency} · {tiers}',
      expires: 'kept until {until}',
      backup: 'Back up now',
    },
  },
  'pt-BR': {
    title: 'Listar pontos de recuperação',
    does: 'ver os pontos de recuperação de uma VM',
    example: 'pontos de recuperação da sql-prod-01',
    phrases: [
      'pontos de recuperação da {vm}',
      'pontos de recuperação de {vm}',
      'listar pontos de recuperação da {vm}',
      'mostrar pontos de recuperação da {vm}',
      'quais pontos de recuperação a {vm} tem',
      'backups da {vm}',
      'pontos de restauração da {vm}',
      'pontos de recuperação da {vm} desde {since}',
      'até quando posso restaurar {vm}',
      'até onde posso voltar com {vm}',
      'até quando consigo voltar com {vm}',
      'até quando consigo voltar {vm}',
      'de quando posso restaurar {vm}',
      'ponto mais antigo da {vm}',
      'quais backups temos da {vm}',
      'pontos disponíveis para restaurar {vm}',
      'até quando dá para voltar a {vm}',
      'a que momentos a {vm} pode voltar',
      'quais backups estão disponíveis para {vm}',
      'para quando a {vm} pode ser restaurada',
      'backup mais antigo da {vm}',
      'desde quando temos backup da {vm}',
    ],
    messages: {
      heading:
        '{count, plural, =0 {Nenhum ponto de recuperação de {vm}} one {# ponto de recuperação de {vm}} other {# pontos de recuperação de {vm}}}',
      lead: 'Do mais novo ao mais antigo, do cofre {vault}. Escolha um para restaurar a VM como uma nova.',
      application: 'consistente com o aplicativo',
      'file-system': 'consistente com o sistema de arquivos',
      crash: 'consistente com falha',
      instant: 'camada instantânea',
      vault: 'camada do cofre',
      archive: 'camada de arquivo',
      line: '{consistency} · {tiers}',
      expires: 'mantido até {until}',
      backup: 'Fazer backup agora',
    },
  },
  it: {
    title: 'Elenca i punti di ripristino',
    does: 'vedere i punti di ripristino di una VM',
    example: 'punti di ripristino di sql-prod-01',
    phrases: [
      'punti di ripristino di {vm}',
      'elenca i punti di ripristino di {vm}',
      'mostra i punti di ripristino di {vm}',
      'quali punti di ripristino ha {vm}',
      'backup di {vm}',
      'punti di recupero di {vm}',
      'punti di ripristino di {vm} dal {since}',
      'fino a quando posso tornare indietro con {vm}',
      'fino a quando posso ripristinare {vm}',
      'fin dove posso tornare indietro con {vm}',
      'da quando posso ripristinare {vm}',
      'punto più vecchio di {vm}',
      'quali backup abbiamo di {vm}',
      'punti disponibili per ripristinare {vm}',
      'fino a quando possiamo tornare indietro con {vm}',
      'a quali momenti può tornare {vm}',
      'quali backup sono disponibili per {vm}',
      'a quando si può ripristinare {vm}',
      'a che momento posso tornare con {vm}',
      'da che punto posso ripristinare {vm}',
      'quanti backup ha {vm}',
      'quanti punti di ripristino ha {vm}',
    ],
    messages: {
      heading:
        '{count, plural, =0 {Nessun punto di ripristino di {vm}} one {# punto di ripristino di {vm}} other {# punti di ripristino di {vm}}}',
      lead: 'Dal più recente, dall’insieme di credenziali {vault}. Scegline uno per ripristinare la VM come nuova.',
      application: 'coerente con l’applicazione',
      'file-system': 'coerente con il file system',
      crash: 'coerente con l’arresto anomalo',
      instant: 'livello istantaneo',
      vault: 'livello dell’insieme di credenziali',
      archive: 'livello archivio',
      line: '{consistency} · {tiers}',
      expires: 'conservato fino a {until}',
      backup: 'Esegui backup ora',
    },
  },
};

export const recoveryPointList = reading({
  id,
  area: 'status',
  intentions: ['down', 'before-change'],
  risk: 'read',
  texts,
  parameters: z.object({
    vm: parameter.vm(),
    since: parameter.instant().optional(),
    until: parameter.instant().optional(),
  }),
  actions: ['Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints/read'],
  rights: async (_, { vm }) => [{ action: 'Microsoft.Compute/virtualMachines/read', scope: vm }],

  async answer(context, { vm, since, until }) {
    const item = await protectedItemOf(context, vm);
    const points = await context.azure.backup.recoveryPoints(item.id, {
      ...(since && { since }),
      ...(until && { until }),
    });
    return {
      title: message('heading', { count: points.length, vm: nameOf(vm) }),
      tone: points.length === 0 ? 'bad' : 'neutral',
      lead: message('lead', { vault: nameOf(item.vaultId) }),
      items: points.map((point) => line(vm, point)),
      suggestions: [{ title: message('backup'), wish: { operation: 'backup.start', parameters: { vm } } }],
    };
  },
});

/** Choosing a point begins a restore beside the VM, never over it. */
function line(vm: string, point: RecoveryPoint): ListItem {
  const kind = message('line', {
    consistency: message(point.consistency),
    tiers: point.tiers.map((tier) => message(tier)),
  });
  const kept = point.expiresAt === undefined ? [] : [message('expires', { until: { time: point.expiresAt } })];
  const opens = { operation: 'restore.new-vm', parameters: { vm, point: point.id } };
  return { title: moment(point.time), details: [kind, ...kept], opens };
}
