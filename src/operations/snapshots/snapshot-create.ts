import { z } from 'zod';
import { keyOf, nameOf, resourceGroupScopeOf } from '../../azure/arm-id.ts';
import type { Disk, Snapshot, Vm } from '../../azure/types.ts';
import type { Message } from '../../message.ts';
import { sameNameFindings } from '../checks/machine.ts';
import { madeFindings } from '../checks/place.ts';
import type { Context } from '../context.ts';
import { fact, moment, usualOfOwnRuns, vmWithGroup } from '../facts.ts';
import { daysFrom, futureWithin } from '../keeping.ts';
import { freshVm } from '../located.ts';
import { changing, type Execution, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Finding, Suggestion } from '../screen.ts';

const id = 'snapshot.create';
const message = own(id);
/** Long enough for a change and its regrets; a snapshot without an end is how they pile up (field.md I14). */
const usualDays = 7;
const longestDays = 365;
/** Azure's limits for incremental snapshots: 500 of a disk, 7 of a disk within five minutes (azure-api.md 3.1). */
const most = { perDisk: 500, perFiveMinutes: 7 };

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Snapshot disks',
    does: 'snapshot all disks of a VM',
    example: 'snapshot web-prod-02',
    phrases: [
      'snapshot {vm}',
      'take a snapshot of {vm}',
      'take snapshots of {vm}',
      'create a snapshot of {vm}',
      'make a snapshot of {vm}',
      'snapshot all disks of {vm}',
      'snapshot the disks of {vm}',
      'snapshot {vm} keep it for {keepUntil}',
      'snapshot {vm} until {keepUntil}',
    ],
    messages: {
      undo: 'Delete the snapshots; the VM and its disks are not touched by that.',
      preview:
        'Takes {count, plural, one {# incremental snapshot} other {# incremental snapshots}} of the disks of {vm}, marked to expire {until}. The VM keeps running; used space is charged.',
      'one-disk': 'Yes: there is one disk',
      stopped: 'Yes: the VM is stopped, its disks do not change',
      'not-one-instant':
        'No: the VM is running and Azure takes them one after another. Each disk is crash-consistent alone',
      spread: 'No: the VM was running; taken within {spread}. Each disk is crash-consistent alone',
      'limit-total': 'The disk {disk} has {count} snapshots; Azure allows {most}.',
      'limit-total.advice': 'Delete old snapshots of this disk first.',
      'limit-rate': 'The disk {disk} had {count} snapshots in the last five minutes; Azure allows {most}.',
      'limit-rate.advice': 'Wait five minutes.',
      room: 'There is room for more snapshots of every disk.',
      done: '{count, plural, one {# snapshot} other {# snapshots}} of {vm} taken.',
      partly: '{count} of {total} snapshots of {vm} exist.',
      left: 'They are marked to expire {until}; delete them when they are no longer needed.',
      show: 'Show protection',
    },
  },
  'pt-BR': {
    title: 'Snapshot dos discos',
    does: 'criar snapshots de todos os discos de uma VM',
    example: 'snapshot da web-prod-02',
    phrases: [
      'snapshot da {vm}',
      'snapshot de {vm}',
      'criar snapshot da {vm}',
      'crie um snapshot da {vm}',
      'tirar um snapshot da {vm}',
      'fazer snapshot da {vm}',
      'snapshot dos discos da {vm}',
      'snapshot da {vm} por {keepUntil}',
      'snapshot da {vm} até {keepUntil}',
    ],
    messages: {
      undo: 'Exclua os snapshots; a VM e os discos não são tocados por isso.',
      preview:
        'Cria {count, plural, one {# snapshot incremental} other {# snapshots incrementais}} dos discos de {vm}, com expiração {until}. A VM continua em execução; o espaço usado é cobrado.',
      'one-disk': 'Sim: há um só disco',
      stopped: 'Sim: a VM está parada, os discos não mudam',
      'not-one-instant':
        'Não: a VM está em execução e o Azure cria um após o outro. Cada disco é consistente com falha por si só',
      spread: 'Não: a VM estava em execução; criados em {spread}. Cada disco é consistente com falha por si só',
      'limit-total': 'O disco {disk} tem {count} snapshots; o Azure permite {most}.',
      'limit-total.advice': 'Exclua primeiro snapshots antigos deste disco.',
      'limit-rate': 'O disco {disk} teve {count} snapshots nos últimos cinco minutos; o Azure permite {most}.',
      'limit-rate.advice': 'Espere cinco minutos.',
      room: 'Há espaço para mais snapshots de cada disco.',
      done: '{count, plural, one {# snapshot criado} other {# snapshots criados}} de {vm}.',
      partly: 'Existem {count} de {total} snapshots de {vm}.',
      left: 'Estão marcados para expirar {until}; exclua-os quando não forem mais necessários.',
      show: 'Mostrar a proteção',
    },
  },
  it: {
    title: 'Snapshot dei dischi',
    does: 'creare snapshot di tutti i dischi di una VM',
    example: 'snapshot di web-prod-02',
    phrases: [
      'snapshot di {vm}',
      'crea uno snapshot di {vm}',
      'fai uno snapshot di {vm}',
      'scatta uno snapshot di {vm}',
      'snapshot dei dischi di {vm}',
      'snapshot di tutti i dischi di {vm}',
      'snapshot di {vm} per {keepUntil}',
      'snapshot di {vm} fino al {keepUntil}',
    ],
    messages: {
      undo: 'Elimina gli snapshot; la VM e i suoi dischi non ne sono toccati.',
      preview:
        'Crea {count, plural, one {# snapshot incrementale} other {# snapshot incrementali}} dei dischi di {vm}, con scadenza {until}. La VM resta accesa; lo spazio usato si paga.',
      'one-disk': 'Sì: il disco è uno solo',
      stopped: 'Sì: la VM è ferma, i dischi non cambiano',
      'not-one-instant':
        'No: la VM è accesa e Azure li crea uno dopo l’altro. Ogni disco è coerente con l’arresto anomalo da solo',
      spread: 'No: la VM era accesa; creati entro {spread}. Ogni disco è coerente con l’arresto anomalo da solo',
      'limit-total': 'Il disco {disk} ha {count} snapshot; Azure ne consente {most}.',
      'limit-total.advice': 'Elimina prima i vecchi snapshot di questo disco.',
      'limit-rate': 'Il disco {disk} ha avuto {count} snapshot negli ultimi cinque minuti; Azure ne consente {most}.',
      'limit-rate.advice': 'Attendi cinque minuti.',
      room: 'C’è posto per altri snapshot di ogni disco.',
      done: '{count, plural, one {# snapshot creato} other {# snapshot creati}} di {vm}.',
      partly: 'Esistono {count} snapshot su {total} di {vm}.',
      left: 'Sono contrassegnati con scadenza {until}; eliminali quando non servono più.',
      show: 'Mostra la protezione',
    },
  },
};

