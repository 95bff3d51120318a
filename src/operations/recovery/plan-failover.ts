import { z } from 'zod';
import { nameOf, vaultOf } from '../../azure/arm-id.ts';
import { fact } from '../facts.ts';
import { changing, type OperationTexts, type OwnLocale, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { saidRegion } from '../said-region.ts';
import type { Choice } from '../screen.ts';
import { blastRadius } from './blast-radius.ts';
import { planFailoverByHand } from './by-hand-recovery.ts';
import { planUncommitted } from './left-open.ts';
import { actionFacts, manualFindings, noVms, planFindings } from './plan-findings.ts';
import { heldBy, measuredPlan, namesOf, type PlanNow, planNow, touchedBy } from './plan-now.ts';
import { planPointChoices, planPointText } from './plan-points.ts';
import { failedSteps, measuredTimes } from './plan-report.ts';
import { planSteps } from './plan-steps.ts';
import { planChoices } from './plans.ts';
import { acceptance, orAccepted } from './replica.ts';
import { stillUp } from './still-up.ts';

const id = 'plan.failover';
const message = own(id);
const action = 'Microsoft.RecoveryServices/vaults/replicationRecoveryPlans/unplannedFailover/action';
const scenario = 'UnplannedFailover';

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Fail a plan over',
    does: 'move all VMs of a recovery plan to the other region for real',
    example: 'fail over the recovery plan',
    phrases: [
      'fail over the recovery plan',
      'fail over a recovery plan',
      'failover of the recovery plan',
      'run the failover of the recovery plan',
      'start the failover of the recovery plan',
      'failback of the recovery plan',
      'fail over {plan}',
      'fail over {plan} to the secondary region',
      'run the recovery plan for real',
      'execute {plan} for real',
      'fail back {plan} to the primary region',
      'do a failback of {plan}',
      'start the failback of {plan}',
      'run the failback of {plan}',
      'move {plan} to the other region',
      'activate the recovery plan',
      'activate disaster recovery with {plan}',
      'put {plan} in the secondary region',
      'run an unplanned failover of {plan}',
      'use {plan} for a failover',
      'do a planned failover of {plan}',
    ],
    messages: {
      undo: 'Until it is committed, another recovery point can be taken for each VM. The way back is commit, reprotect, and the plan’s failover in the other direction.',
      'preview-shut-down':
        '{way, select, back {Failback. } other {}}Shuts {count, plural, one {the # VM} other {all # VMs}} of {plan} down in {from} and starts them in {to}, group by group, from {point}. Their users are cut off meanwhile; what was written after those points is lost.',
      'preview-gone':
        '{way, select, back {Failback. } other {}}Starts {count, plural, one {the # VM} other {all # VMs}} of {plan} in {to}, group by group, from {point}, and leaves the machines in {from} as they are: those that are still up run twice. What was written after those points is lost.',
      'shut-down': 'Shut the source down first',
      'shut-down-details': 'Azure tries to stop the VMs in {from}, so that no data is meant to be lost',
      gone: 'The source is gone',
      'gone-details': 'the VMs in {from} are not touched: only when they cannot be reached',
      'for-good': 'What was written after the points that are used. Going back takes a reprotect and a failback.',
      done: '{way, select, back {The failback is done. } other {}}The VMs of {plan} run in {region}. Nothing is committed yet.',
      failed: 'The failover of {plan} did not complete.',
      partly: '{count, plural, one {# VM} other {# VMs}} of {plan} did not get to {region}.',
      left: 'Look at the VMs, then commit; until then another recovery point can be chosen for each. Nothing commits by itself.',
      'left-failed': 'See what failed, and what Azure allows now: show the plan.',
    },
  },
  'pt-BR': {
    title: 'Fazer failover de um plano',
    does: 'mover de verdade todas as VMs de um plano de recuperação para a outra região',
    example: 'fazer failover do plano de recuperação',
    phrases: [
      'fazer failover do plano de recuperação',
      'fazer failover de um plano de recuperação',
      'failover do plano de recuperação',
      'executar o failover do plano de recuperação',
      'iniciar o failover do plano de recuperação',
      'failback do plano de recuperação',
      'fazer failover do {plan}',
      'virar o {plan} para a região secundária',
    ],
    messages: {
      undo: 'Até a confirmação, pode-se usar outro ponto de recuperação para cada VM. O caminho de volta é confirmar, reproteger e fazer o failover do plano no sentido contrário.',
      'preview-shut-down':
        '{way, select, back {Failback. } other {}}Desliga {count, plural, one {a # VM} other {todas as # VMs}} de {plan} em {from} e as inicia em {to}, grupo por grupo (pontos usados: {point}). Os usuários ficam sem acesso enquanto isso; o que foi gravado depois desses pontos se perde.',
      'preview-gone':
        '{way, select, back {Failback. } other {}}Inicia {count, plural, one {a # VM} other {todas as # VMs}} de {plan} em {to}, grupo por grupo (pontos usados: {point}), e deixa as máquinas em {from} como estão: as que ainda estiverem ligadas rodam duas vezes. O que foi gravado depois desses pontos se perde.',
      'shut-down': 'Desligar a origem antes',
      'shut-down-details': 'o Azure tenta parar as VMs em {from}, para que nenhum dado se perca',
      gone: 'A origem não existe mais',
      'gone-details': 'as VMs em {from} não são tocadas: só quando estão inacessíveis',
      'for-good': 'O que foi gravado depois dos pontos usados. Para voltar é preciso reproteger e fazer o failback.',
      done: '{way, select, back {O failback está feito. } other {}}As VMs de {plan} rodam em {region}. Nada foi confirmado ainda.',
      failed: 'O failover de {plan} não foi concluído.',
      partly: '{count, plural, one {# VM} other {# VMs}} de {plan} não chegaram a {region}.',
      left: 'Verifique as VMs e confirme; até lá outro ponto de recuperação pode ser escolhido para cada uma. Nada se confirma sozinho.',
      'left-failed': 'Veja o que falhou e o que o Azure permite agora: mostre o plano.',
    },
  },
  it: {
    title: 'Esegui il failover di un piano',
    does: 'spostare davvero tutte le VM di un piano di ripristino nell’altra area',
    example: 'esegui il failover del piano di ripristino',
    phrases: [
      'esegui il failover del piano di ripristino',
      'esegui il failover di un piano di ripristino',
      'failover del piano di ripristino',
      'avvia il failover del piano di ripristino',
      'fai il failover del piano di ripristino',
      'failback del piano di ripristino',
      'esegui il failover di {plan}',
      'manda {plan} in failover',
    ],
    messages: {
      undo: 'Fino alla conferma si può prendere un altro punto di ripristino per ogni VM. La via del ritorno è confermare, riproteggere e fare il failover del piano nell’altra direzione.',
      'preview-shut-down':
        '{way, select, back {Failback. } other {}}Arresta {count, plural, one {la # VM} other {tutte le # VM}} di {plan} in {from} e le avvia in {to}, gruppo per gruppo (punti usati: {point}). Intanto gli utenti restano tagliati fuori; ciò che è stato scritto dopo quei punti va perso.',
      'preview-gone':
        '{way, select, back {Failback. } other {}}Avvia {count, plural, one {la # VM} other {tutte le # VM}} di {plan} in {to}, gruppo per gruppo (punti usati: {point}), e lascia com’erano le macchine in {from}: quelle ancora accese girano due volte. Ciò che è stato scritto dopo quei punti va perso.',
      'shut-down': 'Arresta prima l’origine',
      'shut-down-details': 'Azure prova a fermare le VM in {from}, perché nessun dato vada perso',
      gone: 'L’origine non c’è più',
      'gone-details': 'le VM in {from} non vengono toccate: solo quando sono irraggiungibili',
      'for-good': 'Ciò che è stato scritto dopo i punti usati. Per tornare servono una riprotezione e un failback.',
      done: '{way, select, back {Il failback è fatto. } other {}}Le VM di {plan} girano in {region}. Niente è ancora confermato.',
      failed: 'Il failover di {plan} non è stato completato.',
      partly: '{count, plural, one {# VM} other {# VM}} di {plan} non sono arrivate in {region}.',
      left: 'Guarda le VM, poi conferma; fino ad allora per ognuna si può scegliere un altro punto di ripristino. Niente si conferma da solo.',
      'left-failed': 'Guarda che cosa è fallito e che cosa Azure consente ora: mostra il piano.',
    },
  },
};

