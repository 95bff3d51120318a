import { z } from 'zod';
import { keyOf, nameOf, vaultOf } from '../../azure/arm-id.ts';
import type { PlanAction, PlanGroup, RecoveryPlan } from '../../azure/recovery-types.ts';
import type { ReplicatedItem } from '../../azure/types.ts';
import type { Text } from '../../message.ts';
import { fact, moment } from '../facts.ts';
import { type OperationTexts, type OwnLocale, own, reading } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { noVms, planFindings } from '../recovery/plan-findings.ts';
import { planNow } from '../recovery/plan-now.ts';
import { planSteps } from '../recovery/plan-steps.ts';
import { planChoices, readPlans } from '../recovery/plans.ts';
import type { Finding, Section, Suggestion } from '../screen.ts';
import { vaultWithGroup } from '../vaults.ts';
import { runsSection } from './plan-runs.ts';

const id = 'recovery-plan.show';
const message = own(id);

const texts: Record<OwnLocale, OperationTexts> = {
  en: {
    title: 'Show a recovery plan',
    does: 'see the groups, actions and weaknesses of a recovery plan',
    example: 'show a recovery plan',
    phrases: [
      'show a recovery plan',
      'show the recovery plan',
      'open the recovery plan',
      'details of the recovery plan',
      'groups of the recovery plan',
      'what is in the recovery plan',
      'what is in {plan}',
      'show {plan}',
      'in which order does {plan} start',
      'order of {plan}',
      'what is inside {plan}',
      'what is in plan {plan}',
      'which vms are in {plan}',
      'which vms does {plan} contain',
      'what vms are in {plan}',
      'groups of {plan}',
      'groups in {plan}',
      'in which order do the groups of {plan} start',
      'boot order of {plan}',
      'start order of {plan}',
      'steps of {plan}',
      'details of {plan}',
      'details of plan {plan}',
      'manual actions of {plan}',
      'which manual actions are in {plan}',
      'manual steps in {plan}',
      'who is in {plan}',
      'what does {plan} do',
      'what does {plan} contain',
      'what does {plan} fail over',
      'show me plan {plan}',
      'open {plan}',
      'look at {plan}',
      'info about {plan}',
      'status of {plan}',
      'when was {plan} last tested',
      'last test of {plan}',
      'last drill of {plan}',
      'is {plan} ready',
      'members of {plan}',
      'composition of {plan}',
      'contents of {plan}',
      'how is {plan} set up',
      'tell me about {plan}',
    ],
    messages: {
      heading: 'Recovery plan {plan}',
      lead: '{from} → {to}, {vms, plural, one {# VM} other {# VMs}}',
      plan: 'Plan',
      never: 'never',
      group: 'Group {number}',
      'before-start': 'before the start: {action}',
      'after-start': 'after the start: {action}',
      manual: 'manual action “{name}”: {does}',
      runbook: 'runbook “{name}” ({does})',
      script: 'script “{name}” ({does})',
      none: 'none',
      'last-runs': 'Last runs',
      findings: 'To look at',
      finding: '{text} {advice}',
      'empty-group': 'Group {group} has no VM.',
      'empty-group.advice': 'Azure runs it all the same: remove it in the portal, or add its VMs.',
      'never-runs': 'The action “{action}” is meant for no kind of failover: it never runs.',
      'never-runs.advice': 'Choose its kinds of failover in the plan.',
      unhealthy: 'Replication of {vm} is not healthy: its recovery point may be old.',
      'unhealthy.advice': 'See why: “replication of {vm}”.',
      'test-waits': 'A test VM of {vm} waits for cleanup and blocks the plan.',
      'test-waits.advice': 'Clean it up first: “clean up {vm}”.',
      'old-point': 'The newest point of {vm} is {rpo} old; its policy allows {limit}.',
      'old-point.advice': 'As much would be lost. See why: “replication of {vm}”.',
      'left-out': '{vm} belongs to the application {app} by its tag, but not to the plan.',
      'left-out.advice': 'It would stay behind: add it to the plan in the portal, or correct its tag.',
      'runbook-gone': 'I do not find the runbook {runbook} of the action “{action}”.',
      'runbook-gone.advice':
        'It is gone, or I may not read it: the plan would stop there. Look at it in the automation account.',
      'quota-short':
        'The plan needs {cores} cores {name, select, cores {of all sizes together} other {of {name}}} in {region}; {left} are left.',
      'quota-short.advice': 'Ask for a higher quota there before it is needed, or choose other sizes.',
      'no-vms': 'The plan {plan} holds no replicated VM.',
      'no-vms.advice': 'Add its VMs in the portal first.',
      'both-ways': 'The VMs of the plan run in both regions; the other way would go: {vms}.',
      'both-ways.advice': 'Fail single VMs over, commit and reprotect them until all run in one region.',
      'waits-for-person':
        'The plan waits for a person at {count, plural, one {# manual action} other {# manual actions}}: {actions}.',
      'waits-for-person.advice': 'When it waits, complete it: “complete the manual action”.',
      list: 'All recovery plans',
    },
  },
  'pt-BR': {
    title: 'Mostrar um plano de recuperação',
    does: 'ver os grupos, as ações e as fraquezas de um plano de recuperação',
    example: 'mostrar um plano de recuperação',
    phrases: [
      'mostrar um plano de recuperação',
      'mostrar o plano de recuperação',
      'abrir o plano de recuperação',
      'detalhes do plano de recuperação',
      'grupos do plano de recuperação',
      'o que tem no plano de recuperação',
      'o que tem no plano {plan}',
      'mostrar {plan}',
      'quem está no plano de recuperação',
      'em que ordem o {plan} inicia',
      'ordem do {plan}',
      'em que ordem o {plan} liga as máquinas',
    ],
    messages: {
      heading: 'Plano de recuperação {plan}',
      lead: '{from} → {to}, com {vms, plural, one {# VM} other {# VMs}}',
      plan: 'Plano',
      never: 'nunca',
      group: 'Grupo {number}',
      'before-start': 'antes do início: {action}',
      'after-start': 'depois do início: {action}',
      manual: 'ação manual “{name}”: {does}',
      runbook: 'runbook “{name}” ({does})',
      script: 'script “{name}” ({does})',
      none: 'nenhuma',
      'last-runs': 'Últimas execuções',
      findings: 'A verificar',
      finding: '{text} {advice}',
      'empty-group': 'O grupo {group} não tem VM.',
      'empty-group.advice': 'O Azure o executa mesmo assim: remova-o no portal ou inclua as VMs.',
      'never-runs': 'A ação “{action}” não vale para nenhum tipo de failover: nunca é executada.',
      'never-runs.advice': 'Escolha os tipos de failover no plano.',
      unhealthy: 'A replicação de {vm} não está íntegra: o ponto de recuperação pode ser antigo.',
      'unhealthy.advice': 'Veja por quê: “replicação de {vm}”.',
      'test-waits': 'Uma VM de teste de {vm} espera limpeza e bloqueia o plano.',
      'test-waits.advice': 'Limpe-a primeiro: “limpar {vm}”.',
      'old-point': 'O ponto mais novo de {vm} tem {rpo}; a política permite {limit}.',
      'old-point.advice': 'Perde-se esse tanto. Veja por quê: “replicação da {vm}”.',
      'left-out': '{vm} pertence à aplicação {app} pela etiqueta, mas não ao plano.',
      'left-out.advice': 'Ela ficaria para trás: inclua-a no plano pelo portal ou corrija a etiqueta.',
      'runbook-gone': 'Não encontro o runbook {runbook} da ação “{action}”.',
      'runbook-gone.advice':
        'Ele não existe mais ou não posso lê-lo: o plano pararia ali. Verifique na conta de automação.',
      'quota-short':
        'O plano precisa de {cores} núcleos {name, select, cores {de todos os tamanhos juntos} other {de {name}}} em {region}; restam {left}.',
      'quota-short.advice': 'Peça uma cota maior lá antes que seja preciso ou escolha outros tamanhos.',
      'no-vms': 'O plano {plan} não contém nenhuma VM replicada.',
      'no-vms.advice': 'Inclua as VMs no portal primeiro.',
      'both-ways': 'As VMs do plano rodam nas duas regiões; no sentido contrário iriam: {vms}.',
      'both-ways.advice':
        'Faça o failover das VMs uma a uma, confirme e reproteja até que todas rodem em uma só região.',
      'waits-for-person':
        'O plano espera por uma pessoa em {count, plural, one {# ação manual} other {# ações manuais}}: {actions}.',
      'waits-for-person.advice': 'Quando esperar, conclua-a: “concluir a ação manual”.',
      list: 'Todos os planos de recuperação',
    },
  },
  it: {
    title: 'Mostra un piano di ripristino',
    does: 'vedere i gruppi, le azioni e i punti deboli di un piano di ripristino',
    example: 'mostra un piano di ripristino',
    phrases: [
      'mostra un piano di ripristino',
      'mostra il piano di ripristino',
      'apri il piano di ripristino',
      'dettagli del piano di ripristino',
      'gruppi del piano di ripristino',
      'cosa c’è nel piano di ripristino',
      'cosa c’è nel piano {plan}',
      'mostra {plan}',
      'chi c’è nel piano di ripristino',
      'in che ordine parte {plan}',
      'ordine di {plan}',
      'in che ordine {plan} accende le macchine',
      'dettagli di {plan}',
      'dettaglio del piano {plan}',
      'cosa c’è dentro {plan}',
      'quali vm sono in {plan}',
      'quali gruppi ha {plan}',
      'stato di {plan}',
      'chi c’è dentro {plan}',
      'che macchine ci sono in {plan}',
    ],
    messages: {
      heading: 'Piano di ripristino {plan}',
      lead: '{from} → {to}, {vms, plural, one {# VM} other {# VM}}',
      plan: 'Piano',
      never: 'mai',
      group: 'Gruppo {number}',
      'before-start': 'prima dell’avvio: {action}',
      'after-start': 'dopo l’avvio: {action}',
      manual: 'azione manuale “{name}”: {does}',
      runbook: 'runbook “{name}” ({does})',
      script: 'script “{name}” ({does})',
      none: 'nessuna',
      'last-runs': 'Ultime esecuzioni',
      findings: 'Da guardare',
      finding: '{text} {advice}',
      'empty-group': 'Il gruppo {group} non ha VM.',
      'empty-group.advice': 'Azure lo esegue comunque: rimuovilo nel portale o aggiungi le VM.',
      'never-runs': 'L’azione “{action}” non vale per alcun tipo di failover: non viene mai eseguita.',
      'never-runs.advice': 'Scegli i tipi di failover nel piano.',
      unhealthy: 'La replica di {vm} non è integra: il punto di ripristino può essere vecchio.',
      'unhealthy.advice': 'Guarda perché: “replica di {vm}”.',
      'test-waits': 'Una VM di test di {vm} attende la pulizia e blocca il piano.',
      'test-waits.advice': 'Prima va pulita: “pulisci {vm}”.',
      'old-point': 'Il punto più recente di {vm} ha {rpo}; il suo criterio ne consente {limit}.',
      'old-point.advice': 'Andrebbe perso altrettanto. Guarda perché: “replica di {vm}”.',
      'left-out': '{vm} appartiene all’applicazione {app} per il suo tag, ma non al piano.',
      'left-out.advice': 'Resterebbe indietro: aggiungila al piano nel portale o correggi il tag.',
      'runbook-gone': 'Non trovo il runbook {runbook} dell’azione “{action}”.',
      'runbook-gone.advice':
        'Non c’è più, o non posso leggerlo: il piano si fermerebbe lì. Guarda nell’account di automazione.',
      'quota-short':
        'Il piano richiede {cores} core {name, select, cores {di tutte le dimensioni insieme} other {di {name}}} in {region}; ne restano {left}.',
      'quota-short.advice': 'Chiedi lì una quota più alta prima che serva, o scegli altre dimensioni.',
      'no-vms': 'Il piano {plan} non contiene VM replicate.',
      'no-vms.advice': 'Prima aggiungi le VM nel portale.',
      'both-ways': 'Le VM del piano girano in entrambe le aree; nell’altro senso andrebbero: {vms}.',
      'both-ways.advice':
        'Fai il failover delle singole VM, conferma e riproteggi finché tutte girano in una sola area.',
      'waits-for-person':
        'Il piano attende una persona in {count, plural, one {# azione manuale} other {# azioni manuali}}: {actions}.',
      'waits-for-person.advice': 'Quando attende, completala: “riprendi il processo di replica”.',
      list: 'Tutti i piani di ripristino',
    },
  },
};