export const snapshotCreate = changing({
  id,
  area: 'snapshots',
  risk: 'reversible',
  texts,
  parameters: z.object({ vm: parameter.vm(), keepUntil: parameter.expiry().optional() }),
  actions: ['Microsoft.Compute/snapshots/write', 'Microsoft.Compute/disks/beginGetAccess/action'],
  rights: async (_, { vm }) => [
    { action: 'Microsoft.Compute/snapshots/write', scope: resourceGroupScopeOf(vm) },
    { action: 'Microsoft.Compute/disks/beginGetAccess/action', scope: resourceGroupScopeOf(vm) },
  ],
  targets: ({ vm }) => [vm],

  defaults: async (context, given) => ({ keepUntil: given.keepUntil ?? daysFrom(context.now(), usualDays) }),

  async preview(context, { vm: vmId, keepUntil }) {
    const until = futureWithin(context, 'keepUntil', keepUntil, longestDays);
    const vm = await freshVm(context, vmId);
    const disks = await disksOf(context, vm);
    return {
      sentence: message('preview', { vm: vm.name, count: disks.length, until: { age: until } }),
      facts: [
        fact('vm', vmWithGroup(vm.id)),
        fact(
          'disks',
          disks.map((disk) => disk.name),
        ),
        fact('size', { bytes: disks.reduce((sum, disk) => sum + disk.sizeGib, 0) * 2 ** 30 }),
        fact('one-instant', oneInstant(vm) ?? message('not-one-instant')),
        fact('expires', moment(until)),
        fact('usually', await usualOfOwnRuns(context, id)),
      ],
      resources: disks.map((disk) => disk.id),
      measured: {
        'fact.disks': disks
          .map((disk) => keyOf(disk.id))
          .sort()
          .join(' '),
        'fact.power': vm.powerState,
      },
    };
  },

  async checks(context, { vm: vmId }) {
    const vm = await freshVm(context, vmId);
    const planned = { type: 'Microsoft.Compute/snapshots', name: `${vm.name}-snapshot`, location: vm.location };
    const made = await madeFindings(context, resourceGroupScopeOf(vmId), planned);
    return [...(await roomForMore(context, vm)), ...made, ...(await sameNameFindings(context, vmId))];
  },

  async submit(context, { vm: vmId, keepUntil }, execution) {
    const vm = await freshVm(context, vmId);
    const tags = {
      'vaultkeeper-run': execution.runId,
      'vaultkeeper-requester': execution.requester.oid,
      'vaultkeeper-expires': keepUntil ?? '',
    };
    const disks = await disksOf(context, vm);
    for (const disk of disks) {
      await context.azure.compute.createSnapshot({
        snapshotId: snapshotIdOf(vm, disk.id, execution),
        disk,
        tags,
        clientRequestId: execution.clientRequestId,
      });
    }
    return { kind: 'snapshots', snapshotIds: disks.map((disk) => snapshotIdOf(vm, disk.id, execution)) };
  },

  /** The names are ours and a repeated PUT changes nothing, so what is missing can safely be asked for again. */
  async findSubmitted(context, { vm: vmId }, execution) {
    const vm = await freshVm(context, vmId);
    const snapshotIds = vm.diskIds.map((diskId) => snapshotIdOf(vm, diskId, execution));
    const found = await Promise.all(snapshotIds.map((snapshotId) => context.azure.compute.snapshot(snapshotId)));
    return found.every((snapshot) => snapshot !== undefined) ? { kind: 'snapshots', snapshotIds } : 'nothing';
  },

  async result(context, { vm: vmId, keepUntil }, execution) {
    const vm = await freshVm(context, vmId);
    const found = await Promise.all(
      vm.diskIds.map((diskId) => context.azure.compute.snapshot(snapshotIdOf(vm, diskId, execution))),
    );
    const taken = found.filter((snapshot) => snapshot !== undefined);
    const values = { vm: vm.name, count: taken.length, total: vm.diskIds.length };
    return {
      sentence: message(taken.length === vm.diskIds.length ? 'done' : 'partly', values),
      facts: [
        fact(
          'snapshots',
          taken.map((snapshot) => snapshot.name),
        ),
        fact('one-instant', oneInstant(vm) ?? message('spread', { spread: { seconds: spreadOf(taken) } })),
      ],
      leftToDo: keepUntil === undefined ? [] : [message('left', { until: { age: keepUntil } })],
      suggestions: after(vmId),
    };
  },

  undo: () => [{ operation: 'snapshot.delete', parameters: {} }],
  next: ({ vm }) => after(vm),
});

