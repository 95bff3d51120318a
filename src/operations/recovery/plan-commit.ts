import { z } from 'zod';
import { nameOf, vaultOf } from '../../azure/arm-id.ts';
import type { ReplicatedItem } from '../../azure/types.ts';
import { azRest } from '../by-hand.ts';
import { fact } from '../facts.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { blastRadius } from './blast-radius.ts';
import { planUnreplicated } from './left-open.ts';
import { noVms } from './plan-findings.ts';
import { heldBy, measuredPlan, namesOf, type PlanNow, planNow, touchedBy } from './plan-now.ts';
import { failedSteps } from './plan-report.ts';
import { planSteps } from './plan-steps.ts';
import { planChoices } from './plans.ts';
import { acceptance, orAccepted } from './replica.ts';

const id = 'plan.commit';
const message = own(id);
const action = 'Microsoft.RecoveryServices/vaults/replicationRecoveryPlans/failoverCommit/action';
const scenario = 'CommitFailover';

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Commit a plan’s failover',
    does: 'make the failover of a recovery plan final',
    example: 'commit the recovery plan',
    phrases: [
      'commit the recovery plan',
      'commit a recovery plan',
      'commit the failover of the recovery plan',
      'commit failover of the recovery plan',
      'finalize the failover of the recovery plan',
      'commit {plan}',
      'make the failover of the recovery plan final',
      'make {plan} permanent',
      'confirm the failover of {plan}',
      'make the failover of {plan} permanent',
      'commit the failed over {plan}',
      '{plan} failover commit',
      'finalize the failback of {plan}',
      'make the {plan} failback final',
    ],
    messages: {
      undo: 'A commit is final: the other recovery points are gone. The way back is to reprotect the plan, and then its failover in the other direction.',
      preview:
        'Makes the failover of {count, plural, one {# VM} other {# VMs}} of {plan} to {region} final: all their other recovery points are deleted, and the points can no longer be changed. Nothing brings them back.',
      'for-good': 'All other recovery points of these VMs are deleted.',
      'not-all':
        '{count, plural, one {# VM} other {# VMs}} of the plan were not failed over and are not committed: {vms}.',
      'not-all.advice': 'Look at them first: after the commit the plan stands in both regions.',
      done: 'The failover of {plan} is committed.',
      failed: 'The failover of {plan} was not committed.',
      left: 'The VMs are not replicated now: reprotect the plan, or nothing protects them against the loss of {region}.',
      'left-failed': 'The failover of {count, plural, one {# VM} other {# VMs}} still waits for its commit.',
    },
  },
  'pt-BR': {
    title: 'Confirmar o failover de um plano',
    does: 'tornar definitivo o failover de um plano de recuperação',
    example: 'confirmar o plano de recuperação',
    phrases: [
      'confirmar o plano de recuperação',
      'confirmar um plano de recuperação',
      'confirmar o failover do plano de recuperação',
      'confirme o failover do plano de recuperação',
      'fazer commit do failover do plano de recuperação',
      'confirmar o failover do {plan}',
      'tornar o failover do plano definitivo',
      'tornar o {plan} definitivo',
    ],
    messages: {
      undo: 'A confirmação é definitiva: os outros pontos de recuperação se foram. O caminho de volta é reproteger o plano e depois fazer o failover no sentido contrário.',
      preview:
        'Torna definitivo o failover de {count, plural, one {# VM} other {# VMs}} de {plan} para {region}: todos os outros pontos de recuperação delas são excluídos e os pontos não podem mais ser mudados. Nada os traz de volta.',
      'for-good': 'Todos os outros pontos de recuperação dessas VMs são excluídos.',
      'not-all':
        '{count, plural, one {# VM} other {# VMs}} do plano não tiveram failover e não são confirmadas: {vms}.',
      'not-all.advice': 'Verifique-as primeiro: depois da confirmação o plano fica nas duas regiões.',
      done: 'O failover de {plan} está confirmado.',
      failed: 'O failover de {plan} não foi confirmado.',
      left: 'As VMs não são replicadas agora: proteja o plano novamente, ou nada as protege contra a perda de {region}.',
      'left-failed': 'O failover de {count, plural, one {# VM} other {# VMs}} ainda espera a confirmação.',
    },
  },
  it: {
    title: 'Conferma il failover di un piano',
    does: 'rendere definitivo il failover di un piano di ripristino',
    example: 'conferma il failover del piano di ripristino',
    phrases: [
      'conferma il failover del piano di ripristino',
      'conferma il failover di un piano di ripristino',
      'conferma il piano di ripristino',
      'esegui il commit del piano di ripristino',
      'finalizza il failover del piano di ripristino',
      'conferma il failover di {plan}',
      'rendi definitivo il failover del piano',
      'rendi definitivo {plan}',
    ],
    messages: {
      undo: 'La conferma è definitiva: gli altri punti di ripristino non ci sono più. La via del ritorno è riproteggere il piano e poi il suo failover nell’altra direzione.',
      preview:
        'Rende definitivo il failover di {count, plural, one {# VM} other {# VM}} di {plan} in {region}: tutti i loro altri punti di ripristino vengono eliminati e i punti non si possono più cambiare. Niente li riporta indietro.',
      'for-good': 'Tutti gli altri punti di ripristino di queste VM vengono eliminati.',
      'not-all':
        '{count, plural, one {# VM} other {# VM}} del piano non hanno avuto il failover e non vengono confermate: {vms}.',
      'not-all.advice': 'Prima guardale: dopo la conferma il piano si trova in entrambe le aree.',
      done: 'Il failover di {plan} è confermato.',
      failed: 'Il failover di {plan} non è stato confermato.',
      left: 'Le VM ora non sono replicate: riproteggi il piano, altrimenti niente le protegge dalla perdita di {region}.',
      'left-failed': 'Il failover di {count, plural, one {# VM} other {# VM}} attende ancora la conferma.',
    },
  },
};

