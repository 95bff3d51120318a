import { z } from 'zod';
import { nameOf, vaultOf } from '../../azure/arm-id.ts';
import { azRest } from '../by-hand.ts';
import type { Context } from '../context.ts';
import { fact, usualOrUnknown } from '../facts.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Fact, Suggestion } from '../screen.ts';
import { cleanupReport, lastMonth } from './drill-report.ts';
import { heldBy, measuredPlan, namesOf, planNow, touchedBy } from './plan-now.ts';
import { planChoices } from './plans.ts';
import { acceptance, orAccepted } from './replica.ts';

const id = 'plan.test-cleanup';
const message = own(id);
const action = 'Microsoft.RecoveryServices/vaults/replicationRecoveryPlans/testFailoverCleanup/action';
const scenario = 'TestFailoverCleanup';

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Clean up the test of a plan',
    does: 'delete the test VMs of a recovery plan',
    example: 'clean up the recovery plan',
    phrases: [
      'clean up the recovery plan',
      'clean up a recovery plan',
      'clean up the test failover of the recovery plan',
      'cleanup of the recovery plan',
      'delete the test vms of the recovery plan',
      'clean up the test of the recovery plan',
      'clean up after the drill of the recovery plan',
      'cleanup {plan}',
      'stop the drill of the recovery plan',
      'delete the test failover of the recovery plan',
      'clean up after the {plan} drill',
      'clean up after the {plan} test',
      'delete the drill of {plan}',
      'finish the {plan} drill',
      'stop the {plan} drill',
      '{plan} test cleanup',
      '{plan} drill cleanup',
      'discard the {plan} test vms',
      '{plan} cleanup of the test',
    ],
    messages: {
      preview: 'Deletes the test VMs of {plan} in {region}. What was done on them is lost; production is not touched.',
      done: 'The test VMs of {plan} are removed.',
      failed: 'The cleanup of {plan} did not complete.',
      'left-check': 'What the plan’s runbooks changed is not undone: look at it.',
      'no-notes': 'No notes',
      show: 'Show the plan',
    },
  },
  'pt-BR': {
    title: 'Limpar o teste de um plano',
    does: 'excluir as VMs de teste de um plano de recuperação',
    example: 'limpar o plano de recuperação',
    phrases: [
      'limpar o plano de recuperação',
      'limpar um plano de recuperação',
      'limpar o failover de teste do plano de recuperação',
      'limpeza do plano de recuperação',
      'limpe o plano de recuperação',
      'limpar o teste do plano de recuperação',
      'limpar depois do teste do plano de recuperação',
      'limpeza do {plan}',
      'desfazer o failover de teste do plano de recuperação',
      'parar o failover de teste do plano de recuperação',
      'limpar o que sobrou do teste do {plan}',
    ],
    messages: {
      preview: 'Exclui as VMs de teste de {plan} em {region}. O que foi feito nelas se perde; a produção não é tocada.',
      done: 'As VMs de teste de {plan} foram removidas.',
      failed: 'A limpeza de {plan} não foi concluída.',
      'left-check': 'O que os runbooks do plano mudaram não é desfeito: verifique.',
      'no-notes': 'Sem anotações',
      show: 'Mostrar o plano',
    },
  },
  it: {
    title: 'Pulisci il test di un piano',
    does: 'eliminare le VM di test di un piano di ripristino',
    example: 'pulisci il piano di ripristino',
    phrases: [
      'pulisci il piano di ripristino',
      'pulisci un piano di ripristino',
      'pulisci il failover di test del piano di ripristino',
      'pulizia del piano di ripristino',
      'fai la pulizia del piano di ripristino',
      'pulisci il test del piano di ripristino',
      'pulisci dopo il test del piano di ripristino',
      'pulizia di {plan}',
      'smonta il failover di test del piano di ripristino',
    ],
    messages: {
      preview:
        'Elimina le VM di test di {plan} in {region}. Ciò che vi è stato fatto va perso; la produzione non viene toccata.',
      done: 'Le VM di test di {plan} sono rimosse.',
      failed: 'La pulizia di {plan} non è stata completata.',
      'left-check': 'Ciò che i runbook del piano hanno cambiato non viene annullato: controllalo.',
      'no-notes': 'Nessuna nota',
      show: 'Mostra il piano',
    },
  },
};

