import { z } from 'zod';
import { nameOf, vaultOf } from '../../azure/arm-id.ts';
import type { ProtectedItem } from '../../azure/types.ts';
import { changeOfItem } from '../by-hand.ts';
import { fact } from '../facts.ts';
import { protectedItemOf } from '../located.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Finding, Suggestion } from '../screen.ts';
import {
  itemChoices,
  itemFacts,
  itemMeasures,
  orReady,
  recordedJob,
  succeeded,
  usualFact,
  writeItem,
} from './item-change.ts';
import { policyChoices, policyOf } from './policy-choices.ts';

const id = 'protection.resume';
const message = own(id);

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Resume protection',
    does: 'go on with the backups of a VM that were stopped',
    example: 'resume protection of legacy-fs-01',
    phrases: [
      'resume protection of {vm}',
      'resume backup of {vm}',
      'resume backups of {vm}',
      'resume the backups of {vm}',
      'continue protection of {vm}',
      'turn the backup of {vm} back on',
      'start the backups of {vm} again',
      'resume backing up {vm}',
      'turn the backups of {vm} back on',
      'resume the protection and backups of {vm}',
      'restart the protection of {vm}',
      'enable the backups of {vm} again',
      'enable protection of {vm} again',
      'start the protection of {vm} again',
    ],
    messages: {
      undo: 'Stop the protection again; the recovery points are kept.',
      preview:
        'Backs up {vm} again under the policy {policy} of {vault}. Old recovery points that the policy no longer keeps expire from then on.',
      deleted: 'The backup data of {vm} is deleted.',
      'deleted.advice': 'Bring it back first: say “undelete {vm}”.',
      running: 'The protection of {vm} is not stopped.',
      'running.advice': 'Nothing has to be done. To use another policy, say “change the policy of {vm}”.',
      'other-vault': 'The policy {policy} belongs to another vault than the recovery points of {vm}.',
      'other-vault.advice': 'Choose a policy of the vault {vault}.',
      ready: 'Protection is stopped and can go on.',
      done: '{vm} is backed up again.',
      failed: 'The protection of {vm} could not be resumed.',
      left: 'The next backup comes with the policy’s schedule; for a recovery point now, back up now.',
      backup: 'Back up now',
      show: 'Show protection',
    },
  },
  'pt-BR': {
    title: 'Retomar a proteção',
    does: 'continuar os backups de uma VM que foram parados',
    example: 'retomar a proteção da legacy-fs-01',
    phrases: [
      'retomar a proteção da {vm}',
      'retome a proteção da {vm}',
      'retomar os backups da {vm}',
      'retomar a proteção de {vm}',
      'voltar a proteger {vm}',
      'reativar o backup da {vm}',
      'religar o backup da {vm}',
      'retomar o backup da {vm}',
      'voltar a fazer backup da {vm}',
      'religar os backups da {vm}',
      'reativar a proteção da {vm}',
      'proteger novamente a {vm} com a política {policy}',
    ],
    messages: {
      undo: 'Pare a proteção de novo; os pontos de recuperação são mantidos.',
      preview:
        'Volta a fazer backup de {vm} com a política {policy} de {vault}. Pontos antigos que a política não mantém mais expiram a partir daí.',
      deleted: 'Os dados de backup de {vm} estão excluídos.',
      'deleted.advice': 'Recupere-os primeiro: diga “desfazer a exclusão da {vm}”.',
      running: 'A proteção de {vm} não está parada.',
      'running.advice': 'Nada precisa ser feito. Para usar outra política, diga “mudar a política da {vm}”.',
      'other-vault': 'A política {policy} é de outro cofre que não o dos pontos de recuperação de {vm}.',
      'other-vault.advice': 'Escolha uma política do cofre {vault}.',
      ready: 'A proteção está parada e pode continuar.',
      done: '{vm} volta a ter backup.',
      failed: 'Não foi possível retomar a proteção de {vm}.',
      left: 'O próximo backup vem no horário da política; para um ponto agora, faça um backup agora.',
      backup: 'Fazer backup agora',
      show: 'Mostrar a proteção',
    },
  },
  it: {
    title: 'Riprendi la protezione',
    does: 'riprendere i backup interrotti di una VM',
    example: 'riprendi la protezione di legacy-fs-01',
    phrases: [
      'riprendi la protezione di {vm}',
      'riprendere la protezione di {vm}',
      'riprendi i backup di {vm}',
      'riattiva la protezione di {vm}',
      'torna a proteggere {vm}',
      'riattiva il backup di {vm}',
      'fai ripartire i backup di {vm}',
      'riprendi il backup di {vm}',
      'torna a fare il backup di {vm}',
      'riattiva i backup di {vm}',
      'rimetti in moto i backup di {vm}',
      'rimetti {vm} sotto backup',
      'rimetti {vm} sotto protezione',
      'riattiva di nuovo il backup di {vm}',
      'abilita di nuovo il backup di {vm}',
      'attiva di nuovo la protezione di {vm}',
      'proteggi di nuovo {vm} con la policy {policy}',
    ],
    messages: {
      undo: 'Ferma di nuovo la protezione; i punti di ripristino restano.',
      preview:
        'Riprende i backup di {vm} con il criterio {policy} di {vault}. I punti vecchi che il criterio non conserva più scadono da allora.',
      deleted: 'I dati di backup di {vm} sono eliminati.',
      'deleted.advice': 'Recuperali prima: di’ “annulla l’eliminazione di {vm}”.',
      running: 'La protezione di {vm} non è interrotta.',
      'running.advice': 'Non c’è nulla da fare. Per usare un altro criterio, di’ “cambia il criterio di {vm}”.',
      'other-vault': 'Il criterio {policy} è di un insieme di credenziali diverso da quello dei punti di {vm}.',
      'other-vault.advice': 'Scegli un criterio dell’insieme di credenziali {vault}.',
      ready: 'La protezione è interrotta e può riprendere.',
      done: 'I backup di {vm} sono ripresi.',
      failed: 'Non è stato possibile riprendere la protezione di {vm}.',
      left: 'Il prossimo backup arriva con la pianificazione del criterio; per un punto subito, esegui un backup ora.',
      backup: 'Esegui backup ora',
      show: 'Mostra la protezione',
    },
  },
};

