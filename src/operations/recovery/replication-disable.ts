import { z } from 'zod';
import { nameOf, vaultOf } from '../../azure/arm-id.ts';
import { fact, vmWithGroup } from '../facts.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Finding } from '../screen.ts';
import { blastRadius, plansWith } from './blast-radius.ts';
import { disableByHand } from './by-hand-recovery.ts';
import { failedSteps } from './plan-report.ts';
import { acceptance, measuredOf, orAccepted, replicaChoices, replicaOf } from './replica.ts';
import { sidesOf } from './sides.ts';

const id = 'replication.disable';
const message = own(id);
const action =
  'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/remove/action';
const scenario = 'DisableDr';

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'End the replication of a VM',
    does: 'stop replicating a VM and delete its recovery points',
    example: 'disable replication of web-prod-01',
    phrases: [
      'disable replication of {vm}',
      'disable replication for {vm}',
      'stop replication of {vm}',
      'stop replicating {vm}',
      'end the replication of {vm}',
      'remove {vm} from site recovery',
      'cancel the replication of {vm}',
      'delete the replication of {vm}',
      'stop protection of {vm} in site recovery',
      'stop protecting {vm} with asr',
      'remove site recovery protection of {vm}',
      'remove the replicated item {vm}',
      'disable the replication protection of {vm}',
      'stop {vm} from replicating',
      'stop replication and remove {vm} from site recovery',
      'disable replication of {vm} and remove it',
      'stop the replication of {vm} to the secondary region',
    ],
    messages: {
      undo: 'The deleted recovery points do not come back. The VM can be replicated anew, with a whole first copy.',
      preview:
        'Ends the replication of {vm} from {from} to {to}: all its recovery points there are deleted, and it can no longer fail over. The VM itself stays as it is.',
      'for-good': 'All replication recovery points of {vm} are deleted.',
      'in-plan': '{vm} is taken out of the recovery plan {plans}.',
      'in-plan.advice': 'The plan then fails over without it.',
      'runs-there': '{vm} runs in the recovery region now: without replication it cannot be brought back.',
      'runs-there.advice': 'Reprotect it instead, if it is to go back.',
      done: '{vm} is no longer replicated.',
      failed: 'The replication of {vm} was not ended.',
      left: 'Site Recovery’s agent and the cache storage account stay: remove them where nothing else uses them.',
      'left-failed': 'See the job, then what Azure allows now: “replication of {vm}”.',
    },
  },
  'pt-BR': {
    title: 'Encerrar a replicação de uma VM',
    does: 'parar de replicar uma VM e excluir seus pontos de recuperação',
    example: 'desativar a replicação da web-prod-01',
    phrases: [
      'desativar a replicação da {vm}',
      'desativar replicação de {vm}',
      'desabilitar a replicação da {vm}',
      'parar a replicação da {vm}',
      'encerrar a replicação da {vm}',
      'remover a {vm} do site recovery',
      'cancelar a replicação da {vm}',
      'excluir a replicação da {vm}',
    ],
    messages: {
      undo: 'Os pontos de recuperação excluídos não voltam. A VM pode ser replicada de novo, com uma primeira cópia inteira.',
      preview:
        'Encerra a replicação de {vm} de {from} para {to}: todos os seus pontos de recuperação lá são excluídos e ela não pode mais ter failover. A própria VM fica como está.',
      'for-good': 'Todos os pontos de recuperação da replicação de {vm} são excluídos.',
      'in-plan': '{vm} é retirada do plano de recuperação {plans}.',
      'in-plan.advice': 'Depois o plano faz failover sem ela.',
      'runs-there': '{vm} roda agora na região de recuperação: sem replicação não há como trazê-la de volta.',
      'runs-there.advice': 'Se ela deve voltar, proteja-a novamente.',
      done: '{vm} não é mais replicada.',
      failed: 'A replicação de {vm} não foi encerrada.',
      left: 'O agente do Site Recovery e a conta de armazenamento de cache ficam: remova-os onde nada mais os usa.',
      'left-failed': 'Veja o trabalho e o que o Azure permite agora: “replicação da {vm}”.',
    },
  },
  it: {
    title: 'Termina la replica di una VM',
    does: 'smettere di replicare una VM ed eliminarne i punti di ripristino',
    example: 'disattiva la replica di web-prod-01',
    phrases: [
      'disattiva la replica di {vm}',
      'disabilita la replica di {vm}',
      'interrompi la replica di {vm}',
      'termina la replica di {vm}',
      'ferma la replica di {vm}',
      'rimuovi {vm} da site recovery',
      'annulla la replica di {vm}',
      'elimina la replica di {vm}',
    ],
    messages: {
      undo: 'I punti di ripristino eliminati non tornano. La VM si può replicare da capo, con una prima copia intera.',
      preview:
        'Termina la replica di {vm} da {from} a {to}: tutti i suoi punti di ripristino lì vengono eliminati e non può più avere un failover. La VM stessa resta com’è.',
      'for-good': 'Tutti i punti di ripristino della replica di {vm} vengono eliminati.',
      'in-plan': '{vm} viene tolta dal piano di ripristino {plans}.',
      'in-plan.advice': 'Poi il piano esegue il failover senza di essa.',
      'runs-there': '{vm} ora gira nell’area di ripristino: senza replica non si può riportarla indietro.',
      'runs-there.advice': 'Se deve tornare, piuttosto riproteggila.',
      done: '{vm} non è più replicata.',
      failed: 'La replica di {vm} non è stata terminata.',
      left: 'L’agente di Site Recovery e l’account di archiviazione della cache restano: rimuovili dove nient’altro li usa.',
      'left-failed': 'Guarda il processo e che cosa Azure consente ora: “replica di {vm}”.',
    },
  },
};

