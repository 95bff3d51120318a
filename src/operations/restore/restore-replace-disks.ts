import { z } from 'zod';
import { keyOf, nameOf, resourceGroupOf, resourceGroupScopeOf } from '../../azure/arm-id.ts';
import type { Vm } from '../../azure/types.ts';
import { CatalogueError } from '../../errors.ts';
import { restoreByHand } from '../backup/by-hand-backup.ts';
import { itemChoices, recordedJob, succeeded } from '../backup/item-change.ts';
import { fact } from '../facts.ts';
import { freshVm } from '../located.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { withHit } from '../recovery/vm-hit.ts';
import type { Finding, Suggestion } from '../screen.ts';
import { restoreChecks } from './restore-checks.ts';
import { restoreFacts, restoreMeasures } from './restore-facts.ts';
import { pointChoices, requestOf, restoreAction, restoreRights, sourceOf, stagingFor } from './restore-source.ts';

const id = 'restore.replace-disks';
const message = own(id);
const writeVm = 'Microsoft.Compute/virtualMachines/write';
const target = { kind: 'replace-disks' } as const;

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Replace disks',
    does: 'put a VM back to a recovery point, in place',
    example: 'replace the disks of sql-prod-01',
    phrases: [
      'replace the disks of {vm}',
      'replace disks of {vm}',
      'replace all disks of {vm}',
      'restore {vm} in place',
      'roll back {vm}',
      'replace the disks of {vm} with a backup',
      'overwrite {vm} with a backup',
      'overwrite {vm} from backup',
      'overwrite the disks of {vm}',
      'restore {vm} over itself',
      'roll back {vm} to a recovery point',
      'overwrite {vm}',
      'roll back {vm} to a backup',
      'swap the disks of {vm} from backup',
      'restore the disks of {vm} in place',
      'restore {vm} in place from a recovery point',
      'restore {vm} in place from backup',
      'put the disks of {vm} back from backup',
      'replace the disks of {vm} with the recovery point',
      'replace the disks of {vm} from the recovery point',
      'replace the disks of {vm} with those of the recovery point',
      'swap the disks of {vm} for the ones of the recovery point',
      'overwrite the disks of {vm} with the backup',
      'overwrite the disks of {vm} with the recovery point',
      'overwrite {vm} with a recovery point',
      'overwrite {vm} with the latest backup',
      'overwrite {vm} with the latest recovery point',
      'replace {vm} with its backup',
      'replace {vm} with the recovery point',
      'replace {vm} with the latest backup',
      'replace the disks of {vm} with the latest backup',
      'replace the disks of {vm} with the latest recovery point',
      'replace all disks of {vm} with a backup',
      'replace all disks of {vm} with the recovery point',
      'in-place restore of {vm}',
      'do an in-place restore of {vm}',
      'run an in-place restore of {vm}',
      'do an in-place restore of {vm} from backup',
      'do an in-place restore of {vm} from the recovery point',
      'restore the backup of {vm} in place',
      'restore the recovery point of {vm} in place',
      'restore the recovery point over {vm}',
      'restore the disks of {vm} in place from backup',
      'roll back {vm} to the latest backup',
      'roll back {vm} to the latest recovery point',
      'roll back the disks of {vm}',
      'roll back the disks of {vm} to a backup',
      'roll back the disks of {vm} to a recovery point',
      'do a rollback of {vm} to the recovery point',
      'do a rollback of {vm}',
      'do a rollback of {vm} to the backup',
      'go back to the recovery point on {vm}',
      'go back to the backup on {vm}',
      'put {vm} back to the recovery point',
      'put {vm} back to a backup',
      'put {vm} back to the latest backup',
      'put the disks of {vm} back to the recovery point',
      'replace the os disk of {vm} with a backup',
      'replace the disks of {vm} in place',
      'restore {vm} in place with the latest backup',
      'restore {vm} in place with the latest recovery point',
      'swap the disks of {vm} for the backup',
      'recover {vm} by replacing its disks',
      'restore {vm} by replacing its disks',
      'restore {vm} by replacing the disks from the backup',
      'restore {vm} and replace the disks',
      'restore {vm} and replace the existing disks',
      'restore {vm} and overwrite the existing disks',
      'restore the existing {vm} in place',
    ],
    messages: {
      undo: 'Azure backed the VM up just before and has kept the old disks: restore that newest point in place, or attach the old disks in Azure.',
      preview:
        'Stops {vm} and replaces {count, plural, one {its disk} other {its # disks}} by the recovery point of {time}: whatever was written since then is no longer on the VM. The old disks stay, attached to nothing.',
      'for-good': 'What was written since the point is only on the old disks: the VM does not get it back by itself.',
      running: 'The VM is running: Azure stops it, and everybody on it is cut off.',
      'running.advice': 'Tell its users first.',
      done: '{vm} stands at the recovery point again.',
      failed: 'The disks of {vm} could not be replaced.',
      left: 'The old disks stay in {group}, attached to nothing: delete them when nobody needs them, they cost until then.',
      'left-check': 'Check whether {vm} runs, and what its programs say about the data.',
      'left-failed': 'Check at once whether {vm} runs and which disks it has.',
      show: 'Show protection',
      points: 'Recovery points',
    },
  },
  'pt-BR': {
    title: 'Substituir os discos',
    does: 'devolver uma VM a um ponto de recuperação, no lugar',
    example: 'substituir os discos da sql-prod-01',
    phrases: [
      'substituir os discos da {vm}',
      'substitua os discos da {vm}',
      'trocar os discos da {vm}',
      'substituir todos os discos da {vm}',
      'trocar todos os discos da {vm}',
      'substituir os discos da {vm} por um backup',
      'sobrescrever {vm} com um backup',
      'restaurar {vm} por cima',
      'restaurar {vm} no lugar',
      'sobrescrever os discos da {vm}',
      'sobrescrever {vm}',
      'fazer rollback da {vm}',
      'reverter a {vm} para um backup',
      'reverter a {vm} para um ponto de recuperação',
      'trocar os discos da {vm} pelo backup',
      'restaurar os discos da {vm} no lugar',
      'restaurar a {vm} no lugar do backup',
      'restaurar {vm} na mesma vm',
      'substituir os discos da {vm} pelo backup',
      'trocar os discos da {vm} pelos do backup',
      'voltar a {vm} no lugar',
      'restaurar a {vm} trocando os discos pelo backup',
      'restaurar a {vm} por cima dela mesma',
      'trocar os discos da {vm} pelo ponto de recuperação',
      'substituir os discos da {vm} pelos do ponto de recuperação',
      'voltar a {vm} por cima com o backup',
      'fazer rollback da {vm} no lugar',
      'restaurar o backup da {vm} por cima',
    ],
    messages: {
      undo: 'O Azure fez um backup da VM logo antes e guardou os discos antigos: restaure esse ponto mais novo por cima, ou anexe os discos antigos no Azure.',
      preview:
        'Para {vm} e substitui {count, plural, one {o disco} other {os # discos}} pelo ponto de recuperação de {time}: o que foi gravado desde então deixa de estar na VM. Os discos antigos ficam, anexados a nada.',
      'for-good': 'O que foi gravado desde o ponto fica só nos discos antigos: a VM não o recebe de volta sozinha.',
      running: 'A VM está em execução: o Azure a para, e todos nela são desconectados.',
      'running.advice': 'Avise antes os usuários dela.',
      done: '{vm} está de novo no ponto de recuperação.',
      failed: 'Não foi possível substituir os discos de {vm}.',
      left: 'Os discos antigos ficam em {group}, anexados a nada: exclua-os quando ninguém precisar deles, até lá eles custam.',
      'left-check': 'Verifique se {vm} está em execução e o que os programas dizem dos dados.',
      'left-failed': 'Verifique já se {vm} está em execução e quais discos ela tem.',
      show: 'Mostrar a proteção',
      points: 'Pontos de recuperação',
    },
  },
  it: {
    title: 'Sostituisci i dischi',
    does: 'riportare una VM a un punto di ripristino, sul posto',
    example: 'sostituisci i dischi di sql-prod-01',
    phrases: [
      'sostituisci i dischi di {vm}',
      'sostituire i dischi di {vm}',
      'sostituisci tutti i dischi di {vm}',
      'rimpiazza i dischi di {vm}',
      'ripristina {vm} sul posto',
      'sostituisci i dischi di {vm} con un backup',
      'sovrascrivi {vm} con un backup',
      'ripristina {vm} in place',
      'sovrascrivi i dischi di {vm}',
      'sovrascrivi {vm}',
      'fai il rollback di {vm}',
      'rollback di {vm} a un backup',
      'rollback di {vm} a un punto di ripristino',
      'scambia i dischi di {vm} con il backup',
      'ripristina i dischi di {vm} sul posto',
      'ripristina {vm} sul posto dal backup',
      'ripristina {vm} sulla stessa vm',
      'sostituisci i dischi di {vm} con il punto di ripristino',
      'sostituisci i dischi di {vm} dal backup',
      'sostituisci i dischi di {vm} dal punto di ripristino',
      'sovrascrivi i dischi di {vm} con il backup',
      'sovrascrivi i dischi di {vm} con il punto di ripristino',
      'ripristina {vm} sul posto dal punto di ripristino',
      'ripristina {vm} sovrascrivendo i dischi',
      'ripristina i dischi di {vm} sovrascrivendo',
      'rollback di {vm} al backup',
      'fai il rollback di {vm} al punto di ripristino',
      'fai il rollback di {vm} al backup',
      'ripristina {vm} sulla stessa vm dal backup',
    ],
    messages: {
      undo: 'Azure ha fatto un backup della VM subito prima e ha tenuto i vecchi dischi: ripristina sul posto quel punto più recente, o collega i vecchi dischi in Azure.',
      preview:
        'Ferma {vm} e sostituisce {count, plural, one {il suo disco} other {i suoi # dischi}} con il punto di ripristino del {time}: ciò che è stato scritto da allora non è più sulla VM. I vecchi dischi restano, scollegati.',
      'for-good': 'Ciò che è stato scritto dopo il punto resta solo sui vecchi dischi: la VM non lo riavrà da sola.',
      running: 'La VM è accesa: Azure la ferma e chi la usa viene scollegato.',
      'running.advice': 'Avvisa prima chi la usa.',
      done: '{vm} è di nuovo al punto di ripristino.',
      failed: 'Non è stato possibile sostituire i dischi di {vm}.',
      left: 'I vecchi dischi restano in {group}, scollegati: eliminali quando non servono a nessuno, fino ad allora si pagano.',
      'left-check': 'Controlla che {vm} sia accesa e che cosa dicono dei dati i suoi programmi.',
      'left-failed': 'Controlla subito se {vm} è accesa e quali dischi ha.',
      show: 'Mostra la protezione',
      points: 'Punti di ripristino',
    },
  },
};