export const protectionResume = changing({
  id,
  area: 'backup',
  risk: 'reversible',
  texts,
  parameters: z.object({ vm: parameter.vm(), policy: parameter.policy() }),
  actions: [writeItem],
  rights: async (context, { vm }) => [{ action: writeItem, scope: (await protectedItemOf(context, vm)).vaultId }],
  targets: ({ vm }) => [vm],

  async choices(context, name, { vm }) {
    if (name === 'vm') return await itemChoices(context, isStopped);
    return vm === undefined ? [] : await policyChoices(context, (await protectedItemOf(context, vm)).vaultId);
  },

  async preview(context, { vm, policy }) {
    const [item, chosen] = await Promise.all([protectedItemOf(context, vm), policyOf(context, policy)]);
    const values = { vm: item.friendlyName, policy: chosen.name, vault: nameOf(item.vaultId) };
    return {
      sentence: message('preview', values),
      facts: [
        ...itemFacts(item),
        fact('new-policy', chosen.name),
        await usualFact(context, item.vaultId, 'ConfigureBackup'),
      ],
      resources: [vm, item.id, chosen.id],
      measured: { ...itemMeasures(item), 'fact.new-policy': `${chosen.name} ${chosen.retentionDays ?? ''}` },
    };
  },

  async checks(context, { vm, policy }) {
    return orReady(findingsOf(await protectedItemOf(context, vm), policy), message('ready'));
  },

  async submit(context, { vm, policy }, { clientRequestId }) {
    const item = await protectedItemOf(context, vm);
    return await context.azure.backup.protect(item.id, { vmId: item.vmId, policyId: policy, clientRequestId });
  },

  findSubmitted: async (context, { vm }, { startingAt }) =>
    await recordedJob(context, vm, { kind: 'ConfigureBackup', startingAt }),

  async result(_context, { vm }, _execution, progress) {
    const done = succeeded(progress);
    return {
      sentence: message(done ? 'done' : 'failed', { vm: nameOf(vm) }),
      facts: [],
      leftToDo: done ? [message('left')] : [],
      suggestions: after(vm),
    };
  },

  undo: ({ vm }) => [{ operation: 'protection.stop', parameters: { vm } }],
  byHand: (plan) => changeOfItem(plan, { policyId: plan.parameters.policy }),
  next: ({ vm }) => after(vm),
});

function isStopped(item: ProtectedItem): boolean {
  return !item.softDeleted && item.protectionState === 'ProtectionStopped';
}

function findingsOf(item: ProtectedItem, policy: string): readonly Finding[] {
  const values = { vm: item.friendlyName, vault: nameOf(item.vaultId), policy: nameOf(policy) };
  const found = (key: string): readonly Finding[] => [
    { id: key, severity: 'blocks', text: message(key, values), advice: message(`${key}.advice`, values) },
  ];
  if (item.softDeleted) return found('deleted');
  if (!isStopped(item)) return found('running');
  return vaultOf(policy).toLowerCase() === item.vaultId.toLowerCase() ? [] : found('other-vault');
}

function after(vm: string): readonly Suggestion[] {
  return [
    { title: message('backup'), wish: { operation: 'backup.start', parameters: { vm } } },
    { title: message('show'), wish: { operation: 'protection.show', parameters: { vm } } },
  ];
}