export const planFailover = changing({
  id,
  area: 'recovery',
  risk: 'destructive',
  texts,
  parameters: z.object({
    plan: parameter.plan(),
    source: parameter.source(),
    point: parameter.planPoint(),
    region: parameter.regionName().optional(),
  }),
  actions: [action],
  rights: async (_, { plan }) => [{ action, scope: vaultOf(plan) }],
  targets: ({ plan }) => [plan],

  async choices(context, name, { plan }) {
    if (plan === undefined) return await planChoices(context);
    return name === 'source' ? sourceChoices((await planNow(context, plan)).from) : planPointChoices();
  },

  async preview(context, { plan: planId, source, point }) {
    const now = await planNow(context, planId);
    const { plan, items, from, to } = now;
    const values = { way: wayOf(now), plan: plan.name, count: items.length, from, to, point: planPointText(point) };
    return {
      sentence: message(source === 'gone' ? 'preview-gone' : 'preview-shut-down', values),
      facts: [
        fact('plan', plan.name),
        fact('vault', nameOf(plan.vaultId)),
        fact('plan-vms', namesOf(items)),
        fact('source', message(source)),
        fact('recovery-point', planPointText(point)),
        ...actionFacts(now, scenario),
        ...(await blastRadius(context, { items, scenario, planId, forGood: message('for-good') })),
      ],
      resources: touchedBy(now),
      holds: heldBy(now),
      measured: measuredPlan(now),
    };
  },

  async checks(context, { plan: planId, source, region }) {
    const now = await planNow(context, planId);
    if (now.items.length === 0) return [noVms(now)];
    const { name: friendlyName, allowedOperations } = now.plan;
    return orAccepted([
      ...acceptance({ friendlyName, allowedOperations }, scenario),
      ...saidRegion(region, { name: friendlyName, region: now.to }),
      ...(source === 'gone' ? await stillUp(context, now.items) : []),
      ...(await planFindings(context, now)),
      ...manualFindings(now, scenario),
    ]);
  },

  async submit(context, { plan, source, point }, { clientRequestId }) {
    const { back } = await planNow(context, plan);
    const shutDownSource = source === 'shut-down';
    return await context.azure.recovery.failOverPlan(plan, { shutDownSource, point, back, clientRequestId });
  },

  async findSubmitted(context, { plan }, { startingAt }) {
    const jobs = await context.azure.recovery.planJobsSince(plan, scenario, startingAt);
    return jobs.length > 1 ? 'unclear' : (jobs[0] ?? 'nothing');
  },

  async result(context, { plan: planId }, _execution, progress) {
    const now = await planNow(context, planId);
    const over = now.items.filter(({ allowedOperations }) => allowedOperations.includes('Commit'));
    const not = now.items.filter((item) => !over.includes(item));
    const ended = progress.state === 'succeeded' || progress.state === 'succeeded-with-warnings';
    const values = { plan: now.plan.name, region: now.to };
    return {
      sentence: ended ? message('done', { way: wayOf(now), ...values }) : message('failed', { plan: now.plan.name }),
      facts: [
        fact('failed-over', namesOf(over)),
        ...(not.length === 0 ? [] : [fact('not-failed-over', namesOf(not))]),
        ...(await measuredTimes(context, progress)),
        ...failedSteps(progress),
      ],
      leftToDo: [
        ...(ended && not.length > 0 ? [message('partly', { ...values, count: not.length })] : []),
        message(over.length > 0 ? 'left' : 'left-failed'),
      ],
      suggestions: planSteps(now),
    };
  },

  undo: ({ plan }) => [{ operation: 'plan.commit', parameters: { plan } }],
  byHand: planFailoverByHand,
  next: ({ plan }) => planSteps({ plan: { id: plan, allowedOperations: ['Commit'] } }),
  leftOpen: planUncommitted,
});

function wayOf({ back }: PlanNow): string {
  return back ? 'back' : 'over';
}

function sourceChoices(from: string): readonly Choice[] {
  return [
    { value: 'shut-down', title: message('shut-down'), details: message('shut-down-details', { from }) },
    { value: 'gone', title: message('gone'), details: message('gone-details', { from }) },
  ];
}
