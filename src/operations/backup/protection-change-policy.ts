import { z } from 'zod';
import { nameOf, sameId, vaultOf } from '../../azure/arm-id.ts';
import type { BackupPolicy, ProtectedItem, RecoveryPoint } from '../../azure/types.ts';
import { changeOfItem } from '../by-hand.ts';
import type { Context } from '../context.ts';
import { fact } from '../facts.ts';
import { daysFrom } from '../keeping.ts';
import { protectedItemOf } from '../located.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Finding, Suggestion } from '../screen.ts';
import { policyDetails } from '../status/policy-list.ts';
import { guardFindings } from './guarded.ts';
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

const id = 'protection.change-policy';
const message = own(id);

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Change the backup policy',
    does: 'put a protected VM under another backup policy',
    example: 'change the policy of sql-prod-01',
    phrases: [
      'change the policy of {vm}',
      'change policy of {vm}',
      'change the backup policy of {vm}',
      'switch the policy of {vm}',
      'use another policy for {vm}',
      'switch {vm} to another policy',
      'put {vm} under another policy',
      'move {vm} to another policy',
      'use the policy {policy} for {vm}',
      'put {vm} on policy {policy}',
      'move {vm} to policy {policy}',
      'switch {vm} to policy {policy}',
      'change {vm} to policy {policy}',
      'change the policy of {vm} to {policy}',
      'assign the policy {policy} to {vm}',
      'apply the policy {policy} to {vm}',
      'switch the backup policy of {vm} to {policy}',
      'replace the policy of {vm} with {policy}',
      'put {vm} onto policy {policy}',
      'use policy {policy} for {vm}',
      'change the protection policy of {vm}',
      'give {vm} another policy',
      '{vm} to policy {policy}',
      'change the retention of {vm}',
      'use another backup policy for the protection of {vm}',
      'change the backup of {vm} to another policy',
      'convert {vm} to policy {policy}',
      'policy change for {vm}',
      'switch {vm} over to policy {policy}',
      'new policy for {vm}',
      'new backup policy for {vm}',
      'new policy on {vm}',
    ],
    messages: {
      undo: 'Put it back under the policy that it had. Recovery points that the new policy has removed meanwhile do not come back.',
      preview:
        'Puts {vm} under the policy {policy} instead of {before}. {count, plural, =0 {No recovery point expires sooner.} one {Up to # recovery point expires sooner.} other {Up to # recovery points expire sooner.}}',
      sooner:
        '{count, plural, one {# recovery point expires sooner} other {# recovery points expire sooner}}, the first of {oldest}: the new policy keeps {days, plural, one {# day} other {# days}}.',
      'sooner.advice':
        'Points of backups made by hand keep their own end; the others cannot be brought back once they are gone.',
      same: '{vm} is under the policy {policy} already.',
      'same.advice': 'Choose another policy.',
      stopped: 'The protection of {vm} is stopped.',
      'stopped.advice': 'To go on with backups under a policy, say “resume protection of {vm}”.',
      'other-vault': 'The policy {policy} belongs to another vault than {vm}.',
      'other-vault.advice': 'Choose a policy of the vault {vault}.',
      immutable: 'The vault {vault} is immutable: it refuses a policy that keeps less.',
      'immutable.advice': 'Choose a policy that keeps recovery points at least as long.',
      ready: 'The policy belongs to the vault, and no recovery point expires sooner.',
      done: '{vm} is under the policy {policy}.',
      failed: 'The policy of {vm} could not be changed.',
      show: 'Show protection',
      points: 'Recovery points',
    },
  },
  'pt-BR': {
    title: 'Mudar a política de backup',
    does: 'colocar uma VM protegida sob outra política de backup',
    example: 'mudar a política da sql-prod-01',
    phrases: [
      'mudar a política da {vm}',
      'mude a política da {vm}',
      'mudar a política de backup da {vm}',
      'trocar a política da {vm}',
      'alterar a política da {vm}',
      'passar {vm} para outra política',
      'mover {vm} para outra política',
      'trocar a política de backup da {vm}',
      'usar a política {policy} para a {vm}',
      'passar a {vm} para a política {policy}',
      'mudar a {vm} para a política {policy}',
      'trocar a política da {vm} por {policy}',
      'associar a {vm} à política {policy}',
      'aplicar a política {policy} na {vm}',
      'atualizar a política da {vm}',
      'mudar de política a {vm}',
    ],
    messages: {
      undo: 'Volte à política que tinha. Os pontos de recuperação que a nova política já tiver removido não voltam.',
      preview:
        'Coloca {vm} sob a política {policy} no lugar de {before}. {count, plural, =0 {Nenhum ponto de recuperação expira antes.} one {Até # ponto de recuperação expira antes.} other {Até # pontos de recuperação expiram antes.}}',
      sooner:
        '{count, plural, one {# ponto de recuperação expira antes} other {# pontos de recuperação expiram antes}}, o primeiro de {oldest}: a nova política mantém {days, plural, one {# dia} other {# dias}}.',
      'sooner.advice': 'Pontos de backups manuais mantêm o próprio fim; os outros não voltam depois de expirar.',
      same: '{vm} já está sob a política {policy}.',
      'same.advice': 'Escolha outra política.',
      stopped: 'A proteção de {vm} está parada.',
      'stopped.advice': 'Para voltar aos backups sob uma política, diga “retomar a proteção da {vm}”.',
      'other-vault': 'A política {policy} é de outro cofre que não o de {vm}.',
      'other-vault.advice': 'Escolha uma política do cofre {vault}.',
      immutable: 'O cofre {vault} é imutável: recusa uma política que mantém menos.',
      'immutable.advice': 'Escolha uma política que mantenha os pontos pelo menos pelo mesmo tempo.',
      ready: 'A política é do cofre, e nenhum ponto de recuperação expira antes.',
      done: '{vm} está sob a política {policy}.',
      failed: 'Não foi possível mudar a política de {vm}.',
      show: 'Mostrar a proteção',
      points: 'Pontos de recuperação',
    },
  },
  it: {
    title: 'Cambia il criterio di backup',
    does: 'mettere una VM protetta sotto un altro criterio di backup',
    example: 'cambia il criterio di sql-prod-01',
    phrases: [
      'cambia il criterio di {vm}',
      'cambiare il criterio di {vm}',
      'cambia il criterio di backup di {vm}',
      'sostituisci il criterio di {vm}',
      'modifica il criterio di {vm}',
      'passa {vm} a un altro criterio',
      'sposta {vm} su un altro criterio',
      'cambia la policy di {vm}',
      'usa il criterio {policy} per {vm}',
      'sposta {vm} sul criterio {policy}',
      'passa {vm} alla policy {policy}',
      'cambia la policy di {vm} in {policy}',
      'cambia la policy di backup di {vm} in {policy}',
      'assegna a {vm} la policy {policy}',
      'applica la policy {policy} a {vm}',
      'usa la policy {policy} per il backup di {vm}',
      'cambia la policy del backup di {vm}',
      'sposta il backup di {vm} sulla policy {policy}',
      'passa il backup di {vm} alla policy {policy}',
      'usa un’altra policy per {vm}',
      'assegna a {vm} un’altra policy',
      'sostituisci la policy di {vm} con {policy}',
    ],
    messages: {
      undo: 'Rimettila sotto il criterio che aveva. I punti di ripristino che il nuovo criterio ha già rimosso non tornano.',
      preview:
        'Mette {vm} sotto il criterio {policy} al posto di {before}. {count, plural, =0 {Nessun punto di ripristino scade prima.} one {Fino a # punto di ripristino scade prima.} other {Fino a # punti di ripristino scadono prima.}}',
      sooner:
        '{count, plural, one {# punto di ripristino scade prima} other {# punti di ripristino scadono prima}}, il primo del {oldest}: il nuovo criterio conserva {days, plural, one {# giorno} other {# giorni}}.',
      'sooner.advice':
        'I punti dei backup manuali conservano la propria scadenza; gli altri, una volta scaduti, non tornano.',
      same: '{vm} è già sotto il criterio {policy}.',
      'same.advice': 'Scegli un altro criterio.',
      stopped: 'La protezione di {vm} è interrotta.',
      'stopped.advice': 'Per riprendere i backup con un criterio, di’ “riprendi la protezione di {vm}”.',
      'other-vault': 'Il criterio {policy} è di un insieme di credenziali diverso da quello di {vm}.',
      'other-vault.advice': 'Scegli un criterio dell’insieme di credenziali {vault}.',
      immutable: 'L’insieme di credenziali {vault} è immutabile: rifiuta un criterio che conserva meno.',
      'immutable.advice': 'Scegli un criterio che conservi i punti almeno altrettanto.',
      ready: 'Il criterio è dell’insieme di credenziali e nessun punto di ripristino scade prima.',
      done: '{vm} è sotto il criterio {policy}.',
      failed: 'Non è stato possibile cambiare il criterio di {vm}.',
      show: 'Mostra la protezione',
      points: 'Punti di ripristino',
    },
  },
};

