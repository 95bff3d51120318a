import { z } from 'zod';
import { nameOf, resourceGroupOf, resourceGroupScopeOf, segmentOf } from '../../azure/arm-id.ts';
import type { RestoreTarget } from '../../azure/types.ts';
import { CatalogueError } from '../../errors.ts';
import { restoreByHand } from '../backup/by-hand-backup.ts';
import { itemChoices, succeeded } from '../backup/item-change.ts';
import type { Context } from '../context.ts';
import { fact } from '../facts.ts';
import { freshVm } from '../located.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Choice, Finding, Suggestion } from '../screen.ts';
import { restoreChecks } from './restore-checks.ts';
import { restoreFacts, restoreMeasures } from './restore-facts.ts';
import {
  choicesIn,
  crossRegionAction,
  crossRegionRestoreAction,
  placeFacts,
  placeRights,
  regionOf,
  restoresFound,
  restoreThere,
  sourceIn,
  stagingAt,
} from './restore-place.ts';
import { restoreAction, restoreRights } from './restore-source.ts';

const id = 'restore.new-vm';
const message = own(id);
const writeVm = 'Microsoft.Compute/virtualMachines/write';

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Restore to a new VM',
    does: 'restore a VM as a new one beside it',
    example: 'restore sql-prod-01 to a new VM',
    phrases: [
      'restore {vm} to a new VM',
      'restore {vm} as a new VM',
      'restore {vm}',
      'recover {vm} to a new VM',
      'restore a copy of {vm}',
      'restore {vm} in the secondary region',
      'restore {vm} to a new VM in the secondary region',
      'create a new vm from the backup of {vm}',
      'restore {vm} from backup',
      'restore the backup of {vm}',
      'restore {vm} to another vm',
      'restore {vm} beside it',
      'clone {vm} from a backup',
      'create a new vm from {vm}',
      'new vm from the backup of {vm}',
      'recover {vm} from backup',
      'copy {vm} from backup',
      'restore {vm} as new',
      'make a new vm from the backup of {vm}',
      'make a new vm from the latest backup of {vm}',
      'create a new vm from the latest recovery point of {vm}',
      'create a new vm from a recovery point of {vm}',
      'new vm from the recovery point of {vm}',
      'restore the latest backup of {vm} to a new vm',
      'restore the backup of {vm} to a new vm',
      'restore the backup of {vm} as a new vm',
      'recover the backup of {vm} into a new vm',
      'restore a recovery point of {vm} to a new vm',
      'restore the recovery point of {vm} as a new vm',
      'make a copy of {vm} from backup',
      'create a copy of {vm} from the backup',
      'make a copy of {vm} from the latest backup',
      'make a copy of {vm} from the recovery point',
      'clone {vm} from the latest backup',
      'clone {vm} from a recovery point',
      'clone {vm} to a new vm from backup',
      'clone the backup of {vm}',
      'restore {vm} into a separate vm',
      'restore {vm} from recovery point to a new vm',
      'restore {vm} from a backup to a new vm',
      'recover {vm} as a new vm from backup',
      'recover {vm} from a recovery point',
      'restore {vm} from a recovery point',
      'restore {vm} from its recovery point as a new vm',
      'do a restore of {vm}',
      'do a restore of {vm} to a new vm',
      'run a restore of {vm} as a new vm',
      'start a restore of {vm} to a new vm',
      'start a new vm from the backup of {vm}',
      'restore {vm} from backup to a new vm in the secondary region',
      'restore {vm} from backup in the secondary region',
      'recover {vm} in the secondary region',
      'restore a new {vm}',
      'create a new {vm} from backup',
      'create a new {vm} from a recovery point',
      'restore all of {vm} to a new vm',
      'restore {vm} as another vm',
      'restore a copy of {vm} from backup',
      'restore {vm} as a copy from the recovery point',
      'restore a second {vm}',
      'make a new vm out of the recovery point of {vm}',
      'do a cross region restore of {vm}',
    ],
    messages: {
      undo: 'The VM that was restored stands beside the old one, which was not touched. Delete it in Azure, with its disks and network card.',
      preview:
        'Creates the new VM {name} in {network} from the recovery point of {vm} of {time}, and starts it. {vm} itself is not touched, but the copy bears the same computer name and runs the same programs: on a network that both reach they can collide.',
      'name-taken': 'There is a VM called {name} already.',
      'name-taken.advice': 'Ask again in a minute: another name is proposed.',
      done: 'The new VM {name} runs, restored from {vm}.',
      failed: '{vm} could not be restored to a new VM.',
      left: 'Check {name}; then move people over to it or delete it with its disks: it costs until then.',
      'left-protect': '{name} is not protected yet.',
      'left-failed': 'Look into {group}: disks of the new VM may have been left, and cost.',
      subnet: '{network}, subnet {subnet}',
      show: 'Show protection',
      points: 'Recovery points',
    },
  },
  'pt-BR': {
    title: 'Restaurar para uma nova VM',
    does: 'restaurar uma VM como uma nova ao lado dela',
    example: 'restaurar a sql-prod-01 em uma nova VM',
    phrases: [
      'restaurar a {vm} em uma nova VM',
      'restaurar {vm} como nova VM',
      'restaurar a {vm}',
      'restaurar {vm} para uma nova VM',
      'restaurar uma cópia da {vm}',
      'restaurar a {vm} na região secundária',
      'criar uma nova vm a partir do backup da {vm}',
      'restaurar {vm} do backup',
      'restaurar o backup da {vm}',
      'restaurar {vm} em outra vm',
      'clonar a {vm} de um backup',
      'nova vm a partir do backup da {vm}',
      'copiar a {vm} do backup',
      'recuperar a {vm} do backup',
      'subir uma cópia da {vm} em uma nova vm',
      'subir uma nova vm a partir do backup da {vm}',
      'restaurar a {vm} numa vm nova do backup',
      'levantar uma cópia da {vm}',
      'criar uma cópia da {vm} a partir do backup',
      'criar uma vm nova com o backup da {vm}',
      'copiar a {vm} para uma vm nova',
      'restaurar o backup da {vm} em uma nova vm',
      'restaurar a vm inteira {vm} em uma nova vm',
      'clonar a {vm} em uma nova vm',
      'restaurar uma cópia da {vm} em outra vm',
      'restaurar uma cópia da {vm} em uma vm nova com o backup',
      'clonar a {vm} do backup em uma nova vm',
    ],
    messages: {
      undo: 'A VM restaurada está ao lado da antiga, que não foi tocada. Exclua-a no Azure, com os discos e a placa de rede.',
      preview:
        'Cria a nova VM {name} em {network} a partir do ponto de recuperação de {vm} de {time}, e a inicia. {vm} não é tocada, mas a cópia tem o mesmo nome de computador e executa os mesmos programas: em uma rede que ambas alcançam, elas podem colidir.',
      'name-taken': 'Já existe uma VM chamada {name}.',
      'name-taken.advice': 'Peça de novo em um minuto: outro nome é proposto.',
      done: 'A nova VM {name} está em execução, restaurada de {vm}.',
      failed: 'Não foi possível restaurar {vm} em uma nova VM.',
      left: 'Verifique {name}; depois passe as pessoas para ela ou exclua-a com os discos: até lá ela custa.',
      'left-protect': '{name} ainda não está protegida.',
      'left-failed': 'Veja em {group}: discos da nova VM podem ter ficado, e custam.',
      subnet: '{network}, sub-rede {subnet}',
      show: 'Mostrar a proteção',
      points: 'Pontos de recuperação',
    },
  },
  it: {
    title: 'Ripristina in una nuova VM',
    does: 'ripristinare una VM come nuova accanto ad essa',
    example: 'ripristina sql-prod-01 in una nuova VM',
    phrases: [
      'ripristina {vm} in una nuova VM',
      'ripristina {vm} come nuova VM',
      'ripristina {vm}',
      'ripristinare {vm} in una nuova VM',
      'ripristina una copia di {vm}',
      'ripristina {vm} nella regione secondaria',
      'crea una nuova vm dal backup di {vm}',
      'ripristina {vm} dal backup',
      'ripristina il backup di {vm}',
      'ripristina {vm} su un’altra vm',
      'clona {vm} da un backup',
      'nuova vm dal backup di {vm}',
      'copia {vm} dal backup',
      'recupera {vm} dal backup',
      'crea una copia di {vm} dal backup',
      'crea una copia di {vm} dal punto di ripristino',
      'crea una nuova copia di {vm} dal backup',
      'tira su una copia di {vm} dal punto di ripristino',
      'crea una nuova vm da {vm} dal punto di ripristino',
      'crea una nuova vm dal punto di ripristino di {vm}',
      'crea una vm nuova con il backup di {vm}',
      'ripristina {vm} dal punto di ripristino',
      'ripristina {vm} su una nuova vm dal punto di ripristino',
      'ripristina {vm} su una nuova vm dal backup',
      'ripristina {vm} come nuova vm dal backup',
      'ripristina {vm} come nuova vm dal punto di ripristino',
      'clona {vm} dal punto di ripristino',
      'ripristina il punto di ripristino di {vm} su una nuova vm',
      'ripristina il backup di {vm} su una nuova vm',
      'fai il ripristino di {vm}',
      'fai il ripristino di {vm} su una nuova vm',
      'ripristina {vm} a fianco su una nuova vm',
    ],
    messages: {
      undo: 'La VM ripristinata sta accanto alla vecchia, che non è stata toccata. Eliminala in Azure, con i dischi e la scheda di rete.',
      preview:
        'Crea la nuova VM {name} in {network} dal punto di ripristino di {vm} del {time} e la avvia. {vm} non viene toccata, ma la copia ha lo stesso nome computer e gli stessi programmi: in una rete che entrambe raggiungono possono entrare in conflitto.',
      'name-taken': 'C’è già una VM di nome {name}.',
      'name-taken.advice': 'Chiedi di nuovo fra un minuto: viene proposto un altro nome.',
      done: 'La nuova VM {name} è accesa, ripristinata da {vm}.',
      failed: 'Non è stato possibile ripristinare {vm} in una nuova VM.',
      left: 'Controlla {name}; poi passa ad essa o eliminala con i dischi: fino ad allora si paga.',
      'left-protect': '{name} non è ancora protetta.',
      'left-failed': 'Guarda in {group}: possono essere rimasti dischi della nuova VM, che si pagano.',
      subnet: '{network}, sottorete {subnet}',
      show: 'Mostra la protezione',
      points: 'Punti di ripristino',
    },
  },
};

