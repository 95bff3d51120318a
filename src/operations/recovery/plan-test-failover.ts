import { z } from 'zod';
import { nameOf, vaultOf } from '../../azure/arm-id.ts';
import type { RecoveryPlan } from '../../azure/recovery-types.ts';
import type { ReplicatedItem } from '../../azure/types.ts';
import type { Context } from '../context.ts';
import { fact, usualOrUnknown } from '../facts.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Finding, Suggestion } from '../screen.ts';
import { planTestLeft } from './left-open.ts';
import { planActions, planChoices, planFindings, planItems } from './plans.ts';
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
    ],
    messages: {
      preview:
        'Creates test VMs of all {count, plural, one {# VM} other {# VMs}} of {plan} in {region}, {network}, group by group, from their latest processed points. Production and replication go on untouched, but the plan’s runbooks really run; the test VMs cost money until they are cleaned up.',
      'in-network': 'attached to the network {network}',
      'no-network': 'attached to no network',
      'no-network-short': 'No network',
      'waits-for-person':
        'The plan waits for a person at {count, plural, one {# manual action} other {# manual actions}}: {actions}.',
      'waits-for-person.advice': 'When it waits, complete it: “complete the manual action”.',
      'no-vms': 'The plan {plan} holds no replicated VM.',
      'no-vms.advice': 'Add its VMs in the portal first.',
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
    ],
    messages: {
      preview:
        'Cria VMs de teste de {count, plural, one {# VM} other {todas as # VMs}} de {plan} em {region}, {network}, grupo por grupo, a partir dos últimos pontos processados. A produção e a replicação seguem intocadas, mas os runbooks do plano são mesmo executados; as VMs de teste custam até serem limpas.',
      'in-network': 'conectadas à rede {network}',
      'no-network': 'sem conexão de rede',
      'no-network-short': 'Sem rede',
      'waits-for-person':
        'O plano espera por uma pessoa em {count, plural, one {# ação manual} other {# ações manuais}}: {actions}.',
      'waits-for-person.advice': 'Quando ele esperar, conclua-a: “concluir a ação manual”.',
      'no-vms': 'O plano {plan} não contém VM replicada.',
      'no-vms.advice': 'Inclua antes as VMs no portal.',
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
    ],
    messages: {
      preview:
        'Crea VM di test di {count, plural, one {# VM} other {tutte le # VM}} di {plan} in {region}, {network}, gruppo per gruppo, dai loro ultimi punti elaborati. La produzione e la replica restano intatte, ma i runbook del piano vengono davvero eseguiti; le VM di test costano finché non vengono pulite.',
      'in-network': 'collegate alla rete {network}',
      'no-network': 'senza rete',
      'no-network-short': 'Nessuna rete',
      'waits-for-person':
        'Il piano attende una persona in {count, plural, one {# azione manuale} other {# azioni manuali}}: {actions}.',
      'waits-for-person.advice': 'Quando attende, completala: “riprendi il processo di replica”.',
      'no-vms': 'Il piano {plan} non contiene VM replicate.',
      'no-vms.advice': 'Prima aggiungi le VM nel portale.',
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
  risk: 'disruptive',
  texts,
  parameters: z.object({ plan: parameter.plan(), network: parameter.network() }),
  actions: [action],
  rights: async (_, { plan }) => [{ action, scope: vaultOf(plan) }],
  targets: ({ plan }) => [plan],

  async choices(context, name, { plan }) {
    if (plan === undefined) return await planChoices(context);
    const item = name === 'network' ? await firstItem(context, await context.azure.recovery.plan(plan)) : undefined;
    return item === undefined ? [] : await networkChoices(context, item);
  },

  async preview(context, { plan: planId, network }) {
    const plan = await context.azure.recovery.plan(planId);
    const items = await planItems(context, plan);
    const where = network === none ? message('no-network') : message('in-network', { network: nameOf(network) });
    const past = context.azure.recovery.pastDurations(plan.vaultId, scenario);
    return {
      sentence: message('preview', {
        count: items.length,
        plan: plan.name,
        region: plan.recoveryRegion,
        network: where,
      }),
      facts: [
        fact('plan', plan.name),
        fact('vault', nameOf(plan.vaultId)),
        fact(
          'plan-vms',
          items.map(({ friendlyName }) => friendlyName),
        ),
        fact('network', network === none ? message('no-network-short') : nameOf(network)),
        fact(
          'actions',
          planActions(plan).map(({ name }) => name),
        ),
        fact('usually', await usualOrUnknown(past)),
      ],
      resources: [planId, ...items.flatMap(({ id: itemId, vmId }) => [itemId, vmId])],
      measured: measuredOf(plan),
    };
  },

  async checks(context, { plan: planId, network }) {
    const plan = await context.azure.recovery.plan(planId);
    const items = await planItems(context, plan);
    const first = await firstItem(context, plan);
    if (first === undefined) return [finding('no-vms', 'blocks', { plan: plan.name })];
    return orAccepted([
      ...acceptance({ friendlyName: plan.name, allowedOperations: plan.allowedOperations }, 'TestFailover'),
      ...planFindings(plan, items),
      ...networkFindings(first, network),
      ...manualActions(plan),
    ]);
  },

  async submit(context, { plan, network }, { clientRequestId }) {
    const where = network === none ? {} : { networkId: network };
    return await context.azure.recovery.testFailoverPlan(plan, { ...where, clientRequestId });
  },

  async findSubmitted(context, { plan }, { startingAt }) {
    const jobs = await context.azure.recovery.planJobsSince(plan, scenario, startingAt);
    return jobs.length > 1 ? 'unclear' : (jobs[0] ?? 'nothing');
  },

  async result(context, { plan: planId }, _execution, progress) {
    const plan = await context.azure.recovery.plan(planId);
    const failed = progress.state === 'failed' || progress.state === 'cancelled';
    const where = failed ? {} : { region: plan.recoveryRegion };
    return {
      sentence: message(failed ? 'failed' : 'done', { plan: plan.name, ...where }),
      facts: [],
      leftToDo: plan.allowedOperations.includes('TestFailoverCleanup') ? [message('left')] : [],
      suggestions: after(planId),
    };
  },

  next: ({ plan }) => after(plan),
  leftOpen: planTestLeft,
});

