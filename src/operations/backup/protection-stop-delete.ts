import { z } from 'zod';
import { nameOf } from '../../azure/arm-id.ts';
import type { ProtectedItem, VaultSettings } from '../../azure/types.ts';
import { azRest, protectedItemIn } from '../by-hand.ts';
import type { Context } from '../context.ts';
import { fact, moment } from '../facts.ts';
import { protectedItemOf } from '../located.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { withHit } from '../recovery/vm-hit.ts';
import type { Finding, Suggestion } from '../screen.ts';
import { goneForGoodAt } from '../soft-deleted.ts';
import { guardFindings } from './guarded.ts';
import { deleteItem, itemFacts, itemMeasures, orReady, recordedJob, succeeded, usualFact } from './item-change.ts';

const id = 'protection.stop-delete';
const message = own(id);

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Stop protection and delete',
    does: 'stop the backups of a VM and delete its recovery points',
    example: 'stop protection of sql-test-01 and delete the data',
    phrases: [
      'stop protection of {vm} and delete the data',
      'stop protection of {vm} and delete the backups',
      'delete the backups of {vm}',
      'delete the backup data of {vm}',
      'delete all recovery points of {vm}',
      'stop backup and delete data for {vm}',
      'stop backup of {vm} and delete the data',
      'stop the backup and delete the data of {vm}',
      'stop protecting {vm} and delete the data',
      'stop backing up {vm} and delete the data',
      'stop the backup of {vm} and delete all backup data',
      'remove the backup of {vm} and delete the data',
      'stop backing up {vm} and delete the backups',
      'delete the backups and recovery points of {vm}',
      'stop backups of {vm} and delete the recovery points',
      'stop the backup of {vm} and delete all recovery points',
      'remove {vm} from backup and delete its data',
      'stop protection of {vm} and delete all backups',
      'stop protecting {vm} and delete all backups',
      'stop protecting {vm} and delete the backups',
      'stop backing up {vm} and delete all backup data',
      'stop protection of {vm} with deletion of the data',
      'stop backups of {vm} and delete everything',
      'stop protection of {vm} and delete everything',
      'stop protecting {vm} and delete everything',
      'disable backup of {vm} and delete the data',
      'disable backup of {vm} and delete the backups',
      'disable protection of {vm} and delete the data',
      'disable protection of {vm} and delete the backups',
      'stop the backups of {vm} and delete the data',
      'stop the backups of {vm} and delete the backups',
      'stop protection of {vm} and delete the recovery points',
      'stop protecting {vm} and delete the recovery points',
      'stop protection and delete data of {vm}',
      'delete the backup of {vm}',
      'delete all backups of {vm}',
      'delete all backup data of {vm}',
      'delete the recovery points of {vm}',
      'delete every recovery point of {vm}',
      'delete all recovery points and backups of {vm}',
      'stop backups of {vm} and delete all recovery points',
      'stop backing up {vm} and delete the recovery points',
      'remove {vm} from backup and delete the backups',
      'remove {vm} from backup and delete the recovery points',
      'remove {vm} from azure backup and delete the data',
      'delete the protection and the data of {vm}',
      'delete the protection of {vm} and the backups',
      'stop the protection of {vm} with delete data',
      'stop backup with delete data for {vm}',
      'cancel the protection of {vm} and delete the backups',
      'stop backing up {vm} and delete everything',
      'disable backups of {vm} and delete the recovery points',
      'delete {vm} from the vault with all its data',
      'delete {vm} from backup',
      'delete the data and recovery points of {vm}',
    ],
    messages: {
      'for-good': 'The recovery points, once soft delete no longer keeps them.',
      undo: 'Undelete the data: where the vault has soft delete, within 14 days. After that it is gone.',
      preview:
        'Stops the backups of {vm} and deletes {count, plural, =0 {its data} one {its only recovery point} other {all # recovery points}} in {vault}. {soft}',
      recoverable:
        'They can be brought back for {days, plural, one {# day} other {# days}}, then they are gone for good.',
      'at-once': 'The vault has no soft delete: they are gone for good at once.',
      'soft-unknown': 'Whether they can be brought back, Azure does not tell: take it that they cannot.',
      newest: 'newest of {time}',
      none: 'there are none',
      'already-deleted': 'The backup data of {vm} is deleted already.',
      'already-deleted.advice': 'To bring it back, say “undelete {vm}”.',
      immutable: 'The vault {vault} is immutable: it deletes no recovery point before it expires.',
      'immutable.advice':
        'Stop protection and keep the data: say “stop protection of {vm}”. The points expire by themselves.',
      final: 'Nothing deleted here can be brought back.',
      'final.advice': 'Turn on soft delete in the vault {vault} first.',
      ready: 'The vault allows the deletion and can bring the data back.',
      done: 'The protection of {vm} is stopped and its recovery points are deleted.',
      failed: 'The backup data of {vm} could not be deleted.',
      left: 'Until {until} they can be brought back: “undelete {vm}”.',
      undelete: 'Undelete',
      show: 'Show protection',
    },
  },
  'pt-BR': {
    title: 'Parar a proteção e excluir',
    does: 'parar os backups de uma VM e excluir os pontos de recuperação',
    example: 'parar a proteção da sql-test-01 e excluir os dados',
    phrases: [
      'parar a proteção da {vm} e excluir os dados',
      'parar a proteção da {vm} e excluir os backups',
      'excluir os backups da {vm}',
      'excluir os dados de backup da {vm}',
      'excluir todos os pontos de recuperação da {vm}',
      'para o backup e exclui os dados da {vm}',
      'parar o backup da {vm} e excluir os dados',
      'pare o backup e exclua os dados da {vm}',
      'parar de proteger {vm} e excluir os dados',
      'apagar o backup da {vm} e os dados',
      'parar de fazer backup da {vm} e excluir os dados',
      'parar o backup da {vm} e excluir os pontos de recuperação',
      'encerrar o backup da {vm} e excluir todos os pontos de recuperação',
      'tirar a {vm} do backup e excluir os dados',
      'parar a proteção da {vm} e excluir todos os backups',
      'parar o backup da {vm} e excluir tudo',
      'parar o backup da {vm} e excluir os backups',
      'excluir todos os backups da {vm}',
      'excluir o backup da {vm}',
      'parar a proteção da {vm} excluindo os dados',
      'excluir os pontos de recuperação da {vm}',
      'parar de proteger a {vm} e excluir os backups',
      'desativar o backup da {vm} e excluir os dados',
      'excluir a proteção da {vm} e todos os backups',
      'excluir todos os dados de backup da {vm}',
      'parar o backup da {vm} e excluir todos os dados',
      'tirar a {vm} do backup e excluir tudo',
      'remover a proteção da {vm} e excluir os dados',
      'remover a proteção da {vm} e excluir os backups',
      'desativar a proteção da {vm} e excluir os dados',
      'remover a {vm} do backup e excluir os dados',
      'excluir o backup da {vm} e todos os pontos de recuperação',
      'excluir os backups e os pontos da {vm}',
    ],
    messages: {
      'for-good': 'Os pontos de recuperação, quando a exclusão temporária não os guarda mais.',
      undo: 'Recupere os dados excluídos: onde o cofre tem exclusão temporária, em até 14 dias. Depois disso não há volta.',
      preview:
        'Para os backups de {vm} e exclui {count, plural, =0 {os dados} one {o único ponto de recuperação} other {todos os # pontos de recuperação}} em {vault}. {soft}',
      recoverable: 'Podem ser recuperados por {days, plural, one {# dia} other {# dias}}, depois somem em definitivo.',
      'at-once': 'O cofre não tem exclusão temporária: somem em definitivo na hora.',
      'soft-unknown': 'Se podem ser recuperados, o Azure não informa: considere que não.',
      newest: 'o mais novo de {time}',
      none: 'não há nenhum',
      'already-deleted': 'Os dados de backup de {vm} já estão excluídos.',
      'already-deleted.advice': 'Para recuperá-los, diga “desfazer a exclusão da {vm}”.',
      immutable: 'O cofre {vault} é imutável: não exclui nenhum ponto antes de expirar.',
      'immutable.advice':
        'Pare a proteção e mantenha os dados: diga “parar a proteção da {vm}”. Os pontos expiram sozinhos.',
      final: 'Nada do que for excluído aqui pode voltar.',
      'final.advice': 'Ative antes a exclusão temporária no cofre {vault}.',
      ready: 'O cofre permite a exclusão e pode recuperar os dados.',
      done: 'A proteção de {vm} está parada e os pontos de recuperação estão excluídos.',
      failed: 'Não foi possível excluir os dados de backup de {vm}.',
      left: 'Até {until} podem ser recuperados: “desfazer a exclusão da {vm}”.',
      undelete: 'Desfazer a exclusão',
      show: 'Mostrar a proteção',
    },
  },
  it: {
    title: 'Interrompi la protezione ed elimina',
    does: 'interrompere i backup di una VM ed eliminare i punti di ripristino',
    example: 'interrompi la protezione di sql-test-01 ed elimina i dati',
    phrases: [
      'interrompi la protezione di {vm} ed elimina i dati',
      'interrompi la protezione di {vm} ed elimina i backup',
      'elimina i backup di {vm}',
      'elimina i dati di backup di {vm}',
      'elimina tutti i punti di ripristino di {vm}',
      'ferma il backup ed elimina i dati di {vm}',
      'ferma il backup di {vm} ed elimina i dati',
      'interrompi il backup e cancella i dati di {vm}',
      'smetti di proteggere {vm} ed elimina i dati',
      'cancella il backup di {vm} e i dati',
      'smetti di fare il backup di {vm} ed elimina i dati',
      'ferma il backup di {vm} ed elimina i punti di ripristino',
      'chiudi il backup di {vm} ed elimina tutti i punti di ripristino',
      'togli {vm} dal backup ed elimina i dati',
      'togli {vm} dal backup e cancella i punti di ripristino',
      'togli {vm} dal backup e cancella i backup',
      'rimuovi {vm} dal backup e cancella i dati',
      'disattiva il backup di {vm} ed elimina i dati',
      'disattiva il backup di {vm} ed elimina i punti di ripristino',
      'disattiva la protezione di {vm} ed elimina i dati',
      'disattiva la protezione di {vm} ed elimina i punti di ripristino',
      'ferma la protezione di {vm} ed elimina i punti di ripristino',
      'smetti di proteggere {vm} ed elimina i punti di ripristino',
      'smetti di proteggere {vm} e cancella i backup',
      'elimina la protezione di {vm} e i dati',
      'elimina la protezione di {vm} e i punti di ripristino',
      'elimina tutti i backup di {vm}',
      'elimina tutti i dati di backup di {vm}',
      'elimina i punti di ripristino di {vm}',
      'ferma i backup di {vm} ed elimina i dati',
      'ferma i backup di {vm} ed elimina i punti di ripristino',
      'ferma il backup di {vm} e cancella i backup',
      'togli {vm} dal backup ed elimina tutti i dati',
      'togli {vm} dal backup ed elimina tutti i punti di ripristino',
      'togli {vm} dal backup ed elimina tutti i backup',
      'ferma il backup di {vm} ed elimina tutti i dati',
      'ferma il backup di {vm} ed elimina tutti i punti di ripristino',
      'ferma il backup di {vm} ed elimina tutti i backup',
      'ferma i backup di {vm} ed elimina tutti i dati',
      'ferma i backup di {vm} ed elimina tutti i punti di ripristino',
      'ferma i backup di {vm} ed elimina tutti i backup',
      'ferma la protezione di {vm} ed elimina tutti i dati',
      'ferma la protezione di {vm} ed elimina tutti i punti di ripristino',
      'ferma la protezione di {vm} ed elimina tutti i backup',
      'disattiva il backup di {vm} ed elimina tutti i dati',
      'disattiva il backup di {vm} ed elimina tutti i punti di ripristino',
      'disattiva il backup di {vm} ed elimina tutti i backup',
      'smetti di proteggere {vm} ed elimina tutti i dati',
      'smetti di proteggere {vm} ed elimina tutti i punti di ripristino',
      'smetti di proteggere {vm} ed elimina tutti i backup',
      'elimina la protezione e tutti i dati di {vm}',
      'elimina la protezione e i dati di {vm}',
      'elimina la protezione e tutti i backup di {vm}',
    ],
    messages: {
      'for-good': 'I punti di ripristino, quando l’eliminazione temporanea non li conserva più.',
      undo: 'Recupera i dati eliminati: dove l’insieme di credenziali ha l’eliminazione temporanea, entro 14 giorni. Poi sono persi.',
      preview:
        'Interrompe i backup di {vm} ed elimina {count, plural, =0 {i dati} one {l’unico punto di ripristino} other {tutti i # punti di ripristino}} in {vault}. {soft}',
      recoverable:
        'Si possono recuperare per {days, plural, one {# giorno} other {# giorni}}, poi spariscono per sempre.',
      'at-once': 'L’insieme di credenziali non ha l’eliminazione temporanea: spariscono subito per sempre.',
      'soft-unknown': 'Azure non dice se si possono recuperare: considera che non si possa.',
      newest: 'il più recente del {time}',
      none: 'non ce ne sono',
      'already-deleted': 'I dati di backup di {vm} sono già eliminati.',
      'already-deleted.advice': 'Per recuperarli, di’ “annulla l’eliminazione di {vm}”.',
      immutable: 'L’insieme di credenziali {vault} è immutabile: non elimina alcun punto prima della scadenza.',
      'immutable.advice':
        'Interrompi la protezione e conserva i dati: di’ “interrompi la protezione di {vm}”. I punti scadono da soli.',
      final: 'Ciò che si elimina qui non si può recuperare.',
      'final.advice': 'Attiva prima l’eliminazione temporanea nell’insieme di credenziali {vault}.',
      ready: 'L’insieme di credenziali consente l’eliminazione e può recuperare i dati.',
      done: 'La protezione di {vm} è interrotta e i punti di ripristino sono eliminati.',
      failed: 'Non è stato possibile eliminare i dati di backup di {vm}.',
      left: 'Fino al {until} si possono recuperare: “annulla l’eliminazione di {vm}”.',
      undelete: 'Annulla l’eliminazione',
      show: 'Mostra la protezione',
    },
  },
};

