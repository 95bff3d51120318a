import { z } from 'zod';
import { nameOf } from '../../azure/arm-id.ts';
import { changeOfItem } from '../by-hand.ts';
import { fact, moment } from '../facts.ts';
import { protectedItemOf } from '../located.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Suggestion } from '../screen.ts';
import { goneForGoodAt } from '../soft-deleted.ts';
import { itemFacts, itemMeasures, orReady, recordedJob, succeeded, usualFact, writeItem } from './item-change.ts';

const id = 'protection.undelete';
const message = own(id);

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Undelete backup data',
    does: 'bring back the deleted backup data of a VM',
    example: 'undelete legacy-print-01',
    phrases: [
      'undelete {vm}',
      'undelete the backups of {vm}',
      'undelete the backup data of {vm}',
      'bring back the deleted backups of {vm}',
      'recover the deleted backups of {vm}',
      'undelete the backup of {vm}',
      'restore the deleted backups of {vm}',
      'get the deleted backups of {vm} back',
      'bring {vm} back from soft delete',
      'bring the backups of {vm} back from soft delete',
      'recover the deleted recovery points of {vm}',
      'bring back the deleted backup item of {vm}',
      'restore the deleted protection of {vm}',
      'get the deleted backup data of {vm} back',
      'bring the deleted backups of {vm} back',
      'undelete the soft deleted backups of {vm}',
      'undelete the soft deleted backup data of {vm}',
      'undelete the soft deleted {vm}',
      'undelete the deleted recovery points of {vm}',
      'somebody deleted the backups of {vm} get them back',
      'somebody deleted the backup data of {vm} by mistake get it back',
      'i deleted the backups of {vm} get them back',
      'we deleted the backups of {vm} by mistake bring them back',
    ],
    messages: {
      undo: 'Delete the data once more; it then waits for its 14 days anew.',
      preview:
        'Brings back the deleted recovery points of {vm} in {vault}. Its protection stays stopped until it is resumed.',
      'not-deleted': 'Nothing of {vm} is soft-deleted.',
      'not-deleted.advice': 'Nothing has to be done; “is {vm} protected?” shows how it stands.',
      ready: 'The data is soft-deleted and can be brought back.',
      done: 'The recovery points of {vm} are back.',
      failed: 'The recovery points of {vm} could not be brought back.',
      left: 'No new backups are made until protection is resumed.',
      resume: 'Resume protection',
      points: 'Recovery points',
    },
  },
  'pt-BR': {
    title: 'Desfazer a exclusão do backup',
    does: 'recuperar os dados de backup excluídos de uma VM',
    example: 'desfazer a exclusão da legacy-print-01',
    phrases: [
      'desfazer a exclusão da {vm}',
      'desfazer a exclusão dos backups da {vm}',
      'recuperar os backups excluídos da {vm}',
      'recuperar os dados excluídos da {vm}',
      'recuperar os backups excluídos de {vm}',
      'restaurar os backups excluídos da {vm}',
      'desfazer a exclusão do backup da {vm}',
      'tirar o backup da {vm} do soft delete',
      'recuperar a proteção excluída da {vm}',
      'recuperar a {vm} excluída',
      'voltar o backup da {vm} do soft delete',
      'tira a {vm} do soft delete',
    ],
    messages: {
      undo: 'Exclua os dados de novo; eles então esperam mais 14 dias.',
      preview:
        'Traz de volta os pontos de recuperação excluídos de {vm} em {vault}. A proteção continua parada até ser retomada.',
      'not-deleted': 'Nada de {vm} está em exclusão temporária.',
      'not-deleted.advice': 'Nada precisa ser feito; “{vm} está protegida?” mostra a situação.',
      ready: 'Os dados estão em exclusão temporária e podem voltar.',
      done: 'Os pontos de recuperação de {vm} voltaram.',
      failed: 'Não foi possível trazer de volta os pontos de recuperação de {vm}.',
      left: 'Não há novos backups até a proteção ser retomada.',
      resume: 'Retomar a proteção',
      points: 'Pontos de recuperação',
    },
  },
  it: {
    title: 'Annulla l’eliminazione del backup',
    does: 'recuperare i dati di backup eliminati di una VM',
    example: 'annulla l’eliminazione di legacy-print-01',
    phrases: [
      'annulla l’eliminazione di {vm}',
      'annulla l’eliminazione dei backup di {vm}',
      'recupera i backup eliminati di {vm}',
      'recupera i dati eliminati di {vm}',
      'riporta indietro i backup eliminati di {vm}',
      'ripristina i backup eliminati di {vm}',
      'annulla l’eliminazione del backup di {vm}',
      'undelete della protezione di {vm}',
      'annulla l’eliminazione dei punti di ripristino di {vm}',
      'recupera i punti di ripristino eliminati di {vm}',
    ],
    messages: {
      undo: 'Elimina di nuovo i dati; attendono allora altri 14 giorni.',
      preview:
        'Recupera i punti di ripristino eliminati di {vm} in {vault}. La protezione resta interrotta finché non riprende.',
      'not-deleted': 'Di {vm} non c’è nulla in eliminazione temporanea.',
      'not-deleted.advice': 'Non c’è nulla da fare; “{vm} è protetta?” mostra la situazione.',
      ready: 'I dati sono eliminati temporaneamente e si possono recuperare.',
      done: 'I punti di ripristino di {vm} sono tornati.',
      failed: 'Non è stato possibile recuperare i punti di ripristino di {vm}.',
      left: 'Non si fanno nuovi backup finché la protezione non riprende.',
      resume: 'Riprendi la protezione',
      points: 'Punti di ripristino',
    },
  },
};