export const recoveryPlanShow = reading({
  id,
  area: 'status',
  intentions: ['down', 'after-drill'],
  risk: 'read',
  texts,
  parameters: z.object({ plan: parameter.plan() }),
  actions: [readPlans],
  rights: async (_, { plan }) => [{ action: readPlans, scope: vaultOf(plan) }],
  choices: async (context, name) => (name === 'plan' ? await planChoices(context) : []),

  async answer(context, { plan: planId }) {
    const now = await planNow(context, planId);
    const { plan, items, from, to } = now;
    const findings = items.length === 0 ? [noVms(now)] : await planFindings(context, now);
    const boots = plan.groups.filter(({ kind }) => kind === 'Boot');
    return {
      title: message('heading', { plan: plan.name }),
      tone: findings.length > 0 ? 'warning' : 'good',
      lead: message('lead', { from, to, vms: items.length }),
      sections: [
        planSection(plan),
        ...boots.map((group, at) => groupSection(group, { number: at + 1, items })),
        ...findingsSection(findings),
        ...(await runsSection(context, planId)),
      ],
      suggestions: [...planSteps(now).filter(({ wish }) => wish.operation !== id), ...after],
    };
  },
});

function planSection(plan: RecoveryPlan): Section {
  const when = (time: string | undefined) => (time === undefined ? message('never') : moment(time));
  return {
    title: message('plan'),
    tone: 'neutral',
    facts: [
      fact('vault', vaultWithGroup(plan.vaultId)),
      fact('last-test', when(plan.lastTestFailover)),
      fact('last-failover', when(plan.lastFailover)),
    ],
  };
}