export const restoreReplaceDisks = changing({
  id,
  area: 'backup',
  intentions: ['down'],
  risk: 'destructive',
  texts,
  parameters: z.object({
    vm: parameter.vm(),
    point: parameter.recoveryPoint(),
    staging: parameter.words().optional(),
  }),
  actions: [restoreAction, 'Microsoft.Compute/disks/write', writeVm],
  rights: async (context, { vm }) => [
    ...(await restoreRights(context, vm, resourceGroupScopeOf(vm))),
    { action: writeVm, scope: vm },
  ],
  targets: ({ vm }) => [vm],

  async choices(context, name, { vm }) {
    if (name === 'vm') return await itemChoices(context, (item) => !item.softDeleted);
    return name === 'point' && vm !== undefined ? await pointChoices(context, vm) : [];
  },

  async defaults(context, { vm, staging }) {
    const found = staging ?? (vm === undefined ? undefined : await stagingFor(context, vm));
    return found === undefined ? {} : { staging: found };
  },

  async preview(context, { vm: vmId, point, staging }) {
    const [source, vm] = await Promise.all([sourceOf(context, vmId, point), freshVm(context, vmId)]);
    const count = vm.diskIds.length;
    return {
      sentence: message('preview', { vm: vm.name, count, time: { time: source.point.time } }),
      facts: await withHit(
        context,
        [...(await restoreFacts(context, source, staging)), fact('disks', vm.diskIds.map(nameOf))],
        { vmId: vm.id, interrupts: true, forGood: message('for-good') },
      ),
      resources: [vm.id, source.item.id, ...vm.diskIds],
      measured: {
        ...restoreMeasures(source),
        'fact.power': vm.powerState,
        'fact.disks': vm.diskIds.map(keyOf).toSorted().join(' '),
      },
    };
  },

  async checks(context, { vm: vmId, point, staging }) {
    const [source, vm] = await Promise.all([sourceOf(context, vmId, point), freshVm(context, vmId)]);
    return [...powerFindings(vm), ...(await restoreChecks(context, source, { target, staging }))];
  },

  async submit(context, { vm, point, staging }, { clientRequestId }) {
    if (staging === undefined) throw new CatalogueError('internal');
    const source = await sourceOf(context, vm, point);
    const request = requestOf(source, target, staging);
    return await context.azure.backup.restore(source.item.id, { ...request, clientRequestId });
  },

  findSubmitted: async (context, { vm }, { startingAt }) =>
    await recordedJob(context, vm, { kind: 'Restore', startingAt }),

  async result(_context, { vm }, _execution, progress) {
    const done = succeeded(progress);
    const values = { vm: nameOf(vm) };
    return {
      sentence: message(done ? 'done' : 'failed', values),
      facts: [],
      leftToDo: done
        ? [message('left-check', values), message('left', { group: resourceGroupOf(vm) })]
        : [message('left-failed', values)],
      suggestions: after(vm),
    };
  },

  undo: ({ vm }) => [{ operation: 'restore.replace-disks', parameters: { vm } }],
  byHand: (plan) => restoreByHand(plan, { 'restore-mode': 'OriginalLocation' }),
  next: ({ vm }) => after(vm),
});

function powerFindings({ powerState }: Vm): readonly Finding[] {
  if (powerState !== 'PowerState/running') return [];
  return [{ id: 'running', severity: 'warns', text: message('running'), advice: message('running.advice') }];
}

function after(vm: string): readonly Suggestion[] {
  return [
    { title: message('show'), wish: { operation: 'protection.show', parameters: { vm } } },
    { title: message('points'), wish: { operation: 'recovery-point.list', parameters: { vm } } },
  ];
}