export const planTestCleanup = changing({
  id,
  area: 'recovery',
  intentions: ['after-drill'],
  risk: 'reversible',
  texts,
  parameters: z.object({ plan: parameter.plan(), notes: parameter.notes() }),
  actions: [action],
  rights: async (_, { plan }) => [{ action, scope: vaultOf(plan) }],
  targets: ({ plan }) => [plan],
  choices: async (context, name) =>
    name === 'plan' ? await planChoices(context) : [{ value: '', title: message('no-notes') }],

  async preview(context, { plan: planId, notes }) {
    const now = await planNow(context, planId);
    const { plan, items, to } = now;
    const waiting = items.filter(({ testFailoverState }) => testFailoverState === 'WaitingForCompletion');
    const past = context.azure.recovery.pastDurations(plan.vaultId, scenario, 'plans');
    return {
      sentence: message('preview', { plan: plan.name, region: to }),
      facts: [
        fact('plan', plan.name),
        fact('vault', nameOf(plan.vaultId)),
        fact('plan-vms', namesOf(waiting)),
        ...(notes === '' ? [] : [fact('notes', notes)]),
        fact('usually', await usualOrUnknown(past)),
      ],
      resources: touchedBy(now),
      holds: heldBy(now),
      measured: measuredPlan(now),
    };
  },

  async checks(context, { plan: planId }) {
    const { name, allowedOperations } = await context.azure.recovery.plan(planId);
    return orAccepted(acceptance({ friendlyName: name, allowedOperations }, scenario));
  },

  async submit(context, { plan, notes }, { clientRequestId, code, requester }) {
    const comments = [notes, `Vaultkeeper run ${code}, ${requester.name}`].filter((part) => part !== '').join('; ');
    return await context.azure.recovery.cleanUpPlan(plan, { comments, clientRequestId });
  },

  async findSubmitted(context, { plan }, { startingAt }) {
    const jobs = await context.azure.recovery.planJobsSince(plan, scenario, startingAt);
    return jobs.length > 1 ? 'unclear' : (jobs[0] ?? 'nothing');
  },

  async result(context, { plan, notes }, execution, progress) {
    const failed = progress.state === 'failed' || progress.state === 'cancelled';
    const drills = await context.azure.recovery.planJobsSince(plan, 'TestFailover', lastMonth(context)).catch(() => []);
    return {
      sentence: message(failed ? 'failed' : 'done', { plan: nameOf(plan) }),
      facts: [
        ...(await cleanupReport(context, { drills, execution, progress, notes })),
        ...(await leftBehind(context, plan)),
      ],
      leftToDo: failed ? [] : [message('left-check')],
      suggestions: after(plan),
    };
  },

  byHand: ({ parameters: { plan, notes } }) => [
    azRest('post', `${plan}/testFailoverCleanup`, { properties: { comments: notes } }),
  ],
  next: ({ plan }) => after(plan),
});

function after(plan: string): readonly Suggestion[] {
  return [{ title: message('show'), wish: { operation: 'recovery-plan.show', parameters: { plan } } }];
}

/** Test VMs that are still there although the cleanup is over. */
async function leftBehind(context: Context, planId: string): Promise<readonly Fact[]> {
  const now = await planNow(context, planId).catch(() => undefined);
  const left = now?.items.filter(({ allowedOperations }) => allowedOperations.includes('TestFailoverCleanup')) ?? [];
  return left.length === 0 ? [] : [fact('left-behind', namesOf(left))];
}