export const protectionUndelete = changing({
  id,
  area: 'backup',
  risk: 'reversible',
  texts,
  parameters: z.object({ vm: parameter.vm() }),
  actions: [writeItem],
  rights: async (context, { vm }) => [{ action: writeItem, scope: (await protectedItemOf(context, vm)).vaultId }],
  targets: ({ vm }) => [vm],

  async preview(context, { vm }) {
    const item = await protectedItemOf(context, vm);
    const until = goneForGoodAt(item);
    return {
      sentence: message('preview', { vm: item.friendlyName, vault: nameOf(item.vaultId) }),
      facts: [
        ...itemFacts(item),
        await usualFact(context, item.vaultId, 'Undelete'),
        ...(until === undefined ? [] : [fact('recoverable', moment(until))]),
      ],
      resources: [vm, item.id],
      measured: itemMeasures(item),
    };
  },

  async checks(context, { vm }) {
    const item = await protectedItemOf(context, vm);
    const values = { vm: item.friendlyName };
    const text = message('not-deleted', values);
    const advice = message('not-deleted.advice', values);
    return orReady(item.softDeleted ? [] : [{ id: 'not-deleted', severity: 'blocks', text, advice }], message('ready'));
  },

  async submit(context, { vm }, { clientRequestId }) {
    const item = await protectedItemOf(context, vm);
    return await context.azure.backup.undelete(item.id, { vmId: item.vmId, clientRequestId });
  },

  findSubmitted: async (context, { vm }, { startingAt }) =>
    await recordedJob(context, vm, { kind: 'Undelete', startingAt }),

  async result(_context, { vm }, _execution, progress) {
    const done = succeeded(progress);
    return {
      sentence: message(done ? 'done' : 'failed', { vm: nameOf(vm) }),
      facts: [],
      leftToDo: done ? [message('left')] : [],
      suggestions: after(vm),
    };
  },

  undo: ({ vm }) => [{ operation: 'protection.stop-delete', parameters: { vm } }],
  byHand: (plan) => changeOfItem(plan, { policyId: '', protectionState: 'ProtectionStopped', isRehydrate: true }),
  next: ({ vm }) => after(vm),
});

function after(vm: string): readonly Suggestion[] {
  return [
    { title: message('resume'), wish: { operation: 'protection.resume', parameters: { vm } } },
    { title: message('points'), wish: { operation: 'recovery-point.list', parameters: { vm } } },
  ];
}
