import { z } from 'zod';
import { keyOf, nameOf } from '../../azure/arm-id.ts';
import type { Aged, Snapshot, Vm } from '../../azure/types.ts';
import type { Text } from '../../message.ts';
import type { Context } from '../context.ts';
import { ageNote } from '../facts.ts';
import { vmOf } from '../located.ts';
import { type OperationTexts, type OwnLocale, own, reading } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { pricesOf, snapshotCost } from '../prices.ts';
import { readable } from '../readable.ts';
import type { ListItem } from '../screen.ts';

const id = 'snapshot.list';
const message = own(id);
const action = 'Microsoft.Compute/snapshots/read';

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'List snapshots',
    does: 'see snapshots with their age, expiry and cost',
    example: 'snapshots of web-prod-01',
    phrases: [
      'snapshots of {vm}',
      'list snapshots',
      'list snapshots of {vm}',
      'show snapshots of {vm}',
      'which snapshots are there',
      'all snapshots',
      'orphaned snapshots',
      'old snapshots',
      'do we have snapshots of {vm}',
      'does {vm} have snapshots',
      'snapshots we have',
      'snapshots older than',
      'orphan snapshots',
      'unused snapshots',
      'how many snapshots does {vm} have',
      'cost of the snapshots',
      'oldest snapshots',
      'what do the snapshots cost',
      'are we paying for snapshots',
      'which snapshots are the oldest',
      'age of the snapshots',
      'when did we last snapshot {vm}',
      'did we snapshot {vm}',
    ],
    messages: {
      heading: '{count, plural, =0 {No snapshots} one {# snapshot} other {# snapshots}}',
      'title-of': '{count, plural, =0 {No snapshots of {vm}} one {# snapshot of {vm}} other {# snapshots of {vm}}}',
      cost: 'At most {cost, number, ::currency/USD} a month together. Azure charges the used size, which it does not tell; this counts whole disks.',
      'list-price': '{price, number, ::currency/USD} a GiB and month, list price of {when}, {source}',
      'own-price': '{price, number, ::currency/USD} a GiB and month, your own price of {when}, {source}',
      each: 'at most {cost, number, ::currency/USD} a month',
      'each-unknown': 'cost not known: the storage of a full snapshot decides',
      uncounted: '{count, plural, one {# full snapshot is} other {# full snapshots are}} not in it.',
      'of-disk': 'of the disk {disk}',
      orphaned: 'orphaned: its disk {disk} is on no VM',
      size: '{kind}, of a disk of {size}',
      incremental: 'incremental',
      full: 'full',
      age: 'taken {age}',
      expires: 'expires {until}',
      expired: 'expired {until}: it can be deleted',
      forever: 'without an expiry',
      create: 'Snapshot',
    },
  },
  'pt-BR': {
    title: 'Listar snapshots',
    does: 'ver os snapshots com idade, expiração e custo',
    example: 'snapshots da web-prod-01',
    phrases: [
      'snapshots da {vm}',
      'listar snapshots',
      'listar snapshots da {vm}',
      'mostrar os snapshots da {vm}',
      'quais snapshots existem',
      'todos os snapshots',
      'snapshots órfãos',
      'temos snapshots da {vm}',
      '{vm} tem snapshots',
      'instantâneos da {vm}',
      'snapshots com mais de',
      'snapshots antigos',
      'quantos snapshots a {vm} tem',
      'custo dos snapshots',
      'snapshots mais antigos',
      'quanto custam os snapshots',
      'snapshots velhos',
    ],
    messages: {
      heading: '{count, plural, =0 {Nenhum snapshot} one {# snapshot} other {# snapshots}}',
      'title-of': '{count, plural, =0 {Nenhum snapshot de {vm}} one {# snapshot de {vm}} other {# snapshots de {vm}}}',
      cost: 'No máximo {cost, number, ::currency/USD} por mês ao todo. O Azure cobra o tamanho usado, que não informa; aqui contam os discos inteiros.',
      'list-price': '{price, number, ::currency/USD} por GiB e mês, preço de tabela de {when}, {source}',
      'own-price': '{price, number, ::currency/USD} por GiB e mês, preço próprio de {when}, {source}',
      each: 'no máximo {cost, number, ::currency/USD} por mês',
      'each-unknown': 'custo desconhecido: depende do armazenamento do snapshot completo',
      uncounted:
        '{count, plural, one {# snapshot completo não entra na conta} other {# snapshots completos não entram na conta}}.',
      'of-disk': 'do disco {disk}',
      orphaned: 'órfão: o disco {disk} não está em nenhuma VM',
      size: '{kind}, de um disco de {size}',
      incremental: 'do tipo incremental',
      full: 'do tipo completo',
      age: 'criado {age}',
      expires: 'expira {until}',
      expired: 'expirou {until}: pode ser excluído',
      forever: 'sem expiração',
      create: 'Criar snapshot',
    },
  },
  it: {
    title: 'Elenca gli snapshot',
    does: 'vedere gli snapshot con età, scadenza e costo',
    example: 'elenca gli snapshot di web-prod-01',
    phrases: [
      'quali snapshot ha {vm}',
      'elenca gli snapshot',
      'elenca gli snapshot di {vm}',
      'mostra gli snapshot di {vm}',
      'quali snapshot ci sono',
      'tutti gli snapshot',
      'snapshot orfani',
      'abbiamo snapshot di {vm}',
      '{vm} ha degli snapshot',
      'ci sono snapshot di {vm}',
      'elenco snapshot di {vm}',
      'snapshot più vecchi di',
      'vecchi snapshot',
      'quanti snapshot ha {vm}',
      'costo degli snapshot',
      'snapshot più vecchi',
      'quanto costano gli snapshot',
      'snapshot vecchi',
      'mostra snapshot di {vm}',
    ],
    messages: {
      heading: '{count, plural, =0 {Nessuno snapshot} one {# snapshot} other {# snapshot}}',
      'title-of': '{count, plural, =0 {Nessuno snapshot di {vm}} one {# snapshot di {vm}} other {# snapshot di {vm}}}',
      cost: 'Al massimo {cost, number, ::currency/USD} al mese in tutto. Azure fattura lo spazio usato, che non comunica; qui contano i dischi interi.',
      'list-price': '{price, number, ::currency/USD} per GiB e mese, prezzo di listino del {when}, {source}',
      'own-price': '{price, number, ::currency/USD} per GiB e mese, prezzo proprio del {when}, {source}',
      each: 'al massimo {cost, number, ::currency/USD} al mese',
      'each-unknown': 'costo non noto: decide l’archiviazione dello snapshot completo',
      uncounted:
        '{count, plural, one {# snapshot completo non è contato} other {# snapshot completi non sono contati}}.',
      'of-disk': 'del disco {disk}',
      orphaned: 'orfano: il disco {disk} non è su nessuna VM',
      size: '{kind}, di un disco da {size}',
      incremental: 'incrementale',
      full: 'completo',
      age: 'creato {age}',
      expires: 'scade {until}',
      expired: 'scaduto {until}: si può eliminare',
      forever: 'senza scadenza',
      create: 'Crea uno snapshot',
    },
  },
};

