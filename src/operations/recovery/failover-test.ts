import { z } from 'zod';
import { nameOf, sameId } from '../../azure/arm-id.ts';
import type { ReplicatedItem } from '../../azure/types.ts';
import { onReplica } from '../by-hand.ts';
import type { Context } from '../context.ts';
import { fact, vmWithGroup } from '../facts.ts';
import { replicatedItemOf } from '../located.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Finding, Suggestion } from '../screen.ts';
import { blastRadius } from './blast-radius.ts';
import { drillReport } from './drill-report.ts';
import { testVmLeft } from './left-open.ts';
import { latest, latestChoice, pointChoices, pointFacts, pointText } from './replication-points.ts';
import { targetFindings } from './target-findings.ts';
import { networkChoices, networkFindings, none } from './test-networks.ts';

const id = 'failover.test';
const message = own(id);
const action =
  'Microsoft.RecoveryServices/vaults/replicationFabrics/replicationProtectionContainers/replicationProtectedItems/testFailover/action';

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Test failover',
    does: 'rehearse a failover without touching production',
    example: 'test failover erp-prod-01',
    phrases: [
      'test failover {vm}',
      'test failover of {vm}',
      'run a test failover of {vm}',
      'start a test failover of {vm}',
      'do a test failover of {vm}',
      'dr drill {vm}',
      'dr drill of {vm}',
      'run a dr drill of {vm}',
      'run a drill of {vm}',
      'failover drill {vm}',
      'rehearse failover of {vm}',
      'test failover of {vm} into {network}',
    ],
    messages: {
      undo: 'Clean up: the test VM is deleted. Production was not touched.',
      preview:
        'Creates a test VM of {vm} in {region} from {point}, {network}. Production and replication go on untouched; the test VM costs money until it is cleaned up.',
      'in-network': 'attached to the network {network}',
      'no-network': 'attached to no network',
      latest: 'the latest processed recovery point',
      'latest-of': 'the latest processed: {time}',
      'latest-details': 'fastest to start; Azure takes the newest point that it has processed',
      'point-details': '{consistency}, {age}',
      isolated: 'isolated: marked for tests',
      'production-network': 'this is where the VM goes in a real failover: two machines of one name can meet there',
      'other-network': '{group}',
      'none-choice': 'No network',
      'none-details': 'the VM starts without a network card: enough to see that it boots',
      'not-allowed': 'Azure does not accept a test failover of {vm} now.',
      'not-allowed.advice': 'It accepts: {allowed}.',
      'cleanup-pending': 'A test VM of {vm} is still there from the last test failover.',
      'cleanup-pending.advice': 'Clean it up first: “clean up {vm}”.',
      'no-subnet': 'The network has no subnet {subnet}: Azure takes {instead}, the first one by name.',
      'no-subnet.advice': 'Rules and addresses may differ there: choose another network, or add the subnet.',
      'into-production': 'The test VM is attached to the production network of the recovery region.',
      'into-production.advice': 'Never while the real machine is up: choose an isolated network.',
      unhealthy: 'Replication of {vm} is {health}: the test may use an old point.',
      'unhealthy.advice': '{cause}',
      ready: 'Azure accepts a test failover now.',
      done: 'The test VM {test} of {vm} runs in {region}.',
      failed: 'The test failover of {vm} did not complete.',
      left: 'The test VM costs money and blocks the next test: clean it up when you have looked at it.',
      cleanup: 'Clean up',
      show: 'Show protection',
    },
  },
  'pt-BR': {
    title: 'Failover de teste',
    does: 'ensaiar um failover sem tocar na produção',
    example: 'failover de teste da erp-prod-01',
    phrases: [
      'failover de teste da {vm}',
      'failover de teste de {vm}',
      'fazer failover de teste da {vm}',
      'executar failover de teste da {vm}',
      'iniciar failover de teste da {vm}',
      'testar failover da {vm}',
      'teste de failover da {vm}',
      'simulação de dr da {vm}',
      'ensaio de dr da {vm}',
      'drill de dr da {vm}',
    ],
    messages: {
      undo: 'Limpe: a VM de teste é excluída. A produção não foi tocada.',
      preview:
        'Cria uma VM de teste de {vm} em {region}, {network}; ponto usado: {point}. A produção e a replicação seguem intocadas; a VM de teste custa até ser limpa.',
      'in-network': 'conectada à rede {network}',
      'no-network': 'sem conexão de rede',
      latest: 'o último ponto de recuperação processado',
      'latest-of': 'o último processado: {time}',
      'latest-details': 'início mais rápido; o Azure usa o ponto mais novo já processado',
      'point-details': '{consistency}, {age}',
      isolated: 'isolada: marcada para testes',
      'production-network':
        'é para onde a VM vai em um failover real: duas máquinas com o mesmo nome podem se encontrar ali',
      'other-network': '{group}',
      'none-choice': 'Sem rede',
      'none-details': 'a VM inicia sem placa de rede: basta para ver se ela inicializa',
      'not-allowed': 'O Azure não aceita um failover de teste de {vm} agora.',
      'not-allowed.advice': 'Ele aceita: {allowed}.',
      'cleanup-pending': 'Uma VM de teste de {vm} ainda existe do último failover de teste.',
      'cleanup-pending.advice': 'Limpe-a primeiro: “limpar {vm}”.',
      'no-subnet': 'A rede não tem a sub-rede {subnet}: o Azure usa {instead}, a primeira por nome.',
      'no-subnet.advice': 'Regras e endereços podem ser outros ali: escolha outra rede ou crie a sub-rede.',
      'into-production': 'A VM de teste fica conectada à rede de produção da região de recuperação.',
      'into-production.advice': 'Nunca enquanto a máquina real está ligada: escolha uma rede isolada.',
      unhealthy: 'A replicação de {vm} está {health}: o teste pode usar um ponto antigo.',
      'unhealthy.advice': '{cause}',
      ready: 'O Azure aceita um failover de teste agora.',
      done: 'A VM de teste {test} de {vm} está em execução em {region}.',
      failed: 'O failover de teste de {vm} não foi concluído.',
      left: 'A VM de teste custa e bloqueia o próximo teste: limpe-a depois de verificar.',
      cleanup: 'Limpar',
      show: 'Mostrar a proteção',
    },
  },
  it: {
    title: 'Failover di test',
    does: 'provare un failover senza toccare la produzione',
    example: 'failover di test di erp-prod-01',
    phrases: [
      'failover di test di {vm}',
      'esegui un failover di test di {vm}',
      'fai un failover di test di {vm}',
      'avvia il failover di test di {vm}',
      'prova il failover di {vm}',
      'test di failover di {vm}',
      'esercitazione dr di {vm}',
      'esercitazione di ripristino di emergenza di {vm}',
      'prova di dr di {vm}',
    ],
    messages: {
      undo: 'Pulisci: la VM di test viene eliminata. La produzione non è stata toccata.',
      preview:
        'Crea una VM di test di {vm} in {region}, {network}; punto usato: {point}. La produzione e la replica restano intatte; la VM di test costa finché non viene pulita.',
      'in-network': 'collegata alla rete {network}',
      'no-network': 'senza rete',
      latest: 'l’ultimo punto di ripristino elaborato',
      'latest-of': 'l’ultimo elaborato: {time}',
      'latest-details': 'l’avvio più rapido; Azure prende il punto più recente già elaborato',
      'point-details': '{consistency}, {age}',
      isolated: 'isolata: contrassegnata per i test',
      'production-network':
        'è dove va la VM in un failover vero: due macchine con lo stesso nome possono incontrarsi lì',
      'other-network': '{group}',
      'none-choice': 'Nessuna rete',
      'none-details': 'la VM parte senza scheda di rete: basta per vedere se si avvia',
      'not-allowed': 'Azure non accetta ora un failover di test di {vm}.',
      'not-allowed.advice': 'Accetta: {allowed}.',
      'cleanup-pending': 'Una VM di test di {vm} esiste ancora dall’ultimo failover di test.',
      'cleanup-pending.advice': 'Prima va pulita: “pulisci {vm}”.',
      'no-subnet': 'La rete non ha la subnet {subnet}: Azure prende {instead}, la prima per nome.',
      'no-subnet.advice': 'Lì regole e indirizzi possono essere diversi: scegli un’altra rete o aggiungi la subnet.',
      'into-production': 'La VM di test viene collegata alla rete di produzione dell’area di ripristino.',
      'into-production.advice': 'Mai mentre la macchina vera è accesa: scegli una rete isolata.',
      unhealthy: 'La replica di {vm} è {health}: il test può usare un punto vecchio.',
      'unhealthy.advice': '{cause}',
      ready: 'Azure accetta ora un failover di test.',
      done: 'La VM di test {test} di {vm} è in esecuzione in {region}.',
      failed: 'Il failover di test di {vm} non è stato completato.',
      left: 'La VM di test costa e blocca il prossimo test: puliscila dopo averla guardata.',
      cleanup: 'Pulisci',
      show: 'Mostra la protezione',
    },
  },
};

