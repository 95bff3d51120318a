import { z } from 'zod';
import { nameOf, vaultOf } from '../../azure/arm-id.ts';
import { fact } from '../facts.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { saidRegion } from '../said-region.ts';
import type { Suggestion } from '../screen.ts';
import { blastRadius } from './blast-radius.ts';
import { planTestByHand } from './by-hand-recovery.ts';
import { drillReport } from './drill-report.ts';
import { planTestLeft } from './left-open.ts';
import { actionFacts, manualFindings, noVms, planFindings } from './plan-findings.ts';
import { heldBy, measuredPlan, namesOf, planNow, touchedBy } from './plan-now.ts';
import { planPointChoices, planPointText } from './plan-points.ts';
import { planSteps } from './plan-steps.ts';
import { planChoices } from './plans.ts';
import { acceptance, orAccepted } from './replica.ts';
import { networkChoices, networkFindings, none } from './test-networks.ts';

const id = 'plan.test-failover';
const message = own(id);
const action = 'Microsoft.RecoveryServices/vaults/replicationRecoveryPlans/testFailover/action';
const scenario = 'TestFailover';

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Test failover of a plan',
    does: 'rehearse a whole recovery plan without touching production',
    example: 'test failover of a recovery plan',
    phrases: [
      'test failover of a recovery plan',
      'test failover of the recovery plan',
      'run a test failover of the recovery plan',
      'test the recovery plan',
      'dr drill of the recovery plan',
      'test {plan}',
      'dr drill of {plan}',
      'test failover of {plan}',
      'run the recovery plan as a test',
      'fail over {plan} as a test',
    ],
    messages: {
      undo: 'Clean up: the test VMs of the plan are deleted. Production was not touched.',
      preview:
        'Creates test VMs of all {count, plural, one {# VM} other {# VMs}} of {plan} in {region}, {network}, group by group, from {point}. Production and replication go on untouched, but the plan’s runbooks really run; the test VMs cost money until they are cleaned up.',
      'in-network': 'attached to the network {network}',
      'no-network': 'attached to no network',
      'no-network-short': 'No network',
      done: 'The test VMs of {plan} run in {region}.',
      failed: 'The test failover of {plan} did not complete.',
      left: 'The test VMs cost money and block the next test: clean them up when you have looked at them.',
      cleanup: 'Clean up',
      show: 'Show the plan',
    },
  },
  'pt-BR': {
    title: 'Failover de teste de um plano',
    does: 'ensaiar um plano de recuperação inteiro sem tocar na produção',
    example: 'failover de teste de um plano de recuperação',
    phrases: [
      'failover de teste de um plano de recuperação',
      'failover de teste do plano de recuperação',
      'fazer failover de teste do plano de recuperação',
      'executar failover de teste do plano de recuperação',
      'iniciar failover de teste do plano de recuperação',
      'testar o plano de recuperação',
      'testar o {plan}',
      'failover de teste do {plan}',
      'simulado do {plan}',
    ],
    messages: {
      undo: 'Limpe: as VMs de teste do plano são excluídas. A produção não foi tocada.',
      preview:
        'Cria VMs de teste de {count, plural, one {# VM} other {todas as # VMs}} de {plan} em {region}, {network}, grupo por grupo (pontos usados: {point}). A produção e a replicação seguem intocadas, mas os runbooks do plano são mesmo executados; as VMs de teste custam até serem limpas.',
      'in-network': 'conectadas à rede {network}',
      'no-network': 'sem conexão de rede',
      'no-network-short': 'Sem rede',
      done: 'As VMs de teste de {plan} estão em execução em {region}.',
      failed: 'O failover de teste de {plan} não foi concluído.',
      left: 'As VMs de teste custam e bloqueiam o próximo teste: limpe-as depois de verificar.',
      cleanup: 'Limpar',
      show: 'Mostrar o plano',
    },
  },
  it: {
    title: 'Failover di test di un piano',
    does: 'provare un intero piano di ripristino senza toccare la produzione',
    example: 'failover di test di un piano di ripristino',
    phrases: [
      'failover di test di un piano di ripristino',
      'failover di test del piano di ripristino',
      'esegui un failover di test del piano di ripristino',
      'fai un failover di test del piano di ripristino',
      'avvia il failover di test del piano di ripristino',
      'prova il piano di ripristino',
      'prova {plan}',
      'failover di test di {plan}',
      'esercitazione di {plan}',
    ],
    messages: {
      undo: 'Pulisci: le VM di test del piano vengono eliminate. La produzione non è stata toccata.',
      preview:
        'Crea VM di test di {count, plural, one {# VM} other {tutte le # VM}} di {plan} in {region}, {network}, gruppo per gruppo (punti usati: {point}). La produzione e la replica restano intatte, ma i runbook del piano vengono davvero eseguiti; le VM di test costano finché non vengono pulite.',
      'in-network': 'collegate alla rete {network}',
      'no-network': 'senza rete',
      'no-network-short': 'Nessuna rete',
      done: 'Le VM di test di {plan} sono in esecuzione in {region}.',
      failed: 'Il failover di test di {plan} non è stato completato.',
      left: 'Le VM di test costano e bloccano il prossimo test: puliscile dopo averle guardate.',
      cleanup: 'Pulisci',
      show: 'Mostra il piano',
    },
  },
};