/** The groups as they were seen: a plan that was changed meanwhile is another plan. */
export function measuredOf(plan: RecoveryPlan): Readonly<Record<string, string>> {
  const groups = plan.groups.map(({ itemIds, before, after: last }) => [
    itemIds.map(nameOf),
    [...before, ...last].map(({ name }) => name),
  ]);
  return {
    'fact.recovery-region': plan.recoveryRegion,
    'fact.plan-vms': JSON.stringify(groups).toLowerCase(),
    'fact.allows': plan.allowedOperations.toSorted().join(', '),
  };
}

async function firstItem(context: Context, plan: RecoveryPlan): Promise<ReplicatedItem | undefined> {
  const [itemId] = plan.groups.flatMap(({ itemIds }) => itemIds);
  return itemId === undefined ? undefined : await context.azure.recovery.item(itemId);
}

function manualActions(plan: RecoveryPlan): readonly Finding[] {
  const manual = planActions(plan).filter(
    ({ kind, failoverTypes }) => kind === 'manual' && failoverTypes.includes(scenario),
  );
  if (manual.length === 0) return [];
  const values = { count: manual.length, actions: manual.map(({ name }) => name) };
  return [finding('waits-for-person', 'warns', values)];
}

function finding(
  key: 'no-vms' | 'waits-for-person',
  severity: Finding['severity'],
  values: Readonly<Record<string, string | number | readonly string[]>>,
): Finding {
  return { id: key, severity, text: message(key, values), advice: message(`${key}.advice`) };
}

function after(plan: string): readonly Suggestion[] {
  return [
    { title: message('cleanup'), wish: { operation: 'plan.test-cleanup', parameters: { plan } } },
    { title: message('show'), wish: { operation: 'recovery-plan.show', parameters: { plan } } },
  ];
}
