import { z } from 'zod';
import { nameOf, vaultOf } from '../../azure/arm-id.ts';
import { fact, usualOrUnknown } from '../facts.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Suggestion } from '../screen.ts';
import { measuredOf } from './plan-test-failover.ts';
import { planChoices, planItems } from './plans.ts';
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
    ],
    messages: {
      preview: 'Deletes the test VMs of {plan} in {region}. What was done on them is lost; production is not touched.',
      done: 'The test VMs of {plan} are removed.',
      failed: 'The cleanup of {plan} did not complete.',
      'left-check': 'What the plan’s runbooks changed is not undone: look at it.',
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
    ],
    messages: {
      preview: 'Exclui as VMs de teste de {plan} em {region}. O que foi feito nelas se perde; a produção não é tocada.',
      done: 'As VMs de teste de {plan} foram removidas.',
      failed: 'A limpeza de {plan} não foi concluída.',
      'left-check': 'O que os runbooks do plano mudaram não é desfeito: verifique.',
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
    ],
    messages: {
      preview:
        'Elimina le VM di test di {plan} in {region}. Ciò che vi è stato fatto va perso; la produzione non viene toccata.',
      done: 'Le VM di test di {plan} sono rimosse.',
      failed: 'La pulizia di {plan} non è stata completata.',
      'left-check': 'Ciò che i runbook del piano hanno cambiato non viene annullato: controllalo.',
      show: 'Mostra il piano',
    },
  },
};

export const planTestCleanup = changing({
  id,
  area: 'recovery',
  risk: 'reversible',
  texts,
  parameters: z.object({ plan: parameter.plan() }),
  actions: [action],
  rights: async (_, { plan }) => [{ action, scope: vaultOf(plan) }],
  targets: ({ plan }) => [plan],
  choices: async (context) => await planChoices(context),

  async preview(context, { plan: planId }) {
    const plan = await context.azure.recovery.plan(planId);
    const items = await planItems(context, plan);
    const waiting = items.filter(({ testFailoverState }) => testFailoverState === 'WaitingForCompletion');
    const past = context.azure.recovery.pastDurations(plan.vaultId, scenario);
    return {
      sentence: message('preview', { plan: plan.name, region: plan.recoveryRegion }),
      facts: [
        fact('plan', plan.name),
        fact('vault', nameOf(plan.vaultId)),
        fact(
          'plan-vms',
          waiting.map(({ friendlyName }) => friendlyName),
        ),
        fact('usually', await usualOrUnknown(past)),
      ],
      resources: [planId, ...items.flatMap(({ id: itemId, vmId }) => [itemId, vmId])],
      measured: measuredOf(plan),
    };
  },

  async checks(context, { plan: planId }) {
    const { name, allowedOperations } = await context.azure.recovery.plan(planId);
    return orAccepted(acceptance({ friendlyName: name, allowedOperations }, scenario));
  },

  async submit(context, { plan }, { clientRequestId, code, requester }) {
    const comments = `Vaultkeeper run ${code}, ${requester.name}`;
    return await context.azure.recovery.cleanUpPlan(plan, { comments, clientRequestId });
  },

  async findSubmitted(context, { plan }, { startingAt }) {
    const jobs = await context.azure.recovery.planJobsSince(plan, scenario, startingAt);
    return jobs.length > 1 ? 'unclear' : (jobs[0] ?? 'nothing');
  },

  async result(_context, { plan }, _execution, progress) {
    const failed = progress.state === 'failed' || progress.state === 'cancelled';
    return {
      sentence: message(failed ? 'failed' : 'done', { plan: nameOf(plan) }),
      facts: [],
      leftToDo: failed ? [] : [message('left-check')],
      suggestions: after(plan),
    };
  },

  next: ({ plan }) => after(plan),
});

function after(plan: string): readonly Suggestion[] {
  return [{ title: message('show'), wish: { operation: 'recovery-plan.show', parameters: { plan } } }];
}
