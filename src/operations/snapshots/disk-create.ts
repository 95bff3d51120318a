import { z } from 'zod';
import { nameOf, resourceGroupOf, resourceGroupScopeOf } from '../../azure/arm-id.ts';
import type { ArmId } from '../../azure/types.ts';
import { CatalogueError } from '../../errors.ts';
import { say } from '../../message.ts';
import { succeeded } from '../backup/item-change.ts';
import { madeFindings } from '../checks/place.ts';
import { fact, moment, usualOfOwnRuns } from '../facts.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { disksCost } from '../prices.ts';
import type { Finding, Suggestion } from '../screen.ts';
import { diskByHand } from './by-hand-disks.ts';
import { skuFor } from './disk-sku.ts';
import { groupChoices, snapshotChoices, snapshotOf, vmOfSnapshot } from './snapshot-found.ts';

const id = 'disk.create';
const message = own(id);
const actions = ['Microsoft.Compute/disks/write', 'Microsoft.Compute/snapshots/beginGetAccess/action'] as const;

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Create a disk from a snapshot',
    does: 'make a new disk from a snapshot',
    example: 'create a disk from a snapshot',
    phrases: [
      'create a disk from a snapshot',
      'create a disk from the snapshot',
      'make a disk from a snapshot',
      'new disk from a snapshot',
      'restore a snapshot to a new disk',
      'turn a snapshot into a disk',
      'convert the snapshot to a disk',
      'snapshot to a new disk',
      'disk from a snapshot',
      'from a snapshot make a disk',
      'restore the snapshot as a disk',
      'convert the snapshot into a new disk',
      'copy the snapshot to a disk',
      'copy the snapshot to a new disk',
      'use the snapshot for a new disk',
      'restore a disk from the snapshot',
      'create a disk out of the snapshots',
    ],
    messages: {
      undo: 'The new disk is attached to nothing. Delete it in Azure.',
      'too-small': 'The snapshot holds a disk of {least}; a disk of {size} cannot hold it.',
      'too-small.advice': 'Ask for {least} or more.',
      preview:
        'Creates the disk {disk} ({size}, {sku}) in {group} from the snapshot {snapshot} of {taken}. No VM is touched; the disk is charged until it is deleted.',
      taken: 'There is a disk called {disk} already.',
      'taken.advice': 'Ask again: another name is proposed.',
      ready: 'The name is free.',
      done: 'The disk {disk} exists and is attached to nothing.',
      failed: 'The disk {disk} could not be created.',
      left: 'Attach {disk} to a VM in the portal, and delete it when it is no longer needed: it costs until then.',
      list: 'Snapshots',
    },
  },
  'pt-BR': {
    title: 'Criar um disco de um snapshot',
    does: 'criar um disco novo a partir de um snapshot',
    example: 'criar um disco de um snapshot',
    phrases: [
      'criar um disco de um snapshot',
      'criar um disco do snapshot',
      'crie um disco a partir de um snapshot',
      'criar disco a partir do snapshot',
      'novo disco a partir de um snapshot',
      'transformar um snapshot em disco',
      'converter o snapshot em disco',
      'restaurar um snapshot em um novo disco',
      'disco a partir de um snapshot',
      'disco novo a partir do snapshot',
      'restaurar o snapshot {snapshot} como disco',
      'gerar um disco novo com o snapshot {snapshot}',
      'restaurar o snapshot {snapshot} como disco novo',
      'restaurar o snapshot {snapshot} em um disco novo',
    ],
    messages: {
      undo: 'O novo disco não está anexado a nada. Exclua-o no Azure.',
      'too-small': 'O snapshot contém um disco de {least}; um disco de {size} não o comporta.',
      'too-small.advice': 'Peça {least} ou mais.',
      preview:
        'Cria o disco {disk} ({size}, {sku}) em {group} a partir do snapshot {snapshot} de {taken}. Nenhuma VM é tocada; o disco é cobrado até ser excluído.',
      taken: 'Já existe um disco chamado {disk}.',
      'taken.advice': 'Peça de novo: outro nome é proposto.',
      ready: 'O nome está livre.',
      done: 'O disco {disk} existe e não está anexado a nada.',
      failed: 'Não foi possível criar o disco {disk}.',
      left: 'Anexe {disk} a uma VM no portal e exclua-o quando não for mais necessário: até lá ele custa.',
      list: 'Ver os snapshots',
    },
  },
  it: {
    title: 'Crea un disco da uno snapshot',
    does: 'creare un nuovo disco da uno snapshot',
    example: 'crea un disco da uno snapshot',
    phrases: [
      'crea un disco da uno snapshot',
      'crea un disco dallo snapshot',
      'creare un disco da uno snapshot',
      'nuovo disco da uno snapshot',
      'nuovo disco dallo snapshot',
      'trasforma uno snapshot in un disco',
      'converti lo snapshot in disco',
      'ripristina uno snapshot in un nuovo disco',
      'disco da uno snapshot',
      'disco nuovo da uno snapshot',
      'dallo snapshot crea un disco',
      'crea un disco da {snapshot}',
      'ricava un disco dallo snapshot',
      'usa lo snapshot per creare un disco',
    ],
    messages: {
      undo: 'Il nuovo disco non è collegato a nulla. Eliminalo in Azure.',
      'too-small': 'Lo snapshot contiene un disco di {least}; un disco di {size} non basta.',
      'too-small.advice': 'Chiedi {least} o più.',
      preview:
        'Crea il disco {disk} ({size}, {sku}) in {group} dallo snapshot {snapshot} di {taken}. Nessuna VM viene toccata; il disco si paga finché non si elimina.',
      taken: 'C’è già un disco di nome {disk}.',
      'taken.advice': 'Chiedi di nuovo: viene proposto un altro nome.',
      ready: 'Il nome è libero.',
      done: 'Il disco {disk} esiste e non è collegato a nulla.',
      failed: 'Non è stato possibile creare il disco {disk}.',
      left: 'Collega {disk} a una VM dal portale ed eliminalo quando non serve più: fino ad allora si paga.',
      list: 'Vedi gli snapshot',
    },
  },
};