export const restoreNewVm = changing({
  id,
  area: 'backup',
  intentions: ['down'],
  risk: 'disruptive',
  texts,
  parameters: z.object({
    vm: parameter.vm(),
    region: parameter.region().optional(),
    point: parameter.recoveryPoint(),
    network: parameter.network(),
    name: parameter.words().optional(),
    staging: parameter.words().optional(),
  }),
  actions: [restoreAction, 'Microsoft.Compute/disks/write', writeVm, crossRegionAction, crossRegionRestoreAction],
  rights: async (context, { vm, region }) => [
    ...(await restoreRights(context, vm, resourceGroupScopeOf(vm))),
    { action: writeVm, scope: resourceGroupScopeOf(vm) },
    ...(await placeRights(context, vm, region)),
  ],
  targets: ({ vm }) => [vm],

  async choices(context, name, { vm, region }) {
    if (name === 'vm') return await itemChoices(context, (item) => !item.softDeleted);
    if (vm === undefined) return [];
    if (name === 'point') return await choicesIn(context, vm, region);
    return name === 'network' ? await subnetChoices(context, await regionOf(context, vm, region)) : [];
  },

  /** Named after the VM and the minute: free, and seen to be a copy. ARM allows 64 characters. */
  async defaults(context, { vm, region, name, staging }) {
    if (vm === undefined) return {};
    const minute = context.now().toISOString().slice(5, 16).replace(/[-:]/g, '').replace('T', '-');
    const found = staging ?? (await stagingAt(context, vm, region));
    return {
      name: name ?? `${nameOf(vm).slice(0, 44)}-restored-${minute}`,
      ...(found !== undefined && { staging: found }),
    };
  },

  async preview(context, { vm, region, point, network, name, staging }) {
    const source = await sourceIn(context, vm, { point, region });
    const target = targetOf(vm, { network, name });
    const values = { name: nameOf(target.vmId), network: place(network), vm: source.item.friendlyName };
    return {
      sentence: message('preview', { ...values, time: { time: source.point.time } }),
      facts: [
        ...placeFacts(source),
        ...(await restoreFacts(context, source, staging)),
        fact('new-vm', values.name),
        fact('network', values.network),
        fact('target-group', resourceGroupOf(vm)),
      ],
      resources: [vm, source.item.id, target.networkId],
      measured: restoreMeasures(source),
    };
  },

  async checks(context, { vm, region, point, network, name, staging }) {
    const target = targetOf(vm, { network, name });
    const [taken, findings] = await Promise.all([
      nameFindings(context, target.vmId),
      restoreChecks(context, await sourceIn(context, vm, { point, region }), { target, staging }),
    ]);
    return [...taken, ...findings];
  },

  async submit(context, { vm, region, point, network, name, staging }, { clientRequestId }) {
    const source = await sourceIn(context, vm, { point, region });
    return await restoreThere(context, source, { target: targetOf(vm, { network, name }), staging, clientRequestId });
  },

  findSubmitted: async (context, { vm, region }, { startingAt }) =>
    await restoresFound(context, vm, { region, startingAt }),

  async result(_context, { vm, name = '' }, _execution, progress) {
    const done = succeeded(progress);
    return {
      sentence: done ? message('done', { name, vm: nameOf(vm) }) : message('failed', { vm: nameOf(vm) }),
      facts: done ? [fact('new-vm', name)] : [],
      leftToDo: done
        ? [message('left', { name }), message('left-protect', { name })]
        : [message('left-failed', { group: resourceGroupOf(vm) })],
      suggestions: after(vm),
    };
  },

  undo: () => [],
  byHand: (plan) => restoreByHand(plan, intoNewVm(plan.parameters)),
  next: ({ vm }) => after(vm),
});