async function disksOf(context: Context, vm: Vm): Promise<readonly Disk[]> {
  return await Promise.all(vm.diskIds.map((diskId) => context.azure.compute.disk(diskId)));
}

/** Beside the VM, named after the disk and the run: the same run always means the same snapshots. ARM allows 80 characters. */
function snapshotIdOf(vm: Vm, diskId: string, execution: Execution): string {
  const name = `${nameOf(diskId).slice(0, 60)}-${execution.runId.slice(0, 8)}`;
  return `${resourceGroupScopeOf(vm.id)}/providers/Microsoft.Compute/snapshots/${name}`;
}

/** Why the snapshots are of one instant; undefined when they are not: only restore points span the disks of a running VM (field.md I27). */
function oneInstant(vm: Vm): Message | undefined {
  if (vm.diskIds.length === 1) return message('one-disk');
  return vm.powerState === 'PowerState/running' ? undefined : message('stopped');
}

function spreadOf(snapshots: readonly Snapshot[]): number {
  const times = snapshots.map((snapshot) => Date.parse(snapshot.createdAt));
  return times.length === 0 ? 0 : Math.max(1, Math.round((Math.max(...times) - Math.min(...times)) / 1000));
}

async function roomForMore(context: Context, vm: Vm): Promise<readonly Finding[]> {
  const existing = (await context.azure.inventory.snapshotsOf(vm.diskIds)).value;
  const findings = vm.diskIds.flatMap((diskId) =>
    limitsOf(
      context,
      diskId,
      existing.filter((snapshot) => keyOf(snapshot.sourceDiskId) === keyOf(diskId)),
    ),
  );
  return findings.length > 0 ? findings : [{ id: 'room', severity: 'passed', text: message('room') }];
}

function limitsOf(context: Context, diskId: string, snapshots: readonly Snapshot[]): readonly Finding[] {
  const recent = snapshots.filter((snapshot) => context.now().getTime() - Date.parse(snapshot.createdAt) < 5 * 60_000);
  const over = (key: string, count: number, limit: number): readonly Finding[] =>
    count < limit
      ? []
      : [
          {
            id: key,
            severity: 'blocks',
            text: message(key, { disk: nameOf(diskId), count, most: limit }),
            advice: message(`${key}.advice`),
          },
        ];
  return [
    ...over('limit-total', snapshots.length, most.perDisk),
    ...over('limit-rate', recent.length, most.perFiveMinutes),
  ];
}

function after(vm: string): readonly Suggestion[] {
  return [{ title: message('show'), wish: { operation: 'protection.show', parameters: { vm } } }];
}