export const protectionChangePolicy = changing({
  id,
  area: 'backup',
  risk: 'disruptive',
  texts,
  parameters: z.object({ vm: parameter.vm(), policy: parameter.policy() }),
  actions: [writeItem],
  rights: async (context, { vm }) => [{ action: writeItem, scope: (await protectedItemOf(context, vm)).vaultId }],
  targets: ({ vm }) => [vm],

  async choices(context, name, { vm }) {
    if (name === 'vm') return await itemChoices(context, (item) => !item.softDeleted);
    return vm === undefined ? [] : await policyChoices(context, (await protectedItemOf(context, vm)).vaultId);
  },

  async preview(context, { vm, policy }) {
    const { item, chosen, sooner } = await looked(context, vm, policy);
    const before = item.policyName ?? '–';
    return {
      sentence: message('preview', { vm: item.friendlyName, policy: chosen.name, before, count: sooner.length }),
      facts: [
        ...itemFacts(item),
        fact('new-policy', [chosen.name, ...policyDetails(chosen)]),
        await usualFact(context, item.vaultId, 'ConfigureBackup'),
      ],
      resources: [vm, item.id, chosen.id],
      measured: {
        ...itemMeasures(item),
        'fact.new-policy': `${chosen.name} ${chosen.retentionDays ?? ''}`,
        'fact.points': String(sooner.length),
      },
    };
  },

  async checks(context, { vm, policy }) {
    const { item, chosen, sooner } = await looked(context, vm, policy);
    const state = stateFindings(item, chosen);
    if (state.length > 0) return state;
    const guard = await guardFindings(context, item.vaultId, writeItem);
    return orReady([...guard, ...(await losses(context, { item, chosen, sooner }))], message('ready'));
  },

  async submit(context, { vm, policy }, { clientRequestId }) {
    const item = await protectedItemOf(context, vm);
    return await context.azure.backup.protect(item.id, { vmId: item.vmId, policyId: policy, clientRequestId });
  },

  findSubmitted: async (context, { vm }, { startingAt }) =>
    await recordedJob(context, vm, { kind: 'ConfigureBackup', startingAt }),

  async result(_context, { vm, policy }, _execution, progress) {
    const values = { vm: nameOf(vm), policy: nameOf(policy) };
    return {
      sentence: succeeded(progress) ? message('done', values) : message('failed', { vm: values.vm }),
      facts: [],
      leftToDo: [],
      suggestions: after(vm),
    };
  },

  undo: ({ vm }) => [{ operation: 'protection.change-policy', parameters: { vm } }],
  byHand: (plan) => changeOfItem(plan, { policyId: plan.parameters.policy }),
  next: ({ vm }) => after(vm),
});

