import { z } from 'zod';
import { nameOf } from '../../azure/arm-id.ts';
import type { ProtectedItem } from '../../azure/types.ts';
import { changeOfItem } from '../by-hand.ts';
import { protectedItemOf } from '../located.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Finding, Suggestion } from '../screen.ts';
import { guardFindings } from './guarded.ts';
import { itemFacts, itemMeasures, orReady, recordedJob, succeeded, usualFact, writeItem } from './item-change.ts';

const id = 'protection.stop';
const message = own(id);

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Stop protection',
    does: 'stop the backups of a VM and keep its recovery points',
    example: 'stop protection of sql-test-01',
    phrases: [
      'stop protection of {vm}',
      'stop backups of {vm}',
      'stop backing up {vm}',
      'stop the backups of {vm}',
      'stop protection of {vm} and keep the data',
      'stop backup of {vm} but keep the data',
      'stop backup of {vm} and keep the data',
      'stop backing up {vm} and keep the data',
      'stop the backup of {vm} but retain the data',
      'stop protecting {vm}',
      'stop protecting {vm} and keep the data',
      'stop protecting {vm} but keep the data',
      'stop protection of {vm} but keep the data',
      'disable backup of {vm}',
      'disable protection of {vm}',
      'disable backup of {vm} and keep the data',
      'disable backup of {vm} but keep the data',
      'stop backups of {vm} but leave the data',
      'stop the backups of {vm} and keep the recovery points',
      'stop the backups of {vm} but keep the recovery points',
      'stop protecting {vm} and keep the recovery points',
      'stop backing up {vm} and keep the recovery points',
      'stop protection of {vm} and keep the backups',
      'disable protection of {vm} and keep the recovery points',
      'disable backup of {vm} and keep recovery points',
      'disable protection of {vm} and keep the data',
      'stop protection of {vm} and keep all recovery points',
      'stop protection of {vm} keep everything',
      'stop {vm} from being backed up',
      'stop the schedule of {vm}',
      'stop the backup schedule of {vm}',
      'put the backups of {vm} on hold',
      'disable the backup policy of {vm}',
      'stop the backups of {vm} and keep the old recovery points',
      'stop protection of {vm} but keep the old backups',
      'stop backing up {vm} but keep the old backups',
      'stop the backups of {vm} but keep the old ones',
      'stop the backups of {vm} and keep all recovery points',
    ],
    messages: {
      undo: 'Resume the protection; the recovery points have been kept.',
      preview:
        'Stops all scheduled backups of {vm}: from then on nothing newer can be restored. The recovery points in {vault} stay, also those that would have expired, and go on costing.',
      'already-stopped': 'The protection of {vm} is stopped already.',
      'already-stopped.advice': 'To go on with backups, say “resume protection of {vm}”.',
      deleted: 'The backup data of {vm} is deleted; there is nothing to stop.',
      'deleted.advice': 'To bring it back, say “undelete {vm}”.',
      ready: 'The VM is protected and may be stopped.',
      done: 'The protection of {vm} is stopped. Its recovery points are kept.',
      failed: 'The protection of {vm} could not be stopped.',
      left: 'Nothing newer than the last recovery point can be restored until protection is resumed.',
      resume: 'Resume protection',
      show: 'Show protection',
    },
  },
  'pt-BR': {
    title: 'Parar a proteção',
    does: 'parar os backups de uma VM e manter os pontos de recuperação',
    example: 'parar a proteção da sql-test-01',
    phrases: [
      'parar a proteção da {vm}',
      'pare a proteção da {vm}',
      'parar os backups da {vm}',
      'parar de proteger {vm}',
      'parar a proteção da {vm} e manter os dados',
      'para o backup da {vm} mas mantém os dados',
      'parar o backup da {vm} e manter os dados',
      'pare o backup da {vm} e mantenha os dados',
      'para de proteger {vm}',
      'parar de fazer backup da {vm}',
      'para de fazer backup da {vm}',
      'parar a proteção da {vm} mas manter os dados',
      'desativar o backup da {vm}',
      'desativar a proteção da {vm}',
      'desativar o backup da {vm} e manter os dados',
      'desativar o backup da {vm} mas manter os dados',
      'parar de fazer backup da {vm} mas manter os dados',
      'parar de fazer backup da {vm} e manter os dados',
      'parar os backups da {vm} mas manter os pontos de recuperação',
      'parar de proteger {vm} e manter os dados',
      'parar de proteger {vm} e manter os pontos de recuperação',
      'parar de fazer backup da {vm} e manter os pontos de recuperação',
      'parar o backup da {vm} sem excluir os dados',
      'parar os backups da {vm} mantendo os existentes',
      'parar o backup da {vm} e manter os backups',
      'parar a proteção da {vm} e manter os pontos',
      'parar a proteção da {vm} sem excluir os dados',
      'parar de proteger a {vm} sem excluir os dados',
      'parar de fazer backup da {vm} sem excluir os dados',
      'desativar o backup da {vm} sem excluir os dados',
      'desativar a proteção da {vm} sem excluir os dados',
      'parar o backup da {vm} e manter o histórico',
      'parar a proteção da {vm} e manter o histórico',
      'desativar o backup da {vm} e manter o histórico',
      'desativar a proteção da {vm} e manter os backups',
    ],
    messages: {
      undo: 'Retome a proteção; os pontos de recuperação foram mantidos.',
      preview:
        'Para todos os backups agendados de {vm}: a partir daí nada mais novo pode ser restaurado. Os pontos de recuperação em {vault} ficam, também os que expirariam, e continuam custando.',
      'already-stopped': 'A proteção de {vm} já está parada.',
      'already-stopped.advice': 'Para voltar aos backups, diga “retomar a proteção da {vm}”.',
      deleted: 'Os dados de backup de {vm} estão excluídos; não há o que parar.',
      'deleted.advice': 'Para recuperá-los, diga “desfazer a exclusão da {vm}”.',
      ready: 'A VM está protegida e pode ser parada.',
      done: 'A proteção de {vm} está parada. Os pontos de recuperação são mantidos.',
      failed: 'Não foi possível parar a proteção de {vm}.',
      left: 'Nada mais novo que o último ponto pode ser restaurado até a proteção ser retomada.',
      resume: 'Retomar a proteção',
      show: 'Mostrar a proteção',
    },
  },
  it: {
    title: 'Interrompi la protezione',
    does: 'interrompere i backup di una VM conservando i punti di ripristino',
    example: 'interrompi la protezione di sql-test-01',
    phrases: [
      'interrompi la protezione di {vm}',
      'interrompere la protezione di {vm}',
      'interrompi i backup di {vm}',
      'smetti di proteggere {vm}',
      'interrompi la protezione di {vm} e conserva i dati',
      'ferma il backup di {vm} ma conserva i dati',
      'ferma il backup di {vm} e conserva i dati',
      'interrompi il backup di {vm} e mantieni i dati',
      'smettere di proteggere {vm}',
      'smetti di fare il backup di {vm}',
      'interrompi la protezione di {vm} e mantieni i dati',
      'interrompi la protezione di {vm} ma tieni i dati',
      'disattiva il backup di {vm}',
      'disattiva la protezione di {vm}',
      'disattiva il backup di {vm} e conserva i dati',
      'disattiva il backup di {vm} ma conserva i dati',
      'smetti di fare il backup di {vm} ma tieni i dati',
      'smetti di fare il backup di {vm} e tieni i dati',
      'ferma i backup di {vm} ma tieni i punti di ripristino',
      'smetti di proteggere {vm} e conserva i dati',
      'smetti di proteggere {vm} e tieni i punti di ripristino',
      'smetti di fare il backup di {vm} e tieni i punti di ripristino',
      'togli {vm} dal backup ma conserva i dati',
      'togli {vm} dal backup e conserva i punti di ripristino',
      'rimuovi la protezione di {vm} ma conserva i dati',
      'ferma la protezione di {vm} e conserva i backup',
      'disattiva la protezione di {vm} e conserva i punti di ripristino',
      'disattiva il backup di {vm} e conserva i punti di ripristino',
      'smetti di proteggere {vm} e conserva i backup',
      'smetti di fare il backup di {vm} e conserva i backup',
      'conserva i dati di {vm} e ferma il backup',
      'conserva i punti di ripristino di {vm} e ferma il backup',
      'conserva i dati di {vm} e ferma la protezione',
      'conserva i punti di ripristino di {vm} e ferma la protezione',
      'ferma la protezione di {vm} dati da conservare',
      'ferma il backup di {vm} dati da conservare',
    ],
    messages: {
      undo: 'Riprendi la protezione; i punti di ripristino sono stati conservati.',
      preview:
        'Interrompe tutti i backup pianificati di {vm}: da allora non si potrà ripristinare nulla di più recente. I punti di ripristino in {vault} restano, anche quelli che sarebbero scaduti, e continuano a costare.',
      'already-stopped': 'La protezione di {vm} è già interrotta.',
      'already-stopped.advice': 'Per riprendere i backup, di’ “riprendi la protezione di {vm}”.',
      deleted: 'I dati di backup di {vm} sono eliminati; non c’è nulla da interrompere.',
      'deleted.advice': 'Per recuperarli, di’ “annulla l’eliminazione di {vm}”.',
      ready: 'La VM è protetta e si può interrompere.',
      done: 'La protezione di {vm} è interrotta. I punti di ripristino sono conservati.',
      failed: 'Non è stato possibile interrompere la protezione di {vm}.',
      left: 'Finché la protezione non riprende, non si può ripristinare nulla di più recente dell’ultimo punto.',
      resume: 'Riprendi la protezione',
      show: 'Mostra la protezione',
    },
  },
};