export const planTestFailover = changing({
  id,
  area: 'recovery',
  intentions: ['after-drill'],
  risk: 'disruptive',
  texts,
  parameters: z.object({
    plan: parameter.plan(),
    point: parameter.planPoint(),
    network: parameter.network(),
    region: parameter.regionName().optional(),
  }),
  actions: [action],
  rights: async (_, { plan }) => [{ action, scope: vaultOf(plan) }],
  targets: ({ plan }) => [plan],

  async choices(context, name, { plan }) {
    if (plan === undefined) return await planChoices(context);
    if (name === 'point') return planPointChoices();
    const [first] = (await planNow(context, plan)).items;
    return first === undefined ? [] : await networkChoices(context, first);
  },

  async preview(context, { plan: planId, point, network }) {
    const now = await planNow(context, planId);
    const { plan, items, to } = now;
    const where = network === none ? message('no-network') : message('in-network', { network: nameOf(network) });
    const way = now.back ? 'back' : 'over';
    const values = {
      way,
      count: items.length,
      plan: plan.name,
      region: to,
      network: where,
      point: planPointText(point),
    };
    return {
      sentence: message('preview', values),
      facts: [
        fact('plan', plan.name),
        fact('vault', nameOf(plan.vaultId)),
        fact('plan-vms', namesOf(items)),
        fact('recovery-point', planPointText(point)),
        fact('network', network === none ? message('no-network-short') : nameOf(network)),
        ...actionFacts(now, scenario),
        ...(await blastRadius(context, { items, scenario, planId })),
      ],
      resources: touchedBy(now),
      holds: heldBy(now),
      measured: measuredPlan(now),
    };
  },

  async checks(context, { plan: planId, network, region }) {
    const now = await planNow(context, planId);
    if (now.items.length === 0) return [noVms(now)];
    const { name: friendlyName, allowedOperations } = now.plan;
    return orAccepted([
      ...acceptance({ friendlyName, allowedOperations }, scenario),
      ...saidRegion(region, { name: friendlyName, region: now.to }),
      ...(await planFindings(context, now)),
      ...(await networkFindings(context, now.items, network)),
      ...manualFindings(now, scenario),
    ]);
  },

  async submit(context, { plan, point, network }, { clientRequestId }) {
    const { back } = await planNow(context, plan);
    const where = network === none ? {} : { networkId: network };
    return await context.azure.recovery.testFailoverPlan(plan, { ...where, point, back, clientRequestId });
  },

  async findSubmitted(context, { plan }, { startingAt }) {
    const jobs = await context.azure.recovery.planJobsSince(plan, scenario, startingAt);
    return jobs.length > 1 ? 'unclear' : (jobs[0] ?? 'nothing');
  },

  async result(context, { plan: planId, point }, execution, progress) {
    const now = await planNow(context, planId);
    const failed = progress.state === 'failed' || progress.state === 'cancelled';
    const where = failed ? {} : { region: now.to };
    return {
      sentence: message(failed ? 'failed' : 'done', { plan: now.plan.name, ...where }),
      facts: await drillReport(context, { items: now.items, execution, progress, kind: point }),
      leftToDo: now.plan.allowedOperations.includes('TestFailoverCleanup') ? [message('left')] : [],
      suggestions: failed ? planSteps(now) : after(planId),
    };
  },

  undo: ({ plan }) => [{ operation: 'plan.test-cleanup', parameters: { plan } }],
  byHand: planTestByHand,
  next: ({ plan }) => after(plan),
  leftOpen: planTestLeft,
});

function after(plan: string): readonly Suggestion[] {
  return [
    { title: message('cleanup'), wish: { operation: 'plan.test-cleanup', parameters: { plan } } },
    { title: message('show'), wish: { operation: 'recovery-plan.show', parameters: { plan } } },
  ];
}
