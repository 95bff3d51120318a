import { z } from 'zod';
import { nameOf, resourceGroupOf, resourceGroupScopeOf } from '../../azure/arm-id.ts';
import type { RestoreTarget } from '../../azure/types.ts';
import { restoreByHand } from '../backup/by-hand-backup.ts';
import { itemChoices, succeeded } from '../backup/item-change.ts';
import { fact } from '../facts.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { saidRegion } from '../said-region.ts';
import type { Suggestion } from '../screen.ts';
import { restoreChecks } from './restore-checks.ts';
import { restoreFacts, restoreMeasures } from './restore-facts.ts';
import {
  choicesIn,
  crossRegionAction,
  crossRegionRestoreAction,
  placeFacts,
  placeRights,
  restoresFound,
  restoreThere,
  sourceIn,
  stagingAt,
} from './restore-place.ts';
import { restoreAction, restoreRights } from './restore-source.ts';

const id = 'restore.disks';
const message = own(id);

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Restore disks',
    does: 'restore the disks of a VM beside it, without touching it',
    example: 'restore the disks of sql-prod-01',
    phrases: [
      'restore the disks of {vm}',
      'restore {vm} to disks',
      'restore disks of {vm}',
      'recover the disks of {vm}',
      'restore only the disks of {vm}',
      'restore all disks of {vm}',
      'restore the disks of {vm} in the secondary region',
      'get the disks of {vm} back from the backup',
      'restore the disks of {vm} from backup',
      'i want the disks of {vm} from the backup',
      'from the backup of {vm} i want the disks',
      'restore the disks of {vm} as new disks',
      'do a disk restore of {vm}',
      'make disks from the recovery point of {vm}',
      'create new disks from the backup of {vm}',
      'create new disks from a recovery point of {vm}',
      'restore new disks of {vm}',
      'restore the os disk of {vm}',
      'restore the data disks of {vm}',
      'restore the data disks of {vm} from backup',
      'restore the os disk of {vm} from backup',
      'copy the disks of {vm} from the backup',
    ],
    messages: {
      undo: 'The disks that were restored stand beside the VM, which was not touched. Delete them in Azure.',
      preview:
        'Makes new disks in {group} from the recovery point of {vm} of {time}. {vm} is not touched; the new disks are charged until they are deleted.',
      done: 'The disks of {vm} are restored into {group}.',
      failed: 'The disks of {vm} could not be restored.',
      left: 'Attach the new disks in {group} where they are needed, and delete them afterwards: they cost until then.',
      'left-failed': 'Look into {group}: disks that were begun may have been left, and cost.',
      show: 'Show protection',
      points: 'Recovery points',
    },
  },
  'pt-BR': {
    title: 'Restaurar discos',
    does: 'restaurar os discos de uma VM ao lado dela, sem tocá-la',
    example: 'restaurar os discos da sql-prod-01',
    phrases: [
      'restaurar os discos da {vm}',
      'restaurar a {vm} em discos',
      'restaurar a {vm} para discos',
      'restaure os discos da {vm}',
      'restaurar discos da {vm}',
      'recuperar os discos da {vm}',
      'restaurar só os discos da {vm}',
      'restaurar os discos da {vm} na região secundária',
      'restaurar os discos da {vm} do backup',
      'quero os discos da {vm} do backup',
    ],
    messages: {
      undo: 'Os discos restaurados estão ao lado da VM, que não foi tocada. Exclua-os no Azure.',
      preview:
        'Cria discos novos em {group} a partir do ponto de recuperação de {vm} de {time}. {vm} não é tocada; os discos novos são cobrados até serem excluídos.',
      done: 'Os discos de {vm} estão restaurados em {group}.',
      failed: 'Não foi possível restaurar os discos de {vm}.',
      left: 'Anexe os discos novos em {group} onde forem necessários e exclua-os depois: até lá eles custam.',
      'left-failed': 'Veja em {group}: discos iniciados podem ter ficado, e custam.',
      show: 'Mostrar a proteção',
      points: 'Pontos de recuperação',
    },
  },
  it: {
    title: 'Ripristina i dischi',
    does: 'ripristinare i dischi di una VM accanto ad essa, senza toccarla',
    example: 'ripristina i dischi di sql-prod-01',
    phrases: [
      'ripristina i dischi di {vm}',
      'ripristina {vm} in dischi',
      'ripristina {vm} su dischi',
      'ripristinare i dischi di {vm}',
      'recupera i dischi di {vm}',
      'ripristina solo i dischi di {vm}',
      'ripristina tutti i dischi di {vm}',
      'ripristina i dischi di {vm} nella regione secondaria',
      'ripristina i dischi di {vm} dal backup',
      'voglio i dischi di {vm} dal backup',
      'dal backup di {vm} voglio i dischi',
      'ripristina i dischi di {vm} dal punto di ripristino',
      'ripristina {vm} come dischi',
      'mi servono i dischi di {vm} dal backup',
    ],
    messages: {
      undo: 'I dischi ripristinati stanno accanto alla VM, che non è stata toccata. Eliminali in Azure.',
      preview:
        'Crea nuovi dischi in {group} dal punto di ripristino di {vm} del {time}. {vm} non viene toccata; i nuovi dischi si pagano finché non si eliminano.',
      done: 'I dischi di {vm} sono ripristinati in {group}.',
      failed: 'Non è stato possibile ripristinare i dischi di {vm}.',
      left: 'Collega i nuovi dischi in {group} dove servono ed eliminali dopo: fino ad allora si pagano.',
      'left-failed': 'Guarda in {group}: possono essere rimasti dischi iniziati, che si pagano.',
      show: 'Mostra la protezione',
      points: 'Punti di ripristino',
    },
  },
};

