import { z } from 'zod';
import { nameOf } from '../../azure/arm-id.ts';
import type { ReplicatedItem } from '../../azure/types.ts';
import { fact, vmWithGroup } from '../facts.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { saidRegion } from '../said-region.ts';
import type { Finding } from '../screen.ts';
import { blastRadius } from './blast-radius.ts';
import { reprotectByHand } from './by-hand-recovery.ts';
import { failedSteps } from './plan-report.ts';
import { acceptance, measuredOf, orAccepted, replicaChoices, replicaOf } from './replica.ts';
import { nextSteps } from './replication-words.ts';
import { sidesOf } from './sides.ts';
import { cacheAccount, reprotectAction, reprotectScenarios, wayBack } from './way-back.ts';

const id = 'failover.reprotect';
const message = own(id);

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Reprotect',
    does: 'replicate a VM that was failed over back to where it came from',
    example: 'reprotect erp-prod-01',
    phrases: [
      'reprotect {vm}',
      're-protect {vm}',
      'reprotect vm {vm}',
      'reverse replication of {vm}',
      'reverse the replication of {vm}',
      'replicate {vm} back',
      'protect {vm} in the reverse direction',
      'enable reverse replication of {vm}',
      'do the reprotect for {vm}',
      'reprotect {vm} after the failover',
      'reprotect the failed over {vm}',
      'reprotect {vm} from the secondary region',
      'replicate {vm} back to the primary region',
      'start replicating {vm} in the reverse direction',
      'enable replication of {vm} in the reverse direction',
      'protect {vm} with the reverse replication',
      '{vm} failed over reprotect it',
      'resume replication of {vm} in the reverse direction',
      'start replicating {vm} back to the region',
      'reprotect {vm} to the region',
    ],
    messages: {
      'for-good': 'The old disks in {to} are overwritten.',
      undo: 'Once the replication is healthy again, a failover brings the VM back to where it came from.',
      preview:
        'Replicates {vm} from {from} back to {to}. The old disks in {to} are overwritten with what runs in {from}; until the first copy is complete there is no way back.',
      'no-cache': 'There is no storage account in {from} for the cache of the replication.',
      'no-cache.advice': 'Create a general-purpose one in {from}, then ask again.',
      'no-vm': 'Azure does not say which VM the failover of {vm} made.',
      'no-vm.advice': 'Reprotect it in the Azure portal, where the VM can be chosen.',
      none: 'none found',
      done: '{vm} is replicated from {from} to {to} now; the first copy is under way.',
      failed: '{vm} was not reprotected.',
      left: 'To go back, fail {vm} over again once it is protected: that is the failback.',
      'left-failed': '{vm} still runs without replication: see the job, then try again.',
    },
  },
  'pt-BR': {
    title: 'Proteger novamente',
    does: 'replicar de volta uma VM que teve failover',
    example: 'reproteger erp-prod-01',
    phrases: [
      'reproteger {vm}',
      'reproteger a {vm}',
      'reproteja a {vm}',
      'inverter a replicação da {vm}',
      'inverter a replicação de {vm}',
      'proteger a {vm} no sentido inverso',
      'replicar a {vm} no sentido inverso',
      'reproteger a {vm} na direção inversa',
      'proteger de novo a {vm} na direção inversa',
      'voltar a replicar a {vm} no sentido inverso',
    ],
    messages: {
      'for-good': 'Os discos antigos em {to} são sobrescritos.',
      undo: 'Quando a replicação estiver saudável de novo, um failover leva a VM de volta para onde estava.',
      preview:
        'Replica {vm} de {from} de volta para {to}. Os discos antigos em {to} são sobrescritos com o que roda em {from}; até a primeira cópia terminar não há caminho de volta.',
      'no-cache': 'Não há conta de armazenamento em {from} para o cache da replicação.',
      'no-cache.advice': 'Crie uma de uso geral em {from} e peça de novo.',
      'no-vm': 'O Azure não diz qual VM o failover de {vm} criou.',
      'no-vm.advice': 'Proteja-a novamente no portal do Azure, onde a VM pode ser escolhida.',
      none: 'nenhuma encontrada',
      done: '{vm} é replicada de {from} para {to} agora; a primeira cópia está em andamento.',
      failed: '{vm} não foi protegida novamente.',
      left: 'Para voltar, faça outro failover de {vm} quando ela estiver protegida: isso é o failback.',
      'left-failed': '{vm} ainda roda sem replicação: veja o trabalho e tente de novo.',
    },
  },
  it: {
    title: 'Riproteggi',
    does: 'replicare all’indietro una VM dopo il failover',
    example: 'riproteggi erp-prod-01',
    phrases: [
      'riproteggi {vm}',
      'riproteggi la vm {vm}',
      'inverti la replica di {vm}',
      'riproteggi la {vm}',
      'inverti replica di {vm}',
      'proteggi {vm} in senso inverso',
      'replica {vm} in senso inverso',
      'rimetti {vm} in protezione dopo il failover',
      'riproteggi {vm} dopo il failover',
      'inverti la protezione di {vm}',
      'rimetti {vm} sotto protezione in senso inverso',
      'rimetti {vm} in protezione in senso inverso',
    ],
    messages: {
      'for-good': 'I vecchi dischi in {to} vengono sovrascritti.',
      undo: 'Quando la replica è di nuovo sana, un failover riporta la VM da dove veniva.',
      preview:
        'Replica {vm} da {from} di nuovo verso {to}. I vecchi dischi in {to} vengono sovrascritti con ciò che gira in {from}; fino al termine della prima copia non c’è modo di tornare.',
      'no-cache': 'In {from} non c’è un account di archiviazione per la cache della replica.',
      'no-cache.advice': 'Creane uno per utilizzo generico in {from}, poi chiedi di nuovo.',
      'no-vm': 'Azure non dice quale VM ha creato il failover di {vm}.',
      'no-vm.advice': 'Riproteggila nel portale di Azure, dove si può scegliere la VM.',
      none: 'nessuno trovato',
      done: '{vm} ora è replicata da {from} a {to}; la prima copia è in corso.',
      failed: '{vm} non è stata riprotetta.',
      left: 'Per tornare, esegui un nuovo failover di {vm} quando è protetta: è il failback.',
      'left-failed': '{vm} gira ancora senza replica: guarda il processo, poi riprova.',
    },
  },
};