interface Looked {
  readonly item: ProtectedItem;
  readonly chosen: BackupPolicy;
  /** Points that the new policy keeps for a shorter time than they would be kept now. */
  readonly sooner: readonly RecoveryPoint[];
}

async function looked(context: Context, vm: string, policy: string): Promise<Looked> {
  const [item, chosen] = await Promise.all([protectedItemOf(context, vm), policyOf(context, policy)]);
  const points = await context.azure.backup.recoveryPoints(item.id);
  return { item, chosen, sooner: points.filter((point) => endsSooner(point, chosen)) };
}

/** A day of grace: Azure's ends are at the time of the backup, not of the point. */
function endsSooner({ time, expiresAt }: RecoveryPoint, { retentionDays }: BackupPolicy): boolean {
  if (expiresAt === undefined || retentionDays === undefined) return false;
  return Date.parse(daysFrom(new Date(time), retentionDays + 1)) < Date.parse(expiresAt);
}

function stateFindings(item: ProtectedItem, chosen: BackupPolicy): readonly Finding[] {
  const values = { vm: item.friendlyName, policy: chosen.name, vault: nameOf(item.vaultId) };
  if (item.softDeleted || item.protectionState === 'ProtectionStopped') return found('stopped', values);
  if (!sameId(vaultOf(chosen.id), item.vaultId)) return found('other-vault', values);
  return sameId(item.policyName ?? '', chosen.name) ? found('same', values) : [];
}

async function losses(context: Context, { item, chosen, sooner }: Looked): Promise<readonly Finding[]> {
  const oldest = sooner.at(-1);
  if (oldest === undefined) return [];
  const vault = await context.azure.backup.vault(item.vaultId);
  if (vault.immutability !== 'off') return found('immutable', { vault: vault.name });
  const text = message('sooner', {
    count: sooner.length,
    oldest: { time: oldest.time },
    days: chosen.retentionDays ?? 0,
  });
  return [{ id: 'sooner', severity: 'warns', text, advice: message('sooner.advice') }];
}

function found(key: string, values: Record<string, string>): readonly Finding[] {
  return [{ id: key, severity: 'blocks', text: message(key, values), advice: message(`${key}.advice`, values) }];
}

function after(vm: string): readonly Suggestion[] {
  return [
    { title: message('show'), wish: { operation: 'protection.show', parameters: { vm } } },
    { title: message('points'), wish: { operation: 'recovery-point.list', parameters: { vm } } },
  ];
}