export const planCommit = changing({
  id,
  area: 'recovery',
  risk: 'destructive',
  texts,
  parameters: z.object({ plan: parameter.plan() }),
  actions: [action],
  rights: async (_, { plan }) => [{ action, scope: vaultOf(plan) }],
  targets: ({ plan }) => [plan],
  choices: async (context) => await planChoices(context),

  async preview(context, { plan: planId }) {
    const now = await planNow(context, planId);
    const items = waiting(now);
    const { plan, to } = now;
    return {
      sentence: message('preview', { count: items.length, plan: plan.name, region: to }),
      facts: [
        fact('plan', plan.name),
        fact('vault', nameOf(plan.vaultId)),
        fact('plan-vms', namesOf(items)),
        ...(await blastRadius(context, { items, scenario, planId, forGood: message('for-good') })),
      ],
      resources: touchedBy({ ...now, items }),
      holds: heldBy({ items }),
      measured: { ...measuredPlan(now), 'fact.failed-over': namesOf(items).join(', ') },
    };
  },

  async checks(context, { plan: planId }) {
    const now = await planNow(context, planId);
    if (now.items.length === 0) return [noVms(now)];
    const { name: friendlyName, allowedOperations } = now.plan;
    const others = now.items.filter((item) => !isWaiting(item));
    const values = { count: others.length, vms: namesOf(others) };
    const advice = message('not-all.advice');
    return orAccepted([
      ...acceptance({ friendlyName, allowedOperations }, 'Commit'),
      ...(others.length === 0
        ? []
        : [{ id: 'not-all', severity: 'warns' as const, text: message('not-all', values), advice }]),
    ]);
  },

  async submit(context, { plan }, { clientRequestId }) {
    return await context.azure.recovery.commitPlan(plan, { clientRequestId });
  },

  async findSubmitted(context, { plan }, { startingAt }) {
    const jobs = await context.azure.recovery.planJobsSince(plan, scenario, startingAt);
    return jobs.length > 1 ? 'unclear' : (jobs[0] ?? 'nothing');
  },

  async result(context, { plan: planId }, _execution, progress) {
    const now = await planNow(context, planId);
    const left = waiting(now);
    return {
      sentence: message(left.length === 0 ? 'done' : 'failed', { plan: now.plan.name }),
      facts: [...(left.length === 0 ? [] : [fact('plan-vms', namesOf(left))]), ...failedSteps(progress)],
      leftToDo: [
        left.length === 0 ? message('left', { region: now.to }) : message('left-failed', { count: left.length }),
      ],
      suggestions: planSteps(now),
    };
  },

  undo: ({ plan }) => [{ operation: 'plan.reprotect', parameters: { plan } }],
  byHand: ({ parameters: { plan } }) => [azRest('post', `${plan}/failoverCommit`)],
  next: ({ plan }) => planSteps({ plan: { id: plan, allowedOperations: ['SwitchProtection'] } }),
  leftOpen: planUnreplicated,
});

function isWaiting({ allowedOperations }: ReplicatedItem): boolean {
  return allowedOperations.includes('Commit');
}

function waiting({ items }: PlanNow): readonly ReplicatedItem[] {
  return items.filter(isWaiting);
}