export const failoverTest = changing({
  id,
  area: 'recovery',
  intentions: ['after-drill'],
  risk: 'disruptive',
  texts,
  parameters: z.object({ vm: parameter.vm(), point: parameter.replicationPoint(), network: parameter.network() }),
  actions: [action],
  rights: async (context, { vm }) => [{ action, scope: (await replicatedItemOf(context, vm)).vaultId }],
  targets: ({ vm }) => [vm],

  async choices(context, name, { vm }) {
    if (vm === undefined) return [];
    const item = await replicatedItemOf(context, vm);
    if (name === 'point') return [latestChoice, ...(await pointChoices(context, item))];
    if (name === 'network') return await networkChoices(context, item);
    return [];
  },

  async preview(context, { vm, point, network }) {
    const item = await replicatedItemOf(context, vm);
    const from = await pointText(context, item, point);
    const where = network === none ? message('no-network') : message('in-network', { network: nameOf(network) });
    return {
      sentence: message('preview', { vm: item.friendlyName, region: item.recoveryRegion, point: from, network: where }),
      facts: [
        fact('vm', vmWithGroup(vm)),
        fact('vault', nameOf(item.vaultId)),
        ...(await pointFacts(context, item, point)),
        fact('network', network === none ? message('none-choice') : nameOf(network)),
        fact('rpo', item.rpoSeconds === undefined ? '–' : { seconds: item.rpoSeconds }),
        ...(await blastRadius(context, { items: [item], scenario: 'TestFailover' })),
      ],
      resources: [vm, item.id, ...(network === none ? [] : [network])],
      measured: {
        'fact.recovery-region': item.recoveryRegion,
        'fact.active-location': item.activeLocation,
        'fact.protection-state': item.protectionState,
        'fact.test-state': item.testFailoverState,
      },
    };
  },

  async checks(context, { vm, network }) {
    const item = await replicatedItemOf(context, vm);
    const networks = await networkFindings(context, [item], network);
    const findings = [...acceptance(item), ...health(item), ...networks, ...(await targetFindings(context, item))];
    return findings.length > 0 ? findings : [{ id: 'ready', severity: 'passed', text: message('ready') }];
  },

  async submit(context, { vm, point, network }, { clientRequestId }) {
    const item = await replicatedItemOf(context, vm);
    return await context.azure.recovery.testFailover(item.id, {
      ...(point === latest ? {} : { recoveryPointId: point }),
      ...(network === none ? {} : { networkId: network }),
      clientRequestId,
    });
  },

  async findSubmitted(context, { vm }, { startingAt }) {
    const item = await replicatedItemOf(context, vm);
    const jobs = await context.azure.recovery.jobsSince(item.id, 'TestFailover', startingAt);
    return jobs.length > 1 ? 'unclear' : (jobs[0] ?? 'nothing');
  },

  async result(context, { vm, point }, execution, progress) {
    const item = await replicatedItemOf(context, vm);
    const suggestions = after(vm);
    const pointTime = await timeOf(context, item, point);
    const report = await drillReport(context, { items: [item], execution, progress, ...pointTime });
    if (progress.state === 'failed' || progress.state === 'cancelled') {
      return {
        sentence: message('failed', { vm: item.friendlyName }),
        facts: report,
        leftToDo: item.allowedOperations.includes('TestFailoverCleanup') ? [message('left')] : [],
        suggestions,
      };
    }
    const test = item.testVmName ?? `${item.friendlyName}-test`;
    return {
      sentence: message('done', { vm: item.friendlyName, test, region: item.recoveryRegion }),
      facts: [fact('test-vm', test), fact('region', item.recoveryRegion), ...report],
      leftToDo: [message('left')],
      suggestions,
    };
  },

  undo: ({ vm }) => [{ operation: 'failover.test-cleanup', parameters: { vm } }],
  byHand: (plan) =>
    onReplica(plan, 'testFailover', {
      failoverDirection: 'PrimaryToRecovery',
      networkType: plan.parameters.network === none ? 'NoNetworkAttachAsInput' : 'VmNetworkAsInput',
      ...(plan.parameters.network === none ? {} : { networkId: plan.parameters.network }),
      providerSpecificDetails: {
        instanceType: 'A2A',
        cloudServiceCreationOption: 'AutoCreateCloudService',
        ...(plan.parameters.point === latest ? {} : { recoveryPointId: plan.parameters.point }),
      },
    }),
  next: ({ vm }) => after(vm),
  leftOpen: testVmLeft,
});

