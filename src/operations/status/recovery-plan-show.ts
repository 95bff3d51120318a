import { z } from 'zod';
import { keyOf, nameOf, vaultOf } from '../../azure/arm-id.ts';
import type { PlanAction, PlanGroup, RecoveryPlan } from '../../azure/recovery-types.ts';
import type { ReplicatedItem } from '../../azure/types.ts';
import type { Text } from '../../message.ts';
import { fact, moment } from '../facts.ts';
import { own, reading } from '../operation.ts';
import { parameter } from '../parameters.ts';
import { noVms, planFindings } from '../recovery/plan-findings.ts';
import { planNow } from '../recovery/plan-now.ts';
import { planSteps } from '../recovery/plan-steps.ts';
import { planChoices, readPlans } from '../recovery/plans.ts';
import type { Finding, Section, Suggestion } from '../screen.ts';
import { vaultWithGroup } from '../vaults.ts';
import { runsSection } from './plan-runs.ts';
import { texts } from './recovery-plan-show-texts.ts';

const id = 'recovery-plan.show';
const message = own(id);

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