export const protectionStop = changing({
  id,
  area: 'backup',
  risk: 'disruptive',
  texts,
  parameters: z.object({ vm: parameter.vm() }),
  actions: [writeItem],
  rights: async (context, { vm }) => [{ action: writeItem, scope: (await protectedItemOf(context, vm)).vaultId }],
  targets: ({ vm }) => [vm],

  async preview(context, { vm }) {
    const item = await protectedItemOf(context, vm);
    return {
      sentence: message('preview', { vm: item.friendlyName, vault: nameOf(item.vaultId) }),
      facts: [...itemFacts(item), await usualFact(context, item.vaultId, 'DisableBackup')],
      resources: [vm, item.id],
      measured: itemMeasures(item),
    };
  },

  async checks(context, { vm }) {
    const item = await protectedItemOf(context, vm);
    const guard = await guardFindings(context, item.vaultId, writeItem);
    return orReady([...stateFindings(item), ...guard], message('ready'));
  },

  async submit(context, { vm }, { clientRequestId }) {
    const item = await protectedItemOf(context, vm);
    return await context.azure.backup.stop(item.id, { vmId: item.vmId, clientRequestId });
  },

  findSubmitted: async (context, { vm }, { startingAt }) =>
    await recordedJob(context, vm, { kind: 'DisableBackup', startingAt }),

  async result(_context, { vm }, _execution, progress) {
    const done = succeeded(progress);
    return {
      sentence: message(done ? 'done' : 'failed', { vm: nameOf(vm) }),
      facts: [],
      leftToDo: done ? [message('left')] : [],
      suggestions: after(vm),
    };
  },

  undo: ({ vm }) => [{ operation: 'protection.resume', parameters: { vm } }],
  byHand: (plan) => changeOfItem(plan, { policyId: '', protectionState: 'ProtectionStopped' }),
  next: ({ vm }) => after(vm),
});

function stateFindings(item: ProtectedItem): readonly Finding[] {
  const found = (key: string): readonly Finding[] => [
    {
      id: key,
      severity: 'blocks',
      text: message(key, { vm: item.friendlyName }),
      advice: message(`${key}.advice`, { vm: item.friendlyName }),
    },
  ];
  if (item.softDeleted) return found('deleted');
  return item.protectionState === 'ProtectionStopped' ? found('already-stopped') : [];
}

function after(vm: string): readonly Suggestion[] {
  return [
    { title: message('resume'), wish: { operation: 'protection.resume', parameters: { vm } } },
    { title: message('show'), wish: { operation: 'protection.show', parameters: { vm } } },
  ];
}