/** The moment of a point that was chosen; nothing for the latest one, which is found by the start of the job. */
async function timeOf(context: Context, item: ReplicatedItem, point: string) {
  if (point === latest) return {};
  const points = await context.azure.recovery.recoveryPoints(item.id).catch(() => []);
  const time = points.find((one) => sameId(one.id, point))?.time;
  return time === undefined ? {} : { pointTime: time };
}

function acceptance(item: ReplicatedItem): readonly Finding[] {
  if (item.allowedOperations.includes('TestFailover')) return [];
  const key = item.allowedOperations.includes('TestFailoverCleanup') ? 'cleanup-pending' : 'not-allowed';
  const values = { vm: item.friendlyName, allowed: [...item.allowedOperations] };
  return [{ id: key, severity: 'blocks', text: message(key, values), advice: message(`${key}.advice`, values) }];
}

function health(item: ReplicatedItem): readonly Finding[] {
  if (item.replicationHealth === 'Normal') return [];
  const cause = item.healthErrors[0];
  const text = message('unhealthy', { vm: item.friendlyName, health: item.replicationHealth });
  return [
    {
      id: 'unhealthy',
      severity: 'warns',
      text,
      ...(cause && { advice: message('unhealthy.advice', { cause: cause.message }) }),
    },
  ];
}

function after(vm: string): readonly Suggestion[] {
  return [
    { title: message('cleanup'), wish: { operation: 'failover.test-cleanup', parameters: { vm } } },
    { title: message('show'), wish: { operation: 'protection.show', parameters: { vm } } },
  ];
}