export const snapshotList = reading({
  id,
  area: 'status',
  intentions: ['before-change'],
  risk: 'read',
  texts,
  parameters: z.object({ vm: parameter.vm().optional() }),
  actions: [action],
  rights: async () => [],

  async answer(context, { vm: vmId }) {
    const vm = vmId === undefined ? undefined : await vmOf(context, vmId);
    const [found, vms] = await Promise.all([snapshotsOf(context, vm), context.azure.inventory.vms()]);
    const snapshots = await readable(context, action, found.value);
    const attached = new Set(vms.value.flatMap((one) => one.diskIds.map(keyOf)));
    const count = snapshots.length;
    return {
      title: vm === undefined ? message('heading', { count }) : message('title-of', { count, vm: vm.name }),
      tone: 'neutral',
      ...(count > 0 && { lead: message('cost', { cost: costOf(context, snapshots) }) }),
      items: snapshots.map((snapshot) => line(context, snapshot, attached)),
      notes: [ageNote(found), ...(count > 0 ? [...uncounted(context, snapshots), priceNote(context)] : [])],
      ...(vm !== undefined && {
        suggestions: [{ title: message('create'), wish: { operation: 'snapshot.create', parameters: { vm: vm.id } } }],
      }),
    };
  },
});

function priceNote(context: Context) {
  const { snapshot: price, asOf, source } = pricesOf(context);
  return message(context.prices === undefined ? 'list-price' : 'own-price', { price, when: asOf.slice(0, 10), source });
}

async function snapshotsOf(context: Context, vm: Vm | undefined): Promise<Aged<readonly Snapshot[]>> {
  const { inventory } = context.azure;
  return vm === undefined ? await inventory.snapshots() : await inventory.snapshotsOf(vm.diskIds);
}

/** A sum of which something is missing says so: it would not be the most that it can be. */
function uncounted(context: Context, snapshots: readonly Snapshot[]): readonly Text[] {
  const count = snapshots.filter((snapshot) => snapshotCost(context, snapshot) === undefined).length;
  return count === 0 ? [] : [message('uncounted', { count })];
}

function costOf(context: Context, snapshots: readonly Snapshot[]): number {
  return snapshots.reduce((sum, snapshot) => sum + (snapshotCost(context, snapshot) ?? 0), 0);
}

function line(context: Context, snapshot: Snapshot, attached: ReadonlySet<string>): ListItem {
  const disk = nameOf(snapshot.sourceDiskId);
  const orphaned = !attached.has(keyOf(snapshot.sourceDiskId));
  const size = { bytes: snapshot.sizeGib * 2 ** 30 };
  const cost = snapshotCost(context, snapshot);
  return {
    title: snapshot.name,
    ...(orphaned && { tone: 'warning' as const }),
    details: [
      message(orphaned ? 'orphaned' : 'of-disk', { disk }),
      message('size', { size, kind: message(snapshot.incremental ? 'incremental' : 'full') }),
      cost === undefined ? message('each-unknown') : message('each', { cost }),
      message('age', { age: { age: snapshot.createdAt } }),
      expiry(context, snapshot),
    ],
  };
}

/** The tag that we write; what others made has none. */
function expiry(context: Context, { tags }: Snapshot): Text {
  const until = tags['vaultkeeper-expires'] ?? '';
  if (Number.isNaN(Date.parse(until))) return message('forever');
  return message(Date.parse(until) <= context.now().getTime() ? 'expired' : 'expires', { until: { age: until } });
}