export const restoreDisks = changing({
  id,
  area: 'backup',
  intentions: ['down'],
  risk: 'reversible',
  texts,
  parameters: z.object({
    vm: parameter.vm(),
    region: parameter.region().optional(),
    point: parameter.recoveryPoint(),
    staging: parameter.words().optional(),
    to: parameter.regionName().optional(),
  }),
  actions: [restoreAction, 'Microsoft.Compute/disks/write', crossRegionAction, crossRegionRestoreAction],
  rights: async (context, { vm, region }) => [
    ...(await restoreRights(context, vm, resourceGroupScopeOf(vm))),
    ...(await placeRights(context, vm, region)),
  ],
  targets: ({ vm }) => [vm],

  async choices(context, name, { vm, region }) {
    if (name === 'vm') return await itemChoices(context, (item) => !item.softDeleted);
    return name === 'point' && vm !== undefined ? await choicesIn(context, vm, region) : [];
  },

  async defaults(context, { vm, region, staging }) {
    const found = staging ?? (vm === undefined ? undefined : await stagingAt(context, vm, region));
    return found === undefined ? {} : { staging: found };
  },

  async preview(context, { vm, region, point, staging }) {
    const source = await sourceIn(context, vm, { point, region });
    const values = { vm: source.item.friendlyName, group: resourceGroupOf(vm), time: { time: source.point.time } };
    return {
      sentence: message('preview', values),
      facts: [
        ...placeFacts(source),
        ...(await restoreFacts(context, source, staging)),
        fact('target-group', values.group),
      ],
      resources: [vm, source.item.id],
      measured: restoreMeasures(source),
    };
  },

  async checks(context, { vm, region, point, staging, to }) {
    const source = await sourceIn(context, vm, { point, region });
    return [
      ...saidRegion(to, { name: source.item.friendlyName, region: source.region }),
      ...(await restoreChecks(context, source, { target: targetOf(vm), staging })),
    ];
  },

  async submit(context, { vm, region, point, staging }, { clientRequestId }) {
    const source = await sourceIn(context, vm, { point, region });
    return await restoreThere(context, source, { target: targetOf(vm), staging, clientRequestId });
  },

  findSubmitted: async (context, { vm, region }, { startingAt }) =>
    await restoresFound(context, vm, { region, startingAt }),

  async result(_context, { vm }, _execution, progress) {
    const done = succeeded(progress);
    const group = resourceGroupOf(vm);
    return {
      sentence: done ? message('done', { vm: nameOf(vm), group }) : message('failed', { vm: nameOf(vm) }),
      facts: [],
      leftToDo: [message(done ? 'left' : 'left-failed', { group })],
      suggestions: after(vm),
    };
  },

  undo: () => [],
  byHand: (plan) => restoreByHand(plan, {}),
  next: ({ vm }) => after(vm),
});

/** Beside the VM, where its people have rights. */
function targetOf(vm: string): RestoreTarget {
  return { kind: 'disks', groupId: resourceGroupScopeOf(vm) };
}

function after(vm: string): readonly Suggestion[] {
  return [
    { title: message('show'), wish: { operation: 'protection.show', parameters: { vm } } },
    { title: message('points'), wish: { operation: 'recovery-point.list', parameters: { vm } } },
  ];
}