export const diskCreate = changing({
  id,
  area: 'snapshots',
  risk: 'reversible',
  texts,
  parameters: z.object({
    snapshot: parameter.snapshot(),
    size: parameter.diskSize().optional(),
    sku: parameter.diskType().optional(),
    zone: parameter.zone().optional(),
    group: parameter.resourceGroup().optional(),
    name: parameter.words().optional(),
  }),
  actions,
  rights: async (_, { snapshot, group }) => [
    { action: actions[0], scope: group ?? resourceGroupScopeOf(snapshot) },
    { action: actions[1], scope: resourceGroupScopeOf(snapshot) },
  ],
  targets: ({ snapshot }) => [snapshot],

  async choices(context, name, { snapshot }) {
    if (name === 'snapshot') return await snapshotChoices(context);
    return name === 'group' && snapshot !== undefined ? await groupChoices(context, snapshot) : [];
  },

  /** Beside the snapshot, named after the disk and the minute. ARM allows eighty characters. */
  async defaults(context, { snapshot, name }) {
    if (name !== undefined || snapshot === undefined) return {};
    const { sourceDiskId } = await snapshotOf(context, snapshot);
    const minute = context.now().toISOString().slice(0, 16).replace(/[-:T]/g, '');
    return { name: `${nameOf(sourceDiskId).slice(0, 60)}-${minute}` };
  },

  async preview(context, given) {
    const snapshot = await snapshotOf(context, given.snapshot);
    const [usual, vm] = await Promise.all([skuFor(context, snapshot), vmOfSnapshot(context, snapshot)]);
    const { sku = usual, size: sizeGib = snapshot.sizeGib, zone } = given;
    const size = gib(sizeGib);
    const diskId = diskIdOf(given);
    const disk = nameOf(diskId);
    const group = resourceGroupOf(diskId);
    const cost = disksCost(context, [{ sizeGib, sku }]);
    const values = { disk, size, sku, group, snapshot: snapshot.name, taken: { time: snapshot.createdAt } };
    return {
      sentence: message('preview', values),
      facts: [
        fact('snapshot', say('fact.in-group', { name: snapshot.name, group: snapshot.resourceGroup })),
        fact('taken', moment(snapshot.createdAt)),
        fact('new-disk', disk),
        fact('size', size),
        fact('disk-type', sku),
        ...(zone === undefined ? [] : [fact('zone', zone)]),
        fact('target-group', group),
        ...(cost === undefined ? [] : [fact('cost', say('fact.per-month', { cost }))]),
        fact('usually', await usualOfOwnRuns(context, id)),
      ],
      resources: [snapshot.id, ...(vm === undefined ? [] : [vm.id])],
      measured: { 'fact.taken': snapshot.createdAt, 'fact.disk-type': sku },
    };
  },

  async checks(context, given) {
    const diskId = diskIdOf(given);
    const existing = await context.azure.compute.findDisk(diskId);
    const { location = '', sizeGib } = await snapshotOf(context, given.snapshot);
    if (given.size !== undefined && given.size < sizeGib) return [tooSmall(given.size, sizeGib)];
    const planned = { type: 'Microsoft.Compute/disks', name: nameOf(diskId), location };
    const made = await madeFindings(context, resourceGroupScopeOf(diskId), planned);
    if (existing === undefined) return [{ id: 'ready', severity: 'passed', text: message('ready') }, ...made];
    const text = message('taken', { disk: nameOf(diskId) });
    return [{ id: 'taken', severity: 'blocks', text, advice: message('taken.advice') }];
  },

  async submit(context, given, { runId, requester, clientRequestId }) {
    const snapshot = await snapshotOf(context, given.snapshot);
    if (snapshot.location === undefined) throw new CatalogueError('internal');
    return await context.azure.compute.createDisk({
      diskId: diskIdOf(given),
      snapshot,
      location: snapshot.location,
      sku: given.sku ?? (await skuFor(context, snapshot)),
      ...(given.size !== undefined && { sizeGib: given.size }),
      ...(given.zone !== undefined && { zone: given.zone }),
      tags: { 'vaultkeeper-run': runId, 'vaultkeeper-requester': requester.oid },
      clientRequestId,
    });
  },

  /** The name is ours alone, so a disk of that name is this run's. */
  async findSubmitted(context, given) {
    const diskId = diskIdOf(given);
    const found = await context.azure.compute.findDisk(diskId);
    return found === undefined ? 'nothing' : { kind: 'resource', id: diskId, wanted: 'ready' };
  },

  async result(_context, given, _execution, progress) {
    const done = succeeded(progress);
    const values = { disk: nameOf(diskIdOf(given)) };
    return {
      sentence: message(done ? 'done' : 'failed', values),
      facts: [],
      leftToDo: done ? [message('left', values)] : [],
      suggestions: after,
    };
  },

  undo: () => [],
  byHand: diskByHand,
  next: () => after,
});

interface Given {
  readonly snapshot: ArmId;
  readonly group?: ArmId | undefined;
  readonly name?: string | undefined;
}

function diskIdOf({ snapshot, group, name }: Given): ArmId {
  if (name === undefined) throw new CatalogueError('internal');
  return `${group ?? resourceGroupScopeOf(snapshot)}/providers/Microsoft.Compute/disks/${name}`;
}

/** Azure makes no disk smaller than what it is copied from. */
function tooSmall(wanted: number, held: number): Finding {
  const values = { size: gib(wanted), least: gib(held) };
  const [text, advice] = [message('too-small', values), message('too-small.advice', values)];
  return { id: 'too-small', severity: 'blocks', text, advice };
}

function gib(count: number) {
  return { bytes: count * 2 ** 30 };
}

const after: readonly Suggestion[] = [{ title: message('list'), wish: { operation: 'snapshot.list', parameters: {} } }];