export const protectionStopDelete = changing({
  id,
  area: 'backup',
  risk: 'destructive',
  texts,
  parameters: z.object({ vm: parameter.vm() }),
  actions: [deleteItem],
  rights: async (context, { vm }) => [{ action: deleteItem, scope: (await protectedItemOf(context, vm)).vaultId }],
  targets: ({ vm }) => [vm],

  async preview(context, { vm }) {
    const { item, vault } = await looked(context, vm);
    const points = await context.azure.backup.recoveryPoints(item.id);
    const [newest] = points;
    const values = { vm: item.friendlyName, vault: vault.name, count: points.length, soft: soft(vault) };
    return {
      sentence: message('preview', values),
      facts: await withHit(
        context,
        [
          ...itemFacts(item),
          await usualFact(context, item.vaultId, 'DeleteBackupData'),
          fact('points', newest === undefined ? message('none') : message('newest', { time: moment(newest.time) })),
          fact('soft-delete', soft(vault)),
        ],
        { vmId: vm, forGood: message('for-good') },
      ),
      resources: [vm, item.id],
      measured: {
        ...itemMeasures(item),
        'fact.points': String(points.length),
        'fact.soft-delete': `${vault.softDelete} ${vault.softDeleteDays ?? ''}`,
      },
    };
  },

  async checks(context, { vm }) {
    const { item, vault } = await looked(context, vm);
    const guard = await guardFindings(context, item.vaultId, deleteItem);
    return orReady([...guard, ...stateFindings(item, vault)], message('ready'));
  },

  async submit(context, { vm }, { clientRequestId }) {
    const item = await protectedItemOf(context, vm);
    return await context.azure.backup.deleteData(item.id, { clientRequestId });
  },

  findSubmitted: async (context, { vm }, { startingAt }) =>
    await recordedJob(context, vm, { kind: 'DeleteBackupData', startingAt }),

  async result(context, { vm }, _execution, progress) {
    const values = { vm: nameOf(vm) };
    if (!succeeded(progress))
      return { sentence: message('failed', values), facts: [], leftToDo: [], suggestions: after(vm) };
    // Without soft delete there is nothing left to look at.
    const item = await protectedItemOf(context, vm).catch(() => undefined);
    const until = item === undefined ? undefined : goneForGoodAt(item);
    return {
      sentence: message('done', values),
      facts: until === undefined ? [] : [fact('recoverable', moment(until))],
      leftToDo: until === undefined ? [] : [message('left', { ...values, until: { time: until } })],
      suggestions: after(vm),
    };
  },

  undo: ({ vm }) => [{ operation: 'protection.undelete', parameters: { vm } }],
  byHand: (plan) => {
    const item = protectedItemIn(plan);
    return item === undefined ? [] : [azRest('delete', item)];
  },
  next: ({ vm }) => after(vm),
});

async function looked(context: Context, vm: string) {
  const item = await protectedItemOf(context, vm);
  return { item, vault: await context.azure.backup.vault(item.vaultId) };
}

function soft({ softDelete, softDeleteDays = 14 }: VaultSettings) {
  if (softDelete === 'unknown') return message('soft-unknown');
  return softDelete === 'off' ? message('at-once') : message('recoverable', { days: softDeleteDays });
}

function stateFindings(item: ProtectedItem, vault: VaultSettings): readonly Finding[] {
  const values = { vm: item.friendlyName, vault: vault.name };
  const found = (key: string, severity: Finding['severity']): Finding => ({
    id: key,
    severity,
    text: message(key, values),
    advice: message(`${key}.advice`, values),
  });
  if (item.softDeleted) return [found('already-deleted', 'blocks')];
  if (vault.immutability !== 'off') return [found('immutable', 'blocks')];
  return vault.softDelete === 'off' || vault.softDelete === 'unknown' ? [found('final', 'warns')] : [];
}

function after(vm: string): readonly Suggestion[] {
  return [
    { title: message('undelete'), wish: { operation: 'protection.undelete', parameters: { vm } } },
    { title: message('show'), wish: { operation: 'protection.show', parameters: { vm } } },
  ];
}