export const failoverReprotect = changing({
  id,
  area: 'recovery',
  risk: 'disruptive',
  texts,
  parameters: z.object({ vm: parameter.vm(), region: parameter.regionName().optional() }),
  actions: [reprotectAction],
  rights: async (context, { vm }) => [{ action: reprotectAction, scope: (await replicaOf(context, vm)).vaultId }],
  targets: ({ vm }) => [vm],
  choices: async (context) => await replicaChoices(context, /Committed$/i),

  async preview(context, { vm }) {
    const item = await replicaOf(context, vm);
    const cache = await cacheAccount(context, item.vaultId, item.recoveryRegion);
    const shown = cache === undefined ? message('none') : nameOf(cache);
    const [scenario = ''] = reprotectScenarios;
    const forGood = message('for-good', { to: item.primaryRegion });
    return {
      sentence: message('preview', placesOf(item)),
      facts: [
        fact('vm', vmWithGroup(vm)),
        fact('recovery-vm', item.recoveryVmName ?? item.friendlyName),
        fact('vault', nameOf(item.vaultId)),
        fact('cache', shown),
        ...(await blastRadius(context, { items: [item], scenario, forGood, backwards: true })),
      ],
      resources: [vm, item.id, ...(item.recoveryVmId === undefined ? [] : [item.recoveryVmId])],
      holds: sidesOf(item),
      measured: { ...measuredOf(item), 'fact.cache': cache ?? '' },
    };
  },

  async checks(context, { vm, region }): Promise<readonly Finding[]> {
    const item = await replicaOf(context, vm);
    const accepted = acceptance(item, 'SwitchProtection');
    if (accepted.length > 0) return accepted;
    const known = item.recoveryVmId !== undefined && item.policyId !== undefined;
    const cache = await cacheAccount(context, item.vaultId, item.recoveryRegion);
    return orAccepted([
      ...saidRegion(region, { name: item.friendlyName, region: item.primaryRegion }),
      ...(known ? [] : [blocking('no-vm', item)]),
      ...(cache === undefined ? [blocking('no-cache', item)] : []),
    ]);
  },

  async submit(context, { vm }, { clientRequestId }) {
    const item = await replicaOf(context, vm);
    const cache = await cacheAccount(context, item.vaultId, item.recoveryRegion);
    return await context.azure.recovery.reprotect(item.id, {
      ...(await wayBack(context, item, cache)),
      clientRequestId,
    });
  },

  async findSubmitted(context, { vm }, { startingAt }) {
    const item = await replicaOf(context, vm);
    const found = await Promise.all(
      reprotectScenarios.map((scenario) => context.azure.recovery.jobsSince(item.id, scenario, startingAt)),
    );
    const jobs = found.flat();
    return jobs.length > 1 ? 'unclear' : (jobs[0] ?? 'nothing');
  },

  async result(context, { vm }, _execution, progress) {
    // By now the item lies in the other fabric, and its regions have changed places.
    const item = await replicaOf(context, vm);
    const failed = progress.state === 'failed' || progress.state === 'cancelled';
    const { friendlyName: name, primaryRegion: from, recoveryRegion: to } = item;
    return {
      sentence: failed ? message('failed', { vm: name }) : message('done', { vm: name, from, to }),
      facts: failedSteps(progress),
      leftToDo: [message(failed ? 'left-failed' : 'left', { vm: name })],
      suggestions: nextSteps(item),
    };
  },

  undo: ({ vm }) => [{ operation: 'failover.start', parameters: { vm } }],
  byHand: reprotectByHand,
  next: () => [],
});

/** Until the reprotect the item still tells the old direction. */
function placesOf({ friendlyName, primaryRegion, recoveryRegion }: ReplicatedItem) {
  return { vm: friendlyName, from: recoveryRegion, to: primaryRegion };
}

function blocking(finding: 'no-cache' | 'no-vm', item: ReplicatedItem): Finding {
  const values = finding === 'no-vm' ? { vm: item.friendlyName } : { from: item.recoveryRegion };
  const advice = message(`${finding}.advice`, finding === 'no-vm' ? {} : values);
  return { id: finding, severity: 'blocks', text: message(finding, values), advice };
}
