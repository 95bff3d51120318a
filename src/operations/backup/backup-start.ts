import { z } from 'zod';
import { nameOf } from '../../azure/arm-id.ts';
import type { ProtectedItem } from '../../azure/types.ts';
import { CatalogueError } from '../../errors.ts';
import { azRest, protectedItemIn } from '../by-hand.ts';
import { backupFindings } from '../checks/backup.ts';
import { fact, moment, usualOrUnknown, vmWithGroup } from '../facts.ts';
import { daysFrom, futureWithin } from '../keeping.ts';
import { protectedItemOf } from '../located.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Finding, Suggestion } from '../screen.ts';

const id = 'backup.start';
const message = own(id);
const action = 'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/backup/action';
/** What the portal and the CLI keep an on-demand backup when nothing is said (azure-api.md 1.1). */
const usualDays = 30;
/** Azure Backup keeps no recovery point longer than 9,999 days (learn.microsoft.com, Azure Backup support matrix). */
const longestDays = 9999;

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Back up now',
    does: 'back up a VM now',
    example: 'back up sql-prod-01, keep it for 60 days',
    phrases: [
      'back up {vm}',
      'backup {vm}',
      'back up {vm} keep it for {keepUntil}',
      'back up {vm} keep for {keepUntil}',
      'back up {vm} keep it until {keepUntil}',
      'back up {vm} for {keepUntil}',
      'back up {vm} until {keepUntil}',
      'run a backup of {vm}',
      'start a backup of {vm}',
      'take a backup of {vm}',
      'make a backup of {vm}',
      'kick off a backup of {vm}',
      'trigger a backup of {vm}',
      'start backup',
      'make a restore point of {vm}',
      'start a backup job for {vm}',
      'create a recovery point of {vm} keep it for {keepUntil}',
    ],
    messages: {
      undo: 'The recovery point is one more; it changes nothing else and goes by itself when it expires.',
      preview:
        'Takes a backup of {vm} now and keeps it until {until}. Nothing else is changed; storage is charged while it is kept.',
      'protection-stopped': 'Protection of {vm} is stopped: Azure takes no backups of it.',
      'protection-stopped.advice': 'Resume protection first, or take a snapshot.',
      'soft-deleted': 'The backup of {vm} is soft-deleted.',
      'soft-deleted.advice': 'Undelete it in the vault {vault} first, or take a snapshot.',
      'last-failed': 'The last backup failed; this one may fail for the same reason.',
      'last-failed.advice': 'Look at the failed job in the vault {vault} if it does.',
      ready: 'The vault takes backups of it.',
      done: 'The new recovery point of {vm} exists: {when}.',
      'done-unseen': 'Azure says that the backup of {vm} is complete; the new recovery point is not listed yet.',
      failed: 'The backup of {vm} did not complete.',
      'left-keep': 'It is kept until {until}; it is deleted by itself then.',
      points: 'Recovery points',
      show: 'Show protection',
    },
  },
  'pt-BR': {
    title: 'Fazer backup agora',
    does: 'fazer o backup de uma VM agora',
    example: 'fazer backup da sql-prod-01, manter por 60 dias',
    phrases: [
      'fazer backup da {vm}',
      'faça backup da {vm}',
      'faz backup da {vm}',
      'fazer backup de {vm}',
      'fazer backup da {vm} manter por {keepUntil}',
      'fazer backup da {vm} por {keepUntil}',
      'fazer backup da {vm} até {keepUntil}',
      'iniciar backup da {vm}',
      'executar backup da {vm}',
      'rodar backup da {vm}',
      'quero um backup da {vm}',
    ],
    messages: {
      undo: 'O ponto de recuperação é um a mais; não muda mais nada e some sozinho quando vence.',
      preview:
        'Faz um backup de {vm} agora e o mantém até {until}. Nada mais é alterado; o armazenamento é cobrado enquanto ele for mantido.',
      'protection-stopped': 'A proteção de {vm} está parada: o Azure não faz backups dela.',
      'protection-stopped.advice': 'Retome a proteção primeiro ou crie um snapshot.',
      'soft-deleted': 'O backup de {vm} está em exclusão temporária.',
      'soft-deleted.advice': 'Recupere-o no cofre {vault} primeiro ou crie um snapshot.',
      'last-failed': 'O último backup falhou; este pode falhar pelo mesmo motivo.',
      'last-failed.advice': 'Se falhar, veja o trabalho com falha no cofre {vault}.',
      ready: 'O cofre aceita backups dela.',
      done: 'O novo ponto de recuperação de {vm} existe: {when}.',
      'done-unseen':
        'O Azure informa que o backup de {vm} terminou; o novo ponto de recuperação ainda não aparece na lista.',
      failed: 'O backup de {vm} não foi concluído.',
      'left-keep': 'Será mantido até {until}; depois é excluído automaticamente.',
      points: 'Pontos de recuperação',
      show: 'Mostrar a proteção',
    },
  },
  it: {
    title: 'Esegui backup ora',
    does: 'eseguire subito il backup di una VM',
    example: 'fai il backup di sql-prod-01 e conservalo per 60 giorni',
    phrases: [
      'fai il backup di {vm}',
      'fai un backup di {vm}',
      'esegui il backup di {vm}',
      'esegui un backup di {vm}',
      'avvia il backup di {vm}',
      'backup ora di {vm}',
      'fai il backup di {vm} e conservalo per {keepUntil}',
      'fai il backup di {vm} per {keepUntil}',
      'fai il backup di {vm} fino al {keepUntil}',
      'lancia un backup di {vm}',
      'prendi un punto di ripristino di {vm}',
    ],
    messages: {
      undo: 'Il punto di ripristino è uno in più; non cambia altro e scompare da solo alla scadenza.',
      preview:
        'Esegue ora un backup di {vm} e lo conserva fino a {until}. Nient’altro viene modificato; lo spazio si paga finché è conservato.',
      'protection-stopped': 'La protezione di {vm} è interrotta: Azure non ne esegue backup.',
      'protection-stopped.advice': 'Riprendi prima la protezione, oppure crea uno snapshot.',
      'soft-deleted': 'Il backup di {vm} è in eliminazione temporanea.',
      'soft-deleted.advice': 'Recuperalo prima nell’insieme di credenziali {vault}, oppure crea uno snapshot.',
      'last-failed': 'L’ultimo backup non è riuscito; questo può fallire per lo stesso motivo.',
      'last-failed.advice': 'In tal caso guarda il processo non riuscito nell’insieme di credenziali {vault}.',
      ready: 'L’insieme di credenziali ne accetta i backup.',
      done: 'Il nuovo punto di ripristino di {vm} esiste: {when}.',
      'done-unseen':
        'Azure dice che il backup di {vm} è completo; il nuovo punto di ripristino non è ancora in elenco.',
      failed: 'Il backup di {vm} non è stato completato.',
      'left-keep': 'È conservato fino a {until}; poi viene eliminato da solo.',
      points: 'Punti di ripristino',
      show: 'Mostra la protezione',
    },
  },
};

