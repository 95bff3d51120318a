import { z } from 'zod';
import { nameOf, protectedItemIdOf, sameId, vaultOf } from '../../azure/arm-id.ts';
import { CatalogueError } from '../../errors.ts';
import type { Context } from '../context.ts';
import { fact, vmWithGroup } from '../facts.ts';
import { findProtectedItem, freshVm, vmOf } from '../located.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { readable } from '../readable.ts';
import type { Choice, Finding, Suggestion } from '../screen.ts';
import { policyDetails } from '../status/policy-list.ts';
import { protectByHand } from './by-hand-backup.ts';
import { orReady, succeeded, usualFact, writeItem } from './item-change.ts';
import { policiesOfRegion, policyOf, titleOf } from './policy-choices.ts';

const id = 'protection.enable';
const message = own(id);
const writeVm = 'Microsoft.Compute/virtualMachines/write';
const offered = 10;

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Enable protection',
    does: 'put a VM under a backup policy',
    example: 'protect web-prod-03',
    phrases: [
      'protect {vm}',
      'enable protection of {vm}',
      'enable backup of {vm}',
      'enable backup for {vm}',
      'put {vm} under a backup policy',
      'put {vm} under backup',
      'add {vm} to backup',
      'add {vm} to a backup policy',
      'include {vm} in the backup',
      'put {vm} into backup',
      'add {vm} to the vault',
      'put {vm} under protection',
      'put {vm} in the vault',
      'start the protection of {vm}',
      'assign a backup policy to {vm} and start protecting it',
    ],
    messages: {
      undo: 'Stop the protection; recovery points that exist by then are kept.',
      preview:
        'Protects {vm} with the policy {policy} of {vault}. The VM keeps running; the first backup comes with the schedule, and storage is charged from then on.',
      protected: '{vm} is protected already, in the vault {vault}.',
      'protected.advice': 'To use another policy, say “change the policy of {vm}”.',
      deleted: 'The vault {vault} still holds deleted backup data of {vm}.',
      'deleted.advice': 'Say “undelete {vm}”, then “resume protection of {vm}”.',
      region: 'The vault {vault} is in {there}, the VM in {here}: Azure Backup protects a VM only in its own region.',
      'region.advice': 'Choose a policy of a vault in {here}.',
      ready: 'The VM is in no vault, and the vault is in its region.',
      done: '{vm} is protected with the policy {policy}.',
      failed: '{vm} could not be protected.',
      left: 'There is no recovery point before the first backup; for one now, back up now.',
      backup: 'Back up now',
      show: 'Show protection',
    },
  },
  'pt-BR': {
    title: 'Ativar a proteção',
    does: 'colocar uma VM sob uma política de backup',
    example: 'proteger web-prod-03',
    phrases: [
      'proteger {vm}',
      'proteja a {vm}',
      'ativar a proteção da {vm}',
      'ativar o backup da {vm}',
      'habilitar a proteção da {vm}',
      'habilitar o backup da {vm}',
      'habilita o backup da {vm}',
      'habilita o backup na {vm}',
      'coloca a {vm} no backup',
      'colocar {vm} em uma política de backup',
      'incluir {vm} no backup',
      'colocar {vm} sob backup',
      'colocar a {vm} para fazer backup',
    ],
    messages: {
      undo: 'Pare a proteção; os pontos de recuperação que já existirem são mantidos.',
      preview:
        'Protege {vm} com a política {policy} de {vault}. A VM continua em execução; o primeiro backup vem no horário agendado, e o armazenamento é cobrado a partir daí.',
      protected: '{vm} já está protegida, no cofre {vault}.',
      'protected.advice': 'Para usar outra política, diga “mudar a política da {vm}”.',
      deleted: 'O cofre {vault} ainda tem dados de backup excluídos de {vm}.',
      'deleted.advice': 'Diga “desfazer a exclusão da {vm}” e depois “retomar a proteção da {vm}”.',
      region: 'O cofre {vault} fica em {there}, a VM em {here}: o Azure Backup só protege uma VM na região dela.',
      'region.advice': 'Escolha uma política de um cofre em {here}.',
      ready: 'A VM não está em nenhum cofre, e o cofre fica na região dela.',
      done: '{vm} está protegida com a política {policy}.',
      failed: 'Não foi possível proteger {vm}.',
      left: 'Não há ponto de recuperação antes do primeiro backup; para um agora, faça um backup agora.',
      backup: 'Fazer backup agora',
      show: 'Mostrar a proteção',
    },
  },
  it: {
    title: 'Attiva la protezione',
    does: 'mettere una VM sotto un criterio di backup',
    example: 'proteggi web-prod-03',
    phrases: [
      'proteggi {vm}',
      'proteggere {vm}',
      'attiva la protezione di {vm}',
      'attiva il backup di {vm}',
      'abilita la protezione di {vm}',
      'abilita il backup di {vm}',
      'metti {vm} sotto backup',
      'aggiungi {vm} al backup',
      'metti {vm} in backup',
      'includi {vm} nel backup',
      'metti {vm} sotto un criterio di backup',
      'metti {vm} sotto protezione',
      'attiva la protezione backup di {vm}',
    ],
    messages: {
      undo: 'Ferma la protezione; i punti di ripristino già presenti restano.',
      preview:
        'Protegge {vm} con il criterio {policy} di {vault}. La VM resta accesa; il primo backup arriva con la pianificazione e da allora lo spazio si paga.',
      protected: '{vm} è già protetta, nell’insieme di credenziali {vault}.',
      'protected.advice': 'Per usare un altro criterio, di’ “cambia il criterio di {vm}”.',
      deleted: 'L’insieme di credenziali {vault} contiene ancora dati di backup eliminati di {vm}.',
      'deleted.advice': 'Di’ “annulla l’eliminazione di {vm}”, poi “riprendi la protezione di {vm}”.',
      region:
        'L’insieme di credenziali {vault} è in {there}, la VM in {here}: Azure Backup protegge una VM solo nella sua area.',
      'region.advice': 'Scegli un criterio di un insieme di credenziali in {here}.',
      ready: 'La VM non è in alcun insieme di credenziali, e quello scelto è nella sua area.',
      done: '{vm} è protetta con il criterio {policy}.',
      failed: 'Non è stato possibile proteggere {vm}.',
      left: 'Prima del primo backup non c’è alcun punto di ripristino; per averne uno subito, esegui un backup ora.',
      backup: 'Esegui backup ora',
      show: 'Mostra la protezione',
    },
  },
};