/** The new VM as the options of `az` name it. */
function intoNewVm({ network, name }: { readonly network: string; readonly name?: string | undefined }) {
  return {
    'restore-mode': 'AlternateLocation',
    'target-vm-name': name,
    'target-vnet-name': segmentOf(network, 'virtualNetworks'),
    'target-vnet-resource-group': resourceGroupOf(network),
    'target-subnet-name': nameOf(network),
  };
}

type NewVm = Extract<RestoreTarget, { kind: 'new-vm' }>;

/** Beside the old VM. The type leaves no way to say "the old VM": only `replace-disks` can. */
function targetOf(
  vm: string,
  { network, name }: { readonly network: string; readonly name: string | undefined },
): NewVm {
  if (name === undefined || name.toLowerCase() === nameOf(vm).toLowerCase()) throw new CatalogueError('internal');
  const groupId = resourceGroupScopeOf(vm);
  const vmId = `${groupId}/providers/Microsoft.Compute/virtualMachines/${name}`;
  return { kind: 'new-vm', vmId, groupId, networkId: network.replace(/\/subnets\/[^/]+$/i, ''), subnetId: network };
}

/** Of the region that is restored to: the vault's is the VM's own, and known even when the VM is gone. */
async function subnetChoices(context: Context, location: string): Promise<readonly Choice[]> {
  const networks = (await context.azure.inventory.networks(location)).value;
  return networks.flatMap((network) =>
    network.subnets.map((subnet) => {
      const value = `${network.id}/subnets/${subnet}`;
      return { value, title: `${network.name} / ${subnet}`, details: network.resourceGroup };
    }),
  );
}

function place(subnetId: string) {
  return message('subnet', { network: segmentOf(subnetId, 'virtualNetworks'), subnet: nameOf(subnetId) });
}

async function nameFindings(context: Context, vmId: string): Promise<readonly Finding[]> {
  const values = { name: nameOf(vmId) };
  try {
    await freshVm(context, vmId);
  } catch (error) {
    if (error instanceof CatalogueError && error.code === 'vm-not-found') return [];
    throw error;
  }
  return [
    { id: 'name-taken', severity: 'blocks', text: message('name-taken', values), advice: message('name-taken.advice') },
  ];
}

function after(vm: string): readonly Suggestion[] {
  return [
    { title: message('show'), wish: { operation: 'protection.show', parameters: { vm } } },
    { title: message('points'), wish: { operation: 'recovery-point.list', parameters: { vm } } },
  ];
}