interface Numbered {
  readonly number: number;
  readonly items: readonly ReplicatedItem[];
}

function groupSection(group: PlanGroup, { number, items }: Numbered): Section {
  const vms = group.itemIds.map((itemId) => vmName(itemId, items));
  const actions = [
    ...group.before.map((action) => message('before-start', { action: actionText(action) })),
    ...group.after.map((action) => message('after-start', { action: actionText(action) })),
  ];
  return {
    title: message('group', { number }),
    tone: vms.length === 0 ? 'warning' : 'neutral',
    facts: [
      fact('plan-vms', vms.length === 0 ? message('none') : vms),
      ...(actions.length === 0 ? [] : [fact('actions', actions)]),
    ],
  };
}

function vmName(itemId: string, items: readonly ReplicatedItem[]): string {
  return items.find((item) => keyOf(item.name) === keyOf(nameOf(itemId)))?.friendlyName ?? nameOf(itemId);
}

const kinds = { manual: 'manual', runbook: 'runbook', script: 'script' } as const;

/** A runbook is told by its own name, not by its id. */
function actionText({ name, kind, does = '–' }: PlanAction): Text & object {
  return message(kinds[kind], { name, does: kind === 'manual' ? does : nameOf(does) });
}

function findingsSection(findings: readonly Finding[]): readonly Section[] {
  if (findings.length === 0) return [];
  const lines = findings.map(({ text, advice }) => message('finding', { text, advice: advice ?? '' }));
  return [{ title: message('findings'), tone: 'warning', facts: lines.map((line) => fact('cause', line)) }];
}

const after: readonly Suggestion[] = [
  { title: message('list'), wish: { operation: 'recovery-plan.list', parameters: {} } },
];
