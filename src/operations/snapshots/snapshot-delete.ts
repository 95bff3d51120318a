import { z } from 'zod';
import { keyOf, nameOf, resourceGroupScopeOf } from '../../azure/arm-id.ts';
import type { Snapshot } from '../../azure/types.ts';
import { say } from '../../message.ts';
import { succeeded } from '../backup/item-change.ts';
import { quoted } from '../by-hand.ts';
import { lockFindings } from '../checks/place.ts';
import type { Context } from '../context.ts';
import { fact, moment, usualOfOwnRuns } from '../facts.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { snapshotCost } from '../prices.ts';
import { withHit } from '../recovery/vm-hit.ts';
import type { Finding, Suggestion } from '../screen.ts';
import { snapshotChoices, snapshotOf, vmOfSnapshot } from './snapshot-found.ts';

const id = 'snapshot.delete';
const message = own(id);
const action = 'Microsoft.Compute/snapshots/delete';

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Delete a snapshot',
    does: 'delete a snapshot for good',
    example: 'delete a snapshot',
    phrases: [
      'delete a snapshot',
      'delete the snapshot',
      'delete snapshot',
      'remove a snapshot',
      'remove the snapshot',
      'delete the old snapshot',
      'delete all snapshots',
      'get rid of a snapshot',
      'delete snapshots',
      'delete the orphaned snapshot',
      'delete the expired snapshot',
      'delete the snapshot of the disk',
      'delete the old snapshots',
      'delete the expired snapshots',
      'delete the unused snapshots',
      'snapshot delete',
      'clean up the snapshot',
      'clean up the old snapshot',
    ],
    messages: {
      preview:
        'Deletes the snapshot {snapshot} of the disk {disk} for good: nothing brings it back. The disk, disks made from it and other snapshots stay as they are.',
      only: 'It is the only snapshot of the disk {disk}.',
      'only.advice': 'Take a new one first if you may need to go back.',
      orphaned: 'The disk {disk} is on no VM any more: this may be the last copy of its data.',
      'orphaned.advice': 'Make a disk from it first if anybody may need the data.',
      'not-expired': 'It is meant to be kept until {until}.',
      'not-expired.advice': 'Ask {who} who set this, or wait.',
      somebody: 'the person',
      ready: 'The disk has other snapshots.',
      'for-good': 'The snapshot does not come back.',
      done: 'The snapshot {snapshot} is deleted.',
      failed: 'The snapshot {snapshot} could not be deleted.',
      list: 'Snapshots',
    },
  },
  'pt-BR': {
    title: 'Excluir um snapshot',
    does: 'excluir um snapshot em definitivo',
    example: 'excluir um snapshot',
    phrases: [
      'excluir um snapshot',
      'excluir o snapshot',
      'excluir snapshot',
      'excluir todos os snapshots',
      'apagar um snapshot',
      'apagar o snapshot',
      'limpar os snapshots antigos',
    ],
    messages: {
      preview:
        'Exclui em definitivo o snapshot {snapshot} do disco {disk}: nada o traz de volta. O disco, discos feitos dele e outros snapshots ficam como estão.',
      only: 'É o único snapshot do disco {disk}.',
      'only.advice': 'Crie um novo antes, se for preciso poder voltar.',
      orphaned: 'O disco {disk} não está mais em nenhuma VM: esta pode ser a última cópia dos dados.',
      'orphaned.advice': 'Crie antes um disco dele, se alguém puder precisar dos dados.',
      'not-expired': 'Ele deve ser mantido até {until}.',
      'not-expired.advice': 'Pergunte a {who} que definiu isso, ou espere.',
      somebody: 'quem o criou,',
      ready: 'O disco tem outros snapshots.',
      'for-good': 'O snapshot não volta.',
      done: 'O snapshot {snapshot} está excluído.',
      failed: 'Não foi possível excluir o snapshot {snapshot}.',
      list: 'Ver os snapshots',
    },
  },
  it: {
    title: 'Elimina uno snapshot',
    does: 'eliminare per sempre uno snapshot',
    example: 'elimina uno snapshot',
    phrases: [
      'elimina uno snapshot',
      'elimina lo snapshot',
      'eliminare uno snapshot',
      'elimina tutti gli snapshot',
      'cancella uno snapshot',
      'rimuovi lo snapshot',
      'elimina gli snapshot vecchi',
      'elimina lo snapshot scaduto',
      'elimina gli snapshot scaduti',
    ],
    messages: {
      preview:
        'Elimina per sempre lo snapshot {snapshot} del disco {disk}: nulla lo riporta indietro. Il disco, i dischi creati da esso e gli altri snapshot restano come sono.',
      only: 'È l’unico snapshot del disco {disk}.',
      'only.advice': 'Creane prima uno nuovo, se può servire tornare indietro.',
      orphaned: 'Il disco {disk} non è più su alcuna VM: questa può essere l’ultima copia dei dati.',
      'orphaned.advice': 'Crea prima un disco da esso, se a qualcuno possono servire i dati.',
      'not-expired': 'Va conservato fino al {until}.',
      'not-expired.advice': 'Chiedi a {who} che lo ha stabilito, o attendi.',
      somebody: 'chi l’ha creato,',
      ready: 'Il disco ha altri snapshot.',
      'for-good': 'Lo snapshot non torna.',
      done: 'Lo snapshot {snapshot} è eliminato.',
      failed: 'Non è stato possibile eliminare lo snapshot {snapshot}.',
      list: 'Vedi gli snapshot',
    },
  },
};