export const protectionEnable = changing({
  id,
  area: 'backup',
  risk: 'reversible',
  texts,
  parameters: z.object({ vm: parameter.vm(), policy: parameter.policy() }),
  actions: [writeItem, writeVm],
  rights: async (_, { vm, policy }) => [
    { action: writeItem, scope: vaultOf(policy) },
    { action: writeVm, scope: vm },
  ],
  targets: ({ vm }) => [vm],

  async choices(context, name, { vm }) {
    if (name === 'vm') return await unprotected(context);
    return vm === undefined ? [] : await policiesOfRegion(context, (await vmOf(context, vm)).location);
  },

  async preview(context, { vm: vmId, policy }) {
    const [vm, chosen] = await Promise.all([freshVm(context, vmId), policyOf(context, policy)]);
    const vault = nameOf(vaultOf(chosen.id));
    return {
      sentence: message('preview', { vm: vm.name, policy: chosen.name, vault }),
      facts: [
        fact('vm', vmWithGroup(vm.id)),
        fact('vault', vault),
        fact('policy', [chosen.name, ...policyDetails(chosen)]),
        fact('region', vm.location),
        await usualFact(context, vaultOf(chosen.id), 'ConfigureBackup'),
      ],
      resources: [vm.id, vaultOf(chosen.id)],
      measured: { 'fact.vault': vault, 'fact.policy': `${chosen.name} ${chosen.retentionDays ?? ''}` },
    };
  },

  async checks(context, { vm: vmId, policy }) {
    const vm = await freshVm(context, vmId);
    const [item, vault] = await Promise.all([
      findProtectedItem(context, vm),
      context.azure.backup.vault(vaultOf(policy)),
    ]);
    if (item !== undefined)
      return found(item.softDeleted ? 'deleted' : 'protected', { vm: vm.name, vault: nameOf(item.vaultId) });
    const places = { vault: vault.name, there: vault.location, here: vm.location };
    return orReady(sameId(vault.location, vm.location) ? [] : found('region', places), message('ready'));
  },

  async submit(context, { vm, policy }, { clientRequestId }) {
    const fresh = await freshVm(context, vm);
    const itemId = protectedItemIdOf(vaultOf(policy), fresh.id);
    return await context.azure.backup.protect(itemId, { vmId: fresh.id, policyId: policy, clientRequestId });
  },

  async findSubmitted(context, { vm, policy }, { startingAt }) {
    const itemId = protectedItemIdOf(vaultOf(policy), vm);
    const jobs = await context.azure.backup.jobsSince(itemId, 'ConfigureBackup', startingAt);
    return jobs.length > 1 ? 'unclear' : (jobs[0] ?? 'nothing');
  },

  async result(_context, { vm, policy }, _execution, progress) {
    const done = succeeded(progress);
    return {
      sentence: done
        ? message('done', { vm: nameOf(vm), policy: titleOf(policy) })
        : message('failed', { vm: nameOf(vm) }),
      facts: [],
      leftToDo: done ? [message('left')] : [],
      suggestions: after(vm),
    };
  },

  undo: ({ vm }) => [{ operation: 'protection.stop', parameters: { vm } }],
  byHand: protectByHand,
  next: ({ vm }) => after(vm),
});

function found(key: string, values: Record<string, string>): readonly Finding[] {
  return [{ id: key, severity: 'blocks', text: message(key, values), advice: message(`${key}.advice`, values) }];
}

async function unprotected(context: Context): Promise<readonly Choice[]> {
  const { inventory } = context.azure;
  const [vms, items] = await Promise.all([inventory.vms(), inventory.protectedItems()]);
  const held = new Set(items.value.map((item) => item.vmId.toLowerCase()));
  const lacking = vms.value.filter((vm) => !held.has(vm.id.toLowerCase()));
  const seen = await readable(context, 'Microsoft.Compute/virtualMachines/read', lacking);
  if (seen.length === 0) throw new CatalogueError('no-vm-for-this');
  return seen.slice(0, offered).map((vm) => ({ value: vm.id, title: vm.name, details: vmWithGroup(vm.id) }));
}

function after(vm: string): readonly Suggestion[] {
  return [
    { title: message('backup'), wish: { operation: 'backup.start', parameters: { vm } } },
    { title: message('show'), wish: { operation: 'protection.show', parameters: { vm } } },
  ];
}