export const backupStart = changing({
  id,
  area: 'backup',
  intentions: ['before-change'],
  risk: 'reversible',
  texts,
  parameters: z.object({ vm: parameter.vm(), keepUntil: parameter.expiry().optional() }),
  actions: [action],
  rights: async (context, { vm }) => [{ action, scope: (await protectedItemOf(context, vm)).vaultId }],
  targets: ({ vm }) => [vm],

  defaults: async (context, given) => ({ keepUntil: given.keepUntil ?? daysFrom(context.now(), usualDays) }),

  async preview(context, { vm, keepUntil }) {
    const until = futureWithin(context, 'keepUntil', keepUntil, longestDays);
    const item = await protectedItemOf(context, vm);
    const usual = await usualOrUnknown(context.azure.backup.pastDurations(item.vaultId, 'Backup'));
    return {
      sentence: message('preview', { vm: nameOf(vm), until: { time: until } }),
      facts: [
        fact('vm', vmWithGroup(vm)),
        fact('vault', nameOf(item.vaultId)),
        fact('kept-until', moment(until)),
        fact('last-point', item.lastRecoveryPoint ? moment(item.lastRecoveryPoint) : '–'),
        fact('usually', usual),
      ],
      resources: [vm, item.id],
      measured: {
        'fact.vault': nameOf(item.vaultId),
        'fact.state': item.protectionState,
        'fact.soft-deleted': String(item.softDeleted),
      },
    };
  },

  async checks(context, { vm }) {
    const item = await protectedItemOf(context, vm);
    const own = findingsOf(item);
    return own.some(({ severity }) => severity === 'blocks') ? own : [...own, ...(await backupFindings(context, item))];
  },

  async submit(context, { vm, keepUntil }, { clientRequestId }) {
    const item = await protectedItemOf(context, vm);
    if (keepUntil === undefined) throw new CatalogueError('internal');
    return await context.azure.backup.start(item.id, { expiresAt: keepUntil, clientRequestId });
  },

  async findSubmitted(context, { vm }, { startingAt }) {
    const item = await protectedItemOf(context, vm);
    const jobs = await context.azure.backup.backupsSince(item.id, startingAt);
    return jobs.length > 1 ? 'unclear' : (jobs[0] ?? 'nothing');
  },

  async result(context, { vm, keepUntil }, { startingAt }, progress) {
    if (progress.state === 'failed' || progress.state === 'cancelled')
      return {
        sentence: message('failed', { vm: nameOf(vm) }),
        facts: [],
        leftToDo: [],
        suggestions: after(vm),
      };
    const item = await protectedItemOf(context, vm);
    const [newest] = await context.azure.backup.recoveryPoints(item.id, { since: startingAt });
    return {
      sentence: newest
        ? message('done', { vm: nameOf(vm), when: { time: newest.time } })
        : message('done-unseen', { vm: nameOf(vm) }),
      facts: [
        fact('vault', nameOf(item.vaultId)),
        ...(newest ? [fact('consistency', { message: `recovery-point.list.${newest.consistency}` })] : []),
      ],
      leftToDo: keepUntil === undefined ? [] : [message('left-keep', { until: { time: keepUntil } })],
      suggestions: after(vm),
    };
  },

  undo: () => [],
  byHand: (plan) => {
    const item = protectedItemIn(plan);
    const properties = { objectType: 'IaasVMBackupRequest', recoveryPointExpiryTimeInUTC: plan.parameters.keepUntil };
    return item === undefined ? [] : [azRest('post', `${item}/backup`, { properties })];
  },
  next: ({ vm }) => after(vm),
});

function findingsOf(item: ProtectedItem): readonly Finding[] {
  const values = { vm: item.friendlyName, vault: nameOf(item.vaultId) };
  const found = (key: string, severity: Finding['severity']): Finding => ({
    id: key,
    severity,
    text: message(key, values),
    advice: message(`${key}.advice`, values),
  });
  if (item.softDeleted) return [found('soft-deleted', 'blocks')];
  if (item.protectionState === 'ProtectionStopped') return [found('protection-stopped', 'blocks')];
  if (item.lastBackupStatus === 'Failed') return [found('last-failed', 'warns')];
  return [{ id: 'ready', severity: 'passed', text: message('ready') }];
}

function after(vm: string): readonly Suggestion[] {
  return [
    { title: message('show'), wish: { operation: 'protection.show', parameters: { vm } } },
    { title: message('points'), wish: { operation: 'recovery-point.list', parameters: { vm } } },
  ];
}