export const replicationDisable = changing({
  id,
  area: 'recovery',
  risk: 'destructive',
  texts,
  // Afterwards nothing in Azure says any more which item it was.
  parameters: z.object({ vm: parameter.vm(), items: parameter.replicatedItems().optional() }),
  actions: [action],
  rights: async (context, { vm, items }) => [{ action, scope: vaultOf(await itemIdOf(context, vm, items)) }],
  targets: ({ vm }) => [vm],
  choices: async (context, name) => (name === 'vm' ? await replicaChoices(context, /^Protected$/) : []),
  defaults: async (context, { vm }) => (vm === undefined ? {} : { items: [(await replicaOf(context, vm)).id] }),

  async preview(context, { vm }) {
    const item = await replicaOf(context, vm);
    const forGood = message('for-good', { vm: item.friendlyName });
    const values = { vm: item.friendlyName, from: item.primaryRegion, to: item.recoveryRegion };
    return {
      sentence: message('preview', values),
      facts: [
        fact('vm', vmWithGroup(vm)),
        fact('vault', nameOf(item.vaultId)),
        ...(await blastRadius(context, { items: [item], scenario, forGood })),
      ],
      resources: [vm, item.id],
      holds: sidesOf(item),
      measured: measuredOf(item),
    };
  },

  async checks(context, { vm }) {
    const item = await replicaOf(context, vm);
    const plans = await plansWith(context, { items: [item] });
    const name = item.friendlyName;
    return orAccepted([
      ...acceptance(item, 'DisableProtection'),
      ...(plans.length === 0 ? [] : [warning('in-plan', { vm: name, plans })]),
      ...(item.activeLocation === 'Recovery' ? [warning('runs-there', { vm: name })] : []),
    ]);
  },

  submit: async (context, { vm, items }, { clientRequestId }) =>
    await context.azure.recovery.disable(await itemIdOf(context, vm, items), { clientRequestId }),

  async findSubmitted(context, { vm, items }, { startingAt: since }) {
    const itemId = await itemIdOf(context, vm, items);
    const vaultId = vaultOf(itemId);
    const wanted = { items: [{ id: itemId, friendlyName: nameOf(vm) }], scenarios: [scenario], since };
    const jobs = await context.azure.recovery.itemJobsSince(vaultId, wanted);
    const [job] = jobs;
    if (jobs.length > 1) return 'unclear';
    return job === undefined ? 'nothing' : { kind: 'replication', vaultId, jobId: job.jobId };
  },

  async result(_context, { vm }, _execution, progress) {
    const failed = progress.state === 'failed' || progress.state === 'cancelled';
    const values = { vm: nameOf(vm) };
    return {
      sentence: message(failed ? 'failed' : 'done', values),
      facts: failedSteps(progress),
      leftToDo: [failed ? message('left-failed', values) : message('left')],
      suggestions: [],
    };
  },

  undo: ({ vm }) => [{ operation: 'replication.enable', parameters: { vm } }],
  byHand: disableByHand,
  next: () => [],
});

async function itemIdOf(
  context: Parameters<typeof replicaOf>[0],
  vm: string,
  items: readonly string[] | undefined,
): Promise<string> {
  return items?.[0] ?? (await replicaOf(context, vm)).id;
}

function warning(key: 'in-plan' | 'runs-there', values: Readonly<Record<string, string | readonly string[]>>): Finding {
  return { id: key, severity: 'warns', text: message(key, values), advice: message(`${key}.advice`, values) };
}