export const snapshotDelete = changing({
  id,
  area: 'snapshots',
  risk: 'destructive',
  texts,
  parameters: z.object({ snapshot: parameter.snapshot() }),
  actions: [action],
  rights: async (_, { snapshot }) => [{ action, scope: resourceGroupScopeOf(snapshot) }],
  targets: ({ snapshot }) => [snapshot],
  choices: async (context, name) => (name === 'snapshot' ? await snapshotChoices(context) : []),

  async preview(context, { snapshot: snapshotId }) {
    const snapshot = await snapshotOf(context, snapshotId);
    const vm = await vmOfSnapshot(context, snapshot);
    const cost = snapshotCost(context, snapshot);
    return {
      sentence: message('preview', { snapshot: snapshot.name, disk: nameOf(snapshot.sourceDiskId) }),
      facts: await withHit(
        context,
        [
          fact('snapshot', say('fact.in-group', { name: snapshot.name, group: snapshot.resourceGroup })),
          fact('disk', nameOf(snapshot.sourceDiskId)),
          fact('vm', vm?.name ?? '–'),
          fact('taken', moment(snapshot.createdAt)),
          fact('size', { bytes: snapshot.sizeGib * 2 ** 30 }),
          ...(cost === undefined ? [] : [fact('cost', say('fact.per-month', { cost }))]),
          fact('usually', await usualOfOwnRuns(context, id)),
        ],
        { vmId: vm?.id, forGood: message('for-good') },
      ),
      // The VM and the disk stay; they are named because a production VM's snapshot needs the stricter approval.
      resources: [snapshot.id, snapshot.sourceDiskId, ...(vm === undefined ? [] : [vm.id])],
      measured: { 'fact.taken': snapshot.createdAt, 'fact.disk': keyOf(snapshot.sourceDiskId) },
    };
  },

  async checks(context, { snapshot: snapshotId }) {
    const snapshot = await snapshotOf(context, snapshotId);
    const locks = await lockFindings(context, resourceGroupScopeOf(snapshotId), { deletes: true });
    const findings = [...locks, ...(await copyFindings(context, snapshot)), ...expiryFindings(context, snapshot)];
    return findings.length > 0 ? findings : [{ id: 'ready', severity: 'passed', text: message('ready') }];
  },

  submit: async (context, { snapshot }, { clientRequestId }) =>
    await context.azure.compute.deleteSnapshot(snapshot, { clientRequestId }),

  /** Gone, or going, is what was wanted, whoever did it; of a snapshot that simply stays Azure has taken no deletion. */
  async findSubmitted(context, { snapshot }) {
    const found = await context.azure.compute.snapshot(snapshot);
    const taken = found === undefined || found.deleting === true;
    return taken ? { kind: 'resource', id: snapshot, wanted: 'gone' } : 'nothing';
  },

  async result(_context, { snapshot }, _execution, progress) {
    const sentence = message(succeeded(progress) ? 'done' : 'failed', { snapshot: nameOf(snapshot) });
    return { sentence, facts: [], leftToDo: [], suggestions: after };
  },

  byHand: ({ parameters: { snapshot } }) => [`az snapshot delete --ids ${quoted(snapshot)}`],
  next: () => after,
});

async function copyFindings(context: Context, snapshot: Snapshot): Promise<readonly Finding[]> {
  const [vm, siblings] = await Promise.all([
    vmOfSnapshot(context, snapshot),
    context.azure.inventory.snapshotsOf([snapshot.sourceDiskId]),
  ]);
  const values = { disk: nameOf(snapshot.sourceDiskId) };
  const others = siblings.value.filter((one) => keyOf(one.id) !== keyOf(snapshot.id));
  if (await anyThere(context, others)) return [];
  const key = vm === undefined ? 'orphaned' : 'only';
  return [{ id: key, severity: 'warns', text: message(key, values), advice: message(`${key}.advice`, values) }];
}

/** Asked of compute itself, one after another until one is there: Resource Graph still lists what was deleted a moment ago. What cannot be read counts for none. */
async function anyThere(context: Context, snapshots: readonly Pick<Snapshot, 'id'>[]): Promise<boolean> {
  for (const { id: one } of snapshots) {
    const found = await context.azure.compute.snapshot(one).catch(() => undefined);
    if (found !== undefined && found.deleting !== true) return true;
  }
  return false;
}

function expiryFindings(context: Context, { tags }: Snapshot): readonly Finding[] {
  const until = tags['vaultkeeper-expires'] ?? '';
  if (Number.isNaN(Date.parse(until)) || Date.parse(until) <= context.now().getTime()) return [];
  const text = message('not-expired', { until: { time: until } });
  const advice = message('not-expired.advice', { who: message('somebody') });
  return [{ id: 'not-expired', severity: 'warns', text, advice }];
}

const after: readonly Suggestion[] = [{ title: message('list'), wish: { operation: 'snapshot.list', parameters: {} } }];
